"""The same paragraph twice in one article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.document import OBJECT, WORD, Block, Document
from lintnews.rule import Finding, Rule

# A pull quote repeats what the text says and is meant to; so may the items of two lists.
_APART = frozenset({"blockquote", "aside", "figure", "list"})


@dataclass(frozen=True)
class RepeatedParagraph(Rule):
    """Finds a paragraph whose words, in their order, are those of one before it."""

    least_words: int = 20

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each paragraph that stood in the article before."""
        alike: dict[str, list[Block]] = defaultdict(list)
        for block in document.blocks:
            # So many words are no shorter than this, with a space between each two.
            if block.type == "paragraph" and len(block.text.plain) >= 2 * self.least_words - 1:
                alike[_ends(block.text.plain)].append(block)
        seen = set()
        for blocks in alike.values():
            for block in blocks if len(blocks) > 1 else ():
                if self._counts(block):
                    wording = _wording(document, block)
                    if wording in seen:
                        yield self.finding(block.text.span(), match=block.text.plain)
                    seen.add(wording)

    def _counts(self, block: Block) -> bool:
        plain = block.text.plain
        # An interviewer puts the same question to several people.
        if plain.endswith("?") or not _APART.isdisjoint(block.ancestors):
            return False
        return len(WORD.findall(plain)) >= self.least_words


def _ends(plain: str) -> str:
    """Return the first and the last word: where they differ, no more of two paragraphs need be compared."""
    return " ".join((*plain.split(None, 1)[:1], *plain.rsplit(None, 1)[-1:])).casefold()


def _wording(document: Document, block: Block) -> str:
    """Return what is compared; code and images show in the source alone, and may be all that differs."""
    plain = block.text.plain
    return " ".join((document.source[block.span] if OBJECT in plain else plain).casefold().split())
