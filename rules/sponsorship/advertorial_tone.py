"""Finds passages that bear several of the marks of an advertisement, and of which nothing says that they are one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lintnews.document import Block, Document
from lintnews.passages import headed, last_under
from lintnews.patterns import Hit, PatternRule
from lintnews.regex import Regex
from lintnews.rule import Finding

# Links of which most carry the same mark were marked by the newsletter's own mailer, whoever they lead to.
_MANY_LINKS = 4
_TITLE_LENGTH = 120
_NAMED = 3


@dataclass(frozen=True)
class AdvertorialTone(PatternRule):
    """Passages with a way to the advertiser whose signs, each counted once by its weight, add up to a score."""

    signs: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()
    least_score: int = 5
    most_words: int = 150

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield a finding for each such passage, a title with its copy or a block; the weightiest signs come first."""
        if document.article.sponsored:
            return
        found: dict[int, set[str]] = {}
        for at, hit in _placed(document, hits):
            found.setdefault(at, set()).update(hit.groups)
        # A block that opens with a link is the next item of a newsletter, and not the copy under a title.
        openings = {link.text.span().start for link in document.links if link.text}
        end = -1
        for first in sorted(found):
            if first <= end:
                continue
            for last in dict.fromkeys((first, _last(document, first, openings))):
                named = {name for at in range(first, last + 1) for name in found.get(at, ())}
                signs = self._signs_of(document.blocks[first : last + 1], named)
                if self._score(signs) >= self.least_score:
                    end = last
                    title = document.blocks[first].text
                    span = headed(document, first) if last > first else title.span()
                    yield self.finding(span, match=title.plain, signals=", ".join(signs[:_NAMED]).replace("_", " "))
                    break

    def _signs_of(self, blocks: Sequence[Block], named: set[str]) -> list[str]:
        """Return the signs of a passage, the weightiest first; none where it is too long, or tells what people said."""
        plain = "\n".join(block.text.plain for block in blocks)
        words = len(plain.split())
        if not blocks[0].prose or "blockquote" in blocks[0].ancestors or not 0 < words <= self.most_words:
            return []
        signs = named.union(name for sign in self._regexes for _, _, groups in sign.finditer(plain) for name in groups)
        if self._score(signs) < self.least_score or self.excused(plain):
            return []
        return sorted(signs, key=lambda sign: (-self._weight(sign), sign))

    def _score(self, signs: Iterable[str]) -> int:
        return sum(map(self._weight, signs))

    def _weight(self, sign: str) -> int:
        return self._weights.get(sign.replace("_", " "), 0)

    @cached_property
    def _regexes(self) -> tuple[Regex, ...]:
        return tuple(map(Regex, self.signs or self.page.options["signs"].default.split(", ")))

    @cached_property
    def _weights(self) -> Mapping[str, int]:
        given = self.weights or self.page.options["weights"].default.split(", ")
        return {sign: int(weight) for sign, _, weight in (each.rpartition(" ") for each in given)}


def _placed(document: Document, hits: Sequence[Hit]) -> Iterator[tuple[int, Hit]]:
    """Yield each hit with the index of its block; those in addresses not where most of many links have them."""
    in_links = [hit for hit in hits if hit.target.block is None]
    if not document.blocks or _MANY_LINKS < len({hit.span for hit in in_links}) > len(document.links) / 2:
        in_links = []
    starts = [block.span.start for block in document.blocks] if in_links else []
    yield from ((document.index(hit.target.block), hit) for hit in hits if hit.target.block)
    yield from ((max(0, bisect_right(starts, hit.span.start) - 1), hit) for hit in in_links)


def _last(document: Document, first: int, openings: Container[int]) -> int:
    """Return the last block of the passage that starts with the given one, which may be the title of others."""
    block = document.blocks[first]
    plain = block.text.plain.strip()
    short = "\n" not in plain and len(plain) <= _TITLE_LENGTH
    if block.type != "heading" and (not short or plain.endswith((".", ":", "!"))):
        return first
    last = last_under(document, first)
    copy = document.blocks[first + 1 : last + 1]
    return first if any(each.text and each.text.span().start in openings for each in copy) else last
