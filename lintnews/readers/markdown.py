"""Reads Markdown: CommonMark and GFM, front matter, HTML inside it, template tags masked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import pyromark
from pyromark import Options

from lintnews.document import OBJECT, Document, Image, Run, Text
from lintnews.languages import primary
from lintnews.readers.builder import DocumentBuilder
from lintnews.readers.frontmatter import FrontMatterError, read_toml, read_yaml
from lintnews.source import ByteOffsets, Source, Span

_OPTIONS = (
    Options.ENABLE_GFM
    | Options.ENABLE_TABLES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_HEADING_ATTRIBUTES
)
# pulldown-cmark would take any text between two rules for metadata; site generators take what opens the file.
_FRONT_MATTER = re.compile(
    r"\A(?:---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)|\+\+\+[ \t]*\r?\n(?P<toml>.*?)^\+\+\+)[ \t]*\r?$",
    re.DOTALL | re.MULTILINE,
)
_LONE_CR = re.compile(r"\r(?!\n)")
# Hugo's shortcodes, Liquid's and Jinja's tags, comments and variables, none of them across a blank line. None holds
# another's opening, so that a text full of openings that nothing closes is still read in linear time.
_TEMPLATE_TAG = re.compile(
    r"\{\{(?:(?!\}\}|\{\{|\n\s*\n).)++\}\}|\{%(?:(?!%\}|\{%|\n\s*\n).)++%\}|\{#(?:(?!#\}|\{#|\n\s*\n).)++#\}", re.DOTALL
)
# MDX's imports and exports at the start of a line, and its expressions.
_MDX_TAG = re.compile(r"^(?:import|export)\b(?:(?!\n\s*\n).)*|\{(?:[^{}\n]|\{[^{}\n]*\})*\}", re.DOTALL | re.MULTILINE)
_MDX_COMMENT = re.compile(r"\{/\*((?:(?!\*/\}|\{/\*).)*+)\*/\}", re.DOTALL)
# What stands between a link's label and its destination; the label's end is the parser's.
_DESTINATION = re.compile(r"[^\]]{0,3}\]\(\s*<?")
_OBJECTS = re.compile(f"{OBJECT}+")
_LANGUAGE = ("lang", "language", "locale")
"""The keys of front matter that declare the article's language."""
_CONTAINERS = {
    "List": "list",
    "Item": "listItem",
    "Table": "table",
    "TableCell": "tableCell",
    "FootnoteDefinition": "footnoteDefinition",
}
_RAW = frozenset({"CodeBlock", "HtmlBlock"})


def read(source: Source, language: str = "en") -> Document:
    """Return the document a Markdown source makes; spans are pyromark's byte ranges, as characters."""
    return _MarkdownReader(source, language).read()


