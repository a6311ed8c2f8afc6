"""Finds menu entries and buttons of a page that stayed behind in an article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lintnews.document import Document
from lintnews.patterns import Hit, PatternRule, outside_headings
from lintnews.rule import Finding


@dataclass(frozen=True)
class NavigationWords(PatternRule):
    """Reports the page's lists; a lone “Menu” that is marked up as a heading opens a section."""

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield the findings for the hits outside the author's own headings."""
        yield from super().judge(document, outside_headings(document, hits))
