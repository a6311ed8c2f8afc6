"""Finds the sentence that says that an article earns by its links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lintnews.document import Document
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Finding


@dataclass(frozen=True)
class PaidLinksInArticle(PatternRule):
    """One finding for each block that says so; a declared advertisement may."""

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield a finding for the first such sentence of each block."""
        if document.article.sponsored:
            return
        seen: set[int] = set()
        for hit in sorted(hits, key=lambda hit: (hit.span.start, -hit.span.end)):
            if id(hit.target.block) not in seen and not self.calls_off(hit):
                seen.add(id(hit.target.block))
                yield self.found(hit)
