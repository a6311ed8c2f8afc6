"""Finds alt texts that say the same as the caption."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.document import WORD, Block, Document, Image
from lintnews.rule import Finding, Rule

_SPACE_AND_MARKS = re.compile(r"[\W_]+")
# How much longer than the alt text a caption may be that adds no more than a credit to it.
_CREDIT = 80
_CREDITED = re.compile(r"©|\([cC]\)|[:/|]|\b(?i:credit|photo|foto|bild|by|via|courtesy|getty|reuters|quelle|crédit)")


@dataclass(frozen=True)
class CaptionAsAltText(Rule):
    """An alt text of some words that is the caption of its figure, or the whole paragraph below its image."""

    least_words: int = 4

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding at each such alt text."""
        for image in document.images:
            name, below = image.name, _below(document, image)
            if not name or below is None or len(WORD.findall(name.plain)) < self.least_words:
                continue
            if _says(below.text.plain, name.plain, credited=below.type == "caption"):
                yield self.finding(name.span(), match=name.plain)


def _below(document: Document, image: Image) -> Block | None:
    """Return the caption of the image's figure, or the paragraph that comes after an image on its own."""
    if image.caption is not None:
        return document.blocks[image.caption]
    if image.block is None or image.link is not None or image.block >= len(document.blocks):
        return None
    block = document.blocks[image.block]
    return block if block.type == "paragraph" and block.span.start >= image.span.end else None


def _says(caption: str, name: str, *, credited: bool) -> bool:
    """Return whether a caption is the alt text, with a credit after it at most."""
    words, said = _plain(name), _plain(caption)
    if words == said:
        return True
    rest = said[len(words) :]
    after = caption[-len(rest) - 1 :] if rest else ""
    return credited and said.startswith(words) and len(rest) <= _CREDIT and _CREDITED.search(after) is not None


def _plain(text: str) -> str:
    return _SPACE_AND_MARKS.sub(" ", text.lower()).strip()
