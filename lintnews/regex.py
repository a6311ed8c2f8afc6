"""Regular expressions in RE2's syntax.

google-re2 matches in time linear in the text, whatever the expression. It has no wheels for musl; where it is not
installed, Python's `re` gives the same matches, without that promise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from importlib import import_module
from typing import Any
from unicodedata import category

from lintnews.literals import plain
from lintnews.source import ByteOffsets


def _engine() -> Any:  # noqa: ANN401  a module, where it is installed
    try:
        return import_module("re2")
    except ImportError:
        return None


re2 = _engine()

_COUNT = re.compile(r"\d+")
_FEW = 4
# A compiled expression of either engine; neither types it so that one variable could hold both.
_Compiled = Any

_FLAGS = re.compile(r"\(\?([a-z]+)\)")
_TOKEN = re.compile(
    r"\\p\{\^?\w+\}|\\P\{\w+\}|\\x\{[0-9A-Fa-f]+\}|\\.|\[\^?\]?|\]|\^|\$|\{\d+(?:,\d*)?\}|[^\\\[\]^$ {}]+|.", re.DOTALL
)
# One word for each class of characters, so that both engines mean the same by it; Python's `re` knows no \p{…}.
if re2:
    _CLASSES = {r"\s": r"\s\p{Z}", r"\w": r"\p{L}\p{M}\p{N}_", r"\d": r"\p{Nd}"}
else:
    # Python's \w leaves out the combining marks that most scripts write their words with; here they are, as ranges.
    _KINDS = "".join(category(chr(each))[0] for each in range(0x20000))
    _MARKS = "".join(f"{chr(each.start())}-{chr(each.end() - 1)}" for each in re.finditer("M+", _KINDS))
    _CLASSES = {r"\s": r"\s", r"\w": rf"\w{_MARKS}", r"\d": r"\d"}
_ASCII_CLASSES = {token: token for token in _CLASSES}
_WORD = r"\w"
_NEGATED = frozenset(token.upper() for token in _CLASSES)
# What most articles are written with: Latin letters, the marks of print, currencies, arrows, emoji. In a text of
# nothing else these classes mean the same, and an expression with them takes a fifteenth of the time to make.
_BEYOND_LATIN = re.compile(
    "[^\0-\u024f\u0300-\u036f\u2000-\u206f\u20a0-\u20c0\u2116\u2117\u2120\u2122\u2190-\u23ff\u2500-\u2775"
    "\u2794-\u2bff\ufe0f\ufeff\ufffc\ufffd\U0001f300-\U0001faff]"
)
_LATIN_CLASSES = _CLASSES
if re2:
    _LATIN_CLASSES = {
        r"\s": r"\s\x{a0}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}",
        r"\w": r"\w\x{aa}\x{b2}\x{b3}\x{b5}\x{b9}\x{ba}\x{bc}-\x{be}\x{c0}-\x{d6}\x{d8}-\x{f6}\x{f8}-\x{24f}"
        r"\x{300}-\x{36f}\x{fe0f}",
        r"\d": r"\d",
    }
# The gate may let too much through, never too little: all of Unicode's letters would make it a hundred times as large.
_LOOSE_CLASSES = {token: token + r"\x{80}-\x{10FFFF}" for token in _CLASSES}
_UNIT = re.compile(r"\[[^\]]*\]\+?|\(\?:[^)]*\)|\\.|.", re.DOTALL)
# A space on a page stands for any white space in an article, where lines wrap and spaces may not break.
_SPACE = "[" + _CLASSES[r"\s"] + "]"
_LATIN_SPACE = "[" + _LATIN_CLASSES[r"\s"] + "]"
_MARKS_OF_ANY_KIND = (
    (r"\ ", f"{_SPACE}+"),
    ("'", "['’‘]"),
    ('"', '["“”„]'),
    (r"\-", "[-‐‑]"),
    (r"\.\.\.", r"(?:\.\.\.|…)"),
)
_ERRORS: tuple[type[Exception], ...] = (re.error, re2.error) if re2 else (re.error,)


class RegexError(ValueError):
    """A regular expression that RE2's syntax does not allow."""


def _reason(error: Exception) -> str:
    return error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)


