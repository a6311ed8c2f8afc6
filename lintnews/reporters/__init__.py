"""Writes reports down, in the format the user asked for; one module a format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, TextIO

from lintnews.rule import Level

if TYPE_CHECKING:
    from lintnews.engine import Report


@dataclass
class Summary:
    """What a run comes to: files, findings by level, failures."""

    files: int = 0
    files_with_findings: int = 0
    failures: int = 0
    levels: Counter[Level] = field(default_factory=Counter)

    def add(self, report: Report) -> None:
        """Count one more report; a file that could not be read is no file that was checked."""
        self.files += report.source is not None
        self.files_with_findings += bool(report.findings)
        self.failures += len(report.failures)
        self.levels.update(finding.level for finding in report.findings)

    def as_json(self) -> dict[str, int]:
        """Return the counts under the names the JSON output gives them."""
        return {
            "files": self.files,
            "errors": self.levels[Level.ERROR],
            "warnings": self.levels[Level.WARNING],
            "reviews": self.levels[Level.REVIEW],
            "notes": self.levels[Level.NOTE],
            "failures": self.failures,
        }


class Reporter(Protocol):
    """Writes reports to a stream as they come, and returns what they come to."""

    def __call__(self, reports: Iterable[Report], stream: TextIO, *, color: bool) -> Summary:
        """Write every report."""


FORMATS: Mapping[str, tuple[str, str]] = {
    "text": ("text", "write_text"),
    "concise": ("text", "write_concise"),
    "json": ("json", "write_json"),
    "jsonl": ("json", "write_jsonl"),
}
"""The output formats, and the module and function that write each."""


def reporter(name: str) -> Reporter:
    """Return the reporter of an output format; its module is loaded only now."""
    module, function = FORMATS[name]
    found: Reporter = getattr(import_module(f"lintnews.reporters.{module}"), function)
    return found
