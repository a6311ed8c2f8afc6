"""Suppressions that nothing needs: found by the engine, which alone knows what was suppressed."""

from __future__ import annotations

from collections.abc import Iterator

from lintnews.document import Document
from lintnews.rule import Finding, Rule


class UnusedSuppression(Rule):
    """Gives the engine's findings about unused suppressions their page."""

    def check(self, document: Document) -> Iterator[Finding]:  # noqa: ARG002  as every rule's
        """Yield nothing: the engine tells what is needed, once all other rules have run."""
        yield from ()
