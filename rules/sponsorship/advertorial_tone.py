"""Finds passages that bear several of the marks of an advertisement, and of which nothing says that they are one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lintnews.document import Document
from lintnews.passages import joined
from lintnews.patterns import Hit, PatternRule
from lintnews.regex import Regex
from lintnews.rule import Finding

# Links of which most carry the same mark were marked by the newsletter's own mailer, whoever they lead to.
_MANY_LINKS = 4


@dataclass(frozen=True)
class AdvertorialTone(PatternRule):
    """Blocks with a way to the advertiser whose signs, each counted once by its weight, add up to a score."""

    signs: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()
    least_score: int = 5
    most_words: int = 150

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield a finding for each run of such blocks, which names their signs, the weightiest first."""
        if document.article.sponsored:
            return
        found: dict[int, set[str]] = {}
        for at, hit in _placed(document, hits):
            found.setdefault(at, set()).update(hit.groups)
        pitches = {at: names for at, names in found.items() if self._is_pitch(document, at, names)}
        for run, span in joined(document, pitches):
            names = sorted({name for at in run for name in pitches[at]}, key=lambda name: (-self._weight(name), name))
            listed = ", ".join(names).replace("_", " ")
            yield self.finding(span, match=document.blocks[run[0]].text.plain, signals=listed)

    def _is_pitch(self, document: Document, at: int, names: set[str]) -> bool:
        """Return whether a block is one, and add its other signs to the names."""
        block = document.blocks[at]
        plain = block.text.plain
        if not block.prose or "blockquote" in block.ancestors or len(plain.split()) > self.most_words:
            return False
        names.update(name for sign in self._signs for _, _, groups in sign.finditer(plain) for name in groups)
        if self._score(names) < self.least_score:
            return False
        return not any(regex.search(plain) for regex in self._unless)

    def _score(self, names: Iterable[str]) -> int:
        return sum(map(self._weight, names))

    def _weight(self, name: str) -> int:
        return self._weights.get(name.replace("_", " "), 0)

    @cached_property
    def _signs(self) -> tuple[Regex, ...]:
        return tuple(map(Regex, self.signs or self.page.options["signs"].default.split(", ")))

    @cached_property
    def _weights(self) -> Mapping[str, int]:
        given = self.weights or self.page.options["weights"].default.split(", ")
        return {name: int(weight) for name, _, weight in (each.rpartition(" ") for each in given)}


def _placed(document: Document, hits: Sequence[Hit]) -> Iterator[tuple[int, Hit]]:
    """Yield each hit with the index of its block; those in addresses not where most of many links have them."""
    in_links = [hit for hit in hits if hit.target.block is None]
    if _MANY_LINKS < len({hit.span for hit in in_links}) > len(document.links) / 2:
        in_links = []
    starts = [block.span.start for block in document.blocks] if in_links else []
    yield from ((document.index(hit.target.block), hit) for hit in hits if hit.target.block)
    yield from ((bisect_right(starts, hit.span.start) - 1, hit) for hit in in_links)
