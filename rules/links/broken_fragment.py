"""Finds links to a place in the same article that is not there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.document import WORD, Document, Link
from lintnews.rule import Finding, Rule

# A route of a script, and a text to highlight (`#:~:text=`), are no anchors.
_NO_ANCHORS = ("#/", "#!", "#:~:")
_NEAR = 0.7
_MOST_COMPARED = 10_000
"""Comparisons of names above which no suggestion is looked for: each takes some fifty microseconds."""


@dataclass(frozen=True)
class BrokenFragment(Rule):
    """A link to `#a-place` that no heading, id, name or footnote of the article makes."""

    page_anchors: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield each link to a place that is not there, none where an include may bring it in."""
        links = [link for link in document.links if link.url.plain.startswith("#") and link.url.plain != "#"]
        if not links or any(mark in document.source.text for mark in self._given("includes", self.includes)):
            return
        elsewhere = self._given("page-anchors", self.page_anchors)
        broken = [link for link in links if _is_broken(document, link, elsewhere)]
        few = len(broken) * len(document.anchors.known) <= _MOST_COMPARED if broken else False
        for link in broken:
            near = _near(link.url.plain[1:], document) if few else ()
            yield self.finding(link.url.span(), match=link.url.plain, suggestions=near)

    def _given(self, option: str, value: tuple[str, ...]) -> tuple[str, ...]:
        return value or tuple(self.page.options[option].default.split(", "))


def _is_broken(document: Document, link: Link, elsewhere: tuple[str, ...]) -> bool:
    url, fragment = link.url.plain, link.url.plain[1:]
    # A link without words is the button of some script.
    if url.startswith(_NO_ANCHORS) or fragment.lower() in elsewhere or not WORD.search(link.text.plain):
        return False
    return fragment not in document.anchors


def _near(fragment: str, document: Document) -> tuple[str, ...]:
    from difflib import get_close_matches  # noqa: PLC0415  only an article with a finding needs it

    near = get_close_matches(fragment.lower(), document.anchors.known, n=1, cutoff=_NEAR)
    return tuple(f"#{name}" for name in near)
