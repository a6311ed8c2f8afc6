"""Finds paid copy that its label, or a sentence about its sponsor, gives away inside an article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from lintnews.document import Block, Document
from lintnews.passages import headed, labelled, titled
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Finding
from lintnews.source import Span

_LABEL, _LIST = "label", "a_list_of_sponsors"
_READER = re.compile(
    r"(?<!thank )(?<!brought to )\b(?:you|your|du|dein|dir|Ihnen|vous|votre|vos|tú|usted)\b", re.IGNORECASE
)
_TITLE_LENGTH = 120


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
            span = next(
                (find(document, index) for hit in signs if (find := _extent(block, hit))), titled(document, index)
            )
            names = dict.fromkeys(name for hit in signs for name in hit.groups or (_LABEL,))
            # Thanks to the sponsors of an event are news; a sponsor's own copy speaks to the reader.
            if len(names) == 1 and _LIST in names:
                if not _READER.search(document.source.text, signs[-1].span.end, span.end):
                    continue
            else:
                names.pop(_LIST, None)
            end = span.end
            match = next(iter(signs[0].groups.values()), signs[0].match)
            yield self.finding(span, match=match, signals=", ".join(names).replace("_", " "))


def _extent(block: Block, hit: Hit) -> Callable[[Document, int], Span] | None:
    """Return what tells how far a hit reaches that heads what follows: a label, a colon's sentence, a marked title."""
    plain = block.text.plain.strip()
    if block.type == "heading" or plain.endswith(":"):
        return labelled
    if hit.search.kind == "lines" or _LIST in hit.groups:
        return labelled if len(hit.match.strip()) >= len(plain) else None
    before = plain[: hit.start].rstrip()
    marked = _LABEL in hit.groups and "\n" not in plain and len(plain) <= _TITLE_LENGTH
    return headed if marked and before[-1:] not in {".", "!", ""} else None
