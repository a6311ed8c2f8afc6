"""What a text must hold for an expression to match it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lintnews.gate import Gate
from lintnews.literals import folded, line_starts, literals, starts
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


@pytest.mark.parametrize(
    ("pattern", "known"),
    [
        ("share (?:this|it)", {"share th", "share it"}),
        ("(?:please )?(?:follow|join) us", {"please f", "please j", "follow u", "join us"}),
        (r"\d+ comments|no comments", {r"\d", "no comme"}),
        ("(?:e-?mail|s[íi])", {"e-mail", "email", "sí", "si"}),
        ("«? ?(?:prev|Next)", {"prev", "next"}),
        (r"(?:foo)?\W+bar", {"foo", "bar"}),
        (r"(?:foo)?\W*bar", {"foo", "bar"}),
        (r"see(?: all|-\d)", {"see all", "see-"}),
        ("(?:more |x)+y", {"more ", "x"}),
        ("don[’']t|Straße", {"don't", "strasse"}),
        ("(?:the|our) .{1,9}news", {"the ", "our "}),
        (r"(?i)\bno", {"no"}),
        (r"(?im)^[^\w\n]*(?:Menu|\W+Back)$", {"menu", "back"}),
        (".{0,200}read more", set()),
        ("(?:the )?", set()),
        (r"\Qthe\E", set()),
        ("(?:[a-c]x)?y", set()),
    ],
)
def test_how_a_line_may_start_is_known(pattern, known):
    assert starts(pattern) == known


def test_so_many_starts_are_cut():
    assert max(map(len, starts("[abcd]" * 5))) < len("abcde")
    many = "|".join(f"lorem{first}{second}" for first in "abcdefgh" for second in "abcdefgh")
    assert starts(many) == {"lorem"}


def test_an_expression_too_deep_to_read_may_start_in_any_way():
    depth = 5_000
    assert starts("(" * depth + "a" + ")" * depth) == frozenset()


PIECES = st.one_of(
    st.sampled_from([("the ", "the "), ("Straße", "STRASSE"), ("e-", "E‑"), (r"\d", "7"), (r"\W", "("), ("«", "«")]),
    st.sampled_from(
        [
            ("[mM]", "M"),
            ("[’']", "’"),
            (".", "x"),
            ("[a-z]", "q"),
            (r"\.", "."),
            ("x+", "xxx"),
            ("a ", "a\u00a0"),
            (" b", "\u2009B"),
            ("-c", "-C"),
        ]
    ),
)


def grouped(inner):
    return st.one_of(
        st.lists(inner, min_size=1, max_size=4).map(
            lambda each: ("".join(p for p, _ in each), "".join(t for _, t in each))
        ),
        st.tuples(inner, inner).map(lambda two: (f"(?:{two[0][0]}|{two[1][0]})", two[1][1])),
        inner.map(lambda one: (f"(?:{one[0]})?", one[1])),
        inner.map(lambda one: (f"(?:{one[0]})*", "")),
        inner.map(lambda one: (f"(?-i:{one[0]}){{1,3}}", one[1] * 2)),
    )


@settings(deadline=None)
@given(st.recursive(PIECES, grouped, max_leaves=8), st.sampled_from(["", "- ", "“", "…  "]))
def test_a_line_that_matches_starts_as_it_may(pair, before):
    pattern, text = pair
    first = starts(f"{pattern} z")
    assert not first or first & line_starts(f"{before}{text} z")
