"""Finds images that readers who do not see them are told nothing about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.document import Document, Image, Text
from lintnews.rule import Finding, Rule


@dataclass(frozen=True)
class MissingAltText(Rule):
    """An image that has no alt text, no name from elsewhere, and is not hidden from assistive technology."""

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each image without alt text."""
        for image in document.images:
            if not image.hidden and not _declared(image.alt) and not _named(image, document):
                yield self.finding(image.span)


def _declared(alt: Text | None) -> bool:
    """Return whether there is alt text, or the empty one that says “decorative”; spaces alone say nothing."""
    return alt is not None and (not alt or not alt.plain.isspace())


def _named(image: Image, document: Document) -> bool:
    """Return whether the image has a name by `aria-label`, `aria-labelledby` or HTML's `title`.

    Markdown renders `![](x "title")` with an empty `alt`, which hides the image and its title with it.
    """
    titled = image.title if document.source[image.span].startswith("<") else None
    return any(name and not name.plain.isspace() for name in (image.label, titled))
