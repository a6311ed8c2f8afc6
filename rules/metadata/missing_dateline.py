"""Finds articles that do not open with a dateline."""

from __future__ import annotations

from collections.abc import Iterator

from lintnews.document import Document
from lintnews.rule import Finding, Rule


class MissingDateline(Rule):
    """An article whose first paragraphs name no place before a dash."""

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding at the headline of an article without a dateline."""
        article = document.article
        if article.dateline or not article.headline or not article.runs_on:
            return
        yield self.finding(article.headline.span(), match=article.headline.plain)
