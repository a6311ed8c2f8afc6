"""Reads HTML files: fragments and whole pages."""

from __future__ import annotations

import re

import turbohtml

from lintnews.document import Document
from lintnews.errors import UnreadableError
from lintnews.languages import primary
from lintnews.readers.body import body
from lintnews.readers.builder import DocumentBuilder
from lintnews.readers.feeder import HtmlFeeder
from lintnews.readers.metadata import read_metadata
from lintnews.readers.tags import normalised, whole
from lintnews.source import Source, Span

_PAGE = re.compile(r"<(?:!doctype|html|head|body)[\s>]", re.IGNORECASE)
_START_TAG = re.compile("<[a-zA-Z]")
_MOST_TAGS = 100_000
"""Start tags above which a file is refused: the largest page of 311 published ones has 10,000."""


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
    html, text = whole(source), normalised(source.text)
    article: tuple[Span, ...] = (Span(0, len(text)),)
    if _PAGE.search(text):
        tree = turbohtml.parse(text, source_locations=True)
        article = body(tree, text)
        builder.language = primary(tree.root.attr("lang") or "" if tree.root else "")
        read_metadata(builder, html, tree, article)
    feeder = HtmlFeeder(builder)
    at = 0
    for start, end in article:
        feeder.feed(html.slice(at, start), comments_only=True)
        feeder.feed(html.slice(start, end))
        feeder.finish()
        at = end
    feeder.feed(html.slice(at, len(text)), comments_only=True)
    return builder.document()
