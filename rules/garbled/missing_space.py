"""Words that are glued together at a full stop or a comma."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lintnews.document import OBJECT, Document
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Edit, Finding, Fix
from lintnews.source import Span

_MUCH_CODE = 5
"""Pieces of code, or of other things that are no prose, from which an article is one on programming."""
_GOES_ON = re.compile(r"[^\s(]*\s+[^\s(]|[”\"’')\]]")
_BRACKETED = frozenset({"()", "[]", "{}"})
_JOINTS = frozenset("./\\@_-#:=&,|+~$%^*<>")
"""Characters that join words to an address, a file name or a list: beside one of them nothing is glued."""


class MissingSpace(PatternRule):
    """Finds a mark with words on both sides of it, and gives back the space."""

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield the findings for the hits, but for those that may be names of code in an article that shows code."""
        if any(block.type == "code" for block in document.blocks) or _inline_code(document) >= _MUCH_CODE:
            hits = [hit for hit in hits if "unless_code" not in hit.groups]
        yield from super().judge(document, hits)

    def calls_off(self, hit: Hit) -> bool:
        """Return whether the pair is a part of an address, a name or a list."""
        # The sentence ends at the very mark, so that the page's “unless” is looked for in the pair instead.
        return _joined(hit) or self.excused(hit.match)

    def found(self, hit: Hit, message: str | None = None) -> Finding:
        """Return the finding for a glued pair, with the pair apart as suggestion."""
        before, mark, after = hit.groups["before"], hit.groups["mark"], hit.groups["after"]
        span = hit.span
        fix = None
        # Markup between the words may close right before or right after the mark: there a person has to look.
        if len(hit.match) == span.end - span.start:
            place = span.start + len(before + mark)
            fix = Fix((Edit(Span(place, place), " "),), safe=True)
        suggestions = (f"{before}{mark} {after}",)
        return self.finding(span, message, suggestions=suggestions, fix=fix, match=hit.match, mark=mark[0])


def _inline_code(document: Document) -> int:
    return sum(block.text.plain.count(OBJECT) for block in document.blocks)


def _joined(hit: Hit) -> bool:
    plain = hit.target.text.plain
    around = plain[hit.start - 1 : hit.start] + plain[hit.end : hit.end + 1]
    if around[:1] in _JOINTS or around in _BRACKETED:
        return True
    if hit.groups["mark"] == ",":
        # “build,docs: …” is how the parts that a change touches are named.
        if around[1:] == ":":
            return True
    elif not _GOES_ON.match(plain, hit.end):
        # A sentence has more than its first word; “stream.Readable” and “tls.Server (new)” are names.
        return True
    # “The end.Then,” is glued; “red,green,blue” is a list, and “java.Util.List” a name.
    following = plain[hit.end : hit.end + 2]
    return following[:1] in {"(", "_"} or (following[:1] in _JOINTS and following[1:].isalnum())
