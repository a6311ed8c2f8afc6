"""Knows the places of an article that a link can lead to: what carries an id or a name, headings and footnotes."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import unquote

from lintnews.document import OBJECT

if TYPE_CHECKING:
    from lintnews.document import Block, Document

# In HTML and JSX, and in braces as kramdown, Pandoc, Hugo and Docusaurus have it: `{#id}`, `{: .class #id}`.
_ID = re.compile(
    r"\b(?:id|name)\s*=\s*\{?(?:\"([^\"]+)\"|'([^']+)'|([^\s\"'<>{}]+))|\{[^{}\n]*#([^\s{}#]+)", re.IGNORECASE
)
_NOT_A_LETTER = re.compile(r"[\W_]+")
# Some generators let an anchor begin with its first letter (kramdown, Pandoc).
_BEFORE_LETTERS = re.compile(r"^[\W\d_]+")
_REPEATED = re.compile(r"[-_]\d+$")
_NO_SLUG = re.compile(r"[^\w\- ]")
_FOOTNOTE = re.compile(r"(?:user-content-)?_?(?:fn|ftn|footnote)")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "o", "æ": "ae", "ł": "l", "đ": "d"})


class Anchors:
    """The anchors of one article.

    Site generators write a heading's anchor each in their own way (GitHub, kramdown, goldmark, Docusaurus, Pandoc…),
    but all of them in lower case and out of its letters and digits: by these an anchor is known.
    """

    def __init__(self, document: Document) -> None:
        self._document = document

    def __contains__(self, fragment: str) -> bool:
        """Return whether a link to `#fragment` leads somewhere in the article."""
        name = unquote(fragment)
        if fragment in self._written or name in self._written:
            return True
        if self._has_footnotes and _FOOTNOTE.match(name):
            return True
        return name == name.lower() and bool({_key(name), _key(_REPEATED.sub("", name))} & self._headings)

    @cached_property
    def known(self) -> tuple[str, ...]:
        """The anchors there are, headings' as GitHub writes them."""
        slugs = (_NO_SLUG.sub("", heading.lower()).strip().replace(" ", "-") for heading in self._titles)
        return tuple(sorted(self._written.union(slugs) - {""}))

    @cached_property
    def _has_footnotes(self) -> bool:
        return "[^" in self._document.source.text

    @cached_property
    def _written(self) -> frozenset[str]:
        return frozenset(match[match.lastindex or 0] for match in _ID.finditer(self._document.source.text))

    @cached_property
    def _titles(self) -> tuple[str, ...]:
        blocks = (*self._document.blocks, *self._document.wordless_headings)
        return tuple(self._title(block) for block in blocks if block.type == "heading")

    def _title(self, block: Block) -> str:
        """Return a heading's text, with the code in it as it is written and its images left out."""
        source = self._document.source
        written = ((run.text, source[run.span]) for run in block.text.runs)
        return "".join(text if text != OBJECT else code if code[0] == "`" else "" for text, code in written)

    @cached_property
    def _headings(self) -> frozenset[str]:
        texts = {text for title in self._titles for text in (title, title.replace("&", " and "))}
        texts |= {text.lower().translate(_UMLAUTS) for text in texts}
        return frozenset(_key(form) for text in texts for form in (text, _BEFORE_LETTERS.sub("", text))) - {""}


def _key(text: str) -> str:
    """Return the letters and digits of a text, in lower case and without accents."""
    letters = normalize("NFKD", _NOT_A_LETTER.sub("", text).casefold())
    return _NOT_A_LETTER.sub("", letters)
