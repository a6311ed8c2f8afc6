"""The words of WordprocessingML: its namespaces, switches, small numbers and field codes (ISO/IEC 29500)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

_Handler = TypeVar("_Handler")

_FIELD_WORD = re.compile(r'\\(\w)|"((?:[^"\\]|\\.)*)"|(\S+)')
_LONGEST_CODE = 5_000
"""Characters of a field's code that are read; the longest address that browsers take has some two thousand."""

_OFFICE = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
# The namespaces by their usual prefixes, the transitional and the strict one (ISO/IEC 29500-4 and -1).
_NAMESPACES = {
    "w": (f"{_OFFICE}wordprocessingml/2006/main", f"{_STRICT}wordprocessingml/main"),
    "wp": (f"{_OFFICE}drawingml/2006/wordprocessingDrawing", f"{_STRICT}drawingml/wordprocessingDrawing"),
    "a": (f"{_OFFICE}drawingml/2006/main", f"{_STRICT}drawingml/main"),
    "c": (f"{_OFFICE}drawingml/2006/chart", f"{_STRICT}drawingml/chart"),
    "dgm": (f"{_OFFICE}drawingml/2006/diagram", f"{_STRICT}drawingml/diagram"),
    "m": (f"{_OFFICE}officeDocument/2006/math", f"{_STRICT}officeDocument/math"),
    "cx": ("http://schemas.microsoft.com/office/drawing/2014/chartex",),
    "mc": (f"{_OFFICE}markup-compatibility/2006",),
    "adec": ("http://schemas.microsoft.com/office/drawing/2017/decorative",),
    "v": ("urn:schemas-microsoft-com:vml",),
}


def named(names: str) -> frozenset[str]:
    """Return elements, written `w:p w:r`, as the parser calls them, in either namespace."""
    pairs = (name.split(":") for name in names.split())
    return frozenset(f"{namespace} {local_name}" for prefix, local_name in pairs for namespace in _NAMESPACES[prefix])


def table(rows: Mapping[str, _Handler]) -> Mapping[str, _Handler]:
    """Return what is to be done for each element, for each of its names."""
    return {name: handler for names, handler in rows.items() for name in named(names)}


def local(given: Mapping[str, str]) -> Mapping[str, str]:
    """Return an element's attributes by their local names."""
    return {name.rpartition(" ")[2]: value for name, value in given.items()}


def on(value: str | None) -> bool:
    """Return whether a switch is on; one that says nothing is."""
    return value not in {"0", "false", "off", "none"}


def number(value: str | None, otherwise: int = 0) -> int:
    """Return a small number as it is written, or another where it is none."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 4 else otherwise  # noqa: PLR2004


def hyperlink(code: str) -> tuple[str, str]:
    """Return where a field leads, and its tooltip; empty if it is no HYPERLINK (ISO/IEC 29500-1, 17.16.5.25)."""
    words = [match.groups("") for match in _FIELD_WORD.finditer(code[:_LONGEST_CODE])]
    if not words or words[0][2].upper() != "HYPERLINK":
        return "", ""
    url, switches, switch = "", {"l": "", "o": ""}, ""
    for letter, quoted, bare in words[1:]:
        word = re.sub(r"\\(.)", r"\1", quoted) or bare
        if letter:
            # These two take a word; \t takes the name of a window, and the others nothing.
            switch = letter.lower() if letter.lower() in "lot" else ""
        elif switch:
            switches[switch], switch = word, ""
        else:
            url = url or word
    return (f"{url}#{switches['l']}" if url and switches["l"] else url), switches["o"]
