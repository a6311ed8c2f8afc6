"""The same sentence twice in one article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lintnews.document import OBJECT, WORD, Block, Document, Sentence
from lintnews.rule import Finding, Rule
from lintnews.source import Span

# What stands apart may say again what the text says, and is meant to.
_APART = frozenset({"aside", "blockquote", "figure", "list", "table"})
_QUOTATION_MARKS = ('"', "“", "”", "„", "«", "»", "'", "‘", "’")
# The same for a quick look, byte by byte: capitals, line ends and end marks are alike, and what the marks are written
# with is left out, though parts of other letters go with it.
_ALIKE = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ\n?!", b"abcdefghijklmnopqrstuvwxyz ..")
_LEFT_OUT = "".join(_QUOTATION_MARKS).encode()


@dataclass(frozen=True)
class RepeatedSentence(Rule):
    """Finds a sentence, inside a paragraph of several, whose words were those of one before it."""

    least_words: int = 8

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each run of sentences that stood in the article before."""
        blocks = [
            block for block in document.blocks if block.type == "paragraph" and _APART.isdisjoint(block.ancestors)
        ]
        if not self._may_repeat(blocks):
            return
        seen: set[str] = set()
        paragraphs: set[str] = set()
        for block in blocks:
            # A paragraph that stands twice is told by the rule for those.
            if block.text.plain in paragraphs or len(block.sentences) == 1:
                continue
            paragraphs.add(block.text.plain)
            again: list[Sentence] = []
            for sentence in block.sentences:
                wording = self._wording(document, sentence)
                if wording in seen:
                    again.append(sentence)
                elif again:
                    yield self._told(again)
                    again = []
                if wording:
                    seen.add(wording)
            if again:
                yield self._told(again)

    def _may_repeat(self, blocks: Sequence[Block]) -> bool:
        """Return whether two pieces of the paragraphs, cut at every full stop, are the same: a quick look."""
        text = ". ".join([block.text.plain.rstrip(".?! ") for block in blocks])
        # So many words are no shorter than this, with a space between each two.
        least = 2 * self.least_words - 1
        pieces = [piece for piece in text.encode().translate(_ALIKE, _LEFT_OUT).split(b". ") if len(piece) >= least]
        return len(set(pieces)) < len(pieces)

    def _wording(self, document: Document, sentence: Sentence) -> str:
        """Return what is compared, nothing where the sentence may stand twice; code shows in the source alone."""
        plain = sentence.text
        if plain.endswith("?") or len(WORD.findall(plain)) < self.least_words or self.excused(plain):
            return ""
        return _plain(document.source[sentence.span] if OBJECT in plain else plain).rstrip(".! ")

    def _told(self, sentences: Sequence[Sentence]) -> Finding:
        return self.finding(Span(sentences[0].span.start, sentences[-1].span.end), match=sentences[0].text)


def _plain(text: str) -> str:
    """Return the text in lower case on one line, without quotation marks."""
    for mark in _QUOTATION_MARKS:
        text = text.replace(mark, "")
    return " ".join(text.casefold().split())
