"""Opens Office Open XML packages: ZIP archives of XML, from anybody, read within limits and never obeyed."""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from lintnews.errors import UnreadableError

_MOST_INFLATED = 32 * 1024 * 1024
"""Bytes of XML above which a package is refused: a book of a thousand pages has twenty million."""
_MOST_ELEMENTS = 1_000_000
_DEEPEST = 512
"""Elements in each other; a picture in a text box in a group in a table in a table is some sixty deep."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What a compound file opens with: Word's format until 2003, and what an encrypted package is wrapped in."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FLAG_ENCRYPTED = 1

Attributes = Mapping[str, str]
"""The attributes of an element by their names, without prefixes."""


class Relation(NamedTuple):
    """What a part of a package names: an address elsewhere, or another part."""

    kind: str
    """The last word of its type: `hyperlink`, `image`, `styles`…"""
    target: str


class Package:
    """The parts of a package, each inflated when it is asked for.

    The standard library's expat is all it takes: it refuses no document type by itself, so that this does, and with it
    every entity. python-docx and mammoth would bring lxml or a tree of their own, and lose text in tracked changes.
    """

    def __init__(self, path: Path, data: bytes) -> None:
        """Take a file's bytes.

        Raises:
            UnreadableError: they are no package.
        """
        self.path = path
        self._left = _MOST_INFLATED
        self._elements = 0
        if data.startswith(_OLE):
            if _ENCRYPTED in data:
                raise UnreadableError(path, "is protected by a password; save it without one")
            raise UnreadableError(path, "is in the format of Word 97–2003 (.doc); save it as .docx")
        try:
            self._archive = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
            raise UnreadableError(path, f"is no docx: {_lowered(error)}") from error
        self._names = {name.lower(): name for name in reversed(self._archive.namelist())}

    def read(self, part: str) -> bytes | None:
        """Return the content of a part, `None` where there is none of that name; names know no case.

        Raises:
            UnreadableError: it is damaged, encrypted, or larger than any article.
        """
        name = self._names.get(part.lower())
        if name is None:
            return None
        info = self._archive.getinfo(name)
        if info.flag_bits & _FLAG_ENCRYPTED:
            raise UnreadableError(self.path, "is protected by a password; save it without one")
        try:
            with self._archive.open(info) as stream:
                data = stream.read(self._left + 1)
        except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
            raise UnreadableError(self.path, f"is a damaged docx: {part}: {_lowered(error)}") from error
        self._left -= len(data)
        if self._left < 0:
            raise UnreadableError(self.path, f"has more than {_MOST_INFLATED:,} bytes of XML")
        return data

    def relations(self, part: str) -> Mapping[str, Relation]:
        """Return what a part names, by id; the package itself is the part “”."""
        folder, name = posixpath.split(part)
        found: dict[str, Relation] = {}

        def start(element: str, given: Attributes) -> None:
            if element.endswith(" Relationship"):
                target = given.get("Target", "")
                if given.get("TargetMode") != "External":
                    target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
                found[given.get("Id", "")] = Relation(given.get("Type", "").rpartition("/")[2], target)

        self.parse(posixpath.join(folder, "_rels", f"{name}.rels"), start)
        return found

    def parse(
        self,
        part: str,
        start: Callable[[str, Attributes], object],
        end: Callable[[str], object] | None = None,
        text: Callable[[str], object] | None = None,
    ) -> bool:
        """Parse a part, calling back for each element and text; a name is its namespace, a space and the local name.

        Return whether there is such a part.

        Raises:
            UnreadableError: it is no XML, has a document type, or is nested or long as no article is.
        """
        data = self.read(part)
        if data is None:
            return False
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        depth = 0

        def started(name: str, given: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            self._elements += 1
            if depth > _DEEPEST or self._elements > _MOST_ELEMENTS:
                limit = f"{_DEEPEST} deep" if depth > _DEEPEST else f"more than {_MOST_ELEMENTS:,}"
                raise UnreadableError(self.path, f"has {limit} elements of XML, as no article has ({part})")
            start(name, given)

        def ended(name: str) -> None:
            nonlocal depth
            depth -= 1
            if end is not None:
                end(name)

        def refused(*_: object) -> None:
            raise UnreadableError(self.path, f"is no docx: {part} has a document type, which Office files never have")

        parser.StartElementHandler = started
        parser.EndElementHandler = ended
        parser.StartDoctypeDeclHandler = refused
        if text is not None:
            parser.CharacterDataHandler = text
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise UnreadableError(self.path, f"is a damaged docx: {part} is no XML: {_lowered(error)}") from error
        return True


def _lowered(error: Exception) -> str:
    reason = str(error) or type(error).__name__
    return reason[:1].lower() + reason[1:]
