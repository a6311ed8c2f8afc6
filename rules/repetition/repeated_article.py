"""Articles that stand under two paths."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

from lintnews.document import Document
from lintnews.rule import ComparingRule, Finding

if TYPE_CHECKING:
    from lintnews.earlier import Likeness

_LEAST_LETTERS = 200


@dataclass(frozen=True)
class RepeatedArticle(ComparingRule):
    """Finds an article most of whose sentences stand in one that was checked before it."""

    overlap: float = 0.75
    least_sentences: int = 6

    def marks(self, document: Document) -> Collection[int]:
        """Return a number for each sentence, as cut at every point with a space: that is quick, and will do."""
        prose = [block.text.plain for block in document.blocks if block.prose and block.type != "heading"]
        text = ". ".join(prose).replace("\n", " ")
        marks = set(map(crc32, text.encode().split(b". ")))
        return marks if len(marks) >= self.least_sentences and len(text) >= _LEAST_LETTERS else ()

    def compare(self, document: Document, nearest: Likeness) -> Iterator[Finding]:
        """Yield a finding at the first sentence of an article that is like another."""
        if nearest.share >= self.overlap:
            text = next(
                block for block in document.blocks if block.prose and block.type != "heading" and block.sentences
            )
            earlier = self.page.message.replace("{earlier}", nearest.path.as_posix())
            yield self.finding(text.sentences[0].span, earlier)
