"""Finds images that nobody is credited for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lintnews.document import Document, Image
from lintnews.rule import Finding, Rule

_LABELS = (
    "photo", "photos", "photograph", "photography", "picture", "image", "illustration", "graphic", "chart", "map",
    "credit", "credits", "source", "courtesy", "copyright", "foto", "fotos", "bild", "bilder", "grafik", "quelle",
    "bildquelle", "bildnachweis", "crédit", "crédits", "photographie", "fuente", "crédito", "imagen", "fotografía",
    "gráfico",
)  # fmt: skip
_AGENCIES = (
    "Getty", "Reuters", "AFP", "AP", "EPA", "dpa", "Shutterstock", "iStock", "Adobe Stock", "Alamy", "imago",
    "picture alliance", "Unsplash", "Pexels", "Pixabay", "Wikimedia", "Flickr", "EFE", "ANSA", "Keystone", "NASA",
    "CC BY", "CC0",
)  # fmt: skip
_PICTURES = frozenset({"", "img", "amp-img", "image", "object", "embed", "gatsbyimage", "staticimage"})


@dataclass(frozen=True)
class MissingImageCredit(Rule):
    """An image that is not decorative, with no credit in its own words, its caption or the paragraphs beside it."""

    labels: tuple[str, ...] = _LABELS
    agencies: tuple[str, ...] = _AGENCIES

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each image without a credit."""
        for image in document.images:
            shown = image.element in _PICTURES and (image.name is None or image.name)
            if shown and not any(map(self._credit.search, _words(document, image))):
                yield self.finding(image.span)

    @cached_property
    def _credit(self) -> re.Pattern[str]:
        labels, agencies = "|".join(map(re.escape, self.labels)), "|".join(map(re.escape, self.agencies))
        return re.compile(
            rf"©|\([cC]\)|\b(?i:{labels})\b(?:\W{{0,2}}[:/|©]|\s(?i:by|of|via|von|par|por|credit|courtesy)\b)"
            rf"|(?<!\w)(?:{agencies})(?!\w)"
        )


def _words(document: Document, image: Image) -> Iterator[str]:
    """Yield the image's own words, its caption with the one after it, and the blocks beside it."""
    yield from (text.plain for text in (image.name, image.title) if text)
    at = image.block or 0
    yield from (block.text.plain for block in document.blocks[max(0, at - 1) : at + 2])
    if image.caption is not None:
        yield from (block.text.plain for block in document.blocks[image.caption : image.caption + 2])
