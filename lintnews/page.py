"""Reads a rule's page: what it is called, what it looks for, why, and the examples that are its tests."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar, cast

from lintnews.errors import PageError, did_you_mean
from lintnews.nesting import LIMIT, nested_too_deep
from lintnews.rule import Level

if TYPE_CHECKING:
    import csv

    from yaml.nodes import Node

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

_FILE_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_CARETS = re.compile(r"[ \t]*(\^+)(?: (.*))?")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "‑": "-", "‐": "-", "“": '"', "”": '"', "„": '"', "…": "..."})
_VALUE_LIMIT = 100_000
_TOO_DEEP = f"its front matter holds lists in lists, more than {LIMIT} deep"
_N = TypeVar("_N", int, float)

Value = str | list["Value"] | dict[str, "Value"]


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

    @property
    def code(self) -> Path | None:
        """The Python file beside the page, if there is one."""
        path = self.path.with_suffix(".py")
        return path if path.is_file() else None

    @cached_property
    def text(self) -> str:
        """The page as it is written."""
        return _read(self.path)

    @property
    def body(self) -> str:
        """The page below its front matter."""
        match = _FRONT_MATTER.match(self.text)
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
        return tuple(_examples(self))


def read_page(path: Path) -> Page:
    """Return the page at `path`; its id and group are the file's and the directory's names.

    Raises:
        PageError: the page cannot be read, has no front matter, or says something the format does not know.
    """
    if not _FILE_NAME.fullmatch(path.stem):
        raise PageError(path, f"a page's name is words in lower case joined by “_”, such as “missing_alt_text.md”; not “{path.name}”")
    text = _read(path)
    match = _FRONT_MATTER.match(text)
    if not match:
        raise PageError(path, "has no front matter: a rule's page opens with “---”, its settings, and “---” again", 1)
    return _FrontMatter(path, match[1]).page()


def rule_id(path: Path) -> str:
    """Return the rule id that the page at `path` has: `missing-alt-text` for `missing_alt_text.md`."""
    return path.stem.replace("_", "-")


def normal(phrase: str) -> str:
    """Return the phrase in lower case, with one space between words, straight quotation marks and plain hyphens."""
    return " ".join(phrase.lower().translate(_PLAIN).split())


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise PageError(path, f"cannot be read: {(error.strerror or str(error)).lower()}") from error
    except UnicodeDecodeError as error:
        raise PageError(path, f"is not UTF-8 at byte {error.start}") from error


class _FrontMatter:
    """A page's settings on their way to a `Page`; every complaint names the page, the line and the key."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.lines: dict[str, int] = {}
        self.values = self._parse(text)

    def page(self) -> Page:
        known = {
            "summary", "level", "message", "since", "languages", "markets", "on-by-default", "quotes", "options",
            "sources", "fix", "owner", "review-by", "expires", "measured", "scope", "unless", "density", *KINDS,
        }  # fmt: skip
        for key in self.values:
            if key not in known:
                raise self._error(key, f"unknown key “{key}”{did_you_mean(key, known)}")
        density = self._density()
        return Page(
            path=self.path,
            id=rule_id(self.path),
            group=self.path.parent.name.replace("_", "-"),
            summary=self._required("summary"),
            level=Level(self._choice("level", [level.value for level in Level])),
            message=self._required("message"),
            since=self._text("since"),
            languages=self._texts("languages"),
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
        )

    def _parse(self, text: str) -> dict[str, Value]:
        import yaml  # noqa: PLC0415  an editor's command line that only asks for help need not pay for it

        if nested_too_deep(text):
            raise PageError(self.path, _TOO_DEEP)
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            root = yaml.compose(text, Loader=loader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 2 if error.problem_mark else None
            raise PageError(self.path, f"its front matter is not YAML: {error.problem or error.context}", line) from error
        except yaml.YAMLError as error:
            raise PageError(self.path, f"its front matter is not YAML: {error}") from error
        if not isinstance(root, yaml.MappingNode):
            raise PageError(self.path, "its front matter is no list of “key: value” lines", 1)
        for key, _ in root.value:
            if isinstance(key, yaml.ScalarNode):
                self.lines[key.value] = key.start_mark.line + 2
        return cast("dict[str, Value]", self._value(root, [0]))

    def _value(self, node: Node, count: list[int], depth: int = 0) -> Value:
        """Return the node with every scalar as it is written: “no” is a word here, and not a falsehood."""
        import yaml  # noqa: PLC0415

        count[0] += 1
        if count[0] > _VALUE_LIMIT:
            raise PageError(self.path, f"its front matter holds more than {_VALUE_LIMIT:,} values")
        if depth > LIMIT:
            raise PageError(self.path, _TOO_DEEP)
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, count, depth + 1) for item in node.value]
        values: dict[str, Value] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise PageError(self.path, "a key of its front matter is no word", key.start_mark.line + 2)
            if key.value in values:
                raise PageError(self.path, f"the key “{key.value}” stands there twice", key.start_mark.line + 2)
            values[key.value] = self._value(value, count, depth + 1)
        return values

    def _error(self, key: str, reason: str) -> PageError:
        return PageError(self.path, reason, self.lines.get(key))

    def _text(self, key: str) -> str:
        value = self.values.get(key, "")
        if not isinstance(value, str):
            raise self._error(key, f"“{key}” is a text, not a list")
        return value.strip()

    def _required(self, key: str) -> str:
        if not self._text(key):
            raise self._error(key, f"“{key}” is missing")
        return self._text(key)

    def _choice(self, key: str, allowed: list[str], default: str | None = None) -> str:
        value = self._text(key) if key in self.values or default is None else default
        if value not in allowed:
            names = ", ".join(f"“{name}”" for name in allowed if name)
            found = f"“{value}”" if value else "nothing"
            raise self._error(key, f"“{key}” is one of {names}; found {found}{did_you_mean(value, allowed)}")
        return value

    def _texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        return self._list(key, value)

    def _list(self, key: str, value: Value) -> tuple[str, ...]:
        if isinstance(value, str):
            return (value,)
        if isinstance(value, dict) or not all(isinstance(item, str) for item in value):
            raise self._error(key, f"“{key}” is a list of texts")
        return tuple(cast("list[str]", value))

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
        keys = {"at-least", "per-thousand-words"}
        if not isinstance(value, dict) or set(value) != keys:
            raise self._error("density", "“density” has “at-least” and “per-thousand-words”, and nothing else")
        return Density(
            at_least=self._number("density", value["at-least"], int),
            per_thousand_words=self._number("density", value["per-thousand-words"], float),
        )

    def _number(self, key: str, value: Value, number: Callable[[str], _N]) -> _N:
        try:
            return number(cast("str", value))
        except (TypeError, ValueError):
            raise self._error(key, f"“{key}” holds “{value}” where a number is due") from None

    def _scopes(self) -> dict[Kind, tuple[str, ...]]:
        value = self.values.get("scope", "block")
        by_kind: dict[Kind, tuple[str, ...]] = {}
        for kind in KINDS:
            given = value.get(kind, "block") if isinstance(value, dict) else value
            by_kind[kind] = self._list("scope", given)
            for scope in by_kind[kind]:
                if scope not in SCOPES and not re.fullmatch(r"metadata\.[\w.:-]+", scope):
                    allowed = ", ".join(sorted(SCOPES))
                    raise self._error("scope", f"unknown scope “{scope}”{did_you_mean(scope, SCOPES)}; it is one of {allowed}")
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
        table = self.path.with_suffix(".csv")
        if table.is_file():
            yield from _table_searches(table, scopes)

    def _by_language(self, kind: Kind) -> Iterator[tuple[str | None, Value]]:
        value = self.values.get(kind)
        if value is None:
            return
        nested = isinstance(value, dict) and all(_LANGUAGE.fullmatch(key) for key in value)
        if nested and (kind != "replace" or all(isinstance(item, dict) for item in cast("dict[str, Value]", value).values())):
            yield from cast("dict[str, Value]", value).items()
        else:
            yield None, value

    def _replacements(self, kind: Kind, entries: Value) -> dict[str, tuple[str, ...]]:
        if kind != "replace":
            return {}
        if not isinstance(entries, dict):
            raise self._error(kind, "“replace” is a list of “phrase: replacement” lines")
        return {phrase: self._list(kind, replacement) for phrase, replacement in entries.items()}


