"""Reads what the styles of a Word document make of its paragraphs: headings, quotations, captions, list items."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from lintnews.readers.ooxml import local, number, on
from lintnews.readers.package import Attributes, Package

# The names of built-in styles stand in the file in English, whatever the language of the program (ISO/IEC 29500-1,
# 17.7.4.9); “Quotations” is LibreOffice's.
_HEADING = re.compile(r"heading ?([1-9])?")
_KINDS = {
    "title": "heading",
    "caption": "caption",
    "block text": "quotation",
    "intense quote": "quotation",
    "intensequote": "quotation",
    "quotations": "quotation",
    "quote": "quotation",
    "toc heading": "contents",
    "tocheading": "contents",
}
_CONTENTS = re.compile(r"toc ?[1-9]")
_BODY_LEVEL = 9
"""The outline level of what is no heading."""
_LONGEST_CHAIN = 20
"""Styles based on each other; Word allows ten."""


class Look(NamedTuple):
    """What a style makes of a paragraph or of text."""

    kind: str = "paragraph"
    """`paragraph`, `heading`, `quotation`, `caption`, or `contents` for a line of a table of contents."""
    depth: int = 0
    """A heading's rank from 1."""
    level: int | None = None
    """How deep in lists it stands, from 0; `None` for what is no list item."""
    hidden: bool = False
    strong: bool = False


@dataclass
class _Style:
    name: str
    base: str = ""
    outline: int | None = None
    number: str = ""
    level: int = 0
    hidden: bool | None = None
    strong: bool | None = None


class Styles:
    """The styles of a document; those it does not define are read by the ids that programs give them."""

    def __init__(self, package: Package, part: str = "") -> None:
        """Read the part that holds the styles, if there is one."""
        self.language = ""
        """The language of text that names none, as a language tag; empty where the styles have none."""
        self._styles: dict[str, _Style] = {}
        self._looks: dict[str, Look] = {}
        self._open: _Style | None = None
        self._default = False
        """Whether what is being read holds for all text: the document's defaults, or the default paragraph style."""
        self._old = 0
        """How many open elements hold what a tracked change has replaced."""
        if part:
            package.parse(part, self._start, self._end)

    def look(self, style: str) -> Look:
        """Return what the style of an id makes of its text."""
        if style not in self._looks:
            self._looks[style] = self._look(style)
        return self._looks[style]

    def _look(self, style: str) -> Look:
        chain: list[_Style] = []
        while style and len(chain) < _LONGEST_CHAIN:
            found = self._styles.get(style) or _Style(style)
            chain.append(found)
            style = found.base
        kind, depth = next((named for each in chain if (named := _kind(each.name))), ("paragraph", 0))
        outline = next((each.outline for each in chain if each.outline is not None), _BODY_LEVEL)
        if kind == "paragraph" and outline < _BODY_LEVEL:
            kind, depth = "heading", outline + 1
        numbered = next((each for each in chain if each.number), None)
        return Look(
            kind,
            depth,
            numbered.level if numbered and numbered.number != "0" else None,
            hidden=next((each.hidden for each in chain if each.hidden is not None), False),
            strong=next((each.strong for each in chain if each.strong is not None), False),
        )

    def _start(self, element: str, given: Attributes) -> None:
        name = element.rpartition(" ")[2]
        if name.endswith("PrChange"):
            self._old += 1
        elif self._old:
            return
        elif name == "style":
            values = local(given)
            self._open = _Style("")
            self._default = values.get("type") == "paragraph" and on(values.get("default", "0"))
            self._styles.setdefault(values.get("styleId", ""), self._open)
        elif name == "rPrDefault":
            self._default = True
        elif name == "lang" and self._default:
            self.language = local(given).get("val", "") or self.language
        elif self._open is not None:
            _set(self._open, name, local(given).get("val"))

    def _end(self, element: str) -> None:
        name = element.rpartition(" ")[2]
        if name.endswith("PrChange"):
            self._old -= 1
        elif name in {"style", "rPrDefault"}:
            self._open, self._default = None, False


def _set(style: _Style, name: str, value: str | None) -> None:
    match name:
        case "name":
            style.name = value or ""
        case "basedOn":
            style.base = value or ""
        case "outlineLvl":
            style.outline = number(value, _BODY_LEVEL)
        case "numId":
            style.number = value or ""
        case "ilvl":
            style.level = number(value)
        case "vanish":
            style.hidden = on(value)
        case "b":
            style.strong = on(value)


def _kind(name: str) -> tuple[str, int] | None:
    name = name.strip().lower()
    if heading := _HEADING.fullmatch(name):
        return ("heading", int(heading[1])) if heading[1] else None
    if _CONTENTS.fullmatch(name):
        return "contents", 0
    return (_KINDS[name], int(name == "title")) if name in _KINDS else None
