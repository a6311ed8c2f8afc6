"""Suppressions: what a comment or the front matter of an article allows, and whether anything still needs it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Literal, NamedTuple

from lintnews.document import Document
from lintnews.errors import did_you_mean
from lintnews.rule import Edit, Finding, Fix, quotable
from lintnews.source import Source, Span

ProblemKind = Literal["unused-suppression", "malformed-suppression"]

DIRECTIVES = ("allow", "allow-line", "allow-file", "allow-start", "allow-end")

_DIRECTIVE = re.compile(r"\s*lintnews\s*:\s*([\w-]*)\s*(.*)", re.DOTALL | re.IGNORECASE)
# What is meant as a directive and lacks the colon; a comment that merely speaks of lintnews is none of ours.
_COLON_MISSING = re.compile(r"\s*lintnews\s+(?:allow|disable|enable|ignore|off|on)\b", re.IGNORECASE)
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")
_METADATA_KEY = re.compile(r"lintnews\.allow(?:\.\d+(?=\.|$))?(?:\.(?P<name>.+))?")
# The nearest name takes a millisecond to find: enough for a person's slips, and no way to stall a run.
_HINT_LIMIT = 20
_EVERYWHERE = Span(-1, -1)
"""The scope of what holds for the whole file."""


@dataclass(frozen=True)
class SuppressionProblem:
    """What is wrong with a suppression, at the place of its comment; `kind` is the rule to report it by."""

    kind: ProblemKind
    span: Span
    message: str
    fix: Fix | None = None


@dataclass
class _Allowance:
    """One rule or group that one comment allows, and what it was needed for so far."""

    name: str
    span: Span
    """Where it is written."""
    scope: Span
    """Where it holds."""
    used: bool = False


class _Directive(NamedTuple):
    """One comment, or one entry of the front matter, that allows something."""

    allowances: Sequence[_Allowance]
    comments: Sequence[Span] = ()
    """What to delete once it is not needed; none for front matter."""


def apply(
    document: Document,
    findings: Iterable[Finding],
    known_rules: Mapping[str, str],
    enabled: Collection[str] | None = None,
    *,
    require_reason: bool = False,
) -> tuple[list[Finding], list[Finding], list[SuppressionProblem]]:
    """Return the findings that stand, those that are suppressed, and what is wrong with the suppressions.

    A finding is suppressed where its span touches what the article allows its rule, or the group of its rule, in. One
    about the whole file (its span is empty at the start, or all of the text) is suppressed by `allow-file` only.

    Args:
        document: the article.
        findings: what rules found in it.
        known_rules: every rule's id and its group.
        enabled: the ids of the rules that ran, all by default; what allows another is not called unused.
        require_reason: whether a suppression without a reason is a problem.
    """
    reader = _Reader(document, known_rules, require_reason=require_reason)
    directives = reader.read()
    index = _indexed(allowance for directive in directives for allowance in directive.allowances)
    whole = {Span(0, 0), Span(0, len(document.source.text))}
    kept: list[Finding] = []
    suppressed: list[Finding] = []
    for finding in findings:
        span = _EVERYWHERE if finding.span in whole else finding.span
        allowing = [index[name].allowing(span) for name in (finding.rule, finding.group) if name in index]
        for allowance in (needed := list(chain(*allowing))):
            allowance.used = True
        (suppressed if needed else kept).append(finding)
    ran = known_rules.keys() if enabled is None else enabled
    problems = [*reader.problems, *_unused(document.source, directives, known_rules, ran)]
    return kept, suppressed, sorted(problems, key=lambda problem: problem.span)


class _Reader:
    """Reads an article's directives in source order."""

    def __init__(self, document: Document, known_rules: Mapping[str, str], *, require_reason: bool) -> None:
        self.document = document
        self.known = {*known_rules, *known_rules.values()}
        self.require_reason = require_reason
        self.problems: list[SuppressionProblem] = []
        self.hints = 0
        self.opened: dict[str, tuple[Span, Sequence[str]]] = {}
        """What “allow-start” names and nothing ended yet: its comment, and all that the comment names."""
        self.blocks = sorted(block.span for block in document.blocks)
        items = [*self.blocks, *(image.span for image in document.images), *(link.span for link in document.links)]
        # Of two that start together the longer holds the other.
        self.items = sorted(items, key=lambda span: (span.start, -span.end))
        self.starts = [span.start for span in self.items]

    def read(self) -> list[_Directive]:
        directives = [*self.in_metadata()]
        for span, text in ((comment.span, comment.text) for comment in self.document.comments):
            if match := _DIRECTIVE.match(text):
                directives += self.directive(match[1].lower(), match[2], span)
            elif _COLON_MISSING.match(text):
                self.malformed(span, "A suppression is written “lintnews: allow RULE: reason”, with a colon.")
        for name, (comment, _) in self.opened.items():
            self.malformed(comment, f"The part that allows “{name}” is not ended by “allow-end {name}”.")
        return directives

    def in_metadata(self) -> Iterator[_Directive]:
        for key, value in self.document.metadata.items():
            if not key.startswith("lintnews.") and key != "lintnews":
                continue
            span = value.span() if value.runs else Span(0, 0)
            match = _METADATA_KEY.fullmatch(key)
            if match is None:
                self.malformed(span, f"“{quotable(key)}” is no key of lintnews; “lintnews.allow” is the one.")
                continue
            text = f"{match['name']}: {value.plain}" if match["name"] else value.plain
            yield _Directive([_Allowance(name, span, _EVERYWHERE) for name in self.names(text, span)])

    def directive(self, word: str, text: str, comment: Span) -> Iterator[_Directive]:
        if word not in DIRECTIVES:
            hint = f"; write “{DIRECTIVES[0]}”" if word else ""
            self.malformed(comment, f"“{quotable(word) or 'lintnews:'}” says nothing to lintnews{hint}.")
            return
        before = len(self.problems)
        names = self.names(text, comment, ends=word == "allow-end")
        if word == "allow-start":
            self.start(names, comment)
        elif word == "allow-end":
            yield self.end(names, comment)
        else:
            scope = self.scope(word, comment)
            # A comment with a slip in it is for its author to mend, not for a fix to delete.
            comments = [comment] if len(self.problems) == before else []
            yield _Directive([_Allowance(name, comment, scope) for name in names], comments)

    def scope(self, word: str, comment: Span) -> Span:
        if word == "allow-file":
            return _EVERYWHERE
        if word == "allow-line":
            source = self.document.source
            first = source.line(source.position(comment.start).line)
            return Span(first.start, source.line(source.position(comment.end).line).end)
        holding = bisect_right(self.blocks, comment.start, key=lambda span: span.start) - 1
        if holding >= 0 and self.blocks[holding].end >= comment.end:
            return self.blocks[holding]
        following = bisect_left(self.starts, comment.end)
        return self.items[following] if following < len(self.items) else Span(comment.end, comment.end)

    def start(self, names: Sequence[str], comment: Span) -> None:
        for name in names:
            if name in self.opened:
                line = self.document.source.position(self.opened[name][0].start).line
                self.malformed(comment, f"“{name}” is allowed from line {line} on already.")
            else:
                self.opened[name] = comment, names

    def end(self, names: Sequence[str], comment: Span) -> _Directive:
        for name in names:
            if name not in self.opened:
                self.malformed(comment, f"No “allow-start {name}” stands before this “allow-end”.")
        started = {name: self.opened.pop(name) for name in names if name in self.opened}
        allowances = [_Allowance(name, at, Span(at.end, comment.start)) for name, (at, _) in started.items()]
        # Both comments can go only when they speak of the same rules and nothing else.
        openings = {(at, frozenset(together)) for at, together in started.values()}
        whole = len(openings) == 1 and {together for _, together in openings} == {frozenset(names)}
        return _Directive(allowances, [*(at for at, _ in openings), comment] if whole else [])

    def names(self, text: str, span: Span, *, ends: bool = False) -> list[str]:
        """Return the rules and groups that are named, each once; what is wrong with them is noted."""
        named, _, reason = text.partition(":")
        names = []
        for name in dict.fromkeys(part.strip() for part in named.split(",")):
            if name in self.known:
                names.append(name)
            elif not name:
                self.malformed(span, "A suppression names the rule it allows: “lintnews: allow RULE: reason”.")
            elif not _NAME.fullmatch(name.lower()):
                self.malformed(span, f"“{quotable(name)}” is no rule's name; commas part names, a colon the reason.")
            else:
                self.malformed(span, f"There is no rule “{name}” to allow{self.hint(name.lower()) or '.'}")
        if names and self.require_reason and not ends and not reason.strip():
            self.malformed(span, f"Say why “{names[0]}” is allowed: a colon, then the reason.")
        return names

    def hint(self, name: str) -> str:
        self.hints += 1
        return did_you_mean(name, self.known) if self.hints <= _HINT_LIMIT else ""

    def malformed(self, span: Span, message: str) -> None:
        self.problems.append(SuppressionProblem("malformed-suppression", span, message))


