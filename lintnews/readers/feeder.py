"""Drives a document builder with the tokens of HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import turbohtml
from turbohtml import Token, TokenType

from lintnews.document import OBJECT, Image, Run, Text
from lintnews.languages import primary
from lintnews.readers.builder import DocumentBuilder
from lintnews.readers.elements import (
    BLOCKS,
    CHILDLESS,
    CONTAINERS,
    IMPLIED_ENDS,
    KINDS,
    PART,
    PARTED,
    PARTS,
    SCOPE,
    SCOPES,
)
from lintnews.readers.images import ROLES, hides, image, role
from lintnews.readers.tags import Tag, content, normalised, tokens, whole
from lintnews.source import Source, Span

_TEXT, _START, _END = TokenType.TEXT, TokenType.START_TAG, TokenType.END_TAG
_COMMENT, _REFERENCE = TokenType.COMMENT, TokenType.CHARACTER_REFERENCE

_DEEPEST = 100
"""How many open elements are looked through for one of a name: hostile nesting has millions."""
_LONGEST_LABEL = 1_000
"""Characters of markup read for the text of one element."""

_DRAWINGS = ("svg", "math")
_SPACE = " \t\n\f"
# The ends of a text that more white space would not change.
_BLANK = ("", " ", "\n")
# White space that is not one space already, and what a reader before this one has masked.
_UNEVEN = re.compile(f"[{_SPACE}]{{2,}}|[\t\n\f]|{OBJECT}+")
_LINE_END = re.compile(r"\r?\n|\r|")
_TAG = re.compile(r"<[^<>]*+>")
_INLINE_TAG = re.compile(r"</?(?:abbr|b|big|cite|del|dfn|em|i|ins|mark|q|s|small|span|strong|sub|sup|u)(?:\s[^<>]*)?>")
# What a tag holds that hides an element, or says that it is an image; and tags that may hold something of the kind.
_MARK = re.compile(r"hidden|\brole\b|display|visibility", re.IGNORECASE)
# The elements that are images, or hold one, by what their tag or content says.
_DRAWN = frozenset({"canvas", "object", "svg"})


class _Open(NamedTuple):
    """An open element."""

    name: str
    container: str
    part: str
    """The part of a page that it is by its class or id, as `comments`."""
    outer_language: str
    label: bool
    """Whether it is a caption or cell, or in one, so that a paragraph is no block of its own kind."""


@dataclass
class _Hiding:
    """An open element that takes what is in it from assistive technology."""

    name: str
    depth: int
    """How many elements are open around it."""
    open: int = 1
    """How many of its name are open; elements that are followed by their depth stay at one."""


class HtmlFeeder:
    """Tokenises HTML and drives a document builder with it; elements stay open from one piece to the next.

    Tags nest by the HTML Standard's implied ends and scopes. The elements that only style text are not followed.
    """

    def __init__(self, builder: DocumentBuilder, *, labels: bool = True) -> None:
        self._builder = builder
        self._follows_labels = labels
        """Whether `aria-labelledby` is followed; from what it leads to it is not followed again (accname 1.2, 2B)."""
        self._piece = Text()
        self._stack: list[_Open] = []
        self._skipped: list[str] = []
        """The open element that is not read, and those of its name inside it."""
        self._anchor: tuple[int, tuple[Text, Text | None, frozenset[str]]] | None = None
        """How many elements are open around the open link, and its address, title and relations."""
        self._code: list[Run] | None = None
        self._drawn: list[Image] = []
        """The images that the open element which is not read shows."""
        self._titled = False
        """Whether a drawing's title is open."""
        self._marked = False
        """Whether the piece may hold a tag that hides an element, or says that it is an image."""
        self._hiding: _Hiding | None = None
        self._labels: dict[str, Text | None] = {}
        self._seen: tuple[int, bool] | None = None
        """Where in the piece the image before ends, and whether it stands in a `<noscript>`."""

    def feed(self, piece: Text, *, comments_only: bool = False) -> None:
        """Read a piece of HTML: a whole source, a block or a single tag."""
        if not piece.runs or (len(piece.runs) == 1 and self._only_styles(piece.runs[0].text)):
            return
        self._piece, self._seen = piece, None
        if self._skipped and KINDS[self._skipped[0]] == "phrase" and not self._builder.in_object:
            # A parser that shares the builder has ended the block in which code was left open.
            self._skipped, self._drawn = [], []
        self._marked = _MARK.search(piece.plain) is not None
        for token, at in tokens(normalised(piece.plain)):
            kind = token.type
            if kind is _COMMENT:
                self._comment(at, at + len(token.source or ""))
            elif comments_only or (self._skipped and self._skips(token, at)):
                continue
            elif kind is _TEXT:
                self._text(token.data or "", at)
            elif kind is _REFERENCE:
                self._reference(token.data or "", piece.span(at, at + len(token.source or "")))
            elif token.tag:
                self._tag(token.tag, token, at)

    def finish(self) -> None:
        """Close what is open."""
        end = self._piece.span().end if self._piece else 0
        self._end_skipped(end)
        self._pop(0, end)
        self._end_anchor(end)
        self._builder.end_block()
        self._hiding = None

    @property
    def hiding(self) -> bool:
        """Whether an element is open that takes what is in it from assistive technology."""
        return self._hiding is not None

    # Text.

    def _text(self, data: str, at: int) -> None:
        if self._code is not None:
            # The line end right after `<pre>` is none of its content.
            first = _LINE_END.match(self._piece.plain, at) if not self._code else None
            self._code += self._piece.slice(first.end() if first else at, at + len(data)).runs
            return
        low = len(data) - len(data.lstrip(_SPACE)) if self._builder.tail in _BLANK else 0
        for match in _UNEVEN.finditer(data, low):
            if low < match.start():
                self._plain(data[low : match.start()], at + low)
            low = match.end()
            span = self._piece.span(at + match.start(), at + low)
            self._builder.text(OBJECT if match[0][0] == OBJECT else " ", span.start, span.end)
        if low < len(data):
            self._plain(data[low:], at + low)

    def _plain(self, plain: str, at: int) -> None:
        start, end = self._piece.span(at, at + len(plain))
        if end - start == len(plain):
            self._builder.text(plain, start, end)
            return
        for text, span in self._piece.slice(at, at + len(plain)).runs:
            self._builder.text(text, span.start, span.end)

    def _reference(self, data: str, span: Span) -> None:
        if self._code is not None:
            self._code.append(Run(data, span))
        elif data.strip(_SPACE):
            self._builder.text(data, span.start, span.end)
        elif self._builder.tail not in _BLANK:
            self._builder.text(" ", span.start, span.end)

    def _comment(self, at: int, end: int) -> None:
        markup = self._piece.plain[at:end]
        # Declarations and stray markup (`<?xml ?>`, `</ >`) make comments too, which nobody wrote as one.
        if markup.startswith("<!--"):
            self._builder.comment(markup[4:].removesuffix("-->").strip(), *self._piece.span(at, end))

    # Tags.

    def _tag(self, name: str, token: Token, at: int) -> None:
        end = at + len(token.source or "")
        if name in KINDS and token.type is _START:
            self._start(name, at, end, drawing=name in _DRAWINGS and token.self_closing)
        elif name in KINDS:
            self._end(name, self._piece.span(at, end))
        if self._marked or self._hiding:
            self._mark(name, token, at)

    def _start(self, name: str, at: int, end: int, *, drawing: bool) -> None:
        kind, span = KINDS[name], self._piece.span(at, end)
        if name in BLOCKS:
            written = self._piece.plain[at:end].lower()
            language = primary(Tag(self._piece, at, end).word("lang")) if "lang" in written else ""
            parted = name in PARTED and PART.search(written)
            self._start_block(name, span.start, language, self._part(at, end) if parted else "")
        elif kind == "unread":
            self._skipped = [name]
        elif self._code is not None:
            if kind == "break":
                self._code.append(Run("\n", span))
        elif kind == "link":
            self._start_anchor(Tag(self._piece, at, end), span.start)
        elif kind == "image":
            self._image(name, at, end)
        elif kind == "break":
            self._break(span)
        elif kind == "strong":
            self._builder.begin_strong()
        else:
            self._start_object(name, at, end)
            if drawing:
                self._end_skipped(span.end)

    def _end(self, name: str, span: Span) -> None:
        if name == "a":
            self._end_anchor(span.end)
        elif name == "br":
            self._break(span)
        elif KINDS[name] == "strong":
            self._builder.end_strong()
        elif name in BLOCKS:
            heading = KINDS[name] == "heading"
            index = self._find("heading" if heading else name)
            begun = index < len(self._stack) and (heading or (name == "p" and not self._stack[index].label))
            self._builder.end_block(span.end if begun else None)
            self._pop(index, span.start)

    def _skips(self, token: Token, at: int) -> bool:
        """Return whether a token belongs to the open element that is not read."""
        skipped, span = self._skipped[0], self._piece.span(at, at + len(token.source or ""))
        if token.tag in BLOCKS and KINDS[skipped] == "phrase":
            self._end_skipped(span.start)
            return False
        if token.type is _TEXT and skipped == "noscript":
            # It is one text to the tokenizer, as it is to a browser with scripts.
            for inner, low in tokens(token.data or ""):
                if inner.type is _START and inner.tag == "img":
                    self._image("img", at + low, at + low + len(inner.source or ""), copy=True)
        elif token.type is _START and token.tag == skipped and not (skipped in _DRAWINGS and token.self_closing):
            self._skipped.append(skipped)
        elif token.type is _END and token.tag == skipped:
            self._skipped.pop()
            if not self._skipped:
                self._end_skipped(span.end)
        if skipped in _DRAWN:
            self._draw(skipped, token, at)
        return True

    def _start_object(self, name: str, at: int, end: int) -> None:
        if name in _DRAWN and (found := self._shown(name, at, end)):
            self._drawn = [found]
        self._skipped = [name]
        self._builder.begin_object(self._piece.span(at, end).start)

    def _end_skipped(self, end: int) -> None:
        drawn, self._skipped, self._drawn, self._titled = self._drawn, [], [], False
        self._builder.end_object(end)
        for found in drawn:
            self._builder.image(found, shown=False)

    def _draw(self, around: str, token: Token, at: int) -> None:
        """Read what names a drawing in it: its title; in an object, what is shown in its place."""
        if token.type is _START:
            self._titled = around == "svg" and token.tag == "title"
            found = self._shown(token.tag or "", at, at + len(token.source or ""))
            if found and around == "svg" and not (self._drawn and self._drawn[0].element == "svg"):
                # Of a drawing that is no image itself each shape may be one.
                self._drawn.append(found)
            elif found and found.name and around == "object":
                self._name_drawing(found.name)
        elif token.type is _END:
            self._titled = False
        elif token.type is _TEXT and (self._titled or around == "object") and (token.data or "").strip():
            self._name_drawing(self._piece.slice(at, at + len(token.data or "")))

    def _name_drawing(self, name: Text) -> None:
        if self._drawn and not self._drawn[-1].alt:
            self._drawn[-1] = replace(self._drawn[-1], alt=name)

    def _break(self, span: Span) -> None:
        second = self._builder.tail == "\n" and span.start > self._piece.runs[0].span.start
        if second and self._find("heading") == len(self._stack):
            # Two breaks in a row are how old pages and editors part paragraphs.
            self._builder.end_block()
        else:
            self._builder.line_break(span.start, span.end)

    # Blocks.

    def _part(self, at: int, end: int) -> str:
        """Return which part of a page an element is by its class or id; nothing where neither says so."""
        tag = Tag(self._piece, at, end)
        found = PART.search(f"{tag.word('class')} {tag.word('id')}")
        return PARTS[found[1]] if found else ""

    def _start_block(self, name: str, start: int, language: str, part: str) -> None:
        kind, builder = KINDS[name], self._builder
        for implied in (*IMPLIED_ENDS.get(name, ()), "p"):
            self._pop(self._find(implied), start)
        container = CONTAINERS.get(name, "")
        # A division or paragraph in a heading that holds nothing yet is that heading.
        if kind == "boundary" or container or language or not builder.hollow:
            builder.end_block()
        if kind == "boundary":
            return
        for around in filter(None, (container, part)):
            builder.enter(around)
        label = container in {"caption", "tableCell"} or bool(self._stack and self._stack[-1].label)
        self._stack.append(_Open("heading" if kind == "heading" else name, container, part, builder.language, label))
        builder.language = language or builder.language
        if name == "figure":
            builder.begin_figure()
        if kind == "heading":
            builder.begin_block("heading", start, int(name[1]))
        elif name == "p" and not label and not builder.hollow:
            builder.begin_block("paragraph", start)
        elif kind == "code" and self._code is None:
            self._code = []

    def _find(self, name: str) -> int:
        """Return how many open elements stand around the innermost one of that name: all, where none is in scope."""
        scope = SCOPES.get(name, SCOPE)
        for index in range(len(self._stack) - 1, max(-1, len(self._stack) - _DEEPEST), -1):
            found = self._stack[index].name
            if found == name:
                return index
            if found in scope:
                break
        return len(self._stack)

    def _pop(self, length: int, at: int) -> None:
        """Close the open elements from the innermost one, until `length` of them are left."""
        while len(self._stack) > length:
            if self._anchor and self._anchor[0] == len(self._stack):
                self._end_anchor(at)
            element = self._stack.pop()
            self._builder.end_block()
            if element.name == "figure":
                self._builder.end_figure()
            if self._hiding and len(self._stack) <= self._hiding.depth:
                self._hiding = None
            for left in filter(None, (element.part, element.container)):
                self._builder.leave(left)
            self._builder.language = element.outer_language
            if KINDS.get(element.name) == "code" and self._code is not None:
                if not all(run.text.isspace() for run in self._code):
                    self._builder.code(self._code)
                self._code = None

    # Links and images.

    def _start_anchor(self, tag: Tag, start: int) -> None:
        self._end_anchor(start)
        url = tag.value("href")
        # Without an address it is a place to link to, not a link.
        if url is not None:
            self._builder.begin_link(start)
            self._anchor = (len(self._stack), (url, tag.value("title"), frozenset(tag.word("rel").split())))

    def _end_anchor(self, end: int) -> None:
        anchor, self._anchor = self._anchor, None
        if anchor:
            self._builder.end_link(end, *anchor[1])

    def _image(self, name: str, at: int, end: int, *, copy: bool = False) -> None:
        found = self._shown(name, at, end)
        if found is None:
            if name in {"embed", "input"}:
                self._builder.object(*self._piece.span(at, end))
            return
        if self._seen and copy != self._seen[1] and not _TAG.sub("", self._piece.plain[self._seen[0] : at]).strip():
            # One that a script loads, and its copy for readers without scripts, are one image.
            self._seen = None
            return
        self._seen = (end, copy)
        self._builder.image(found)

    def _shown(self, name: str, at: int, end: int) -> Image | None:
        """Return the image that a start tag shows, with the name that another element gives it."""
        tag, builder = Tag(self._piece, at, end), self._builder
        found = image(name, tag, self._piece.span(at, end), builder.source, by_hand=builder.format == "markdown")
        if found and self._hiding:
            return replace(found, hidden=True)
        if found and self._follows_labels and (names := str(tag.value("aria-labelledby") or "").split()):
            label = next((label for label in map(self._label, names) if label), None)
            return replace(found, label=label or found.label)
        return found

    def _label(self, name: str) -> Text | None:
        """Return what the element with that id says."""
        if name not in self._labels:
            place = self._places.get(name)
            self._labels[name] = inner_text(self._builder.source, place) if place else None
        return self._labels[name]

    @cached_property
    def _places(self) -> dict[str, Span]:
        """Where the content of each element with an id stands in the source; the first of two with one id counts."""
        tree = turbohtml.parse(normalised(self._builder.source.text), source_locations=True)
        found = ((str(element.attrs["id"]), content(element)) for element in reversed(tree.select("[id]")))
        return {name: place for name, place in found if place}

    # What tags say besides.

    def _only_styles(self, markup: str) -> bool:
        """Return whether a piece is one tag that only styles text."""
        return self._hiding is None and _INLINE_TAG.fullmatch(markup) is not None and not _MARK.search(markup)

    def _mark(self, name: str, token: Token, at: int) -> None:
        """Follow what is hidden, and find elements that are an image by their role."""
        followed = name in BLOCKS and KINDS[name] != "boundary"
        if self._hiding and name == self._hiding.name and not followed:
            self._hiding.open += 1 if token.type is _START else -1
            if not self._hiding.open:
                self._hiding = None
            return
        markup = token.source or ""
        if token.type is not _START or name in CHILDLESS or not _MARK.search(markup):
            return
        tag = Tag(self._piece, at, at + len(markup))
        by_role = name not in _DRAWN and KINDS.get(name) != "image" and role(tag) in ROLES
        if by_role and (found := self._shown(name, at, at + len(markup))):
            self._builder.image(found, shown=False)
        if self._hiding is None and not self._skipped and not token.self_closing and hides(tag):
            self._hiding = _Hiding(name, len(self._stack) - 1)


def inner_text(source: Source, place: Span) -> Text:
    """Return the first line or paragraph that a reader sees of the HTML at `place` of a source."""
    builder = DocumentBuilder(source, "html")
    feeder = HtmlFeeder(builder, labels=False)
    feeder.feed(whole(source).slice(place.start, min(place.end, place.start + _LONGEST_LABEL)))
    feeder.finish()
    return next((block.text for block in builder.document().blocks), Text())
