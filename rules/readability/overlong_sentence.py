"""Finds sentences that are too long to be read in one go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.document import WORD, Block, Document, Sentence
from lintnews.rule import Finding, Rule

_RUNNING = frozenset({"paragraph", "listItem"})
_APART = frozenset({"aside", "footer", "form", "header", "nav", "table"})
# A word and its space have more characters than this in any sentence of prose.
_SHORTEST_WORD = 5
_END = re.compile(r"[.!?…](?<![A-Z].)\S{0,3}\s")
# Where two sentences may have been taken for one: “… the plan. The council …”, “(1) first, or (2) then.”.
_ENDED = re.compile(r"[^\W\dA-Z_]{2}[\"'”’»)]*[.!?…][\"'”’»)]*\s+[\"'“‘«(]*[A-ZÀ-ÖØ-Þ]|\s\(?\d\)\s")
_MOST_SEMICOLONS, _WORDS_PER_ITEM, _WORDS_PER_LINE = 2, 7, 8


@dataclass(frozen=True)
class OverlongSentence(Rule):
    """A sentence of more words than it may have; quoted speech is not counted, and lists are left alone."""

    words: int = 60

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each sentence that is too long."""
        shortest = self.words * _SHORTEST_WORD
        for block in document.blocks:
            plain = block.text.plain
            if len(plain) < shortest or block.type not in _RUNNING or not _holds(plain, shortest):
                continue
            if not _APART.isdisjoint(block.ancestors):
                continue
            for sentence in block.sentences:
                if sentence.end - sentence.start >= shortest and not sentence.quoted:
                    yield from self._judge(block, sentence)

    def _judge(self, block: Block, sentence: Sentence) -> Iterator[Finding]:
        text = sentence.text
        count = len(WORD.findall(text)) - _quoted_words(block, sentence)
        if count > self.words and not _is_list(text, count) and not _ENDED.search(text):
            yield self.finding(sentence.span, match=text, count=str(count), limit=str(self.words))


def _holds(plain: str, characters: int) -> bool:
    """Return whether so many characters stand between two end marks."""
    return max(map(len, _END.split(plain))) >= characters


def _quoted_words(block: Block, sentence: Sentence) -> int:
    start, end = sentence.start, sentence.end
    spans = ((max(start, low), min(end, high)) for low, high in block.quotations)
    return sum(len(WORD.findall(block.text.plain[low:high])) for low, high in spans if low < high)


def _is_list(text: str, words: int) -> bool:
    """Return whether a sentence is an enumeration: of things or names, of clauses, or a line for each."""
    if text.count(";") > _MOST_SEMICOLONS:
        return True
    return text.count(",") * _WORDS_PER_ITEM >= words or text.count("\n") * _WORDS_PER_LINE >= words
