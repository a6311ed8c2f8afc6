"""Reads HTML: fragments, whole pages, and the HTML inside Markdown."""

# ruff: noqa: SIM905  lists of names, one a line, would be most of the file

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from html.entities import html5
from itertools import islice
from typing import Any, NamedTuple

import turbohtml
from turbohtml import Document as Tree
from turbohtml import Element, Token, TokenType

from lintnews.document import OBJECT, Document, Image, Run, Text
from lintnews.errors import UnreadableError
from lintnews.readers.body import body
from lintnews.readers.builder import DocumentBuilder
from lintnews.source import Source, Span

_TEXT, _START, _END = TokenType.TEXT, TokenType.START_TAG, TokenType.END_TAG
_COMMENT, _REFERENCE = TokenType.COMMENT, TokenType.CHARACTER_REFERENCE

_CONTAINERS = {
    "aside": "aside",
    "blockquote": "blockquote",
    "caption": "caption",
    "dir": "list",
    "figcaption": "caption",
    "footer": "footer",
    "form": "form",
    "header": "header",
    "li": "listItem",
    "menu": "list",
    "nav": "nav",
    "ol": "list",
    "table": "table",
    "td": "tableCell",
    "th": "tableCell",
    "ul": "list",
}
_LABELS = frozenset({"caption", "figcaption", "td", "th"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ROWS = frozenset({"colgroup", "tbody", "tfoot", "thead", "tr"})
_BLOCKS = (
    frozenset(_CONTAINERS)
    | _HEADINGS
    | _ROWS
    | frozenset(
        "address article body center dd details dialog div dl dt fieldset figure head hgroup hr html legend listing"
        " main p pre search section summary".split()
    )
)
# What is shown but is no prose; those in the second set end where a block begins, as an unclosed one would otherwise
# swallow the rest of the article.
_OBJECTS = frozenset("audio canvas code iframe kbd math meter object progress samp svg tt var video".split())
_INLINE_OBJECTS = frozenset({"code", "kbd", "math", "samp", "svg", "tt", "var"})
_VOID_OBJECTS = frozenset({"embed", "input"})
_UNREAD = frozenset(
    ["datalist", "noembed", "noframes", "noscript", "script", "select", "style", "template", "textarea", "title"]
)
# The elements that hide one of this name that is open outside them (HTML Standard, “has an element in scope”).
_TABLE_SCOPE = ("table", "td", "th", "caption")
_SCOPES = {
    "caption": ("table",),
    "dd": ("dl", *_TABLE_SCOPE),
    "dt": ("dl", *_TABLE_SCOPE),
    "li": ("ul", "ol", "menu", "dir", *_TABLE_SCOPE),
    "table": (),
    "td": ("table",),
    "th": ("table",),
}
# What the start of an element ends, besides an open paragraph.
_IMPLIED_ENDS = {
    "dd": ("dt", "dd"),
    "dt": ("dt", "dd"),
    "li": ("li",),
    "td": ("td", "th", "caption"),
    "th": ("td", "th", "caption"),
    **dict.fromkeys(_ROWS, ("td", "th", "caption")),
    **dict.fromkeys(_HEADINGS, ("heading",)),
}
_MOST_CONTAINERS = 32
"""Containers deeper than this are not told apart: each block lists its own, and hostile nesting has millions."""
_MOST_TAGS = 150_000
"""Start tags above which a file is refused: the largest page of 311 published ones has 10,000."""
_LONGEST_JSON = 1_000_000
"""Characters above which a script of JSON-LD is not read."""
_LONGEST_LABEL = 1_000
"""Characters of markup read for a text that is looked up by an element's id or item property."""

_MOST_ITEMS = 500
"""Microdata properties that are looked at, as each may have its text read."""
_DEEPEST_KEY = 8
"""Names from which on a JSON-LD key is too deep to tell anything of the article."""

_SPACE = " \t\n\f"
# White space that is not one space already, and what a reader before this one has masked.
_UNEVEN = re.compile(f"[{_SPACE}]{{2,}}|[\t\n\f]|{OBJECT}+")
_LINE_ENDS = re.compile(r"\r\n?")
_PAGE = re.compile(r"<(?:!doctype|html|head|body)[\s>]", re.IGNORECASE)
_INLINE_TAG = re.compile(r"</?(?:abbr|b|big|cite|del|dfn|em|i|ins|mark|q|s|small|span|strong|sub|sup|u)(?:\s[^<>]*)?>")
_START_TAG = re.compile("<[a-zA-Z]")
_TAG_NAME = re.compile(r"<[^\s/>]*+")
_ATTRIBUTE = re.compile(
    r"[ \t\n\f\r/]*+([^ \t\n\f\r/>][^ \t\n\f\r/>=]*+)"
    r"(?:[ \t\n\f\r]*+=[ \t\n\f\r]*+(?:\"([^\"]*+)\"|'([^']*+)'|([^ \t\n\f\r>]*+)))?+"
)
_VALUE_REFERENCE = re.compile(r"&(?:#[0-9]++;?+|#[xX][0-9a-fA-F]++;?+|[A-Za-z][A-Za-z0-9]*+;?+)")
_LAZY_SOURCES = ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-srcset", "data-lazy-srcset", "srcset")
_PLACEHOLDER = re.compile(
    r"data:|.*(?:placeholder|blank|spacer|transparent|1x1|pixel)[^/]*$", re.IGNORECASE | re.DOTALL
)
_JSON_SCALAR = re.compile(
    r'"([^"\\]*+(?:\\.[^"\\]*+)*+)"|-?[0-9][0-9.eE+-]*+|true|false|null|NaN|-?Infinity', re.DOTALL
)
_JSON_ESCAPE = re.compile(r"(?:\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.)")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ITEM_PROPERTIES = frozenset(
    ["alternativeHeadline", "articleSection", "author", "dateModified", "datePublished", "description", "headline"]
)


def read(source: Source, language: str = "en") -> Document:
    """Return the document an HTML source makes; spans are turbohtml's, in characters of `source.text`.

    Of a whole page only the article's body gives blocks, images and links; `<html lang>` outweighs `language`, and
    `<title>`, `<meta>`, `<link rel=canonical>`, the first `<time datetime>`, JSON-LD and microdata give metadata.

    Raises:
        UnreadableError: there are more tags than any article has.
    """
    if source.text.count("<") > _MOST_TAGS and (count := sum(1 for _ in _START_TAG.finditer(source.text))) > _MOST_TAGS:
        raise UnreadableError(source.path, f"has {count:,} HTML tags; the limit is {_MOST_TAGS:,}")
    builder = DocumentBuilder(source, "html", language)
    feeder = HtmlFeeder(builder)
    places = _Places.of(source)
    mask = None
    if _PAGE.search(places.text):
        mask = _read_page(builder, places)
    feeder.feed_places(places, mask)
    feeder.finish()
    return builder.document()


class _Places:
    """A newline-normalised text, and where its characters stand in the source."""

    def __init__(self, text: Text, source: str) -> None:
        self._source = source
        self._shift = 0
        self._carriage_returns: list[int] = []
        """Where in the text the line ends stand that take two characters of the source."""
        self._starts: list[int] = []
        runs = text.runs
        if len(runs) == 1 and len(runs[0].text) == runs[0].span.end - runs[0].span.start:
            self.text, self._shift = runs[0].text, runs[0].span.start
            if "\r" in self.text:
                found = re.finditer("\r\n", self.text)
                self._carriage_returns = [match.start() - index for index, match in enumerate(found)]
                self.text = _LINE_ENDS.sub("\n", self.text)
            return
        self._origins: list[int] = []
        self._ends: list[int] = []
        self._exact: list[bool] = []
        pieces: list[str] = []
        at = 0
        for plain, span in runs:
            for piece, start, end, exact in _lines(plain, span):
                pieces.append(piece)
                self._starts.append(at)
                self._origins.append(start)
                self._ends.append(end)
                self._exact.append(exact)
                at += len(piece)
        self.text = "".join(pieces)
        self._starts.append(at)
        self._origins.append(self._ends[-1])
        self._exact.append(True)

    @classmethod
    def of(cls, source: Source) -> _Places:
        """Return the whole of a source."""
        return cls(Text((Run(source.text, Span(0, len(source.text))),)), source.text)

    def start(self, offset: int) -> int:
        """Return where the character at `offset` of the text begins in the source."""
        if not self._starts:
            return offset + self._shift + bisect_left(self._carriage_returns, offset)
        index = bisect_right(self._starts, offset) - 1
        return self._origins[index] + (offset - self._starts[index] if self._exact[index] else 0)

    def end(self, offset: int) -> int:
        """Return where the character before `offset` of the text ends in the source."""
        if not self._starts:
            return offset + self._shift + bisect_left(self._carriage_returns, offset)
        index = max(0, bisect_left(self._starts, offset) - 1)
        if offset == self._starts[index + 1] or not self._exact[index]:
            return self._ends[index]
        return self._origins[index] + offset - self._starts[index]

    def runs(self, start: int, end: int) -> Iterator[Run]:
        """Yield the text from `start` to `end` in runs that each stand in one piece of the source."""
        if start >= end:
            return
        if not self._starts:
            span = Span(self.start(start), self.end(end))
            yield Run(self._verbatim(start, end, span), span)
            return
        index = bisect_right(self._starts, start) - 1
        while start < end:
            stop = min(end, self._starts[index + 1])
            if start < stop:
                span = Span(self.start(start), self.end(stop))
                yield Run(self._verbatim(start, stop, span) if self._exact[index] else self.text[start:stop], span)
            start, index = stop, index + 1

    def _verbatim(self, start: int, end: int, span: Span) -> str:
        """Return the text from `start` to `end` with the line ends of the source."""
        plain = self.text[start:end]
        return self._source[span.start : span.end] if "\n" in plain else plain


def _lines(plain: str, span: Span) -> Iterator[tuple[str, int, int, bool]]:
    """Yield pieces of a run, each with its start and end in the source and whether it stands there as it is."""
    if len(plain) != span.end - span.start:
        yield _LINE_ENDS.sub("\n", plain), span.start, span.end, False
        return
    at = 0
    for match in _LINE_ENDS.finditer(plain):
        yield f"{plain[at : match.start()]}\n", span.start + at, span.start + match.end(), True
        at = match.end()
    if at < len(plain) or not plain:
        yield plain[at:], span.start + at, span.end, True


class _Open(NamedTuple):
    name: str
    container: str = ""
    language: str = ""
    """The language outside it, where it has one of its own."""


_PLAIN = {name: _Open(name) for name in (*_BLOCKS, "a")}
_ENDED = _Open("")


@dataclass(slots=True)
class _Skipped:
    """An open element whose content is not read."""

    name: str
    depth: int = 1


class _Anchor(NamedTuple):
    """An open link."""

    url: Text
    title: Text | None
    rel: frozenset[str]


class _Seen(NamedTuple):
    """An image after which nothing but white space has come."""

    url: str
    lazy: bool
    """Whether a script loads it, so that a `<noscript>` may repeat it."""
    copy: bool
    """Whether it stands in a `<noscript>`, so that one that a script loads may repeat it."""


class HtmlFeeder:
    """Tokenises HTML and drives a document builder with it; elements stay open from one piece to the next.

    Tags nest by the HTML Standard's implied ends and scopes. The elements that only style text are not followed.
    """

    def __init__(self, builder: DocumentBuilder) -> None:
        self._builder = builder
        self._stack: list[_Open] = []
        self._where: dict[str, list[int]] = {}
        """Where the open elements of a name stand in the stack."""
        self._entered = 0
        self._labels = 0
        self._anchor: _Anchor | None = None
        self._skipped: _Skipped | None = None
        self._code: list[Run] | None = None
        self._spaced = True
        self._broken = False
        """Whether a line break is the last thing in the open block."""
        self._hollow = False
        """Whether a heading is open and nothing has come in it."""
        self._seen: _Seen | None = None
        self._places = _Places(Text((Run("", Span(0, 0)),)), "")

    def feed(self, text: Text) -> None:
        """Read a piece of HTML: a whole source, a block or a single tag."""
        if not text.runs:
            return
        if len(text.runs) == 1 and _INLINE_TAG.fullmatch(text.runs[0].text):
            return
        self.feed_places(_Places(text, self._builder.source.text))

    def feed_places(self, places: _Places, mask: tuple[Span, ...] | None = None) -> None:  # noqa: C901  one loop
        """Read a piece; with a mask, spans of the piece's text in order, only comments count outside of it."""
        self._places = places
        self._spaced = self._broken = False
        self._seen = None
        if self._skipped and self._skipped.name in _INLINE_OBJECTS and not self._builder.in_object:
            # A parser that shares the builder has ended the block in which code was left open.
            self._skipped = None
        text = places.text
        masks = iter(mask or ())
        low, high = next(masks, (len(text), len(text))) if mask is not None else (0, len(text) + 1)
        for token, at in _tokens(text):
            kind = token.type
            if kind is _COMMENT:
                self._comment(token.source or "", at)
                continue
            if not low <= at < high:
                if at < low:
                    continue
                self._finish(high)
                low, high = next(masks, (len(text) + 1, len(text) + 1))
                if not low <= at < high:
                    continue
            if kind is _TEXT:
                self._text(token.data or "", at)
            elif kind is _START:
                self._start(token.tag or "", token.source or "", at, self_closing=token.self_closing)
            elif kind is _END:
                self._end(token.tag or "", at, at + len(token.source or ""))
            elif kind is _REFERENCE:
                self._reference(token.data or "", at, at + len(token.source or ""))

    def finish(self) -> None:
        """Close what is open."""
        self._finish(len(self._places.text))

    def _finish(self, at: int) -> None:
        self._end_skipped(at)
        self._pop(0, at)
        self._builder.end_block()
        self._at_boundary()
        self._seen = None

    # Text.

    def _text(self, data: str, at: int) -> None:
        if self._skipped:
            if self._skipped.name == "noscript":
                self._copied_images(data, at)
            return
        if self._places.text.startswith(data, at):
            self._add(data, at)
            return
        # The standard drops `</>`, so that a text may stand in several pieces.
        low = 0
        while low < len(data):
            gap = self._places.text.find("</>", at)
            count = len(data) - low if gap < 0 else min(gap - at, len(data) - low)
            if count:
                self._add(data[low : low + count], at)
            low, at = low + count, at + count + len("</>")

    def _add(self, data: str, at: int) -> None:
        if self._code is not None:
            skip = 1 if not self._code and data[0] == "\n" else 0
            self._code.extend(self._places.runs(at + skip, at + len(data)))
            return
        low = 0
        if self._spaced or data.isspace():
            low = len(data) - len(data.lstrip(_SPACE))
            if low == len(data):
                if not self._spaced:
                    self._builder.text(" ", self._places.start(at), self._places.end(at + low))
                    self._spaced = True
                return
            if not self._spaced:
                low = 0
        for match in _UNEVEN.finditer(data, low):
            start, end = match.span()
            if low < start:
                self._plain(data[low:start], at + low)
            source_start, source_end = self._places.start(at + start), self._places.end(at + end)
            self._builder.text(OBJECT if data[start] == OBJECT else " ", source_start, source_end)
            low = end
        if low < len(data):
            self._plain(data[low:], at + low)
        self._settle(spaced=data[-1] in _SPACE)

    def _plain(self, plain: str, at: int) -> None:
        start, end = self._places.start(at), self._places.end(at + len(plain))
        if end - start == len(plain):
            self._builder.text(plain, start, end)
            return
        for run in self._places.runs(at, at + len(plain)):
            self._builder.text(run.text, run.span.start, run.span.end)

    def _reference(self, data: str, at: int, end: int) -> None:
        if self._skipped:
            return
        start, stop = self._places.start(at), self._places.end(end)
        if self._code is not None:
            self._code.append(Run(data, Span(start, stop)))
            return
        blank = not data.strip(_SPACE)
        if blank and self._spaced:
            return
        self._builder.text(" " if blank else data, start, stop)
        self._settle(spaced=blank)

    def _object(self, start: int, end: int) -> None:
        if self._code is None:
            self._builder.object(self._places.start(start), self._places.end(end))
            self._settle(spaced=False)

    def _settle(self, *, spaced: bool) -> None:
        self._spaced = spaced
        self._broken = self._hollow = False
        self._seen = None

    def _comment(self, markup: str, at: int) -> None:
        # Declarations and stray markup (`<?xml ?>`, `</ >`, `<![CDATA[`) make comments too, which nobody wrote as one.
        if markup.startswith("<!--"):
            inner = markup[4:].removesuffix("-->")
            self._builder.comment(inner.strip(), self._places.start(at), self._places.end(at + len(markup)))

    # Tags.

    def _start(self, name: str, markup: str, at: int, *, self_closing: bool) -> None:  # noqa: C901  a branch a kind
        if self._skipped and not self._starts_after_skipped(name, at, self_closing=self_closing):
            return
        if name in _BLOCKS:
            self._start_block(name, markup, at)
        elif name in _UNREAD:
            self._skipped = _Skipped(name)
        elif self._code is not None:
            if name == "br":
                self._code.append(Run("\n", Span(self._places.start(at), self._places.end(at + len(markup)))))
        elif name == "a":
            self._start_anchor(markup, at)
        elif name in {"img", "amp-img"}:
            self._image(markup, at)
        elif name == "br":
            self._break(at, at + len(markup))
        elif name in _VOID_OBJECTS or (name in _OBJECTS and self_closing and name in {"svg", "math"}):
            self._object(at, at + len(markup))
        elif name in _OBJECTS:
            self._skipped = _Skipped(name)
            self._builder.begin_object(self._places.start(at))

    def _starts_after_skipped(self, name: str, at: int, *, self_closing: bool) -> bool:
        """Return whether the element that is not read ends before this start tag."""
        skipped = self._skipped
        if skipped is None:
            return True
        if skipped.name in _INLINE_OBJECTS and name in _BLOCKS:
            self._end_skipped(at)
            return True
        if name == skipped.name and not self_closing:
            skipped.depth += 1
        return False

    def _end(self, name: str, at: int, end: int) -> None:
        skipped = self._skipped
        if skipped:
            if name == skipped.name:
                skipped.depth -= 1
                if not skipped.depth:
                    self._end_skipped(end)
                return
            if skipped.name not in _INLINE_OBJECTS or name not in _BLOCKS:
                return
            self._end_skipped(at)
        if name == "a":
            self._end_anchor(end)
        elif name == "br":
            self._break(at, end)
        elif name in _BLOCKS:
            key = "heading" if name in _HEADINGS else name
            index = self._open(key)
            begun = key == "heading" or (key == "p" and not self._labels)
            self._builder.end_block(self._places.end(end) if index >= 0 and begun else None)
            if index >= 0:
                self._pop(index, at)
            self._at_boundary()

    def _end_skipped(self, end: int) -> None:
        skipped, self._skipped = self._skipped, None
        if skipped and skipped.name in _OBJECTS:
            self._builder.end_object(self._places.end(end))
            self._settle(spaced=False)

    def _break(self, at: int, end: int) -> None:
        if self._broken and not self._where.get("heading"):
            # Two breaks in a row are how old pages and editors part paragraphs.
            self._builder.end_block()
            self._at_boundary()
            return
        self._builder.line_break(self._places.start(at), self._places.end(end))
        self._spaced = self._broken = True

    def _at_boundary(self) -> None:
        self._spaced, self._broken = True, False

    # Blocks.

    def _start_block(self, name: str, markup: str, at: int) -> None:
        for implied in _IMPLIED_ENDS.get(name, ()):
            if (index := self._open(implied)) >= 0:
                self._pop(index, at)
        if (index := self._open("p")) >= 0:
            self._pop(index, at)
        self._at_boundary()
        if name == "hr" or name in _ROWS:
            self._builder.end_block()
            return
        language = self._enter_language(markup) if "lang" in markup else ""
        if name in _HEADINGS:
            self._builder.begin_block("heading", self._places.start(at), int(name[1]))
            self._hollow = True
            self._push(_Open("heading", "", language))
            return
        container = _CONTAINERS.get(name, "")
        if container and self._entered < _MOST_CONTAINERS:
            self._builder.enter(container)
            self._entered += 1
            self._hollow = False
        elif not self._hollow:
            container = ""
            self._builder.end_block()
        self._labels += name in _LABELS
        self._push(_Open(name, container, language) if container or language else _PLAIN[name])
        if name == "p" and not self._labels and not self._hollow:
            self._builder.begin_block("paragraph", self._places.start(at))
        elif name in {"pre", "listing"} and self._code is None:
            self._code = []

    def _enter_language(self, markup: str) -> str:
        """Take the language a tag names, and return the one outside it; nothing where the tag names none."""
        place = _attributes(markup).get("lang")
        language = _primary(markup[place.start : place.end]) if place else ""
        if not language:
            return ""
        # A block has the language at its end.
        self._builder.end_block()
        outer, self._builder.language = self._builder.language, language
        return outer

    def _push(self, element: _Open) -> None:
        self._where.setdefault(element.name, []).append(len(self._stack))
        self._stack.append(element)

    def _open(self, name: str) -> int:
        """Return where in the stack the innermost open element of that name stands, or -1 for none in scope."""
        found = self._where.get(name)
        if not found:
            return -1
        for barrier in _SCOPES.get(name, _TABLE_SCOPE):
            hiding = self._where.get(barrier)
            if hiding and hiding[-1] > found[-1]:
                return -1
        return found[-1]

    def _pop(self, length: int, at: int) -> None:
        """Close the open elements from the innermost one, until `length` of them are left."""
        while len(self._stack) > length:
            name, container, language = self._stack.pop()
            if not name:
                continue
            self._where[name].pop()
            if name == "a":
                self._close_anchor(at)
                continue
            self._builder.end_block()
            if container:
                self._builder.leave(container)
                self._entered -= 1
            self._labels -= name in _LABELS
            if name in {"pre", "listing"}:
                self._end_code()
            if language:
                self._builder.language = language

    def _end_code(self) -> None:
        runs, self._code = self._code, None
        if runs and not all(run.text.isspace() for run in runs):
            self._builder.code(runs)

    # Links and images.

    def _start_anchor(self, markup: str, at: int) -> None:
        self._end_anchor(at)
        attributes = _attributes(markup)
        url = self._value(attributes, "href", at)
        if url is None:
            # A place to link to, not a link.
            return
        rel = self._value(attributes, "rel", at)
        self._anchor = _Anchor(url, self._value(attributes, "title", at), frozenset(str(rel or "").lower().split()))
        self._builder.begin_link(self._places.start(at))
        self._push(_PLAIN["a"])

    def _end_anchor(self, end: int) -> None:
        if self._anchor is None:
            return
        index = self._where["a"].pop()
        if index == len(self._stack) - 1:
            self._stack.pop()
        else:
            self._stack[index] = _ENDED
        self._close_anchor(end)

    def _close_anchor(self, end: int) -> None:
        anchor, self._anchor = self._anchor, None
        if anchor:
            self._builder.end_link(self._places.end(end), anchor.url, anchor.title, anchor.rel)

    def _image(self, markup: str, at: int, *, copy: bool = False) -> None:
        attributes = _attributes(markup)
        if _is_pixel(markup, attributes):
            return
        url, lazy = self._image_source(markup, attributes, at)
        seen = self._seen
        if seen and seen.copy != copy and (seen.url == url.plain or (copy and seen.lazy)):
            self._seen = None
            return
        image = Image(
            span=Span(self._places.start(at), self._places.end(at + len(markup))),
            url=url,
            alt=self._value(attributes, "alt", at),
            title=self._value(attributes, "title", at),
            label=self._label(markup, attributes, at),
            hidden=_hidden(markup, attributes),
        )
        self._builder.image(image)
        self._settle(spaced=False)
        self._seen = _Seen(url.plain, lazy, copy)

    def _copied_images(self, data: str, at: int) -> None:
        """Read the images of a `<noscript>`, which is one text to the tokenizer as it is to a browser with scripts."""
        for token, start in _tokens(data):
            if token.type is _START and token.tag == "img":
                self._image(token.source or "", at + start, copy=True)

    def _image_source(self, markup: str, attributes: dict[str, Span], at: int) -> tuple[Text, bool]:
        """Return an image's address, and whether a script puts it in the place of a stand-in."""
        place = attributes.get("src")
        if place and place.start < place.end and not _PLACEHOLDER.match(markup, place.start, place.end):
            return self._value(attributes, "src", at) or Text(), False
        for name in _LAZY_SOURCES:
            url = self._value(attributes, name, at)
            if not url or not url.plain.strip():
                continue
            if name.endswith("srcset"):
                # “address width, address width”; an address holds no white space.
                first = re.search(r"[^\s,]\S*", url.plain)
                url = url.slice(first.start(), first.start() + len(first[0].rstrip(","))) if first else url
            return url, name != "srcset"
        return self._value(attributes, "src", at) or Text(), False

    def _label(self, markup: str, attributes: dict[str, Span], at: int) -> Text | None:
        place = attributes.get("aria-labelledby")
        for name in markup[place.start : place.end].split() if place else ():
            label = self._texts_by_id.get(name)
            if label:
                return _inner_text(self._builder.source, *label) or None
        label_text = self._value(attributes, "aria-label", at)
        return label_text or None

    @cached_property
    def _texts_by_id(self) -> dict[str, tuple[_Places, Span]]:
        """Where the content of each element with an id stands in the whole source."""
        source = self._builder.source
        places = _Places.of(source)
        found: dict[str, tuple[_Places, Span]] = {}
        for node in turbohtml.parse(places.text, source_locations=True).select("[id]"):
            if (content := _content(node)) and isinstance(name := node.attrs.get("id"), str):
                found.setdefault(name, (places, content))
        return found

    def _value(self, attributes: dict[str, Span], name: str, at: int) -> Text | None:
        """Return an attribute's value, or `None` where the tag at `at` has no such attribute."""
        place = attributes.get(name)
        return _value(self._places, place.start + at, place.end + at) if place else None


def _tokens(text: str) -> Iterator[tuple[Token, int]]:
    """Yield each token and where it begins in the text."""
    lines = [0, *(match.end() for match in re.finditer("\n", text))] if "\n" in text else [0]
    for token in turbohtml.tokenize(text, resolve_references=False, capture_source=True, capture_attributes=False):
        yield token, lines[token.line - 1] + token.col


def _attributes(markup: str) -> dict[str, Span]:
    """Return where the values of a start tag's attributes stand in it; the first of two with one name counts.

    The tag is one that the tokenizer has delimited, by the states 13.2.5.32 to 13.2.5.40 of the HTML Standard.
    """
    found: dict[str, Span] = {}
    name = _TAG_NAME.match(markup)
    at = name.end() if name else len(markup)
    while match := _ATTRIBUTE.match(markup, at):
        at = match.end()
        group = match.lastindex or 1
        found.setdefault(match[1].lower(), Span(*match.span(group)) if group > 1 else Span(at, at))
    return found


def _value(places: _Places, start: int, end: int) -> Text:
    """Return the attribute value that stands from `start` to `end`; each character reference is a run of its own."""
    value = places.text[start:end]
    if "&" not in value:
        return Text(tuple(places.runs(start, end)))
    runs: list[Run] = []
    low = 0
    for match in _VALUE_REFERENCE.finditer(value):
        written = match[0]
        # A name without a semicolon is none where `=` follows, or `?a=1&copy=2` would lose its second parameter.
        if written[1] != "#" and (written[1:] not in html5 or (written[-1] != ";" and value[match.end() :][:1] == "=")):
            continue
        runs += places.runs(start + low, start + match.start())
        span = Span(places.start(start + match.start()), places.end(start + match.end()))
        runs.append(Run(unescape(written), span))
        low = match.end()
    runs += places.runs(start + low, end)
    return Text(tuple(runs))


def _is_pixel(markup: str, attributes: dict[str, Span]) -> bool:
    """Return whether an image is one that counts visitors: of at most one pixel by its attributes."""
    sizes = [attributes.get("width"), attributes.get("height")]
    return all(size and markup[size.start : size.end] in {"0", "1"} for size in sizes)


def _hidden(markup: str, attributes: dict[str, Span]) -> bool:
    aria, role = (attributes.get(name, Span(0, 0)) for name in ("aria-hidden", "role"))
    if markup[aria.start : aria.end].strip().lower() == "true":
        return True
    return markup[role.start : role.end].strip().lower() in {"none", "presentation"}


def _primary(language: str) -> str:
    """Return a language tag's primary subtag, or nothing where it is none."""
    subtag = re.match(r"\s*([A-Za-z]{2,8})(?![A-Za-z0-9])", language)
    return subtag[1].lower() if subtag else ""


def _content(element: Element) -> Span | None:
    """Return where an element's content stands, or `None` where a tag of it is implied."""
    place = element.source_location
    if place is None or place.end_tag is None:
        return None
    return Span(place.start_tag.end_offset, place.end_tag.start_offset)


def _inner_text(source: Source, places: _Places, content: Span) -> Text:
    """Return an element's text as a reader sees it."""
    builder = DocumentBuilder(source, "html")
    feeder = HtmlFeeder(builder)
    end = min(content.end, content.start + _LONGEST_LABEL)
    feeder.feed(Text(tuple(places.runs(content.start, end))))
    feeder.finish()
    runs: list[Run] = []
    for block in builder.document().blocks:
        if runs:
            runs.append(Run(" ", Span(runs[-1].span.end, block.text.runs[0].span.start)))
        runs += block.text.runs
    return Text(tuple(runs))


# Whole pages.


def _read_page(builder: DocumentBuilder, places: _Places) -> tuple[Span, ...]:
    """Give the builder a page's language and metadata, and return where its article stands in the text."""
    text = places.text
    tree = turbohtml.parse(text, source_locations=True)
    mask = body(tree, text)
    if tree.root is not None and isinstance(language := tree.root.attrs.get("lang"), str):
        builder.language = _primary(language) or builder.language
    title = tree.find("title")
    if title is not None and (content := _content(title)):
        builder.set_metadata({"title": _inner_text(builder.source, places, content)})
    for element in tree.select("meta[content], link[rel~=canonical][href]"):
        _read_tag(builder, places, element)
    for element in tree.select("script[type='application/ld+json']"):
        if content := _content(element):
            _read_json(builder, places, content)
    _read_items(builder, places, tree)
    _read_time(builder, places, tree, mask)
    return mask


def _tag(places: _Places, element: Element) -> tuple[int, dict[str, Span]]:
    """Return where an element's start tag begins, and where its attributes' values stand after that."""
    place = element.source_location
    if place is None:
        return 0, {}
    start = place.start_tag.start_offset
    return start, _attributes(places.text[start : place.start_tag.end_offset])


def _read_tag(builder: DocumentBuilder, places: _Places, element: Element) -> None:
    start, attributes = _tag(places, element)
    keys = [
        str(_value(places, start + place.start, start + place.end))
        for name in ("name", "property", "itemprop")
        if (place := attributes.get(name))
    ]
    value = attributes.get("content")
    if element.tag == "link":
        keys, value = ["canonical"], attributes.get("href")
    if value is None:
        return
    for key in keys:
        if key:
            builder.set_metadata({key: _value(places, start + value.start, start + value.end)})


def _read_items(builder: DocumentBuilder, places: _Places, tree: Tree) -> None:
    """Read the microdata of an article; a property of an item inside it has the item's name before its own."""
    for element in tree.select("[itemprop]")[:_MOST_ITEMS]:
        names = [name for name in _words(element, "itemprop") if name in _ITEM_PROPERTIES or name == "name"]
        if not names or element.tag == "meta":
            continue
        outer = ""
        for ancestor in islice(element.ancestors, 8):
            if isinstance(ancestor, Element) and "itemscope" in ancestor.attrs:
                outer = next(iter(_words(ancestor, "itemprop")), "")
                break
        start, attributes = _tag(places, element)
        value = next((attributes[name] for name in ("content", "datetime") if name in attributes), None)
        content = _content(element)
        if value is not None:
            text = _value(places, start + value.start, start + value.end)
        elif content is not None and "itemscope" not in attributes:
            text = _inner_text(builder.source, places, content)
        else:
            continue
        for name in names:
            if outer in {"", "author"} and (outer or name != "name") and text:
                builder.set_metadata({f"{outer}.{name}" if outer else name: text})


def _words(element: Element, name: str) -> list[str]:
    value = element.attrs.get(name)
    return value.split() if isinstance(value, str) else list(value or ())


def _read_time(builder: DocumentBuilder, places: _Places, tree: Tree, mask: tuple[Span, ...]) -> None:
    """Take the first time inside the article, or else the page's first."""
    times = [_tag(places, element) for element in tree.select("time[datetime]")]
    inside = (time for time in times if any(span.start <= time[0] < span.end for span in mask))
    for start, attributes in (*islice(inside, 1), *times[:1]):
        if place := attributes.get("datetime"):
            builder.set_metadata({"time": _value(places, start + place.start, start + place.end)})


class _Pairs(list[tuple[str, Any]]):
    """A JSON object as its members in order, repeated names included."""


def _read_json(builder: DocumentBuilder, places: _Places, content: Span) -> None:
    """Read JSON-LD: the first object that is an article gives its members, those of members as `author.name`."""
    raw = places.text[content.start : content.end]
    start, end = places.start(content.start), places.end(content.end)
    if len(raw) > _LONGEST_JSON:
        builder.fault("json-ld", f"has {len(raw):,} characters; the limit is {_LONGEST_JSON:,}", start, end)
        return
    try:
        data = json.loads(raw, strict=False, object_pairs_hook=_Pairs)
    except ValueError as error:
        builder.fault("json-ld", f"is not JSON: {error}", start, end)
        return
    except RecursionError:
        builder.fault("json-ld", "is nested too deep", start, end)
        return
    chosen = _article_path(data)
    if chosen is None:
        return
    for path, low, high in _json_scalars(data, raw):
        if path[: len(chosen)] == chosen:
            key = ".".join(path[len(chosen) :])
            builder.set_metadata({key: _json_text(places, content.start + low, content.start + high)})


def _article_path(data: object) -> tuple[str, ...] | None:
    """Return the path to the first article among a script's topmost objects."""
    nodes: list[tuple[tuple[str, ...], object]] = [((), data)]
    if isinstance(data, list) and not isinstance(data, _Pairs):
        nodes = [((str(index),), node) for index, node in enumerate(data)]
    for path, node in tuple(nodes):
        graph = dict(node).get("@graph") if isinstance(node, _Pairs) else None
        if isinstance(graph, list):
            nodes += [((*path, "@graph", str(index)), inner) for index, inner in enumerate(graph)]
    for path, node in nodes:
        kinds = dict(node).get("@type") if isinstance(node, _Pairs) else None
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            if isinstance(kind, str) and kind.endswith(("Article", "Posting", "Report", "Review")):
                return path
    return None


def _json_scalars(data: object, raw: str) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Yield the path of each string, number and literal, and where it stands in `raw`, without quotation marks."""
    literals = _JSON_SCALAR.finditer(raw)
    open_values: list[tuple[tuple[str, ...], object, bool]] = [((), data, False)]
    while open_values:
        path, value, named = open_values.pop()
        if named:
            next(literals)
        if isinstance(value, _Pairs):
            open_values += [((*path, name)[:_DEEPEST_KEY], inner, True) for name, inner in reversed(value)]
        elif isinstance(value, list):
            numbered = tuple(enumerate(value))
            open_values += [((*path, str(index))[:_DEEPEST_KEY], inner, False) for index, inner in reversed(numbered)]
        else:
            literal = next(literals)
            start, end = literal.span(literal.lastindex or 0)
            if len(path) < _DEEPEST_KEY:
                yield path, start, end


def _json_text(places: _Places, start: int, end: int) -> Text:
    runs: list[Run] = []
    low = start
    for match in _JSON_ESCAPE.finditer(places.text, start, end):
        runs += places.runs(low, match.start())
        # Half of a pair stands for no character.
        plain = _SURROGATE.sub("\ufffd", json.loads(f'"{match[0]}"'))
        runs.append(Run(plain, Span(places.start(match.start()), places.end(match.end()))))
        low = match.end()
    runs += places.runs(low, end)
    return Text(tuple(runs))
