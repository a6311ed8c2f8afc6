"""Finds headings that say the same as another in the same section."""

from __future__ import annotations

from collections.abc import Iterator

from lintnews.document import OBJECT, Document
from lintnews.rule import Finding, Rule

# What stands in these has an outline of its own, or none.
_APART = frozenset({"aside", "blockquote", "footer", "form", "nav", "table"})


class DuplicateHeading(Rule):
    """A heading with the words of one before it, at the same level under the same heading."""

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each heading that its section has already."""
        seen: dict[int, set[str]] = {}
        for heading in document.headings:
            if not _APART.isdisjoint(heading.ancestors):
                continue
            for depth in [depth for depth in seen if depth > heading.depth]:
                del seen[depth]
            plain = heading.text.plain
            # Code and images show in the source alone, and may be all that differs.
            words = " ".join((document.source[heading.span] if OBJECT in plain else plain).casefold().split())
            siblings = seen.setdefault(heading.depth, set())
            if words in siblings and words:
                yield self.finding(heading.text.span(), match=plain)
            siblings.add(words)
