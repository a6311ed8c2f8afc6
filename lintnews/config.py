"""Configuration: where it is looked up, and what its layers come to for one file."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lintnews.errors import ConfigError, did_you_mean
from lintnews.rule import Level

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

FILE_NAME = "lintnews.toml"
PROJECT_FILE_NAME = "pyproject.toml"

_SELECTORS = ("select", "extend-select", "ignore")
_ADDED = frozenset({"extend-select", "ignore", "rules", "exclude"})
"""The keys whose values add up; of the others the topmost layer's holds."""
_ATTRIBUTES = frozenset({"fail-on", "guess-language", "language", "market", "output-format", "require-reason", "rules"})
"""The keys whose values are attributes of a configuration too."""


@dataclass(frozen=True)
class Globs:
    """Patterns in gitignore syntax, relative to the directory of the file that states them."""

    base: Path
    patterns: tuple[str, ...]

    def match(self, path: Path) -> bool:
        """Return whether the path, or a directory it stands in, is matched; outside of `base` by its absolute path."""
        base = str(self.base).rstrip(os.sep) + os.sep
        return spec(self.patterns).match_file(absolute(path).removeprefix(base))


@lru_cache(maxsize=256)
def spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    """Return the patterns, made ready to match.

    Raises:
        ValueError: a pattern is not gitignore syntax; `re.error` may be raised in its place.
    """
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  20 ms that a configuration without globs need not pay

    return GitIgnoreSpec.from_lines(patterns)


@dataclass(frozen=True, eq=False)
class Layer:
    """What one table of a file, or the command line, states."""

    origin: str = "command line"
    prefix: str = "--"
    """What stands before a key to name it in full: `tool.lintnews.`, `overrides[0].`, `--`."""
    values: dict[str, Any] = field(default_factory=dict)
    """What it states, checked: by `select`, `level.doubled-word`, `rule.hard-to-read.max-grade`…"""


@dataclass(frozen=True)
class Override:
    """What holds for the files that match."""

    files: Globs
    layer: Layer


