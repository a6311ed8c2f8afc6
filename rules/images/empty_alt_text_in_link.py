"""Finds links that are only an image whose alt text is empty."""

from __future__ import annotations

from collections.abc import Iterator

from lintnews.document import OBJECT, Document, Link
from lintnews.rule import Finding, Rule

# What names a link to a screen reader in the stead of its text.
_LABEL = "aria-label"


class EmptyAltTextInLink(Rule):
    """A link whose images are all declared decorative, and that has no words and no name of its own."""

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding at the first image of each such link."""
        for link in document.links:
            images = [document.images[index] for index in link.images]
            silent = [image for image in images if image.name is not None and not image.name]
            if not silent or len(silent) < len(images) or _named(document, link):
                continue
            if not any(image.title for image in images) and not images[0].hidden:
                yield self.finding(images[0].span, match=link.url.plain)


def _named(document: Document, link: Link) -> bool:
    """Return whether the link has words, shows more than its images, or has a label or title."""
    text = link.text.plain
    if text.strip(f"{OBJECT} \t\n\xa0") or text.count(OBJECT) > len(link.images) or link.title:
        return True
    return _LABEL in document.source[link.span].partition(">")[0].lower()
