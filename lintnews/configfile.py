"""Reads a configuration file: what it may say, and every fault in it, told with what is allowed."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from lintnews import config
from lintnews.config import PROJECT_FILE_NAME, Config, Globs, Layer, Override, absolute, listed, raise_faults
from lintnews.errors import ConfigError, UnreadableError, did_you_mean
from lintnews.rule import Level, quotable
from lintnews.source import read_source

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_MARKET = re.compile(r"[a-z]{2}")
# A syntax fault shows the line it is in: no other file's lines may be shown by naming it in `extend`.
_TOML_FILE = re.compile(r".*\.toml", re.DOTALL)
# tomllib gives the place only inside its message; it has attributes for it from Python 3.14 on.
_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_FRAME_WIDTH = 100


def read_config(path: Path) -> Config:
    """Return the configuration that the file at `path` states, with what it extends below it.

    Raises:
        ConfigError: the file, or one it extends, cannot be read or followed; its message has a line for each fault.
    """
    faults: list[str] = []
    layers: list[Layer] = []
    overrides: list[Override] = []
    chain: list[Path] = []
    below: Path | None = Path(absolute(path))
    while below and below not in chain:
        chain.append(below)
        try:
            table = read_table(below)
        except ConfigError as error:
            by = f" (“extend” of {_shown(chain[-2])} names it)" if len(chain) > 1 else ""
            faults.append(f"{error}{by}")
            break
        if table is None:
            faults.append(f"{_shown(below)}: has no table [tool.lintnews]")
            break
        file = _Value(below, "tool.lintnews" if below.name == PROJECT_FILE_NAME else "", table, faults)
        layer = file.layer(_FILE)
        layers.insert(0, layer)
        overrides[:0] = layer.values.pop("overrides", ())
        extended = layer.values.pop("extend", None)
        below = Path(absolute(below.parent / extended)) if extended else None
    else:
        if below:
            links = " → ".join(map(_shown, (*chain, below)))
            faults.append(f"{_shown(chain[0])}: “extend” comes back to itself: {links}")
    raise_faults(faults)
    return Config(chain[0], tuple(layers), tuple(overrides))


def read_table(path: Path) -> Mapping[str, object] | None:
    """Return the table in the file at `path` that is ours; `None` for a project file without one.

    Raises:
        ConfigError: the file cannot be read, or is not TOML, or what is in place of the table is none.
    """
    shown = _shown(path)
    try:
        source = read_source(path)
    except UnreadableError as error:
        raise ConfigError(f"{shown}: {error.reason}") from error
    project = path.name == PROJECT_FILE_NAME
    # Another tool's broken pyproject.toml is not ours to report, nor worth the 15 ms that tomllib takes to import.
    if project and "lintnews" not in source.text:
        return None
    if source.encoding != "utf-8":
        raise ConfigError(f"{shown}: is not UTF-8, which TOML must be")
    import tomllib  # noqa: PLC0415

    try:
        table = tomllib.loads(source.text)
    except ValueError as error:  # A TOMLDecodeError, or what Python says to a number of thousands of digits.
        raise ConfigError(_syntax_fault(shown, source.text, str(error))) from error
    except RecursionError:
        raise ConfigError(f"{shown}: is nested too deep") from None
    tools = table.get("tool") if project else {"lintnews": table}
    ours = tools.get("lintnews") if isinstance(tools, dict) else None
    if ours is not None and not isinstance(ours, dict):
        raise ConfigError(f"{shown}: “tool.lintnews” is {_described(ours)}; it must be a table")
    return ours


def _syntax_fault(shown: str, text: str, message: str) -> str:
    place = _TOML_PLACE.search(message)
    reason = message[: place.start()] if place else message
    lines = text.split("\n")
    number, column = map(int, place.groups()) if place and place[1] else (len(lines), len(lines[-1]) + 1)
    start = max(0, column - 1 - _FRAME_WIDTH)
    line = lines[number - 1].rstrip("\r")[start : start + 2 * _FRAME_WIDTH].replace("\t", " ")
    return (
        f"{shown}:{number}:{column}: is not TOML: {reason[:1].lower()}{reason[1:]}\n"
        f"  {number} | {line}\n"
        f"  {' ' * len(str(number))} | {' ' * (column - 1 - start)}^"
    )


class _Value(NamedTuple):
    """A value of a file, and the key it stands at; its methods return it as the program wants it, or note a fault."""

    path: Path
    key: str
    value: object
    faults: list[str]

    def below(self, name: str, value: object = None) -> _Value:
        return self._replace(key=f"{self.key}.{name}".removeprefix("."), value=value)

    def fault(self, reason: str) -> None:
        self.faults.append(f"{_shown(self.path)}: “{self.key}” {reason}")

    def no(self, wanted: str) -> Any:  # noqa: ANN401  `None`, in place of whatever is wanted: no fault is survived
        self.fault(f"is {_described(self.value)}; it must be {wanted}")

    def boolean(self) -> bool | None:
        return self.value if isinstance(self.value, bool) else self.no("true or false")

    def string(self, pattern: re.Pattern[str], wanted: str) -> str | None:
        return self.value if isinstance(self.value, str) and pattern.fullmatch(self.value) else self.no(wanted)

    def one_of(self, words: Collection[str]) -> str | None:
        if self.value in list(words):
            return str(self.value)
        self.fault(f"is {_described(self.value)}; {config.allowed(words, str(self.value))}")
        return None

    def level(self) -> Level | None:
        name = self.one_of(tuple(Level))
        return Level(name) if name else None

    def output_format(self) -> str | None:
        from lintnews.reporters import FORMATS  # noqa: PLC0415  few configurations ask for it

        return self.one_of(FORMATS)

    def strings(self, wanted: str = "a list of strings") -> tuple[str, ...]:
        items = self.value if isinstance(self.value, list) else self.no(wanted) or ()
        for item in items:
            if not isinstance(item, str) or not item:
                self.fault(f"holds {_described(item)}; it must be {wanted}")
        return tuple(items)

    def globs(self) -> Globs:
        patterns = self.strings("a list of patterns in gitignore syntax")
        for pattern in patterns:
            try:
                config.spec((pattern,))
            except (ValueError, re.error) as error:
                self.fault(f"holds the pattern “{pattern}”, which is not gitignore syntax: {error}")
        return Globs(self.path.parent, patterns)

    def directories(self) -> tuple[Path, ...]:
        folder = self.path.parent
        hint = " (a rule's own table is “[rule.ID]”)" if isinstance(self.value, dict) else ""
        paths = {name: Path(absolute(folder / name)) for name in self.strings(f"a list of directories{hint}")}
        for name in [name for name, path in paths.items() if not path.is_dir()]:
            found = "is not a directory" if paths[name].exists() else "does not exist"
            self.fault(f"names “{name}”, which {found} in {_shown(folder)}")
        return tuple(paths.values())

    def overrides(self) -> list[Override]:
        overrides: list[Override] = []
        if not isinstance(self.value, list) or not all(isinstance(table, dict) for table in self.value):
            self.no(f"a list of tables, each written [[{self.key}]]")
            return overrides
        for index, table in enumerate(self.value):
            override = self._replace(key=f"{self.key}[{index}]", value=table)
            if not table.get("files"):
                override.below("files").fault("is missing or empty; it must be a list of patterns in gitignore syntax")
            layer = override.layer(_OVERRIDE)
            overrides.append(Override(layer.values.pop("files", None), layer))
        return overrides

    def layer(self, checks: _Checks) -> Layer:
        values = dict(self.stated(checks))
        # A level is one thing, in whichever of the two tables it is given.
        for key in [key for key in values if key.startswith("rule.") and key.endswith(".level")]:
            short = f"level{key.removeprefix('rule').removesuffix('.level')}"
            if short in values:
                self.below(key).fault(f"and “{self.below(short).key}” both give a level; keep one of them")
            values[short] = values.pop(key)
        return Layer(_shown(self.path), self.below("").key, values)

    def stated(self, checks: _Checks) -> Iterator[tuple[str, Any]]:
        """Yield the value of each key, those of tables in it too, by their names in full."""
        if not isinstance(self.value, dict):
            self.no("a table")
            return
        for name, given in self.value.items():
            value, check = self.below(name, given), checks.get(name) or checks.get("*")
            if check is None:
                hint = did_you_mean(name, checks) or f"; known are {listed(checks)}"
                self.faults.append(f"{_shown(self.path)}: unknown key “{value.key}”{hint}")
            elif callable(check):
                yield name, check(value)
            else:
                yield from ((f"{name}.{key}", each) for key, each in value.stated(check))


_Checks = Mapping[str, "Callable[[_Value], Any] | _Checks"]

_BOTH: _Checks = {
    "select": _Value.strings,
    "extend-select": _Value.strings,
    "ignore": _Value.strings,
    "level": {"*": _Value.level},
    # The options only the rule itself can judge: see `check_options`.
    "rule": {"*": {"level": _Value.level, "*": lambda option: option.value}},
    "guess-language": _Value.boolean,
    "language": lambda tag: tag.string(_LANGUAGE, "a language tag such as “en” or “pt-BR”"),
    "market": lambda country: country.string(_MARKET, "a country in two small letters, such as “us” or “de”"),
}
_FILE: _Checks = {
    "extend": lambda path: path.string(_TOML_FILE, "the path of a .toml file"),
    **_BOTH,
    "fail-on": _Value.level,
    "rules": _Value.directories,
    "exclude": lambda patterns: (patterns.globs(),),
    "include": _Value.globs,
    "output-format": _Value.output_format,
    "require-reason": _Value.boolean,
    "overrides": _Value.overrides,
}
_OVERRIDE: _Checks = {"files": _Value.globs, **_BOTH}


def check_options(where: str, given: Mapping[str, object], fields: Mapping[str, object]) -> dict[str, object]:
    """Return the values for a rule's fields, each of its field's type: a list as a tuple, an int for a float as one.

    Args:
        where: what stands at the head of each fault: the file and the table.
        given: the options by their names in the file, in kebab case.
        fields: the rule's fields by name, each with its default, or with its type where it has none.

    Raises:
        ConfigError: an option is not known, or not of its field's type; the message has a line for each.
    """
    names = {name.replace("_", "-"): name for name in fields}
    values: dict[str, object] = {}
    faults = []
    for option, value in given.items():
        if option not in names:
            known = f"; known are {listed((*names, 'level'))}" if names else "; the rule has only “level”"
            faults.append(f"{where}: unknown option “{option}”{did_you_mean(option, names) or known}")
            continue
        default = fields[names[option]]
        kind = default if isinstance(default, type) else type(default)
        if kind not in _KINDS:
            raise TypeError(f"an option cannot be of the type {kind.__name__}")
        wanted, fits = _KINDS[kind]
        if fits(value):
            values[names[option]] = kind(value)
        else:
            faults.append(f"{where}: “{option}” is {_described(value)}; it must be {wanted}")
    raise_faults(faults)
    return values


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


_KINDS: Mapping[type, tuple[str, Callable[[Any], bool]]] = {
    bool: ("true or false", lambda value: isinstance(value, bool)),
    int: ("a whole number", lambda value: isinstance(value, int) and _is_number(value)),
    float: ("a number", _is_number),
    str: ("a string", lambda value: isinstance(value, str)),
    tuple: ("a list of strings", _is_list),
    frozenset: ("a list of strings", _is_list),
    dict: ("a table of strings", lambda value: isinstance(value, dict) and _is_list([*value.values()])),
}
"""What each type of an option is called, and which values of TOML make one."""


def _described(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the string “{quotable(value)}”" if value else "an empty string"
    if isinstance(value, list):
        return "a list"
    return "a table" if isinstance(value, dict) else f"the date or time {value}"


def _shown(path: Path) -> str:
    """Return the path as a person at the terminal would write it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
