"""Finds affiliate links that do not tell search engines that they are paid for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lintnews.document import WORD, Document
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Finding, Level

_QUALIFIED = frozenset({"sponsored", "nofollow"})


class UnqualifiedAffiliateLink(PatternRule):
    """Each affiliate link of HTML without the `rel` of a paid one; in Markdown, which has none, one note an article."""

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield the findings, in the order of the links."""
        # One hit of each address is enough.
        found = {id(hit.target.text): hit for hit in hits if _is_affiliate(hit)}
        paid = (link for link in document.links if id(link.url) in found and not link.rel & _QUALIFIED)
        links = [link for link in paid if not self.calls_off(found[id(link.url)])]
        if document.format == "html":
            for link in links:
                yield self.finding(link.span, match=link.text.plain if WORD.search(link.text.plain) else link.url.plain)
        elif links:
            message = '“{match}” is a paid link: the site must give it rel="sponsored".'
            finding = self.finding(links[0].span, message, match=links[0].text.plain or links[0].url.plain)
            yield replace(finding, level=Level.NOTE)


def _is_affiliate(hit: Hit) -> bool:
    """Return whether an address is one; what discloses is in the same lists, and a network's home page is none."""
    if hit.search.kind == "lines" or "disclosure" in hit.groups:
        return False
    return hit.search.kind != "phrases" or hit.target.text.plain[hit.end : hit.end + 1] in {"/", "?", "&"}
