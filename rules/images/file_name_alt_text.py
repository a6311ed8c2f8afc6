"""Tells a file's name from a name with a hyphen, by the file that the image shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from lintnews.document import OBJECT, Document, Image
from lintnews.patterns import Hit, PatternRule
from lintnews.rule import Finding

_ENDING = re.compile(r"\.\w{2,5}$")
# What WordPress adds to the name of a file it has scaled: https://developer.wordpress.org/reference/functions/image_resize/
_SCALED = re.compile(r"-(?:\d+x\d+|scaled)$")


class FileNameAltText(PatternRule):
    """An alt text that looks like a file's name, or is the name of the image's own file."""

    def judge(self, document: Document, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Yield the findings; a single joined word counts only where the image's file is called so."""
        images = {id(image.name): image for image in document.images}
        yield from super().judge(
            document, [hit for hit in hits if _stands_for_one(document, images[id(hit.target.text)], hit)]
        )


def _stands_for_one(document: Document, image: Image, hit: Hit) -> bool:
    """Return whether the alt text names a file where it should tell of the picture."""
    if hit.groups.get("token") and not _is_of(hit.match, image.url.plain):
        return False
    link = document.links[image.link] if image.link is not None else None
    # “Download report.pdf”: the link is to the file, and says its name.
    return not (link and link.text.plain.strip(f"{OBJECT} ") and hit.match in _file_name(link.url.plain))


def _is_of(token: str, url: str) -> bool:
    """Return whether a joined word is the name of the file at `url`, or begins it and is no name of people or firms."""
    names = _file_name(url)
    if token in names:
        return True
    joined = token.lower().replace("_", "-")
    return (token.islower() or "_" in token) and f"{names[1]}-".lower().replace("_", "-").startswith(f"{joined}-")


def _file_name(url: str) -> tuple[str, ...]:
    """Return the names that the file at `url` may be called by: as it is, without ending, and without its size."""
    path = url.partition("#")[0].partition("?")[0]
    name = unquote(path.rpartition("/")[2])
    stem = _ENDING.sub("", name)
    return name, stem, _SCALED.sub("", stem)
