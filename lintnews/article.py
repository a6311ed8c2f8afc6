"""Finds the parts of an article that a newsroom names, in metadata or by their position, the same for every format."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lintnews.document import Article, Block, Document, Run, Text
from lintnews.source import Span

# Names of fields, in the order in which they are trusted: front matter (Jekyll, Hugo, Eleventy, Ghost), Open Graph,
# Dublin Core, schema.org. `<title>` names the site as well, and a docx may keep the title of the one it was made from:
# in both a heading comes first.
_HEADLINE = ("headline", "og:title", "twitter:title", "dc:title", "dc.title")
_TITLED_APART = frozenset({"docx", "html"})
_STANDFIRST = (
    "standfirst", "deck", "dek", "subtitle", "subheadline", "lead", "lede", "excerpt", "summary", "abstract",
    "alternativeheadline", "description", "og:description", "dc:description", "dc.description", "twitter:description",
)  # fmt: skip
_BYLINE = (
    "byline", "author", "author.name", "author.0.name", "author.0", "authors", "authors.0.name", "authors.0",
    "creator", "creator.name", "dc:creator", "dc.creator", "article:author", "parsely-author", "sailthru.author",
)  # fmt: skip
_DATE = (
    "date", "datepublished", "article:published_time", "published", "published_at", "publishdate", "publish_date",
    "pubdate", "og:published_time", "dc:date", "dc.date", "dc.date.issued", "parsely-pub-date", "sailthru.date",
    "created", "datecreated", "time",
)  # fmt: skip
_SECTION = (
    "section", "articlesection", "articlesection.0", "article:section", "parsely-section", "category", "categories.0",
    "categories",
)  # fmt: skip
_LANGUAGE = ("lang", "language", "inlanguage", "locale", "og:locale")
_SPONSORED = ("sponsored", "sponsored_content", "paid", "paid_content", "advertorial", "is_sponsored", "advertisement")
_SPONSOR = ("sponsor", "sponsor.name", "sponsored_by", "sponsoredby")
_YES = frozenset({"true", "yes", "on", "1"})
_NO = frozenset({"", "false", "no", "off", "0", "null", "none", "~"})
_ADVERTISEMENT_TYPE = "advertisercontentarticle"
_ADVERTISEMENT_LABELS = frozenset({
    "ad", "advertisement", "advertisement feature", "advertiser content", "advertorial", "paid content", "paid post",
    "paid partnership", "promoted", "promoted content", "sponsored", "sponsored content", "sponsored post",
    "anzeige", "werbung", "publicité", "publi-rédactionnel", "contenu sponsorisé", "publicidad",
    "contenido patrocinado", "publirreportaje", "pubblicità", "contenuto sponsorizzato", "advertentie",
})  # fmt: skip

_TOP, _BOTTOM = 8, 3
_LEAD_WORDS, _LONGEST_LEAD = (8, 80), 2_000
_PARAGRAPHS_AFTER_LEAD = 3
_LABEL_WORDS, _LABEL_LENGTH = 12, 200
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_BY = re.compile(r"(?:By|BY|Von|VON|Par|PAR|Por|POR|Di|DI|Door|DOOR)\s+(?=[A-ZÀ-ÖØ-Þ][^\W\d_]*[ .\-’'])")
_DATED = re.compile(
    r"(?<![\d\w])(?:"
    r"(?:19|20)\d\d-[01]\d-[0-3]\d"
    r"|[A-ZÀ-Þ][^\W\d_]{2,9}\.?\s[0-3]?\d(?:st|nd|rd|th)?,?\s(?:19|20)\d\d"
    r"|[0-3]?\d(?:st|nd|rd|th|er|º)?\.?\s(?:de\s)?[^\W\d_]{3,10}\.?,?\s(?:de\s|del\s)?(?:19|20)\d\d"
    r"|[0-3]?\d[./][0-3]?\d[./](?:19|20)\d\d"
    r")(?!\w)"
)
_FILE_DATE = re.compile(r"(?:19|20)\d\d-[01]\d-[0-3]\d(?=[-_.])")
# “BERLIN (AP) —”, “LONDON, Sept. 5 —”, “NEW YORK, Aug 2, 2020 (Reuters) -”, “Berlin (dpa) –”: a place in capitals, or
# one followed by the name of an agency.
_DATELINE = re.compile(
    r"(?:[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.’'\- ]{1,29}[A-ZÀ-ÖØ-Þ](?:,\s[^—–(\n]{1,29}[\w.])?(?:\s?\([^()\n]{2,30}\))?"
    r"|[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:[ /-][^\W\d_]+){0,3}(?:,\s[^—–(\n]{1,29}[\w.])?\s?"
    r"\((?:[A-Z][\w/-]+|[a-z]{2,5}(?:/[a-z]{2,5})*)\))"
    r"(?=\s?(?:—|–|--|-)\s)"
)
_DATELINE_LENGTH = 110


def article(document: Document) -> Article:
    """Return the article's parts; a part that neither the metadata nor the position shows is `None`.

    A date that only the file name tells (`2020-08-02-title.md`) stands at the file's very start.
    """
    fields = {key.lower(): value for key, value in document.metadata.items() if value.plain.strip()}
    blocks = document.blocks
    title = _first(fields, _HEADLINE if document.format in _TITLED_APART else ("title", *_HEADLINE))
    at = _headline_at(document, title)
    headline = title or (blocks[at].text if at is not None else fields.get("title"))
    byline_at = _byline_at(blocks)
    named = _first(fields, _STANDFIRST)
    standfirst_at = _standfirst_at(blocks, named, at, byline_at)
    used = {at, byline_at, standfirst_at}
    body = tuple(block for index, block in enumerate(blocks) if index not in used)
    dateline = _dateline(body if standfirst_at is None else (blocks[standfirst_at], *body))
    declared = _first(fields, _LANGUAGE)
    market = fields.get("market")
    return Article(
        headline=headline,
        standfirst=named or (blocks[standfirst_at].text if standfirst_at is not None else None),
        byline=_byline(fields, blocks[byline_at].text if byline_at is not None else None),
        dateline=dateline,
        date=_date(document, fields, dateline),
        section=_first(fields, _SECTION),
        language=_code(declared) or document.language,
        market=market.plain.strip().lower() if market else document.market,
        sponsored=_sponsored(fields, blocks),
        body=body,
    )


def is_byline(plain: str) -> bool:
    """Return whether a line names its author: short, “By” or its like, a name, no end mark."""
    if len(plain) >= _LABEL_LENGTH or plain.endswith((".", "!", "?", ":")):
        return False
    return len(plain.split()) <= _LABEL_WORDS and _BY.match(plain) is not None


def holds_date(plain: str) -> bool:
    """Return whether a text holds a full date, its year included."""
    return _DATED.search(plain) is not None


def starts_with_date(plain: str) -> bool:
    """Return whether a text opens with a full date."""
    return _DATED.match(plain) is not None


def _first(fields: Mapping[str, Text], keys: Sequence[str]) -> Text | None:
    return next((fields[key] for key in keys if key in fields), None)


def _code(text: Text | None) -> str | None:
    code = text.plain.strip() if text else ""
    return code.replace("_", "-") if _CODE.fullmatch(code) else None


def _same(first: Text, second: Text) -> bool:
    return first.plain.casefold().split() == second.plain.casefold().split()


def _headline_at(document: Document, title: Text | None) -> int | None:
    """Return which block is the headline; one that differs from the title in the metadata is a section's heading."""
    headings = [(index, block) for index, block in enumerate(document.blocks) if block.type == "heading"]
    first_rank = [index for index, block in headings if block.depth == 1]
    if title is None:
        return next(iter(first_rank), 0 if headings and headings[0][0] == 0 else None)
    lone = first_rank[0] if document.format == "html" and len(first_rank) == 1 else None
    return next((index for index, block in headings if _same(block.text, title)), lone)


