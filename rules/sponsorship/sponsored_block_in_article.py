"""Finds paid copy that its label, or a sentence about its sponsor, gives away inside an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lintnews.document import Block, Document
from lintnews.passages import labelled, titled
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Finding

_LABEL, _LIST = "label", "a_list_of_sponsors"
_READER = re.compile(r"\b(?:you|your|du|dein|dir|Ihnen|vous|votre|vos|tú|usted)\b", re.IGNORECASE)
_TITLE_LENGTH = 120


@dataclass(frozen=True)
class SponsoredBlockInArticle(PatternRule):
    """A labelled passage as a whole, its title and the paragraphs under it; not in a declared advertisement."""

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield one finding for each passage, which names what gives it away."""
        if document.article.sponsored:
            return
        found: dict[int, list[Hit]] = {}
        for hit in hits:
            speech = hit.quoted and hit.search.kind == "patterns"
            if hit.target.block and not speech and not self.calls_off(hit):
                found.setdefault(document.index(hit.target.block), []).append(hit)
        end = -1
        for index, signs in sorted(found.items()):
            block = document.blocks[index]
            if block.span.start < end:
                continue
            signs.sort(key=lambda hit: hit.start)
            opens = any(_opens(block, hit) for hit in signs)
            span = labelled(document, index) if opens else titled(document, index)
            names = dict.fromkeys(name for hit in signs for name in hit.groups or (_LABEL,))
            # Thanks to the sponsors of an event are news; a sponsor's own copy speaks to the reader.
            if names.keys() == {_LIST} and not _READER.search(document.source[span]):
                continue
            end = span.end
            match = next(iter(signs[0].groups.values()), signs[0].match)
            yield self.finding(span, match=match, signals=", ".join(names).replace("_", " "))


def _opens(block: Block, hit: Hit) -> bool:
    """Return whether a hit heads what follows: it is all of its block, ends it with a colon, or marks a title."""
    plain = block.text.plain.strip()
    if hit.search.kind == "lines" or _LIST in hit.groups:
        return len(hit.match.strip()) >= len(plain)
    if plain.endswith(":"):
        return True
    return _LABEL in hit.groups and "\n" not in plain and (block.type == "heading" or _is_title(plain, hit))


def _is_title(plain: str, hit: Hit) -> bool:
    """Return whether a label stands at the end of words that are no sentence."""
    before = plain[: hit.start].rstrip()
    return len(plain) <= _TITLE_LENGTH and before[-1:] not in {".", "!", ""}
