"""Finds where the article stands in a whole page, as spans over the page's own source."""

from __future__ import annotations

import re
from dataclasses import dataclass

from turbohtml import Document as Tree
from turbohtml import DocumentFragment, Element
from turbohtml import Text as TreeText

from lintnews.readers.elements import BLOCKS, HEADINGS, UNREAD
from lintnews.source import Span

# Blocks that hold an article's content, and are never all of it.
_CONTENT = frozenset(
    (*HEADINGS, *("blockquote", "center", "dd", "dl", "dt", "figcaption", "figure", "li", "ol", "p", "pre", "ul"))
)
_BESIDE = frozenset({"aside", "footer", "nav"})
_BESIDE_ROLES = frozenset({"complementary", "contentinfo", "dialog", "navigation", "search"})
_NO_TEXT = UNREAD | {"button", "iframe", "svg"}
# Words of class and id attributes, as the templates of newsrooms and blogs use them: those that always mean something
# beside the article, those that do unless a word of the third list stands with them.
_BESIDE_NAMES = re.compile(r"comment|disqus|recommend|related|sidebar")
_LIKELY_BESIDE_NAMES = re.compile(
    r"(?<![a-z])(?:ads?|nav)(?![a-z])|advert|breadcrumb|consent|cookie|footer|login|masthead|menu|modal|newsletter"
    r"|outbrain|pager|pagination|popular|popup|promo|replies|respond|share|side-bar|sign-?up|social|sponsor|subscri"
    r"|taboola|teaser|trending|widget"
)
_ARTICLE_NAMES = re.compile(r"article|body|entry|story|(?<![a-z])content|(?<![a-z])(?:main|post|text)(?![a-z])")
_STOP = re.compile(r"[.!?…:;,،][\"'”’»)\]]*(?:\s|$)|[。！？、，]")
_WORD = re.compile(r"\w+")

_LONG_LINE, _SENTENCE = 80, 40
"""Characters from which a block is prose: without a stop in it, and with one."""
_SHORTEST_HEADLINE = 3
"""Words."""
_LITTLE_TEXT = 140
"""The score under which a page has no article to tell from the rest, so that all of it is read."""


@dataclass(slots=True)
class _Block:
    """A block element, the text that stands in it but in no block inside it, and what its whole subtree amounts to."""

    element: Element
    parent: int
    tag: str
    role: str
    weight: float
    weight_by_tag: float
    length: int = 0
    linked: int = 0
    stops: int = 0
    score: float = 0.0
    prose: float = 0.0
    titles: int = 0
    teasers: int = 0


def body(tree: Tree, text: str) -> tuple[Span, ...]:
    """Return where the article stands in `text`, the newline-normalised page that `tree` was parsed from.

    The spans are in order: the headline and lead figure where they stand before the body, then the body, which is one
    whole element. Nothing inside it is left out, so that comment forms and share bars inside an article stay visible.
    A page with little text is all body.

    Prose counts for an element, links and labels against it, and the element with the highest sum is the body, unless
    the page names one (`itemprop=articleBody`, `<article>`, `<main>`). Sharing a paragraph's weight with its
    ancestors is readability's idea (https://github.com/mozilla/readability).
    """
    blocks = _blocks(tree)
    if not blocks:
        return (Span(0, len(text)),)
    _weigh(blocks, by_name=False)
    prose = [block.prose for block in blocks]
    widest = _heaviest(blocks)
    _weigh(blocks, by_name=True)
    best = _heaviest(blocks)
    # Class names mislead where they take most of the prose away: a page may call its article's wrapper a widget.
    if prose[best] < 0.4 * prose[widest] or blocks[best].prose < 0.3 * prose[best]:
        _weigh(blocks, by_name=False)
        best = widest
    if blocks[best].score < _LITTLE_TEXT:
        return (_extent(blocks[0].element, text),)
    span = _extent(blocks[best].element, text)
    return (*_lead(tree, blocks, best, span, text), span)


def _blocks(tree: Tree) -> list[_Block]:
    """Return the page's blocks in document order, `<body>` first; none for a page without one."""
    root = tree.find("body")
    if root is None:
        return []
    blocks = [_Block(root, -1, "body", "", 1.0, 1.0)]
    # The open elements, each with its block's index and whether its text is read and linked.
    path: list[tuple[object, int, bool, bool]] = [(root, 0, True, False)]
    for node in root.descendants:
        if not isinstance(node, (TreeText, Element)):
            continue
        parent = node.parent
        if isinstance(parent, DocumentFragment) and getattr(path[-1][0], "tag", "") == "template":
            # A template's content comes right after the template, which is not among its ancestors.
            path.append((parent, path[-1][1], False, False))
        while path[-1][0] is not parent:
            path.pop()
            if not path:
                return []
        _, index, read, linked = path[-1]
        if isinstance(node, TreeText):
            if read:
                data, block = node.data.strip(), blocks[index]
                block.length += len(data)
                block.linked += len(data) * linked
                block.stops += len(_STOP.findall(data))
        else:
            tag = node.tag
            if tag in BLOCKS:
                blocks.append(_block(node, index, blocks[index]))
                index = len(blocks) - 1
            read = read and tag not in _NO_TEXT and not _hidden(node)
            path.append((node, index, read, linked or tag == "a"))
    return blocks