class Regex:
    r"""A regular expression in RE2's syntax, matched in linear time; `\b`, `\w`, `\s` and `\d` know all of Unicode.

    RE2 has no Unicode `\b`, so one may stand only at the start and at the end, where it becomes the character beside.

    Raises:
        RegexError: the expression is not RE2's syntax, or has a `\b` elsewhere.
    """

    def __init__(self, pattern: str) -> None:
        flags = _FLAGS.match(pattern)
        self._flags = flags[0] if flags else ""
        self._opens, body, self._closes = _edges(pattern[len(self._flags) :])
        self._body = body
        self._in_latin = self._compiled(_translated(body, classes=_LATIN_CLASSES), _LATIN_CLASSES)

    def search(self, text: str) -> bool:
        """Return whether the expression matches anywhere in the text."""
        return next(self.finditer(text), None) is not None

    def finditer(self, text: str) -> Iterator[tuple[int, int, dict[str, str]]]:
        """Yield start, end and named groups of each match, left to right; matches of nothing are left out."""
        latin = text.isascii() or not _BEYOND_LATIN.search(text)
        yield from self._matches(self._in_latin if latin else self._exact, text)

    @cached_property
    def _exact(self) -> _Compiled:
        return self._compiled(_translated(self._body), _CLASSES)

    def _compiled(self, body: str, classes: Mapping[str, str]) -> _Compiled:
        expression = body
        if self._opens or self._closes:
            not_word = f"[^{classes[_WORD]}]"
            before = f"(?:^|{not_word})" if self._opens else ""
            after = f"(?:{not_word}|$)" if self._closes else ""
            expression = f"{before}(?P<whole>{body}){after}"
        try:
            if re2:
                return re2.compile(self._flags + expression, _options())
            return re.compile(self._flags + expression)
        except _ERRORS as error:
            raise RegexError(_reason(error)) from error

    def _matches(self, compiled: _Compiled, text: str) -> Iterator[tuple[int, int, dict[str, str]]]:
        data: Any = text.encode() if re2 else text
        position = 0
        match = compiled.search(data)
        if not match:
            return
        offsets = ByteOffsets(text) if re2 else range(len(text) + 1)
        names = [name for name in compiled.groupindex if name != "whole"]
        group = 1 if self._opens or self._closes else 0
        while match:
            low, high = match.span(group)
            if high > low:
                groups = {name: match[name] or b"" for name in names}
                yield (
                    offsets[low],
                    offsets[high],
                    {name: value.decode() if isinstance(value, bytes) else value for name, value in groups.items()},
                )
            position = high if high > position else position + 1
            if position > len(data):
                return
            match = compiled.search(data, position)


class Words(Regex):
    """Any of a list of phrases, as whole words in any case; a space matches any white space."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._flags, self._opens, self._closes = "(?i)", True, True
        self._body = phrases(entries)
        self._in_latin = self._compiled(self._body.replace(_SPACE, _LATIN_SPACE), _LATIN_CLASSES)

    @cached_property
    def _exact(self) -> _Compiled:
        return self._compiled(self._body, _CLASSES)


def _options() -> Any:  # noqa: ANN401  google-re2's own type
    options = re2.Options()
    options.log_errors = False
    return options


def _edges(body: str) -> tuple[bool, str, bool]:
    r"""Return whether an expression opens with `\b`, what stands between, and whether it closes with one."""
    opens, closes = body.startswith(r"\b"), body.endswith(r"\b") and not body.endswith(r"\\b")
    return opens, body[2 if opens else 0 : len(body) - 2 if closes else None], closes


def without_edges(entry: str) -> str:
    r"""Return the entry without a `\b` at its start and end."""
    flags = _FLAGS.match(entry)
    prefix = flags[0] if flags else ""
    return prefix + _edges(entry[len(prefix) :])[1]


def loose(pattern: str, *, anchors: bool = True) -> str:
    """Return an expression for a gate, which matches wherever the pattern does, and is quick to make.

    Raises:
        RegexError: a word boundary stands inside.
    """
    return _translated(pattern, classes=_LOOSE_CLASSES, anchors=anchors)


def _translated(pattern: str, *, classes: Mapping[str, str] = _CLASSES, anchors: bool = True) -> str:
    """Return the pattern in the engine's own words, its classes of characters being the given ones.

    Raises:
        RegexError: a word boundary stands inside, or a negated class in brackets.
    """
    parts = []
    inside: Mapping[str, str] | None = None
    for match in _TOKEN.finditer(pattern):
        piece = match[0]
        if inside is not None:
            if piece in _NEGATED:
                raise RegexError(f"“{piece}” may not stand in brackets, where the engines differ on it")
            parts.append(inside.get(piece, piece))
            inside = None if piece == "]" else inside
        elif piece.startswith("["):
            # What a loose class takes in, its negation would leave out.
            inside = _ASCII_CLASSES if classes is _LOOSE_CLASSES and piece.startswith("[^") else classes
            parts.append(piece)
        else:
            parts.append(_outside_brackets(piece, classes, anchors=anchors))
    return "".join(parts)


def _outside_brackets(piece: str, classes: Mapping[str, str], *, anchors: bool) -> str:
    if piece in {r"\b", r"\B"}:
        raise RegexError(f"“{piece}” may stand only at the start and at the end")
    if piece in {"^", "$", r"\A", r"\z"}:
        return (piece if re2 else piece.replace("z", "Z")) if anchors else ""
    if piece == " ":
        return _LATIN_SPACE if classes is _LATIN_CLASSES else _SPACE
    if piece in classes:
        return f"[{classes[piece]}]"
    if piece in _NEGATED and classes is not _LOOSE_CLASSES:
        return f"[^{classes[piece.lower()]}]"
    if classes is _LOOSE_CLASSES and piece.startswith("{") and len(piece) > 1:
        # A counted repeat is spelt out count by count when it is compiled: most of what a gate costs to make.
        return _uncounted(piece)
    return piece


def _uncounted(repeat: str) -> str:
    if max(map(int, _COUNT.findall(repeat))) <= _FEW:
        return repeat
    return "*" if repeat.startswith("{0") else "+"


def whole_line(entries: Iterable[str]) -> str:
    """Return an expression for a whole line that is one of the entries, whatever bullets and dashes are around it."""
    return rf"(?im)^[^\w\n]*(?:{either(entries)})[^\w\n]*$"


def either(entries: Iterable[str]) -> str:
    """Return an expression for any of the entries; flags at an entry's start hold for that entry alone."""
    parts = []
    for entry in entries:
        flags = _FLAGS.match(entry)
        parts.append(f"(?{flags[1]}:{entry[flags.end() :]})" if flags else f"(?:{entry})")
    return "|".join(parts)


