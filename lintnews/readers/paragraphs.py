"""The paragraphs of a Word document, as they stand between its XML and the document that rules see."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from lintnews.readers.styles import Look

BREAK = "\u2028"
"""U+2028 LINE SEPARATOR: a line break inside a paragraph, so that each line of the extracted text is a paragraph."""
SHAPE = "▣"
"""U+25A3: what stands in the extracted text for an image, a formula or a symbol out of a font."""


class Picture(NamedTuple):
    """An image as its frame describes it; `alt` is `None` where nobody wrote one, and empty where it is decorative."""

    alt: str | None
    title: str
    url: str


class Target(NamedTuple):
    """Where a link leads."""

    url: str
    title: str


class Piece(NamedTuple):
    """A part of a paragraph, and the text it adds: none, if it is where a link begins or ends."""

    kind: str
    """`text`, `strong`, `break`, `object`, `image`, `link` or `link-end`."""
    text: str = ""
    of: Picture | Target | None = None


@dataclass(slots=True)
class Paragraph:
    """A paragraph: one line of the extracted text."""

    containers: tuple[tuple[str, int], ...]
    """What it stands in, outermost first, each told from others of its name by a number."""
    look: Look = field(default_factory=Look)
    pieces: list[Piece] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)
    """How many of its characters name which language."""

    @property
    def text(self) -> str:
        """The line it makes."""
        return "".join(piece.text for piece in self.pieces)
