"""What a rule sees of an article: blocks, sentences, images and links, each with the place it was read from."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from lintnews.sentences import boundaries
from lintnews.source import Source, Span

if TYPE_CHECKING:
    from lintnews.anchors import Anchors

OBJECT = "\ufffc"
"""U+FFFC OBJECT REPLACEMENT CHARACTER: what stands in a text for what is no prose (code, an image, a shortcode)."""

PROSE = frozenset({"paragraph", "heading", "listItem", "caption", "tableCell"})
"""The block types that hold prose; `code` is the one that does not."""

CONTROLS = frozenset({"area", "input"})
"""The elements that do something when they are chosen: an image that is one cannot be decorative."""

_LEAST_PARAGRAPHS = 3

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
"""A word: letters, with the hyphens and apostrophes inside it."""


class Run(NamedTuple):
    """A stretch of plain text and the span it was read from; the two differ in length for `&amp;`."""

    text: str
    span: Span


@dataclass(frozen=True)
class Text:
    """Plain text that knows where each of its characters stands in the source."""

    runs: tuple[Run, ...] = ()

    @cached_property
    def plain(self) -> str:
        """The text without markup; a line break inside a block is LF, and what is no prose is `OBJECT`."""
        return "".join(run.text for run in self.runs)

    @cached_property
    def _starts(self) -> list[int]:
        starts, offset = [], 0
        for run in self.runs:
            starts.append(offset)
            offset += len(run.text)
        return starts

    def __str__(self) -> str:
        return self.plain

    def __len__(self) -> int:
        return len(self.plain)

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return where the characters from `start` to `end` of the plain text stand in the source.

        Raises:
            ValueError: the text is empty, so that it stands nowhere.
        """
        if not self.runs:
            raise ValueError("an empty text stands nowhere")
        end = len(self.plain) if end is None else end
        if len(self.runs) == 1:
            text, (low, high) = self.runs[0]
            return Span(low + start, low + end) if len(text) == high - low else self.runs[0].span
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, max(start, end - 1)) - 1
        return Span(self._edge(first, start, end=False), self._edge(last, end, end=True))

    def _edge(self, index: int, offset: int, *, end: bool) -> int:
        text, span = self.runs[index]
        if len(text) == span.end - span.start:
            return span.start + offset - self._starts[index]
        return span.end if end else span.start

    def slice(self, start: int, end: int) -> Text:
        """Return the part of this text from `start` to `end`; a run that is cut keeps its exact place."""
        runs = []
        for index in range(max(0, bisect_right(self._starts, start) - 1), bisect_left(self._starts, end)):
            run, run_start = self.runs[index], self._starts[index]
            low, high = max(start, run_start), min(end, run_start + len(run.text))
            if low < high:
                whole = low == run_start and high == run_start + len(run.text)
                runs.append(run if whole else Run(self.plain[low:high], self.span(low, high)))
        return Text(tuple(runs))


@dataclass(frozen=True)
class Sentence:
    """One sentence of a block; `start` and `end` are offsets in the block's text."""

    start: int
    end: int
    text: str
    span: Span
    quoted: bool
    """Whether all of it stands inside quotation marks, or in a block quotation."""


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list item, table cell, caption or code block, in mdast's words."""

    type: str
    span: Span
    text: Text
    language: str = "en"
    depth: int = 0
    """A heading's rank from 1; 0 for any other block."""
    language_declared: bool = False
    """Whether the article says itself that it is in this language."""
    ancestors: tuple[str, ...] = ()
    """The containers it stands in, outermost first: `blockquote`, `list`, `listItem`, `table`, `aside`…"""
    quotations: tuple[tuple[int, int], ...] = ()
    """Where quoted speech stands in the text, as offsets, quotation marks included."""
    strong: bool = False
    """Whether all of its text is bold."""

    @property
    def prose(self) -> bool:
        """Whether a person wrote it to be read as sentences or labels."""
        return self.type in PROSE

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The block's sentences, in order; none for code."""
        return tuple(self._sentences()) if self.prose else ()

    def _sentences(self) -> Iterator[Sentence]:
        plain = self.text.plain
        for start, end in boundaries(plain, self.language):
            span = self.text.span(start, end)
            yield Sentence(start, end, plain[start:end], span, quoted=self.quoted(start, end))

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence that holds the character at `offset` of the text."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def quoted(self, start: int, end: int) -> bool:
        """Return whether the text from `start` to `end` stands inside quoted speech."""
        return "blockquote" in self.ancestors or any(low <= start and end <= high for low, high in self.quotations)


