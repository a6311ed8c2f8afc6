"""Configuration: where it is looked up, what it may say, and what it comes to for one file."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from lintnews.errors import ConfigError, UnreadableError, did_you_mean
from lintnews.rule import Level, quotable
from lintnews.source import read_source

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

FILE_NAME = "lintnews.toml"
PROJECT_FILE_NAME = "pyproject.toml"

_FILE_KEYS = (
    "extend",
    "select",
    "extend-select",
    "ignore",
    "level",
    "rule",
    "language",
    "market",
    "fail-on",
    "rules",
    "exclude",
    "include",
    "output-format",
    "require-reason",
    "overrides",
)
_OVERRIDE_KEYS = ("files", "select", "extend-select", "ignore", "level", "rule", "language", "market")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_MARKET = re.compile(r"[a-z]{2}")
# tomllib gives the place only inside its message; it has attributes for it from Python 3.14 on.
_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_FRAME_WIDTH = 100


@dataclass(frozen=True)
class Globs:
    """Patterns in gitignore syntax, relative to the directory of the file that states them."""

    base: Path
    patterns: tuple[str, ...]

    def match(self, path: Path) -> bool:
        """Return whether the path, or a directory it stands in, is matched; outside of `base` by its absolute path."""
        base = str(self.base).rstrip(os.sep) + os.sep
        return _spec(self.patterns).match_file(_absolute(path).removeprefix(base))


@lru_cache(maxsize=256)
def _spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  20 ms that a configuration without globs need not pay

    return GitIgnoreSpec.from_lines(patterns)


@dataclass(frozen=True)
class Layer:
    """What one table of a file, or the command line, states; `None` or empty where it says nothing."""

    origin: str = "command line"
    prefix: str = "--"
    """What stands before a key to name it in full: `tool.lintnews.`, `overrides[0].`, `--`."""
    keys: frozenset[str] = frozenset()
    """The keys it states, without the prefix: `select`, `level.doubled-word`, `rule.hard-to-read.max-grade`."""
    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    level: Mapping[str, Level] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    fail_on: Level | None = None
    rules: tuple[Path, ...] = ()
    exclude: Globs | None = None
    include: Globs | None = None
    language: str | None = None
    market: str | None = None
    output_format: str | None = None
    require_reason: bool | None = None


@dataclass(frozen=True)
class Override:
    """What holds for the files that match."""

    files: Globs
    layer: Layer


@dataclass(frozen=True, eq=False)
class Config:
    """A stack of layers, in which an upper one is heard before a lower one.

    Configurations are compared by identity, so that what is made for one can be kept under it.
    """

    path: Path | None = None
    """The file it was read from; `None` where there is none."""
    layers: tuple[Layer, ...] = ()
    """Lowest first: the file extended, the file, the overrides that `settings_for` applied."""
    overrides: tuple[Override, ...] = ()
    command_line: Layer | None = None

    @cached_property
    def _downwards(self) -> tuple[Layer, ...]:
        command_line = (self.command_line,) if self.command_line else ()
        return (*command_line, *reversed(self.layers))

    @cached_property
    def _selecting(self) -> tuple[Layer, ...]:
        """The layers that have a say in which rules run, lowest first: those from the topmost `select` on."""
        for index, layer in enumerate(self._downwards):
            if layer.select is not None:
                return self._downwards[index::-1]
        return self._downwards[::-1]

    @property
    def select(self) -> tuple[str, ...] | None:
        """The rules and groups to run in place of the default ones; `None` for those."""
        return next((layer.select for layer in self._downwards if layer.select is not None), None)

    @property
    def extend_select(self) -> tuple[str, ...]:
        """The rules and groups to run besides."""
        return tuple(name for layer in self._selecting for name in layer.extend_select)

    @property
    def ignore(self) -> tuple[str, ...]:
        """The rules and groups not to run."""
        return tuple(name for layer in self._selecting for name in layer.ignore)

    @property
    def fail_on(self) -> Level:
        """The least grave level that makes a run fail."""
        return next((layer.fail_on for layer in self._downwards if layer.fail_on is not None), Level.WARNING)

    @property
    def language(self) -> str:
        """The language of an article that does not name its own, as a BCP 47 tag."""
        return next((layer.language for layer in self._downwards if layer.language is not None), "en")

    @property
    def market(self) -> str | None:
        """The country whose rules on advertising hold."""
        return next((layer.market for layer in self._downwards if layer.market is not None), None)

    @property
    def output_format(self) -> str | None:
        """The name of the reporter."""
        return next((layer.output_format for layer in self._downwards if layer.output_format is not None), None)

    @property
    def require_reason(self) -> bool:
        """Whether a suppression must say why."""
        return next((layer.require_reason for layer in self._downwards if layer.require_reason is not None), False)

    @cached_property
    def level(self) -> Mapping[str, Level]:
        """The level of each rule that is given another than its page's."""
        return {rule: level for layer in reversed(self._downwards) for rule, level in layer.level.items()}

    @cached_property
    def options(self) -> Mapping[str, Mapping[str, object]]:
        """The options given to each rule, by their names in the file."""
        merged: dict[str, dict[str, object]] = {}
        for layer in reversed(self._downwards):
            for rule, options in layer.options.items():
                merged.setdefault(rule, {}).update(options)
        return merged

    @cached_property
    def rules(self) -> tuple[Path, ...]:
        """The directories of a team's own rules, each once."""
        return tuple(dict.fromkeys(path for layer in reversed(self._downwards) for path in layer.rules))

    @cached_property
    def origins(self) -> Mapping[str, tuple[str, ...]]:
        """Who states each key (`select`, `rule.hard-to-read.max-grade`), lowest first; a default has no entry."""
        origins: dict[str, tuple[str, ...]] = {}
        for layer in reversed(self._downwards):
            for key in sorted(layer.keys):
                origins[key] = (*origins.get(key, ()), layer.origin)
        return origins

    def excludes(self, path: Path) -> bool:
        """Return whether the file at `path` is to be left out: an `exclude` matches it, or no `include` does."""
        if any(layer.exclude.match(path) for layer in self._downwards if layer.exclude is not None):
            return True
        include = next((layer.include for layer in self._downwards if layer.include is not None), None)
        return include is not None and not include.match(path)

    def enabled(self, rules: Mapping[str, str], default: Collection[str]) -> frozenset[str]:
        """Return the ids of the rules to run.

        A layer's wider names are heard before its narrower ones, and `ignore` last among equals, so that
        `ignore = ["images"]` with `extend-select = ["missing-alt-text"]` leaves that one rule on.

        Args:
            rules: every rule's id and its group.
            default: the ids of those that run unless told otherwise.
        """
        chosen = set(default)
        for layer in self._selecting:
            if layer.select is not None:
                chosen.clear()
            switches = [(name, True) for name in (*(layer.select or ()), *layer.extend_select)]
            switches += [(name, False) for name in layer.ignore]
            switches.sort(key=lambda switch: 2 if switch[0] in rules else 1 if switch[0] != "all" else 0)
            for name, on in switches:
                named = {rule for rule, group in rules.items() if name in {rule, group, "all"}}
                chosen = chosen | named if on else chosen - named
        return frozenset(chosen)

    def options_for(self, rule: str, fields: Mapping[str, object]) -> dict[str, object]:
        """Return the values given to a rule's fields, checked as `check_options` does; a field not given is not there.

        Raises:
            ConfigError: an option that is not known, or of another type than its field's.
        """
        values: dict[str, object] = {}
        errors = []
        for layer in reversed(self._downwards):
            try:
                where = f"{layer.origin}: {layer.prefix}rule.{rule}"
                values |= check_options(where, layer.options.get(rule, {}), fields)
            except ConfigError as error:
                errors.append(str(error))
        _raise(errors)
        return values

    def settings_for(self, path: Path) -> Config:
        """Return the configuration with the overrides for the file at `path` applied; the same one for the same set."""
        matching = tuple(index for index, override in enumerate(self.overrides) if override.files.match(path))
        if not matching:
            return self
        if matching not in self._settings:
            layers = (*self.layers, *(self.overrides[index].layer for index in matching))
            self._settings[matching] = Config(self.path, layers, (), self.command_line)
        return self._settings[matching]

    @cached_property
    def _settings(self) -> dict[tuple[int, ...], Config]:
        return {}

    def with_command_line(
        self,
        *,
        select: Iterable[str] | None = None,
        extend_select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        level: Iterable[str] = (),
        fail_on: str | None = None,
    ) -> Config:
        """Return the configuration with the options of a command line on top, above all overrides too.

        Raises:
            ConfigError: as `command_line` does.
        """
        layer = command_line(select=select, extend_select=extend_select, ignore=ignore, level=level, fail_on=fail_on)
        return replace(self, command_line=layer)


