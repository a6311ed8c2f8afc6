"""Finds the articles that the arguments of a command line name."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from lintnews.config import Config, Globs
from lintnews.errors import ConfigError, LintnewsError, UnreadableError
from lintnews.readers import SUFFIXES

IGNORE_FILE_NAME = ".lintnewsignore"

_WILDCARD = re.compile(r"[*?\[]")
# The walker names what it could not read only in a sentence: “IO error for operation on PATH: REASON (os error 13)”.
_WALK_FAULT = re.compile(r"IO error for operation on (.+): (.+) \(os error \d+\)$", re.DOTALL)


def find_files(
    paths: Iterable[str | Path], *, config_for: Callable[[Path], Config], force_exclude: bool = False
) -> tuple[list[Path], list[LintnewsError]]:
    """Return the files to check, each once, and what could not be found or read.

    A named file is taken whatever its suffix; with `force_exclude` (for hooks, which name every file) only when a
    walk would take it. A directory is walked by gitignore's rules, in a repository or not: hidden files, symbolic
    links and what `.gitignore`, `.ignore` or `.lintnewsignore` name are left out, and so is what no reader knows by
    its suffix. A pattern that no shell expanded is expanded here, by the same rules. The order is that of the
    arguments, and that of the paths inside each.

    Args:
        paths: files, directories and patterns (`articles/**/*.md`).
        config_for: gives the configuration for a file; a `ConfigError` it raises becomes a failure, named once.
        force_exclude: whether `exclude` and `include` hold for named files too.
    """
    search = _Search(config_for, force_exclude=force_exclude)
    for path in paths:
        search.add(os.fspath(path))
    return list(search.files.values()), list(search.failures.values())


class _Search:
    def __init__(self, config_for: Callable[[Path], Config], *, force_exclude: bool) -> None:
        self.config_for = config_for
        self.force_exclude = force_exclude
        self.files: dict[str, Path] = {}
        """By real path, so that a file named twice, or named and walked, is checked once."""
        self.directories: dict[Path, str] = {}
        """The real path of each directory: links are resolved once for all the files in it."""
        self.failures: dict[str, LintnewsError] = {}
        """By message, so that a configuration at fault is named once, not for each file under it."""

    def fail(self, failure: LintnewsError) -> None:
        self.failures.setdefault(str(failure), failure)

    def add(self, name: str) -> None:
        path = Path(name)
        try:
            mode = path.stat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            if _WILDCARD.search(name):
                self.add_pattern(name)
            else:
                self.fail(UnreadableError(path, "no such file or directory"))
            return
        except (OSError, ValueError) as error:
            self.fail(UnreadableError(path, _reason(error)))
            return
        if stat.S_ISDIR(mode):
            self.add_directory(path)
        elif not stat.S_ISREG(mode):
            self.fail(UnreadableError(path, "is not a regular file"))
        else:
            self.add_named(path)

    def add_named(self, path: Path) -> None:
        if self.force_exclude and not (_has_known_suffix(path) and self.wanted(path)):
            return
        self.files.setdefault(os.path.realpath(path), path)

    def add_directory(self, directory: Path) -> None:
        if not self.take(path for path in self.walk(directory) if _has_known_suffix(path)):
            self.fail(UnreadableError(directory, f"no articles found (files in {', '.join(SUFFIXES)})"))

    def add_pattern(self, name: str) -> None:
        parts = Path(name).parts
        first = next(index for index, part in enumerate(parts) if _WILDCARD.search(part))
        directory = Path(*parts[:first])
        base = Path(os.path.abspath(directory))  # noqa: PTH100  resolve() follows links
        globs = Globs(base, ("/" + "/".join(parts[first:]),))
        # A pattern that ends in a suffix asks for it; one that ends in `*` asks for articles.
        any_suffix = bool(re.search(r"\.\w+$", parts[-1]))
        matching = (
            path for path in self.walk(directory) if (any_suffix or _has_known_suffix(path)) and globs.match(path)
        )
        try:
            taken = self.take(matching)
        except (ValueError, re.error) as error:
            self.fail(UnreadableError(Path(name), f"is no such file, and as a pattern: {error}"))
            return
        if not taken:
            self.fail(UnreadableError(Path(name), "no articles found"))

    def take(self, paths: Iterable[Path]) -> bool:
        """Take the files that the configuration does not leave out; return whether there was one, or a new failure."""
        before = len(self.failures)
        found = False
        for path in sorted(paths, key=lambda path: path.parts):
            if self.regular(path) and self.wanted(path):
                self.files.setdefault(os.path.join(self.real(path.parent), path.name), path)  # noqa: PTH118  text
                found = True
        return found or len(self.failures) > before

    def regular(self, path: Path) -> bool:
        try:
            mode = path.lstat().st_mode
        except OSError as error:
            self.fail(UnreadableError(path, _reason(error)))
            return False
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode)):
            self.fail(UnreadableError(path, "is not a regular file"))
        return stat.S_ISREG(mode)

    def real(self, directory: Path) -> str:
        if directory not in self.directories:
            self.directories[directory] = os.path.realpath(directory)
        return self.directories[directory]

    def wanted(self, path: Path) -> bool:
        try:
            return not self.config_for(path).excludes(path)
        except ConfigError as error:
            self.fail(error)
            return False

    def walk(self, directory: Path) -> Iterator[Path]:
        """Yield what stands under the directory and is not ignored, directories too; note what cannot be read."""
        import ignore  # noqa: PLC0415  a run over named files need not load it

        builder = ignore.WalkBuilder(directory).require_git(False)
        entries = iter(builder.add_custom_ignore_filename(IGNORE_FILE_NAME).build())
        while True:
            try:
                entry = next(entries)
            except StopIteration:
                return
            except ignore.Error as error:
                fault = _WALK_FAULT.search(str(error))
                path, reason = (Path(fault[1]), fault[2].lower()) if fault else (directory, str(error))
                self.fail(UnreadableError(path, reason))
                continue
            if entry.depth():
                yield entry.path()


def _has_known_suffix(path: Path) -> bool:
    # Word keeps a file beside each one that is open, which says by whom: “~$article.docx”.
    return path.suffix.lower() in SUFFIXES and not path.name.startswith("~$")


def _reason(error: OSError | ValueError) -> str:
    return ((isinstance(error, OSError) and error.strerror) or str(error)).lower()
