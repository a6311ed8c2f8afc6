"""The anchors of an article: what a link to `#a-place` can lead to."""

from __future__ import annotations

from pathlib import Path

import pytest

from lintnews.document import Document
from lintnews.readers import read
from lintnews.source import Source


def document(text: str, name: str = "a.md") -> Document:
    return read(Source(Path(name), text), "en")


@pytest.mark.parametrize(
    ("heading", "fragment"),
    [
        ("Costs & benefits", "costs--benefits"),
        ("Costs & benefits", "costs-benefits"),
        ("Costs & benefits", "costs-and-benefits"),
        ("Costs & benefits", "costs_benefits"),
        ("1. The year 2024", "the-year-2024"),
        ("1. The year 2024", "1-the-year-2024"),
        ("The `--force` flag", "the---force-flag"),
        ("`code`", "code"),
        ("A ![picture](p.png) more", "a--more"),
        ("Über Größe", "uber-grosse"),
        ("Über Größe", "ueber-groesse"),
        ("Über Größe", "%C3%BCber-gr%C3%B6%C3%9Fe"),
        ("Votes", "votes-1"),
        ("Votes {#the-vote}", "the-vote"),
        ("Votes {.big #Vote}", "Vote"),
    ],
)
def test_a_headings_anchor_is_known_as_any_generator_writes_it(heading, fragment):
    assert fragment in document(f"## {heading}\n\nText.").anchors


@pytest.mark.parametrize("fragment", ["Votes", "vote", "votes-cast", "fn:1"])
def test_what_no_heading_makes_is_no_anchor(fragment):
    assert fragment not in document("## Votes\n\nText.").anchors


@pytest.mark.parametrize(
    "text", ['<p id="x y">', "<p id='x y'>", "<a name = 'x y'></a>", "<Part id={'x y'} />", '<P ID="x y">']
)
def test_ids_and_names_are_anchors(text):
    assert "x%20y" in document(text).anchors


@pytest.mark.parametrize("text", ["<p id=x>", "Text.\n{: .class #x}", "<p id=x>Text</p>", "[]{#x}"])
def test_ids_need_no_quotation_marks(text):
    assert "x" in document(text).anchors


@pytest.mark.parametrize("fragment", ["fn:1", "fnref:1", "fn1", "user-content-fn-1", "_ftn1", "footnote-1"])
def test_footnotes_are_anchors(fragment):
    assert fragment in document("Text.[^1]\n\n[^1]: Note.").anchors


def test_the_known_anchors_are_listed_as_github_writes_them():
    assert document("## The “Vote”, again\n\n<p id=Y>").anchors.known == ("Y", "the-vote-again")
