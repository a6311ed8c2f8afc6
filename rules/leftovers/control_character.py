"""Characters that nobody sees, or that every screen shows another way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lintnews.document import Document, Text
from lintnews.patterns import targets
from lintnews.rule import Edit, Finding, Fix, Rule

_KINDS = {
    "zero": ("a zero-width character", r"\u200b-\u200d\u2060\u2065\u206a-\u206f\u180e\u3164"),
    "order": ("a byte order mark", r"\ufeff"),
    "hyphen": ("a soft hyphen", r"\xad"),
    "mark": ("a direction mark", r"\u061c\u200e\u200f"),
    "direction": ("a direction control", r"\u202a-\u202e\u2066-\u2069"),
    "break": ("a break of another program", r"\x0b\u2028\u2029"),
    "control": ("a control character", r"\x00-\x08\x0e-\x1f\x7f-\x9f"),
    "object": ("the place of a lost object", r"\ufff9-\ufffc"),
    "private": ("a character without a meaning", r"\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff"),
    "tag": ("hidden tag characters", r"\U000e0000-\U000e007f"),
}
"""What the characters are, in an editor's words, and which they are."""

# Expressions for `re`, which makes one when it is first asked: few texts hold anything that they are for.
_ODD = f"[{''.join(characters for _, characters in _KINDS.values())}]+"
_USUAL = bytes([*b"\t\n\r", *range(0x20, 0x7F)])
"""What most texts are made of, and none of it odd: without it there is little left to look through."""
_KIND = "|".join(f"(?P<{kind}>[{characters}])" for kind, (_, characters) in _KINDS.items())
# Trojan Source (CVE-2021-42574): controls that show a line in another order than a machine reads it.
_REORDERING = f"[{_KINDS['direction'][1]}]+"
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069")
"""Marks and controls of direction but the two that override it, which no newspaper needs."""

_RIGHT_TO_LEFT = r"[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
# Scripts whose words are joined, parted or broken by zero-width characters: Arabic, those of India and its neighbours,
# Mongolian, and those that put no spaces between words.
_NEEDING = (
    r"[\u0590-\u109f\u1100-\u11ff\u1780-\u18af\u1900-\u1aff\u1b00-\u1cff\u2e80-\ua4cf\ua800-\ud7ff\uf900-\ufdcf"
    r"\ufdf0-\ufdff\ufe70-\ufefc\uff00-\uffef\U00010800-\U0001efff\U00020000-\U0003ffff]"
)
_EMOJI = r"[\u200d\u2190-\u2bff\u3030\u303d\ufe0f\U0001f000-\U0001faff]"
_FLAG = "\U0001f3f4"
_ADDRESS = r"[./]\u200b\w"
_MOST = 1_000
"""Findings of one article; more would tell nothing new, and take their time."""
_AROUND = 20
"""Characters on either side that a message quotes, as there is nothing to see of what it is about."""


class ControlCharacter(Rule):
    """Finds invisible, private and control characters where no script and no emoji needs them."""

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each run of such characters; what is written as a code (`&shy;`) is meant."""
        rest = document.source.text.encode("utf-8", "surrogatepass").translate(None, _USUAL)
        if not (rest and re.search(_ODD, rest.decode("utf-8", "surrogatepass"))):
            return
        yield from islice(self._all(document), _MOST)

    def _all(self, document: Document) -> Iterator[Finding]:
        for family in ("block", "alt", "url", "metadata"):
            for target in targets(document, family):
                yield from self._in(document, target.text, _ODD)
        for block in document.blocks:
            if not block.prose:
                yield from self._in(document, block.text, _REORDERING)

    def _in(self, document: Document, text: Text, odd: str) -> Iterator[Finding]:
        plain = text.plain
        if not re.search(odd, plain):
            return
        # Words that are written from right to left may need marks and controls beside them.
        needed = _DIRECTIONS if re.search(_RIGHT_TO_LEFT, plain) else frozenset()
        for match in re.finditer(odd, plain):
            span = text.span(match.start(), match.end())
            kind = _kind(plain, match.start(), match.end(), needed)
            if not kind or document.source[span] != match[0]:
                continue
            if kind == "private" and document.format == "html":
                # A picture out of a font that the page brings along.
                continue
            wanted = _wanted(plain, match.start(), match.end())
            fix = None if kind == "private" else Fix((Edit(span, wanted),), safe=kind not in {"mark", "direction"})
            words = (
                plain[max(0, match.start() - _AROUND) : match.start()]
                + wanted
                + plain[match.end() : match.end() + _AROUND]
            )
            what = f"{_KINDS[kind][0]} (U+{ord(match[0][0]):04X})"
            yield self.finding(span, fix=fix, match=re.sub(_ODD, "", words).strip(), what=what)


def _kind(plain: str, start: int, end: int, needed: frozenset[str]) -> str:
    """Return what kind of character stands from `start` to `end` without need; nothing where all are needed."""
    around = plain[max(0, start - 1) : start], plain[end : end + 1]
    for match in re.compile(_KIND).finditer(plain, start, end):
        kind = match.lastgroup or ""
        if match[0] not in needed and not _needed(kind, match[0], *around, alone=end - start == 1):
            return kind
    return ""


def _needed(kind: str, character: str, before: str, after: str, *, alone: bool) -> bool:
    """Return whether a script, an emoji or a line break needs the character between the two beside it."""
    if kind == "zero":
        if re.match(_NEEDING, before) or re.match(_NEEDING, after):
            return True
        if character == "\u200d":
            return bool(re.match(_EMOJI, before) and re.match(_EMOJI, after))
        # A word joiner holds what is beside it together; long addresses are broken after a dot.
        joined = alone and before.strip() != "" and after.strip() != ""
        return joined and (character == "\u2060" or bool(re.match(_ADDRESS, before + character + after)))
    if kind == "hyphen":
        return alone and before.isalpha() and after.isalpha()
    if kind == "tag":
        return before == _FLAG
    # After a letter such as â it is what a wrong conversion made of a letter, and mojibake's.
    return kind == "control" and "\x80" <= character <= "\x9f" and "\xa1" <= before <= "\xf4"


def _wanted(plain: str, start: int, end: int) -> str:
    """Return what is to stand in place of the characters: the letter that was meant, a space, or nothing."""
    odd = plain[start:end]
    if all("\x80" <= character <= "\x9f" for character in odd):
        # Windows-1252, as the HTML Standard reads such numbers (13.2.5.80).
        return odd.encode("latin-1").decode("cp1252", "ignore")
    breaks = any(character in "\x0b\u2028\u2029" for character in odd)
    return " " if breaks and plain[start - 1 : start].strip() and plain[end : end + 1].strip() else ""
