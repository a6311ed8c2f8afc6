"""Tells charts whose figures are nowhere in the text from those that stand beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lintnews.document import Block, Document, Image
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Finding

_LAID_OUT = frozenset({"tableCell", "listItem", "code"})


class ChartWithoutData(PatternRule):
    """A chart by its alt text or caption, without a number there or near, and without a table or list."""

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield the findings for charts whose figures are only in the picture."""
        named = {id(image.name): image for image in document.images}
        captioned = {image.caption: image for image in document.images if image.caption is not None}
        seen: set[int] = set()
        kept = []
        for hit in hits:
            block = hit.target.block
            image = named.get(id(hit.target.text)) if block is None else captioned.get(document.index(block))
            if image and image.span.start not in seen and not _has_data(document, image):
                seen.add(image.span.start)
                kept.append(hit)
        yield from super().judge(document, kept)


def _has_data(document: Document, image: Image) -> bool:
    """Return whether a number, a table or a list stands in the image's words or right beside it."""
    words = image.name.plain if image.name else ""
    if any(character.isdigit() for character in words):
        return True
    return any(map(_is_data, _beside(document, image)))


def _beside(document: Document, image: Image) -> Sequence[Block]:
    """Return the block the image stands in or before, those around it, and its caption with the one after that."""
    at = image.block or 0
    near = document.blocks[max(0, at - 1) : at + 2]
    return near if image.caption is None else (*near, *document.blocks[image.caption : image.caption + 2])


def _is_data(block: Block) -> bool:
    return block.type in _LAID_OUT or any(character.isdigit() for character in block.text.plain)
