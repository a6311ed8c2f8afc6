"""Finds bylines, dates and tags of the page that stand in mid-article or below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lintnews.document import Document
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Finding

_PROSE_LENGTH = 60
_PARAGRAPHS_ABOVE = 2
"""A standfirst may stand above the byline, and is no more than one paragraph."""


class PageDetails(PatternRule):
    """Reports the page's lines below the first paragraphs: above them a byline and a date are in their place."""

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield the findings below the first two paragraphs of prose, or below the last where there is but one."""
        prose = [
            index
            for index, block in enumerate(document.blocks)
            if block.type == "paragraph" and len(block.text) >= _PROSE_LENGTH
        ]
        if prose:
            head = prose[min(_PARAGRAPHS_ABOVE, len(prose)) - 1]
            yield from super().judge(document, [hit for hit in hits if _index(document, hit) > head])


def _index(document: Document, hit: Hit) -> int:
    """Return the index of the block that is the line; -1 for a line among others, as in the address of an event."""
    block = hit.target.block
    return document.index(block) if block and "\n" not in block.text.plain else -1
