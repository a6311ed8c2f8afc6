"""Figures in a headline that the text does not have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from math import isclose

from lintnews.document import Block, Document, Text
from lintnews.rule import Finding, Rule

_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_WORDS = {
    **{word: number for number, word in enumerate(_SMALL)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
    **{word: number for number, word in enumerate(_ORDINALS, 2)},
    "both": 2, "couple": 2, "pair": 2, "twins": 2, "twice": 2, "trio": 3, "decade": 10, "dozen": 12, "quarter": 25,
    "half": 50, "doubled": 100, "hundred": 100,
}  # fmt: skip
_SCALES = {
    "hundred": 100, "thousand": 1_000, "k": 1_000, "million": 10**6, "m": 10**6, "mn": 10**6,
    "billion": 10**9, "b": 10**9, "bn": 10**9, "trillion": 10**12, "tn": 10**12,
}  # fmt: skip
# Expressions for `re`, which makes one when it is first asked: few headlines have a figure.
_FIGURE = (
    r"(?i)(?P<digits>\d{1,15}(?:[.,’\u00a0\u202f]\d{1,15}){0,5})"
    rf"|\b(?P<word>{'|'.join(_WORDS)})(?:[- ](?P<unit>{'|'.join(_SMALL[1:10])}))?\b"
    r"|\b(?P<one>an? (?:\S+ )?(?:man|woman|boy|girl|child|driver|passenger|worker|student|officer|soldier))\b"
)
_SCALE = rf"(?i)[\s-]?({'|'.join(sorted(_SCALES, key=len, reverse=True))})\b"
_THOUSANDS = r"\d{1,3}(?:[.,’\u00a0\u202f]\d{3})+"
# A figure of the headline with the word after it: no year, no day of a month, no version, no name such as “G20”. After
# a sign for money, or after a verb as in “storm kills five”, it needs no word.
_COUNT = (
    r"(?i)(?<![\w.,:/#&’'–-])(?P<alone>(?:US)?[$€£¥]|(?:kills|killed|injures|injured|hurts|leaves) )?"
    r"(?P<number>(?!(?:1[5-9]|20)\d\d\b)\d{1,12}(?:,\d{3}){0,3}(?:\.\d{1,9})?(?![\d.,:/–])"
    rf"|(?:{'|'.join(_SMALL[2:] + _TENS)})(?:-(?:{'|'.join(_SMALL[1:10])}))?\b)"
    rf"(?P<scale>[ -]?(?:{'|'.join(sorted(_SCALES, key=len, reverse=True))})\b)?"
    r"(?: ?%|[ -](?!(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|[ap]\.?m)[a-z]*\b)[a-z][\w’'-]+"
    r"|(?(alone)|(?!)))"
)
# Below this, people and things are counted, and not rounded; above, a tenth less or more still is “nearly” or “over”.
_COUNTED, _ROUNDED = 20, 0.1
_MOST_ADDED = 8


@dataclass(frozen=True)
class HeadlineNumberMismatch(Rule):
    """Finds the figures of the headline that the text neither holds nor adds up to."""

    least_words: int = 80

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each figure of the headline that the text lacks."""
        headline = document.article.headline
        if headline is None or not (matches := list(_counts(headline.plain))):
            return
        if document.words < self.least_words or self.excused(headline.plain):
            return
        body = [block for block in document.blocks if block.prose and not _is_headline(block, headline)]
        # Most figures stand in the text as they do in the headline; only for the others is all of it read.
        words = frozenset(word for block in body for word in block.text.plain.lower().split())
        matches = [match for match in matches if match["number"].lower() not in words]
        told = _told(body) if matches else set()
        for match in matches:
            wanted = list(_figures(match["number"] + (match["scale"] or "")))
            if wanted[0][0] > 1 and not any(_same(figure, other) for figure in wanted for other in told):
                end = max(match.end("number"), match.end("scale")) if match["alone"] else match.end()
                yield self.finding(headline.span(match.start(), end), match=headline.plain[match.start() : end])


def _counts(headline: str) -> Iterator[re.Match[str]]:
    """Yield what a headline counts; the expression is asked only where there is a number in digits or in words."""
    words = re.split(r"\W+", headline.lower())
    if any(map(str.isdecimal, headline)) or not _WORDS.keys().isdisjoint(words):
        yield from re.finditer(_COUNT, headline)


def _is_headline(block: Block, headline: Text) -> bool:
    """Return whether the block is the headline, which a page may give to search engines in other words."""
    return block.depth == 1 or block.text.plain.split() == headline.plain.split()


def _told(body: Sequence[Block]) -> set[float]:
    """Return every figure of the text, the sums within a sentence, and how many headings and list items there are."""
    told: set[float] = set()
    for block in body:
        figures = [value for value, _ in _figures(block.text.plain)]
        told.update(figures)
        if len(figures) > 1:
            for sentence in block.sentences:
                added = [value for value, _ in _figures(sentence.text)][:_MOST_ADDED]
                told.add(sum(added))
                told.update(map(sum, combinations(added, 2)))
    told.update(Counter(block.depth for block in body if block.type == "heading").values())
    runs = [len(list(items)) for listed, items in groupby(body, key=_listed) if listed]
    return told | {*runs, sum(runs)}


def _listed(block: Block) -> bool:
    return block.type == "listItem" or "listItem" in block.ancestors


def _figures(text: str) -> Iterator[tuple[float, float]]:
    """Yield each figure with the size of its last place that is not zero: 1,200,000 and 100,000 for “1.2m”."""
    scale_at = re.compile(_SCALE).match
    for match in re.finditer(_FIGURE, text):
        found = scale_at(text, match.end())
        scale = _SCALES[found[1].lower()] if found else 1
        if scale == 100 and found and (thousands := scale_at(text, found.end())):  # noqa: PLR2004  five hundred thousand
            scale *= _SCALES[thousands[1].lower()]
        if match["digits"]:
            yield from ((value * scale, step * scale) for value, step in _readings(match["digits"]))
        elif match["word"]:
            value = _WORDS[match["word"].lower()] + (_WORDS[match["unit"].lower()] if match["unit"] else 0)
            yield value * scale, scale
        else:
            yield 1, 1


def _readings(digits: str) -> Iterator[tuple[float, float]]:
    """Yield what figures in digits may stand for: “1.234” may be a thousand or one, and “1.2.3” is three figures."""
    parts = re.split(r"\D", digits)
    if re.fullmatch(_THOUSANDS, digits) or len(parts) == 1:
        whole = "".join(parts)
        yield int(whole), 10 ** (len(whole) - len(whole.rstrip("0")))
    if len(parts) == 2:  # noqa: PLR2004  before and after the point
        yield float(".".join(parts)), 0.1 ** len(parts[1])
    elif len(parts) > 1:
        yield from ((int(part), 1) for part in parts)


def _same(wanted: tuple[float, float], figure: float) -> bool:
    """Return whether the headline's figure is the text's, rounded or not."""
    value, step = wanted
    if isclose(value, figure) or (value < _COUNTED and round(figure) == value and not float(figure).is_integer()):
        return True
    return value >= _COUNTED and abs(value - figure) < min(step, value * _ROUNDED)
