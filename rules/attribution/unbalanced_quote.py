"""Quotation marks without their other half."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.document import OBJECT, Block, Document
from lintnews.rule import Finding, Rule

_MARKS = re.compile("[“”„\"«»]|‘‘|’’|''|``")
_WITHOUT_ANGLES = re.compile(_MARKS.pattern.replace("«»", ""))
_FAMILIES = {'"': "straight", "«": "angle", "»": "angle"}
"""Marks that belong together; all the others are curly."""
_PARTNERS = {'"': '"', "“": "”", "„": "“", "”": "”"}
_DOUBLED = frozenset({"‘‘", "’’", "''", "``"})
"""Pairs of single marks, which stand for one curly mark on some keyboards."""
_PROSE = frozenset({"paragraph", "listItem", "caption"})
_PARAGRAPHS = 8
"""Paragraphs that a quotation runs on over at most, from the one that opens it."""
_LABEL = 50
"""Characters below which a paragraph may be the label of a link."""
_AROUND = 20
"""Characters on either side that a message quotes."""
_OPENERS = "([{—–-/‘'¿¡<=:"
_CLOSERS = ".,;:!?)]}…—–-/’'"
_CUT_SHORT = ("…", "...", "[…]", "[...]")
_ANGLE_PAIR = re.compile(r"«[^«»\n]{2,300}»|»[^«»\n]{2,300}«")


@dataclass(frozen=True)
class _Open:
    """A mark that is open: of which block, and where in its text."""

    mark: str
    at: int
    block: Block
    index: int


class UnbalancedQuote(Rule):
    """Finds a quotation that is opened and not closed, or closed and not opened, over paragraphs."""

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each paragraph's first quotation mark without its other half."""
        pending: dict[str, _Open] = {}
        # Where nothing stands between « and », they are arrows.
        source = document.source.text
        marks = _MARKS if "«" in source and _ANGLE_PAIR.search(source) else _WITHOUT_ANGLES
        for index, block in enumerate(document.blocks):
            if block.type == "heading":
                yield from self._given_up(pending, index)
            if block.type not in _PROSE or not (pending or _uneven(block.text.plain)):
                continue
            yield from self._in(block, index, pending, marks)
            yield from self._given_up(pending, index - _PARAGRAPHS)
        yield from self._given_up(pending, len(document.blocks))

    def _given_up(self, pending: dict[str, _Open], before: int) -> Iterator[Finding]:
        """Yield findings for the marks that were opened before a block and that nothing will close any more."""
        for family in [family for family, opened in pending.items() if opened.index < before]:
            opened = pending.pop(family)
            if not opened.block.text.plain.endswith(_CUT_SHORT):
                yield self._found(opened.block, opened.at)

    def _in(self, block: Block, index: int, pending: dict[str, _Open], marks: re.Pattern[str]) -> Iterator[Finding]:
        """Yield a finding for the first mark that closes nothing; those left open are put down as pending."""
        plain = block.text.plain
        stacks: dict[str, list[_Open]] = {"straight": [], "curly": [], "angle": []}
        silent = False
        for match in marks.finditer(plain):
            mark, at = match[0], match.start()
            family = _FAMILIES.get(mark, "curly")
            stack = stacks[family]
            if family in pending and not plain[:at].strip():
                # A paragraph that goes on with a quotation opens it anew.
                stack.append(_Open(mark, at, block, pending.pop(family).index))
                continue
            side = _side(plain, match, stack)
            if side == "open":
                stack.append(_Open(mark, at, block, index))
            elif side == "close" and stack:
                stack.pop()
            elif side == "close" and pending.pop(family, None) is None and mark not in _DOUBLED and not silent:
                silent = True
                other = "curly" if family == "straight" else "straight"
                opened = stacks[other].pop() if stacks[other] else pending.pop(other, None)
                if opened is not None and family != "angle":
                    yield self._found(block, at, (_PARTNERS.get(opened.mark, "”"),))
                else:
                    yield self._found(block, at)
        pending.update(
            {family: stack[-1] for family, stack in stacks.items() if stack and stack[-1].mark not in _DOUBLED}
        )

    def _found(self, block: Block, at: int, suggestions: tuple[str, ...] = ()) -> Finding:
        around = block.text.plain[max(0, at - _AROUND) : at + _AROUND + 1].replace(OBJECT, "…")
        return self.finding(block.text.span(at, at + 1), suggestions=suggestions, match=around.strip())


def _uneven(plain: str) -> bool:
    """Return whether the marks may not be as many on one side as on the other; it takes no time where they are."""
    if plain.count('"') % 2 or plain.count("“") != plain.count("”"):
        return True
    return "„" in plain or "«" in plain or "»" in plain


def _side(plain: str, match: re.Match[str], stack: list[_Open]) -> str:
    """Return whether the mark opens or closes a quotation, or is none."""
    mark, at, end = match[0], match.start(), match.end()
    before, after = plain[at - 1 : at] if at else "", plain[end : end + 1]
    opens = (not before or before.isspace() or before in _OPENERS) and bool(after) and not after.isspace()
    closes = bool(before) and not before.isspace() and (not after or after.isspace() or after in _CLOSERS)
    if not stack and before.isdigit() and mark != "„":
        # Inches and seconds.
        return "neither"
    if mark in {'"', "''"}:
        if opens != closes:
            return "open" if opens else "close"
        return "close" if stack else "open"
    if mark in {"„", "‘‘", "``"}:
        return "open"
    if mark == "“":
        return "close" if (stack and stack[-1].mark == "„") or (closes and not opens) else "open"
    if mark in {"«", "»"}:
        if stack:
            return "open" if stack[-1].mark == mark else "close"
        if not opens and len(plain) < _LABEL and ("»" if mark == "«" else "«") not in plain:
            # An arrow: “Older posts »”.
            return "neither"
        return "open" if mark == "«" or opens else "close"
    return "open" if not stack and opens and not closes else "close"
