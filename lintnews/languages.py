"""Tells in which language an article is written that does not say so, by the commonest words of its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from lintnews.document import Block, Document

_WORDS_FILE = Path(__file__).with_suffix(".txt")
_LENGTHS = (2, 3)
_NO_LANGUAGES = frozenset({"mis", "mul", "und", "zxx"})

# Expressions that few texts need are compiled when the first one does.
_WORD = r"[^\W\d_]+"
_BEYOND_LATIN = "[\u0370-\u1dff\u1f00-\u1fff\u2e80-\ud7ff]"
_LEAST_WORDS = 20
"""Words under which a text says too little."""
_FEW_BLOCKS, _MOST_BLOCKS, _LONGEST_PIECE = 6, 24, 250
"""How many blocks are looked at, evenly spread, at a glance and closely, and how many characters of each."""
_EXPECTED = 0.15
"""The share of its common words that hardly a text in a language falls below, and none in another comes near."""
_LEAST_SHARE, _LEAST_DIFFERENT, _LEAST_LEAD = 0.08, 4, 3.0
"""What another language must show: a share, that many different words, and so many times the share of ours."""
_LEAST_LEAD_OF_KIN = 1.3
"""How many times it must be where it is a good share; Spanish has one in a text in Portuguese, too."""

# A script that one language is written in, or that leaves no doubt where it fills most of a text.
_SCRIPTS = {
    "el": "\u0370-\u03ff\u1f00-\u1fff", "hy": "\u0530-\u058f", "he": "\u0590-\u05ff", "bn": "\u0980-\u09ff",
    "gu": "\u0a80-\u0aff", "ta": "\u0b80-\u0bff", "te": "\u0c00-\u0c7f", "kn": "\u0c80-\u0cff", "ml": "\u0d00-\u0d7f",
    "si": "\u0d80-\u0dff", "th": "\u0e00-\u0e7f", "lo": "\u0e80-\u0eff", "my": "\u1000-\u109f", "ka": "\u10a0-\u10ff",
    "km": "\u1780-\u17ff", "ko": "\u1100-\u11ff\uac00-\ud7af", "ja": "\u3040-\u30ff", "zh": "\u3400-\u9fff",
}  # fmt: skip
_HALF = 0.5
_KANA = 0.1
"""The share of kana from which a text with Chinese characters is Japanese."""


def primary(tag: str) -> str:
    """Return the primary subtag of a language tag (BCP 47) or of a locale; nothing where it names no language."""
    subtag = tag.strip().lower().replace("_", "-").partition("-")[0]
    named = subtag.isascii() and subtag.isalpha() and len(subtag) in _LENGTHS
    return subtag if named and subtag not in _NO_LANGUAGES else ""


def guessed(document: Document) -> Document:
    """Return the document in the language its text shows, if it declares none and is clearly not in the expected one.

    Blocks that declare a language keep it.
    """
    if document.language_declared or _plain(document):
        return document
    own = list(_own(document.blocks))
    language = language_of(_joined(own[:: len(own) // _MOST_BLOCKS + 1]), document.language)
    if language == document.language:
        return document
    blocks, headings = (
        tuple(each if each.language_declared else replace(each, language=language) for each in given)
        for given in (document.blocks, document.wordless_headings)
    )
    return replace(document, language=language, blocks=blocks, wordless_headings=headings)


def _plain(document: Document) -> bool:
    """Return whether a glance at a few blocks shows the article to be in English, as expected; it has no near kin."""
    if document.language != "en":
        return False
    blocks = document.blocks
    words = _joined(_own(blocks[:: len(blocks) // _FEW_BLOCKS + 1])).lower().split()
    common = sum(map(_common_words(document.language).__contains__, words))
    return len(words) >= _LEAST_WORDS and common >= _EXPECTED * len(words)


def language_of(text: str, expected: str) -> str:
    """Return the language of a text: the expected one, unless another is clear, or ours is one that is not known."""
    if not text.isascii():
        others = len(re.findall(_BEYOND_LATIN, text))
        foreign = others > _LEAST_WORDS and others > _HALF * sum(map(len, re.findall(_WORD, text)))
        if foreign and (language := _by_script(text, others)):
            return language
    words = Counter(re.findall(_WORD, text.lower()))
    total = words.total()
    known = expected in _lines() or expected in _SCRIPTS
    if total < _LEAST_WORDS or not known:
        return expected
    own = _share(words, _common_words(expected), total)
    shares = {language: _share(words, _common_words(language), total) for language in _lines()}
    best = max(shares, key=lambda each: shares[each])
    different = len(_common_words(best) & words.keys())
    lead = _LEAST_LEAD if shares[best] < _EXPECTED else _LEAST_LEAD_OF_KIN
    clear = different >= _LEAST_DIFFERENT and shares[best] >= max(_LEAST_SHARE, own * lead)
    return best if clear else expected


def _share(words: Mapping[str, int], common: Collection[str], total: int) -> float:
    return sum(words[word] for word in common if word in words) / total


def _by_script(text: str, others: int) -> str:
    """Return the language of a text in another script than the Latin one; nothing where several share it."""
    counts = {language: len(re.findall(f"[{ranges}]", text)) for language, ranges in _SCRIPTS.items()}
    if counts["ja"] > _KANA * others:
        return "ja"
    language = max(counts, key=lambda each: counts[each])
    return language if counts[language] > _HALF * others else ""


def _joined(blocks: Iterable[Block]) -> str:
    return "\n".join(block.text.plain[:_LONGEST_PIECE] for block in blocks)


def _own(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks in the article's own words: no quotations, and nothing that declares a language."""
    for block in blocks:
        if block.prose and not block.language_declared and "blockquote" not in block.ancestors:
            yield block


@lru_cache(maxsize=1)
def _lines() -> Mapping[str, str]:
    lines = _WORDS_FILE.read_text(encoding="utf-8").splitlines()
    return {line[:2]: line[3:] for line in lines if not line.startswith("#")}


@lru_cache(maxsize=64)
def _common_words(language: str) -> frozenset[str]:
    return frozenset(_lines().get(language, "").split())