def _density_options(density: Density | None) -> dict[str, Option]:
    if density is None:
        return {}
    return {
        "at-least": Option(str(density.at_least), "hits an article must hold before any is reported"),
        "per-thousand-words": Option(str(density.per_thousand_words), "hits per 1,000 words it must hold"),
    }


def _table_searches(table: Path, scopes: Mapping[Kind, tuple[str, ...]]) -> Iterator[Search]:
    """Yield the searches of the table beside a page: columns phrase, replacement (several apart by “|”), language, note."""
    import csv  # noqa: PLC0415  only for the few pages with a table

    columns = {"phrase", "replacement", "language", "note"}
    phrases: dict[str | None, list[str]] = {}
    replacements: dict[str | None, dict[str, tuple[str, ...]]] = {}
    rows = csv.DictReader(_read(table).splitlines(), strict=True)
    unknown = set(rows.fieldnames or ()) - columns
    if "phrase" not in (rows.fieldnames or ()) or unknown:
        raise PageError(table, f"its columns are phrase, replacement, language, note; found {', '.join(rows.fieldnames or ())}", 1)
    for row in _rows(table, rows):
        phrase, replacement = (row["phrase"] or "").strip(), (row.get("replacement") or "").strip()
        language = (row.get("language") or "").strip() or None
        if not phrase:
            raise PageError(table, "a row without a phrase", rows.line_num)
        if language and not _LANGUAGE.fullmatch(language):
            raise PageError(table, f"a language is two or three letters: “en”; found “{language}”", rows.line_num)
        if replacement:
            replacements.setdefault(language, {})[phrase] = tuple(part.strip() for part in replacement.split("|"))
        else:
            phrases.setdefault(language, []).append(phrase)
    for language, entries in phrases.items():
        yield Search("phrases", tuple(entries), scopes["phrases"], language)
    for language, mapping in replacements.items():
        yield Search("replace", tuple(mapping), scopes["replace"], language, mapping)


