"""Tells which letters a text must hold for an expression to match it, so that few texts are looked at closely."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

_SHORTEST = 3
"""Letters below which a literal is in most texts, and so tells nothing; marks such as `{` tell enough."""

_MOST_SETS = 3
"""Sets of literals kept of one expression: a fourth one seldom tells more."""

_PLAIN = (("’", "'"), ("‘", "'"), ("‑", "-"), ("‐", "-"), ("“", '"'), ("”", '"'), ("„", '"'), ("…", "..."))
_SPACE = re.compile(r"\s+")
_ONE_SPACE = re.compile(r"\s")
_TOKEN = re.compile(
    r"\(\?(?:P?<\w+>|[A-Za-z-]*:?\)?)"  # a group's head, or flags alone
    r"|\\[pP](?:\{\^?\w+\}|\w)|\\x(?:\{[0-9A-Fa-f]+\}|[0-9A-Fa-f]{2})|\\[0-7]{1,3}|\\."  # one character, or a class
    r"|\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]"  # a class in brackets
    r"|\{\d+(?:,\d*)?\}\??|[*+?]\??|.",  # a counter, or anything else
    re.DOTALL,
)
_ZERO_WIDTH = frozenset({"^", "$", r"\b", r"\A", r"\z"})
_MARKS = re.compile(r"[^\w\s.,'\"-]+")
_LETTER_ESCAPE = re.compile(r"\\[^\w]")

Literals = Sequence[Collection[str]]
"""Sets of literals; a matching text holds at least one of each. Where nothing is known there are none."""

ENDLESS = 1_000_000
"""The length of what may be of any length."""


def folded(text: str) -> str:
    """Return the text as literals are looked for in it: without case, one space for white space, marks made plain."""
    return f" {' '.join(plain(text).casefold().split())} "


class Known(NamedTuple):
    """What is known, before it is made, of what an expression matches."""

    literals: Literals
    """What every text holds that it matches, folded."""
    starts: Collection[str]
    """How a line may start that it matches, with as much as `line_starts` tells; where there are none: in any way."""
    longest: int
    """The most characters it matches; of a whole line, without the marks around it."""


KNOWN: dict[str, Known] = {}
"""What was found out before, by pattern; it costs a fifth of a millisecond each, and the user's cache keeps it."""


def known(pattern: str) -> Known:
    """Return what is known of a pattern in RE2's syntax."""
    if pattern not in KNOWN:
        try:
            KNOWN[pattern] = _found_out(pattern)
        except RecursionError:
            KNOWN[pattern] = Known((), (), ENDLESS)
    return KNOWN[pattern]


def _found_out(pattern: str) -> Known:
    if r"\Q" in pattern:
        return Known((), (), ENDLESS)
    whole, cut = _Starts(pattern).starts()
    starts = {_from_first_letter(start) for start in whole | cut}
    line = _WHOLE_LINE.fullmatch(pattern)
    longest = min(ENDLESS, _Lengths(line[1] if line else pattern).longest())
    return Known(_Reader(pattern).literals(), () if "" in starts else _few(starts), longest)


def _few(starts: set[str]) -> tuple[str, ...]:
    """Return the starts, those that begin with another left out, and cut shorter where they are many."""
    for length in (_START_LENGTH, *_SHORTER):
        if len(starts) > _MOST_STARTS:
            starts = {start[:length] for start in starts}
    return tuple(sorted(each for each in starts if not any(each[:length] in starts for length in range(1, len(each)))))


def line_starts(text: str) -> set[str]:
    """Return how the lines of a text start, folded: by one to eight characters from the first letter or digit."""
    found: set[str] = set()
    # A search over a long line for the next one costs more than to see that there is none.
    first = None if "\n" in text else _LINE_START.match(text)
    for start in (first[1],) if first else _LINE_START.findall(text):
        piece = _ONE_SPACE.sub(" ", plain(start)).casefold()[:_START_LENGTH]
        found.update(piece[:length] for length in range(1, len(piece) + 1))
        if piece[:1].isdecimal():
            found.add(_DIGIT)
    return found


