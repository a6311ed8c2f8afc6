"""Finds the sentence that says that an article earns by its links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lintnews.document import Document
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Finding


class PaidLinksInArticle(PatternRule):
    """The first sentence that says so, as it says so for the whole article; a declared advertisement may."""

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield one finding for the article."""
        if document.article.sponsored:
            return
        counted = (hit for hit in hits if not self.calls_off(hit))
        if first := min(counted, key=lambda hit: (hit.span.start, -hit.span.end), default=None):
            yield self.found(first)
