"""Finds the first affiliate link that readers are not told of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lintnews.document import WORD, Document
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Finding
from lintnews.source import Span

_NO = frozenset({"", "false", "no", "off", "0", "null", "none", "~"})
_URL = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]}]")
_STARS = ("*", "\\*", "<sup>*", "†")


@dataclass(frozen=True)
class UndisclosedAffiliateLink(PatternRule):
    """The first affiliate link that nothing before it or in its block discloses; one finding an article.

    The page's lines and its patterns with a group `disclosure` disclose; all others are affiliate links.
    """

    site_discloses: tuple[str, ...] = ()

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield the finding; none for a declared advertisement, or where the site's own templates disclose."""
        links = sorted(self._affiliate_links(document, hits))
        if not links or document.article.sponsored or self._by_site(document):
            return
        disclosing = (hit.target.block for hit in hits if _discloses(hit))
        told = min((block.span.start for block in disclosing if block), default=None)
        for span, text in links:
            starred = text.endswith("*") or document.source.text.startswith(_STARS, span.end)
            if told is None:
                yield self.finding(span, match=text)
                return
            if span.start < told and not starred:
                yield self.finding(span, "“{match}” is an affiliate link, disclosed only further down.", match=text)
                return

    def _by_site(self, document: Document) -> bool:
        keys = self.site_discloses or tuple(self.page.options["site-discloses"].default.split(", "))
        return any(key.lower() in keys and value.plain.lower() not in _NO for key, value in document.metadata.items())

    def _affiliate_links(self, document: Document, hits: Sequence[Hit]) -> Iterator[tuple[Span, str]]:
        """Yield the place and words of each affiliate link whose `rel` does not say that it is paid for."""
        links = {id(link.url): link for link in document.links}
        # One hit of each address or paragraph is enough.
        found = {id(hit.target.text): hit for hit in reversed(hits) if not _discloses(hit) and _is_address(hit)}
        for hit in found.values():
            if (link := links.get(id(hit.target.text))) and "sponsored" not in link.rel and not self.calls_off(hit):
                yield link.span, link.text.plain if WORD.search(link.text.plain) else link.url.plain
            elif hit.target.block and document.format == "text" and not self.calls_off(hit):
                plain = hit.target.text.plain
                whole = next((url for url in _URL.finditer(plain) if url.start() <= hit.start < url.end()), None)
                if whole:
                    yield hit.target.text.span(*whole.span()), whole[0]


def _discloses(hit: Hit) -> bool:
    return hit.search.kind == "lines" or "disclosure" in hit.groups


def _is_address(hit: Hit) -> bool:
    """Return whether something follows the host: the network's own home page is no affiliate link."""
    return hit.search.kind != "phrases" or hit.target.text.plain[hit.end : hit.end + 1] in {"/", "?", "&"}
