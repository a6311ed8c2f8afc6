"""Looks for the lists of all pages at once: one gate tells which rules can hit a text, and only those look closer.

The gate is google-re2's; it costs a pass or two over a text, however many rules there are. Where google-re2 is not
installed (it has no wheels for musl) each list is looked for by itself, with the same hits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import islice
from typing import NamedTuple

from lintnews.document import OBJECT, Block, Document, Run, Text
from lintnews.errors import PageError
from lintnews.gate import Gate
from lintnews.literals import ENDLESS, Literals, folded, known, line_starts
from lintnews.page import Kind, Page, Search, normal
from lintnews.regex import Loose, Regex, RegexError, Words, check_syntax, either, loose, re2, whole_line, without_edges
from lintnews.rule import Edit, Finding, Fix, Rule, quotable
from lintnews.source import Span

LINE_LIMIT = 300
"""Characters above which a line is prose, and no label that a `lines` list could name."""

MOST_HITS = 5_000
"""Hits of one rule in an article after which no more are looked for: nobody would read them, and each takes time."""

_WRAPPED = 60
"""Characters from which a line without an end is wrapped prose: most who wrap do so at 72 or later."""
_LINE_ENDS = frozenset(("", *".!?…:;|”\"’'»)]"))

_FAMILIES = ("block", "alt", "link-text", "url", "metadata", "raw")
"""The kinds of text that lists are looked for in; a scope is one, or a part of one."""

_CORE = re.compile(r"\w(?:.*\w)?", re.DOTALL)
_NO_LABEL = ENDLESS + 1
"""The length of a line where no line is short enough for a label, which only lists of lines mind."""

_LINE_PATTERN = re.compile(r"\(\?[a-z]*m[a-z]*\)\^")
"""A pattern that matches at the start of a line."""

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
        if not self._enough(document, len(counted)):
            return
        if not (self.page.several or self.page.deletes_lines):
            yield from map(self.found, counted)
            return
        from lintnews.neighbours import neighbours  # noqa: PLC0415  most runs have no lines to put together

        for group in neighbours(document, counted) if self.page.several else ([hit] for hit in counted):
            yield self._found_together(document, group)

    def calls_off(self, hit: Hit) -> bool:
        """Return whether the page's `quotes` or `unless` say that this hit does not count."""
        return (self.page.quotes == "skip" and hit.quoted) or self.excused(hit.context)

    def found(self, hit: Hit, message: str | None = None) -> Finding:
        """Return the finding for a hit; the list's replacements are suggestions, the first a fix if the page says."""
        replacements = hit.replacements
        values = {"match": hit.match, "replacement": replacements[0] if replacements else "", **hit.groups}
        fix = None
        if self.page.fix and replacements and len(hit.match) == hit.span.end - hit.span.start:
            fix = Fix((Edit(hit.span, replacements[0]),), safe=self.page.fix == "safe")
        return self.finding(hit.span, message, suggestions=replacements, fix=fix, **values)

    def _found_together(self, document: Document, group: Sequence[Hit]) -> Finding:
        """Return the finding for hits next to each other; where the page says so, its fix deletes their lines."""
        from lintnews.neighbours import deletion, others  # noqa: PLC0415

        finding = self.found(group[0])
        if more := others(group):
            span = Span(finding.span.start, group[-1].span.end)
            finding = replace(self.finding(span, self.page.several, match=group[0].match, others=more), fix=finding.fix)
        if self.page.deletes_lines and finding.fix is None:
            return replace(finding, fix=deletion(document, group))
        return finding

    def _enough(self, document: Document, count: int) -> bool:
        density = self.page.density
        if density is None:
            return True
        at_least = getattr(self, "at_least", density.at_least)
        rate = getattr(self, "per_thousand_words", density.per_thousand_words)
        return count >= at_least and count * 1000 >= rate * document.words


