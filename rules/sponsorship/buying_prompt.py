"""Finds calls to buy something, each with the passage that leads to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lintnews.document import Document
from lintnews.passages import joined
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Finding


class BuyingPrompt(PatternRule):
    """The blocks that call on readers to buy, as one where they stand together; a declared advertisement may."""

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield a finding for each run of blocks with such a call, which quotes the first."""
        if document.article.sponsored:
            return
        calls: dict[int, Hit] = {}
        for hit in sorted(hits, key=lambda hit: hit.span.start):
            if hit.target.block and not self.calls_off(hit):
                calls.setdefault(document.index(hit.target.block), hit)
        for run, span in joined(document, calls):
            yield self.finding(span, match=calls[run[0]].match)
