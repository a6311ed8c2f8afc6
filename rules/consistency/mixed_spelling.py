"""Words that are spelt in two ways in one article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple

from lintnews.document import Document
from lintnews.page import normal
from lintnews.patterns import Hit, PatternRule, Target
from lintnews.regex import Words
from lintnews.rule import Finding

# A shared beginning of fewer letters tells a word from others only together with what follows it.
_LEAST = 3
_CAPITAL_AFTER = re.compile(r"[\s-](?:(?:of|for|and|&)\s+(?:the\s+)?)?[A-ZÀ-Þ]")
_IN_ADDRESS = re.compile(r"[/@#_\\$=&]|\.\w")
_ADDRESS_BEFORE = frozenset("/@#_.\\$=&")
# A list of references gives titles as they were printed: “Schmidt, M.C. and King, A. (2016). Using…”.

_REFERENCE = re.compile(r"\b[A-Z]\.(?:,| and| &|;| [A-ZÀ-Þ]).{0,300}\b(?:1[89]|20)\d\d\b", re.DOTALL)


class _Spelling(NamedTuple):
    """One of a word's two spellings: the stem of all the word's forms, which of the two it is, and the other one."""

    stem: tuple[str, ...]
    second: bool
    other: str


class MixedSpelling(PatternRule):
    """Finds the words of the table that stand in the article in both of their spellings, all forms of a word together.

    The gate looks for the first spelling of each; for the second, only articles that hold the first are looked through.
    """

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield a finding for each word whose other spelling stands more often, or as often and earlier."""
        known = self._spellings[hits[0].search.language]
        found = [hit for hit in hits if hit.search is hits[0].search]
        stems = {known[normal(hit.match)].stem for hit in found}
        text = document.source.text.lower()
        forms = [form for form, each in known.items() if each.second and each.stem in stems and form in text]
        if not forms:
            return
        sides: dict[tuple[str, ...], tuple[list[Hit], list[Hit]]] = defaultdict(lambda: ([], []))
        for hit in (*found, *_hits(document, hits[0], Words(forms))):
            spelling = known[normal(hit.match)]
            if self._counts(document, hit):
                sides[spelling.stem][spelling.second].append(hit)
        for both in sides.values():
            if all(both):
                fewer, more = sorted(both, key=lambda side: (len(side), -side[0].span.start))
                for hit in fewer:
                    other = known[normal(hit.match)].other
                    suggestion = other[:1].upper() + other[1:] if hit.match[0].isupper() else other
                    yield self.finding(hit.span, suggestions=(suggestion,), match=hit.match, other=more[0].match)

    @cached_property
    def _spellings(self) -> Mapping[str | None, Mapping[str, _Spelling]]:
        """The spellings of the page's lists by language, each as `normal` writes it."""
        known: dict[str | None, dict[str, _Spelling]] = {}
        for search in self.page.searches:
            spellings = known.setdefault(search.language, {})
            for form, words in search.replacements.items():
                first, second = normal(form), normal(words[0])
                stem = _stem(first, second)
                spellings[first] = _Spelling(stem, second=False, other=words[0])
                spellings[second] = _Spelling(stem, second=True, other=form)
        return known

    def _counts(self, document: Document, hit: Hit) -> bool:
        """Return whether they are the article's own words: no name, address, cited or linked title, or quotation."""
        plain, block = hit.target.text.plain, hit.target.block
        if block is None or block.type == "heading" or self.calls_off(hit):
            return False
        if _IN_ADDRESS.match(plain, hit.end) or plain[hit.start - 1 : hit.start] in _ADDRESS_BEFORE:
            return False
        if hit.match[0].isupper() and block.language[:2] != "de":
            opens = block.sentence_at(hit.start).start == hit.start
            if not opens or _CAPITAL_AFTER.match(plain, hit.end):
                return False
        start = hit.span.start
        return not _REFERENCE.search(plain) and not any(
            link.span.start <= start < link.span.end for link in document.links
        )


def _hits(document: Document, like: Hit, words: Words) -> Iterator[Hit]:
    for block in document.blocks:
        if block.prose:
            for start, end, _ in words.finditer(block.text.plain):
                yield Hit(like.search, Target("block", block.text, block), start, end, {})


def _stem(first: str, second: str) -> tuple[str, ...]:
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False))))
    stem, rest = first[:same], first[same:]
    if len(stem) >= _LEAST and (not rest or rest[0].isalpha()):
        return (stem,)
    return (stem, rest[:_LEAST], second[same:][:_LEAST])
