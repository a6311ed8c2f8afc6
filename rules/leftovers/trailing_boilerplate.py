"""Finds the foot of a page that was copied along with the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lintnews.document import Block, Document
from lintnews.neighbours import deletion
from lintnews.patterns import Hit, PatternRule, Target
from lintnews.rule import Finding
from lintnews.source import Span

_LONG = 100
"""Characters from which a block is prose, whatever it ends with."""
_LONGEST_LABEL = 160
_SENTENCE_WORDS = 8
_OFFERS = frozenset({"related", "advertising"})
"""Kinds that other sites' or articles' headlines follow."""


@dataclass(frozen=True)
class TrailingBoilerplate(PatternRule):
    """Reports the lines after the last paragraph, from the first to the last that is one of the page's labels."""

    least_lines: int = 3
    least_kinds: int = 2

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield one finding where enough labels of enough kinds follow the last paragraph of prose."""
        labels = {id(hit.target.block) for hit in hits}
        blocks = document.blocks
        last = next((at for at in range(len(blocks) - 1, -1, -1) if _is_prose(blocks[at], labels)), len(blocks))
        # A line that two lists find is of the kind that comes first.
        lines = {hit.span.start: hit for hit in reversed(hits) if _index(document, hit) > last}
        tail = [lines[start] for start in sorted(lines)]
        kinds = {kind for hit in tail for kind in hit.groups}
        if len(tail) < self.least_lines or len(kinds) < self.least_kinds:
            return
        end = len(blocks) - 1 if _OFFERS & tail[-1].groups.keys() else _index(document, tail[-1])
        covered = [_whole(tail[0], block) for block in blocks[_index(document, tail[0]) : end + 1]]
        more = sum(hit.target.text.plain.count("\n") + 1 for hit in covered) - 1
        span = Span(tail[0].span.start, covered[-1].span.end)
        finding = self.finding(span, match=tail[0].match, others=f"{more} more line{'s' * (more > 1)}")
        yield replace(finding, fix=deletion(document, covered))


def _is_prose(block: Block, labels: set[int]) -> bool:
    if not block.prose or "footnoteDefinition" in block.ancestors:
        return True
    plain = block.text.plain.rstrip("\"'”’»)")
    if id(block) in labels:
        return len(plain) > _LONGEST_LABEL
    return len(plain) >= _LONG or (plain.endswith((".", "!", "?", "…")) and len(plain.split()) >= _SENTENCE_WORDS)


def _index(document: Document, hit: Hit) -> int:
    return document.index(hit.target.block) if hit.target.block else -1


def _whole(like: Hit, block: Block) -> Hit:
    return Hit(like.search, Target("block", block.text, block), 0, len(block.text), {})