def _indexed(allowances: Iterable[_Allowance]) -> Mapping[str, _Scopes]:
    by_name: dict[str, list[_Allowance]] = {}
    for allowance in allowances:
        by_name.setdefault(allowance.name, []).append(allowance)
    return {name: _Scopes(named) for name, named in by_name.items()}


class _Scopes:
    """Finds what allows one rule or group at a place, without looking at each of many allowances."""

    def __init__(self, allowances: Sequence[_Allowance]) -> None:
        self.everywhere = [each for each in allowances if each.scope == _EVERYWHERE]
        self.scoped = sorted((each for each in allowances if each.scope != _EVERYWHERE), key=lambda each: each.scope)
        self.starts = [each.scope.start for each in self.scoped]
        self.reached = list(accumulate((each.scope.end for each in self.scoped), max))
        """The furthest end of each scope and those before it, which grows where the ends alone need not."""

    def allowing(self, span: Span) -> Iterator[_Allowance]:
        yield from self.everywhere
        for each in self.scoped[bisect_left(self.reached, span.start) : bisect_right(self.starts, span.end)]:
            # An empty span is a place between characters, which the edge of a scope holds too.
            if each.scope.touches(span) or (
                span.start == span.end and each.scope.start <= span.start <= each.scope.end
            ):
                yield each


