"""Long quotations that nobody is named for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lintnews.document import OBJECT, Block, Document
from lintnews.rule import Finding, Rule

# A capital inside a sentence, in brackets or before a colon: a name, in the languages that write no other noun so.
_NAME = re.compile(r"(?:[^\W_][,;)]?\s|\()[A-ZÀ-ÖØ-Þ][^\W\d_]+|^[A-ZÀ-ÖØ-Þ][\w. -]{1,40}:", re.MULTILINE)
_MOST = 20
"""Quotations of an article that are looked at closely."""
_MARKS = " .,;:!?—–-\n"


@dataclass(frozen=True)
class UnattributedQuote(Rule):
    """Finds a long quotation with no speaker, no name and no verb of saying in its paragraph or the two beside it."""

    words: int = 12

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each quotation in a paragraph that nothing around attributes."""
        for block, start, end in islice(self._unattributed(document.blocks), _MOST):
            if not _repeated(document.blocks, block, start, end):
                yield self.finding(block.text.span(start, end), match=block.text.plain[start + 1 : end - 1])

    def _unattributed(self, blocks: Sequence[Block]) -> Iterator[tuple[Block, int, int]]:
        for index, block in enumerate(blocks):
            if block.type != "paragraph" or not block.quotations or "blockquote" in block.ancestors:
                continue
            plain = block.text.plain
            # A question is more often asked by everybody than by somebody.
            long = [
                (start, end)
                for start, end in block.quotations
                if plain.count(" ", start, end) >= self.words and plain[end - 2] != "?" and not plain[end - 1].isalnum()
            ]
            if long and not self._attributed(blocks, index):
                yield from ((block, start, end) for start, end in long)

    def _attributed(self, blocks: Sequence[Block], index: int) -> bool:
        """Return whether somebody is named, says something, or talks with somebody, in these paragraphs."""
        near = [block for block in blocks[max(0, index - 1) : index + 2] if block.prose]
        around = "\n".join(map(_own_words, near))
        if OBJECT in around or _NAME.search(around) or self.excused(around):
            return True
        return any(block is not blocks[index] and not _own_words(block).strip(_MARKS) for block in near)


def _own_words(block: Block) -> str:
    """Return the block's text without what is quoted in it."""
    plain, at, kept = block.text.plain, 0, []
    for start, end in sorted(block.quotations):
        kept.append(plain[at:start])
        at = max(at, end)
    return " ".join([*kept, plain[at:]])


def _repeated(blocks: Sequence[Block], block: Block, start: int, end: int) -> bool:
    """Return whether the words stand in another paragraph, too, from which this one lifts them out."""
    words = block.text.plain[start + 1 : end - 1].strip(_MARKS)
    return any(words in other.text.plain for other in blocks if other is not block)
