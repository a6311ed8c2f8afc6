"""Lines next to each other that one rule hits are one finding, and its fix deletes them and nothing else."""

from __future__ import annotations

import pytest
from conftest import markdown

from lintnews.engine import Checker
from lintnews.fixes import fixed

SEVERAL = "several: “{match}” and {others} are stiff."
LINES = f"lines: [share, tweet, 'follow us on \\w+']\n{SEVERAL}"
DELETES = f"{LINES}\nfix: unsafe"


def found(pages, page, text, name="article.md"):
    source = markdown(text, name)
    report = Checker((pages.rule(page),)).check(source)
    assert report.failures == ()
    return [(source[finding.span], finding.message) for finding in report.findings]


def mended(pages, text, name="article.md", page=DELETES):
    report = Checker((pages.rule(page),)).check(markdown(text, name))
    assert report.findings
    return fixed(text, [finding.fix for finding in report.findings if finding.fix])


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Share\nTweet", "1 more line"),
        ("Share\n\nTweet", "1 more line"),
        ("Share\n\nTweet\nFollow us on X", "2 more lines"),
        ("- Share\n- Tweet\n- Follow us on X", "2 more lines"),
        ("> Share\n\nTweet", "1 more line"),
        ("## Share\n\nTweet", "1 more line"),
    ],
)
def test_lines_next_to_each_other_are_one_finding_that_quotes_the_first(pages, text, others):
    ((words, message),) = found(pages, f"quotes: read\n{LINES}", f"{text}\n\nThe end of it.")
    assert words.startswith("Share")
    assert words.endswith(("Tweet", "X"))
    assert message == f"“Share” and {others} are stiff."


@pytest.mark.parametrize("between", ["\n\nThe talks went on.\n\n", "\n\n    code\n\n", "\nand so on\n"])
def test_anything_between_them_keeps_lines_apart(pages, between):
    assert [words for words, _ in found(pages, LINES, f"Share{between}Tweet")] == ["Share", "Tweet"]


def test_prose_between_two_phrases_keeps_them_apart(pages):
    page = f"phrases: [thereof]\n{SEVERAL}"
    assert len(found(pages, page, f"The end thereof. {'So it went on. ' * 30}The end thereof.")) == 2


def test_phrases_on_one_line_are_one_line(pages):
    assert found(pages, f"phrases: [thereof, herein]\n{SEVERAL}", "Thereof and herein.") == [
        ("Thereof", "“Thereof” is stiff.")
    ]


def test_alternative_texts_are_no_lines(pages):
    page = f"scope: alt\nlines: [share]\n{SEVERAL}\nfix: unsafe"
    assert mended(pages, "![Share](a.png)\n![Share](b.png)", page=page) == "![Share](a.png)\n![Share](b.png)"


def test_without_the_key_each_line_is_a_finding(pages):
    assert len(found(pages, "lines: [share, tweet]", "Share\n\nTweet")) == 2


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("One.\n\nShare\n\nTwo.\n", "One.\n\nTwo.\n"),
        ("One.\n\nShare\nTweet\n\nTwo.\n", "One.\n\nTwo.\n"),
        ("One.\n\nShare\n\nTweet\n\nTwo.\n", "One.\n\nTwo.\n"),
        ("One.\n\nShare\n", "One.\n"),
        ("One.\n\nShare", "One.\n"),
        ("One.\r\n\r\nShare\r\n\r\nTwo.\r\n", "One.\r\n\r\nTwo.\r\n"),
        ("Share\n\nOne.\n", "One.\n"),
        ("One.\nShare\n\nTwo.\n", "One.\n\nTwo.\n"),
        ("Share", ""),
        ("One.\n\n**Share**\n\nTwo.\n", "One.\n\nTwo.\n"),
        ("One.\n\n[Share](a.html)\n\nTwo.\n", "One.\n\nTwo.\n"),
        ("One.\n\nShare\n=====\n\nTwo.\n", "One.\n\nTwo.\n"),
        ("One.\n\n- Share\n- Two\n", "One.\n\n- Two\n"),
        ("One.\n\n<p>Share</p>\n\nTwo.\n", "One.\n\nTwo.\n"),
    ],
)
def test_the_fix_deletes_whole_lines_and_one_of_two_blank_ones(pages, text, left):
    assert mended(pages, text) == left


@pytest.mark.parametrize(
    "text",
    [
        "![A bird](a.png) Share",
        "One.\n\n| Share |\n|---|\n| two |\n",
        "- Share\n  and so on.\n",
        "<div><p>Share</p>\n<p>One.</p></div>",
        "Share `now`\n",
    ],
)
def test_the_fix_leaves_lines_that_hold_anything_else(pages, text):
    assert mended(pages, text, page=f"lines: ['share(?: \\W)?', tweet]\n{SEVERAL}\nfix: unsafe") == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<p>One.</p>\n<p>Share</p>\n<p>Two.</p>\n", "<p>One.</p>\n<p>Two.</p>\n"),
        ("<p>One.</p>\n<p>\nShare<br>\n</p>\n<p>Two.</p>\n", "<p>One.</p>\n<p>Two.</p>\n"),
        ("<ul>\n<li>Share</li><li>Tweet</li>\n</ul>\n", "<ul>\n</ul>\n"),
        ("<p>One.</p><p>Share</p>\n", "<p>One.</p><p>Share</p>\n"),
        ("<div><p>Share</p>\n</div>\n", "<div><p>Share</p>\n</div>\n"),
        ('<img src="a.png"><p>Share</p>\n', '<img src="a.png"><p>Share</p>\n'),
        ("<p>Share</p>\n<p>One.</p>\n", "<p>One.</p>\n"),
    ],
)
def test_in_html_whole_elements_go_or_nothing_does(pages, text, left):
    assert mended(pages, text, "article.html") == left


def test_words_in_a_line_delete_no_line(pages):
    text = "The end thereof.\n"
    assert mended(pages, text, page="phrases: [thereof]\nlines: [share]\nfix: unsafe") == text


def test_a_replacement_comes_before_a_deletion(pages):
    assert mended(pages, "So herein.\n", page="replace: {herein: here}\nlines: [share]\nfix: unsafe") == "So here.\n"
