"""Looks for the lists of all pages at once: one gate tells which rules can hit a text, and only those look closer.

The gate is google-re2's; it costs a pass or two over a text, however many rules there are. Where google-re2 is not
installed (it has no wheels for musl) each list is looked for by itself, with the same hits.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, NamedTuple

from lintnews.document import Block, Document, Run, Text
from lintnews.errors import PageError
from lintnews.page import Search, normal
from lintnews.rule import Edit, Finding, Fix, Rule
from lintnews.source import ByteOffsets, Span

try:
    import re2
except ImportError:
    re2 = None

LINE_LIMIT = 300
"""Characters above which a line is prose, and no label that a `lines` list could name."""

_WRAPPED = 60
"""Characters from which a line without an end is wrapped prose: most who wrap do so at 72 or later."""
_LINE_ENDS = frozenset(("", *".!?…:;|”\"’'»)]"))

_GATE_MEMORY = 64 * 1024 * 1024
_FLAGS = re.compile(r"\(\?([a-z]+)\)")
_BLOCK_SCOPES = {
    "paragraph": "paragraph",
    "heading": "heading",
    "list-item": "listItem",
    "table-cell": "tableCell",
    "caption": "caption",
}
_TOKEN = re.compile(
    r"\\p\{\^?\w+\}|\\P\{\w+\}|\\x\{[0-9A-Fa-f]+\}|\\.|\[\^?\]?|\]|\^|\$|\{\d+(?:,\d*)?\}|[^\\\[\]^$ {}]+|.", re.DOTALL
)
# One word for each class of characters, so that both engines mean the same by it; Python's `re` knows no \p{…}.
_RE2_CLASSES = {r"\s": r"\s\p{Z}", r"\w": r"\p{L}\p{M}\p{N}_", r"\d": r"\p{Nd}"}
_RE2_NEGATED = {r"\S": r"[^\s\p{Z}]", r"\W": r"[^\p{L}\p{M}\p{N}_]", r"\D": r"[^\p{Nd}]"}
# The gate may let too much through, never too little: all of Unicode's letters would make it a hundred times as large.
_LOOSE_CLASSES = {token: token + r"\x{80}-\x{10FFFF}" for token in _RE2_CLASSES}


class Target(NamedTuple):
    """A text that lists are looked for in, and what it is of."""

    scope: str
    text: Text
    block: Block | None = None


class Hit(NamedTuple):
    """A place where an entry of a list stands."""

    search: Search
    target: Target
    start: int
    end: int
    groups: dict[str, str]

    @property
    def match(self) -> str:
        """The words that were found."""
        return self.target.text.plain[self.start : self.end]

    @property
    def span(self) -> Span:
        """Where they stand in the source."""
        return self.target.text.span(self.start, self.end)

    @property
    def quoted(self) -> bool:
        """Whether they stand inside quoted speech."""
        block = self.target.block
        return block is not None and block.quoted(self.start, self.end)

    @property
    def context(self) -> str:
        """The sentence they stand in; the whole text where there are no sentences."""
        block = self.target.block
        return block.sentence_at(self.start).text if block and block.sentences else self.target.text.plain

    @property
    def replacements(self) -> tuple[str, ...]:
        """What the list gives in place of the words, with their capital kept."""
        replacements = self.search.given.get(normal(self.match), ())
        if not self.match[:1].isupper():
            return replacements
        return tuple(words[:1].upper() + words[1:] for words in replacements)


@dataclass(frozen=True)
class PatternRule(Rule):
    """A rule whose page says what to look for; code beside the page may judge the hits by overriding `judge`."""

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield what the rule finds, looking for its own lists alone."""
        yield from self.judge(document, Matcher((self,)).hits(document).get(self.page.id, ()))

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield the findings for the hits that count: not in quotes the page skips, not called off, piled up enough."""
        counted = [hit for hit in _apart(hits) if not self.calls_off(hit)]
        if self._enough(document, len(counted)):
            for hit in counted:
                yield self.found(hit)

    def calls_off(self, hit: Hit) -> bool:
        """Return whether the page's `quotes` or `unless` say that this hit does not count."""
        if self.page.quotes == "skip" and hit.quoted:
            return True
        return any(regex.search(hit.context) for regex in self._unless)

    def found(self, hit: Hit, message: str | None = None) -> Finding:
        """Return the finding for a hit, with the list's replacements as suggestions, and as fix where the page has one."""
        replacements = hit.replacements
        values = {"match": hit.match, "replacement": replacements[0] if replacements else "", **hit.groups}
        fix = None
        if self.page.fix and replacements and len(hit.match) == hit.span.end - hit.span.start:
            fix = Fix((Edit(hit.span, replacements[0]),), safe=self.page.fix == "safe")
        return self.finding(hit.span, message, suggestions=replacements, fix=fix, **values)

    def _enough(self, document: Document, count: int) -> bool:
        density = self.page.density
        if density is None:
            return True
        at_least = getattr(self, "at_least", density.at_least)
        rate = getattr(self, "per_thousand_words", density.per_thousand_words)
        return count >= at_least and count * 1000 >= rate * document.words

    @cached_property
    def _unless(self) -> tuple[Regex, ...]:
        return tuple(Regex(pattern) for pattern in self.page.unless)


