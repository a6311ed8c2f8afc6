"""Says in a terminal what a rule's page says."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from lintnews.page import Example, Page
from lintnews.rule import Level

_WIDTH = 88


def explanation(page: Page, *, level: Level, on: bool) -> str:
    """Return the page as plain text: what the rule finds, why, how often it is right, its options and examples."""
    return "\n".join(_lines(page, level, on=on)).rstrip()


def _lines(page: Page, level: Level, *, on: bool) -> Iterator[str]:
    yield f"{page.id} ({page.group}) · {level.value}{'' if on else ' · off'}"
    yield page.summary
    yield ""
    for paragraph in page.why.split("\n\n"):
        yield textwrap.fill(" ".join(paragraph.split()), _WIDTH)
        yield ""
    if page.languages:
        yield f"Languages: {', '.join(page.languages)}"
    if page.markets:
        yield f"Markets: {', '.join(page.markets)}"
    for line in page.measured:
        yield textwrap.fill(f"Measured: {line}", _WIDTH, subsequent_indent="  ")
    for name, option in page.options.items():
        yield textwrap.fill(f"Option {name} (default {option.default}): {option.about}", _WIDTH, subsequent_indent="  ")
    for source in page.sources:
        yield f"Source: {source}"
    for verdict, heading in (("bad", "Fires on"), ("good", "Lets pass")):
        example = next((each for each in page.examples if each.verdict == verdict), None)
        if example:
            yield ""
            yield f"{heading}:"
            yield from _shown(example)
    yield ""
    yield f"Allow it once with a reason:  <!-- lintnews: allow {page.id}: why it may stay -->"
    yield f"Its page:  {page.path}"


def _shown(example: Example) -> Iterator[str]:
    marks = {mark.line: mark for mark in example.marks}
    for number, line in enumerate(example.text.rstrip("\n").split("\n"), start=1):
        yield f"    {line}"
        if mark := marks.get(number):
            yield f"    {' ' * mark.start}{'^' * (mark.end - mark.start)}"
