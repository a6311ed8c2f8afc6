"""Finds links to other articles that stayed behind between the paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lintnews.document import Document
from lintnews.patterns import Hit, PatternRule, outside_headings
from lintnews.rule import Finding


@dataclass(frozen=True)
class RelatedLinks(PatternRule):
    """Reports the page's labels; a “Read more” that is marked up as a heading opens a section of the author's own."""

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield the findings for the hits outside the author's own headings."""
        yield from super().judge(document, outside_headings(document, hits))
