"""Finds headings that stand more than one level below the heading before them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.document import Block, Document
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
            if above is not None and heading.depth > above + 1 and heading.text and not _heads_links(document, heading):
                level, expected = str(heading.depth), str(above + 1)
                yield self.finding(heading.text.span(), match=heading.text.plain, level=level, expected=expected)
            above = heading.depth


def _heads_links(document: Document, heading: Block) -> bool:
    """Return whether links alone follow: “Read more”, “Share this” and their like are the site's own headings."""
    following = next((block for block in document.blocks if block.span.start >= heading.span.end), None)
    if following is None or following.type == "heading":
        return following is None
    return any(link.text.plain.strip() == following.text.plain.strip() for link in document.links)
