"""`lintnews stats` tells how long articles are and how hard to read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from lintnews.stats import PERCENTILES, percentile

EASY = "The council met on Monday. It talked about the bridge. Some want a new one, and some do not.\n"
HARD = "The administration's comprehensive reconsideration necessitates intergovernmental coordination.\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "easy.md").write_text(f"# Bridge\n\n{EASY}", encoding="utf-8")
    (tmp_path / "hard.txt").write_text(HARD, encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_every_article_has_a_line_that_fits_a_terminal(lintnews):
    done = lintnews("stats")
    lines = done.out.splitlines()
    assert (done.status, done.err) == (0, "")
    assert lines[0].split() == [
        "article",
        "lang",
        "words",
        "sent.",
        "min",
        "ease",
        "grade",
        "fog",
        "SMOG",
        "D-C",
        "LIX",
    ]
    assert lines[1].split()[:5] == ["easy.md", "en", "20", "3", "<1"]
    assert lines[2].split()[:4] == ["hard.txt", "en", "7", "1"]
    assert max(map(len, lines)) <= 80


def test_a_long_path_loses_its_beginning_and_an_odd_one_steers_no_terminal(folder, lintnews):
    (folder / f"{'very-' * 9}long.txt").write_text(EASY, encoding="utf-8")
    (folder / "a\x1b[31m.txt").write_text(EASY, encoding="utf-8")
    out = lintnews("stats").out
    assert max(map(len, out.splitlines())) <= 80
    assert "…" in out
    assert "very-long.txt" in out
    assert "\x1b" not in out


@pytest.mark.usefixtures("folder")
def test_the_percentiles_tell_what_most_articles_are_no_harder_than(lintnews):
    _, _, ranks = lintnews("stats").out.partition("Of 2 articles in “en”, so many are no harder than\n")
    rows = [line.split() for line in ranks.splitlines()]
    assert [row[0] for row in rows] == [str(rank) for rank in PERCENTILES]
    easiest, hardest = rows[0], rows[-1]
    assert float(easiest[2]) > float(hardest[2])  # ease
    assert all(float(low) < float(high) for low, high in zip(easiest[3:], hardest[3:], strict=True))


def test_a_percentile_is_the_value_that_so_many_do_not_pass():
    assert [percentile([4, 1, 3, 2], rank) for rank in (25, 50, 75, 90)] == [1, 2, 3, 4]
    assert [percentile([4, 1, 3, 2], rank, falls=True) for rank in (25, 50, 75, 90)] == [4, 3, 2, 1]


@pytest.mark.usefixtures("folder")
def test_json_has_the_articles_and_the_percentiles(lintnews):
    report = json.loads(lintnews("stats", "--output-format", "json").out)
    first, second = report["articles"]
    assert (first["path"], first["language"], first["words"], first["sentences"]) == ("easy.md", "en", 20, 3)
    assert first["flesch_reading_ease"] > second["flesch_reading_ease"]
    assert report["percentiles"]["en"]["95"]["flesch_kincaid"] == second["flesch_kincaid"]


@pytest.mark.usefixtures("folder")
def test_csv_has_a_line_for_each_article(lintnews):
    first, second = csv.DictReader(io.StringIO(lintnews("stats", "--output-format", "csv").out))
    assert (first["path"], first["words"], first["wiener_sachtextformel"]) == ("easy.md", "20", "")
    assert float(first["flesch_kincaid"]) < float(second["flesch_kincaid"])


def test_the_language_of_the_article_chooses_the_formulas(tmp_path, lintnews):
    article = tmp_path / "article.md"
    article.write_text("---\nlang: de\n---\nDer Rat hat am Montag über die Brücke gesprochen.\n", encoding="utf-8")
    (row,) = json.loads(lintnews("stats", "--output-format", "json", article).out)["articles"]
    assert row["language"] == "de"
    assert "wiener_sachtextformel" in row
    assert "gunning_fog" not in row


def test_an_article_without_a_sentence_has_no_figures(tmp_path, lintnews):
    (tmp_path / "list.md").write_text("- bread\n- butter\n", encoding="utf-8")
    done = lintnews("stats", tmp_path)
    assert done.out.splitlines()[1].split()[1:] == ["en", "2", "0", "<1", *["-"] * 6]
    assert "articles in" not in done.out


def test_standard_input_is_one_article(lintnews):
    assert lintnews("stats", "-", stdin=EASY.encode()).out.splitlines()[1].split()[:3] == ["-", "en", "19"]
    page = lintnews("stats", "-", "--stdin-filename", "a.html", stdin=f"<p>{EASY}</p><nav>Home</nav>".encode())
    assert page.out.splitlines()[1].split()[:3] == ["a.html", "en", "19"]
    assert lintnews("stats", "-", "a.md").status == 2
    assert lintnews("stats", "a.md", "--stdin-filename", "b.md").status == 2


def test_what_cannot_be_read_is_named_and_the_rest_is_measured(folder, lintnews):
    (folder / "broken.txt").write_bytes(b"\0\1\2\3")
    done = lintnews("stats", "easy.md", "broken.txt", "none.md")
    assert done.status == 2
    assert "easy.md" in done.out
    assert "broken.txt" in done.err
    assert "none.md" in done.err


@pytest.mark.usefixtures("folder")
def test_a_file_that_a_defect_stops_is_named_and_the_rest_is_measured(lintnews, monkeypatch):
    import textstat

    lintnews("stats", "easy.md")
    counted = textstat.textstat.lix
    monkeypatch.setattr(textstat.textstat, "lix", lambda text: counted(text) if "council" in text else 1 / 0)
    done = lintnews("stats")
    assert (done.status, done.err) == (
        2,
        "lintnews: hard.txt: cannot be measured: ZeroDivisionError: division by zero\n",
    )
    assert done.out.splitlines()[1].startswith("easy.md")


def test_configuration_gives_the_language(folder, lintnews):
    Path("lintnews.toml").write_text('language = "fr"\n', encoding="utf-8")
    assert json.loads(lintnews("stats", "--output-format", "json", "hard.txt").out)["articles"][0]["language"] == "fr"
    assert folder == Path.cwd()
