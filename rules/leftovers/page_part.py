"""Finds parts of a page that its markup names, inside the article."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, groupby

from lintnews.document import WORD, Block, Document
from lintnews.rule import Finding, Rule
from lintnews.source import Span

_PARTS = {"comments": "comments", "related": "related links", "newsletter": "newsletter box", "footer": "footer"}
_MOST = 0.4
"""The share of an article's words above which such an element is a wrapper, and no part."""


class PagePart(Rule):
    """Reports each stretch of blocks that stand in an element which its class or id calls a part of the page."""

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield one finding for each part."""
        containers = chain.from_iterable(block.ancestors for block in document.blocks)
        if document.format == "text" or _PARTS.keys().isdisjoint(containers):
            return
        for part, group in groupby((block for block in document.blocks if block.prose), _part):
            blocks = list(group)
            words = sum(1 for block in blocks for _ in WORD.finditer(block.text.plain))
            # A chart and a quotation have a footer, too: a line with its source.
            if not part or words > _MOST * document.words or (part == "footer" and len(blocks) == 1):
                continue
            span = Span(blocks[0].span.start, blocks[-1].span.end)
            yield self.finding(span, match=blocks[0].text.plain, others=_others(blocks), part=_PARTS[part])


def _part(block: Block) -> str:
    return next((name for name in block.ancestors if name in _PARTS), "")


def _others(blocks: list[Block]) -> str:
    more = len(blocks) - 1
    return f"{more} more line{'s' * (more != 1)}"
