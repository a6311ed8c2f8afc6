"""Reads an image's tag: its address, its names, and whether it is shown to anybody."""

from __future__ import annotations

import re

from lintnews.document import CONTROLS, OBJECT, Image, Run, Text
from lintnews.readers.elements import IMAGES
from lintnews.readers.tags import Tag
from lintnews.source import Source, Span

ROLES = frozenset({"img", "image", "graphics-document", "graphics-symbol"})
"""The roles that make an image of any element (WAI-ARIA 1.3 and its graphics module)."""

_DECORATIVE = frozenset({"none", "presentation"})
_ADDRESSES = {"area": "href", "object": "data"}
_LAZY_SOURCES = ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-srcset", "data-lazy-srcset", "srcset")
_PLACEHOLDER = re.compile(
    r"\s*$|data:|.*(?:placeholder|blank|spacer|transparent|1x1|pixel)[^/]*$", re.IGNORECASE | re.DOTALL
)
# What a list of “address width, address width” begins with; an address holds no white space.
_ADDRESS = re.compile(r"[^\s,]\S*(?<!,)")
_PICTURE = re.compile(r"[^?#]*\.(?:avif|bmp|gif|jpe?g|png|svg|tiff?|webp)(?:[?#]|$)", re.IGNORECASE)
_UNSEEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))")
# A JSX expression, and one that is a text and nothing else.
_EXPRESSION = re.compile(rf"(?:\{{.*\}}|{OBJECT}+)/?", re.DOTALL)
_LITERAL = re.compile(r"""\{\s*(["'`])((?:(?!\1)[^\\$])*)\1\s*\}/?""")


def image(name: str, tag: Tag, span: Span, source: Source, *, by_hand: bool = False) -> Image | None:
    """Return the image that the start tag of an element shows, or `None` where it shows none.

    A pixel that counts visitors shows none, nor does a drawing that is not said to be an image. `alt` without a value
    declares nothing where it is written by hand; in a page a tool may have shortened `alt=""` to it.
    """
    says = role(tag)
    if not _shows_one(name, says, tag):
        return None
    return Image(
        span=span,
        url=_address(name, tag),
        alt=None if by_hand and not tag.given("alt") else _literal(tag.value("alt"), source),
        title=_literal(tag.value("title"), source),
        label=_literal(tag.value("aria-label"), source) or None,
        hidden=hides(tag) or (says in _DECORATIVE and name not in CONTROLS and not _announced(tag)),
        element=name,
    )


def role(tag: Tag) -> str:
    """Return the element's role, as it is written; of several the first."""
    return tag.word("role").partition(" ")[0]


def hides(tag: Tag) -> bool:
    """Return whether the element and what is in it are taken from assistive technology."""
    if tag.word("aria-hidden") == "true" or tag.value("hidden") is not None:
        return True
    style = tag.word("style")
    return bool(style) and _UNSEEN.search(style) is not None


def _shows_one(name: str, says: str, tag: Tag) -> bool:
    if name in IMAGES:
        return not (tag.word("width") in {"0", "1"} and tag.word("height") in {"0", "1"})
    if name == "area":
        return tag.value("href") is not None
    if name == "input":
        return tag.word("type") == "image"
    if name in {"object", "embed"}:
        address = tag.value(_ADDRESSES.get(name, "src")) or Text()
        return tag.word("type").startswith("image/") or _PICTURE.match(address.plain) is not None
    named = name == "canvas" and any(tag.word(key) for key in ("aria-label", "aria-labelledby", "title"))
    return named or says in ROLES


def _announced(tag: Tag) -> bool:
    """Return whether a role that takes an element out is void, as it has the focus or says more of itself.

    https://www.w3.org/TR/wai-aria-1.2/#conflict_resolution_presentation_none
    """
    if tag.value("tabindex") is not None:
        return True
    return any(name.startswith("aria-") and name != "aria-hidden" and tag.word(name) for name in tag.names)


def _address(name: str, tag: Tag) -> Text:
    """Return the address of the image, or the one that a script puts in the place of a stand-in."""
    source = tag.value(_ADDRESSES.get(name, "src")) or Text()
    if not _PLACEHOLDER.match(source.plain):
        return source
    for key in _LAZY_SOURCES:
        url = tag.value(key) or Text()
        if found := _ADDRESS.search(url.plain):
            return url.slice(*found.span())
    return source


def _literal(value: Text | None, source: Source) -> Text | None:
    """Return an attribute's value; of JSX that of a literal, and an object for what is known only when it runs."""
    if not value or not _EXPRESSION.fullmatch(value.plain):
        return value
    span = value.span()
    if source.text[span.start - 1 : span.start] in {'"', "'"}:
        return value
    literal = _LITERAL.fullmatch(source.text, *span)
    if literal is None:
        return Text((Run(OBJECT, span),))
    return Text((Run(literal[2], Span(*literal.span(2))),)) if literal[2] else Text()
