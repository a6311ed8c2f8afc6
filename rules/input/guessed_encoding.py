"""Files that are not in UTF-8 and do not say what they are in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lintnews.document import Document
from lintnews.rule import Finding, Rule
from lintnews.source import Span

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_WORD = re.compile(r"[\w’'-]+")


class GuessedEncoding(Rule):
    """Finds the first word that shows whether the guess is right."""

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding at the first word that is not plain ASCII, if the encoding was guessed."""
        source = document.source
        first = _BEYOND_ASCII.search(source.text) if source.decoding == "guessed" else None
        if first is None:
            return
        line = source.line(source.position(first.start()).line)
        words = (Span(*word.span()) for word in _WORD.finditer(source.text, line.start, line.end))
        word = next((word for word in words if word.start <= first.start() < word.end), Span(*first.span()))
        yield self.finding(word, match=source[word], encoding=source.encoding)