def _unused(
    source: Source, directives: Sequence[_Directive], known_rules: Mapping[str, str], enabled: Collection[str]
) -> Iterator[SuppressionProblem]:
    # A group is told to be unused only by a run of all its rules: the one left out may be the one it is for.
    untold = {name for rule, group in known_rules.items() if rule not in enabled for name in (rule, group)}
    for directive in directives:
        unused = [allowance for allowance in directive.allowances if not (allowance.used or allowance.name in untold)]
        if not unused:
            continue
        whole = len(unused) == len(directive.allowances) and directive.comments
        fix = Fix(tuple(_deletion(source, comment) for comment in directive.comments), safe=True) if whole else None
        names = ", ".join(f"“{allowance.name}”" for allowance in unused)
        message = f"Nothing here needs {names} to be allowed."
        yield SuppressionProblem("unused-suppression", unused[0].span, message, fix)


def _deletion(source: Source, comment: Span) -> Edit:
    """Return the edit that takes a comment away, with its line where it stands alone on it."""
    first, last = source.position(comment.start).line, source.position(comment.end).line
    line = Span(source.line(first).start, source.line(last).end)
    before, after = source[Span(line.start, comment.start)], source[Span(comment.end, line.end)]
    if before.strip() or after.strip():
        # Of the spaces on both sides of it one is kept.
        gap = len(before) - len(before.rstrip()) if after[:1].isspace() or not after else 0
        return Edit(Span(comment.start - gap, comment.end), "")
    # A comment between two lines of text parts two paragraphs: an empty line does so in its place.
    parts = _has_text(source, first - 1) and _has_text(source, last + 1)
    end = source.line_starts[last] if last < len(source.line_starts) else len(source.text)
    return Edit(line if parts else Span(line.start, end), "")


def _has_text(source: Source, number: int) -> bool:
    return 0 < number <= len(source.line_starts) and bool(source[source.line(number)].strip())
