"""Straight and curly quotation marks in one article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.document import Block, Document
from lintnews.rule import Finding, Rule

_PROSE = frozenset({"paragraph", "listItem", "caption", "heading"})
_CURLY = frozenset("“”„«»")


@dataclass(frozen=True)
class MixedQuotes(Rule):
    """Finds an article that puts some of its quotations in straight marks and some in curly ones."""

    least: int = 2

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield one finding, at the first quotation of the fewer kind, where there are enough of both."""
        straight: list[tuple[Block, int, int]] = []
        curly: list[tuple[Block, int, int]] = []
        for block in document.blocks:
            if block.quotations and block.type in _PROSE:
                plain = block.text.plain
                for start, end in block.quotations:
                    if plain[start] == '"':
                        straight.append((block, start, end))
                    elif plain[start] in _CURLY:
                        curly.append((block, start, end))
        if min(len(straight), len(curly)) < self.least:
            return
        fewer, most, kinds = (
            (straight, curly, "straight") if len(straight) <= len(curly) else (curly, straight, "curly")
        )
        block, start, end = fewer[0]
        yield self.finding(
            block.text.span(start, end),
            match=block.text.plain[start + 1 : end - 1],
            kind=kinds,
            fewer=str(len(fewer)),
            most=str(len(most)),
        )
