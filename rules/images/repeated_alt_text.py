"""Finds different images that are described alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.document import OBJECT, WORD, Document, Text
from lintnews.rule import Finding, Rule

_ENDING = re.compile(r"\.\w{2,5}$")
# What programs add to the name of a file that they have scaled or copied: sizes, hashes, numbers of uploads.
_COPY = re.compile(r"(?:[-_.@]?(?:\d+x\d*|x\d+|\d+[wx]|scaled|thumb|small|medium|large|[0-9a-f]{8,}|\d{6,}))+$")


@dataclass(frozen=True)
class RepeatedAltText(Rule):
    """An alt text of some words that images of several files have."""

    least_words: int = 4

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding at the second image of each such text."""
        alike: dict[str, dict[str, Text]] = {}
        for image in document.images:
            name, file = image.name, _file(image.url.plain)
            if name and file and OBJECT not in name.plain:
                alike.setdefault(" ".join(name.plain.lower().split()), {}).setdefault(file, name)
        for words, files in alike.items():
            if len(files) > 1 and len(WORD.findall(words)) >= self.least_words and not _ENDING.search(words):
                second = list(files.values())[1]
                yield self.finding(second.span(), match=second.plain, count=str(len(files)))


def _file(url: str) -> str:
    """Return the name of the file without what tells its copies apart; nothing for what is no file's address."""
    if url.startswith("data:") or OBJECT in url:
        return ""
    name = url.partition("?")[0].partition("#")[0].rpartition("/")[2].lower()
    stem = _ENDING.sub("", name)
    return _COPY.sub("", stem) or stem
