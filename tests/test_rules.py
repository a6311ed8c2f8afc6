"""Every page that ships keeps the five laws, and the house's own."""

from __future__ import annotations

import re
from datetime import date

import pytest

from lintnews.laws import breaches
from lintnews.loader import builtin_rules_directory, class_name, load_rules, pages
from lintnews.patterns import Matcher, PatternRule
from lintnews.regex import Regex
from lintnews.rule import Level, Rule

MESSAGE_LIMIT = 80
RULES: dict[str, Rule] = {name: rule.made() for name, rule in load_rules().items()}
every_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())


def test_every_page_in_the_directory_is_a_rule():
    assert {rule.page.path for rule in RULES.values()} == set(pages(builtin_rules_directory()))
    assert len(RULES) >= 20


@every_rule
def test_the_page_keeps_its_laws(rule):
    assert list(map(str, breaches(rule, RULES.values()))) == []


@every_rule
def test_the_page_says_since_when_the_rule_is_there(rule):
    assert re.fullmatch(r"\d+\.\d+\.\d+", rule.page.since)


@every_rule
def test_the_page_says_how_often_the_rule_is_right(rule):
    # Of what the rule says of itself, or of a file's own settings, there is nothing to count.
    assert rule.page.measured or rule.page.group == "input"


@every_rule
def test_the_message_is_short_and_a_sentence(rule):
    message = rule.page.message
    assert len(message) <= MESSAGE_LIMIT
    assert "\n" not in message
    assert message.endswith((".", "?", "”"))


@every_rule
def test_the_summary_is_a_sentence(rule):
    assert rule.page.summary.endswith(".")
    assert "\n" not in rule.page.summary


@every_rule
def test_sources_are_addresses(rule):
    assert all(re.fullmatch(r"https?://\S+", source) for source in rule.page.sources)


@every_rule
def test_a_rule_that_expires_says_when(rule):
    for day in filter(None, (rule.page.review_by, rule.page.expires)):
        assert date.fromisoformat(day)


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if rule.page.code], ids=lambda rule: rule.page.id)
def test_the_code_beside_a_page_is_one_class_of_the_pages_name(rule):
    text = rule.page.code.read_text(encoding="utf-8")
    assert re.findall(r"^class ([A-Za-z]\w*)", text, re.MULTILINE) == [class_name(rule.page.path)]
    assert not re.search(r"^(?:from|import) (?:rules|\.)", text, re.MULTILINE)


@every_rule
def test_no_list_has_an_entry_twice(rule):
    for search in rule.page.searches:
        assert len(set(search.entries)) == len(search.entries)


@every_rule
def test_patterns_are_expressions_to_python_too(rule):
    for search in rule.page.searches:
        if search.kind in {"patterns", "lines"}:
            for entry in search.entries:
                re.compile(entry)
    for entry in rule.page.unless:
        re.compile(entry)
        Regex(entry)


def test_all_lists_go_through_one_gate():
    assert Matcher(rule for rule in RULES.values() if isinstance(rule, PatternRule))


def test_every_level_but_note_has_a_rule():
    assert {rule.page.level for rule in RULES.values()} >= {Level.ERROR, Level.WARNING, Level.REVIEW}
