"""Dates that are told from a day which the article does not give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lintnews.document import Document
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Finding

_YEAR = re.compile(r"(?<![\w.,])(?:19|20)\d\d(?!\w)(?![.,]\d)")


@dataclass(frozen=True)
class UndatedRelativeDate(PatternRule):
    """Finds words such as “yesterday” in an article that has no date and names no year."""

    at_most: int = 5
    least_words: int = 120

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield a finding for each relative date, up to as many as the option says."""
        if document.words < self.least_words or _dated(document):
            return
        yield from islice(super().judge(document, hits), self.at_most)


def _dated(document: Document) -> bool:
    article = document.article
    if article.date or (article.dateline and any(character.isdigit() for character in article.dateline.plain)):
        return True
    prose = (block.text for block in document.blocks if block.prose)
    return any(_YEAR.search(text.plain) for text in (*document.metadata.values(), *prose))