def phrases(entries: Iterable[str]) -> str:
    """Return an expression for any of the phrases, the longest first.

    Python's `re` tries a plain list entry by entry; as a tree of characters it is read once, 30 to 90 times as fast.
    """
    if re2:
        return f"(?:{'|'.join(sorted(map(_phrase, entries), key=len, reverse=True))})"
    tree: dict[str, Any] = {}
    for entry in entries:
        node = tree
        for unit in _UNIT.findall(_phrase(entry)):
            node = node.setdefault(unit, {})
        node[""] = {}
    return _tree(tree)


def _phrase(phrase: str) -> str:
    """Return an expression for a phrase: any white space for a space, curly quotes for straight ones."""
    expression = re.escape(" ".join(plain(phrase).lower().split()))
    for mark, expressed in _MARKS_OF_ANY_KIND:
        expression = expression.replace(mark, expressed)
    return expression


def _tree(node: dict[str, Any]) -> str:
    branches = []
    for unit, below in node.items():
        if unit:
            # Phrases seldom branch: a long stem is walked in a loop, so that a page cannot exhaust the stack.
            stem, rest = unit, below
            while len(rest) == 1 and "" not in rest:
                ((following, rest),) = rest.items()
                stem += following
            branches.append(stem + _tree(rest))
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 else "|".join(branches)
    return f"(?:{joined})" + ("?" if "" in node else "")


class Loose:
    """An expression by `loose`, which tells where its pattern may match."""

    def __init__(self, expression: str) -> None:
        self._compiled = re2.compile(expression, _options())

    def search(self, data: bytes) -> bool:
        """Return whether the pattern may match in the text, given in UTF-8; where it does match, this says so."""
        return self._compiled.search(data) is not None


class Filter:
    """Many expressions, each tried where the letters that it needs are in the text.

    Raises:
        RegexError: an expression is not RE2's syntax.
    """

    def __init__(self, expressions: Iterable[str]) -> None:
        self._filter = re2.Filter()
        _add_all(partial(self._filter.Add, options=_options()), expressions)
        self._filter.Compile()

    def matches(self, text: str) -> Sequence[int]:
        """Return the indexes of the expressions that match the text."""
        return self._filter.Match(text.encode()) or ()


def check_syntax(pattern: str) -> None:
    """Check that a pattern, without a word boundary at its edges, is RE2's syntax; without RE2, that it is Python's.

    Raises:
        RegexError: it is not.
    """
    if not re2:
        Regex(pattern)
        return
    # Reading it is enough, and is a tenth of the cost of making an automaton.
    try:
        _add_all(re2.Set.SearchSet(_options()).Add, [_translated(pattern)])
    except RegexError:
        # A set says no more than that it refuses; the expression alone says why.
        Regex(pattern)
        raise


def _add_all(add: Callable[[str], object], expressions: Iterable[str]) -> None:
    for expression in expressions:
        try:
            add(expression)
        except re2.error as error:
            raise RegexError(_reason(error)) from error
