"""Loads rules: the directory that ships with lintnews, directories a configuration names, and installed packages."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, make_dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, ClassVar, TypeGuard, cast

from lintnews import __version__
from lintnews.cache import NO_CACHE, Cache
from lintnews.errors import PageError
from lintnews.literals import KNOWN, Known, known
from lintnews.page import Page
from lintnews.patterns import Hit, PatternRule, check_searches, expressions
from lintnews.rule import Finding, Rule
from lintnews.settings import Written, read_page, read_written

if TYPE_CHECKING:
    from lintnews.document import Document

_READING_CODE = tuple(
    Path(__file__).with_name(name) for name in ("literals.py", "patterns.py", "regex.py", "settings.py")
)

ENTRY_POINTS = "lintnews.rules"
"""The entry point group of packages that bring rules; each entry point is a directory, or a function that gives one."""


def builtin_rules_directory() -> Path:
    """Return the directory of the rules that ship with lintnews.

    The wheel carries it inside the package; a source checkout has it beside the package.
    """
    package = Path(__file__).parent
    packaged = package / "rules"
    return packaged if packaged.is_dir() else package.parent / "rules"


@dataclass(frozen=True)
class RuleType:
    """A rule that there is: its page, and the class that its options make a rule of."""

    page: Page

    @cached_property
    def made(self) -> type[Rule]:
        """The class in the file beside the page, or one made from the page alone.

        Raises:
            PageError: the page looks for nothing and has no code, or its code does not fit it.
        """
        page, name = self.page, class_name(self.page.path)
        if page.code:
            return _with_code(page, page.code, name)
        if not page.searches:
            raise PageError(
                page.path, "looks for nothing: it has no phrases, replace, patterns or lines, and no code beside it"
            )
        if set(page.options) - _DENSITY_OPTIONS.keys():
            raise PageError(page.path, "has options, but no code beside it that could read them")
        if page.density is None:
            return type(name, (PatternRule,), {"page": page})
        density = [(option, kind, getattr(page.density, option)) for option, kind in _DENSITY_FIELDS.items()]
        return make_dataclass(name, density, bases=(PatternRule,), frozen=True, namespace={"page": page})

    def __call__(self, **options: object) -> Rule:
        """Return the rule with the given options; code that judges the hits of lists is loaded when there are some."""
        if options or not (self.page.code and self.page.searches):
            return self.made(**options)
        deferred: type[Rule] = type(class_name(self.page.path), (_Deferred,), {"page": self.page, "type": self})
        return deferred()


class _Deferred(PatternRule):
    type: ClassVar[RuleType]

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        return self._rule.judge(document, hits)

    @cached_property
    def _rule(self) -> PatternRule:
        return cast("PatternRule", self.type.made())


def load_rules(directories: Iterable[Path] = (), cache: Cache = NO_CACHE) -> dict[str, RuleType]:
    """Return every rule by id: the built-in ones, those of installed packages, and those of the given directories.

    What is written on pages is kept in the cache, if one is given.

    Raises:
        PageError: a page or the code beside it cannot be loaded, or an id is taken by two pages.
    """
    rules: dict[str, RuleType] = {}
    for directory in (builtin_rules_directory(), *_installed_directories(), *directories):
        for rule in load_directory(directory, cache):
            other = rules.setdefault(rule.page.id, rule)
            if other is not rule and other.page.path.resolve() != rule.page.path.resolve():
                raise PageError(rule.page.path, f"the rule “{rule.page.id}” has a page already: {other.page.path}")
    return rules


def load_directory(directory: Path, cache: Cache = NO_CACHE) -> tuple[RuleType, ...]:
    """Return the rules of one directory: every `<group>/<rule>.md` in it, in the order of their paths.

    The code of rules that ship is tested with them, and loaded when it is needed; that of others is loaded at once.
    """
    rules = _read(directory, cache)
    if directory != builtin_rules_directory():
        for rule in rules:
            _ = rule.made
    return rules


def _read(directory: Path, cache: Cache) -> tuple[RuleType, ...]:
    paths = tuple(pages(directory))
    name = f"pages-{_digest(paths)}" if cache else ""
    kept = cache.read(name)
    if _is_kept(kept, len(paths)):
        KNOWN.update((pattern, Known(*each)) for pattern, each in kept["known"].items())
        written = [Written(*each) for each in kept["written"]]
        return tuple(RuleType(read_page(path, each)) for path, each in zip(paths, written, strict=True))
    written = [read_written(path) for path in paths]
    rules = tuple(RuleType(read_page(path, each)) for path, each in zip(paths, written, strict=True))
    for rule in rules:
        check_searches(rule.page)
    if cache:
        entries = {entry: begins for rule in rules for entry, begins in expressions(rule.page)}
        plain = {
            entry: (list(map(list, each.literals)), each.starts if entries[entry] else (), each.longest)
            for entry, each in ((entry, known(entry)) for entry in entries)
        }
        cache.write(name, {"written": written, "known": plain})
    return rules


def _is_kept(kept: object, pages: int) -> TypeGuard[dict[str, Any]]:
    """Return whether what the cache gave has the shape of what was put there: a file of it may be anybody's."""
    if not isinstance(kept, dict) or {key: type(each) for key, each in kept.items()} != {
        "written": list,
        "known": dict,
    }:
        return False
    written = [[*map(type, each)] if isinstance(each, list) else None for each in kept["written"]]
    found = {(*map(type, each),) if isinstance(each, list) else None for each in kept["known"].values()}
    return written == [[dict, dict, list]] * pages and found <= {(list, list, int)}


