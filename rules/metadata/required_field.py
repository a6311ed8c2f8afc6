"""Finds articles that lack a field which the configuration asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lintnews.document import Document
from lintnews.rule import Finding, Rule

_PARTS = frozenset({"headline", "standfirst", "byline", "dateline", "date", "section"})
_BETWEEN = re.compile(r"[\s,]+")


@dataclass(frozen=True)
class RequiredField(Rule):
    """A part of the article, or a field of its metadata, that is asked for and is missing or empty."""

    fields: tuple[str, ...] = ("headline", "byline", "date")
    sections: Mapping[str, str] = field(default_factory=dict)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding at the headline for each field that is missing."""
        asked = self._asked(document)
        if not asked or not document.article.runs_on:
            return
        headline = document.article.headline
        # An article that runs on has a first sentence.
        opening = next(block.sentences[0].span for block in document.blocks if block.sentences)
        span = headline.span() if headline else opening
        given = {key.lower() for key, value in document.metadata.items() if value.plain.strip()}
        for name in asked:
            if getattr(document.article, name, None) if name in _PARTS else name.lower() in given:
                continue
            yield self.finding(span, field=name)

    def _asked(self, document: Document) -> tuple[str, ...]:
        if not self.sections:
            return self.fields
        section = document.article.section
        named = section.plain.strip().casefold() if section else ""
        own = next((names for key, names in self.sections.items() if key.casefold() == named), None)
        return self.fields if own is None else tuple(name for name in _BETWEEN.split(own) if name)
