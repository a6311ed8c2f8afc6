"""Finds dated articles that do not say who wrote them."""

from __future__ import annotations

from collections.abc import Iterator

from lintnews.document import Document
from lintnews.rule import Finding, Rule

_NAMING = ("author", "byline", "writer", "creator")
_SIGNED = (*_NAMING, "posted by", "published by", "written by")


class MissingByline(Rule):
    """An article with a headline and a date among its metadata, and an author nowhere."""

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding at the headline of an article without a byline."""
        # Without fields of its own, the CMS may hold the name; a page without a date is no article.
        given = [key.lower() for key, value in document.metadata.items() if value.plain.strip()]
        if not given or any(name in key for key in given for name in _NAMING):
            return
        article = document.article
        if article.byline or not (article.headline and article.date and article.runs_on):
            return
        if document.format == "html" and any(name in document.source.text.lower() for name in _SIGNED):
            return
        yield self.finding(article.headline.span(), match=article.headline.plain)
