"""Reads an image's tag: its address, its names, and whether it is shown to anybody."""

from __future__ import annotations

import re

from lintnews.document import Image, Text
from lintnews.readers.tags import Tag
from lintnews.source import Span

_LAZY_SOURCES = ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-srcset", "data-lazy-srcset", "srcset")
_PLACEHOLDER = re.compile(
    r"\s*$|data:|.*(?:placeholder|blank|spacer|transparent|1x1|pixel)[^/]*$", re.IGNORECASE | re.DOTALL
)
# What a list of “address width, address width” begins with; an address holds no white space.
_ADDRESS = re.compile(r"[^\s,]\S*(?<!,)")


def image(tag: Tag, span: Span) -> Image | None:
    """Return the image that a tag shows, or `None` for a pixel that counts visitors."""
    if tag.word("width") in {"0", "1"} and tag.word("height") in {"0", "1"}:
        return None
    return Image(
        span=span,
        url=_address(tag),
        alt=tag.value("alt"),
        title=tag.value("title"),
        label=tag.value("aria-label") or None,
        hidden=tag.word("aria-hidden") == "true" or tag.word("role") in {"none", "presentation"},
    )


def _address(tag: Tag) -> Text:
    """Return the address in `src`, or the one that a script puts in the place of a stand-in."""
    source = tag.value("src") or Text()
    if not _PLACEHOLDER.match(source.plain):
        return source
    for name in _LAZY_SOURCES:
        url = tag.value(name) or Text()
        if found := _ADDRESS.search(url.plain):
            return url.slice(*found.span())
    return source
