"""Words that are glued together at a full stop or a comma."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from lintnews.patterns import Hit, PatternRule
from lintnews.regex import Regex
from lintnews.rule import Edit, Finding, Fix
from lintnews.source import Span

_JOINTS = frozenset("./\\@_-#:=&,|+~$%^*<>")
"""Characters that join words to an address, a file name or a list: beside one of them nothing is glued."""


@dataclass(frozen=True)
class MissingSpace(PatternRule):
    """Finds a mark with words on both sides of it, and gives back the space."""

    def calls_off(self, hit: Hit) -> bool:
        """Return whether the pair is a part of an address, a name or a list."""
        # The sentence ends at the very mark, so that the page's “unless” is looked for in the pair instead.
        return _joined(hit) or self._name.search(hit.match)

    def found(self, hit: Hit, message: str | None = None) -> Finding:
        """Return the finding for a glued pair, with the pair apart as suggestion."""
        before, mark, after = hit.groups["before"], hit.groups["mark"], hit.groups["after"]
        span = hit.span
        fix = None
        # Markup between the words may close right before or right after the mark: there a person has to look.
        if len(hit.match) == span.end - span.start:
            place = span.start + len(before + mark)
            fix = Fix((Edit(Span(place, place), " "),), safe=True)
        suggestions = (f"{before}{mark} {after}",)
        return self.finding(span, message, suggestions=suggestions, fix=fix, match=hit.match, mark=mark[0])

    @cached_property
    def _name(self) -> Regex:
        return Regex("|".join(self.page.unless))


def _joined(hit: Hit) -> bool:
    plain = hit.target.text.plain
    if plain[hit.start - 1 : hit.start] in _JOINTS:
        return True
    # “The end.Then,” is glued; “red,green,blue” is a list, and “java.Util.List” a name.
    following = plain[hit.end : hit.end + 2]
    return following[:1] in {"(", "_"} or (following[:1] in _JOINTS and following[1:].isalnum())
