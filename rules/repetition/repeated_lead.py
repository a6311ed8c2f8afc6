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
        opening = next((index for index, block in enumerate(texts) if len(_words(block)) >= _LEAST_WORDS), None)
        if opening is None or OBJECT in texts[opening].text.plain[:1]:
            return
        lead = _words(texts[opening])
        for block in texts[opening + 1 : opening + 1 + self.paragraphs]:
            words = _words(block)
            # Dice's share counts both paragraphs, so that a long one does not hold a short one by chance.
            if len(words) >= _LEAST_WORDS and 2 * len(lead & words) >= self.overlap * (len(lead) + len(words)):
                first = block.sentences[0]
                yield self.finding(first.span, match=first.text)
                return


def _words(block: Block) -> set[str]:
    words = (word.replace("’", "'").removesuffix("'s").casefold() for word in WORD.findall(block.text.plain))
    return {word for word in words if len(word) >= _LETTERS}
