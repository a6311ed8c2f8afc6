"""Lines next to each other that one rule hits: what makes them one finding, and the fix that deletes them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from lintnews.document import OBJECT
from lintnews.rule import Edit, Fix
from lintnews.source import Source, Span

if TYPE_CHECKING:
    from lintnews.document import Document
    from lintnews.patterns import Hit

_WIDEST_GAP = 300
"""Characters between two hits above which there is prose between them."""

_WORD = re.compile(r"\w")
_BLANK_LINE = re.compile(r"[^\S\r\n]*(?:\r\n?|\n)")
_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)[^<>]*>")
_VOID = frozenset({"area", "br", "hr", "img", "input", "link", "meta", "source", "wbr"})


def neighbours(document: Document, hits: Iterable[Hit]) -> Iterator[list[Hit]]:
    """Yield the hits in groups: those on one line, on lines next to each other, or in blocks next to each other."""
    group: list[Hit] = []
    for hit in hits:
        if group and not _next_to(document, group[-1], hit):
            yield group
            group = []
        group.append(hit)
    if group:
        yield group


def others(group: Sequence[Hit]) -> str:
    """Return how many lines a group has after its first, in words; nothing where it has no more."""
    more = sum(_on_another_line(first, second) for first, second in pairwise(group))
    return f"{more} more line{'s' * (more > 1)}" if more else ""


def deletion(document: Document, group: Sequence[Hit]) -> Fix | None:
    """Return the fix that deletes the lines of the hits, with one of two blank lines around them.

    There is none where anything else stands on these lines of the source: other words, a picture, half an element.
    """
    source = document.source
    own = [document.index(hit.target.block) for hit in group if hit.target.block]
    deleted: list[Span] = []
    for hit in group:
        span = _lines(document, hit)
        if span is None or _shared(document, span, own):
            return None
        if deleted and not source.text[deleted[-1].end : span.start].strip():
            deleted[-1] = Span(deleted[-1].start, max(deleted[-1].end, span.end))
        else:
            deleted.append(span)
    if not all(_balanced(source[span]) for span in deleted):
        return None
    return Fix(tuple(Edit(_with_blank_line(source, span), "") for span in deleted), safe=False)


def _next_to(document: Document, first: Hit, second: Hit) -> bool:
    above, below = first.target.block, second.target.block
    if above is None or below is None:
        return False
    if above is below:
        gap = above.text.plain[first.end : second.start]
    elif document.index(below) == document.index(above) + 1:
        gap = f"{above.text.plain[first.end :]}\n{below.text.plain[: second.start]}"
    else:
        return False
    return gap.count("\n") <= 1 and len(gap) <= _WIDEST_GAP


def _on_another_line(first: Hit, second: Hit) -> bool:
    plain = first.target.text.plain
    return first.target.text is not second.target.text or plain.find("\n", first.end, second.start) >= 0


def _lines(document: Document, hit: Hit) -> Span | None:
    """Return the lines of the source that hold the hit's line, line end included; nothing where they hold more."""
    block, plain = hit.target.block, hit.target.text.plain
    if block is None or block.type == "tableCell":
        return None
    start = plain.rfind("\n", 0, hit.start) + 1
    end = plain.find("\n", hit.end)
    end = len(plain) if end < 0 else end
    if _WORD.search(plain[start : hit.start] + plain[hit.end : end]) or OBJECT in plain[start:end]:
        return None
    whole = start == 0 and end == len(plain)
    if not whole and block.ancestors:
        # The line may hold the mark that makes the rest an item of a list.
        return None
    span = block.span if whole else block.text.span(start, end)
    starts = document.source.line_starts
    last = document.source.position(max(span.start, span.end - 1)).line
    low = starts[document.source.position(span.start).line - 1]
    return Span(low, starts[last] if last < len(starts) else len(document.source.text))


def _shared(document: Document, span: Span, own: Sequence[int]) -> bool:
    """Return whether a block that is not one of the group's `own`, or an image, stands in the span, too."""
    blocks = document.blocks
    near = (own[0] - 1, own[-1] + 1)
    if any(0 <= index < len(blocks) and blocks[index].span.touches(span) for index in near):
        return True
    image = bisect_left(document.images, span.start, key=lambda image: image.span.start)
    return image < len(document.images) and document.images[image].span.start < span.end


def _balanced(text: str) -> bool:
    """Return whether every element that is opened in the text is closed in it, and no other."""
    if "<" not in text:
        return True
    open_ = Counter[str]()
    for closing, name in _TAG.findall(text):
        open_[name.lower()] += -1 if closing else 1
    return not any(count for name, count in open_.items() if name not in _VOID)


def _with_blank_line(source: Source, span: Span) -> Span:
    """Return the span with the blank line below it where there is one above, too; at the end, with the one above."""
    number = source.position(span.start).line
    above = source.line(number - 1) if number > 1 else Span(0, 0)
    if source[above].strip():
        return span
    if below := _BLANK_LINE.match(source.text, span.end):
        return Span(span.start, below.end())
    return Span(above.start, span.end) if span.end == len(source.text) else span
