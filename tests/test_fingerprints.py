"""A finding keeps its name when the article moves on around it."""

from __future__ import annotations

import re
import time

import pytest
from conftest import markdown

from lintnews.fingerprints import fingerprints
from lintnews.rule import Finding, Level
from lintnews.source import Span

TEXT = "Once the quick brown fox jumps over the lazy dog near the river bank."


def names(text: str, words: str, rule: str = "stiff-words", name: str = "article.md") -> list[str]:
    findings = [
        Finding(rule, "style", Level.WARNING, Span(match.start(), match.end()), "No.")
        for match in re.finditer(rf"\b{words}\b", text)
    ]
    assert findings
    return list(fingerprints(markdown(text, name), findings))


BEFORE = names(TEXT, "jumps")


def test_a_name_is_sixteen_hexadecimal_digits():
    assert re.fullmatch("[0-9a-f]{16}", BEFORE[0])


@pytest.mark.parametrize(
    "text",
    [
        f"A new opening paragraph.\n\n{TEXT}",
        f"{TEXT} And a new ending.",
        TEXT.replace(" ", "\n"),
        TEXT.replace(" ", "   "),
        TEXT.upper().replace("JUMPS", "jumps"),
        TEXT.replace("river bank", "sea"),
    ],
    ids=["an edit far before", "an edit far after", "new lines", "spaces", "case", "an edit six words on"],
)
def test_a_name_outlives_edits_elsewhere(text):
    assert names(text, "jumps") == BEFORE


def test_a_name_outlives_a_move_of_the_file():
    assert names(TEXT, "jumps", name="archive/2026/article.html") == BEFORE


@pytest.mark.parametrize("text", [TEXT.replace("fox", "cat"), TEXT.replace("over", "past")])
def test_an_edit_right_beside_the_words_gives_another_name(text):
    assert names(text, "jumps") != BEFORE


def test_another_rule_gives_another_name():
    assert names(TEXT, "jumps", rule="other") != BEFORE


def test_like_findings_are_told_apart_by_their_number():
    first, second, third = names("one two. " * 20, "two")[10:13]
    assert len({first, second, third}) == 3


def test_words_found_are_told_from_words_around():
    assert names("a b c", "a b") != names("a b c", "b c")


def test_many_findings_in_a_long_article_cost_no_more_each():
    started = time.process_time()
    assert len(set(names("word " * 20_000, "word"))) == 20_000
    assert time.process_time() - started < 3
