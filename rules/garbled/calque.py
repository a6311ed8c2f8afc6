"""Wording that was carried over word for word from another language."""

from __future__ import annotations

from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Finding


class Calque(PatternRule):
    """Finds the wordings of the page and its table.

    A group of a pattern that keeps words is named `left`; any other is named for the words to put before it.
    """

    def found(self, hit: Hit, message: str | None = None) -> Finding:
        """Return the finding for a wording, with the natural one as suggestion."""
        if not hit.groups:
            return super().found(hit, message)
        return self.finding(hit.span, message, suggestions=(_natural(hit),), match=hit.match)


def _natural(hit: Hit) -> str:
    words = []
    for name, value in hit.groups.items():
        words += [value] if name == "left" else [name.replace("_", " "), value]
    return " ".join(words)
