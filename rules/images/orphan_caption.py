"""Tells a caption that lost its picture from one that stands beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lintnews.document import Document
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Finding

# What shows a picture, or a player, or a chart, without being an image of the document.
_MEDIUM = re.compile(
    r"\{\{|\{%|<(?:img|picture|svg|video|audio|iframe|object|embed|canvas|map|amp-|[a-z]+-(?:image|figure|video))",
    re.IGNORECASE,
)
_FRAMED = frozenset({"code", "tableCell"})
_LEAD_IMAGE = re.compile(r"(?:^|[._:-])(?:image|img|thumbnail|cover|hero|photo|banner|picture)", re.IGNORECASE)
_LEAD_BLOCKS = 3


class OrphanCaption(PatternRule):
    """A caption or credit whose block and neighbours hold no image, and nothing else that a caption could be of."""

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield the findings for captions with nothing to be captions of."""
        blocks = {id(hit.target.block) for hit in hits}
        pictured = {image.block for image in document.images}
        if any(_LEAD_IMAGE.search(key) for key in document.metadata):
            # The page's head shows the picture that the metadata name, above the first blocks.
            pictured.update(range(_LEAD_BLOCKS))
        orphaned = {
            id(block)
            for index, block in enumerate(document.blocks)
            if id(block) in blocks and not _has_company(document, index, pictured)
        }
        yield from super().judge(document, [hit for hit in hits if id(hit.target.block) in orphaned])


def _has_company(document: Document, index: int, pictured: set[int | None]) -> bool:
    """Return whether something stands near the block that it may be the caption of.

    An image on its own counts to the block after it, so that one right above and one right below are both near.
    """
    if pictured & {index - 1, index, index + 1}:
        return True
    blocks = document.blocks
    if "footnoteDefinition" in blocks[index].ancestors:
        return True
    near = blocks[max(0, index - 1) : index + 2]
    if any(block.type in _FRAMED for block in near):
        return True
    start = near[0].span.start
    end = near[-1].span.end if index + 1 < len(blocks) else len(document.source.text)
    return _MEDIUM.search(document.source.text, start if index else 0, end) is not None