@dataclass(frozen=True)
class Term:
    """One list of one rule, ready to be looked for."""

    rule: PatternRule
    search: Search

    @cached_property
    def regexes(self) -> tuple[Regex, ...]:
        """The list as regular expressions, compiled when the gate first lets it through."""
        entries = self.search.entries
        if self.search.kind == "lines":
            return (Regex(_line(entries)),)
        if self.search.kind == "patterns":
            return tuple(Regex(entry) for entry in entries)
        return (Regex.of_words(_phrases(entries)),)

    @cached_property
    def gate(self) -> str:
        """An expression that matches wherever the list does, and seldom elsewhere.

        Raises:
            RegexError: an entry has a `\\b` where none may stand.
        """
        if self.search.kind == "lines":
            return _translated(_line(self.search.entries), loose=True)
        if self.search.kind == "patterns":
            entries = (_without_edges(entry) for entry in self.search.entries)
            return _translated(_either(entries), loose=True, anchors=False)
        return f"(?i){_phrases(self.search.entries)}"

    def looks_at(self, target: Target, language: str) -> bool:
        """Return whether the list is for texts of this kind and language."""
        if self.search.language not in {None, language}:
            return False
        scopes = self.search.scopes
        if target.block is None:
            return target.scope in scopes or target.scope.partition(".")[0] in scopes
        return any(scope in {"block", "sentence"} or _BLOCK_SCOPES.get(scope) == target.block.type for scope in scopes)

    def hits(self, target: Target) -> Iterator[Hit]:
        """Yield every place in the target where an entry stands."""
        if "sentence" in self.search.scopes and target.block is not None:
            for sentence in target.block.sentences:
                yield from self._hits(target, sentence.text, sentence.start)
        else:
            yield from self._hits(target, target.text.plain, 0)

    def _hits(self, target: Target, plain: str, offset: int) -> Iterator[Hit]:
        if self.search.kind == "lines":
            for start, line in _lines(plain):
                if any(regex.search(line) for regex in self.regexes):
                    yield Hit(self.search, target, start + offset, start + len(line) + offset, {})
            return
        for regex in self.regexes:
            for start, end, groups in regex.finditer(plain):
                yield Hit(self.search, target, start + offset, end + offset, groups)


class Matcher:
    """Finds the hits of many rules in one pass over a document.

    Raises:
        PageError: a list holds something that is no regular expression in RE2's syntax.
    """

    def __init__(self, rules: Iterable[PatternRule], *, gated: bool = True) -> None:
        terms = [Term(rule, search) for rule in rules for search in rule.page.searches]
        self._families: dict[str, _Family] = {}
        for family in ("block", "alt", "link-text", "url", "metadata", "raw"):
            members = [term for term in terms if family in {_family(scope) for scope in term.search.scopes}]
            if members:
                self._families[family] = _Family(members, gated=gated and re2 is not None)

    def hits(self, document: Document) -> dict[str, list[Hit]]:
        """Return each rule's hits in the document, in the order of its targets."""
        found: dict[str, list[Hit]] = {}
        for family, members in self._families.items():
            for target in targets(document, family):
                language = target.block.language if target.block else document.language
                for term in members.candidates(target.text.plain):
                    if term.looks_at(target, language):
                        hits = list(term.hits(target))
                        if hits:
                            found.setdefault(term.rule.page.id, []).extend(hits)
        return found


