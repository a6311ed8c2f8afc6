"""Finds where the article stands in a whole page, as spans over the page's own source."""

from __future__ import annotations

import re
from dataclasses import dataclass

from turbohtml import Document as Tree
from turbohtml import DocumentFragment, Element
from turbohtml import Text as TreeText

from lintnews.source import Span

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary"
    " table tbody td tfoot th thead tr ul".split()
)
_UNREAD = frozenset("head script style template noscript textarea select svg iframe button option title".split())
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BESIDE = frozenset({"nav", "aside", "footer", "form"})
# Words of class and id attributes, as newsrooms' and blogs' templates use them.
_BESIDE_NAMES = re.compile(
    r"comment|disqus|sidebar|side-bar|related|recommend|promo|sponsor|share|social|newsletter|subscri|signup|sign-up"
    r"|footer|masthead|(?<![a-z])nav|menu|breadcrumb|cookie|consent|modal|popup|widget|taboola|outbrain|trending"
    r"|popular|teaser|(?<![a-z])ads?(?![a-z])|advert|pagination|pager|login|replies|respond"
)
_ARTICLE_NAMES = re.compile(
    r"article|(?<![a-z])post(?![a-z])|entry|story|body|(?<![a-z])content|(?<![a-z])main(?![a-z])|(?<![a-z])text(?![a-z])"
)
_SENTENCE_END = re.compile(r"[.!?…。！？:;,،、，][\"'”’»)\]]*(?:\s|$)|[。！？、，]")
_LITTLE = 140


@dataclass(slots=True)
class _Node:
    """An element and the text that stands in it but in no block inside it."""

    element: Element
    parent: int
    tag: str
    factor: float
    unread: bool
    in_link: bool
    block: int
    length: int = 0
    linked: int = 0
    stops: int = 0
    score: float = 0.0
    good: float = 0.0
    linked_headings: int = 0
    title: int = 0
    plain_factor: float = 1.0
    role: str = ""


def body(tree: Tree, text: str) -> tuple[Span, ...]:
    """Return where the article's body stands, in offsets of `text`, the newline-normalised page `tree` was parsed from."""
    nodes = _nodes(tree)
    if not nodes:
        return (Span(0, len(text)),)
    best = _best(nodes, names=True)
    if nodes[best].good < 0.25 * nodes[0].good:
        other = _best(nodes, names=False)
        best = other
    else:
        _best(nodes, names=True)
    if nodes[best].score < _LITTLE:
        best = 0
    return (_extent(nodes[best].element, text),)


def _best(nodes, names):
    for node in nodes:
        node.score, node.good = _score(node, node.factor if names else max(node.factor, node.plain_factor))
        node.linked_headings = 1 if node.tag in _HEADINGS and node.tag != "h1" and node.length and node.linked > 0.8 * node.length else 0
        node.title = 1 if node.tag == "h1" and node.length else 0
    for index in range(len(nodes) - 1, 0, -1):
        node = nodes[index]
        above = nodes[node.parent]
        if node.linked_headings >= 2 and 0 < node.good / node.linked_headings < 500:
            node.score = min(node.score, -10.0)
            node.good = 0
            node.linked_headings = 0
        above.score += node.score
        above.good += node.good
        above.linked_headings += node.linked_headings
        above.title += node.title
    root = 0
    for wanted in ("body", "article", "main"):
        found = [i for i, n in enumerate(nodes) if n.role == wanted and n.good >= 200]
        if not found: continue
        top = max(found, key=lambda i: nodes[i].good)
        if nodes[top].good >= (0.3 if wanted=="body" else 0.5) * (nodes[0].good if wanted != "main" else nodes[0].good*.5) :
            root = top
            break
    best, index = root, root
    inside = {root}
    for i in range(root + 1, len(nodes)):
        if nodes[i].parent in inside:
            inside.add(i)
            if nodes[i].score > nodes[best].score:
                best = i
    base = nodes[best].score
    children: dict[int, list[int]] = {}
    for i in inside:
        children.setdefault(nodes[i].parent, []).append(i)
    while True:
        down = [i for i in children.get(best, ()) if nodes[i].score >= 0.75 * base and (nodes[i].title or not nodes[best].title)]
        if not down:
            return best
        best = down[0]


def _nodes(tree: Tree) -> list[_Node]:
    root = tree.find("body")
    if root is None:
        return []
    nodes = [_Node(root, -1, "body", 1.0, False, False, 0)]
    path: list[tuple[object, int]] = [(root, 0)]
    for item in root.descendants:
        if type(item) is TreeText:
            _climb(path, item.parent)
            node = nodes[path[-1][1]]
            if node.unread:
                continue
            data = item.data.strip()
            if data:
                home = nodes[node.block]
                home.length += len(data)
                home.stops += len(_SENTENCE_END.findall(data))
                if node.in_link:
                    home.linked += len(data)
        elif isinstance(item, Element):
            _climb(path, item.parent)
            index = path[-1][1]
            above = nodes[index]
            tag = item.tag
            factor = above.factor
            attrs = item.attrs
            if tag in _BLOCKS:
                factor = _factor(tag, attrs, factor)
            style = attrs.get("style")
            hidden = "hidden" in attrs or bool(style and "display:none" in str(style).replace(" ", ""))
            nodes.append(
                _Node(
                    item,
                    index,
                    tag,
                    factor,
                    above.unread or tag in _UNREAD or hidden,
                    above.in_link or tag == "a",
                    len(nodes) if tag in _BLOCKS else above.block,
                )
            )
            nodes[-1].plain_factor = min(above.plain_factor, -0.5 if tag in _BESIDE and tag != "form" else 1.0)
            if attrs.get("itemprop") == "articleBody" or "articleBody" in str(attrs.get("itemprop")): nodes[-1].role = "body"
            elif tag == "article": nodes[-1].role = "article"
            elif tag == "main" or attrs.get("role") == "main": nodes[-1].role = "main"
            path.append((item, len(nodes) - 1))
    return nodes


def _climb(path, parent):
    if type(parent) is DocumentFragment and path[-1][1] not in ():
        if not any(p is parent for p, _ in path):
            path.append((parent, path[-1][1]))
    while path[-1][0] is not parent:
        path.pop()


def _factor(tag, attrs, factor):
    if tag in _BESIDE:
        return min(factor, -0.5) if tag != "form" else factor
    names = f"{' '.join(attrs.get('class') or ())} {attrs.get('id') or ''}".lower()
    role = attrs.get("role")
    if role in {"navigation", "complementary", "contentinfo", "search", "dialog"}:
        return min(factor, -0.5)
    if factor > 0 and _BESIDE_NAMES.search(names) and not _ARTICLE_NAMES.search(names):
        return -0.5
    return factor


def _score(node: _Node, factor: float) -> tuple[float, float]:
    length, linked = node.length, node.linked
    if not length:
        return 0.0, 0.0
    if node.tag in _HEADINGS:
        return (20.0 if node.tag == "h1" else 0.0), 0.0
    own = length - linked
    density = linked / length
    good = own >= 80 or (node.stops and own >= 40)
    if good and density < 0.4:
        value = own * min(1.0, 0.4 + 0.2 * node.stops)
        return value * factor, max(0.0, value * factor)
    return -float(min(length, 200)) * 0.5, 0.0


def _extent(element: Element, text: str) -> Span:
    location = element.source_location
    start = location.start_tag.start_offset if location and location.start_tag else 0
    node = element
    if location and location.end_tag:
        return Span(start, location.end_tag.end_offset)
    return Span(start, len(text))
