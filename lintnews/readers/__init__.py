"""Chooses the reader for a file by its suffix."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from lintnews.document import Document
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


def read(source: Source, language: str = "en") -> Document:
    """Return the document a source makes; `language` is that of a source which declares none."""
    reader = import_module(f"lintnews.readers.{SUFFIXES.get(source.path.suffix.lower(), 'plain')}")
    document: Document = reader.read(source, language)
    return document
