"""Finds the headline of a teaser along with its call to the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lintnews.document import WORD, Block, Document
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Finding

# “Collaboration platform Slack: work efficiently – no matter where”: a product, and after the mark what it is good for.
_HEADLINE = re.compile(r"\S(?:: | [–—|-] )\S")
_SENTENCE_END = (".", ";", ",", ":")
_HEADLINE_WORDS = 16


@dataclass(frozen=True)
class LeadGenerationTeaser(PatternRule):
    """A call to take up an offer, and the headline right above it; a declared advertisement may make its calls."""

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield a finding for each call, and one for the headline of each block that makes one."""
        if document.article.sponsored:
            return
        yield from super().judge(document, hits)
        calling = {id(hit.target.block) for hit in hits if not self.calls_off(hit)}
        # The first block is the article's own headline, and no teaser's.
        for headline, block in zip(document.blocks[1:], document.blocks[2:], strict=False):
            if id(block) in calling and _is_headline(headline):
                text = headline.text
                yield self.finding(text.span(), "“{match}” heads a call to take up somebody's offer.", match=text.plain)


def _is_headline(block: Block) -> bool:
    plain = block.text.plain
    return (
        block.type in {"heading", "paragraph"}
        and _HEADLINE.search(plain) is not None
        and not plain.endswith(_SENTENCE_END)
        and len(WORD.findall(plain[:300])) <= _HEADLINE_WORDS
    )
