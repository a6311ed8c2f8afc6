"""Finds articles that ask more of their readers than they may."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.document import Document
from lintnews.rule import Finding, Rule

# The formulas were made for samples of a hundred words; of a paragraph, fewer tell enough to rank it.
_LEAST_WORDS, _LEAST_IN_PARAGRAPH = 100, 30


@dataclass(frozen=True)
class HardToRead(Rule):
    """The hardest paragraphs of an article whose running text is above a grade."""

    max_grade: float = 14.0
    paragraphs: int = 3

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each of the hardest paragraphs of an article that is too hard."""
        # What tells the grade takes most of a second to load: not for a text of which it tells nothing.
        if document.words < _LEAST_WORDS:
            return
        from lintnews.readability import grade, running_text  # noqa: PLC0415

        found = running_text(document)
        sentences = [sentence for _, those in found for sentence in those]
        if sum(sentence.count(" ") + 1 for sentence in sentences) < _LEAST_WORDS:
            return
        whole = grade(sentences, document.language)
        if whole <= self.max_grade:
            return
        long = [each for each in found if sum(text.count(" ") + 1 for text in each[1]) >= _LEAST_IN_PARAGRAPH]
        ranked = [(grade(those, document.language), block) for block, those in long or found]
        ranked.sort(key=lambda each: each[0], reverse=True)
        worst = [each for each in ranked if each[0] > self.max_grade] or ranked[:1]
        read, limit = f"{whole:.1f}", f"{self.max_grade:g}"
        for own, block in worst[: self.paragraphs]:
            yield self.finding(block.text.span(), match=block.text.plain, own=f"{own:.1f}", grade=read, limit=limit)
