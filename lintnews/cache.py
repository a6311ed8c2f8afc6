"""Keeps what is slow to make in the user's cache directory, under a name that says what it was made from."""

from __future__ import annotations

import json
import os
import sys
from hashlib import blake2b
from pathlib import Path
from typing import Any

_MOST_FILES = 64
"""Files above which the oldest go: what was made from pages as they once stood is not asked for again."""


class Cache:
    """A directory of files, each a digest and the JSON it is of; without one, nothing is kept.

    Nothing in it is trusted: what is damaged is made again, and a file is complete or not there.
    """

    def __init__(self, directory: Path | None) -> None:
        self._directory = directory

    def __bool__(self) -> bool:
        return self._directory is not None

    def read(self, name: str) -> Any:  # noqa: ANN401  JSON
        """Return what is kept under the name; `None` where that is nothing, or cannot be read."""
        if self._directory is None:
            return None
        try:
            digest, _, data = (self._directory / f"{name}.kept").read_bytes().partition(b"\n")
            return json.loads(data) if digest == _digest(data) else None
        except (OSError, ValueError, RecursionError):
            # The cache only saves time; what it cannot give is made again.
            return None

    def write(self, name: str, value: object) -> None:
        """Keep a value under the name; one that cannot be written is not kept."""
        if self._directory is None:
            return
        import tempfile  # noqa: PLC0415  2 ms that a run with a warm cache need not pay

        data = json.dumps(value, ensure_ascii=False).encode()
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self._directory, suffix=".new")
            with os.fdopen(handle, "wb") as stream:
                stream.write(_digest(data) + b"\n" + data)
            Path(temporary).replace(self._directory / f"{name}.kept")
            self._tidy(self._directory)
        except OSError:
            # A home that is read-only or full costs the next run some milliseconds, and this one nothing.
            return

    def _tidy(self, directory: Path) -> None:
        files = sorted(directory.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in files[_MOST_FILES:]:
            path.unlink(missing_ok=True)


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).hexdigest().encode()


NO_CACHE = Cache(None)


def user_cache() -> Cache:
    """Return the user's cache: `LINTNEWS_CACHE_DIR`, or lintnews' place where the system keeps caches.

    The places are those of the XDG Base Directory Specification, of macOS and of Windows; platformdirs, which knows
    them too, takes 28 ms to import.
    """
    named = os.environ.get("LINTNEWS_CACHE_DIR")
    if named:
        return Cache(Path(named))
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")  # noqa: PTH111  Path.home() raises where there is none
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111
    return Cache(Path(base) / "lintnews") if base and Path(base).is_absolute() else NO_CACHE
