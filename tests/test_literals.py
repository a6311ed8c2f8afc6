"""What a text must hold for an expression to match it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lintnews.gate import Gate
from lintnews.literals import folded, literals
from lintnews.loader import load_rules
from lintnews.patterns import expressions

SHIPPED = sorted({entry for rule in load_rules().values() for entry in expressions(rule.page)})


@pytest.mark.parametrize(
    ("pattern", "known"),
    [
        ("are said to", [{"are said to"}]),
        (r"(?i)\bAre  said\b", [{"are said"}]),
        ("said|told", [{"said", "told"}]),
        ("(?:said|told) them", [{" them"}, {"said", "told"}]),
        ("said (?:to )?them", [{"said "}, {"them"}]),
        ("sa+id them", [{"id them"}]),
        ("said?them", [{"sai"}, {"them"}]),
        ("(?:said){2} x", [{"said"}]),
        ("(?:said){0,2}", []),
        ("said|..", []),
        (r"said\.them", [{"said.them"}]),
        (r"[a-z[:digit:]]them", [{"them"}]),
        (r"[]a]them", [{"them"}]),
        (r"\x41\x{42}them", [{"them"}]),
        (r"\pLthem\101", [{"them"}]),
        (r"\Qsaid|them\E", []),
        ("(?P<who>said) (?i:Them)", [{"said"}, {"them"}]),
        ("it’s there", [{"it's there"}]),
        ("Straße", [{"strasse"}]),
        ("of", []),
    ],
)
def test_the_literals_of_a_pattern(pattern, known):
    assert sorted(map(sorted, literals(pattern))) == sorted(map(sorted, known))


def test_a_pattern_that_nests_too_deep_needs_nothing_that_is_known():
    assert literals("(" * 5_000 + "said" + ")" * 5_000) == ()


def test_text_is_folded_as_literals_are():
    assert folded("It’s\u00a0THE\n\nStraße…") == " it's the strasse... "


@pytest.mark.parametrize("pattern", SHIPPED)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_what_a_shipped_pattern_matches_holds_its_literals(pattern, data):
    flagged = re.compile(rf"{pattern}")
    matched = flagged.search(data.draw(st.from_regex(flagged)))
    assert matched
    text = folded(matched[0])
    assert all(any(literal in text for literal in known) for known in literals(pattern))


def test_a_gate_opens_for_a_list_whose_literals_are_all_there():
    gate = Gate([(frozenset({"said"}), frozenset({"them", "us"})), ()], lambda _: "x+y")
    assert gate.open("He SAID it.") == []
    assert gate.open("He said it to\nus.") == [0]
    assert gate.open("xxy") == [1]


def test_a_gate_for_nothing_opens_for_nothing():
    assert Gate([], str).open("He said it.") == []
