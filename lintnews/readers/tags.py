"""Reads the tags of HTML: where they stand, and their attributes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from html.entities import html5

import turbohtml
from turbohtml import Element, Token

from lintnews.document import Run, Text
from lintnews.source import Source, Span

_NAME = re.compile(r"<[^\s/>]*+")
_ATTRIBUTE = re.compile(
    r"[ \t\n\f\r/]*+([^ \t\n\f\r/>][^ \t\n\f\r/>=]*+)"
    r"(?:[ \t\n\f\r]*+=[ \t\n\f\r]*+(?:\"([^\"]*+)\"|'([^']*+)'|([^ \t\n\f\r>]*+)))?+"
)
# A name without a semicolon is none where `=` follows, or `?a=1&copy=2` would lose its second parameter.
_REFERENCE = re.compile(r"&(#[0-9]++;?+|#[xX][0-9a-fA-F]++;?+|[A-Za-z][A-Za-z0-9]*+(?:;|(?!=)))")


def whole(source: Source) -> Text:
    """Return all of a source."""
    return Text((Run(source.text, Span(0, len(source.text))),))


def normalised(html: str) -> str:
    """Return HTML as its tokenizer takes it, with each character at the offset at which it stood.

    That needs LF line ends, and a comment in the place of `</>`, which the HTML Standard drops.
    """
    if "\r" in html:
        html = html.replace("\r\n", " \n").replace("\r", "\n")
    return html.replace("</>", "<?>")


def tokens(html: str) -> Iterator[tuple[Token, int]]:
    """Yield each token of normalised HTML and where it begins in it."""
    lines = [0, *(match.end() for match in re.finditer("\n", html))] if "\n" in html else [0]
    for token in turbohtml.tokenize(html, resolve_references=False, capture_source=True, capture_attributes=False):
        yield token, lines[token.line - 1] + token.col


@dataclass
class Tag:
    """A start tag's attributes, each value at its place; the first of two with one name counts."""

    html: Text
    start: int
    end: int

    @cached_property
    def _places(self) -> dict[str, Span]:
        return attributes(self.html.plain, self.start, self.end)

    @classmethod
    def of(cls, html: Text, element: Element) -> Tag:
        """Return the start tag of an element of the tree that was parsed from `html`."""
        place = element.source_location
        return cls(html, place.start_tag.start_offset, place.start_tag.end_offset) if place else cls(html, 0, 0)

    def value(self, name: str) -> Text | None:
        """Return an attribute's value, or `None` where there is no such attribute."""
        place = self._places.get(name)
        return _resolved(self.html, place) if place else None

    @property
    def names(self) -> Iterable[str]:
        """The names of the attributes."""
        return self._places

    def given(self, name: str) -> bool:
        """Return whether an attribute has a value, were it an empty one; `<img alt>` has none."""
        place = self._places.get(name)
        return place is not None and self.html.plain[place.start - 1 : place.start] in {"=", '"', "'"}

    def word(self, name: str) -> str:
        """Return an attribute's value in lower case, as it is written; empty where there is no such attribute."""
        place = self._places.get(name)
        return self.html.plain[place.start : place.end].strip().lower() if place else ""


def attributes(html: str, start: int, end: int) -> dict[str, Span]:
    """Return where the attribute values of the start tag from `start` to `end` stand, by attribute name.

    The tag is one that the tokenizer has delimited, by the states 13.2.5.32 to 13.2.5.40 of the HTML Standard.
    """
    found: dict[str, Span] = {}
    name = _NAME.match(html, start, end)
    at = name.end() if name else end
    while match := _ATTRIBUTE.match(html, at, end):
        at = match.end()
        group = match.lastindex or 1
        found.setdefault(match[1].lower(), Span(*match.span(group)) if group > 1 else Span(at, at))
    return found


def content(element: Element) -> Span | None:
    """Return where an element's content stands, or `None` where a tag of it is implied."""
    place = element.source_location
    return Span(place.start_tag.end_offset, place.end_tag.start_offset) if place and place.end_tag else None


def _resolved(html: Text, place: Span) -> Text:
    """Return the attribute value at `place`; each character reference is a run of its own."""
    runs: list[Run] = []
    low, end = place
    for match in _REFERENCE.finditer(html.plain, low, end):
        if match[1][0] == "#" or match[1] in html5:
            runs += html.slice(low, match.start()).runs
            runs.append(Run(unescape(match[0]), html.span(*match.span())))
            low = match.end()
    rest = html.slice(low, end)
    return Text((*runs, *rest.runs)) if runs else rest
