"""Assembles a document from what a parser says, in source order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lintnews.document import OBJECT, Block, Comment, Document, Fault, Image, Link, Run, Text
from lintnews.errors import UnreadableError
from lintnews.sentences import quotations
from lintnews.source import Source, Span

_MOST_CONTAINERS = 32
"""Containers deeper than this are not told apart: each block lists its own, and hostile nesting has millions."""

_BLOCK_IN = {"listItem": "listItem", "tableCell": "tableCell", "caption": "caption"}


@dataclass
class _OpenBlock:
    type: str
    start: int
    depth: int
    explicit: bool
    runs: list[Run] = field(default_factory=list)
    strong: int = 0
    """How many of the runs are bold; those of white space are not counted."""


@dataclass
class _Figure:
    outer: _Figure | None
    caption: int | None = None
    """The index of its first block that is a caption."""


@dataclass
class _OpenLink:
    index: int
    start: int
    first_image: int
    runs: list[Run] = field(default_factory=list)


MOST_PIECES = 200_000
"""Pieces of text above which a file is refused: an article has thousands, and each costs some twenty microseconds."""


class DocumentBuilder:
    """Takes a parser's events in source order and gives the document they make.

    Every offset it is given counts characters of `source.text`. Text that comes while no block is open opens one, of
    the type its innermost container asks for; a block that ends without text leaves nothing. What declares no language
    is in the given one.
    """

    def __init__(self, source: Source, format: str, language: str = "en") -> None:  # noqa: A002  mdast's word
        self.source = source
        self.format = format
        self.language = ""
        """The language that the article declares for what comes; empty where it declares none."""
        self._expected = language
        self.metadata: dict[str, Text] = {}
        self._blocks: list[Block] = []
        self._wordless: list[Block] = []
        self._images: list[Image] = []
        self._links: list[Link | None] = []
        self._comments: list[Comment] = []
        self._faults: list[Fault] = []
        self._containers: list[str] = []
        self._open: _OpenBlock | None = None
        self._open_links: list[_OpenLink] = []
        self._object_start: int | None = None
        self._figure: _Figure | None = None
        self._figures: dict[int, _Figure] = {}
        """The figures that images stand in, by the images' indexes."""
        self._strong = 0
        self._pieces = 0

    # Containers: what blocks stand in.

    def enter(self, container: str) -> None:
        """Open a container (`blockquote`, `list`, `listItem`, `table`, `tableCell`, `caption`, `aside`…)."""
        self._count()
        self.end_block()
        if len(self._containers) < _MOST_CONTAINERS:
            self._containers.append(container)

    def leave(self, container: str) -> None:
        """Close the innermost open container of that name, and those left open inside it; none open: do nothing."""
        self.end_block()
        for index in range(len(self._containers) - 1, -1, -1):
            if self._containers[index] == container:
                del self._containers[index:]
                return

    def begin_figure(self) -> None:
        """Open a figure: what is a caption in it is that of its images."""
        self._figure = _Figure(self._figure)

    def end_figure(self) -> None:
        """Close the innermost open figure, if there is one."""
        self._figure = self._figure and self._figure.outer

    # Blocks.

    def begin_block(self, type: str, start: int, depth: int = 0) -> None:  # noqa: A002  mdast's word
        """Open a block; one that is open is ended first."""
        self.end_block()
        self._open = _OpenBlock(type, start, depth, explicit=True)

    def end_block(self, end: int | None = None) -> None:
        """End the open block, if there is one, at `end` or where its text ends."""
        block, self._open = self._open, None
        self._object_start, self._strong = None, 0
        if block is None:
            return
        runs = _trimmed(block.runs)
        if not runs:
            if block.type == "heading":
                self._wordless_heading(block, end)
            return
        start = block.start if block.explicit else runs[0].span.start
        stop = runs[-1].span.end if end is None else end
        if self._figure and self._figure.caption is None and "caption" in self._containers:
            self._figure.caption = len(self._blocks)
        self._blocks.append(
            Block(
                type=block.type,
                span=Span(min(start, runs[0].span.start), max(stop, runs[-1].span.end)),
                text=Text(tuple(runs)),
                language=self.language or self._expected,
                language_declared=bool(self.language),
                depth=block.depth,
                ancestors=tuple(self._containers),
                strong=bool(block.strong) and block.strong == sum(not run.text.isspace() for run in block.runs),
            )
        )

    def _wordless_heading(self, block: _OpenBlock, end: int | None) -> None:
        runs = tuple(run for run in block.runs if not run.text.isspace())
        stop = max([block.start, end or 0, *(run.span.end for run in runs)])
        span = Span(block.start, block.start + len(self.source.text[block.start : stop].rstrip()))
        self._wordless.append(
            Block(
                "heading",
                span,
                Text(runs),
                self.language or self._expected,
                block.depth,
                language_declared=bool(self.language),
                ancestors=tuple(self._containers),
            )
        )

    @property
    def in_block(self) -> bool:
        """Whether a block is open."""
        return self._open is not None

    @property
    def hollow(self) -> bool:
        """Whether a heading is open that holds nothing yet."""
        return self._open is not None and self._open.type == "heading" and not self._open.runs

    @property
    def tail(self) -> str:
        """The last character of the open block; empty where there is none."""
        return self._open.runs[-1].text[-1] if self._open and self._open.runs else ""

    # What stands in a block.

    def text(self, plain: str, start: int, end: int) -> None:
        """Add plain text read from `start` to `end`."""
        if not plain or self._object_start is not None:
            return
        block = self._open
        if block is None:
            if plain.isspace():
                return
            block = self._open = _OpenBlock(self._implied_type(), start, 0, explicit=False)
        self._count()
        run = Run(plain, Span(start, end))
        block.runs.append(run)
        if self._strong and not plain.isspace():
            block.strong += 1
        for link in self._open_links:
            link.runs.append(run)

    def begin_strong(self) -> None:
        """Open what is bold: until its end, or the block's."""
        self._strong += 1

    def end_strong(self) -> None:
        """End what is bold, if it is open."""
        self._strong = max(0, self._strong - 1)

    def object(self, start: int, end: int) -> None:
        """Add something that is no prose, as one `OBJECT` character."""
        self.text(OBJECT, start, end)

    def begin_object(self, start: int) -> None:
        """Open something that is no prose: what comes until its end, or the block's, is not read."""
        self._object_start = start

    def end_object(self, end: int) -> None:
        """End what is no prose, if it is still open; it stands in the text as an object."""
        start, self._object_start = self._object_start, None
        if start is not None:
            self.object(start, end)

    @property
    def in_object(self) -> bool:
        """Whether something that is no prose is open."""
        return self._object_start is not None

    def line_break(self, start: int, end: int) -> None:
        """Add a line break inside the open block."""
        if self._open is not None:
            self.text("\n", start, end)

    def image(self, image: Image, *, shown: bool = True) -> None:
        """Add an image; it stands in the text as an object, unless what shows it does so already."""
        if self._figure is not None:
            self._figures[len(self._images)] = self._figure
        link = self._open_links[-1].index if self._open_links else None
        self._images.append(replace(image, block=len(self._blocks), link=link))
        # An image of its own is no block of prose: the caption beside it is found by its neighbours.
        if shown and (self._open is not None or self._open_links):
            self.object(image.span.start, image.span.end)

    def begin_link(self, start: int) -> None:
        """Open a link; its place among the links is that of its start."""
        self._links.append(None)
        self._open_links.append(_OpenLink(len(self._links) - 1, start, len(self._images)))

    def end_link(self, end: int, url: Text, title: Text | None = None, rel: frozenset[str] = frozenset()) -> None:
        """End the innermost open link, if there is one."""
        if not self._open_links:
            return
        link = self._open_links.pop()
        self._links[link.index] = Link(
            span=Span(link.start, end),
            url=url,
            text=Text(tuple(_stripped(link.runs))),
            rel=rel,
            title=title,
            images=tuple(range(link.first_image, len(self._images))),
        )

    def code(self, runs: list[Run]) -> None:
        """Add a block of code."""
        self.end_block()
        if runs:
            span = Span(runs[0].span.start, runs[-1].span.end)
            self._blocks.append(Block("code", span, Text(tuple(runs)), ancestors=tuple(self._containers)))

    def fault(self, kind: str, message: str, start: int, end: int) -> None:
        """Note a part of the source that could not be read as what it sets out to be."""
        self._faults.append(Fault(kind, Span(start, end), message))

    def comment(self, text: str, start: int, end: int) -> None:
        """Add a comment."""
        self._comments.append(Comment(Span(start, end), text))

    def set_metadata(self, values: Mapping[str, Text]) -> None:
        """Add metadata; a key that is set already keeps its value."""
        for key, value in values.items():
            self.metadata.setdefault(key, value)

    def document(self) -> Document:
        """Return what was assembled."""
        self.end_block()
        return Document(
            source=self.source,
            format=self.format,
            metadata=dict(self.metadata),
            blocks=tuple(_with_quotations(self._blocks)),
            images=tuple(self._with_captions()),
            links=tuple(link for link in self._links if link is not None),
            comments=tuple(self._comments),
            faults=tuple(self._faults),
            language=self.language or self._expected,
            language_declared=bool(self.language),
            wordless_headings=tuple(self._wordless),
        )

    def _with_captions(self) -> Iterator[Image]:
        """Yield the images with the captions of their figures; a figure in another may have the other's."""
        for index, image in enumerate(self._images):
            figure = self._figures.get(index)
            if figure and figure.caption is None and figure.outer:
                figure = figure.outer
            yield replace(image, caption=figure.caption) if figure and figure.caption is not None else image

    def _count(self) -> None:
        self._pieces += 1
        if self._pieces > MOST_PIECES:
            raise UnreadableError(self.source.path, f"has more than {MOST_PIECES:,} paragraphs, links and other pieces")

    def _implied_type(self) -> str:
        for container in reversed(self._containers):
            if container in _BLOCK_IN:
                return _BLOCK_IN[container]
        return "paragraph"


