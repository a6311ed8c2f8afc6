"""What a text must hold for an expression to match it."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lintnews.gate import Gate
from lintnews.literals import ENDLESS, folded, known, line_starts
from lintnews.loader import load_rules
from lintnews.patterns import expressions

SHIPPED = sorted({entry for rule in load_rules().values() for entry, _ in expressions(rule.page)})


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("are said to", [{"are said to"}]),
        (r"(?i)\bAre  said\b", [{"are said"}]),
        ("said|told", [{"said", "told"}]),
        ("(?:said|told) them", [{"said them", "told them"}]),
        ("(?:said|told) .+", [{"said ", "told "}]),
        ("[Ss]aid [tT]o", [{"said to"}]),
        ("(?:a|b|c)(?:d|e|f)(?:g|h|i)them", [{"gthem", "hthem", "ithem"}]),
        ("tests?|test", [{"test"}]),
        (r"\d+ likes?", [{" like"}]),
        ("said (?:to )?them", [{"said them", "said to them"}]),
        ("sa+id them", [{"id them"}]),
        ("said?them", [{"saithem", "saidthem"}]),
        ("(?:said){2} x", [{"said"}]),
        ("(?:said){0,2}", []),
        ("said|..", []),
        (r"said\.them", [{"said.them"}]),
        (r"[a-z[:digit:]]them", [{"them"}]),
        (r"[]a]them", [{"them"}]),
        (r"\x41\x{42}them", [{"them"}]),
        (r"\pLthem\101", [{"them"}]),
        (r"\Qsaid|them\E", []),
        ("(?P<who>said) (?i:Them)", [{"said them"}]),
        ("it’s there", [{"it's there"}]),
        ("Straße", [{"strasse"}]),
        ("of", []),
    ],
)
def test_the_literals_of_a_pattern(pattern, expected):
    assert sorted(map(sorted, known(pattern).literals)) == sorted(map(sorted, expected))


def test_a_pattern_that_nests_too_deep_needs_nothing_that_is_known():
    assert known("(" * 5_000 + "said" + ")" * 5_000) == ((), (), ENDLESS)


def test_text_is_folded_as_literals_are():
    assert folded("It’s\u00a0THE\n\nStraße…") == " it's the strasse... "


@settings(max_examples=2 * len(SHIPPED), deadline=None, suppress_health_check=[*HealthCheck])
@given(pattern=st.sampled_from(SHIPPED), data=st.data())
def test_what_a_shipped_pattern_matches_holds_its_literals(pattern, data):
    flagged = re.compile(rf"{pattern}")
    matched = flagged.search(data.draw(st.from_regex(flagged)))
    assert matched
    text = folded(matched[0])
    assert all(any(literal in text for literal in each) for each in known(pattern).literals)


def test_a_gate_opens_for_a_list_whose_literals_are_all_there():
    gate = Gate([(frozenset({"said"}), frozenset({"them", "us"})), ()], lambda _: "x+y")
    assert gate.open("He SAID it.") == []
    assert gate.open("He said it to\nus.") == [0]
    assert gate.open("xxy") == [1]


def test_a_gate_for_nothing_opens_for_nothing():
    assert Gate([], str).open("He said it.") == []


def known_starts(pattern):
    return set(known(pattern).starts)


@pytest.mark.parametrize(
    ("pattern", "expected"),
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
def test_how_a_line_may_start_is_known(pattern, expected):
    assert set(known(pattern).starts) == expected


@pytest.mark.parametrize(
    ("pattern", "longest"),
    [
        ("said", 4),
        ("said|told them", 9),
        (r"(?i)\b(?:a|bc){2,3}d?$", 7),
        (r"[abc]\.\x{41}.{3}", 6),
        ("a{2}b{1,}", ENDLESS),
        ("a*", ENDLESS),
        ("(?:ab+)?", ENDLESS),
        (r"\Qab\E", ENDLESS),
        ("(?:.{900}){900}.{900}.{900}", 811_800),
        ("(?:.{999}){999}(?:.{999}){999}", ENDLESS),
        (r"(?im)^[^\w\n]*(?:share|like) this[^\w\n]*$", 10),
        (r"(?im)^[^\w\n]*(?:share|like) this[^\w\n]*", ENDLESS),
    ],
)
def test_the_most_characters_that_a_pattern_matches_are_known(pattern, longest):
    assert known(pattern).longest == longest


@settings(max_examples=len(SHIPPED), deadline=None, suppress_health_check=[*HealthCheck])
@given(pattern=st.sampled_from([pattern for pattern in SHIPPED if "^" not in pattern]), data=st.data())
def test_what_a_shipped_pattern_matches_is_no_longer_than_is_known(pattern, data):
    flagged = re.compile(pattern)
    matched = flagged.search(data.draw(st.from_regex(flagged)))
    assert matched
    assert len(matched[0]) <= known(pattern).longest


def test_so_many_starts_are_cut():
    assert max(map(len, known_starts("[abcd]" * 5))) < len("abcde")
    many = "|".join(f"lorem{first}{second}" for first in "abcdefgh" for second in "abcdefgh")
    assert known_starts(many) == {"lorem"}


def test_an_expression_too_deep_to_read_may_start_in_any_way():
    depth = 5_000
    assert known_starts("(" * depth + "a" + ")" * depth) == set()


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
    first = known_starts(f"{pattern} z")
    assert not first or first & line_starts(f"{before}{text} z")
