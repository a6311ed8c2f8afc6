"""Finds bold paragraphs that stand where a heading is meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lintnews.document import OBJECT, Block, Document
from lintnews.rule import Finding, Rule

_END_MARKS = tuple(".;?!:,…。；？！：，")
_CLOSERS = "\"'”’»)]"


@dataclass(frozen=True)
class BoldAsHeading(Rule):
    """A short paragraph that is wholly bold, has no end mark, and stands above a paragraph that is not."""

    # Sa11y and Editoria11y take such paragraphs of 6 to 120 characters for headings.
    least_characters: int = 6
    most_characters: int = 120

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each bold paragraph that heads what follows it."""
        for block, following in pairwise(document.blocks):
            if block.strong and block.type == "paragraph" and self._heads(block, following):
                span = block.text.span()
                if not any(link.span.start <= span.start and span.end <= link.span.end for link in document.links):
                    yield self.finding(span, match=block.text.plain)

    def _heads(self, block: Block, following: Block) -> bool:
        plain = block.text.plain
        if block.ancestors or following.ancestors or following.strong or following.type != "paragraph":
            return False
        if OBJECT in plain or not self.least_characters <= len(plain) <= self.most_characters:
            return False
        # A pull quote, with or without its author.
        if block.quotations and not block.quotations[0][0]:
            return False
        return not plain.rstrip(_CLOSERS).endswith(_END_MARKS)
