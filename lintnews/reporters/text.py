"""Reports for people at a terminal: the words in question in a frame, or a line each."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO
from unicodedata import category, east_asian_width

from lintnews.engine import Report
from lintnews.fixes import fixed
from lintnews.reporters import Summary
from lintnews.rule import Finding, Level
from lintnews.source import Source, Span

_COLORS = {Level.ERROR: "31", Level.WARNING: "33", Level.REVIEW: "35", Level.NOTE: "34"}
_BOLD, _DIM, _BLUE, _GREEN, _RED = "1", "2", "34", "32", "31"
_WIDTH = 120
"""Columns of a frame where there is no terminal to ask."""

# What a terminal would obey or leave out of sight: controls, and the marks that turn the reading direction.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]")

_JOINER = "\u200d"
"""What joins several emoji to one; a terminal that cannot draw the whole draws its parts."""


def write_text(reports: Iterable[Report], stream: TextIO, *, color: bool = False) -> Summary:
    """Write each finding as a frame: level, rule and message, the place, the words with carets, and the help."""
    width = shutil.get_terminal_size((_WIDTH, 0)).columns if stream.isatty() else _WIDTH
    pen = _Pen(color)
    return _write(reports, stream, pen, lambda source, finding: (*_frame(source, finding, pen, width), ""))


def write_concise(reports: Iterable[Report], stream: TextIO, *, color: bool = False) -> Summary:
    """Write each finding on a line: place, level, rule and message."""
    pen = _Pen(color)

    def line(source: Source, finding: Finding) -> tuple[str]:
        return (f"{pen(_BOLD, _place(source, finding))}: {_title(finding, pen)}",)

    return _write(reports, stream, pen, line)


def _write(
    reports: Iterable[Report], stream: TextIO, pen: _Pen, lines: Callable[[Source, Finding], Iterable[str]]
) -> Summary:
    summary = Summary()
    for report in reports:
        summary.add(report)
        if report.source is None:
            continue
        for finding in report.findings:
            stream.writelines(line + "\n" for line in lines(report.source, finding))
    stream.write(_totals(summary, pen) + "\n")
    return summary


class _Pen:
    """Writes in colour, or does not."""

    def __init__(self, color: bool) -> None:
        self._color = color

    def __call__(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._color and text else text


def _title(finding: Finding, pen: _Pen) -> str:
    level = pen(f"{_BOLD};{_COLORS[finding.level]}", finding.level.value)
    return f"{level}[{finding.rule}]: {_seen(finding.message)}"


def _place(source: Source, finding: Finding) -> str:
    line, column = source.position(finding.span.start)
    # Who reads it in a word processor finds a paragraph by its words, and counts no characters.
    place = f"¶{line}" if source.extracted else f"{line}:{column}"
    return f"{_seen(str(source.path))}:{place}"


def _frame(source: Source, finding: Finding, pen: _Pen, width: int) -> Iterator[str]:
    number = source.position(finding.span.start).line
    gutter = " " * len(str(number))
    bar = pen(_BLUE, "|")
    before, marked, after, more = _excerpt(source, finding.span, max(40, width - len(gutter) - 4))
    yield _title(finding, pen)
    yield f"{gutter}{pen(_BLUE, '-->')} {_place(source, finding)}"
    yield f"{gutter} {bar}"
    yield f"{pen(_BLUE, str(number))} {bar} {before}{marked}{after}"
    carets = "^" * max(1, _columns(marked))
    color = f"{_BOLD};{_COLORS[finding.level]}"
    yield f"{gutter} {bar} {' ' * _columns(before)}{pen(color, carets)}{more}"
    yield from _help(source, finding, pen, width)


def _help(source: Source, finding: Finding, pen: _Pen, width: int) -> Iterator[str]:
    if finding.suggestions:
        choices = " or ".join(f"“{_seen(suggestion)}”" for suggestion in finding.suggestions)
        yield f"{pen(_BOLD, 'help')}: write {choices}"
    if finding.fix is None:
        return
    low = min(edit.span.start for edit in finding.fix.edits)
    high = max(edit.span.end for edit in finding.fix.edits)
    old = Span(source.line(source.position(low).line).start, source.line(source.position(max(low, high - 1)).line).end)
    if high > old.end or old.end - old.start > width * 4:
        old = Span(low, high)
    new = fixed(source.text, [finding.fix])
    changed = new[old.start : len(new) - (len(source.text) - old.end)]
    first, last = source.position(finding.span.start).line, source.position(finding.span.end).line
    if last > first and not changed.strip():
        yield f"{pen(_BOLD, 'help')}: {'' if finding.fix.safe else 'if this is right, '}delete lines {first} to {last}"
        return
    if not finding.suggestions:
        yield f"{pen(_BOLD, 'help')}: {'' if finding.fix.safe else 'if this is right, '}change it so"
    yield pen(_RED, f"  - {_clipped(source[old], width - 4).rstrip()}")
    if changed:
        yield pen(_GREEN, f"  + {_clipped(changed, width - 4)}")


def _excerpt(source: Source, span: Span, width: int) -> tuple[str, str, str, str]:
    """Return the first line of the span as what stands before it, what it marks, and what follows, cut to the width."""
    line = source.line(source.position(span.start).line)
    end = min(span.end, line.end)
    more = f" … and on to line {source.position(span.end).line}" if span.end > line.end + 2 else ""
    whole = _seen(source[Span(span.start, end)])
    marked = _kept(whole, width, from_end=False)
    room = width - _columns(marked)
    before = _seen(source[Span(line.start, span.start)])
    after = _seen(source[Span(end, line.end)]) if marked == whole else ""
    if _columns(before) + _columns(after) > room:
        left = min(_columns(before), max(room * 2 // 3, room - _columns(after)))
        before = _kept(before, left, from_end=True)
        after = _kept(after, room - _columns(before), from_end=False)
    return before, marked, after, more


def _kept(text: str, columns: int, *, from_end: bool) -> str:
    """Return as much of the text as has room, cut at a word, with an ellipsis where it is cut."""
    if _columns(text) <= columns:
        return text
    room = columns - 2
    characters = reversed(text) if from_end else text
    kept: list[str] = []
    for character in characters:
        room -= _columns(character)
        if room < 0:
            break
        kept.append(character)
    joined = "".join(reversed(kept)) if from_end else "".join(kept)
    if from_end:
        # A web address has no word to cut at.
        return "… " + (joined.partition(" ")[2] or joined)
    return (joined.rpartition(" ")[0] or joined) + " …"


def _clipped(text: str, columns: int) -> str:
    return _kept(_seen(text), max(columns, 20), from_end=False)


def _seen(text: str) -> str:
    """Return the text with each control and direction mark as the one character that stands for it."""
    return _UNSEEN.sub(lambda match: " " if match[0] in "\t\n\r\u2028" else "�", text)


def _columns(text: str) -> int:
    """Return how many columns of a terminal the text takes (Unicode Standard Annex 11)."""
    if text.isascii():
        return len(text)
    return sum(
        0 if category(each) in {"Mn", "Me"} or each == _JOINER else 2 if east_asian_width(each) in "WF" else 1
        for each in text
    )


def _totals(summary: Summary, pen: _Pen) -> str:
    files = _count(summary.files, "file")
    if not summary.levels.total():
        return f"{pen(_GREEN, 'No findings')} in {files}." if summary.files else "No file was checked."
    nouns = {Level.ERROR: "error", Level.WARNING: "warning", Level.REVIEW: "to review", Level.NOTE: "note"}
    parts = []
    for level, noun in nouns.items():
        if number := summary.levels[level]:
            text = f"{number} {noun}" if level is Level.REVIEW else _count(number, noun)
            parts.append(pen(_COLORS[level], text))
    return f"Found {', '.join(parts)} in {summary.files_with_findings} of {files}."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
