"""Articles of our own writing, each with the report on it beside it.

A changed report is a change of what editors see. After one that is meant, delete the report, run this, and read the
new one before it is committed.
"""

from pathlib import Path

import pytest

from lintnews.engine import Checker
from lintnews.loader import load_rules
from lintnews.source import Source, read_source

ARTICLES = Path(__file__).parent / "articles"
PATHS = sorted(path for path in ARTICLES.iterdir() if path.suffix != ".report")


@pytest.fixture(scope="module")
def checker():
    return Checker(tuple(rule() for rule in load_rules().values() if rule.page.on_by_default))


def report(checker, source: Source) -> str:
    done = checker.check(source)
    assert done.failures == ()
    lines = []
    for finding in done.findings:
        line, column = source.position(finding.span.start)
        words = " ".join(source[finding.span].split())
        lines.append(f"{line}:{column} {finding.level.value} {finding.rule} [{words}] {finding.message}\n")
        lines += [f"    {suggestion}\n" for suggestion in finding.suggestions]
    lines += [f"suppressed {finding.rule}\n" for finding in done.suppressed]
    return "".join(lines) or "no findings\n"


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_the_report_on_an_article_is_the_one_beside_it(checker, path):
    beside = path.with_suffix(f"{path.suffix}.report")
    found = report(checker, read_source(path))
    if not beside.exists():
        beside.write_text(found, encoding="utf-8")
        pytest.fail(f"{beside.name} was not there and is written now: read it before it is committed")
    assert found == beside.read_text(encoding="utf-8")