@dataclass(frozen=True, eq=False)
class Config:
    """A stack of layers, in which an upper one is heard before a lower one, and what they come to.

    Configurations are compared by identity, so that what is made for one can be kept under it.
    """

    path: Path | None = None
    """The file it was read from; `None` where there is none."""
    layers: tuple[Layer, ...] = ()
    """Lowest first: the file extended, the file, the overrides that `settings_for` applied."""
    overrides: tuple[Override, ...] = ()
    command_line: Layer = field(default_factory=Layer)
    values: dict[str, Any] = field(default_factory=dict, init=False)
    """What holds, by `select`, `level.doubled-word`, `rule.hard-to-read.max-grade`…; a default has no entry."""
    origins: dict[str, str] = field(default_factory=dict, init=False)
    """The file that states each of the values, or the last of those whose values add up."""
    fail_on: Level = field(default=Level.WARNING, init=False)
    """The least grave level that makes a run fail."""
    language: str = field(default="en", init=False)
    """The language of an article that does not declare its own, as a BCP 47 tag."""
    guess_language: bool = field(default=True, init=False)
    """Whether the text of an article that declares no language may show another."""
    market: str | None = field(default=None, init=False)
    """The country whose rules on advertising hold."""
    output_format: str | None = field(default=None, init=False)
    """The name of the reporter."""
    require_reason: bool = field(default=False, init=False)
    """Whether a suppression must say why."""
    rules: tuple[Path, ...] = field(default=(), init=False)
    """The directories of a team's own rules, each once."""
    _settings: dict[tuple[Layer, ...], Config] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        for layer in self._stack:
            # A `select` starts afresh.
            for key in ("extend-select", "ignore") if "select" in layer.values else ():
                self.values.pop(key, None)
                self.origins.pop(key, None)
            for key, value in layer.values.items():
                adds = key in _ADDED
                self.values[key] = tuple(dict.fromkeys((*self.values.get(key, ()), *value))) if adds else value
                self.origins[key] = layer.origin
        for key in _ATTRIBUTES & self.values.keys():
            object.__setattr__(self, key.replace("-", "_"), self.values[key])

    @property
    def _stack(self) -> tuple[Layer, ...]:
        return (*self.layers, self.command_line)

    @property
    def level(self) -> Mapping[str, Level]:
        """The level of each rule that is given another than its page's."""
        return {key.removeprefix("level."): level for key, level in self.values.items() if key.startswith("level.")}

    def excludes(self, path: Path) -> bool:
        """Return whether the file at `path` is left out: `exclude` matches it, `include` does not, or it is a page."""
        if self.rules and any(Path(absolute(path)).is_relative_to(directory) for directory in self.rules):
            return True
        if any(globs.match(path) for globs in self.values.get("exclude", ())):
            return True
        return "include" in self.values and not self.values["include"].match(path)

    def enabled(self, rules: Mapping[str, str], default: Collection[str]) -> frozenset[str]:
        """Return the ids of the rules to run.

        A layer's wider names are heard before its narrower ones, and `ignore` last among equals, so that
        `ignore = ["images"]` with `extend-select = ["missing-alt-text"]` leaves that one rule on.

        Args:
            rules: every rule's id and its group.
            default: the ids of those that run unless told otherwise.
        """
        chosen = set(default)
        for layer in self._stack:
            if "select" in layer.values:
                chosen.clear()
            switches = [(name, key != "ignore") for key in _SELECTORS for name in layer.values.get(key, ())]
            switches.sort(key=lambda switch: 2 if switch[0] in rules else 1 if switch[0] != "all" else 0)
            for name, on in switches:
                named = {rule for rule, group in rules.items() if name in {rule, group, "all"}}
                chosen = chosen | named if on else chosen - named
        return frozenset(chosen)

    def options_for(self, rule: str, fields: Callable[[], Mapping[str, object]]) -> dict[str, object]:
        """Return the values given to a rule's fields, checked as `check_options` does; a field not given is not there.

        The fields are asked for only where there are values, as the rule's code must be loaded to know them.

        Raises:
            ConfigError: an option that is not known, or of another type than its field's.
        """
        table = f"rule.{rule}."
        values: dict[str, object] = {}
        faults = []
        for layer in self._stack:
            given = {key.removeprefix(table): value for key, value in layer.values.items() if key.startswith(table)}
            if not given:
                continue
            from lintnews.configfile import check_options  # noqa: PLC0415  configfile.py builds on this module

            try:
                values |= check_options(f"{layer.origin}: {layer.prefix}{table[:-1]}", given, fields())
            except ConfigError as error:
                faults.append(str(error))
        raise_faults(faults)
        return values

    def settings_for(self, path: Path) -> Config:
        """Return the configuration with the overrides for the file at `path` applied; the same one for the same set."""
        matching = tuple(override.layer for override in self.overrides if override.files.match(path))
        if not matching:
            return self
        if matching not in self._settings:
            self._settings[matching] = replace(self, layers=(*self.layers, *matching), overrides=())
        return self._settings[matching]


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
    names = {"select": select, "extend-select": extend_select or None, "ignore": ignore or None}
    values: dict[str, Any] = {key: _names(given) for key, given in names.items() if given is not None}
    faults = []
    for pair in _names(level):
        rule, _, name = pair.rpartition("=")
        if not rule:
            faults.append(f"command line: “--level” is “{pair}”; it must be RULE=LEVEL")
        elif name not in set(Level):
            faults.append(f"command line: “--level” is “{pair}”; {allowed(Level, name)}")
        else:
            values[f"level.{rule}"] = Level(name)
    if fail_on is not None and fail_on not in set(Level):
        faults.append(f"command line: “--fail-on” is “{fail_on}”; {allowed(Level, fail_on)}")
    elif fail_on is not None:
        values["fail-on"] = Level(fail_on)
    raise_faults(faults)
    return Layer(values=values)