class _Family:
    """The lists that are looked for in one kind of text, each sort of list behind a gate of its own."""

    def __init__(self, terms: list[Term], *, gated: bool) -> None:
        self._terms = terms
        self._gates: list[_Gate] | None = None
        if gated:
            sorts = ({"phrases", "replace"}, {"lines"}, {"patterns"})
            chosen = ([term for term in terms if term.search.kind in kinds] for kinds in sorts)
            self._gates = [_Gate(members) for members in chosen if members]
        else:
            for term in terms:
                _compile_each(term)

    def candidates(self, plain: str) -> Iterable[Term]:
        if self._gates is None:
            return self._terms
        data = plain.encode()
        return [term for gate in self._gates if gate.may_open(plain) for term in gate.candidates(data)]


class _Gate:
    """Tells which lists can hit a text.

    Words and lines go through one automaton (`Set`). Patterns do not: their loops would multiply its states, so they go
    through `Filter`, which looks for the letters that each of them needs and tries only those whose letters are there.
    """

    def __init__(self, terms: list[Term]) -> None:
        self._terms = terms
        self._lines = terms[0].search.kind == "lines"
        options = _options()
        options.max_mem = _GATE_MEMORY
        if terms[0].search.kind == "patterns":
            self._gate = re2.Filter()
            add = partial(self._gate.Add, options=options)
        else:
            self._gate = re2.Set.SearchSet(options)
            add = self._gate.Add
        for term in terms:
            try:
                add(term.gate)
            except (RegexError, re2.error) as error:
                _compile_each(term)
                raise PageError(term.rule.page.path, f"“{term.search.kind}” cannot be looked for: {error}") from error
        self._gate.Compile()

    def may_open(self, plain: str) -> bool:
        return not self._lines or len(plain) <= LINE_LIMIT or "\n" in plain

    def candidates(self, data: bytes) -> Iterable[Term]:
        indexes = self._gate.Match(data)
        return [self._terms[index] for index in sorted(indexes)] if indexes else ()


def targets(document: Document, family: str) -> Iterator[Target]:
    """Yield the document's texts of one kind: `block`, `alt`, `link-text`, `url`, `metadata` or `raw`."""
    if family == "block":
        yield from (Target("block", block.text, block) for block in document.blocks if block.prose)
    elif family == "alt":
        yield from (Target("alt", image.alt) for image in document.images if image.alt)
    elif family == "link-text":
        yield from (Target("link-text", link.text) for link in document.links if link.text)
    elif family == "url":
        yield from (Target("url", item.url) for item in (*document.links, *document.images) if item.url)
    elif family == "metadata":
        yield from (Target(f"metadata.{key}", text) for key, text in document.metadata.items() if text)
    elif document.source.text:
        whole = Run(document.source.text, Span(0, len(document.source.text)))
        yield Target("raw", Text((whole,)))


def _family(scope: str) -> str:
    name = scope.partition(".")[0]
    return name if name in {"alt", "link-text", "url", "metadata", "raw"} else "block"


def _compile_each(term: Term) -> None:
    """Compile a list's expressions one by one, so that the one at fault is named."""
    if term.search.kind not in {"patterns", "lines"}:
        return
    for entry in term.search.entries:
        try:
            Regex(entry)
        except RegexError as error:
            place = f"“{entry}” under “{term.search.kind}”"
            raise PageError(term.rule.page.path, f"{place} is no regular expression: {error}") from error


class RegexError(ValueError):
    """A regular expression that RE2's syntax does not allow."""


