"""The examples on a rule's page, which are its tests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Literal, cast

from lintnews.errors import PageError, did_you_mean
from lintnews.page import EXAMPLE_FORMATS, Example, Mark, Page

_VERDICTS = frozenset({"bad", "good", "fixed"})
_CARETS = re.compile(r"[ \t]*(\^+)(?: (.*))?")


def examples(page: Page) -> Iterator[Example]:
    """Yield the page's examples, in order.

    Raises:
        PageError: a fence that is an example but names no format, or whose carets point at nothing.
    """
    import pyromark  # noqa: PLC0415  pages are run for their examples only when tested or explained

    start = len(page.text) - len(page.body)
    data = page.body.encode()
    info: list[str] | None = None
    place = 0
    pieces: list[str] = []
    events: Iterable[tuple[Any, Any]] = pyromark.events_with_range(page.body)
    for event, extent in events:
        match event:
            case {"Start": {"CodeBlock": {"Fenced": info_string}}}:
                info, place, pieces = info_string.split(), extent["start"], []
            case {"Text": text} if info is not None:
                pieces.append(text)
            case {"End": "CodeBlock"} if info is not None:
                line = page.text.count("\n", 0, start) + data.count(b"\n", 0, place) + 1
                if example := _example(page, info, "".join(pieces), line):
                    yield example
                info = None


def _example(page: Page, info: list[str], text: str, line: int) -> Example | None:
    verdicts = [word for word in info if word in _VERDICTS]
    if not verdicts:
        if len(info) > 1 and info[0] in EXAMPLE_FORMATS:
            nearest = did_you_mean(info[1].lower(), _VERDICTS)
            raise PageError(page.path, f"an example is bad, good or fixed; found “{info[1]}”{nearest}", line)
        return None
    attributes = dict(word.split("=", 1) for word in info[1:] if "=" in word)
    if info[0] not in EXAMPLE_FORMATS or set(attributes) - {"encoding"}:
        wanted = f"its format ({', '.join(EXAMPLE_FORMATS)}), then bad, good or fixed"
        raise PageError(page.path, f"an example's fence says {wanted}; found “{' '.join(info)}”", line)
    encoding = attributes.get("encoding", "utf-8")
    lines, marks = _without_carets(page, text, line)
    try:
        lines.encode(encoding)
    except (LookupError, UnicodeEncodeError) as error:
        raise PageError(page.path, f"this example cannot be written as “{encoding}”: {error}", line) from error
    return Example(
        verdict=cast("Literal['bad', 'good', 'fixed']", verdicts[0]),
        format=info[0],
        text=lines,
        line=line,
        marks=marks,
        encoding=encoding,
    )


def _without_carets(page: Page, text: str, fence: int) -> tuple[str, tuple[Mark, ...]]:
    lines: list[str] = []
    marks = []
    for number, line in enumerate(text.split("\n"), start=1):
        carets = _CARETS.fullmatch(line)
        if not carets:
            lines.append(line)
            continue
        if not lines or carets.end(1) > len(lines[-1]):
            raise PageError(page.path, "these carets point past the line above them", fence + number)
        suggestions = tuple(part.strip() for part in carets[2].split(" | ")) if carets[2] else ()
        marks.append(Mark(len(lines), carets.start(1), carets.end(1), suggestions))
    return "\n".join(lines), tuple(marks)
