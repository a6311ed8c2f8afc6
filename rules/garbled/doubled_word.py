"""A word that stands twice in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lintnews.document import Block, Document
from lintnews.rule import Edit, Finding, Fix, Rule
from lintnews.source import Span

# Neither word is a part of a longer one, of an address or of a path; a third one makes it emphasis.
_TWICE = re.compile(r"(?<![\w’'./@&-])([^\W\d_]+)(?:\s+(?i:\1))+(?![\w’'/@&-])(?!\.\w)")
# Marks that open a word, or stand between two without white space.
_OPENING = '([“„«‘"—–:;,…|>*\ufffc'


class DoubledWord(Rule):
    """Finds a word and the same word after it, with nothing but white space between them."""

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each word that stands twice, save those the page allows."""
        for block in document.blocks:
            if block.prose and _may_hold_one(block.text.plain):
                yield from self._in(block)

    def _in(self, block: Block) -> Iterator[Finding]:
        for match in _TWICE.finditer(block.text.plain):
            word, *others = match[0].split()
            if len(others) > 1 or self.excused(word) or not _one_word(block, match.start(), word, others[0]):
                continue
            span = block.text.span(match.start(), match.end())
            fix = None
            if len(match[0]) == span.end - span.start:
                fix = Fix((Edit(Span(span.start + len(word), span.end), ""),), safe=False)
            yield self.finding(span, suggestions=(word,), fix=fix, match=match[0])


def _may_hold_one(plain: str) -> bool:
    """Return whether a word starts as the one before it does; the expression takes three times as long to tell."""
    for mark in _OPENING:
        plain = plain.replace(mark, " ")
    words = plain.lower().split()
    return any(map(str.startswith, words[1:], words))


def _one_word(block: Block, start: int, word: str, second: str) -> bool:
    """Return whether the two are one word said twice, and no name (Duran Duran) and no species (Anguilla anguilla)."""
    if not second.islower():
        return word == "the" and second == "The"
    return word.islower() or block.sentence_at(start).start == start
