"""Finds images that readers who do not see them are told nothing about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lintnews.document import Document
from lintnews.rule import Finding, Rule

# Markdown that comes to nothing, as its address holds a space or nobody defines its reference: it stands in the text.
_UNMADE = re.compile(r"!\[\s?\](?:\[[^\[\]\n]{1,100}\]|\([^()\n]{1,300}\.\w{3,4}\))")


class MissingAltText(Rule):
    """An image without an accessible name that is not declared decorative; also one that its markup fails to show."""

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each image without a name."""
        for image in document.images:
            if image.name is None:
                yield self.finding(image.span)
        if document.format == "markdown" and "![" in document.source.text:
            for block in document.blocks:
                for match in _UNMADE.finditer(block.text.plain) if block.prose else ():
                    yield self.finding(block.text.span(*match.span()))