def command_line(
    *,
    select: Iterable[str] | None = None,
    extend_select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    level: Iterable[str] = (),
    fail_on: str | None = None,
) -> Layer:
    """Return what the options of a command line state; names may be joined by commas, a level is `RULE=LEVEL`.

    Raises:
        ConfigError: a level that is none, or has no rule.
    """
    errors: list[str] = []
    levels = {}
    for pair in _names(level):
        rule, _, name = pair.rpartition("=")
        if not rule:
            errors.append(f"command line: “--level” is “{pair}”; it must be RULE=LEVEL")
        elif name not in set(Level):
            errors.append(f"command line: “--level” is “{pair}”; {_allowed_levels(name)}")
        else:
            levels[rule] = Level(name)
    if fail_on is not None and fail_on not in set(Level):
        errors.append(f"command line: “--fail-on” is “{fail_on}”; {_allowed_levels(fail_on)}")
    _raise(errors)
    layer = Layer(
        select=None if select is None else _names(select),
        extend_select=_names(extend_select),
        ignore=_names(ignore),
        level=levels,
        fail_on=None if fail_on is None else Level(fail_on),
    )
    given = {
        "select": layer.select is not None,
        "extend-select": layer.extend_select,
        "ignore": layer.ignore,
        "fail-on": layer.fail_on,
        **{f"level.{rule}": True for rule in levels},
    }
    return replace(layer, keys=frozenset(key for key, value in given.items() if value))