def _digest(paths: Iterable[Path]) -> str:
    """Return a digest of what stands on the pages, in the tables beside them, and in the code that reads both."""
    digest = blake2b(__version__.encode(), digest_size=16)
    for path in (*_READING_CODE, *paths):
        for file in (path, path.with_suffix(".csv")):
            try:
                data = file.read_bytes()
            except OSError:
                # What is missing or unreadable is said when it is read as a page, and not here.
                data = b""
            digest.update(b"%s %d\n" % (bytes(file), len(data)))
            digest.update(data)
    return digest.hexdigest()


def pages(directory: Path) -> Iterator[Path]:
    """Yield the paths of the pages in a directory of rules, in order; a README is none."""
    if not directory.is_dir():
        raise PageError(directory, "is no directory of rules")
    for path in sorted(directory.glob("*/*.md")):
        if path.stem.upper() != "README":
            yield path


def load_rule(path: Path) -> RuleType:
    """Return the rule whose page is at `path`, with its code loaded.

    Raises:
        PageError: the page cannot be read, it looks for nothing and has no code, or its code does not fit it.
    """
    rule = RuleType(read_page(path))
    check_searches(rule.page)
    _ = rule.made
    return rule


def class_name(path: Path) -> str:
    """Return the name of the class beside the page at `path`: `MissingAltText` for `missing_alt_text.md`."""
    return "".join(word.capitalize() for word in path.stem.split("_"))


_DENSITY_FIELDS: Mapping[str, type] = {"at_least": int, "per_thousand_words": float}
_DENSITY_OPTIONS = {name.replace("_", "-"): kind for name, kind in _DENSITY_FIELDS.items()}


def _with_code(page: Page, code: Path, name: str) -> type[Rule]:
    rule = getattr(_module(code), name, None)
    if not isinstance(rule, type) or not issubclass(rule, Rule) or not is_dataclass(rule):
        raise PageError(code, f"holds no class “{name}” that is a frozen dataclass and a Rule")
    if page.searches and not issubclass(rule, PatternRule):
        raise PageError(code, f"the page beside it has lists to look for, so “{name}” is a PatternRule")
    named = {field.name.replace("_", "-") for field in fields(rule)}
    if named != set(page.options):
        differing = ", ".join(sorted(named.symmetric_difference(page.options)))
        raise PageError(page.path, f"its options and the fields of “{name}” differ: {differing}")
    # A subclass of its own for each page: loading a directory twice must not change the class the first one gave.
    return type(name, (rule,), {"page": page, "__doc__": rule.__doc__})


def _module(code: Path) -> ModuleType:
    path = code.resolve()
    digest = blake2b(str(path).encode(), digest_size=6).hexdigest()
    name = f"lintnews_rules_{digest}_{path.stem}"
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise PageError(code, "cannot be loaded as Python")
    module = importlib.util.module_from_spec(spec)
    # A dataclass looks its own module up while it is made.
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        line = _line_in(error, path)
        raise PageError(code, f"cannot be loaded: {type(error).__name__}: {error}", line) from error
    return module


def _line_in(error: BaseException, path: Path) -> int | None:
    """Return the last line of the file at `path` that the error passed through."""
    if isinstance(error, SyntaxError):
        return error.lineno
    line, trace = None, error.__traceback__
    while trace:
        if Path(trace.tb_frame.f_code.co_filename) == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _installed_directories() -> Iterator[Path]:
    if not _brings_rules():
        return
    from importlib.metadata import entry_points  # noqa: PLC0415  20 ms that few installations need to pay

    for entry_point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        package = entry_point.dist.name if entry_point.dist else entry_point.value
        try:
            given = entry_point.load()
            yield Path(given() if callable(given) else given)
        except (Exception, SystemExit) as error:
            raise PageError(
                Path(entry_point.value), f"the rules of the package “{package}” cannot be loaded: {error}"
            ) from error


def _brings_rules() -> bool:
    """Return whether an installed package names our entry point group in the file that its entry points stand in."""
    group = f"[{ENTRY_POINTS}]".encode()
    tables = (
        table
        for directory in map(Path, sys.path)
        for pattern in ("*.dist-info/entry_points.txt", "*.egg-info/entry_points.txt")
        for table in directory.glob(pattern)
    )
    return any(group in table.read_bytes() for table in tables)
