"""Finds where the article stands in a whole page, as spans over the page's own source."""

# ruff: noqa: SIM905  lists of names, one a line, would be most of the file

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from turbohtml import Document as Tree
from turbohtml import DocumentFragment, Element
from turbohtml import Text as TreeText

from lintnews.source import Span

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Blocks that hold an article's content, and are never all of it.
_CONTENT = _HEADINGS | frozenset(
    ["blockquote", "center", "dd", "dl", "dt", "figcaption", "figure", "li", "ol", "p", "pre", "ul"]
)
_BESIDE = frozenset({"aside", "footer", "nav"})
_BESIDE_ROLES = frozenset({"complementary", "contentinfo", "dialog", "navigation", "search"})
_BLOCKS = (
    _CONTENT
    | _BESIDE
    | frozenset(
        "address article caption details dialog dir div fieldset form header hgroup hr legend main menu"
        " search section summary table tbody td tfoot th thead tr".split()
    )
)
_UNREAD = frozenset("button head iframe noscript option script select style svg template textarea title".split())
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
_MOST_BLOCKS = 100_000
"""Blocks above which a page is no article; the weighing stops, so that a hostile page costs no more."""


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


def _blocks(tree: Tree) -> list[_Block]:  # noqa: C901  one walk
    """Return the page's blocks in document order, `<body>` first; none for a page without one, or with too many."""
    root = tree.find("body")
    if root is None:
        return []
    blocks = [_Block(root, -1, "body", "", 1.0, 1.0)]
    # The open elements, each with its block's index and whether its text is read and linked.
    path: list[tuple[object, int, bool, bool]] = [(root, 0, True, False)]
    for node in root.descendants:
        kind = type(node)
        if kind is not TreeText and kind is not Element:
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
                _add_text(blocks[index], node.data.strip(), linked=linked)
        elif isinstance(node, Element):
            attributes = node.attrs
            tag = node.tag
            if tag in _BLOCKS:
                blocks.append(_block(node, index, tag, attributes, blocks[index]))
                index = len(blocks) - 1
                if index > _MOST_BLOCKS:
                    return []
            read = read and tag not in _UNREAD and not (attributes and _hidden(attributes))
            path.append((node, index, read, linked or tag == "a"))
    return blocks


def _add_text(block: _Block, data: str, *, linked: bool) -> None:
    block.length += len(data)
    block.stops += len(_STOP.findall(data))
    if linked:
        block.linked += len(data)


def _block(element: Element, parent: int, tag: str, attributes: Mapping[str, object], above: _Block) -> _Block:
    role = ""
    if "articleBody" in _value(attributes, "itemprop").split():
        role = "body"
    elif tag == "article":
        role = "article"
    elif tag == "main" or _value(attributes, "role") == "main":
        role = "main"
    by_tag = above.weight_by_tag
    if tag in _BESIDE or _value(attributes, "role") in _BESIDE_ROLES:
        by_tag = -0.5
    weight = min(above.weight, by_tag)
    names = f"{_value(attributes, 'class')} {_value(attributes, 'id')}".lower()
    if weight > 0 and len(names) > 1:
        likely = _LIKELY_BESIDE_NAMES.search(names) and not _ARTICLE_NAMES.search(names)
        weight = -0.5 if likely or _BESIDE_NAMES.search(names) else weight
    return _Block(element, parent, tag, role, weight, by_tag)


def _value(attributes: Mapping[str, object], name: str) -> str:
    value = attributes.get(name)
    if isinstance(value, list):
        return " ".join(value)
    return value if isinstance(value, str) else ""


def _hidden(attributes: Mapping[str, object]) -> bool:
    return "hidden" in attributes or "display:none" in _value(attributes, "style").replace(" ", "").lower()


def _weigh(blocks: list[_Block], *, by_name: bool) -> None:
    """Give each block the sum of its own text and that of the blocks inside it."""
    for block in blocks:
        own = block.length - block.linked
        mostly_linked = block.linked > 0.4 * block.length
        block.score, block.prose = 0.0, 0.0
        block.titles = int(block.tag == "h1" and block.length > 0)
        block.teasers = int(block.tag in _HEADINGS and block.tag != "h1" and mostly_linked)
        if block.tag in _HEADINGS:
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
    while True:
        for index in children.get(best, ()):
            if blocks[index].score >= least and (blocks[index].titles or not blocks[best].titles):
                best = index
                break
        else:
            return best


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
    title = tree.find("title")
    titled = set(_WORD.findall(title.text.lower())) if title is not None else set()
    if blocks[0].titles == 1:
        titled = set()
    for index in range(best - 1, 0, -1):
        if blocks[index].tag != "h1":
            continue
        words = _WORD.findall(blocks[index].element.text.lower())
        # A headline is in the page's title, or the only one of its rank; the site's name may be both, but is short.
        if len(words) < _SHORTEST_HEADLINE or (titled and sum(word in titled for word in words) < 0.6 * len(words)):
            continue
        found = [_extent(blocks[index].element, text)]
        between = blocks[index + 1 : best]
        found += [_extent(block.element, text) for block in between if block.tag == "figure" and block.weight > 0]
        return tuple(_apart(found, span.start))
    return ()


def _apart(spans: list[Span], limit: int) -> list[Span]:
    """Return those of the spans, in order, that overlap none before them and end by `limit`."""
    kept: list[Span] = []
    for span in spans:
        if span.end <= limit and (not kept or span.start >= kept[-1].end):
            kept.append(span)
    return kept


def _extent(element: Element, text: str) -> Span:
    """Return where the element stands; one without an end tag ends where its parser's next neighbour begins."""
    location = element.source_location
    start = location.start_tag.start_offset if location is not None else 0
    if location is not None and location.end_tag is not None:
        return Span(start, location.end_tag.end_offset)
    node: Element | None = element
    while node is not None:
        following = node.next_sibling
        while following is not None:
            place = following.source_location if isinstance(following, Element) else None
            if place is not None and place.start_tag.start_offset > start:
                return Span(start, place.start_tag.start_offset)
            following = following.next_sibling
        parent = node.parent
        node = parent if isinstance(parent, Element) else None
        place = node.source_location if node is not None else None
        if place is not None and place.end_tag is not None and place.end_tag.start_offset > start:
            return Span(start, place.end_tag.start_offset)
    return Span(start, len(text))
