"""A rule, and what it finds."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from lintnews.source import Span

if TYPE_CHECKING:
    from lintnews.document import Document
    from lintnews.earlier import Likeness
    from lintnews.page import Page
    from lintnews.regex import Regex

_QUOTE_LIMIT = 60
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Level(StrEnum):
    """How much a finding matters: SARIF's levels, and `review` for what a person should look at (its kind `review`)."""

    ERROR = "error"
    WARNING = "warning"
    REVIEW = "review"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the gravest level, and 1 more for each that follows."""
        return list(Level).index(self)

    def reaches(self, threshold: Level) -> bool:
        """Return whether this level is at least as grave as `threshold`."""
        return self.rank <= threshold.rank


@dataclass(frozen=True)
class Edit:
    """Replaces what stands at `span` by `text`."""

    span: Span
    text: str


@dataclass(frozen=True)
class Fix:
    """Edits for a machine to apply together; a safe one cannot change what the article says."""

    edits: tuple[Edit, ...]
    safe: bool


@dataclass(frozen=True)
class Finding:
    """Something a rule found (SARIF: result), at the span (SARIF: region) it talks about."""

    rule: str
    group: str
    level: Level
    span: Span
    message: str
    suggestions: tuple[str, ...] = ()
    fix: Fix | None = None


@dataclass(frozen=True)
class Rule:
    """A rule in Python: a frozen dataclass beside its page, whose fields are its options.

    The loader gives the class its `page`, from which id, group, level and message come.
    """

    page: ClassVar[Page]

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield what the rule finds in the document."""
        raise NotImplementedError

    def excused(self, text: str) -> bool:
        """Return whether one of the expressions that the page lists under `unless` matches in the text."""
        return any(regex.search(text) for regex in self._unless)

    @cached_property
    def _unless(self) -> tuple[Regex, ...]:
        from lintnews.regex import Regex  # noqa: PLC0415  most rules have no `unless`

        return tuple(map(Regex, self.page.unless))

    def finding(
        self,
        span: Span,
        message: str | None = None,
        *,
        suggestions: tuple[str, ...] = (),
        fix: Fix | None = None,
        **values: str,
    ) -> Finding:
        """Return a finding at `span`; its message is the given one or the page's, `{name}` filled in from `values`."""
        page = self.page
        return Finding(
            rule=page.id,
            group=page.group,
            level=page.level,
            span=span,
            message=filled(message or page.message, values),
            suggestions=suggestions,
            fix=fix,
        )


@dataclass(frozen=True)
class ComparingRule(Rule):
    """A rule that compares each article of a run with those before it, of which nothing but marks is kept."""

    def check(self, document: Document) -> Iterator[Finding]:  # noqa: ARG002  as every rule's
        """Yield nothing: an article alone is like no other."""
        yield from ()

    def marks(self, document: Document) -> Collection[int]:
        """Return numbers from 0 to 2⁶⁴ that articles share the more, the more they are alike; none to pass one over."""
        raise NotImplementedError

    def compare(self, document: Document, nearest: Likeness) -> Iterator[Finding]:
        """Yield what the rule finds in an article, given the earlier one that is most like it."""
        raise NotImplementedError


def filled(message: str, values: dict[str, str]) -> str:
    """Return the message with each `{name}` replaced by its value on one line, cut to be quoted; unknown names stay.

    `str.format` is not used: a message comes from a page that anybody may have written, and must not reach attributes.
    """
    return _PLACEHOLDER.sub(lambda match: quotable(values[match[1]]) if match[1] in values else match[0], message)


def quotable(text: str, limit: int = _QUOTE_LIMIT) -> str:
    """Return the text on one line, cut at a word to at most `limit` characters."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return line[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
