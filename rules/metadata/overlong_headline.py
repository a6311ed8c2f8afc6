"""Finds headlines that are too long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.document import Document
from lintnews.rule import Finding, Rule

# The site's name, which the title of a page ends with.
_SITE = re.compile(r"\s[|·–—-]\s[^|·–—-]{1,30}$")


@dataclass(frozen=True)
class OverlongHeadline(Rule):
    """A headline of more characters than it may have; spaces in a row count as one, the site's name as none."""

    characters: int = 110

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for a headline that is too long."""
        texts = (*document.metadata.values(), *(heading.text for heading in document.headings))
        if max(map(len, texts), default=0) <= self.characters:
            return
        headline = document.article.headline
        if headline is None or len(headline) <= self.characters:
            return
        plain = " ".join(headline.plain.split())
        count = len(_SITE.sub("", plain) if document.format == "html" else plain)
        if count > self.characters:
            yield self.finding(headline.span(), match=plain, count=str(count), limit=str(self.characters))
