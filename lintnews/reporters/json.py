"""Reports as JSON, whole or a line each; `docs/output.md` and `docs/output.schema.json` hold the contract."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from lintnews import __version__
from lintnews.engine import Report
from lintnews.fingerprints import fingerprints
from lintnews.reporters import Summary
from lintnews.rule import Fix

SCHEMA_VERSION = 1
_TOOL = {"name": "lintnews", "version": __version__}


def write_json(reports: Iterable[Report], stream: TextIO, *, color: bool = False) -> Summary:  # noqa: ARG001
    """Write one JSON object, file by file as reports come, so that an archive need not fit into memory."""
    summary = Summary()
    stream.write(f'{{"schema_version": {SCHEMA_VERSION}, "tool": {json.dumps(_TOOL)}, "files": [')
    for number, report in enumerate(reports):
        summary.add(report)
        stream.write(",\n" if number else "\n")
        stream.write(json.dumps(_file(report), ensure_ascii=False))
    stream.write(f'\n], "summary": {json.dumps(summary.as_json())}}}\n')
    return summary


def write_jsonl(reports: Iterable[Report], stream: TextIO, *, color: bool = False) -> Summary:  # noqa: ARG001
    """Write a line for each finding and failure, and one for the summary; `type` tells which it is."""
    summary = Summary()
    for report in reports:
        summary.add(report)
        path = _path(report)
        for finding in _findings(report):
            _write_line(stream, {"type": "finding", "path": path, **finding})
        for failure in report.failures:
            _write_line(stream, {"type": "failure", "path": path, "message": _text(failure.message)})
    _write_line(stream, {"type": "summary", "tool": _TOOL, "schema_version": SCHEMA_VERSION, **summary.as_json()})
    return summary


def _write_line(stream: TextIO, value: dict[str, Any]) -> None:
    stream.write(json.dumps(value, ensure_ascii=False) + "\n")


def _file(report: Report) -> dict[str, Any]:
    return {
        "path": _path(report),
        "findings": list(_findings(report)),
        "failures": [{"message": _text(failure.message)} for failure in report.failures],
    }


def _path(report: Report) -> str:
    # A file name may hold bytes that are no text; a JSON file may not.
    return _text(report.path.as_posix())


def _text(text: str) -> str:
    return text.encode(errors="surrogateescape").decode(errors="replace")


def _findings(report: Report) -> Iterator[dict[str, Any]]:
    source = report.source
    if source is None:
        return
    for finding, fingerprint in zip(report.findings, fingerprints(source, report.findings), strict=True):
        start, end = source.position(finding.span.start), source.position(finding.span.end)
        yield {
            "rule": finding.rule,
            "group": finding.group,
            "level": finding.level.value,
            "message": finding.message,
            "start": finding.span.start,
            "end": finding.span.end,
            "line": start.line,
            "column": start.column,
            "end_line": end.line,
            "end_column": end.column,
            "text": source[finding.span],
            "suggestions": list(finding.suggestions),
            "fix": _fix(finding.fix),
            "fingerprint": fingerprint,
        }


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    edits = [{"start": edit.span.start, "end": edit.span.end, "text": edit.text} for edit in fix.edits]
    return {"safe": fix.safe, "edits": edits}