class _MarkdownReader:
    def __init__(self, source: Source, language: str) -> None:
        self.source = source
        self.builder = DocumentBuilder(source, "markdown", language)
        self.masked = self._without_front_matter(self._mask(source.text))
        self.offsets = ByteOffsets(self.masked)
        self.raw: str | None = None
        self.raw_runs: list[Run] = []
        self.images_open = 0
        self.alt: list[Run] = []
        self.targets: list[tuple[dict[str, str], int]] = []
        self.label_end = 0
        self._html: Any = None

    def read(self) -> Document:
        events: Iterable[tuple[Any, Any]] = pyromark.events_with_range(self.masked, options=_OPTIONS)
        for event, extent in events:
            ((kind, value),) = event.items() if isinstance(event, dict) else ((event, ""),)
            if kind == "Start":
                name = value if isinstance(value, str) else next(iter(value))
                self._start(name, value if isinstance(value, str) else value[name], self.offsets[extent["start"]])
            elif kind == "End":
                self._end(value if isinstance(value, str) else next(iter(value)), self.offsets[extent["end"]])
            else:
                self._leaf(kind, value, self.offsets[extent["start"]], self.offsets[extent["end"]])
        if self._html is not None:
            self._html.finish()
        return self.builder.document()

    def _mask(self, text: str) -> str:
        if self.source.path.suffix == ".mdx":
            for comment in _MDX_COMMENT.finditer(text):
                self.builder.comment(comment[1].strip(), comment.start(), comment.end())
            text = _MDX_COMMENT.sub(_objects, text)
            text = _MDX_TAG.sub(_objects, text)
        if "\r" in text:
            # CommonMark 2.1 ends a line there, and pulldown-cmark does not.
            text = _LONE_CR.sub("\n", text)
        return _TEMPLATE_TAG.sub(_objects, text) if "{" in text else text

    def _without_front_matter(self, text: str) -> str:
        match = _FRONT_MATTER.match(text)
        if match is None:
            return text
        kind = match.lastgroup or "yaml"
        self._front_matter(read_yaml if kind == "yaml" else read_toml, Span(*match.span(kind)))
        return re.sub(r"[^\n]", " ", match[0]) + text[match.end() :]

    # Events.

    def _start(self, name: str, value: Any, start: int) -> None:  # noqa: ANN401  a parser's own dict
        builder = self.builder
        if name in _RAW:
            builder.end_block()
            self.raw, self.raw_runs = name, []
        elif name == "Paragraph":
            builder.begin_block("paragraph", start)
        elif name == "Heading":
            builder.begin_block("heading", start, depth=int(value["level"][1]))
        elif name == "BlockQuote":
            builder.enter("blockquote")
        elif name in _CONTAINERS:
            builder.enter(_CONTAINERS[name])
        elif name == "Strong":
            builder.begin_strong()
        elif name == "Link":
            self.targets.append((value, start))
            self.label_end = start
            builder.begin_link(start)
        elif name == "Image":
            self.targets.append((value, start))
            self.label_end = start + 1
            self.images_open += 1

    def _end(self, name: str, end: int) -> None:
        builder = self.builder
        if name in _RAW:
            self._end_raw(name)
        elif name in {"Paragraph", "Heading"}:
            builder.end_block(end)
        elif name == "BlockQuote":
            builder.leave("blockquote")
        elif name in _CONTAINERS:
            builder.leave(_CONTAINERS[name])
        elif name == "Strong":
            builder.end_strong()
        elif name == "Link":
            value, start, end = self._closed(end)
            builder.end_link(end, self._target(value, start, end), _title(value, start, end))
            self.label_end = end
        elif name == "Image":
            self._end_image(end)

    def _leaf(self, kind: str, value: Any, start: int, end: int) -> None:  # noqa: ANN401  a parser's own value
        if self.raw is not None:
            # What stands in code is no template's.
            if self.raw == "CodeBlock" and OBJECT in value and len(value) == end - start:
                value = self.source[Span(start, end)]
            self.raw_runs.append(Run(value, Span(start, end)))
            return
        self.label_end = end
        if self.images_open:
            if kind in {"Text", "Code", "InlineHtml", "SoftBreak", "HardBreak"}:
                self.alt.append(Run(value or "\n", Span(start, end)))
        elif kind == "Text":
            self._text(value, start, end)
        elif kind in {"SoftBreak", "HardBreak"}:
            self.builder.line_break(start, end)
        elif kind in {"InlineHtml", "Html"}:
            self._feed_html([Run(value, Span(start, end))])
        elif kind in {"Code", "InlineMath", "DisplayMath"}:
            self.builder.object(start, end)

    def _end_image(self, end: int) -> None:
        """End the innermost image; one inside another's label gives that label its alt text, as CommonMark 6.4 says."""
        value, start, end = self._closed(end)
        self.images_open -= 1
        if not self.images_open:
            # `![](a.png)` cannot say “decorative” as HTML's alt="" does, so an empty label is no alt text at all.
            alt, self.alt = (Text(tuple(self.alt)) if self.alt else None), []
            url, title = self._target(value, start, end), _title(value, start, end)
            hidden = self._html is not None and self._html.hiding
            self.builder.image(Image(Span(start, end), url, alt, title, hidden=hidden))
        self.label_end = end

    def _closed(self, end: int) -> tuple[dict[str, str], int, int]:
        """Return what the innermost open link or image leads to, where it starts, and where it ends."""
        value, start = self.targets.pop()
        # pulldown-cmark leaves the empty brackets of `[label][]` out.
        if value["link_type"] == "Collapsed" and self.masked.startswith("[]", end):
            end += len("[]")
        return value, start, end

    def _text(self, value: str, start: int, end: int) -> None:
        if OBJECT not in value or len(value) != end - start:
            self.builder.text(value, start, end)
            return
        at = 0
        for match in _OBJECTS.finditer(value):
            self.builder.text(value[at : match.start()], start + at, start + match.start())
            self.builder.object(start + match.start(), start + match.end())
            at = match.end()
        self.builder.text(value[at:], start + at, end)

    def _end_raw(self, name: str) -> None:
        runs, self.raw, self.raw_runs = self.raw_runs, None, []
        if name == "HtmlBlock":
            self._feed_html(runs)
        else:
            self.builder.code(runs)

    def _front_matter(self, read_metadata: Callable[[Source, Span], dict[str, Text]], span: Span) -> None:
        if not self.source[span].strip():
            return
        try:
            values = read_metadata(self.source, span)
        except FrontMatterError as error:
            line = self.source.line(self.source.position(error.offset).line)
            place = line if line.start < line.end and line.touches(span) else span
            self.builder.fault("front-matter", error.message, place.start, place.end)
            return
        self.builder.set_metadata(values)
        declared = (primary(values[key].plain) for key in _LANGUAGE if key in values)
        self.builder.language = next(filter(None, declared), "")

    def _feed_html(self, runs: list[Run]) -> None:
        if self._html is None:
            from lintnews.readers.feeder import HtmlFeeder  # noqa: PLC0415  50 ms that plain Markdown need not pay

            self._html = HtmlFeeder(self.builder)
        self._html.feed(Text(tuple(runs)))

    def _target(self, value: dict[str, str], start: int, end: int) -> Text:
        """Return the destination as text, at its own place for a link written out, else at the link's."""
        url = value["dest_url"]
        if not url:
            return Text()
        place = whole = Span(start, end)
        if value["link_type"] in {"Autolink", "Email"}:
            place = Span(start + 1, end - 1)
        elif value["link_type"] == "Inline":
            opening = _DESTINATION.match(self.masked, self.label_end)
            if opening and self.masked.startswith(url, opening.end()):
                place = Span(opening.end(), opening.end() + len(url))
        # Out of the source, where template tags are not masked; the parser has them masked.
        return Text((Run(url if place is whole else self.source[place], place),))


def _title(value: dict[str, str], start: int, end: int) -> Text | None:
    return Text((Run(value["title"], Span(start, end)),)) if value["title"] else None


def _objects(match: re.Match[str]) -> str:
    return "\n".join(OBJECT * len(line) for line in match[0].split("\n"))
