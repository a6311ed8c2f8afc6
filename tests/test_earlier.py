"""An article is compared with those before it in its run, of which little is kept."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from lintnews.config import ConfigFinder
from lintnews.earlier import Earlier
from lintnews.rule import ComparingRule
from lintnews.run import Run

TEXT = "".join(f"Sentence number {number} tells something new about the ferry. " for number in range(40))
OTHER = TEXT.replace("ferry", "bridge")

EMPTY = """\
from dataclasses import dataclass
from lintnews.rule import ComparingRule

@dataclass(frozen=True)
class Empty(ComparingRule):
    pass
"""


def repeats(paths, **settings):
    run = Run(ConfigFinder(**settings))
    return [
        (report.path.name, finding.message)
        for report in run.reports([str(path) for path in paths])
        for finding in report.findings
        if finding.rule == "repeated-article"
    ]


@pytest.fixture
def articles(tmp_path):
    def write(**texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.md").write_text(f"# {name}\n\n{text}\n", encoding="utf-8")
        return [tmp_path / f"{name}.md" for name in texts]

    return write


def test_the_later_article_is_told_and_names_the_earlier_one(articles):
    paths = articles(april=TEXT, bridge=OTHER, june=TEXT.replace("number 7", "number seven"))
    assert repeats(paths) == [("june.md", f"This article stands in “{paths[0].as_posix()}” already.")]


def test_the_same_file_named_twice_is_no_repeat(articles):
    (path,) = articles(april=TEXT)
    assert repeats([path, path, path.parent]) == []


def test_articles_of_different_configurations_are_compared(articles, tmp_path):
    (path,) = articles(april=TEXT)
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "lintnews.toml").write_text('ignore = ["leftovers"]\n', encoding="utf-8")
    (tmp_path / "archive" / "june.md").write_text(TEXT, encoding="utf-8")
    assert [name for name, _ in repeats([path, tmp_path / "archive"])] == ["june.md"]


def test_standard_input_is_one_article(articles):
    (path,) = articles(april=TEXT)
    run = Run(ConfigFinder())
    run.report(path)
    assert "repeated-article" not in {finding.rule for finding in run.report_on(TEXT.encode(), Path("-")).findings}


def test_nearest_is_the_article_that_shares_most():
    earlier = Earlier()
    for name, marks in (("half", range(50, 150)), ("most", range(10, 110)), ("none", range(900, 999))):
        earlier.nearest("rule", Path(name), marks)
    found = earlier.nearest("rule", Path("new"), range(100))
    assert found
    assert found.path == Path("most")
    assert found.share == pytest.approx(0.8, abs=0.2)


def test_what_every_article_says_hides_no_repeat():
    earlier = Earlier()
    house = range(5)
    for number in range(300):
        earlier.nearest("rule", Path(f"{number}"), [*house, *range(1000 * number, 1000 * number + 40)])
    found = earlier.nearest("rule", Path("again"), [*house, *range(200_000, 200_040)])
    assert found is not None
    assert found.path == Path("200")
    assert found.share == 1


def test_rules_do_not_see_each_others_marks():
    earlier = Earlier()
    earlier.nearest("one", Path("a"), range(40))
    assert earlier.nearest("another", Path("b"), range(40)) is None


def test_an_article_without_marks_is_passed_over():
    earlier = Earlier()
    earlier.nearest("rule", Path("a"), ())
    assert earlier.nearest("rule", Path("b"), ()) is None


def test_an_article_takes_less_than_two_kilobytes():
    tracemalloc.start()
    try:
        earlier, path = Earlier(), Path("a")
        before = tracemalloc.get_traced_memory()[0]
        for number in range(2_000):
            earlier.nearest("rule", path, [hash((number, sentence)) % 2**32 for sentence in range(100)])
        assert tracemalloc.get_traced_memory()[0] - before < 2_000 * 2_048
    finally:
        tracemalloc.stop()


def test_a_comparing_rule_says_what_it_compares_by(pages):
    rule = pages.rule("", name="style/empty", py=EMPTY)
    assert isinstance(rule, ComparingRule)
    with pytest.raises(NotImplementedError):
        rule.marks(None)
    with pytest.raises(NotImplementedError):
        rule.compare(None, None)
    assert list(rule.check(None)) == []
