"""Finds addresses that stand in the prose as they are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from lintnews.document import OBJECT, Document
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Finding

# An address in brackets after a word is a video player's (`[youtube https://…]`), one after “=” is a value.
_EMBEDDED = re.compile(r"(?:\[\w+ |=[\"'“”]?)$")
_BEFORE = 20
# What no reader is meant to open: RFC 2606, and the writer's own network.
_NO_SITE = re.compile(
    r"(?:https?://)?(?:(?:[\w-]+\.){0,9}(?:example|test|invalid|localhost)(?:\.[a-z]{2,3})?|127\.[\d.]+|192\.168\.[\d.]+)"
    r"(?:[:/?#]|$)",
    re.IGNORECASE,
)


class BareUrl(PatternRule):
    """An address in the prose of Markdown or HTML that is in no link; in plain text there is no other way."""

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield the addresses outside of links; one that is a paragraph may be shown as what it names."""
        if document.format == "text":
            return
        starts = [link.span.start for link in document.links]
        for hit in hits:
            before = bisect_right(starts, hit.span.start) - 1
            if self._is_bare(hit) and (before < 0 or document.links[before].span.end <= hit.span.start):
                yield self.finding(hit.span, match=hit.match, suggestions=_linked(document, hit.match))

    def _is_bare(self, hit: Hit) -> bool:
        plain = hit.target.text.plain
        split = hit.span.end - hit.span.start != len(hit.match) or OBJECT in hit.match
        if split or self.calls_off(hit) or _NO_SITE.match(hit.match):
            return False
        if _EMBEDDED.search(plain, max(0, hit.start - _BEFORE), hit.start):
            return False
        return hit.target.block is None or hit.target.block.type != "paragraph" or len(hit.match) != len(plain)


def _linked(document: Document, url: str) -> tuple[str, ...]:
    """Return the address as Markdown links it; MDX and HTML need the link written out."""
    if document.format != "markdown" or document.source.path.suffix == ".mdx":
        return ()
    return (f"<{url if '://' in url else f'https://{url}'}>",)
