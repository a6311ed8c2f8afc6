"""Splits a block into sentences, and tells quoted speech from the writer's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sentencex import segment

# sentencex looks for the end of each quotation from each opening mark, which is quadratic where none is closed: text is
# handed to it in windows, and one that is thick with quotation marks without them.
_WINDOW = 8192
_QUOTE_MARKS = "\"'`´‘’‚‛“”„‟«»‹›《》「」『』"
_NO_QUOTES = str.maketrans(dict.fromkeys(_QUOTE_MARKS, "·"))
_QUOTE_MARK = re.compile(f"[{_QUOTE_MARKS}]")

# Where two pieces are one sentence.
_ITEM_NUMBER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})\.")
_HOUR = re.compile(r"\d\s?[ap]\.\s?m\.$", re.IGNORECASE)
_AFTER_HOUR = re.compile(
    r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?s?\b"
    r"|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s\d"
    r"|(?:[A-Z]{1,4}T|UTC)\b(?!&)"
    r"|(?:Eastern|Central|Mountain|Pacific|Atlantic)(?:\s(?:Standard\s|Daylight\s)?[Tt]ime\b|[.,;]|$)"
)
_MAY_GO_ON = re.compile(r"…$|\.\s?\.$|(?:^|[\W\d_])[^\W\d_]{1,3}\.$|\b(?:approx|tues|thurs?)\.$", re.IGNORECASE)
_BEFORE_NUMBER = re.compile(r"\b(?:approx|circa|vols?|chs?|chap|para|sect|max|est|nr|núm)\.$", re.IGNORECASE)
_FRENCH_TITLE = re.compile(r"\bMM?\.$")

# Where one piece is two sentences; looked for only in a piece that holds an end mark inside.
_END_INSIDE = re.compile(r"[.!?…]\S{0,2}\s")
_MISSED = re.compile(
    # sentencex keeps “Yahoo!” and other names with what follows; a pronoun or article belongs to no name.
    r"!\s(?=(?:He|I|It|She|That|The|These|They|This|Those|We|You)\b)"
    # In its table of abbreviations, but words where they stand in lower case before a capital.
    r"|(?<=\s)(?:art|fig|ill|man|mar|mass|may|me|miss|no|ore|pa|wash)\.\s(?=[A-ZÀ-ÖØ-Þ“\"])"
    # A sentence of its own in parentheses, which it joins to the next.
    r"|(?<=[.!?…])[)\]]\s(?=[A-ZÀ-ÖØ-Þ“\"])"
)
_LEAST_WORDS_QUOTED = 3
_NESTED_QUOTATIONS = 2

_CLOSING = {"“": "”“", "„": "“”", "”": "”", "«": "»", "»": "«", "‹": "›", "›": "‹", "「": "」", "『": "』", '"': '"'}
# A longer text with more than a tenth of it quotation marks is no speech, and not worth the time.
_LONG = 100_000
_MARKS = re.compile('[“”„«»‹›「」『』"]')
_UNSPACED = frozenset("「『")
_FRENCH = frozenset("«‹")
_FEET = re.compile(r"\d\s?['’′]\s?\d{1,2}")


def boundaries(plain: str, language: str = "en") -> Iterator[tuple[int, int]]:
    """Yield the start and end of each sentence of `plain`, white space at either end left out.

    The boundaries are those of sentencex (Wikimedia, https://github.com/wikimedia/sentencex), which has the
    abbreviations, with its known faults mended; benchmarks/sentences.py compares. Sentences inside a quotation count.
    """
    at = 0
    while len(plain) - at > _WINDOW:
        window = plain[at : at + _WINDOW]
        found = _split(window, language)
        # The window has most likely cut its last sentence, so the next one starts there; one that fills it stays cut.
        step = found.pop()[0] if len(found) > 1 else window.rfind(" ") + 1 or _WINDOW
        for start, end in found:
            yield at + start, at + min(end, step)
        at += step
    for start, end in _split(plain[at:], language):
        yield at + start, at + end


def _split(text: str, language: str, depth: int = 0) -> list[tuple[int, int]]:
    seen = text
    if len(text) > _WINDOW // 4 and len(_QUOTE_MARK.findall(text)) > len(text) // 20:
        seen = text.translate(_NO_QUOTES)
    found: list[tuple[int, int]] = []
    at = 0
    for piece in segment(language, seen):
        start, at = at, at + len(piece)
        stripped = piece.strip()
        if not stripped:
            continue
        if piece[0].isspace():
            start += len(piece) - len(piece.lstrip())
        end = start + len(stripped)
        if found and _continues(text, found[-1], start, language):
            start = found.pop()[0]
        found.append((start, end))
    return [part for start, end in found for part in _parts(text, start, end, language, depth)]


def _continues(text: str, before: tuple[int, int], start: int, language: str) -> bool:
    """Return whether what begins at `start` goes on with the piece that stands at `before`."""
    if text[before[1] - 1] not in ".…":
        return False
    tail = text[max(before[0], before[1] - 10) : before[1]]
    first = start + 1 if text[start] in "[(" else start
    # Unicode UAX #29, rule SB8: no sentence ends before a lower-case letter. But names such as iPhone and rustfmt open
    # sentences too, so that it is followed after an ellipsis and what may be an abbreviation.
    if text[first : first + 1].islower() and not text[first + 1 : first + 2].isupper() and _MAY_GO_ON.search(tail):
        return True
    if before[1] - before[0] <= len("(viii.") and _ITEM_NUMBER.fullmatch(text, *before):
        return True
    if _HOUR.search(tail):
        return _AFTER_HOUR.match(text, start) is not None
    if language[:2] == "fr" and _FRENCH_TITLE.search(tail):
        return True
    return text[start].isdigit() and _BEFORE_NUMBER.search(tail) is not None


def _parts(text: str, start: int, end: int, language: str, depth: int) -> list[tuple[int, int]]:
    """Return the sentences that sentencex left in one piece: those it missed, and those of a quotation."""
    if not _END_INSIDE.search(text, start, end):
        return [(start, end)]
    piece = text[start:end]
    quoted = quotations(piece)
    cuts = {
        match.end() for match in _MISSED.finditer(piece) if not any(low <= match.start() < high for low, high in quoted)
    }
    if depth < _NESTED_QUOTATIONS:
        for low, high in quoted:
            inner = _split(piece[low + 1 : high - 1], language, depth + 1)
            # “Yes! No?” is one outcry: only what is long enough to be a sentence counts as one.
            long = [len(piece[low + 1 + a : low + 1 + b].split()) >= _LEAST_WORDS_QUOTED for a, b in inner]
            cuts.update(low + 1 + inner[index][0] for index in range(1, len(inner)) if long[index - 1] and long[index])
    edges = [0, *sorted(cuts), len(piece)]
    return [(start + low, start + low + len(piece[low:high].rstrip())) for low, high in pairwise(edges)]


def quotations(plain: str, following: str = "") -> tuple[tuple[int, int], ...]:
    """Return where quoted speech stands in `plain`, quotation marks included; a quotation inside another is its part.

    Speech that is not closed counts to the end only where `following`, the next block's text, opens with the same
    mark again, as printed English does (Chicago Manual of Style 13.32); anything else unclosed is no quotation.
    Curly, straight, low-high and angle marks are known; single ones are not, as they are apostrophes more often.
    """
    if not _MARKS.search(plain):
        return ()
    if len(plain) > _LONG and len(_MARKS.findall(plain)) > len(plain) // 10:
        return ()
    found: list[tuple[int, int]] = []
    open_marks: list[tuple[str, int]] = []
    for match in _MARKS.finditer(plain):
        mark, offset = match[0], match.start()
        if open_marks and mark in _CLOSING[open_marks[-1][0]] and _closes(plain, mark, offset):
            start = open_marks.pop()[1]
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, offset + 1))
        elif mark in _CLOSING and _opens(plain, mark, offset, inside=bool(open_marks)):
            open_marks.append((mark, offset))
    for mark, start in open_marks:
        if following[:1] == mark:
            return (*(pair for pair in found if pair[1] <= start), (start, len(plain)))
    return tuple(found)


def _opens(plain: str, mark: str, offset: int, *, inside: bool) -> bool:
    """Return whether the mark at `offset` may open a quotation: something follows, and no word ends right before."""
    if mark in _UNSPACED:
        return True
    # These two are closing marks to most; Swedish and German books open with them.
    if inside and mark in "”›»":
        return False
    before, after = plain[offset - 1 : offset], plain[offset + 1 : offset + 2]
    if mark in _FRENCH and after.isspace():
        after = plain[offset + 2 : offset + 3]
    return bool(after) and not after.isspace() and not before.isalnum()


def _closes(plain: str, mark: str, offset: int) -> bool:
    """Return whether the mark at `offset`, right to close the open quotation, does not open another or mean inches."""
    if mark == '"':
        before = plain[max(0, offset - 6) : offset]
        if before[-1:].isdigit() and (feet := _FEET.search(before)) and feet.end() == len(before):
            return False
    if mark not in '“"':
        return True
    before, after = plain[offset - 1], plain[offset + 1 : offset + 2]
    return not ((before.isspace() or before in "([{—–") and after.isalnum())
