"""Tells how far a passage goes: to where the article's own copy goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lintnews.document import Block, Document
from lintnews.source import Span

_LINE_ACROSS = re.compile(
    r"^[ \t>]*(?:-[ \t]*){3,}\r?$|^[ \t>]*(?:\*[ \t]*){3,}\r?$|^[ \t>]*(?:_[ \t]*){3,}\r?$|<hr\b", re.MULTILINE
)
_MOST_BLOCKS = 12
"""Blocks that a label can be about; what is longer is a section of the article."""
_MOST_ITEMS = 50
"""Blocks of one list that it can be about, so that many labels cost no more than their number."""


def joined(document: Document, indexes: Iterable[int]) -> Iterator[tuple[list[int], Span]]:
    """Yield the given blocks in runs, with no other block and no line across the page in them, and where they stand."""
    run: list[int] = []
    for index in sorted(indexes):
        if run and (index != run[-1] + 1 or _parted(document, run[-1])):
            yield run, _span(document, run[0], run[-1])
            run = []
        run.append(index)
    if run:
        yield run, _span(document, run[0], run[-1])


def labelled(document: Document, index: int) -> Span:
    """Return the passage that the label at `index` opens: its section, or the block or list that follows.

    A label is about all of its section where a heading or a line across the page ends that soon; so is a heading
    that marks the end of the article.
    """
    blocks = document.blocks
    heads = blocks[index].type == "heading" and document.format != "text"
    for at in range(index + 1, min(len(blocks), index + 1 + _MOST_BLOCKS)):
        deeper = heads and blocks[at].depth > blocks[index].depth
        if (blocks[at].type == "heading" and not deeper) or _parted(document, at - 1):
            return _span(document, index, at - 1)
    if heads and len(blocks) <= index + 1 + _MOST_BLOCKS:
        return _span(document, index, len(blocks) - 1)
    last = min(index + 1, len(blocks) - 1)
    for at in range(last + 1, min(len(blocks), index + 1 + _MOST_ITEMS)):
        if not blocks[last].type == blocks[at].type == "listItem":
            break
        last = at
    return _span(document, index, last)


def headed(document: Document, index: int) -> Span:
    """Return the title at `index` and the copy under it."""
    return _span(document, index, last_under(document, index))


def last_under(document: Document, index: int) -> int:
    """Return the last block of the copy under a title: all that is nested in its list item, or the next paragraph."""
    blocks = document.blocks
    title = blocks[index]
    in_list = title.type == "listItem" or "listItem" in title.ancestors
    last = index
    for at in range(index + 1, min(len(blocks), index + 1 + _MOST_ITEMS)):
        nested = in_list and len(blocks[at].ancestors) > len(title.ancestors)
        follows = not in_list and at == index + 1 and blocks[at].type == "paragraph"
        if not (nested or follows) or _parted(document, at - 1):
            break
        last = at
    return last


def titled(document: Document, index: int) -> Span:
    """Return the block at `index`, along with the heading over it if that is about this block alone."""
    blocks = document.blocks
    alone = index + 1 == len(blocks) or blocks[index + 1].type == "heading" or _parted(document, index)
    over = index > 1 and blocks[index - 1].type == "heading" and blocks[index].type != "heading"
    return _span(document, index - 1 if alone and over else index, index)


def _parted(document: Document, index: int) -> bool:
    """Return whether a line is drawn across the page between the block at `index` and the next."""
    low, high = document.blocks[index].span.end, document.blocks[index + 1].span.start
    return high - low > 1 and _LINE_ACROSS.search(document.source.text, low, high) is not None


def _span(document: Document, first: int, last: int) -> Span:
    return Span(_of(document.blocks[first]).start, _of(document.blocks[last]).end)


def _of(block: Block) -> Span:
    return block.text.span() if block.text.runs else block.span
