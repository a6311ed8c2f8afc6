"""Finds the labels of advertisements that stayed behind in an article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lintnews.document import Document
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Finding


class AdvertisementLabel(PatternRule):
    """Reports the page's labels, but not in an article that declares itself an advertisement: there they are due."""

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield the findings, none for a declared advertisement."""
        if document.article.sponsored:
            return
        yield from super().judge(document, hits)
