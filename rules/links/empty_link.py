"""Finds links without words, and links that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from lintnews.document import WORD, Document, Link
from lintnews.rule import Finding, Rule

_NOWHERE = frozenset({"", "#"})
# Addresses that a script, or the site's guard of mail addresses, replaces.
_REPLACED = ("#", "javascript:", "/cdn-cgi/l/email-protection")
# What names an element to a screen reader in the stead of its text, or takes it from them.
_NAMES = ("aria-", "title=", "alt=", "role=", 'tabindex="-1"')
# What a script finds its buttons by.
_HOOKS = (" class", " id", " data-", " on", " role")


class EmptyLink(Rule):
    """A link without words, image or code, and a link with words whose address is empty or a lone `#`."""

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield the empty links; one around an image is named by the image, and a script's button by the script."""
        for link in document.links:
            text, url = link.text.plain, link.url.plain.strip()
            if not text and not link.images and not _named(document, link):
                yield self.finding(link.span, match=url or "nowhere")
            elif url in _NOWHERE and WORD.search(text) and not _hooked(document, link):
                yield self.finding(link.span, "The link “{match}” has no address.", match=text)


def _named(document: Document, link: Link) -> bool:
    """Return whether something else than its text names a link, or a script does."""
    if link.title is not None or link.url.plain.lower().startswith(_REPLACED):
        return True
    markup = document.source[link.span].lower()
    return any(name in markup for name in _NAMES) or (not link.url and _hooked(document, link))


def _hooked(document: Document, link: Link) -> bool:
    """Return whether a script may turn a link into a button."""
    tag = document.source[link.span].partition(">")[0]
    return tag.startswith("<") and any(hook in tag for hook in _HOOKS)