class Regex:
    r"""A regular expression in RE2's syntax, matched in linear time; `\b`, `\w`, `\s` and `\d` know all of Unicode.

    RE2 has no Unicode `\b`, so one may stand only at the start and at the end, where it becomes the character beside.

    Raises:
        RegexError: the expression is not RE2's syntax, or has a `\b` elsewhere.
    """

    def __init__(self, pattern: str) -> None:
        flags = _FLAGS.match(pattern)
        prefix = flags[0] if flags else ""
        opens, body, closes = _edges(pattern[len(prefix) :])
        self._compile(prefix, _translated(body), opens=opens, closes=closes)

    @classmethod
    def of_words(cls, translated: str) -> Regex:
        """Return an expression, in the engine's own words already, that matches whole words in any case."""
        regex = cls.__new__(cls)
        regex._compile("(?i)", translated, opens=True, closes=True)
        return regex

    def _compile(self, prefix: str, translated: str, *, opens: bool, closes: bool) -> None:
        self._bounded = opens or closes
        if self._bounded:
            before = f"(?:^|{_NOT_WORD})" if opens else ""
            after = f"(?:{_NOT_WORD}|$)" if closes else ""
            translated = f"{before}(?P<whole>{translated}){after}"
        try:
            self._compiled = re2.compile(prefix + translated, _options()) if re2 else re.compile(prefix + translated)
        except (re.error, re2.error if re2 else re.error) as error:
            reason = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
            raise RegexError(reason) from error
        self._names = [name for name in self._compiled.groupindex if name != "whole"]

    def search(self, text: str) -> bool:
        """Return whether the expression matches anywhere in the text."""
        return next(self.finditer(text), None) is not None

    def finditer(self, text: str) -> Iterator[tuple[int, int, dict[str, str]]]:
        """Yield start, end and named groups of each match, left to right; matches of nothing are left out."""
        data: Any = text.encode() if re2 else text
        offsets = ByteOffsets(text) if re2 else range(len(text) + 1)
        group = 1 if self._bounded else 0
        position = 0
        while match := self._compiled.search(data, position):
            low, high = match.span(group)
            if high > low:
                groups = {name: match[name] or b"" for name in self._names}
                yield (
                    offsets[low],
                    offsets[high],
                    {name: value.decode() if isinstance(value, bytes) else value for name, value in groups.items()},
                )
            position = high if high > position else position + 1
            if position > len(data):
                return


def _options() -> Any:  # noqa: ANN401  google-re2's own type
    options = re2.Options()
    options.log_errors = False
    return options


# A space on a page stands for any white space in an article, where lines wrap and spaces may not break.
_SPACE = r"[\s\p{Z}]" if re2 else r"\s"
_NOT_WORD = r"[^\p{L}\p{M}\p{N}_]" if re2 else r"[^\w]"


def _edges(body: str) -> tuple[bool, str, bool]:
    r"""Return whether an expression opens with `\b`, what stands between, and whether it closes with one."""
    opens, closes = body.startswith(r"\b"), body.endswith(r"\b") and not body.endswith(r"\\b")
    return opens, body[2 if opens else 0 : len(body) - 2 if closes else None], closes


def _without_edges(entry: str) -> str:
    flags = _FLAGS.match(entry)
    prefix = flags[0] if flags else ""
    return prefix + _edges(entry[len(prefix) :])[1]


def _translated(pattern: str, *, loose: bool = False, anchors: bool = True) -> str:
    """Return the pattern in the engine's own words; a loose one may match more, and one without anchors anywhere.

    Raises:
        RegexError: a word boundary stands inside, or a negated class in brackets.
    """
    parts = []
    in_class = False
    classes: dict[str, str] = {}
    for match in _TOKEN.finditer(pattern):
        token = match[0]
        if in_class:
            if token == "]":
                in_class = False
            elif token in _RE2_NEGATED:
                raise RegexError(f"“{token}” may not stand in brackets, where the engines differ on it")
            parts.append(classes.get(token, token))
        elif token.startswith("["):
            in_class = True
            negated = token.startswith("[^")
            classes = {} if not re2 or (loose and negated) else _LOOSE_CLASSES if loose else _RE2_CLASSES
            parts.append(token)
        elif token in {r"\b", r"\B"}:
            raise RegexError(f"“{token}” may stand only at the start and at the end")
        elif token == " ":
            parts.append(_SPACE)
        elif loose and len(token) > 1 and token.startswith("{"):
            # A counted repeat is spelt out count by count when it is compiled: most of what a gate costs to make.
            parts.append("*" if token.startswith("{0") else "+")
        elif token in {"^", "$", r"\A", r"\z"}:
            parts.append(token if anchors else "")
        elif re2 and token in _RE2_CLASSES:
            parts.append(f"[{(_LOOSE_CLASSES if loose else _RE2_CLASSES)[token]}]")
        else:
            parts.append(_RE2_NEGATED.get(token, token) if re2 and not loose else token)
    return "".join(parts)