def _trimmed(runs: list[Run]) -> list[Run]:
    """Return the runs without the white space at either end, and none for text that holds no character of prose."""
    kept = _stripped(runs)
    return [] if all(run.text == OBJECT or run.text.isspace() for run in kept) else kept


def _stripped(runs: list[Run]) -> list[Run]:
    """Return the runs without the white space at either end."""
    low, high = 0, len(runs)
    while low < high and runs[low].text.isspace():
        low += 1
    while high > low and runs[high - 1].text.isspace():
        high -= 1
    kept = runs[low:high]
    if not kept:
        return []
    kept[0] = _cut(kept[0], len(kept[0].text) - len(kept[0].text.lstrip()), 0)
    kept[-1] = _cut(kept[-1], 0, len(kept[-1].text) - len(kept[-1].text.rstrip()))
    return kept


def _cut(run: Run, left: int, right: int) -> Run:
    if not left and not right:
        return run
    text, span = run
    if len(text) != span.end - span.start:
        return Run(text[left : len(text) - right], span)
    return Run(text[left : len(text) - right], Span(span.start + left, span.end - right))


def _with_quotations(blocks: list[Block]) -> list[Block]:
    """Return the blocks with their quoted speech marked; speech may run on over paragraphs that open it anew."""
    marked = []
    for index, block in enumerate(blocks):
        following = blocks[index + 1].text.plain if index + 1 < len(blocks) else ""
        found = quotations(block.text.plain, following) if block.prose else ()
        marked.append(replace(block, quotations=found) if found else block)
    return marked