@dataclass(frozen=True)
class Term:
    """A list of one rule, or a part of it, ready to be looked for."""

    rule: PatternRule
    search: Search
    entries: tuple[str, ...]

    @cached_property
    def regex(self) -> Regex:
        """The entries as a regular expression, compiled when the gate first lets it through."""
        if self.search.kind == "lines":
            return Regex(whole_line(self.entries))
        if self.search.kind == "patterns":
            return Regex(self.entries[0])
        return Words(self.entries)

    @cached_property
    def needed(self) -> Literals:
        """Literals of which a text with an entry holds at least one, where that is known."""
        if self.search.kind in {"phrases", "replace"}:
            return (frozenset(folded(entry).strip() for entry in self.entries),)
        return known(self.entries[0]).literals

    @property
    def loose(self) -> str:
        """An expression that matches wherever an entry does, and seldom elsewhere."""
        return _loose(self.search.kind, self.entries)

    def may_hit(self, data: bytes) -> bool:
        """Return whether an entry may stand in the text, given in UTF-8; an exact answer costs ten times as much."""
        return self._quick is None or self._quick.search(data)

    @cached_property
    def _quick(self) -> Loose | None:
        return Loose(self.loose) if re2 and self.search.kind in {"patterns", "lines"} else None

    def may_hold(self, text: str) -> bool:
        """Return whether a folded text holds the literals that are needed."""
        return all(any(map(text.__contains__, literals)) for literals in self.needed)

    def looks_at(self, target: Target, language: str) -> bool:
        """Return whether the list is for texts of this kind and language."""
        if self.search.language not in {None, language}:
            return False
        if target.block is not None:
            return self._block_types is None or bool({target.block.type, target.scope} & self._block_types)
        return target.scope in self.search.scopes or target.scope.partition(".")[0] in self.search.scopes

    @cached_property
    def _block_types(self) -> frozenset[str] | None:
        """The types of block it is for; `None` for all."""
        if {"block", "sentence"} & set(self.search.scopes):
            return None
        return frozenset(_BLOCK_SCOPES[scope] for scope in self.search.scopes if scope in _BLOCK_SCOPES)

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
                if self.regex.search(line):
                    yield Hit(self.search, target, start + offset, start + len(line) + offset, {})
            return
        for start, end, groups in self.regex.finditer(plain):
            yield Hit(self.search, target, start + offset, end + offset, groups)


def terms(rule: PatternRule) -> Iterator[Term]:
    """Yield the rule's lists, those of expressions cut so that each expression opens the gate for itself."""
    for search in rule.page.searches:
        if search.kind in {"patterns", "lines"}:
            yield from (Term(rule, search, (entry,)) for entry in search.entries)
        else:
            yield Term(rule, search, search.entries)


class Matcher:
    """Finds the hits of many rules in one pass over a document."""

    def __init__(self, rules: Iterable[PatternRule], *, gated: bool = True) -> None:
        members: dict[str, list[Term]] = {family: [] for family in _FAMILIES}
        for rule in rules:
            for term in terms(rule):
                for family in _families(term.search.scopes):
                    members[family].append(term)
        self._families = {
            family: _Family(chosen, gated=gated and re2 is not None) for family, chosen in members.items() if chosen
        }

    def hits(self, document: Document) -> dict[str, list[Hit]]:
        """Return each rule's hits in the document, in the order of its targets; after `MOST_HITS` no more are found.

        Raises:
            PageError: an expression is too large to match by; it is named.
        """
        found: dict[str, list[Hit]] = {}
        for family, lists in self._families.items():
            for target in targets(document, family):
                language = target.block.language if target.block else document.language
                plain = target.text.plain
                candidates = [term for term in lists.candidates(plain) if term.looks_at(target, language)]
                data = plain.encode() if candidates else b""
                for term in candidates:
                    if len(found.get(term.rule.page.id, ())) < MOST_HITS and term.may_hit(data):
                        try:
                            hits = list(islice(term.hits(target), MOST_HITS))
                        except RegexError as error:
                            # One that RE2 can read may yet be too large for it to match by.
                            entry = quotable(term.entries[0])
                            raise PageError(term.rule.page.path, f"“{entry}” cannot be looked for: {error}") from error
                        if hits:
                            found.setdefault(term.rule.page.id, []).extend(hits)
        return found


