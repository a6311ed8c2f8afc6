"""Letters that a wrong conversion has turned into others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lintnews.document import OBJECT, Document, Text
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Edit, Finding, Fix

_LOST = "\ufffd"
_EDGE = re.compile(f"[ \t\n{OBJECT}]")
_LONGEST = 60
"""Characters of a word on either side of what is odd in it; scripts without spaces have longer ones."""
_MOST = 1_000
"""Findings of one article; more would tell nothing new, and take their time."""
_MARKS = ".,;:!?()[]"
# A capital and the mark that ends a quotation, a sentence or a thought: “Ã”, « Â », IRMÃ…
_PUNCTUATED = re.compile(r"[À-ÖØ-ß][‘’“”…–—«»‹›]")


class Mojibake(PatternRule):
    """Finds what ftfy (https://github.com/rspeer/python-ftfy) calls a wrong conversion, and what it was before."""

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:  # noqa: ARG002  the hits are enough
        """Yield a finding for each word in which a hit stands and of which ftfy knows better, or letters are lost."""
        done: dict[int, int] = {}
        for hit in sorted(hits, key=lambda hit: (id(hit.target.text), hit.start))[:_MOST]:
            text = hit.target.text
            if hit.start < done.get(id(text), 0) or self.calls_off(hit):
                continue
            start, end = _word(text.plain, hit.start, hit.end)
            done[id(text)] = end
            if finding := self._judged(text, start, end):
                yield finding

    def _judged(self, text: Text, start: int, end: int) -> Finding | None:
        from ftfy import fix_encoding_and_explain  # noqa: PLC0415  100 ms that a sound article need not pay

        word, span = text.plain[start:end], text.span(start, end)
        if _capitals_and_marks(word):
            return None
        decoded, steps = fix_encoding_and_explain(word)
        mended = decoded.replace("\ufeff", "")
        if mended == word or _LOST in mended:
            return self.finding(span, match=word) if _LOST in word else None
        fix = None
        if len(word) == span.end - span.start:
            sure = not _PUNCTUATED.search(word) and _converted_back(decoded, steps or ()) == word
            fix = Fix((Edit(span, mended),), safe=sure)
        return self.finding(span, suggestions=(mended,) if mended else (), fix=fix, match=word)


def _word(plain: str, start: int, end: int) -> tuple[int, int]:
    """Return where the word begins and ends, without marks around, that holds what is from `start` to `end`."""
    low = max(0, start - _LONGEST)
    while start > low and not _EDGE.match(plain, start - 1):
        start -= 1
    edge = _EDGE.search(plain, end, end + _LONGEST)
    word = plain[start : edge.start() if edge else end + _LONGEST]
    start += len(word) - len(word.lstrip(_MARKS))
    return start, start + len(word.strip(_MARKS))


def _capitals_and_marks(word: str) -> bool:
    """Return whether all that is odd about the word is a capital before its closing mark: “IRMÃ”."""
    found = _PUNCTUATED.search(word)
    if found is None or not word.isupper():
        return False
    return not any(map(str.isalpha, word[found.end() :]))


def _converted_back(decoded: str, steps: Sequence[tuple[str, str]]) -> str:
    """Return what the conversions that ftfy took back would make of the text again; nothing where it guessed."""
    for action, encoding in reversed(steps):
        if action == "decode":
            data = decoded.encode(encoding)
        elif action == "encode":
            decoded = data.decode(encoding)
        else:
            return ""
    return decoded
