"""Finds headings that hold nothing."""

from __future__ import annotations

from collections.abc import Iterator

from lintnews.document import Document
from lintnews.rule import Edit, Finding, Fix, Rule


class EmptyHeading(Rule):
    """A heading without a word, an image, code or a template's tag."""

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each heading that holds nothing."""
        for heading in document.wordless_headings:
            markup = document.source[heading.span]
            # One with a class is a place that a site's template or script fills.
            if markup and not heading.text and " class=" not in markup:
                yield self.finding(heading.span, fix=Fix((Edit(heading.span, ""),), safe=False))
