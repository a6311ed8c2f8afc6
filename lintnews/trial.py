"""Tries a draft rule on published articles, so that its false hits are seen before readers see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lintnews.config import ConfigFinder
from lintnews.earlier import Earlier
from lintnews.engine import Checker
from lintnews.errors import LintnewsError
from lintnews.files import find_files
from lintnews.rule import Rule, quotable
from lintnews.source import Source, Span, read_source

_CONTEXT = 50
"""Characters shown on either side of a hit."""


@dataclass(frozen=True)
class Sample:
    """One hit: where it is, and the words in question between “«” and “»” with what stands around them."""

    place: str
    words: str


@dataclass(frozen=True)
class Trial:
    """What a rule would report in a set of articles."""

    articles: int
    articles_hit: int
    hits: tuple[Sample, ...]
    failures: tuple[str, ...]

    @property
    def summary(self) -> str:
        """The figures, in a sentence."""
        rate = 100 * len(self.hits) / self.articles if self.articles else 0
        hits = f"{len(self.hits):,} hit{'' if len(self.hits) == 1 else 's'}"
        return f"{hits} in {self.articles_hit:,} of {self.articles:,} articles: {rate:.1f} per 100 articles."

    def samples(self, most: int) -> Sequence[Sample]:
        """Return at most so many hits, spread evenly over all."""
        step = max(1, -(-len(self.hits) // most)) if most > 0 else 1
        return self.hits[::step][: max(most, 0)]


def trial(rule: Rule, paths: Sequence[str]) -> Trial:
    """Return what the rule finds in the articles at the paths; what cannot be read is named among the failures."""
    finder = ConfigFinder()
    found, unfound = find_files(paths, config_for=finder.config_for)
    failures = [str(failure) for failure in unfound]
    checker, earlier = Checker((rule,)), Earlier()
    hits: list[Sample] = []
    articles = articles_hit = 0
    for path in found:
        try:
            source = read_source(path)
        except LintnewsError as error:
            failures.append(str(error))
            continue
        report = checker.check(source, earlier)
        failures.extend(failure.message for failure in report.failures)
        articles += 1
        articles_hit += bool(report.findings)
        hits.extend(_sample(source, finding.span) for finding in report.findings)
    return Trial(articles, articles_hit, tuple(hits), tuple(failures))


def _sample(source: Source, span: Span) -> Sample:
    line, column = source.position(span.start)
    before = " ".join(source.text[max(0, span.start - _CONTEXT) : span.start].split())
    after = " ".join(source.text[span.end : span.end + _CONTEXT].split())
    words = f"{before} «{quotable(source[span], 2 * _CONTEXT)}» {after}"
    return Sample(f"{source.path}:{line}:{column}", words.strip())
