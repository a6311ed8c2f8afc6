"""Reads plain text: paragraphs, and the headline, headings, lists, quotations and captions that its lines show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from lintnews.article import holds_date, is_byline, starts_with_date
from lintnews.document import Document
from lintnews.errors import UnreadableError
from lintnews.readers.builder import MOST_PIECES, DocumentBuilder
from lintnews.source import Source

# A form feed parts pages, so that a line of nothing else is a blank one.
_LINE = re.compile(r"[^\r\n]+")
_COMMENT = re.compile(r"<!--(.*?)-->")
_ITEM = re.compile(r"(?:[-*•‣◦]|\d{1,3}[.)])[^\S\r\n]+(?=\S)")
_QUOTE = re.compile(r"(?:>[^\S\r\n]?)+")

# Lines are wrapped at no less, as newspapers' columns are not kept in files, and at no more by any convention.
_NARROWEST, _WIDEST = 40, 132
# A longer stretch without a blank line is data: it is kept in one piece, as no writer meant its lines as blocks.
_MOST_LINES = 5_000

_LABEL_LENGTH = 300
_HEADLINE_WORDS = 20
_HEADING_WORDS = 15
_PROSE_WORDS = 12
_END_MARKS = ".!?…:;,"
_CLOSERS = "\"'”’»)]"
_ENDS = frozenset(".!?…:" + _CLOSERS)
_CREDIT = (
    r"(?:Image|Images|Photo|Photos|Photograph|Photographs|Picture|Pictures|Pic|Credit|Credits|Graphic|Illustration"
    r"|Foto|Fotos|Bild|Bilder|Grafik|Symbolbild|Symbolfoto|Abbildung|Quelle|Crédit|Crédits|Imagen|Crédito|Immagine"
    r"|Beeld)(?: credits?| source| courtesy)?"
)
_CAPTION = re.compile(
    rf"[(\[]?{_CREDIT}\s?(?:[:/|©]|(?:by|courtesy of|via)\b)\s*\S.*|.*\S\s?[(\[]{_CREDIT}\s?[:/|©][^()\[\]]+[)\]]",
    re.IGNORECASE,
)


class _Line(NamedTuple):
    """A line without the white space at either end; `marker` is where its list or quotation mark begins."""

    start: int
    end: int
    kind: str
    marker: int


@dataclass
class _Unit:
    """Lines that make one block."""

    kind: str
    lines: list[_Line]
    plain: str
    leads: bool
    """Whether a blank line stands before it."""


def read(source: Source, language: str = "en") -> Document:
    """Return the document a plain text makes; every run but a line break is the source's own text at its span.

    Raises:
        UnreadableError: there are more lines than any article has.
    """
    if len(source.line_starts) > MOST_PIECES:
        raise UnreadableError(source.path, f"has {len(source.line_starts):,} lines; the limit is {MOST_PIECES:,}")
    builder = DocumentBuilder(source, "text", language)
    units = list(_units(source.text))
    headline = _headline(units)
    container = ""
    for index, unit in enumerate(units):
        wanted = {"item": "list", "quote": "blockquote"}.get(unit.kind, "")
        if wanted != container:
            if container:
                builder.leave(container)
            if wanted:
                builder.enter(wanted)
            container = wanted
        if unit.kind == "comment":
            builder.end_block()
            builder.comment(unit.plain[4:-3].strip(), unit.lines[0].start, unit.lines[0].end)
            continue
        _add(builder, source, unit, *_type(units, index, headline))
    return builder.document()


def _add(builder: DocumentBuilder, source: Source, unit: _Unit, type: str, depth: int) -> None:  # noqa: A002  mdast's
    if unit.kind == "item":
        builder.enter("listItem")
    first, last = unit.lines[0], unit.lines[-1]
    builder.begin_block(type, first.marker, depth)
    previous = first.start
    for line in unit.lines:
        if line is not first:
            builder.line_break(previous, line.start)
        builder.text(source.text[line.start : line.end], line.start, line.end)
        previous = line.end
    builder.end_block(last.end)
    if unit.kind == "item":
        builder.leave("listItem")


def _type(units: Sequence[_Unit], index: int, headline: int | None) -> tuple[str, int]:
    unit = units[index]
    if index == headline:
        return "heading", 1
    if unit.kind == "item":
        return "listItem", 0
    if unit.kind == "text" and len(unit.plain) <= _LABEL_LENGTH and _CAPTION.fullmatch(unit.plain):
        return "caption", 0
    following = units[index + 1] if index + 1 < len(units) else None
    if unit.kind == "text" and following and _is_heading(unit) and _is_prose(following):
        return "heading", 2
    return "paragraph", 0


def _headline(units: Sequence[_Unit]) -> int | None:
    """Return which unit is the headline: the first, where it is short, has no end mark and something follows."""
    written = [index for index, unit in enumerate(units) if unit.kind != "comment"][:2]
    if len(written) < 2:  # noqa: PLR2004  the headline and what follows it
        return None
    unit = units[written[0]]
    if unit.kind != "text" or len(unit.lines) > 1 or len(unit.plain) > _LABEL_LENGTH or _CAPTION.fullmatch(unit.plain):
        return None
    if unit.plain.rstrip(_CLOSERS).endswith((".", ":", ";", ",")) or len(unit.plain.split()) > _HEADLINE_WORDS:
        return None
    return None if is_byline(unit.plain) else written[0]


def _is_heading(unit: _Unit) -> bool:
    plain = unit.plain
    if not unit.leads or len(unit.lines) > 1 or len(plain) > _LABEL_LENGTH:
        return False
    if plain.rstrip(_CLOSERS).endswith(tuple(_END_MARKS)):
        return False
    first = plain.lstrip("\"'“„‘«¿¡([ \u00a0")[:1]
    if not (first.isupper() or first.isdigit() or first.istitle()) or len(plain.split()) > _HEADING_WORDS:
        return False
    return not is_byline(plain) and not holds_date(plain)


def _is_prose(unit: _Unit) -> bool:
    """Return whether a unit is running text rather than one more label."""
    if unit.kind != "text":
        return False
    if len(unit.lines) > 1 or len(unit.plain) > _LABEL_LENGTH:
        return True
    ended = unit.plain.rstrip(_CLOSERS).endswith((".", "!", "?", "…"))
    words = len(unit.plain.split())
    return words >= _PROSE_WORDS or (ended and words > 3)  # noqa: PLR2004  “No comments yet.” is a label


def _units(text: str) -> Iterator[_Unit]:
    chunks = list(_chunks(text))
    common = max((width for chunk in chunks if (width := _wrap_width(text, chunk))), default=0)
    for chunk in chunks:
        yield from _chunk_units(text, chunk, _wrap_width(text, chunk) or common)


def _chunks(text: str) -> Iterator[list[_Line]]:
    """Yield the lines between two blank lines, comments and changes from list to text counting as such."""
    chunk: list[_Line] = []
    at = 0
    for match in _LINE.finditer(text):
        blank = chunk and _line_ends(text, at, match.start()) > 1
        line = _line(text, match.start(), match.end())
        at = match.end()
        if chunk and (blank or line is None):
            yield chunk
            chunk = []
        if line is not None:
            chunk.append(line)
    if chunk:
        yield chunk


def _line_ends(text: str, start: int, end: int) -> int:
    return end - start - text.count("\r\n", start, end)


def _line(text: str, start: int, end: int) -> _Line | None:
    """Return the line at `start`, or nothing for a blank one."""
    content = text[start:end].strip()
    if not content:
        return None
    start += text[start:end].index(content[0]) if text[start].isspace() else 0
    end = start + len(content)
    if content[0] == "<" and _COMMENT.fullmatch(content):
        return _Line(start, end, "comment", start)
    mark = _QUOTE if content[0] == ">" else _ITEM
    found = mark.match(text, start, end)
    # “5. März 2020” is a date, not the fifth of anything.
    if not found or found.end() == end or (content[0].isdigit() and starts_with_date(content)):
        return _Line(start, end, "text", start)
    after = found.end()
    while text[after].isspace():
        after += 1
    return _Line(after, end, "quote" if content[0] == ">" else "item", start)


def _wrap_width(text: str, chunk: Sequence[_Line]) -> int:
    """Return the width at which the chunk's lines are wrapped, 0 where nothing shows that they are.

    A line that goes on in lower case (or a script without cases), where the next word would not have fitted, shows it.
    """
    if len(chunk) < 2 or len(chunk) > _MOST_LINES:  # noqa: PLR2004  one line is wrapped nowhere
        return 0
    width = max(line.end - line.marker for line in chunk)
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    for line, following in pairwise(chunk):
        first = text[following.start]
        if first.isalpha() and not first.isupper() and not _fits(text, line, following, width):
            return width
    return 0


def _fits(text: str, line: _Line, following: _Line, width: int) -> bool:
    word = text[following.start : min(following.end, following.start + width + 1)].split(maxsplit=1)[0]
    return line.end - line.marker + 1 + len(word) <= width


def _chunk_units(text: str, chunk: Sequence[_Line], width: int) -> Iterator[_Unit]:
    if len(chunk) > _MOST_LINES:
        whole = _Line(chunk[0].start, chunk[-1].end, "text", chunk[0].marker)
        yield _Unit("text", [whole], text[whole.start : whole.end], leads=True)
        return
    unit: _Unit | None = None
    for line in chunk:
        if unit and _goes_on(text, unit, line, width):
            unit.lines.append(line)
            continue
        if unit:
            yield unit
        unit = _Unit(line.kind, [line], text[line.start : line.end], leads=unit is None)
    if unit:
        yield unit


def _goes_on(text: str, unit: _Unit, line: _Line, width: int) -> bool:
    """Return whether a line goes on with the unit before it: in mid-sentence, or its first word had no room there."""
    if unit.kind == "comment" or line.kind not in {"text", unit.kind} or line.kind == "item":
        return False
    last = unit.lines[-1]
    if last.end - last.marker >= _NARROWEST and text[line.start].islower() and text[last.end - 1] not in _ENDS:
        return True
    return bool(width) and not _fits(text, last, line, width)
