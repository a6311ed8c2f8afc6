"""Finds parameters of an address that only count who opened it, and takes them out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lintnews.document import Document, Text
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Edit, Finding, Fix
from lintnews.source import Span

_VALUE = re.compile(r"=[^&#]*")
_VALUE_IN_PROSE = re.compile(r"=[^&#\s<>\"'()\[\]{}]*")
# X's own markup of a post shown in a page.
_EMBEDDED = ("=twsrc%5etfw", "=twsrc^tfw")
_END_MARKS = ".,;:!?…*_"


class TrackingParameter(PatternRule):
    """Parameters that stand next to each other are one finding; its fix leaves the rest of the address as it is."""

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:  # noqa: ARG002  as every rule's
        """Yield a finding for each place; a link that shows its address has two."""
        places: dict[int, tuple[Text, list[tuple[int, int]]]] = {}
        for hit in sorted(hits, key=lambda hit: hit.start):
            text = hit.target.text
            if (end := _end(hit)) is None:
                continue
            _, found = places.setdefault(id(text), (text, []))
            if found and found[-1][1] + 1 == hit.start:
                found[-1] = (found[-1][0], end)
            elif not found or found[-1][1] < hit.start:
                found.append((hit.start, end))
        seen: set[Span] = set()
        for text, found in places.values():
            for start, end in found:
                if (span := text.span(start, end)) not in seen:
                    seen.add(span)
                    yield self.finding(span, match=text.plain[start:end], fix=_fix(text, start, end))


def _end(hit: Hit) -> int | None:
    """Return where the parameter ends whose name was found; none, where the words are no parameter's name."""
    plain = hit.target.text.plain
    value = (_VALUE_IN_PROSE if hit.target.block else _VALUE).match(plain, hit.end)
    if value is None or plain[hit.start - 1 : hit.start] not in {"?", "&"}:
        return None
    if value[0].lower().startswith(_EMBEDDED):
        return None
    return value.end() if hit.target.block is None else hit.end + len(value[0].rstrip(_END_MARKS))


def _fix(text: Text, start: int, end: int) -> Fix | None:
    """Return the fix: the parameters go, and one of the marks around them; none where the address stands elsewhere."""
    # “?a=1&b=2” keeps its question mark; “&a=1” loses its mark, and so does “?a=1” with nothing behind it.
    if text.plain[start - 1] == "?" and text.plain[end : end + 1] == "&":
        end += 1
    else:
        start -= 1
    runs = text.slice(start, end).runs
    exact = all(len(run.text) == run.span.end - run.span.start or run.text == "&" for run in runs)
    return Fix((Edit(text.span(start, end), ""),), safe=False) if exact else None