def _rows(table: Path, rows: csv.DictReader[str]) -> Iterator[dict[str, str]]:
    import csv  # noqa: PLC0415

    try:
        for row in rows:
            if None in row:
                raise PageError(table, "a row has more cells than columns; quote one that holds a comma", rows.line_num)
            yield row
    except csv.Error as error:
        raise PageError(table, f"is no table of comma-separated values: {error}", rows.line_num) from error


def _examples(page: Page) -> Iterator[Example]:
    import pyromark  # noqa: PLC0415  pages are run for their examples only when tested or explained

    start = len(page.text) - len(page.body)
    data = page.body.encode()
    info: list[str] | None = None
    place, pieces = 0, []
    for event, extent in pyromark.events_with_range(page.body):
        match event:
            case {"Start": {"CodeBlock": {"Fenced": info_string}}}:
                info, place, pieces = info_string.split(), extent["start"], []
            case {"Text": text} if info is not None:
                pieces.append(text)
            case {"End": "CodeBlock"} if info is not None:
                line = page.text.count("\n", 0, start) + data.count(b"\n", 0, place) + 1
                if example := _example(page, info, "".join(pieces), line):
                    yield example
                info = None


def _example(page: Page, info: list[str], text: str, line: int) -> Example | None:
    verdicts = [word for word in info if word in {"bad", "good", "fixed"}]
    if not verdicts:
        return None
    attributes = dict(word.split("=", 1) for word in info[1:] if "=" in word)
    if info[0] not in EXAMPLE_FORMATS or set(attributes) - {"encoding"}:
        allowed = ", ".join(EXAMPLE_FORMATS)
        raise PageError(page.path, f"an example's fence says its format ({allowed}), then bad, good or fixed; found “{' '.join(info)}”", line)
    encoding = attributes.get("encoding", "utf-8")
    lines, marks = _without_carets(page, text, line)
    try:
        lines.encode(encoding)
    except (LookupError, UnicodeEncodeError) as error:
        raise PageError(page.path, f"this example cannot be written as “{encoding}”: {error}", line) from error
    return Example(
        verdict=cast("Literal['bad', 'good', 'fixed']", verdicts[0]),
        format=info[0],
        text=lines,
        line=line,
        marks=marks,
        encoding=encoding,
    )


def _without_carets(page: Page, text: str, fence: int) -> tuple[str, tuple[Mark, ...]]:
    lines: list[str] = []
    marks = []
    for number, line in enumerate(text.split("\n"), start=1):
        carets = _CARETS.fullmatch(line)
        if not carets:
            lines.append(line)
            continue
        if not lines or carets.end(1) > len(lines[-1]):
            raise PageError(page.path, "these carets point past the line above them", fence + number)
        suggestions = tuple(part.strip() for part in carets[2].split(" | ")) if carets[2] else ()
        marks.append(Mark(len(lines), carets.start(1), carets.end(1), suggestions))
    return "\n".join(lines), tuple(marks)
