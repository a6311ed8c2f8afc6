"""Finds menu entries and buttons of a page that stayed behind in an article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lintnews.document import Document
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Finding


@dataclass(frozen=True)
class NavigationWords(PatternRule):
    """Reports the page's lists; a lone “Menu” that is marked up as a heading opens a section."""

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield the findings; in plain text a heading is a guess, and a button may have been taken for one."""
        guessed = document.format == "text"
        yield from super().judge(document, [hit for hit in hits if guessed or not _is_section(hit)])


def _is_section(hit: Hit) -> bool:
    block = hit.target.block
    return hit.search.kind == "patterns" and block is not None and block.type == "heading"
