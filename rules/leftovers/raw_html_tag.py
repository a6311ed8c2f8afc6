"""HTML tags that stand in the text itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lintnews.document import Document
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Edit, Finding, Fix

_PARTING = frozenset({"br", "dd", "div", "dt", "li", "p", "td", "th", "tr"})
"""Tags between two words that the page would set apart."""
_MOST = 1_000
"""Tags of one article that are looked at; more would tell nothing new, and take their time."""
_NEAR = 2_000
"""Characters in which a tag is closed again, if it is one."""


class RawHtmlTag(PatternRule):
    """Finds tags that lay a text out, and not those that it speaks of."""

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield the findings for the hits that are no mention of a tag."""
        yield from super().judge(document, [hit for hit in hits[:_MOST] if not _mentioned(hit)])

    def found(self, hit: Hit, message: str | None = None) -> Finding:
        """Return the finding for a tag; one that carries no content of its own can go."""
        span, plain = hit.span, hit.target.text.plain
        fix = None
        if tag := hit.groups.get("layout") or hit.groups.get("bare"):
            before, after = plain[hit.start - 1 : hit.start], plain[hit.end : hit.end + 1]
            parts = tag.lower() in _PARTING and before.strip() and after.strip()
            fix = Fix((Edit(span, " " if parts else ""),), safe=False)
        return self.finding(span, message, fix=fix, match=hit.match)


def _mentioned(hit: Hit) -> bool:
    """Return whether a bare opening tag is spoken of: nothing follows that it could lay out, or it is a type's."""
    if not hit.groups.get("bare"):
        return False
    plain = hit.target.text.plain
    if plain[hit.start - 1 : hit.start].isalnum():
        return True
    closed = plain.find(f"</{hit.groups['bare']}>", hit.end, hit.end + _NEAR) >= 0
    return not closed and not plain[hit.end : hit.end + 1].isalnum()
