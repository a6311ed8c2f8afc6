"""Front matter that is not what its fence says."""

from __future__ import annotations

from collections.abc import Iterator

from lintnews.document import Document
from lintnews.rule import Finding, Rule


class BrokenFrontMatter(Rule):
    """Finds the place where the reader gave up on the front matter."""

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each fault the reader met in the front matter."""
        for fault in document.faults:
            if fault.kind == "front-matter":
                yield self.finding(fault.span, reason=fault.message.rstrip("."))
