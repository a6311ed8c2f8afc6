"""What can go wrong on the user's side, each said in a sentence that names the file and the remedy."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


class LintnewsError(Exception):
    """Something could not be done; the run ends with exit status 2."""


class UnreadableError(LintnewsError):
    """A file that cannot be read as an article."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class ConfigError(LintnewsError):
    """A configuration that cannot be followed."""


class PageError(LintnewsError):
    """A rule's page, or the code beside it, that cannot be loaded."""

    def __init__(self, path: Path, reason: str, line: int | None = None) -> None:
        place = f"{path}:{line}" if line else f"{path}"
        super().__init__(f"{place}: {reason}")
        self.path = path


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return “; did you mean “x”?” for the nearest of the known words, or nothing when none is near."""
    from difflib import get_close_matches  # noqa: PLC0415  only a run that fails needs it

    nearest = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"; did you mean “{nearest[0]}”?" if nearest else ""
