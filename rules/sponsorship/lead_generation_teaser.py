"""Finds the teaser of somebody's offer, its headline along with its call to the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lintnews.document import WORD, Block, Document
from lintnews.passages import joined
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Finding

# “Collaboration platform Slack: work efficiently – no matter where”: a product, and after the mark what it is good for.
_HEADLINE = re.compile(r"\S(?:: | [–—|-] )\S")
_SENTENCE_END = (".", ";", ",", ":")
_HEADLINE_WORDS = 16


class LeadGenerationTeaser(PatternRule):
    """A block that calls on readers to take up an offer, and the headline right above it; an advertisement may call."""

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield a finding for each teaser, which quotes its first call."""
        if document.article.sponsored:
            return
        calls: dict[int, Hit] = {}
        for hit in sorted(hits, key=lambda hit: hit.start):
            if hit.target.block and not self.calls_off(hit):
                calls.setdefault(document.index(hit.target.block), hit)
        for at, call in calls.items():
            # The first block is the article's own headline, and no teaser's.
            first = at - 1 if at > 1 and _is_headline(document.blocks[at - 1]) else at
            for _, span in joined(document, range(first, at + 1)):
                if span.start <= call.span.start < span.end:
                    yield self.finding(span, match=call.match)


def _is_headline(block: Block) -> bool:
    plain = block.text.plain
    return (
        block.type in {"heading", "paragraph"}
        and _HEADLINE.search(plain) is not None
        and not plain.endswith(_SENTENCE_END)
        and len(WORD.findall(plain[:300])) <= _HEADLINE_WORDS
    )