def _names(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


class ConfigFinder:
    """Gives each file its configuration: the nearest one above it, looked up once per directory."""

    def __init__(self, file: Path | None = None, command_line: Layer | None = None) -> None:
        """Take the file that `--config` names, which then holds for every file, and what the command line states.

        Raises:
            ConfigError: the file cannot be followed.
        """
        self._command_line = command_line or Layer()
        self._named = self._read(file) if file is not None else None
        self._found: dict[str, Config | ConfigError] = {}
        """By directory, as text: hashing a path for each of many files takes longer than all the rest."""

    def config_for(self, path: Path) -> Config:
        """Return the configuration for the file at `path`, without its overrides; the defaults where there is none.

        Raises:
            ConfigError: the nearest configuration cannot be followed.
        """
        if self._named is not None:
            return self._named
        directory = absolute(path).rpartition(os.sep)[0]
        found = self._found.get(directory) or self._look_up(directory)
        if isinstance(found, ConfigError):
            raise ConfigError(str(found))
        return found

    def _look_up(self, directory: str) -> Config | ConfigError:
        """Return what the directory holds, or else the nearest above it; the root is the empty text."""
        passed = [directory]
        found: Config | ConfigError | None
        try:
            while (found := self._found.get(passed[-1]) or self._in(passed[-1])) is None and passed[-1]:
                passed.append(passed[-1].rpartition(os.sep)[0])
        except ConfigError as error:
            found = error
        found = found or Config(command_line=self._command_line)
        self._found.update(dict.fromkeys(passed, found))
        return found

    def _in(self, directory: str) -> Config | None:
        for name in (FILE_NAME, PROJECT_FILE_NAME):
            path = directory + os.sep + name
            if os.path.lexists(path):
                from lintnews.configfile import read_table  # noqa: PLC0415  as above

                if name == FILE_NAME or read_table(Path(path)) is not None:
                    return self._read(Path(path))
        return None

    def _read(self, path: Path) -> Config:
        from lintnews.configfile import read_config  # noqa: PLC0415  as above

        return replace(read_config(path), command_line=self._command_line)


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
    faults = []
    for layer in (*config.layers, *(override.layer for override in config.overrides), config.command_line):
        named = [(key, name, selectors) for key in _SELECTORS for name in layer.values.get(key, ())]
        tables = dict.fromkeys(tuple(key.split(".")[:2]) for key in layer.values if key.startswith(("level.", "rule.")))
        for key, name, known in [*named, *((key, rule, rules) for key, rule in tables)]:
            if name in known:
                continue
            hint = did_you_mean(name, known) or "; “lintnews rules” lists them"
            reason = f"the group “{name}”; name its rules" if name in groups else f"the unknown rule “{name}”{hint}"
            faults.append(f"{layer.origin}: “{layer.prefix}{key}” names {reason}")
    raise_faults(faults)


def allowed(words: Iterable[str], near: str) -> str:
    """Return the end of a fault: the words that are allowed, and the one that may be meant."""
    return f"allowed are {listed(words)}{did_you_mean(near, words)}"


def listed(words: Iterable[str]) -> str:
    """Return the words as a list in a sentence: “a, b and c”."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def absolute(path: Path) -> str:
    """Return the path from the root, without `..`, its links as they are: a link's place decides what holds for it."""
    return os.path.abspath(path)  # noqa: PTH100  resolve() follows links


def raise_faults(faults: Sequence[str]) -> None:
    """Raise the faults as one error, if any, without what would steer a terminal: keys and values may be anybody's.

    Raises:
        ConfigError: there are faults; its message has a line for each.
    """
    if faults:
        text = "\n".join(faults)
        raise ConfigError("".join(char if char.isprintable() or char == "\n" else "\ufffd" for char in text))
