"""`lintnews stats`: how long articles are and how hard to read, as a table or as data."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from lintnews.config import ConfigFinder
from lintnews.document import PROSE, WORD, Document
from lintnews.errors import LintnewsError
from lintnews.files import find_files
from lintnews.readability import APART, MEASURES, figures, measures, running_text
from lintnews.readers import read
from lintnews.source import Source, decode, read_source

PERCENTILES = (50, 75, 90, 95)
_PER_MINUTE = 238
"""Words of non-fiction that an adult reads silently (Brysbaert 2019, https://doi.org/10.1016/j.jml.2019.104047)."""
_COUNTS = ("words", "sentences", "minutes")
_WIDTH = 80
_COUNTED, _COLUMN = (4, 6, 5, 3), 5
"""The widths of the columns for language, words, sentences and minutes, and of those of the measures."""
_NONE = "-"


@dataclass(frozen=True)
class Statistics:
    """The figures of one article; a measure that was not made for its language is not there."""

    path: Path
    language: str
    words: int
    """Those of its text: headings and captions too, tables and what stands around the article not."""
    sentences: int
    """Those of its running text, of which the measures are taken."""
    figures: Mapping[str, float]

    @property
    def minutes(self) -> float:
        """The time it takes to read."""
        return self.words / _PER_MINUTE


def statistics_of(document: Document) -> Statistics:
    """Return the figures of an article."""
    blocks = (block for block in document.blocks if block.type in PROSE and APART.isdisjoint(block.ancestors))
    sentences = [sentence for _, those in running_text(document) for sentence in those]
    return Statistics(
        path=document.source.path,
        language=document.language,
        words=sum(len(WORD.findall(block.text.plain)) for block in blocks),
        sentences=len(sentences),
        figures=figures(sentences, document.language),
    )


def statistics(
    paths: Sequence[str], finder: ConfigFinder, failed: Callable[[LintnewsError], None]
) -> Iterator[Statistics]:
    """Yield the figures of each article that the paths name or hold; what cannot be read is given to `failed`."""
    found, failures = find_files(paths, config_for=finder.config_for)
    for failure in failures:
        failed(failure)
    for path in found:
        try:
            yield _statistics_of(read_source(path), finder)
        except LintnewsError as error:
            failed(error)
        except Exception as error:  # noqa: BLE001  a defect of ours costs the file, and not the archive's figures
            failed(LintnewsError(f"{path}: cannot be measured: {type(error).__name__}: {error}"))


def statistics_of_bytes(data: bytes, path: Path, finder: ConfigFinder) -> Statistics:
    """Return the figures of an article that would stand in the file at `path`.

    Raises:
        LintnewsError: it cannot be read.
    """
    return _statistics_of(decode(path, data), finder)


def _statistics_of(source: Source, finder: ConfigFinder) -> Statistics:
    settings = finder.config_for(source.path).settings_for(source.path)
    return statistics_of(read(source, settings.language, guess=settings.guess_language))


def percentile(values: Sequence[float], rank: int, *, falls: bool = False) -> float:
    """Return the least of the values that `rank` per cent of them are no harder than; the most where that is harder."""
    ordered = sorted(values, reverse=falls)
    return ordered[max(0, -(-len(ordered) * rank // 100) - 1)]


def percentiles(articles: Iterable[Statistics]) -> dict[str, dict[int, dict[str, float]]]:
    """Return for each language with several articles, and each rank, the figures by the keys of the measures."""
    languages: dict[str, list[Statistics]] = {}
    for article in articles:
        if article.figures:
            languages.setdefault(article.language, []).append(article)
    return {
        language: {
            rank: {
                measure.key: percentile([each.figures[measure.key] for each in those], rank, falls=measure.falls)
                for measure in measures(language)
            }
            for rank in PERCENTILES
        }
        for language, those in languages.items()
        if len(those) > 1
    }


def write_text(articles: Iterable[Statistics], stream: TextIO) -> None:
    """Write a table with a line for each article, and below it the percentiles of each language."""
    table = _Table(stream)
    table.line("article", ("lang", "words", "sent.", "min"), {column: column for column in table.columns})
    seen = []
    for article in articles:
        seen.append(article)
        minutes = f"{article.minutes:.0f}" if article.minutes >= 1 else "<1"
        counts = (article.language, str(article.words), str(article.sentences), minutes)
        table.line(str(article.path), counts, _shown(article.language, article.figures))
    for language, ranks in percentiles(seen).items():
        count = sum(article.language == language and bool(article.figures) for article in seen)
        print(f"\nOf {count} articles in “{language}”, so many are no harder than", file=stream)
        for rank, values in ranks.items():
            table.line(f"{rank} %", ("",) * len(_COUNTED), _shown(language, values))


class _Table:
    """Writes lines of cells, none wider than a terminal; a path that is too long loses its beginning."""

    def __init__(self, stream: TextIO) -> None:
        self.columns = tuple(dict.fromkeys(measure.column for measure in measures("en")))
        self._stream = stream
        self._place = _WIDTH - sum(width + 1 for width in (*_COUNTED, *(_COLUMN for _ in self.columns)))

    def line(self, name: str, counts: Sequence[str], shown: Mapping[str, str]) -> None:
        name = "".join(each if each.isprintable() else "\ufffd" for each in name)
        cut = name if len(name) <= self._place else f"…{name[1 - self._place :]}"
        numbers = [f"{each:>{width}}" for each, width in zip(counts, _COUNTED, strict=True)]
        numbers += [f"{shown.get(column, _NONE):>{_COLUMN}}" for column in self.columns]
        print(f"{cut:<{self._place}}", *numbers, file=self._stream)


def _shown(language: str, values: Mapping[str, float]) -> dict[str, str]:
    figures_shown = {each.column: values[each.key] for each in measures(language) if each.key in values}
    return {
        column: exact if len(exact := f"{value:.1f}") <= _COLUMN else f"{value:.0f}"
        for column, value in figures_shown.items()
    }


def write_json(articles: Iterable[Statistics], stream: TextIO) -> None:
    """Write one object: the articles' figures, and the percentiles of each language."""
    rows = list(articles)
    ranks = {
        language: {str(rank): _rounded(values) for rank, values in table.items()}
        for language, table in percentiles(rows).items()
    }
    report = {"schema_version": 1, "articles": [_row(article) for article in rows], "percentiles": ranks}
    json.dump(report, stream, ensure_ascii=False, indent=1)
    stream.write("\n")


def write_csv(articles: Iterable[Statistics], stream: TextIO) -> None:
    """Write a line for each article under a line of names; what was not measured is empty."""
    import csv  # noqa: PLC0415  the other formats need it not

    names = ("path", "language", *_COUNTS, *(measure.key for measure in MEASURES))
    writer = csv.DictWriter(stream, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_row(article) for article in articles)


def _row(article: Statistics) -> dict[str, object]:
    counts = (article.words, article.sentences, round(article.minutes, 1))
    named = {"path": article.path.as_posix(), "language": article.language, **dict(zip(_COUNTS, counts, strict=True))}
    return {**named, **_rounded(article.figures)}


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {key: round(value, 2) for key, value in values.items()}


FORMATS: Mapping[str, Callable[[Iterable[Statistics], TextIO], None]] = {
    "text": write_text,
    "json": write_json,
    "csv": write_csv,
}
