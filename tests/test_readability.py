"""What of an article is measured, and what textstat makes of it; nothing of it reaches the network."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from conftest import document

from lintnews.readability import MEASURES, figures, grade, measures, running_text

EASY = ("The council met on Monday.", "It talked about the bridge.", "Some want a new one.")
HARD = ("The administration's comprehensive reconsideration necessitates intergovernmental coordination.",)


def sentences(text: str, name: str = "article.md") -> list[str]:
    return [sentence for _, those in running_text(document(text, name)) for sentence in those]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The council met. It voted for it.", ["The council met.", "It voted for it."]),
        ("- The council met.\n- Bread and butter", ["The council met."]),
        ("> The council met.", ["The council met."]),
        ("# The council met at last.\n\nText", []),
        ("| The council met. |\n|---|\n| It voted for it. |", []),
        ("    the_council_met_at_last.", []),
        ("By Ines Berg", []),
        ("Yes. No way!", []),
        ("— ★ — ★.", []),
    ],
)
def test_sentences_of_running_text_are_measured_and_labels_tables_and_code_are_not(text, found):
    assert sentences(text) == found


@pytest.mark.parametrize("element", ["aside", "nav", "footer", "form"])
def test_what_stands_around_the_article_is_not_measured(element):
    text = f"<p>The council met.</p><{element}><p>Read our other stories.</p></{element}>"
    assert sentences(text, "article.html") == ["The council met."]


def test_a_full_stop_stands_only_at_the_end_of_a_sentence():
    # textstat takes each for an end.
    assert sentences("The U.S. won by 3.5 points, e.g. here!") == ["The US won by 35 points, eg here."]


def test_code_and_addresses_are_no_words():
    assert sentences("Use `this` at https://example.com/a or write to a@example.com today.") == [
        "Use at or write to today."
    ]


def test_hard_words_make_a_text_harder_by_every_measure():
    easy, hard = figures(EASY, "en"), figures(HARD, "en")
    assert easy.keys() == hard.keys() == {measure.key for measure in measures("en")}
    for measure in measures("en"):
        assert (easy[measure.key] > hard[measure.key]) == measure.falls


@pytest.mark.parametrize("language", ["de", "es", "fr", "hu", "it", "nl", "ru"])
def test_the_ease_of_a_language_is_measured_by_its_own_constants(language):
    assert figures(EASY, language)["flesch_reading_ease"] != figures(EASY, "en")["flesch_reading_ease"]


def test_a_formula_that_was_not_made_for_a_language_is_not_used():
    assert set(figures(EASY, "fr")) == {"flesch_reading_ease", "lix"}
    assert set(figures(EASY, "sv")) == {"lix"}
    assert figures(("会議は月曜日に開かれた。",), "ja") == {}


@pytest.mark.parametrize("language", ["ar", "de", "en", "es", "fr", "hu", "it", "nl", "pt", "ru", "uk", "xx"])
@pytest.mark.parametrize(
    "text", ["1 2 3.", "_ _ _.", "😀a 😀b 😀c.", "مجلس المدينة اجتمع.", f"{'long' * 500} is this.", "a" * 9]
)
def test_odd_words_have_figures_too(language, text):
    assert all(isinstance(figure, float) for figure in figures((text,), language).values())


def test_a_text_without_sentences_has_no_figures():
    assert figures((), "en") == {}


def test_years_of_school_are_told_where_a_formula_tells_them():
    assert grade(HARD, "en") > grade(EASY, "en") > 0
    assert grade(EASY, "de") != grade(EASY, "en")
    assert grade(EASY, "fr") == 0


def test_each_measure_has_a_key_of_its_own():
    assert len({measure.key for measure in MEASURES}) == len(MEASURES)


WITHOUT_NETWORK = """
import socket, sys
def refuse(*arguments, **options):
    raise SystemExit("a socket was opened")
socket.socket.__init__ = socket.create_connection = socket.getaddrinfo = refuse
sys.argv = ["lintnews", *sys.argv[1:]]
from lintnews.__main__ import main
main()
"""


def test_no_socket_is_opened_even_on_a_fresh_machine(tmp_path):
    (tmp_path / "article.txt").write_text("\n\n".join(HARD * 9), encoding="utf-8")
    # No home and no data of NLTK's anywhere, as on the day lintnews is installed.
    fresh = {key: value for key, value in os.environ.items() if not key.startswith(("NLTK", "COV_", "COVERAGE"))}
    for arguments in (["stats"], ["--no-cache", "--select", "hard-to-read"]):
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", WITHOUT_NETWORK, *arguments, "article.txt"],
            cwd=tmp_path,
            env={**fresh, "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
    assert not list(tmp_path.rglob("*cmudict*"))
