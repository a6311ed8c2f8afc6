"""Whole articles, and what must be found in them: a real one that is kept apart, and the examples that ship."""

import json
from pathlib import Path

import pytest

from lintnews.loader import load_rules
from lintnews.source import Source, Span

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT.parent / "shared" / "golden"
EXAMPLES = ROOT / "examples"
TO_COME = {"missing-main-verb"} - load_rules().keys()
"""Rules that the article asks for and that do not ship yet."""


def checked(lintnews, path):
    """Return the exit status, the article as lintnews counts it, and the findings."""
    result = lintnews("check", "--output-format", "json", path)
    assert result.err == ""
    (file,) = json.loads(result.out)["files"]
    assert file["failures"] == []
    return result.status, Source(path, path.read_bytes().decode("utf-8")), file["findings"]


def expected():
    return json.loads((GOLDEN / "expected.json").read_text(encoding="utf-8")) if GOLDEN.is_dir() else {}


@pytest.fixture
def golden(lintnews):
    if not GOLDEN.is_dir():
        pytest.skip("the golden article is third-party text, kept outside of the repository in ../shared/golden")
    return checked(lintnews, GOLDEN / expected()["article"])


@pytest.mark.parametrize("entry", expected().get("expected", []), ids=lambda entry: f"{entry['line']}-{entry['quote']}")
def test_every_defect_of_the_golden_article_is_found(golden, entry):
    if set(entry["rules"]) <= TO_COME:
        pytest.skip(f"{', '.join(entry['rules'])} does not ship yet")
    _, source, findings = golden
    line = source.line(entry["line"])
    start = source.text.index(entry["quote"], line.start, line.end)
    quote = Span(start, start + len(entry["quote"]))
    touching = {each["rule"] for each in findings if quote.touches(Span(each["start"], each["end"]))}
    assert touching & set(entry["rules"])


@pytest.mark.parametrize("rule", expected().get("clean_sentences_are_not", {}))
def test_no_clean_sentence_of_the_golden_article_is_marked(golden, rule):
    allowed = set(expected()["clean_sentences_are_not"][rule])
    assert {each["line"] for each in golden[2] if each["rule"] == rule} <= allowed


def test_the_golden_article_fails(golden):
    assert golden[0] == 1


def test_each_finding_in_the_golden_article_names_the_text_at_its_place(golden):
    _, source, findings = golden
    assert findings
    assert [each["text"] for each in findings] == [source[Span(each["start"], each["end"])] for each in findings]


TAKEOVER = [
    (5, "repeated-lead", "Nordline confirmed on Tuesday"),
    (5, "undated-relative-date", "on Tuesday"),
    (7, "orphan-caption", "(Photo: Havna)"),
    (7, "glued-caption", "(Photo: Havna)According"),
    (9, "calque", "Havna mother BlueHarbour"),
    (9, "undated-relative-date", "in the coming weeks"),
    (13, "vague-attribution", "are said to be"),
    (13, "vague-attribution", "are said to have"),
    (17, "undated-relative-date", "at the end of last week"),
    (17, "vague-attribution", "it was said that"),
    (19, "vague-attribution", "It is speculated that"),
    (21, "lead-generation-teaser", "Booking software Quayside"),
    (25, "comment-form", "Leave a Reply"),
]
MARKET_DAY = [
    (7, "missing-alt-text", "![](stalls.jpg)"),
    (11, "file-name-alt-text", "IMG_2044.JPG"),
    (13, "missing-space", "bread.The"),
    (13, "doubled-word", "the the"),
    (14, "vague-link-text", "here"),
    (16, "share-bar", "Share"),
    (18, "related-links", "You may also like"),
]


@pytest.mark.parametrize(("name", "listed"), [("takeover.txt", TAKEOVER), ("market-day.md", MARKET_DAY)])
def test_an_example_shows_what_it_is_there_to_show(lintnews, name, listed):
    status, source, findings = checked(lintnews, EXAMPLES / name)
    found = [each for each in findings if each["rule"] not in TO_COME | {"missing-main-verb"}]
    assert [(each["line"], each["rule"]) for each in found] == [(line, rule) for line, rule, _ in listed]
    assert all(each["text"].startswith(words) for each, (_, _, words) in zip(found, listed, strict=True))
    assert [each["text"] for each in findings] == [source[Span(each["start"], each["end"])] for each in findings]
    assert status == 1


def test_the_example_holds_every_kind_of_defect_of_the_golden_article():
    if not GOLDEN.is_dir():
        pytest.skip("the golden article is third-party text, kept outside of the repository in ../shared/golden")
    shown = {rule for _, rule, _ in TAKEOVER}
    assert all(shown & set(entry["rules"]) for entry in expected()["expected"] if not set(entry["rules"]) <= TO_COME)


def test_the_example_is_no_copy_of_the_golden_article():
    if not GOLDEN.is_dir():
        pytest.skip("the golden article is third-party text, kept outside of the repository in ../shared/golden")
    ours, theirs = runs_of_words(EXAMPLES / "takeover.txt"), runs_of_words(GOLDEN / "article.txt")
    # The comment form reads the same wherever WordPress is in use.
    assert {run for run in ours & theirs if "email address" not in run and "Required fields" not in run} == set()


def runs_of_words(path, length=8):
    words = path.read_text(encoding="utf-8").split()
    return {" ".join(words[start : start + length]) for start in range(len(words) - length + 1)}
