"""Finds a pitch to the reader that shares almost no words with the article it stands in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from lintnews.document import WORD, Block, Document
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Finding

_READER = frozenset({"you", "your", "yours", "yourself", "you'll", "you're", "you've", "you'd"})
_WRITER = frozenset(
    {"we", "us", "our", "ours", "i", "me", "my", "we'll", "we're", "we've", "we'd", "i'll", "i'm", "i've", "let's"}
)
_LEAST_LETTERS = 3


@dataclass(frozen=True)
class OffTopicPromotion(PatternRule):
    """A paragraph that speaks to “you”, tells the reader what to do, and is not about what the article is about."""

    most_shared: float = 0.25
    least_words: int = 12
    least_article: int = 150
    stop_words: tuple[str, ...] = ()

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield a finding for each such paragraph: the whole of it, as the whole of it is the pitch."""
        blocks = {id(hit.target.block): hit.target.block for hit in hits if not self.calls_off(hit)}
        pitches = [block for block in blocks.values() if block and block.type == "paragraph" and _to_reader(block)]
        if not pitches or document.article.sponsored:
            return
        uses = Counter(word for block in document.blocks for word in self._subject(block))
        for block in pitches:
            subject = self._subject(block)
            if len(subject) < self.least_words or document.words - len(_words(block)) < self.least_article:
                continue
            if sum(uses[word] > 1 for word in subject) < self.most_shared * len(subject):
                yield self.finding(block.text.span(), match=block.sentences[0].text)

    def _subject(self, block: Block) -> frozenset[str]:
        """Return the different words of a block that tell what it is about."""
        words = (_stem(word) for word in _words(block) if len(word) >= _LEAST_LETTERS)
        return frozenset(word for word in words if word not in self._ignored)

    @cached_property
    def _ignored(self) -> frozenset[str]:
        given = self.stop_words or self.page.options["stop-words"].default.split(", ")
        return frozenset(_stem(word) for word in given)


def _words(block: Block) -> list[str]:
    return WORD.findall(block.text.plain.lower().replace("’", "'")) if block.prose else []


def _to_reader(block: Block) -> bool:
    """Return whether somebody speaks to the reader who is not the writer of the article."""
    words = _words(block)
    return not _READER.isdisjoint(words) and _WRITER.isdisjoint(words)


def _stem(word: str) -> str:
    """Return the word without the ending of its plural, its possessive or its verb, so that forms of it are one."""
    word = word.removesuffix("'s")
    for ending, stem in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_LETTERS:
            return word.removesuffix(ending) + stem
    return word