def _block(element: Element, parent: int, above: _Block) -> _Block:
    name, tag = element.attr("role", ""), element.tag
    role = "main" if name == "main" else tag if tag in {"article", "main"} else ""
    if "articleBody" in (element.attr("itemprop") or "").split():
        role = "body"
    by_tag = -0.5 if tag in _BESIDE or name in _BESIDE_ROLES else above.weight_by_tag
    weight = min(above.weight, by_tag)
    names = f"{element.attr('class', '')} {element.attr('id', '')}".lower()
    if weight > 0 and len(names) > 1:
        likely = _LIKELY_BESIDE_NAMES.search(names) and not _ARTICLE_NAMES.search(names)
        weight = -0.5 if likely or _BESIDE_NAMES.search(names) else weight
    return _Block(element, parent, tag, role, weight, by_tag)


def _hidden(element: Element) -> bool:
    style = element.attr("style")
    return element.attr("hidden") is not None or bool(style and "display:none" in style.replace(" ", "").lower())


def _weigh(blocks: list[_Block], *, by_name: bool) -> None:
    """Give each block the sum of its own text and that of the blocks inside it."""
    for block in blocks:
        own = block.length - block.linked
        mostly_linked = block.linked > 0.4 * block.length
        block.score, block.prose = 0.0, 0.0
        block.titles = int(block.tag == "h1" and block.length > 0)
        block.teasers = int(block.tag in HEADINGS and block.tag != "h1" and mostly_linked)
        if block.tag in HEADINGS:
            block.score = 20.0 * block.titles
        elif not mostly_linked and (own >= _LONG_LINE or (own >= _SENTENCE and block.stops)):
            block.score = own * min(1.0, 0.4 + 0.2 * block.stops) * (block.weight if by_name else block.weight_by_tag)
            block.prose = max(0.0, block.score)
        else:
            block.score = -0.5 * min(block.linked, 200) - 0.15 * min(own, 200)
    for index in range(len(blocks) - 1, 0, -1):
        block = blocks[index]
        if block.teasers > 1 and not block.titles and not block.role and 0 < block.prose < 300 * block.teasers:
            # A list of other articles: linked headings, each with a line or two below it.
            block.score, block.prose, block.teasers = min(block.score, -10.0), 0.0, 0
        above = blocks[block.parent]
        above.score += block.score
        above.prose += block.prose
        above.titles += block.titles
        above.teasers += block.teasers


def _heaviest(blocks: list[_Block]) -> int:
    """Return the index of the block that holds the body."""
    root = _named(blocks)
    best, inside = root, {root}
    children: dict[int, list[int]] = {}
    for index in range(root + 1, len(blocks)):
        block = blocks[index]
        if block.parent not in inside:
            continue
        inside.add(index)
        if block.tag in _CONTENT:
            continue
        children.setdefault(block.parent, []).append(index)
        if block.score > blocks[best].score:
            best = index
    # A wrapper may add little to the one element that is the article; the headline is not little.
    least = 0.85 * blocks[best].score
    while inner := next((index for index in children.get(best, ()) if _fills(blocks[index], blocks[best], least)), 0):
        best = inner
    return best


def _fills(inner: _Block, outer: _Block, least: float) -> bool:
    return inner.score >= least and (inner.titles > 0 or not outer.titles)


def _named(blocks: list[_Block]) -> int:
    """Return the index of the block that the page itself names as its article, or that of `<body>`."""
    whole = blocks[0].prose
    for role, share in (("body", 0.3), ("article", 0.5), ("main", 0.25)):
        found = [index for index, block in enumerate(blocks) if block.role == role and block.prose >= _LITTLE_TEXT]
        if not found:
            continue
        best = max(found, key=lambda index: (blocks[index].titles > 0, blocks[index].prose))
        if blocks[best].prose >= share * whole:
            return best
    return 0


def _lead(tree: Tree, blocks: list[_Block], best: int, span: Span, text: str) -> tuple[Span, ...]:
    """Return where the headline stands, and the figures between it and the body, when that is before the body."""
    if blocks[best].titles:
        return ()
    title = tree.find("title") if blocks[0].titles > 1 else None
    titled = set(_WORD.findall(title.text.lower())) if title else set()
    for index in range(best - 1, 0, -1):
        if blocks[index].tag != "h1":
            continue
        words = _WORD.findall(blocks[index].element.text.lower())
        # A headline is in the page's title, or the only one of its rank; the site's name may be both, but is short.
        if len(words) < _SHORTEST_HEADLINE or (titled and sum(word in titled for word in words) < 0.6 * len(words)):
            continue
        figures = [block for block in blocks[index + 1 : best] if block.tag == "figure" and block.weight > 0]
        lead: list[Span] = []
        for found in (_extent(block.element, text) for block in (blocks[index], *figures)):
            if found.end <= span.start and (not lead or found.start >= lead[-1].end):
                lead.append(found)
        return tuple(lead)
    return ()


def _extent(element: Element, text: str) -> Span:
    """Return where the element stands; one without an end tag ends where its parser's next neighbour begins."""
    location = element.source_location
    start = location.start_tag.start_offset if location else 0
    if location and location.end_tag:
        return Span(start, location.end_tag.end_offset)
    for node in element.following:
        place = node.source_location if isinstance(node, Element) else None
        if place and place.start_tag.start_offset > start:
            return Span(start, place.start_tag.start_offset)
    return Span(start, len(text))
