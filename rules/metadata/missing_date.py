"""Finds articles with a byline that do not say when they appeared."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lintnews.document import Document
from lintnews.rule import Finding, Rule

_DATING = ("date", "publish", "posted", "time")
# The year and the month in an address or a file's path: `2026/05/03/budget`, `2026-05-03-budget.md`.
_IN_ADDRESS = re.compile(r"(?:^|[^\d])(?:19|20)\d\d[-/_.](?:0?[1-9]|1[0-2])(?:[^\d]|$)")
_ADDRESSES = ("path", "permalink", "slug", "url")


class MissingDate(Rule):
    """An article with a headline and an author among its metadata, and a date nowhere."""

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding at the headline of an article without a date."""
        # Without fields of its own, the CMS may hold the date; a page without an author is no article.
        given = [key.lower() for key, value in document.metadata.items() if value.plain.strip()]
        if not given or any(name in key for key in given for name in _DATING):
            return
        article = document.article
        if article.date or not (article.headline and article.byline and article.runs_on):
            return
        addresses = [str(document.source.path), *(str(document.metadata.get(key, "")) for key in _ADDRESSES)]
        if any(_IN_ADDRESS.search(address) for address in addresses):
            return
        if document.format == "html" and any(name in document.source.text.lower() for name in _DATING):
            return
        yield self.finding(article.headline.span(), match=article.headline.plain)