def either(branches: Sequence[Literals]) -> Literals:
    """Return what a text holds that one of several expressions matches, by what is known of each."""
    if not all(branches):
        return ()
    return (frozenset().union(*(max(branch, key=_worth) for branch in branches)),)


_WHOLE_LINE = re.compile(r"\(\?[a-z]*m[a-z]*\)\^\[\^\\w\\n[^\]]*\]\*(.*?)(?:\[\^\\w\\n[^\]]*\]\*)?\$")
_LINE_START = re.compile(r"^[^\w\n]*(\w[^\n]{0,7})", re.MULTILINE)
_START_LENGTH = 8
_MOST_STARTS = 50
_SHORTER = (5, 4, 3)
_MOST_WHOLE = 8
"""Texts above which all that an expression matches is no longer kept: they would tell little more."""
_MORE = 2
_DIGIT = r"\d"
_ANY_MARKS, _ANY_DIGIT = "\x00", "\x01"
_BEFORE_LETTER = re.compile(rf"^[^\w{_ANY_DIGIT}]+")
_FEW_LETTERS = re.compile(r"\[[^\\\]^-]{1,4}\]")


class _Reader:
    """Reads an expression from left to right; a group is read by the reader that meets it, to its closing bracket."""

    def __init__(self, pattern: str) -> None:
        self._tokens = _TOKEN.findall(pattern)
        self._at = 0

    def literals(self) -> Literals:
        """Return sets of literals of which a text holds one each, those that tell most first."""
        return self._alternatives()[1]

    def _alternatives(self) -> tuple[set[str], Literals]:
        """Return all texts that match, where they are few, and what else is known of them."""
        branches = [self._branch()]
        while self._at < len(self._tokens) and self._tokens[self._at] == "|":
            self._at += 1
            branches.append(self._branch())
        self._at += 1
        if len(branches) == 1:
            return branches[0]
        whole = (
            set[str]().union(*(texts for texts, _ in branches)) if all(texts for texts, _ in branches) else set[str]()
        )
        return (whole if len(whole) <= _MOST_WHOLE else set()), either([known for _, known in branches])

    def _branch(self) -> tuple[set[str], Literals]:
        known: list[Collection[str]] = []
        run = {""}
        while self._at < len(self._tokens) and self._tokens[self._at] not in {"|", ")"}:
            item = self._tokens[self._at]
            self._at += 1
            opens = item.startswith("(") and not item.endswith(")")
            texts, group = self._alternatives() if opens else (set(_letters(item)), ())
            least = self._least()
            if item in _ZERO_WIDTH or (item.startswith("(?") and not opens):
                continue
            if least == 0 and self._tokens[self._at - 1] in {"?", "??"} and texts:
                least, texts = 1, {"", *texts}
            if least == 1 and texts and len(run) * len(texts) <= _MOST_WHOLE:
                run = {start + end for start in run for end in texts}
                continue
            known.append(run)
            run = texts if least == 1 and texts else {""}
            if least and not (least == 1 and texts):
                known.extend(group)
        known.append(run)
        folds = [{_folded_literal(text) for text in texts} for texts in known]
        telling = [_least_of(texts) for texts in folds if all(map(_tells, texts))]
        return (run if len(known) == 1 else set()), tuple(sorted(telling, key=_worth, reverse=True)[:_MOST_SETS])

    def _least(self) -> int:
        """Return how often the item just read must stand there, 1 where exactly once, and pass over what says so."""
        if self._at == len(self._tokens) or self._tokens[self._at][0] not in "*+?{":
            return 1
        counter = self._tokens[self._at]
        if counter[0] == "{" and len(counter) == 1:
            return 1
        self._at += 1
        return 0 if counter[0] in "*?" or counter.startswith(("{0,", "{0}")) else 2


