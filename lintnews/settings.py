"""Reads the settings of a rule's page: its front matter, and the table beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from lintnews.errors import PageError, did_you_mean
from lintnews.nesting import LIMIT, nested_too_deep
from lintnews.page import FRONT_MATTER, KINDS, SCOPES, Density, Kind, Option, Page, Search, read_text, rule_id
from lintnews.rule import Level

if TYPE_CHECKING:
    from yaml.nodes import Node

_FILE_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_METADATA_SCOPE = re.compile(r"metadata\.[\w.:-]+")
_KEYS = frozenset(
    {
        "summary", "level", "message", "since", "languages", "markets", "on-by-default", "quotes", "options", "sources",
        "fix", "owner", "review-by", "expires", "measured", "scope", "unless", "density", "several",
        "absorbs", "lists-of", *KINDS,
    }
)  # fmt: skip
_COLUMNS = frozenset({"phrase", "replacement", "language", "note"})
_VALUE_LIMIT = 100_000
_TOO_DEEP = f"its front matter holds lists in lists, more than {LIMIT} deep"
_DENSITY: Mapping[str, Callable[[str], float]] = {"at-least": int, "per-thousand-words": float}

Value = str | list["Value"] | dict[str, "Value"]


class Written(NamedTuple):
    """What stands on a page, not yet understood; it is plain enough for JSON."""

    values: dict[str, Value]
    """The front matter, every scalar as it is written."""
    lines: dict[str, int]
    """The line of each key."""
    table: list[list[str]]
    """The phrase, replacement and language of each row of the table beside the page."""


def read_page(path: Path, written: Written | None = None) -> Page:
    """Return the page at `path`; its id and group are the file's and the directory's names.

    Raises:
        PageError: the page cannot be read, has no front matter, or says something the format does not know.
    """
    return _Settings(path, written or read_written(path)).page()


def read_written(path: Path) -> Written:
    """Return what is written on the page at `path`, and in the table beside it.

    A page that names another under `lists-of` has its lists, table, scopes and exceptions where it has none itself.

    Raises:
        PageError: the page or the table cannot be read, or is none.
    """
    written = _read_written(path)
    if "lists-of" not in written.values:
        return written
    name, line = written.values["lists-of"], written.lines["lists-of"]
    stem = str(name).replace("-", "_")
    other = path.parent / f"{stem}.md"
    if not _FILE_NAME.fullmatch(stem) or other == path or not other.is_file():
        raise PageError(path, f"“lists-of” is another rule of this group; found “{name}”", line)
    given = _read_written(other)
    lists = {key: given.values[key] for key in (*KINDS, "scope", "unless") if key in given.values}
    return Written({**lists, **written.values}, written.lines, written.table or given.table)


def _read_written(path: Path) -> Written:
    if not _FILE_NAME.fullmatch(path.stem):
        wanted = "words in lower case joined by “_”, such as “missing_alt_text.md”"
        raise PageError(path, f"a page's name is {wanted}; not “{path.name}”")
    match = FRONT_MATTER.match(read_text(path))
    if not match:
        raise PageError(path, "has no front matter: a rule's page opens with “---”, its settings, and “---” again", 1)
    table = path.with_suffix(".csv")
    values, lines = _front_matter(path, match[1])
    return Written(values, lines, list(_rows(table)) if table.is_file() else [])


def _front_matter(path: Path, text: str) -> tuple[dict[str, Value], dict[str, int]]:
    import yaml  # noqa: PLC0415  10 ms that a run with its pages in the cache need not pay

    if nested_too_deep(text):
        raise PageError(path, _TOO_DEEP)
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else None
        raise PageError(path, f"its front matter is not YAML: {error.problem or error.context}", line) from error
    except yaml.YAMLError as error:
        raise PageError(path, f"its front matter is not YAML: {error}") from error
    if not isinstance(root, yaml.MappingNode):
        raise PageError(path, "its front matter is no list of “key: value” lines", 1)
    values = cast("dict[str, Value]", _scalars(path, root, count(1)))
    return values, {key.value: key.start_mark.line + 2 for key, _ in root.value}


def _scalars(path: Path, node: Node, counter: Iterator[int], depth: int = 0) -> Value:
    """Return what is written at a YAML node: “no” is a word, and not a falsehood."""
    import yaml  # noqa: PLC0415

    if next(counter) > _VALUE_LIMIT:
        raise PageError(path, f"its front matter holds more than {_VALUE_LIMIT:,} values")
    if depth > LIMIT:
        raise PageError(path, _TOO_DEEP)
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_scalars(path, item, counter, depth + 1) for item in node.value]
    values: dict[str, Value] = {}
    for key, value in node.value:
        line = key.start_mark.line + 2
        if not isinstance(key, yaml.ScalarNode):
            raise PageError(path, "a key of its front matter is no word", line)
        if key.value in values:
            raise PageError(path, f"the key “{key.value}” stands there twice", line)
        values[key.value] = _scalars(path, value, counter, depth + 1)
    return values


def _rows(table: Path) -> Iterator[list[str]]:
    """Yield phrase, replacement (several apart by “|”) and language of each row; the column “note” is for people."""
    import csv  # noqa: PLC0415  only for the few pages with a table

    rows = csv.DictReader(read_text(table).splitlines(), strict=True)
    try:
        columns = rows.fieldnames or ()
        if "phrase" not in columns or set(columns) - _COLUMNS:
            found = ", ".join(columns)
            raise PageError(table, f"its columns are phrase, replacement, language, note; found {found}", 1)
        for row in rows:
            if None in row:
                raise PageError(table, "a row has more cells than columns; quote one that holds a comma", rows.line_num)
            cells = [(row.get(column) or "").strip() for column in ("phrase", "replacement", "language")]
            if not cells[0]:
                raise PageError(table, "a row without a phrase", rows.line_num)
            if cells[2] and not _LANGUAGE.fullmatch(cells[2]):
                raise PageError(table, f"a language is two or three letters: “en”; found “{cells[2]}”", rows.line_num)
            yield cells
    except csv.Error as error:
        raise PageError(table, f"is no table of comma-separated values: {error}", rows.line_num) from error


class _Settings:
    """A page's settings on their way to a `Page`; every complaint names the page, the line and the key."""

    def __init__(self, path: Path, written: Written) -> None:
        self.path = path
        self.values, self.lines, self.table = written

    def page(self) -> Page:
        for key in self.values:
            if key not in _KEYS:
                raise self._error(key, f"unknown key “{key}”{did_you_mean(key, _KEYS)}")
        density = self._density()
        return Page(
            path=self.path,
            id=rule_id(self.path),
            group=self.path.parent.name.replace("_", "-"),
            summary=self._required("summary"),
            level=Level(self._choice("level", tuple(Level))),
            message=self._required("message"),
            since=self._text("since"),
            languages=self._languages(),
            markets=self._texts("markets"),
            on_by_default=self._choice("on-by-default", ["true", "false"], "true") == "true",
            quotes=cast("Literal['skip', 'read']", self._choice("quotes", ["skip", "read"], "skip")),
            options={**self._options(), **_density_options(density)},
            sources=self._texts("sources"),
            fix=cast("Literal['safe', 'unsafe'] | None", self._choice("fix", ["safe", "unsafe", ""], "") or None),
            owner=self._text("owner"),
            review_by=self._text("review-by"),
            expires=self._text("expires"),
            measured=self._texts("measured"),
            searches=tuple(self._searches()),
            unless=self._texts("unless"),
            density=density,
            several=self._text("several"),
            absorbs=self._texts("absorbs"),
        )

    def _error(self, key: str, reason: str) -> PageError:
        return PageError(self.path, reason, self.lines.get(key))

    def _text(self, key: str) -> str:
        value = self.values.get(key, "")
        if not isinstance(value, str):
            raise self._error(key, f"“{key}” is a text, not a list")
        return value.strip()

    def _required(self, key: str) -> str:
        if text := self._text(key):
            return text
        raise self._error(key, f"“{key}” is missing")

    def _choice(self, key: str, allowed: Sequence[str], default: str | None = None) -> str:
        value = self._text(key) if key in self.values or default is None else default
        if value in allowed:
            return value
        names, found = ", ".join(f"“{name}”" for name in allowed if name), f"“{value}”" if value else "nothing"
        raise self._error(key, f"“{key}” is one of {names}; found {found}{did_you_mean(value, allowed)}")

    def _texts(self, key: str) -> tuple[str, ...]:
        return self._list(key, self.values.get(key, []))

    def _list(self, key: str, value: Value) -> tuple[str, ...]:
        items = [value] if isinstance(value, str) else value
        if isinstance(items, dict) or not all(isinstance(item, str) for item in items):
            raise self._error(key, f"“{key}” is a list of texts")
        return tuple(cast("list[str]", items))

    def _languages(self) -> tuple[str, ...]:
        languages = self._texts("languages")
        for each in languages:
            if not _LANGUAGE.fullmatch(each):
                raise self._error("languages", f"a language is two or three letters: “en”; found “{each}”")
        return languages

    def _options(self) -> dict[str, Option]:
        value = self.values.get("options", {})
        if not isinstance(value, dict):
            raise self._error("options", "“options” gives each option its “default” and “about”")
        options = {}
        for name, option in value.items():
            if not isinstance(option, dict) or set(option) != {"default", "about"}:
                raise self._error("options", f"the option “{name}” needs “default” and “about”, and nothing else")
            default = option["default"]
            shown = default if isinstance(default, str) else ", ".join(self._list(name, default))
            options[name] = Option(shown, str(option["about"]))
        return options

    def _density(self) -> Density | None:
        value = self.values.get("density")
        if value is None:
            return None
        if not isinstance(value, dict) or set(value) != set(_DENSITY):
            raise self._error("density", "“density” has “at-least” and “per-thousand-words”, and nothing else")
        least, rate = (self._number("density", value[key], number) for key, number in _DENSITY.items())
        return Density(int(least), rate)

    def _number(self, key: str, value: Value, number: Callable[[str], float]) -> float:
        try:
            return number(cast("str", value))
        except (TypeError, ValueError):
            raise self._error(key, f"“{key}” holds “{value}” where a number is due") from None

    def _scopes(self) -> dict[Kind, tuple[str, ...]]:
        value = self.values.get("scope", "block")
        by_kind: dict[Kind, tuple[str, ...]] = {}
        for key in value if isinstance(value, dict) else ():
            if key not in KINDS:
                raise self._error("scope", f"“{key}” is no list that has a scope{did_you_mean(key, KINDS)}")
        for kind in KINDS:
            given = value.get(kind, "block") if isinstance(value, dict) else value
            by_kind[kind] = self._list("scope", given)
            for scope in by_kind[kind]:
                if scope not in SCOPES and not _METADATA_SCOPE.fullmatch(scope):
                    nearest, allowed = did_you_mean(scope, SCOPES), ", ".join(sorted(SCOPES))
                    raise self._error("scope", f"unknown scope “{scope}”{nearest}; it is one of {allowed}")
        return by_kind

    def _searches(self) -> Iterator[Search]:
        scopes = self._scopes()
        for kind in KINDS:
            for language, entries in self._by_language(kind):
                replacements = self._replacements(kind, entries)
                listed = tuple(replacements) if kind == "replace" else self._list(kind, entries)
                if not all(entry.strip() for entry in listed):
                    raise self._error(kind, f"“{kind}” holds an empty entry")
                if listed:
                    yield Search(kind, listed, scopes[kind], language, replacements)
        yield from self._table_searches(scopes)

    def _by_language(self, kind: Kind) -> Iterator[tuple[str | None, Value]]:
        value = self.values.get(kind)
        if value is None:
            return
        # “replace: {de: der}” is a phrase and its replacement; “replace: {de: {der: die}}” is a list for German.
        below = dict if kind == "replace" else object
        if isinstance(value, dict) and all(_LANGUAGE.fullmatch(key) and isinstance(value[key], below) for key in value):
            yield from value.items()
        else:
            yield None, value

    def _replacements(self, kind: Kind, entries: Value) -> dict[str, tuple[str, ...]]:
        if kind != "replace":
            return {}
        if not isinstance(entries, dict):
            raise self._error(kind, "“replace” is a list of “phrase: replacement” lines")
        return {phrase: self._list(kind, replacement) for phrase, replacement in entries.items()}

    def _table_searches(self, scopes: Mapping[Kind, tuple[str, ...]]) -> Iterator[Search]:
        phrases: dict[str | None, list[str]] = {}
        replacements: dict[str | None, dict[str, tuple[str, ...]]] = {}
        for phrase, replacement, language in self.table:
            if replacement:
                given = replacements.setdefault(language or None, {})
                given[phrase] = tuple(part.strip() for part in replacement.split("|"))
            else:
                phrases.setdefault(language or None, []).append(phrase)
        yield from (Search("phrases", tuple(each), scopes["phrases"], tag) for tag, each in phrases.items())
        yield from (Search("replace", tuple(each), scopes["replace"], tag, each) for tag, each in replacements.items())


def _density_options(density: Density | None) -> dict[str, Option]:
    if density is None:
        return {}
    return {
        "at-least": Option(str(density.at_least), "hits an article must hold before any is reported"),
        "per-thousand-words": Option(str(density.per_thousand_words), "hits per 1,000 words it must hold"),
    }
