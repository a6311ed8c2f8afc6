"""What the options of rules do, where the examples on their pages, which have none, cannot tell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

ARTICLE = """---
title: Council adopts budget
section: {section}
{fields}
---

The council adopted the budget.

Schools get two million more.

Roads get nothing.
"""


@pytest.fixture
def messages(tmp_path, monkeypatch, lintnews):
    """Return a function that tells the messages of one rule about a text, under a configuration."""
    monkeypatch.chdir(tmp_path)

    def run(rule: str, text: str, configuration: str = "") -> list[str]:
        Path("lintnews.toml").write_text(configuration, encoding="utf-8")
        done = lintnews(
            "--select", rule, "--output-format", "json", "-", "--stdin-filename", "a.md", stdin=text.encode()
        )
        assert done.err == ""
        (file,) = json.loads(done.out)["files"]
        return [finding["message"] for finding in file["findings"]]

    return run


REQUIRED = """
[rule.required-field]
fields = ["headline", "byline", "keywords"]

[rule.required-field.sections]
Obituaries = "headline, date"
notices = ""
"""


@pytest.mark.parametrize(
    ("section", "fields", "missing"),
    [
        ("town", "author: Ines Berg", ["keywords"]),
        ("town", "keywords: [budget]", ["byline", "keywords"]),
        ("town", "author: Ines Berg\nkeywords: budget", []),
        ("obituaries", "", ["date"]),
        ("notices", "", []),
    ],
)
def test_each_section_may_ask_for_fields_of_its_own(messages, section, fields, missing):
    found = messages("required-field", ARTICLE.format(section=section, fields=fields), REQUIRED)
    assert found == [f"The field “{field}” is missing." for field in missing]


def test_without_sections_every_article_is_asked_for_the_same(messages):
    configuration = '[rule.required-field]\nfields = ["standfirst"]\n'
    text = ARTICLE.format(section="town", fields="")
    assert messages("required-field", text, configuration) == ["The field “standfirst” is missing."]


@pytest.mark.parametrize(("start", "found"), [(0, 0), (1, 1), (2, 1), (3, 0)])
def test_the_first_heading_has_the_level_that_the_cms_leaves_to_it(messages, start, found):
    configuration = f"[rule.skipped-heading-level]\nstart = {start}\n"
    assert len(messages("skipped-heading-level", "### Schools\n\nThey get more.\n", configuration)) == found


def test_a_house_sets_its_own_longest_sentence(messages):
    text = "The council met on Monday to talk about the bridge, which has been shut since May."
    configuration = "[rule.overlong-sentence]\nwords = 10\n"
    assert messages("overlong-sentence", text) == []
    assert messages("overlong-sentence", text, configuration) == ["This sentence has 16 words, more than 10."]


HARD = "The administration's comprehensive reconsideration necessitates intergovernmental coordination. "


def test_only_paragraphs_above_the_grade_are_named_and_no_more_than_asked_for(messages):
    text = "\n\n".join([HARD * 7, HARD * 6, "We met at the inn, and we had some beer there. " * 4])
    configuration = "[rule.hard-to-read]\nmax-grade = 8.5\nparagraphs = {}\n"
    assert len(messages("hard-to-read", text, configuration.format(1))) == 1
    assert len(messages("hard-to-read", text, configuration.format(9))) == 2
    assert all("over 8.5." in message for message in messages("hard-to-read", text, configuration.format(9)))


def test_where_no_paragraph_is_long_the_hardest_is_named(messages):
    assert len(messages("hard-to-read", f"{HARD}\n\n" * 15)) == 3
