"""A file's text, and where things stand in it."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import ClassVar, Literal, NamedTuple

from lintnews.errors import UnreadableError

SIZE_LIMIT = 64 * 1024 * 1024
"""Bytes above which a file is refused: no article is this long, and a mistaken path should not stall a run."""

Decoding = Literal["utf-8", "byte order mark", "declared", "guessed"]

_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# HTML's <meta charset> and XML's encoding= name a charset within the first kilobyte.
_DECLARED_CHARSET = re.compile(rb"\b(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9._-]+)", re.IGNORECASE)
# Labels that mean another encoding (WHATWG Encoding Standard 4.2), and codecs of Python's that are no charset.
_MEANT = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254"}
_NO_CHARSETS = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})
_FALLBACK = "cp1252"
_TOSS_UP = 0.05
"""Difference in charset-normalizer's coherence, of 0 to 1, that says nothing."""
_CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class Span(NamedTuple):
    """A half-open range of characters of `Source.text`."""

    start: int
    end: int

    def touches(self, other: Span) -> bool:
        """Return whether the two spans share a character, or one holds the empty other, or both are the same."""
        return (self.start < other.end and other.start < self.end) or self == other


class Position(NamedTuple):
    """A line and a column, both from 1, the column in code points."""

    line: int
    column: int


@dataclass(frozen=True)
class Source:
    """A decoded file: its path as the user named it, and its text with line ends as they stand."""

    path: Path
    text: str
    encoding: str = "utf-8"
    decoding: Decoding = "utf-8"

    extracted: ClassVar[bool] = False
    """Whether the text was taken out of a file of another kind: its lines are paragraphs, and no edit can be made."""

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset of each line's first character; lines end at LF, CRLF or a lone CR."""
        return (0, *(match.end() for match in re.finditer(r"\r\n?|\n", self.text)))

    def position(self, offset: int) -> Position:
        """Return the line and column of `offset`."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def line(self, number: int) -> Span:
        """Return the span of line `number`, counted from 1, without its line end."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return Span(start, start + len(self.text[start:end].rstrip("\r\n")))

    def __getitem__(self, span: Span) -> str:
        """Return the text that stands at `span`."""
        return self.text[span.start : span.end]


class ByteOffsets:
    """Character offsets of a text, looked up by UTF-8 byte offset.

    Bytes that are no character of their own are counted by chunk once, and inside a chunk that has some at look-up, so
    that neither a long file nor one full of non-ASCII letters costs more than a pass over its bytes.
    """

    _BITS = 6
    _CONTINUATION = bytes(range(0x80, 0xC0))

    def __init__(self, text: str) -> None:
        self._data = b"" if text.isascii() else text.encode()
        self._shifts = [0]
        size = 1 << self._BITS
        for start in range(0, len(self._data), size):
            self._shifts.append(self._shifts[-1] + self._continuations(self._data[start : start + size]))
        self._shifts.append(self._shifts[-1])

    def __getitem__(self, offset: int) -> int:
        """Return the character offset of byte `offset`."""
        if not self._data:
            return offset
        chunk = offset >> self._BITS
        shift = self._shifts[chunk]
        if shift == self._shifts[chunk + 1]:
            return offset - shift
        return offset - shift - self._continuations(self._data[chunk << self._BITS : offset])

    def _continuations(self, data: bytes) -> int:
        return 0 if data.isascii() else len(data) - len(data.translate(None, self._CONTINUATION))


def read_source(path: Path) -> Source:
    """Return the file at `path`, decoded.

    Raises:
        UnreadableError: the file is missing, a directory, a device, too large, not permitted, binary, or in no
            encoding that can be told.
    """
    try:
        if path.is_dir():
            raise UnreadableError(path, "is a directory")
        if path.exists() and not path.is_file():
            raise UnreadableError(path, "is not a regular file")
        if (size := path.stat().st_size) > SIZE_LIMIT:
            raise UnreadableError(path, f"has {size:,} bytes; the limit is {SIZE_LIMIT:,}")
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableError(path, "no such file") from None
    except OSError as error:
        raise UnreadableError(path, (error.strerror or str(error)).lower()) from error
    return decode(path, data)


def decode(path: Path, data: bytes) -> Source:
    """Return `data` as text: by its byte order mark, as strict UTF-8, as declared, or as best guessed.

    The byte order mark is not part of the text. The order is the one of the WHATWG Encoding Standard, with a guess
    (charset-normalizer) in place of its locale default. A docx is no text; what is returned is the text it holds.

    Raises:
        UnreadableError: the bytes are binary, or no encoding fits them.
    """
    if path.suffix.lower() == ".docx":
        from lintnews.readers.docx import extract  # noqa: PLC0415  20 ms that no other file need pay

        return extract(path, data)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _source(path, data[len(mark) :], encoding, "byte order mark")
    if b"\x00" in data:
        offset = data.index(b"\x00")
        raise UnreadableError(path, f"is not text: byte {offset:,} is NUL")
    try:
        return _checked(Source(path, data.decode("utf-8")))
    except UnicodeDecodeError as error:
        fault = error
    declared = _DECLARED_CHARSET.search(data[:1024])
    if declared:
        name = declared[1].decode("ascii")
        # A page that says UTF-8 and is not gets a guess, as a browser's repair would: its declaration is the defect.
        # One that can be read as ASCII is not UTF-16 either.
        if not name.lower().startswith(("utf-8", "utf_8", "utf8", "utf-16", "utf-32")):
            return _source(path, data, name, "declared")
    return _guessed(path, data, fault)


def _source(path: Path, data: bytes, encoding: str, decoding: Decoding) -> Source:
    try:
        codec = codecs.lookup(encoding).name
        if codec in _NO_CHARSETS:
            raise LookupError
        encoding = _MEANT.get(codec, encoding)
        return _checked(Source(path, data.decode(encoding), encoding, decoding))
    except LookupError:
        raise UnreadableError(path, f"declares the charset “{encoding}”, which is not known") from None
    except UnicodeDecodeError as error:
        by = "declaration" if decoding == "declared" else decoding
        raise UnreadableError(
            path, f"is not {encoding}, which its {by} says: byte {error.start:,} does not fit"
        ) from None


def _guessed(path: Path, data: bytes, fault: UnicodeDecodeError) -> Source:
    from charset_normalizer import from_bytes  # noqa: PLC0415  30 ms that a UTF-8 file need not pay

    guesses = from_bytes(data)
    best = guesses.best()
    if best is None:
        raise UnreadableError(path, f"is not text: byte {fault.start:,} is not UTF-8 and no other encoding fits")
    # On a short text several fit as well; then it is the one that browsers fall back on (WHATWG Encoding Standard).
    western = next((guess for guess in guesses if guess.encoding == _FALLBACK), best)
    if western.chaos <= best.chaos and western.coherence >= best.coherence - _TOSS_UP:
        best = western
    return _checked(Source(path, data.decode(best.encoding), best.encoding, "guessed"))


def _checked(source: Source) -> Source:
    control = _CONTROL_CHARACTERS.search(source.text)
    # A stray control character is a finding for a rule; a text full of them is a binary file.
    if control and len(_CONTROL_CHARACTERS.findall(source.text)) * 100 > len(source.text):
        raise UnreadableError(source.path, f"is not text: character {control.start():,} is {control[0]!r}")
    if "\x00" in source.text:
        raise UnreadableError(source.path, f"is not text: character {source.text.index(chr(0)):,} is NUL")
    return source