class _Starts(_Reader):
    """Reads how a line may start that an expression matches."""

    def starts(self) -> tuple[set[str], set[str]]:
        """Return the beginnings that are whole, after which more may follow, and those that are cut off."""
        whole, cut = self._sequence()
        while self._at < len(self._tokens) and self._tokens[self._at] == "|":
            self._at += 1
            another = self._sequence()
            whole, cut = whole | another[0], cut | another[1]
        self._at += 1
        return whole, cut

    def _sequence(self) -> tuple[set[str], set[str]]:
        whole, cut = {""}, set[str]()
        while self._at < len(self._tokens) and self._tokens[self._at] not in {"|", ")"}:
            item = self._tokens[self._at]
            self._at += 1
            if item in _ZERO_WIDTH or (item.startswith("(?") and item.endswith(")")):
                continue
            next_whole, next_cut = self.starts() if item.startswith("(") else _starts_of(item)
            least = self._least()
            if not whole:
                continue
            grown = {start + more for start in whole for more in next_whole}
            cut |= {start + more for start in whole for more in next_cut}
            if least == _MORE and not _marks(item):
                cut, grown = cut | grown, set()
            cut |= {start for start in grown if len(start) >= _START_LENGTH}
            whole = {start for start in grown if len(start) < _START_LENGTH} | (set() if least else whole)
            if len(whole) > _MOST_STARTS:
                whole, cut = set(), cut | whole
        return whole, cut


class _Lengths(_Reader):
    """Reads how long a text may be that an expression matches."""

    def longest(self) -> int:
        """Return the most characters of the alternatives up to the closing bracket."""
        lengths = [0]
        while self._at < len(self._tokens) and (item := self._tokens[self._at]) != ")":
            self._at += 1
            if item == "|":
                lengths.append(0)
            elif not (item in _ZERO_WIDTH or (item.startswith("(?") and item.endswith(")"))):
                length = self.longest() if item.startswith("(") else 1
                lengths[-1] = min(ENDLESS, lengths[-1] + length * self._most())
        self._at += 1
        return max(lengths)

    def _most(self) -> int:
        """Return how often the item just read may stand there, and pass over what says so."""
        at = self._at
        self._least()
        counter = self._tokens[at].rstrip("?}") if self._at > at else ""
        if counter in {"*", "+"} or counter.endswith(","):
            return ENDLESS
        return int(counter.strip("{").rpartition(",")[2]) if counter else 1


def _starts_of(item: str) -> tuple[set[str], set[str]]:
    """Return what one item of an expression begins with, as `_Starts.starts` does."""
    if _marks(item):
        return {_ANY_MARKS}, set()
    if item == _DIGIT:
        return {_ANY_DIGIT}, set()
    folds = {_ONE_SPACE.sub(" ", plain(letter)).casefold() for letter in _letters(item)}
    return folds, set() if folds else {""}


def _marks(item: str) -> bool:
    """Return whether an item matches marks only."""
    return item == r"\W" or item.startswith(r"[^\w")


def _from_first_letter(start: str) -> str:
    """Return a start as `line_starts` gives it: marks before the first letter do not count, digits are all alike."""
    start = _BEFORE_LETTER.sub("", start)
    return _DIGIT if start[:1] == _ANY_DIGIT else re.split(f"[{_ANY_MARKS}{_ANY_DIGIT}]", start)[0][:_START_LENGTH]


def _letters(item: str) -> str:
    """Return the letter, or the few, that an item of an expression is."""
    return item[1:-1] if _FEW_LETTERS.fullmatch(item) else _letter(item)


def _least_of(texts: set[str]) -> frozenset[str]:
    """Return the texts that hold none of the others: where a longer one is held, the one in it is, too."""
    return frozenset(text for text in texts if not any(other in text for other in texts if other != text))


def _letter(item: str) -> str:
    if len(item) == 1:
        return "" if item in ".[(" else item
    return item[1:] if _LETTER_ESCAPE.fullmatch(item) else ""


def _folded_literal(run: str) -> str:
    return _SPACE.sub(" ", plain(run).casefold())


def plain(text: str) -> str:
    """Return the text with straight quotation marks, plain hyphens, and three dots for an ellipsis."""
    if text.isascii():
        return text
    # A table for `translate` would be asked for every letter; most texts have few of these marks.
    for mark, written in _PLAIN:
        text = text.replace(mark, written)
    return text


def _tells(literal: str) -> bool:
    return len(literal.strip()) >= _SHORTEST or _MARKS.fullmatch(literal) is not None


def _worth(known: Collection[str]) -> tuple[int, int]:
    return min(len(literal.strip()) for literal in known), -len(known)
