"""A paragraph near the top that tells the opening once more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.document import OBJECT, WORD, Block, Document
from lintnews.rule import Finding, Rule

# Words of fewer letters are mostly the grammar that any two paragraphs share; so no list of them is needed.
_LETTERS = 5
# With fewer words the share jumps: of 1,279 published posts, the pairs with fewer were chance.
_LEAST_WORDS = 10


@dataclass(frozen=True)
class RepeatedLead(Rule):
    """Finds the first paragraph after the opening that shares most of its words with it."""

    overlap: float = 0.45
    paragraphs: int = 3

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for the first paragraph that repeats the opening, at its first sentence."""
        texts = [block for block in document.blocks if block.type == "paragraph" and not block.ancestors]
        long = ((index, pieces) for index, block in enumerate(texts) if _is_long(block, pieces := _pieces(block)))
        opening, pieces = next(long, (0, set[str]()))
        if not pieces or OBJECT in texts[opening].text.plain[:1]:
            return
        for block in texts[opening + 1 : opening + 1 + self.paragraphs]:
            # Some words differ by a comma or a quotation mark at them, but hardly half of those that two texts share.
            others = _pieces(block)
            if 4 * len(pieces & others) < self.overlap * (len(pieces) + len(others)):
                continue
            lead, words = _words(texts[opening]), _words(block)
            # Dice's share counts both paragraphs, so that a long one does not hold a short one by chance.
            if len(words) >= _LEAST_WORDS and 2 * len(lead & words) >= self.overlap * (len(lead) + len(words)):
                first = block.sentences[0]
                yield self.finding(first.span, match=first.text)
                return


def _is_long(block: Block, pieces: set[str]) -> bool:
    # At most every other piece owes its length to a mark at it.
    if len(pieces) >= 2 * _LEAST_WORDS:
        return True
    return 2 * len(pieces) >= _LEAST_WORDS and len(_words(block)) >= _LEAST_WORDS


def _words(block: Block) -> set[str]:
    words = set(WORD.findall(block.text.plain.replace("’", "'").casefold()))
    return {word for each in words if len(word := each.removesuffix("'s")) >= _LETTERS}


def _pieces(block: Block) -> set[str]:
    """Return the long words as white space cuts them, which is quicker by far than to look for words."""
    return {piece for piece in block.text.plain.casefold().split() if len(piece) >= _LETTERS}
