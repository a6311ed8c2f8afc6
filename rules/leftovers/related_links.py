"""Finds links to other articles that stayed behind between the paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lintnews.document import Document
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Finding


@dataclass(frozen=True)
class RelatedLinks(PatternRule):
    """Reports the page's labels; a “Read more” that is marked up as a heading opens a section of the author's own."""

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield the findings; in plain text a heading is a guess, and a button may have been taken for one."""
        if document.format == "text":
            yield from super().judge(document, hits)
            return
        yield from super().judge(document, [hit for hit in hits if not _is_section(hit)])


def _is_section(hit: Hit) -> bool:
    block = hit.target.block
    return hit.search.kind == "patterns" and block is not None and block.type == "heading"
