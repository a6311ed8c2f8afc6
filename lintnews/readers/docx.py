"""Reads Word documents (.docx), as Word, LibreOffice, Google Docs and Pages write them.

The text is taken out of the file when it is read, a paragraph a line; a place in a document is a place in that text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import ClassVar

from lintnews.document import Document, Image, Run, Text
from lintnews.errors import UnreadableError
from lintnews.languages import primary
from lintnews.readers.builder import DocumentBuilder
from lintnews.readers.package import Attributes, Package
from lintnews.readers.paragraphs import Paragraph, Picture, Piece, Target
from lintnews.readers.story import Story
from lintnews.readers.styles import Styles
from lintnews.source import Source, Span

_MAIN = "word/document.xml"
_PROPERTIES = {
    **{name: name for name in ("category", "creator", "keywords", "language", "subject", "title")},
    **{name: f"dcterms:{name}" for name in ("created", "modified")},
}
"""The core properties that are read (ISO/IEC 29500-2, 11), and their names as metadata.

The day a file was made on is not the article's date, and `description` speaks of the file.
"""


@dataclass(frozen=True)
class DocxSource(Source):
    """The text of a document, with the paragraphs that it was made of."""

    extracted: ClassVar[bool] = True

    paragraphs: tuple[Paragraph, ...] = ()
    """One for each line of the text."""
    properties: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    """The language of its styles, which is the one it was set up with, and need not be that of its text."""


def extract(path: Path, data: bytes) -> DocxSource:
    """Return the text of the document whose bytes are given.

    Raises:
        UnreadableError: it is no docx, is damaged or protected, or holds more than any article.
    """
    package = Package(path, data)
    main = _first(package, "", "officeDocument") or _MAIN
    styles = Styles(package, _first(package, main, "styles"))
    story = Story(package, main, styles)
    if not story.found:
        raise UnreadableError(path, f"is no docx: it holds no {main}")
    paragraphs = story.paragraphs
    for kind in ("footnote", "endnote"):
        wanted = dict.fromkeys(number for each, number in story.notes if each == kind)
        part = _first(package, main, f"{kind}s") if wanted else ""
        if part:
            notes = Story(package, part, styles).by_note
            paragraphs += [paragraph for number in wanted for paragraph in notes.get(number, ())]
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    properties = _properties(package)
    language = styles.language or properties.get("language", "")
    return DocxSource(path, text, paragraphs=tuple(paragraphs), properties=properties, language=primary(language))


def _first(package: Package, part: str, kind: str) -> str:
    relations = package.relations(part).values()
    return next((each.target for each in relations if each.kind == kind), "")


def _properties(package: Package) -> dict[str, str]:
    found: dict[str, str] = {}
    name = ""

    def start(element: str, _: Attributes) -> None:
        nonlocal name
        name = element.rpartition(" ")[2]

    def text(data: str) -> None:
        if key := _PROPERTIES.get(name):
            found[key] = found.get(key, "") + data

    relations = package.relations("").values()
    for each in (each.target for each in relations if each.kind == "core-properties"):
        package.parse(each, start, text=text)
    return {key: value.strip() for key, value in found.items() if value.strip()}


def read(source: Source, language: str = "en") -> Document:
    """Return the document that an extracted text makes; every run but an image's alt text is the text at its span.

    What is not in the text stands where a reader meets it: an image's alt text at the image, a link's address at its
    words, a property at the start of the text.

    Raises:
        UnreadableError: the source is not the text of a docx.
    """
    if not isinstance(source, DocxSource):
        raise UnreadableError(source.path, "is no docx: it is read from its bytes, and this is text")
    return _DocxReader(source, language).read()


def _declared(paragraphs: Sequence[Paragraph]) -> str:
    """Return the language that most of the text names for itself; empty where most names none."""
    languages: Counter[str] = Counter()
    for paragraph in paragraphs:
        languages.update(paragraph.languages)
    return _most(languages, sum(len(paragraph.text) for paragraph in paragraphs))


def _most(languages: Counter[str], length: int) -> str:
    """Return the language that more than half of the text of that length names."""
    counted: Counter[str] = Counter()
    for tag, count in languages.items():
        counted[primary(tag)] += count
    ((language, count),) = counted.most_common(1) or [("", 0)]
    return language if count * 2 > length else ""


def _containers(paragraph: Paragraph, before: Sequence[tuple[str, int]], number: int) -> list[tuple[str, int]]:
    """Return what a paragraph stands in: what its source says, and the list, quotation or contents it is one line of.

    An item of a list is inside the item of the level above it; `before` is what the paragraph before stands in.
    """
    containers = list(paragraph.containers)
    look = paragraph.look
    if look.kind in {"quotation", "contents"}:
        return [*containers, ("blockquote" if look.kind == "quotation" else "nav", 0)]
    if look.level is None or look.kind == "heading":
        return containers
    inside = before[len(containers) :] if before[: len(containers)] == containers else ()
    above = list(takewhile(lambda pair: pair[0] in {"list", "listItem"}, inside))[: 2 * look.level + 1]
    while len(above) < 2 * look.level + 1:
        above.append(("list", 0) if len(above) % 2 == 0 else ("listItem", -number - 1))
    return [*containers, *above, ("listItem", number + 1)]


def _type(paragraph: Paragraph) -> tuple[str, int]:
    look = paragraph.look
    if look.kind in {"heading", "caption"}:
        return look.kind, look.depth
    if look.level is not None:
        return "listItem", 0
    names = [name for name, _ in paragraph.containers if name in {"tableCell", "aside", "footnoteDefinition"}]
    return ("tableCell" if names[-1:] == ["tableCell"] else "paragraph"), 0


class _DocxReader:
    """Tells a builder of the paragraphs of a source, one by one."""

    def __init__(self, source: DocxSource, language: str) -> None:
        self.source = source
        self.builder = DocumentBuilder(source, "docx", source.language or language)
        self.containers: list[tuple[str, int]] = []
        self.block: tuple[str, int] = ("paragraph", 0)
        """The type and depth of the block that the paragraph is."""
        self.at = self.link = 0
        """Where the piece stands that is being read, and the link around it."""
        self.broken = False
        """Whether a line break stands before it."""

    def read(self) -> Document:
        builder = self.builder
        declared = _declared(self.source.paragraphs)
        builder.set_metadata({key: Text((Run(value, Span(0, 0)),)) for key, value in self.source.properties.items()})
        for number, paragraph in enumerate(self.source.paragraphs):
            self._go_to(_containers(paragraph, self.containers, number))
            builder.language = _most(paragraph.languages, len(paragraph.text)) or declared
            self._read_paragraph(paragraph)
            self.at += 1
        builder.language = declared
        return builder.document()

    def _go_to(self, containers: list[tuple[str, int]]) -> None:
        pairs = zip(self.containers, containers, strict=False)
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        for name, _ in reversed(self.containers[shared:]):
            self.builder.leave(name)
        for name, _ in containers[shared:]:
            self.builder.enter(name)
        self.containers = containers

    def _read_paragraph(self, paragraph: Paragraph) -> None:
        self.block, self.broken = _type(paragraph), False
        # A paragraph of images alone is no block.
        worded = any(piece.text.strip() for piece in paragraph.pieces if piece.kind in {"text", "strong"})
        if worded or self.block[0] == "heading":
            self.builder.begin_block(self.block[0], self.at, self.block[1])
        for piece in paragraph.pieces:
            self._PIECES[piece.kind](self, piece, Span(self.at, self.at + len(piece.text)))
            self.at += len(piece.text)
            self.broken = piece.kind == "break"
        self.builder.end_block()

    def _text(self, piece: Piece, span: Span) -> None:
        self.builder.text(piece.text, *span)

    def _strong(self, piece: Piece, span: Span) -> None:
        self.builder.begin_strong()
        self.builder.text(piece.text, *span)
        self.builder.end_strong()

    def _break(self, _: Piece, span: Span) -> None:
        if self.broken and self.block[0] not in {"heading", "caption"}:
            # Two breaks in a row are how pasted text parts paragraphs.
            self.builder.begin_block(self.block[0], span.end, self.block[1])
        else:
            self.builder.line_break(*span)

    def _object(self, piece: Piece, span: Span) -> None:
        if isinstance(piece.of, Picture):
            self.builder.image(_image(piece.of, span))
        else:
            self.builder.object(*span)

    def _begin_link(self, _: Piece, span: Span) -> None:
        self.link = span.start
        self.builder.begin_link(self.link)

    def _end_link(self, piece: Piece, span: Span) -> None:
        if isinstance(piece.of, Target):
            place = Span(self.link, span.start)
            self.builder.end_link(place.end, _located(piece.of.url, place) or Text(), _located(piece.of.title, place))

    _PIECES: ClassVar[Mapping[str, Callable[[_DocxReader, Piece, Span], None]]] = {
        "text": _text,
        "strong": _strong,
        "break": _break,
        "object": _object,
        "image": _object,
        "link": _begin_link,
        "link-end": _end_link,
    }


def _image(picture: Picture, span: Span) -> Image:
    alt = Text() if picture.alt == "" else _located(picture.alt, span)
    return Image(span, url=_located(picture.url, span) or Text(), alt=alt, title=_located(picture.title, span))


def _located(value: str | None, span: Span) -> Text | None:
    return Text((Run(value, span),)) if value else None
