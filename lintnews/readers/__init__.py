"""Chooses the reader for a file by its suffix."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from lintnews.document import Document
from lintnews.languages import guessed, primary
from lintnews.source import Source

SUFFIXES: Mapping[str, str] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "plain",
    ".text": "plain",
    ".docx": "docx",
}
"""The suffixes of articles, and the reader of each; a file of another suffix that is named is read as plain text."""


def read(source: Source, language: str = "en", *, guess: bool = False) -> Document:
    """Return the document a source makes.

    Args:
        source: the text.
        language: the language of a source that declares none.
        guess: whether such a source may be in another, if its text shows it.
    """
    reader = import_module(f"lintnews.readers.{SUFFIXES.get(source.path.suffix.lower(), 'plain')}")
    document: Document = reader.read(source, primary(language) or language)
    return guessed(document) if guess else document
