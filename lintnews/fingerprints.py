"""Names a finding by what it says about which words, so that it is known again when the article has moved on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import blake2b

from lintnews.rule import Finding
from lintnews.source import Source

_CONTEXT = 5
"""Words on either side that belong to a finding's identity."""

_REACH = 200
"""Characters on either side in which those words are looked for, so that the cost does not grow with the article."""


def fingerprints(source: Source, findings: Sequence[Finding]) -> Iterator[str]:
    """Yield a name of 16 hexadecimal digits for each finding.

    It is made of the rule, the words found and five words on either side, in lower case and without their spacing, so
    that edits elsewhere, reflow and a move of the file keep it; the second of two like ones is told by its number.
    """
    seen: Counter[str] = Counter()
    for finding in findings:
        start, end = finding.span
        before = source.text[max(0, start - _REACH) : start].split()[-_CONTEXT:]
        after = source.text[end : end + _REACH].split()[:_CONTEXT]
        words = " ".join([*before, "⟦", *source.text[start:end].split(), "⟧", *after]).lower()
        key = f"{finding.rule}\n{words}"
        seen[key] += 1
        yield blake2b(f"{key}\n{seen[key]}".encode(), digest_size=8).hexdigest()
