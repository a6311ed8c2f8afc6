"""Finds labels that do not say clearly enough, where the article appears, that something is an advertisement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lintnews.document import Document, Text
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Finding

_BY_LANGUAGE = {"en": ("us", "uk"), "de": ("de", "at"), "fr": ("fr",), "es": ("es",)}
_ALIASES = {"gb": "uk"}
_LONGEST = 90


@dataclass(frozen=True)
class AmbiguousSponsorLabel(PatternRule):
    """A label of its own block that courts or regulators of the article's market call unclear.

    The groups of the page's patterns name the markets, `us_uk` two of them. Without a market, all those of the
    article's language must agree.
    """

    us: tuple[str, ...] = ()
    uk: tuple[str, ...] = ()
    de: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    fr: tuple[str, ...] = ()
    es: tuple[str, ...] = ()

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield a finding for each label, with the labels that the market takes."""
        given = document.article.market
        markets = (_ALIASES.get(given, given),) if given else _BY_LANGUAGE.get(document.language, ())
        refusing: dict[int, tuple[Text, set[str]]] = {}
        for hit in hits:
            if _is_label(hit) and not self.calls_off(hit):
                _, refused = refusing.setdefault(id(hit.target.text), (hit.target.text, set()))
                refused.update(market for group in hit.groups for market in group.split("_"))
        for text, refused in refusing.values():
            if markets and refused.issuperset(markets):
                where = ", ".join(market.upper() for market in markets)
                yield self.finding(text.span(), match=text.plain, market=where, suggestions=self._clear(markets[0]))

    def _clear(self, market: str) -> tuple[str, ...]:
        labels: tuple[str, ...] = getattr(self, market)
        return labels or tuple(self.page.options[market].default.split(", "))


def _is_label(hit: Hit) -> bool:
    """Return whether a short block may be a label: a heading of one word, such as “Promotion”, names a subject."""
    block = hit.target.block
    return len(hit.target.text) <= _LONGEST and (block is None or block.type != "heading" or " " in hit.match)
