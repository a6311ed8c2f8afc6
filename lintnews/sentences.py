"""Splits a block into sentences, and tells quoted speech from the writer's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sentencex import get_sentence_boundaries


if TYPE_CHECKING:
    from lintnews.document import Block, Sentence

_CLOSING = {"“": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", "「": "」", "『": "』"}
_MARKS = re.compile("[“”„«»「」『』\"]")


def sentences(block: Block) -> Iterator[Sentence]:
    """Yield the block's sentences, in order, without the white space between them.

    The boundaries are sentencex's (Wikimedia, https://github.com/wikimedia/sentencex), with its known faults mended:
    docs/architecture.md has the comparison with blingfire.
    """
    from lintnews.document import Sentence  # noqa: PLC0415  document.py is built on this module

    plain = block.text.plain
    for start, end in boundaries(plain, block.language):
        yield Sentence(
            start=start,
            end=end,
            text=plain[start:end],
            span=block.text.span(start, end),
            quoted=block.quoted(start, end),
        )


def boundaries(plain: str, language: str = "en") -> Iterator[tuple[int, int]]:
    """Yield the start and end of each sentence of `plain`, white space at either end left out."""
    for boundary in get_sentence_boundaries(language, plain):
        text = boundary["text"]
        stripped = text.strip()
        if not stripped:
            continue
        start = boundary["start_index"] + text.index(stripped)
        yield start, start + len(stripped)


def quotations(plain: str, following: str = "") -> tuple[tuple[int, int], ...]:
    """Return where quoted speech stands in `plain`, quotation marks included.

    Speech that is not closed counts to the end only where `following`, the next block's text, opens with a quotation
    mark again, as printed English does (Chicago Manual of Style 13.32); anything else unclosed is no quotation.
    Curly, straight, low-high and angle marks are known; single ones are not, as they are apostrophes more often.
    """
    if not _MARKS.search(plain):
        return ()
    found = []
    start, closing = -1, ""
    for match in _MARKS.finditer(plain):
        mark, offset = match[0], match.start()
        if start < 0:
            if mark == '"':
                if _opens(plain, offset):
                    start, closing = offset, '"'
            elif mark in _CLOSING and _opens(plain, offset):
                start, closing = offset, _CLOSING[mark]
        elif mark in closing:
            found.append((start, offset + 1))
            start = -1
    if start >= 0 and following[:1] == plain[start]:
        found.append((start, len(plain)))
    return tuple(found)


def _opens(plain: str, offset: int) -> bool:
    """Return whether the mark at `offset` may open a quotation: a word follows, and none ends right before it."""
    before, after = plain[offset - 1 : offset], plain[offset + 1 : offset + 2]
    return bool(after) and not after.isspace() and not before.isalnum()
