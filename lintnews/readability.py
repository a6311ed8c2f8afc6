"""How hard a text is to read: an article's running text, and what textstat's formulas make of it.

textstat takes most of a second to load, so that only what asks for a figure loads it. Of a word's syllables it would
learn by a download; here it is given the table that lintnews brings, and never reaches the network.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from lintnews.document import OBJECT, Block, Document

APART = frozenset({"aside", "footer", "form", "header", "nav", "table"})
"""The containers of what is no running text."""

RUNNING = frozenset({"paragraph", "listItem"})
"""The types of the blocks that are."""
GRADE = "grade"
"""The column of the measures that tell years of school."""

_DATA = Path(__file__).parent / "nltk_data"
_LEAST_WORDS = 3
"""textstat counts no sentence of fewer words."""
# A label, a line of an address or an item of a list has no end mark, and is no sentence.
_ENDED = re.compile(r"[.!?…:][\"'”’»“‘«)\]\s]*$")
_MARKS = re.compile(r"[.!?…]+")
_LETTER = re.compile(r"\w")
_ADDRESS = re.compile(rf"\S*(?:://|www\.|@)\S*|{OBJECT}")
# Languages whose words are not parted by spaces, so that nothing here can count them.
_UNPARTED = frozenset({"ja", "km", "ko", "lo", "my", "th", "zh"})
_HYPHENATION = {
    "de": "de_DE", "en": "en_US", "es": "es_ES", "fr": "fr_FR", "hu": "hu_HU", "it": "it_IT", "nl": "nl_NL",
    "ru": "ru_RU",
}  # fmt: skip
_ENGLISH = frozenset({"en"})


class Measure(NamedTuple):
    """A formula: its key in data, its column in a table, and the languages it was made for (none: any)."""

    key: str
    column: str
    languages: frozenset[str]
    function: str
    """Its name in textstat."""
    options: tuple[int, ...] = ()
    falls: bool = False
    """Whether a lower figure is a harder text."""

    def of(self, text: str, language: str) -> float:
        """Return the figure for a text."""
        figure: float = getattr(_textstat(language), self.function)(text, *self.options)
        return figure


MEASURES = (
    # Each language has constants of its own: Flesch, Amstad, Fernández Huerta, Kandel and Moles, Vacca, Douma.
    Measure("flesch_reading_ease", "ease", frozenset(_HYPHENATION), "flesch_reading_ease", falls=True),
    Measure("flesch_kincaid", GRADE, _ENGLISH, "flesch_kincaid_grade"),
    Measure("wiener_sachtextformel", GRADE, frozenset({"de"}), "wiener_sachtextformel", (1,)),
    Measure("gunning_fog", "fog", _ENGLISH, "gunning_fog"),
    Measure("smog", "SMOG", _ENGLISH, "smog_index"),
    Measure("dale_chall", "D-C", _ENGLISH, "dale_chall_readability_score"),
    Measure("lix", "LIX", frozenset(), "lix"),
)
"""The formulas, in the order of a table's columns."""


def running_text(document: Document) -> Sequence[tuple[Block, Sequence[str]]]:
    """Return the blocks that are running text in the article's language, each with its sentences for `figures`."""
    found = []
    for block in document.blocks:
        if block.type in RUNNING and block.language == document.language and APART.isdisjoint(block.ancestors):
            sentences = tuple(filter(None, (_countable(sentence.text) for sentence in block.sentences)))
            if sentences:
                found.append((block, sentences))
    return found


def measures(language: str) -> Sequence[Measure]:
    """Return the measures for a language."""
    if language in _UNPARTED:
        return ()
    return tuple(measure for measure in MEASURES if not measure.languages or language in measure.languages)


def figures(sentences: Sequence[str], language: str) -> Mapping[str, float]:
    """Return what each measure for the language makes of the sentences, by its key; nothing where there are none."""
    text = " ".join(sentences)
    return {measure.key: measure.of(text, language) for measure in measures(language)} if text else {}


def grade(sentences: Sequence[str], language: str) -> float:
    """Return the years of school that the sentences ask for; 0 for a language without a formula that tells."""
    years = (measure for measure in measures(language) if measure.column == GRADE)
    return next((measure.of(" ".join(sentences), language) for measure in years), 0.0)


def _countable(sentence: str) -> str:
    """Return a sentence as textstat counts it, which takes each full stop for an end; nothing for what is none."""
    if not _ENDED.search(sentence):
        return ""
    words = [word for word in _MARKS.sub("", _ADDRESS.sub(" ", sentence)).split() if _LETTER.search(word)]
    return f"{' '.join(words)}." if len(words) >= _LEAST_WORDS else ""


def _textstat(language: str) -> Any:  # noqa: ANN401  as above
    it = _loaded()
    it.set_lang(_HYPHENATION.get(language, "en_US"))
    return it


@cache
def _loaded() -> Any:  # noqa: ANN401  as above
    import nltk  # type: ignore[import-untyped]  # noqa: PLC0415

    # Before any that a machine may have, so that the figures are the same everywhere.
    nltk.data.path.insert(0, str(_DATA))
    import textstat  # type: ignore[import-untyped]  # noqa: PLC0415

    return textstat.textstat