def _names(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


class ConfigFinder:
    """Gives each file its configuration: the nearest one above it, looked up once per directory."""

    def __init__(self, file: Path | None = None, command_line: Layer | None = None) -> None:
        """Take the file that `--config` names, which then holds for every file, and what the command line states.

        Raises:
            ConfigError: the file cannot be followed.
        """
        self._command_line = command_line
        self._named = self._complete(read_config(file)) if file is not None else None
        self._found: dict[str, Config | ConfigError] = {}
        """By directory, as text: hashing a path for each of many files takes longer than all the rest."""

    def config_for(self, path: Path) -> Config:
        """Return the configuration for the file at `path`, without its overrides; the defaults where there is none.

        Raises:
            ConfigError: the nearest configuration cannot be followed.
        """
        if self._named is not None:
            return self._named
        directory = _absolute(path).rpartition(os.sep)[0]
        found = self._found.get(directory) or self._look_up(Path(directory or os.sep))
        if isinstance(found, ConfigError):
            raise ConfigError(str(found))
        return found

    def _look_up(self, directory: Path) -> Config | ConfigError:
        passed = []
        found: Config | ConfigError | None = None
        while found is None:
            passed.append(directory)
            try:
                found = self._found.get(str(directory).rstrip(os.sep)) or self._in(directory)
            except ConfigError as error:
                found = error
            if found is None and directory == directory.parent:
                found = self._complete(Config())
            directory = directory.parent
        self._found.update({str(path).rstrip(os.sep): found for path in passed})
        return found

    def _in(self, directory: Path) -> Config | None:
        for name in (FILE_NAME, PROJECT_FILE_NAME):
            path = directory / name
            if os.path.lexists(path) and (name == FILE_NAME or _table(path) is not None):
                return self._complete(read_config(path))
        return None

    def _complete(self, config: Config) -> Config:
        return replace(config, command_line=self._command_line)


def read_config(path: Path) -> Config:
    """Return the configuration that the file at `path` states, with what it extends below it.

    Raises:
        ConfigError: the file, or one it extends, cannot be read or followed; its message has a line for each fault.
    """
    path = Path(_absolute(path))
    errors: list[str] = []
    layers: list[Layer] = []
    overrides: list[Override] = []
    chain = [path]
    while True:
        table = _required_table(chain, errors)
        if table is None:
            break
        layer, below, own = _read_file(chain[-1], table, errors)
        layers.insert(0, layer)
        overrides[:0] = own
        if below is None:
            break
        chain.append(below)
        if below in chain[:-1]:
            errors.append(f"{_shown(path)}: “extend” comes back to itself: {' → '.join(map(_shown, chain))}")
            break
    _raise(errors)
    return Config(path, tuple(layers), tuple(overrides))


def _required_table(chain: Sequence[Path], errors: list[str]) -> Mapping[str, object] | None:
    path = chain[-1]
    try:
        table = _table(path)
    except ConfigError as error:
        by = f" (“extend” of {_shown(chain[-2])} names it)" if len(chain) > 1 else ""
        errors.append(f"{error}{by}")
        return None
    if table is None:
        errors.append(f"{_shown(path)}: has no table [tool.lintnews]")
    return table


def _table(path: Path) -> Mapping[str, object] | None:
    """Return the table in the file at `path` that is ours; `None` for a project file without one."""
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
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(_syntax_fault(shown, source.text, str(error))) from error
    except RecursionError:
        raise ConfigError(f"{shown}: is nested too deep") from None
    if not project:
        return table
    tools = table.get("tool")
    ours = tools.get("lintnews") if isinstance(tools, dict) else None
    if ours is not None and not isinstance(ours, dict):
        raise ConfigError(f"{shown}: “tool.lintnews” is {_described(ours)}; it must be a table")
    return ours


def _syntax_fault(shown: str, text: str, message: str) -> str:
    place = _TOML_PLACE.search(message)
    lines = text.split("\n")
    number, column = len(lines), len(lines[-1]) + 1
    if place and place[1]:
        number, column = int(place[1]), int(place[2])
    reason = message[: place.start()] if place else message
    line = lines[number - 1].rstrip("\r")
    start = max(0, column - 1 - _FRAME_WIDTH)
    margin = " " * len(str(number))
    return (
        f"{shown}:{number}:{column}: is not TOML: {reason[:1].lower()}{reason[1:]}\n"
        f"  {number} | {line[start : start + 2 * _FRAME_WIDTH].replace(chr(9), ' ')}\n"
        f"  {margin} | {' ' * (column - 1 - start)}^"
    )


class _Table:
    """A table being read: gives its values one by one, and notes what is wrong with each."""

    def __init__(self, path: Path, prefix: str, table: Mapping[str, object], errors: list[str]) -> None:
        self.path = path
        self.shown = _shown(path)
        self.prefix = prefix
        self.table = table
        self.errors = errors

    def fault(self, key: str, reason: str) -> None:
        self.errors.append(f"{self.shown}: “{self.prefix}{key}” {reason}")

    def mistyped(self, key: str, value: object, wanted: str) -> None:
        self.fault(key, f"is {_described(value)}; it must be {wanted}")

    def check_keys(self, known: Collection[str]) -> None:
        for key in self.table:
            if key not in known:
                hint = did_you_mean(key, known) or f"; known are {_listed(known)}"
                self.errors.append(f"{self.shown}: unknown key “{self.prefix}{key}”{hint}")

    def string(self, key: str, wanted: str = "a string", pattern: re.Pattern[str] | None = None) -> str | None:
        value = self.table.get(key)
        if value is None:
            return None
        if isinstance(value, str) and (pattern.fullmatch(value) if pattern else value):
            return value
        self.mistyped(key, value, wanted)
        return None

    def boolean(self, key: str) -> bool | None:
        value = self.table.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.mistyped(key, value, "true or false")
        return None

    def strings(self, key: str, wanted: str = "a list of strings") -> tuple[str, ...] | None:
        value = self.table.get(key)
        if value is None:
            return None
        if not isinstance(value, list):
            self.mistyped(key, value, wanted)
            return None
        wrong = [item for item in value if not isinstance(item, str) or not item]
        if wrong:
            self.fault(key, f"holds {_described(wrong[0])}; it must be {wanted}")
            return None
        return tuple(value)

    def level(self, key: str) -> Level | None:
        value = self.table.get(key)
        if value is None:
            return None
        if isinstance(value, str) and value in set(Level):
            return Level(value)
        near = value if isinstance(value, str) else ""
        self.fault(key, f"is {_described(value)}; {_allowed_levels(near)}")
        return None

    def table_at(self, key: str) -> _Table | None:
        value = self.table.get(key)
        if value is None:
            return None
        if isinstance(value, dict):
            return _Table(self.path, f"{self.prefix}{key}.", value, self.errors)
        self.mistyped(key, value, "a table")
        return None

    def globs(self, key: str) -> Globs | None:
        patterns = self.strings(key, "a list of patterns in gitignore syntax")
        if patterns is None:
            return None
        for pattern in patterns:
            try:
                _spec((pattern,))
            except (ValueError, re.error) as error:
                self.fault(key, f"holds the pattern “{pattern}”, which is not gitignore syntax: {error}")
                return None
        return Globs(self.path.parent, patterns)

    def directories(self, key: str) -> tuple[Path, ...]:
        if isinstance(self.table.get(key), dict):
            self.fault(key, "is a table; it must be a list of directories (a rule's own table is “[rule.ID]”)")
            return ()
        paths = []
        for name in self.strings(key, "a list of directories") or ():
            path = Path(_absolute(self.path.parent / name))
            if path.is_dir():
                paths.append(path)
            else:
                found = "is not a directory" if path.exists() else "does not exist"
                self.fault(key, f"names “{name}”, which {found} in {_shown(self.path.parent)}")
        return tuple(paths)

    def tables(self, key: str) -> Iterator[_Table]:
        value = self.table.get(key)
        if value is None:
            return
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.mistyped(key, value, f"a list of tables, each written [[{self.prefix}{key}]]")
            return
        for index, item in enumerate(value):
            yield _Table(self.path, f"{self.prefix}{key}[{index}].", item, self.errors)


def _read_file(path: Path, table: Mapping[str, object], errors: list[str]) -> tuple[Layer, Path | None, list[Override]]:
    """Return what the table of a file states, the file it extends, and its overrides."""
    prefix = "tool.lintnews." if path.name == PROJECT_FILE_NAME else ""
    reader = _Table(path, prefix, table, errors)
    reader.check_keys(_FILE_KEYS)
    layer = replace(
        _read_layer(reader),
        fail_on=reader.level("fail-on"),
        rules=reader.directories("rules"),
        exclude=reader.globs("exclude"),
        include=reader.globs("include"),
        output_format=_output_format(reader),
        require_reason=reader.boolean("require-reason"),
    )
    overrides = []
    for override in reader.tables("overrides"):
        override.check_keys(_OVERRIDE_KEYS)
        files = override.globs("files")
        if not override.table.get("files"):
            override.fault("files", "is missing or empty; it must be a list of patterns in gitignore syntax")
        overrides.append(Override(files or Globs(path.parent, ()), _read_layer(override)))
    return layer, _extended(reader), overrides


def _output_format(reader: _Table) -> str | None:
    name = reader.string("output-format")
    if name is None:
        return None
    from lintnews.reporters import FORMATS  # noqa: PLC0415  it loads the engine, which few configurations ask for

    if name not in FORMATS:
        allowed = f"allowed are {_listed(FORMATS)}{did_you_mean(name, FORMATS)}"
        reader.fault("output-format", f"is the string “{quotable(name)}”; {allowed}")
    return name


def _extended(reader: _Table) -> Path | None:
    name = reader.string("extend", "the path of a .toml file")
    if name is None:
        return None
    # A syntax fault shows the line it is in: no other file's lines may be shown by naming it here.
    if not name.endswith(".toml"):
        reader.fault("extend", f"is the string “{quotable(name)}”; it must be the path of a .toml file")
        return None
    return Path(_absolute(reader.path.parent / name))


def _read_layer(reader: _Table) -> Layer:
    """Return what a file's own table and an override can both state."""
    levels: dict[str, Level] = {}
    options: dict[str, dict[str, object]] = {}
    keys = set(reader.table) - {"level", "rule", "files", "overrides", "extend"}
    if given := reader.table_at("level"):
        for rule in given.table:
            if level := given.level(rule):
                levels[rule] = level
    if by_rule := reader.table_at("rule"):
        for rule in by_rule.table:
            own = by_rule.table_at(rule)
            if own is None:
                continue
            options[rule] = {key: value for key, value in own.table.items() if key != "level"}
            keys.update(f"rule.{rule}.{key}" for key in options[rule])
            level = own.level("level")
            if level and rule in levels:
                own.fault("level", f"and “{reader.prefix}level.{rule}” both give a level; keep one of them")
            if level:
                levels[rule] = level
    keys.update(f"level.{rule}" for rule in levels)
    return Layer(
        origin=reader.shown,
        prefix=reader.prefix,
        keys=frozenset(keys),
        select=reader.strings("select"),
        extend_select=reader.strings("extend-select") or (),
        ignore=reader.strings("ignore") or (),
        level=levels,
        options=options,
        language=reader.string("language", "a language tag such as “en” or “pt-BR”", _LANGUAGE),
        market=reader.string("market", "a country in two small letters, such as “us” or “de”", _MARKET),
    )


def validate_rules(config: Config, rules: Mapping[str, str]) -> None:
    """Check every name of a rule or group in the configuration, its overrides and the command line.

    Args:
        config: the configuration.
        rules: every rule's id and its group.

    Raises:
        ConfigError: a name is not known; the message has a line for each.
    """
    groups = set(rules.values())
    selectors = {*rules, *groups, "all"}
    errors = []
    command_line = (config.command_line,) if config.command_line else ()
    for layer in (*config.layers, *(override.layer for override in config.overrides), *command_line):
        for key, names in (
            ("select", layer.select or ()),
            ("extend-select", layer.extend_select),
            ("ignore", layer.ignore),
        ):
            for name in names:
                if name not in selectors:
                    hint = did_you_mean(name, selectors) or "; “lintnews rules” lists them"
                    errors.append(f"{layer.origin}: “{layer.prefix}{key}” names the unknown rule “{name}”{hint}")
        for key, given in (("level", layer.level), ("rule", layer.options)):
            for name in given:
                if name in groups and name not in rules:
                    errors.append(f"{layer.origin}: “{layer.prefix}{key}” names the group “{name}”; name its rules")
                elif name not in rules:
                    hint = did_you_mean(name, rules) or "; “lintnews rules” lists them"
                    errors.append(f"{layer.origin}: “{layer.prefix}{key}” names the unknown rule “{name}”{hint}")
    _raise(errors)


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
    errors = []
    for option, value in given.items():
        if option not in names:
            known = f"; known are {_listed((*names, 'level'))}" if names else "; the rule has only “level”"
            errors.append(f"{where}: unknown option “{option}”{did_you_mean(option, names) or known}")
            continue
        default = fields[names[option]]
        kind = default if isinstance(default, type) else type(default)
        wanted, converted = _converted(value, kind)
        if converted is None:
            errors.append(f"{where}: “{option}” is {_described(value)}; it must be {wanted}")
            continue
        values[names[option]] = converted
    _raise(errors)
    return values


def _converted(value: object, kind: type) -> tuple[str, object | None]:
    """Return what a value of the type is called, and the value as one; `None` for a value of another type."""
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if kind is bool:
        return "true or false", value if isinstance(value, bool) else None
    if kind is int:
        return "a whole number", value if number and isinstance(value, int) else None
    if kind is float:
        return "a number", float(value) if number and isinstance(value, (int, float)) and isfinite(value) else None
    if kind is str:
        return "a string", value if isinstance(value, str) else None
    if kind in {tuple, frozenset}:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            return "a list of strings", None
        return "a list of strings", tuple(value) if kind is tuple else frozenset(value)
    if issubclass(kind, Mapping):
        strings = isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
        return "a table of strings", value if strings else None
    raise TypeError(f"an option cannot be of the type {kind.__name__}")


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


def _allowed_levels(near: str) -> str:
    return f"allowed are {_listed(Level)}{did_you_mean(near, Level)}"


def _listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def _shown(path: Path) -> str:
    """Return the path as a person at the terminal would write it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _absolute(path: Path) -> str:
    """Return the path from the root, without `..`, its links as they are: a link's place decides what holds for it."""
    return os.path.abspath(path)  # noqa: PTH100  resolve() follows links


def _raise(errors: Sequence[str]) -> None:
    """Raise the faults as one error, without what would steer a terminal: keys and values may come from anybody."""
    if errors:
        text = "\n".join(errors)
        raise ConfigError("".join(char if char.isprintable() or char == "\n" else "\ufffd" for char in text))
