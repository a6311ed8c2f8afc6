"""Looks for the lists of all pages at once: one gate tells which rules can hit a text, and only those look closer.

The gate is google-re2's; it costs a pass or two over a text, however many rules there are. Where google-re2 is not
installed (it has no wheels for musl) each list is looked for by itself, with the same hits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from lintnews.document import Block, Document, Run, Text
from lintnews.errors import PageError
from lintnews.page import Search, normal
from lintnews.regex import Gate, Regex, RegexError, Words, either, loose, phrases, re2, whole_line, without_edges
from lintnews.rule import Edit, Finding, Fix, Rule
from lintnews.source import Span

LINE_LIMIT = 300
"""Characters above which a line is prose, and no label that a `lines` list could name."""

_WRAPPED = 60
"""Characters from which a line without an end is wrapped prose: most who wrap do so at 72 or later."""
_LINE_ENDS = frozenset(("", *".!?…:;|”\"’'»)]"))

_BLOCK_SCOPES = {
    "paragraph": "paragraph",
    "heading": "heading",
    "list-item": "listItem",
    "table-cell": "tableCell",
    "caption": "caption",
}


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
        """Return the finding for a hit; the list's replacements are suggestions, the first a fix if the page says."""
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
            return (Regex(whole_line(entries)),)
        if self.search.kind == "patterns":
            return tuple(Regex(entry) for entry in entries)
        return (Words(entries),)

    @cached_property
    def gate(self) -> str:
        """An expression that matches wherever the list does, and seldom elsewhere.

        Raises:
            RegexError: an entry has a word boundary where none may stand.
        """
        if self.search.kind == "lines":
            return loose(whole_line(self.search.entries))
        if self.search.kind == "patterns":
            return loose(either(without_edges(entry) for entry in self.search.entries), anchors=False)
        return f"(?i){phrases(self.search.entries)}"

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
        self._gated = gated
        self._gates: list[tuple[Gate, list[Term]]] = []
        if not gated:
            for term in terms:
                _compile_each(term)
            return
        for kinds in ({"phrases", "replace"}, {"lines"}, {"patterns"}):
            if members := [term for term in terms if term.search.kind in kinds]:
                self._gates.append((_gate(members, loops="patterns" in kinds), members))

    def candidates(self, plain: str) -> Iterable[Term]:
        if not self._gated:
            return self._terms
        data = plain.encode()
        label = len(plain) <= LINE_LIMIT or "\n" in plain
        return [
            members[index]
            for gate, members in self._gates
            if label or members[0].search.kind != "lines"
            for index in gate.open(data)
        ]


def targets(document: Document, family: str) -> Iterator[Target]:
    """Yield the document's texts of one kind: `block`, `alt`, `link-text`, `url`, `metadata` or `raw`."""
    if family == "block":
        yield from (Target("block", block.text, block) for block in document.blocks if block.prose)
    elif family == "alt":
        yield from (Target("alt", image.alt) for image in document.images if image.alt)
    elif family == "link-text":
        yield from (Target("link-text", link.text) for link in document.links if link.text)
    elif family == "url":
        urls = (*(link.url for link in document.links), *(image.url for image in document.images))
        yield from (Target("url", url) for url in urls if url)
    elif family == "metadata":
        yield from (Target(f"metadata.{key}", text) for key, text in document.metadata.items() if text)
    elif document.source.text:
        whole = Run(document.source.text, Span(0, len(document.source.text)))
        yield Target("raw", Text((whole,)))


def _family(scope: str) -> str:
    name = scope.partition(".")[0]
    return name if name in {"alt", "link-text", "url", "metadata", "raw"} else "block"


def _gate(terms: list[Term], *, loops: bool) -> Gate:
    try:
        return Gate([term.gate for term in terms], loops=loops)
    except RegexError:
        for term in terms:
            _compile_each(term)
        raise


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


def _lines(plain: str) -> Iterator[tuple[int, str]]:
    """Yield the start and the words of each line that is short enough for a label and does not go on from the last."""
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


def _apart(hits: Sequence[Hit]) -> Iterator[Hit]:
    """Yield the hits in order, each place once: of two that overlap, the one that starts first, then the longer."""
    ends: dict[int, int] = {}
    for hit in sorted(hits, key=lambda hit: (hit.span.start, -hit.span.end)):
        family = id(hit.target.text)
        if hit.start >= ends.get(family, 0):
            ends[family] = hit.end
            yield hit