@dataclass(frozen=True)
class Image:
    """An image, and what tells of it to a reader who does not see it."""

    span: Span
    url: Text
    alt: Text | None
    """`None` where there is none; empty where the author declares the image decorative. A drawing's title counts."""
    title: Text | None = None
    label: Text | None = None
    """A name from elsewhere than `alt`: `aria-label`, or the text `aria-labelledby` points at."""
    hidden: bool = False
    """Whether it is taken from assistive technology: by its role, `aria-hidden` or style, its own or one around it."""
    element: str = ""
    """The HTML element that shows it; empty for Markdown's own images."""
    caption: int | None = None
    """The index in `Document.blocks` of the caption of the figure it stands in."""
    block: int | None = None
    """The index in `Document.blocks` of the block it stands in or right before."""
    link: int | None = None
    """The index in `Document.links` of the link it stands in."""

    @cached_property
    def name(self) -> Text | None:
        """Its accessible name: empty where it is declared decorative or is hidden, `None` where a name is missing.

        The order is that of https://www.w3.org/TR/html-aam-1.0/#img-element-accessible-name-computation. Markdown's
        images are rendered with an empty `alt` at least, which outweighs their title.
        """
        if self.hidden:
            return Text()
        if self.label and not self.label.plain.isspace():
            return self.label
        if self.alt is not None and not self.alt and self.element not in CONTROLS:
            return self.alt
        for text in (self.alt, self.title if self.element else None):
            if text and not text.plain.isspace():
                return text
        return None


@dataclass(frozen=True)
class Link:
    """A link, with the text a reader sees of it."""

    span: Span
    url: Text
    text: Text
    """Its images and code, too, each as an `OBJECT`."""
    rel: frozenset[str] = frozenset()
    title: Text | None = None
    images: tuple[int, ...] = ()
    """The indexes in `Document.images` of the images inside it."""


@dataclass(frozen=True)
class Comment:
    """A comment in the source, which no reader of the article sees."""

    span: Span
    text: str


@dataclass(frozen=True)
class Fault:
    """A part of the source that could not be read as what it sets out to be, such as front matter that is no YAML."""

    kind: str
    span: Span
    message: str


@dataclass(frozen=True)
class Document:
    """An article as rules see it: everything in source order, nothing parsed twice."""

    source: Source
    format: str
    metadata: Mapping[str, Text] = field(default_factory=dict)
    """Front matter, `<meta>` and JSON-LD, flattened: `author.name`, `tags.0`; values as they are written."""
    blocks: tuple[Block, ...] = ()
    images: tuple[Image, ...] = ()
    links: tuple[Link, ...] = ()
    comments: tuple[Comment, ...] = ()
    faults: tuple[Fault, ...] = ()
    language: str = "en"
    language_declared: bool = False
    """Whether the article says itself that it is in this language."""
    market: str | None = None
    """The country of the configuration, in two small letters; what the article declares outweighs it."""
    wordless_headings: tuple[Block, ...] = ()
    """The headings that are no blocks of prose: they hold nothing, or only an image, code or a template's tag."""

    @cached_property
    def headings(self) -> tuple[Block, ...]:
        """Every heading in source order, those without words too."""
        worded = (block for block in self.blocks if block.type == "heading")
        return tuple(sorted((*worded, *self.wordless_headings), key=lambda heading: heading.span))

    @cached_property
    def words(self) -> int:
        """The number of words in the prose."""
        return sum(len(WORD.findall(block.text.plain)) for block in self.blocks if block.prose)

    def index(self, block: Block) -> int:
        """Return the place of one of the document's blocks among them."""
        return self._indexes[id(block)]

    @cached_property
    def _indexes(self) -> dict[int, int]:
        return {id(block): index for index, block in enumerate(self.blocks)}

    @cached_property
    def anchors(self) -> Anchors:
        """The places in it that a link can lead to."""
        from lintnews.anchors import Anchors  # noqa: PLC0415  anchors.py builds on this module

        return Anchors(self)

    @cached_property
    def article(self) -> Article:
        """The parts a newsroom names: headline, standfirst, byline, date."""
        from lintnews.article import article  # noqa: PLC0415  article.py builds on this module

        return article(self)


@dataclass(frozen=True)
class Article:
    """The parts of an article by their newsroom names, from metadata or from position; `None` where there is none."""

    headline: Text | None
    standfirst: Text | None
    byline: Text | None
    dateline: Text | None
    date: Text | None
    section: Text | None
    language: str
    market: str | None
    """The country whose rules on advertising hold, in two small letters."""
    sponsored: bool
    """Whether the whole article declares itself an advertisement."""
    body: tuple[Block, ...] = ()
    """The blocks after headline, standfirst and byline."""

    @property
    def runs_on(self) -> bool:
        """Whether three paragraphs make it an article rather than a snippet, a caption or a list."""
        paragraphs = (block for block in self.body if block.type == "paragraph" and not block.ancestors)
        return len(tuple(islice(paragraphs, _LEAST_PARAGRAPHS))) == _LEAST_PARAGRAPHS