def _line(entries: Iterable[str]) -> str:
    """Return an expression for a whole line that is one of the entries, whatever bullets and dashes stand around it."""
    return rf"(?im)^[^\w\n]*(?:{_either(entries)})[^\w\n]*$"


def _lines(plain: str) -> Iterator[tuple[int, str]]:
    """Yield the start and the words of each line that is short enough to be a label and does not go on from the last."""
    start, above = 0, ""
    for line in plain.split("\n"):
        words = line.strip()
        if words and len(words) <= LINE_LIMIT and not _goes_on(above, words):
            yield start + line.index(words), words
        start += len(line) + 1
        above = words


def _goes_on(above: str, words: str) -> bool:
    """Return whether the words are the rest of prose that is wrapped after the line above."""
    return above[-1:] not in _LINE_ENDS and (len(above) >= _WRAPPED or words[0].islower())


def _either(entries: Iterable[str]) -> str:
    """Return an expression for any of the entries; flags at an entry's start hold for that entry alone."""
    parts = []
    for entry in entries:
        flags = _FLAGS.match(entry)
        parts.append(f"(?{flags[1]}:{entry[flags.end() :]})" if flags else f"(?:{entry})")
    return "|".join(parts)


def _phrases(entries: Iterable[str]) -> str:
    """Return an expression for any of the phrases, the longest first.

    Python's `re` tries a plain list word by word; as a tree of their characters it is read once (30 to 90 times faster).
    """
    if re2:
        longest_first = sorted(("".join(_units(entry)) for entry in entries), key=len, reverse=True)
        return f"(?:{'|'.join(longest_first)})"
    tree: dict[str, Any] = {}
    for entry in entries:
        node = tree
        for unit in _units(entry):
            node = node.setdefault(unit, {})
        node[""] = {}
    return _tree(tree)


_UNITS = re.compile(r"\s+|\.\.\.|.")
_UNIT_CLASSES = {"'": "['’‘]", "’": "['’‘]", "-": "[-‐‑]", "...": r"(?:\.\.\.|…)", "…": r"(?:\.\.\.|…)", '"': '["“”„]'}


def _units(phrase: str) -> Iterator[str]:
    """Yield the phrase's characters as expressions: any white space for a space, curly for straight apostrophes."""
    for match in _UNITS.finditer(phrase.strip().lower()):
        unit = match[0]
        yield f"{_SPACE}+" if unit.isspace() else _UNIT_CLASSES.get(unit) or re.escape(unit)


def _tree(node: dict[str, Any]) -> str:
    branches = []
    for unit, below in node.items():
        if unit:
            # Phrases seldom branch: a long stem is walked in a loop, so that a page cannot exhaust the stack.
            stem = unit
            while len(below) == 1 and "" not in below:
                ((following, below),) = below.items()
                stem += following
            branches.append(stem + _tree(below))
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 else "|".join(branches)
    return f"(?:{joined})" + ("?" if "" in node else "")


def _apart(hits: Sequence[Hit]) -> Iterator[Hit]:
    """Yield the hits in order, each place once: of two that overlap, the one that starts first, then the longer."""
    ends: dict[int, int] = {}
    for hit in sorted(hits, key=lambda hit: (hit.span.start, -hit.span.end)):
        family = id(hit.target.text)
        if hit.start >= ends.get(family, 0):
            ends[family] = hit.end
            yield hit