def _byline_at(blocks: Sequence[Block]) -> int | None:
    top = enumerate(blocks[:_TOP])
    return next((at for at, block in top if block.type == "paragraph" and is_byline(block.text.plain)), None)


def _byline(fields: Mapping[str, Text], written: Text | None) -> Text | None:
    """Return the name in the metadata that is no link to a profile, or that in the line that is the byline."""
    named = (fields[key] for key in _BYLINE if key in fields and "://" not in fields[key].plain)
    by = _BY.match(written.plain) if written else None
    return next(named, written.slice(by.end(), len(written)) if written and by else None)


def _standfirst_at(blocks: Sequence[Block], named: Text | None, headline: int | None, byline: int | None) -> int | None:
    """Return which block is the standfirst: the paragraph under the headline, where an article follows it."""
    at = 0 if headline is None else headline + 1
    if at == byline:
        at += 1
    if at >= len(blocks) or blocks[at].type != "paragraph" or blocks[at].ancestors:
        return None
    if named is not None:
        return at if _same(named, blocks[at].text) else None
    words = len(blocks[at].text.plain[:_LONGEST_LEAD].split())
    if headline is None or not _LEAD_WORDS[0] <= words <= _LEAD_WORDS[1] or _dateline(blocks[at : at + 1]):
        return None
    following = sum(block.type == "paragraph" and not block.ancestors for block in blocks[at + 1 :])
    return at if following >= _PARAGRAPHS_AFTER_LEAD else None


def _dateline(blocks: Sequence[Block]) -> Text | None:
    for text in (block.text for block in blocks[:_TOP] if block.type == "paragraph"):
        if found := _DATELINE.match(text.plain[:_DATELINE_LENGTH]):
            return text.slice(0, found.end())
    return None


def _date(document: Document, fields: Mapping[str, Text], dateline: Text | None) -> Text | None:
    if given := _first(fields, _DATE):
        return given
    if named := _FILE_DATE.match(document.source.path.name):
        return Text((Run(named[0], Span(0, 0)),))
    blocks = document.blocks
    near = [*blocks[:_TOP], *blocks[max(_TOP, len(blocks) - _BOTTOM) :]]
    for text in [*([dateline] if dateline else []), *(block.text for block in near if block.prose and _short(block))]:
        if found := _DATED.search(text.plain):
            return text.slice(found.start(), found.end())
    return None


def _short(block: Block) -> bool:
    return len(block.text) < _LABEL_LENGTH and len(block.text.plain.split()) <= _LABEL_WORDS


def _sponsored(fields: Mapping[str, Text], blocks: Sequence[Block]) -> bool:
    for key, plain in ((key, value.plain.strip().casefold()) for key, value in fields.items()):
        if (key in _SPONSORED and plain in _YES) or (key in _SPONSOR and plain not in _NO):
            return True
        if plain == _ADVERTISEMENT_TYPE and "@type" in key.split("."):
            return True
    return bool(blocks) and blocks[0].text.plain.strip("\n\t .:–—-[]()|*").casefold() in _ADVERTISEMENT_LABELS
