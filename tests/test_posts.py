"""What is found in published, well-edited posts, frozen: a change of behaviour shows as a difference to be read."""

import json
from collections import Counter
from pathlib import Path

import pytest

from lintnews.engine import Checker
from lintnews.loader import load_rules
from lintnews.source import read_source

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpora"
FROZEN = Path(__file__).with_name("posts.counts")


def test_what_is_found_in_published_posts_is_what_was_read():
    if not (CORPUS / "clean.jsonl").is_file():
        pytest.skip("the corpora are not beside this checkout: ../shared/corpora")
    checker = Checker(tuple(rule() for rule in load_rules().values() if rule.page.on_by_default))
    counts: Counter[str] = Counter()
    for line in (CORPUS / "clean.jsonl").read_text(encoding="utf-8").splitlines():
        path = json.loads(line)["path"]
        if path.endswith(".md"):
            report = checker.check(read_source(CORPUS / path))
            assert report.failures == ()
            counts.update(finding.rule for finding in report.findings)
    found = "".join(f"{rule} {number}\n" for rule, number in sorted(counts.items()))
    # After a change that is meant: read the hits with `benchmarks/quality.py posts --rule RULE --show 30`, then freeze.
    assert found == FROZEN.read_text(encoding="utf-8")
