"""Reads what a page says about its article: title, `<meta>`, JSON-LD, microdata and time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from turbohtml import Document as Tree

from lintnews.document import Run, Text
from lintnews.readers.builder import DocumentBuilder
from lintnews.readers.feeder import inner_text
from lintnews.readers.tags import Tag, content
from lintnews.source import Span

_LONGEST_JSON = 1_000_000
"""Characters above which a script of JSON-LD is not read."""
_MOST_VALUES = 500
"""Values of an article in JSON-LD that are read, as each is looked for in the script."""
_DEEPEST_KEY = 8
"""Names from which on a JSON-LD key is too deep to tell anything of the article."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_ITEMS = {
    **{
        name: f"[itemprop~={name}]:not(meta, [itemscope])"
        for name in ("alternativeHeadline", "articleSection", "author", "dateModified", "datePublished", "headline")
    },
    "author.name": "[itemprop~=author] [itemprop~=name]",
}
"""Where the microdata of an article stand."""


def read_metadata(builder: DocumentBuilder, html: Text, tree: Tree, article: tuple[Span, ...]) -> None:
    """Give the builder a page's metadata, each value at its place; `tree` was parsed from `html`.

    Of several times, the first in the article comes first.
    """
    title = tree.find("title")
    if title is not None and (place := content(title)):
        builder.set_metadata({"title": inner_text(builder.source, place)})
    for element in tree.select("meta[content], link[rel~=canonical][href]"):
        tag = Tag.of(html, element)
        given = ("name", "property", "itemprop") if element.tag == "meta" else ()
        names = [str(tag.value(name) or "") for name in given] or ["canonical"]
        value = tag.value("content") or tag.value("href") or Text()
        builder.set_metadata({name: value for name in names if name})
    for element in tree.select("script[type='application/ld+json']"):
        if place := content(element):
            _read_json(builder, place)
    for key, selector in _ITEMS.items():
        for item in tree.select(selector)[:1]:
            _read_item(builder, key, Tag.of(html, item), content(item))
    times = (Tag.of(html, element) for element in tree.select("time[datetime]"))
    first = min(times, key=lambda time: all(not low <= time.start < high for low, high in article), default=None)
    if first:
        builder.set_metadata({"time": first.value("datetime") or Text()})


def _read_item(builder: DocumentBuilder, key: str, tag: Tag, place: Span | None) -> None:
    value = tag.value("content") or tag.value("datetime") or (inner_text(builder.source, place) if place else None)
    if value:
        builder.set_metadata({key: value})


def _read_json(builder: DocumentBuilder, place: Span) -> None:
    """Read JSON-LD: the first object that is an article gives its members, those of members as `author.name`."""
    raw = builder.source[place]
    try:
        if len(raw) > _LONGEST_JSON:
            raise ValueError(f"it has {len(raw):,} characters, and the limit is {_LONGEST_JSON:,}")
        data = json.loads(raw, strict=False)
    except (ValueError, RecursionError) as error:
        builder.fault("json-ld", f"cannot be read as JSON: {error}", *place)
        return
    nodes = _list(data)
    nodes += [inner for node in nodes if isinstance(node, dict) for inner in _list(node.get("@graph"))]
    article = next((node for node in nodes if isinstance(node, dict) and _is_article(node)), None)
    for key, value in islice(_scalars(article), _MOST_VALUES):
        builder.set_metadata({key: _located(value, raw, place)})


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]


def _is_article(node: dict[str, Any]) -> bool:
    kinds = [kind for kind in _list(node.get("@type")) if isinstance(kind, str)]
    return any(kind.endswith(("Article", "Posting", "Report", "Review")) for kind in kinds)


def _scalars(data: object) -> Iterator[tuple[str, object]]:
    """Yield each string, number and literal under its path."""
    values: list[tuple[tuple[str, ...], object]] = [((), data)]
    while values:
        path, value = values.pop()
        members = value if isinstance(value, dict) else dict(enumerate(value)) if isinstance(value, list) else None
        if members is None and path:
            yield ".".join(path), value
        elif members and len(path) < _DEEPEST_KEY - 1:
            values += [((*path, str(name)), inner) for name, inner in reversed(members.items())]


def _located(value: object, raw: str, place: Span) -> Text:
    """Return a value of a script at the place where it first stands in it, or else at the script's."""
    quoted = isinstance(value, str)
    literal = json.dumps(value)
    for written in (literal, json.dumps(value, ensure_ascii=False), literal.replace("/", "\\/")):
        if (at := raw.find(written)) >= 0:
            place = Span(place.start + at + quoted, place.start + at + len(written) - quoted)
            break
    # Half of a surrogate pair stands for no character.
    return Text((Run(_SURROGATE.sub("\ufffd", value if isinstance(value, str) else literal), place),))
