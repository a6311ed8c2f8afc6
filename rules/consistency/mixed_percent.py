"""Percentages that are written in two ways in one article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lintnews.document import Document
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Finding

_LEAST_WORDS = 6


class MixedPercent(PatternRule):
    """Finds the percentages written as the fewer of an article are; the sign is held against numerals alone."""

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:  # noqa: ARG002  as every rule's
        """Yield a finding for each percentage that is written otherwise than most."""
        forms = Counter(map(_form, hits))
        if len(forms) < 2:  # noqa: PLR2004  two ways to write it
            return
        counted = [hit for hit in hits if not self.calls_off(hit) and _in_prose(hit)]
        forms = Counter(map(_form, counted))
        numerals = Counter(_form(hit) for hit in counted if "numeral" in hit.groups)
        for hit in counted:
            # Between forms that stand equally often, the one that comes first is the article's own.
            rivals = forms if "word" in hit.groups else numerals
            usual = rivals.most_common(1)[0][0] if rivals else "%"
            form = _form(hit)
            if form == usual or ("word" in hit.groups and usual == "%"):
                continue
            number = hit.match.removesuffix(form).rstrip(" -")
            suggestion = f"{number}%" if usual == "%" else f"{number} {usual}"
            yield self.finding(hit.span, suggestions=(suggestion,), match=hit.match, other=usual)


def _form(hit: Hit) -> str:
    """Return the sign or the words after the number."""
    return " ".join(next(iter(hit.groups.values())).lstrip(" -").split())


def _in_prose(hit: Hit) -> bool:
    """Return whether the figure stands in running text: not in parentheses, a label, or a line of prices (“-5.44%”)."""
    before = hit.target.text.plain[: hit.start]
    if before.rfind("(") > before.rfind(")") or before.endswith(("-", "+", "−", "±")):
        return False
    return len(hit.target.text.plain.split()) >= _LEAST_WORDS
