"""Finds headings that stand more than one level below the heading before them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.document import Document
from lintnews.rule import Finding, Rule

# What stands in these has an outline of its own, or none.
_APART = frozenset({"aside", "blockquote", "footer", "form", "nav", "table"})


@dataclass(frozen=True)
class SkippedHeadingLevel(Rule):
    """A heading whose level leaves out one that the heading before it does not reach."""

    start: int = 0

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each heading that skips a level."""
        above = self.start - 1 if self.start else None
        for heading in document.headings:
            if not _APART.isdisjoint(heading.ancestors):
                continue
            if above is not None and heading.depth > above + 1 and heading.text:
                level, expected = str(heading.depth), str(above + 1)
                yield self.finding(heading.text.span(), match=heading.text.plain, level=level, expected=expected)
            above = heading.depth
