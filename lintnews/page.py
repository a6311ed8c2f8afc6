"""A rule's page: what it is called, what it looks for, why, and the examples that are its tests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from lintnews.errors import PageError
from lintnews.literals import plain
from lintnews.rule import Level

Kind = Literal["phrases", "replace", "patterns", "lines"]
KINDS: tuple[Kind, ...] = ("phrases", "replace", "patterns", "lines")
SCOPES = frozenset(
    {
        "block",
        "paragraph",
        "heading",
        "list-item",
        "table-cell",
        "caption",
        "sentence",
        "alt",
        "link-text",
        "url",
        "metadata",
        "raw",
    }
)
"""Where a list is looked for; `metadata.KEY` stands for one metadata value."""

EXAMPLE_FORMATS = {"markdown": ".md", "mdx": ".mdx", "html": ".html", "text": ".txt"}
"""The languages of an example's fence, and the file suffix each is read with."""

FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Option:
    """An option of a rule: its default as written on the page, and what it does, in one line."""

    default: str
    about: str


@dataclass(frozen=True)
class Search:
    """One list of a page: what to look for, where, and in which language (`None`: in any)."""

    kind: Kind
    entries: tuple[str, ...]
    scopes: tuple[str, ...]
    language: str | None = None
    replacements: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def given(self) -> Mapping[str, tuple[str, ...]]:
        """The replacements by phrase, as `normal` writes it."""
        return {normal(phrase): words for phrase, words in self.replacements.items()}


@dataclass(frozen=True)
class Density:
    """How much must pile up in an article before any of it is reported."""

    at_least: int
    per_thousand_words: float


@dataclass(frozen=True)
class Mark:
    """A line of carets under an example: the line above it, the columns they cover (from 0), the suggestions listed."""

    line: int
    start: int
    end: int
    suggestions: tuple[str, ...]


@dataclass(frozen=True)
class Example:
    """An example on a page, with its carets taken out; `line` is where its fence stands on the page, from 1."""

    verdict: Literal["bad", "good", "fixed"]
    format: str
    text: str
    line: int
    marks: tuple[Mark, ...] = ()
    encoding: str = "utf-8"

    @property
    def suffix(self) -> str:
        """The suffix of the file this example would be."""
        return EXAMPLE_FORMATS[self.format]


@dataclass(frozen=True)
class Page:
    """A rule's page (SARIF: reportingDescriptor)."""

    path: Path
    id: str
    group: str
    summary: str
    level: Level
    message: str
    since: str = ""
    languages: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    on_by_default: bool = True
    quotes: Literal["skip", "read"] = "skip"
    """Whether quoted speech is looked at."""
    options: Mapping[str, Option] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    fix: Literal["safe", "unsafe"] | None = None
    owner: str = ""
    review_by: str = ""
    expires: str = ""
    measured: tuple[str, ...] = ()
    searches: tuple[Search, ...] = ()
    unless: tuple[str, ...] = ()
    density: Density | None = None
    several: str = ""
    """The message for lines next to each other, which are one finding then; without it each is one."""
    absorbs: tuple[str, ...] = ()
    """Rules and groups whose findings are not reported inside those of this rule."""

    @property
    def deletes_lines(self) -> bool:
        """Whether the rule's fix deletes the lines that a list of lines finds."""
        return self.fix == "unsafe" and any(search.kind == "lines" for search in self.searches)

    @property
    def code(self) -> Path | None:
        """The Python file beside the page, if there is one."""
        path = self.path.with_suffix(".py")
        return path if path.is_file() else None

    @cached_property
    def text(self) -> str:
        """The page as it is written."""
        return read_text(self.path)

    @property
    def body(self) -> str:
        """The page below its front matter."""
        match = FRONT_MATTER.match(self.text)
        return self.text[match.end() :] if match else self.text

    @cached_property
    def why(self) -> str:
        """What the page says between its heading and its first example."""
        prose = re.split(r"^(?:```|~~~)", self.body, maxsplit=1, flags=re.MULTILINE)[0]
        return prose.strip().partition("\n")[2].strip() if prose.lstrip().startswith("# ") else prose.strip()

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        """The page's examples, in order.

        Raises:
            PageError: a fence that is an example but names no format, or whose carets point at nothing.
        """
        from lintnews.examples import examples  # noqa: PLC0415  examples.py builds on this module

        return tuple(examples(self))


def rule_id(path: Path) -> str:
    """Return the rule id that the page at `path` has: `missing-alt-text` for `missing_alt_text.md`."""
    return path.stem.replace("_", "-")


def normal(phrase: str) -> str:
    """Return the phrase in lower case, with one space between words, straight quotation marks and plain hyphens."""
    return " ".join(plain(phrase).lower().split())


def read_text(path: Path) -> str:
    """Return the text of a page, or of the table or code beside it.

    Raises:
        PageError: it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise PageError(path, f"cannot be read: {(error.strerror or str(error)).lower()}") from error
    except UnicodeDecodeError as error:
        raise PageError(path, f"is not UTF-8 at byte {error.start}") from error
