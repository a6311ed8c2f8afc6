"""Suppressions that cannot be read: found by the engine, which reads them."""

from __future__ import annotations

from collections.abc import Iterator

from lintnews.document import Document
from lintnews.rule import Finding, Rule


class MalformedSuppression(Rule):
    """Gives the engine's findings about malformed suppressions their page."""

    def check(self, document: Document) -> Iterator[Finding]:  # noqa: ARG002  as every rule's
        """Yield nothing: the engine reads the suppressions, as it knows which rules there are."""
        yield from ()
