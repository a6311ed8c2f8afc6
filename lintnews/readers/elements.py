"""How each element of HTML is read."""

from __future__ import annotations

import re

CONTAINERS = {
    "aside": "aside", "blockquote": "blockquote", "caption": "caption", "dir": "list", "figcaption": "caption",
    "footer": "footer", "form": "form", "header": "header", "li": "listItem", "menu": "list", "nav": "nav",
    "ol": "list", "table": "table", "td": "tableCell", "th": "tableCell", "ul": "list",
}  # fmt: skip
"""What the blocks in an element stand in."""
PARTS = {"comment": "comments", "disqus": "comments", "related": "related", "trending": "related"}
PARTS |= {"newsletter": "newsletter", "footer": "footer"}
"""What the blocks in an element stand in by a word of its class or id, which templates name their parts by."""
PART = re.compile(rf"(?<!has[-_])(?<!no[-_])(?<![a-z])({'|'.join(PARTS)})(?!ary|ator|ed|er|ing)")
PARTED = frozenset({"aside", "div", "dl", "form", "ol", "section", "ul"})
"""The elements that are parts of a page."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ROWS = ("colgroup", "tbody", "tfoot", "thead", "tr")
_BLOCKS = (
    "address", "article", "body", "center", "dd", "details", "dialog", "div", "dl", "dt", "fieldset", "figure", "head",
    "hgroup", "html", "legend", "main", "p", "search", "section", "summary", *CONTAINERS,
)  # fmt: skip
IMAGES = ("img", "amp-img", "gatsbyimage", "image", "nuxt-img", "nuxtimg", "staticimage")
"""What shows an image by its name: HTML's element (`image` is one to browsers), and those of AMP and of frameworks."""
CHILDLESS = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
"""The void elements of the HTML Standard."""
KINDS = {
    **dict.fromkeys(_BLOCKS, "block"),
    **dict.fromkeys(HEADINGS, "heading"),
    **dict.fromkeys(("hr", *_ROWS), "boundary"),
    **dict.fromkeys(("pre", "listing"), "code"),
    # What is shown but is no prose; phrases end where a block begins, as an unclosed one would otherwise swallow the
    # rest of the article.
    **dict.fromkeys(("audio", "canvas", "iframe", "meter", "object", "progress", "video"), "object"),
    **dict.fromkeys(("code", "kbd", "math", "samp", "svg", "tt", "var"), "phrase"),
    **dict.fromkeys(("datalist", "noembed", "noframes", "noscript", "script", "select"), "unread"),
    **dict.fromkeys(("style", "template", "textarea", "title"), "unread"),
    **dict.fromkeys((*IMAGES, "area", "embed", "input"), "image"),
    **dict.fromkeys(("b", "strong"), "strong"),
    "a": "link",
    "br": "break",
}
"""The treatment of an element; one that is not here only styles its text."""
BLOCKS = frozenset(name for name, kind in KINDS.items() if kind in {"block", "boundary", "code", "heading"})
UNREAD = frozenset(name for name, kind in KINDS.items() if kind == "unread")

SCOPE = ("table", "td", "th", "caption")
"""The elements that hide one that is open outside them (HTML Standard, “has an element in scope”)."""
SCOPES = {**dict.fromkeys(("dd", "dt"), ("dl", *SCOPE)), "li": ("ul", "ol", "menu", "dir", *SCOPE), "table": ()}
"""Those that hide one of this name."""
IMPLIED_ENDS = {
    **dict.fromkeys(("dd", "dt"), ("dd", "dt")),
    "li": ("li",),
    **dict.fromkeys(("td", "th", *_ROWS), ("td", "th", "caption")),
    **dict.fromkeys(HEADINGS, ("heading",)),
}
"""What the start of an element ends, besides an open paragraph."""