class _Family:
    """The lists that are looked for in one kind of text; those of lines only in lines that may be a label of theirs."""

    def __init__(self, members: list[Term], *, gated: bool) -> None:
        self._members = members
        self._gated = gated
        self._by_start: dict[str, list[int]] = {}
        self._longest: list[int] = []
        rest = []
        for index, term in enumerate(members) if gated else ():
            lines = term.search.kind == "lines"
            about = known(term.entries[0]) if _begins_line(term.search, term.entries[0]) else None
            short = about is not None and (lines or about.longest <= LINE_LIMIT)
            self._longest.append(about.longest if about and short else _NO_LABEL)
            for start in about.starts if about else ():
                self._by_start.setdefault(start, []).append(index)
            if not (about and about.starts):
                rest.append(index)
        self._rest = rest
        self._gate = Gate([members[index].needed for index in rest], lambda at: members[rest[at]].loose)

    def candidates(self, plain: str) -> Iterable[Term]:
        """Return the lists that can have an entry in the text."""
        if not self._gated:
            return self._members
        text, shortest = folded(plain), _shortest_line(plain)
        opened = {self._rest[at] for at in self._gate.open(plain, text)}
        if self._by_start:
            begun = {at for start in line_starts(plain) for at in self._by_start.get(start, ())}
            opened |= {at for at in begun if self._longest[at] >= shortest and self._members[at].may_hold(text)}
        return [self._members[at] for at in sorted(opened) if self._longest[at] >= shortest]


def _shortest_line(plain: str) -> int:
    """Return how long the shortest line that may be a label is, from its first letter or digit to its last."""
    lines = plain.split("\n") if "\n" in plain else (plain,)
    cores = (_CORE.search(line) for line in lines if len(line) <= LINE_LIMIT or len(line.strip()) <= LINE_LIMIT)
    return min((len(core[0]) for core in cores if core), default=_NO_LABEL)


def targets(document: Document, family: str) -> Iterator[Target]:
    """Yield the document's texts of one kind: `block`, `alt`, `link-text`, `url`, `metadata` or `raw`."""
    if family == "block":
        plain = document.format == "text"
        for block in document.blocks:
            if block.prose:
                # In plain text a heading is a guess, and a button may have been taken for one.
                guessed = plain and block.type == "heading"
                yield Target("paragraph" if guessed else "block", block.text, block)
    elif family == "alt":
        # What a template or a script writes is not known.
        names = (image.name for image in document.images)
        yield from (Target("alt", name) for name in names if name and OBJECT not in name.plain)
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


@cache
def _families(scopes: tuple[str, ...]) -> frozenset[str]:
    names = {scope.partition(".")[0] for scope in scopes}
    return frozenset(name if name in _FAMILIES else "block" for name in names)


def expressions(page: Page) -> Iterator[tuple[str, bool]]:
    """Yield the page's regular expressions, the entries of its patterns and lines, and whether they begin a line."""
    for search in page.searches:
        if search.kind in {"patterns", "lines"}:
            yield from ((entry, _begins_line(search, entry)) for entry in search.entries)


def _begins_line(search: Search, entry: str) -> bool:
    return search.kind == "lines" or (search.kind == "patterns" and _LINE_PATTERN.match(entry) is not None)


def check_searches(page: Page) -> None:
    """Check that the page's lists can be looked for.

    Raises:
        PageError: an expression is not RE2's syntax; it is named.
    """
    for search in page.searches:
        for entry in search.entries if search.kind in {"patterns", "lines"} else ():
            try:
                check_syntax(entry if search.kind == "lines" else without_edges(entry))
            except RegexError as error:
                place = f"“{entry}” under “{search.kind}”"
                raise PageError(page.path, f"{place} is no regular expression: {error}") from error


def _loose(kind: Kind, entries: Iterable[str]) -> str:
    if kind == "lines":
        return loose(whole_line(entries))
    return loose(either(without_edges(entry) for entry in entries), anchors=False)


def _lines(plain: str) -> Iterator[tuple[int, str]]:
    """Yield the start and the words of each line that is short enough for a label, and no part of wrapped prose."""
    start, above = 0, ""
    lines = plain.split("\n")
    for line, below in zip(lines, (*lines[1:], ""), strict=True):
        words = line.strip()
        wrapped = len(words) >= _WRAPPED and words[-1] not in _LINE_ENDS and below.strip() != ""
        if words and len(words) <= LINE_LIMIT and not wrapped and not _goes_on(above, words):
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
