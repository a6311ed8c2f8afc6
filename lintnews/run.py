"""A run over files: each is found, read, checked by the rules its configuration enables, and reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from functools import partial
from pathlib import Path

from lintnews.cache import NO_CACHE, Cache
from lintnews.config import Config, ConfigFinder, validate_rules
from lintnews.earlier import Earlier
from lintnews.engine import Checker, Failure, Report
from lintnews.errors import LintnewsError
from lintnews.files import find_files
from lintnews.loader import RuleType, load_rules
from lintnews.source import decode, read_source


class Run:
    """Makes ready what files of one configuration share, and checks them one by one."""

    def __init__(self, finder: ConfigFinder, cache: Cache = NO_CACHE) -> None:
        self._cache = cache
        self._finder = finder
        self._earlier = Earlier()
        self._checkers: dict[Config, Checker] = {}
        self._faults: dict[Config, LintnewsError] = {}
        self._loaded: dict[tuple[Path, ...], dict[str, RuleType]] = {}

    def reports(self, paths: Sequence[str], *, force_exclude: bool = False) -> Iterator[Report]:
        """Yield a report for each file the paths name or hold, in order, and one for each path that names none."""
        found, failures = find_files(paths, config_for=self._finder.config_for, force_exclude=force_exclude)
        for failure in failures:
            yield _unread(Path(getattr(failure, "path", ".")), failure)
        for path in found:
            yield self.report(path)

    def report(self, path: Path) -> Report:
        """Return the report on the file at `path`; one that cannot be read is a report with a failure."""
        try:
            checker = self.checker(path)
            return checker.check(read_source(path), self._earlier)
        except LintnewsError as error:
            return _unread(path, error)

    def report_on(self, data: bytes, path: Path) -> Report:
        """Return the report on bytes that would stand in the file at `path`."""
        try:
            checker = self.checker(path)
            return checker.check(decode(path, data))
        except LintnewsError as error:
            return _unread(path, error)

    def fails(self, report: Report) -> bool:
        """Return whether a finding of the report reaches the level that its file's configuration fails on."""
        if not report.findings:
            return False
        threshold = self._finder.config_for(report.path).settings_for(report.path).fail_on
        return any(finding.level.reaches(threshold) for finding in report.findings)

    def checker(self, path: Path) -> Checker:
        """Return the checker for the file at `path`; files whose settings are the same share one.

        Raises:
            LintnewsError: the configuration cannot be followed, or a page it asks for cannot be loaded.
        """
        settings = self._finder.config_for(path).settings_for(path)
        if settings in self._faults:
            raise self._faults[settings]
        if settings not in self._checkers:
            try:
                self._checkers[settings] = checker_for(settings, self._rules(settings.rules))
            except LintnewsError as error:
                self._faults[settings] = error
                raise
        return self._checkers[settings]

    def _rules(self, directories: tuple[Path, ...]) -> Mapping[str, RuleType]:
        if directories not in self._loaded:
            self._loaded[directories] = load_rules(directories, self._cache)
        return self._loaded[directories]


def checker_for(config: Config, rules: Mapping[str, RuleType]) -> Checker:
    """Return the checker a configuration asks for, out of the rules there are.

    Raises:
        LintnewsError: the configuration names what is not there.
    """
    groups = {name: rule.page.group for name, rule in rules.items()}
    validate_rules(config, groups)
    enabled = config.enabled(groups, [name for name, rule in rules.items() if rule.page.on_by_default])
    options = {name: config.options_for(name, partial(option_fields, rule)) for name, rule in rules.items()}
    return Checker(
        rules=tuple(rule(**options[name]) for name, rule in rules.items() if name in enabled),
        levels=config.level,
        language=config.language,
        guess_language=config.guess_language,
        market=config.market,
        known=groups,
        require_reason=config.require_reason,
    )


def option_fields(rule: RuleType) -> Mapping[str, object]:
    """Return a rule's options as the names of its fields, each with its default."""
    return {
        field.name: field.default if field.default is not MISSING else _made(field.default_factory, rule)
        for field in fields(rule.made)
    }


def _made(factory: object, rule: RuleType) -> object:
    if not callable(factory):
        raise LintnewsError(f"{rule.page.path}: every option of a rule has a default")
    return factory()


def _unread(path: Path, error: LintnewsError) -> Report:
    return Report(path=path, source=None, failures=(Failure(str(error)),))
