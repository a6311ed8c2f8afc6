"""The same paragraph twice in one article."""

from __future__ import annotations

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
        seen = set()
        for block in document.blocks:
            if block.type != "paragraph" or not _APART.isdisjoint(block.ancestors):
                continue
            plain = block.text.plain
            # An interviewer puts the same question to several people.
            if plain.endswith("?") or len(WORD.findall(plain)) < self.least_words:
                continue
            wording = _wording(document, block)
            if wording in seen:
                yield self.finding(block.text.span(), match=plain)
            seen.add(wording)


def _wording(document: Document, block: Block) -> str:
    """Return what is compared; code and images show in the source alone, and may be all that differs."""
    plain = block.text.plain
    return " ".join((document.source[block.span] if OBJECT in plain else plain).casefold().split())
