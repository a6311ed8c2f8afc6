"""Sentences and quotations come out as an editor would mark them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lintnews.document import Block, Run, Text
from lintnews.sentences import boundaries, quotations
from lintnews.source import Span


def split(plain: str, language: str = "en") -> list[str]:
    return [plain[start:end] for start, end in boundaries(plain, language)]


def quoted(plain: str, following: str = "") -> list[str]:
    return [plain[start:end] for start, end in quotations(plain, following)]


ONE_SENTENCE = [
    "The council met on Wed. that week.",
    "The repairs cost approx. 5 million euros.",
    "The polls close at 5 p.m. Tuesday in most counties.",
    "The vote is at 9 p.m. EST tonight.",
    "The offer ends at 5 p.m. Sept. 30 at the latest.",
    "The flight left at 11 a.m. Eastern time.",
    "The U.S. President spoke first.",
    "Dr. Smith met Mrs. Jones and Robert Downey Jr. in Leeds.",
    "The novel is by J. R. R. Tolkien.",
    "He thought about it … and left.",
    "1. Open the valve.",
    "“Yes! No?” she asked.",
    "The play “Who Is There?” opened on Friday.",
    "Yahoo! News reported the sale.",
    "It weighs 3.5 tons and costs $4.2 million.",
    "The site example.com was down.",
]


@pytest.mark.parametrize("plain", ONE_SENTENCE)
def test_one_sentence_stays_one(plain):
    assert split(plain) == [plain]


TWO_SENTENCES = [
    ("He ran Yahoo!", "She left in March."),
    ("The shop shut at 5 p.m.", "Nobody came."),
    ("He said no.", "Five others agreed."),
    ("She fell ill.", "Doctors were called."),
    ("The boy pointed at me.", "Nobody spoke."),
    ("(The mayor was absent. She is on leave.)", "The council voted."),
    ("1. Open the valve.", "2. Close the door."),
    ("The firm cut prices.", "iPhone sales rose."),
    ("“We lost the tender.", "The plant will close in June,” the union said."),
    ("We waited...", "Then the lights came on."),
    ("It happened in the 1990s.", "300 people saw it."),
]


@pytest.mark.parametrize(("first", "second"), TWO_SENTENCES)
def test_two_sentences_are_two(first, second):
    parts = split(f"{first} {second}")
    assert parts[-1] == second
    assert " ".join(parts[:-1]) == first


def test_a_french_title_does_not_end_a_sentence():
    assert split("M. Dupont est venu. Il part.", "fr") == ["M. Dupont est venu.", "Il part."]


def test_a_german_ordinal_does_not_end_a_sentence():
    assert split("Der 3. Oktober ist frei. Er schläft.", "de") == ["Der 3. Oktober ist frei.", "Er schläft."]


def test_a_sentence_over_a_line_break_stays_one():
    assert split("The shop on Dr.\nSmith Street shut. It rains.") == [
        "The shop on Dr.\nSmith Street shut.",
        "It rains.",
    ]


def test_a_long_block_is_split_as_its_parts_are():
    plain = "The company said on Monday that it would cut 300 jobs in Ohio. " * 500
    assert set(split(plain)) == {"The company said on Monday that it would cut 300 jobs in Ohio."}


def test_a_long_text_without_an_end_mark_is_cut_between_words():
    assert {word for part in split("word " * 10_000) for word in part.split()} == {"word"}


def test_sentences_know_their_place_and_whether_they_are_quoted():
    plain = "“We lost.” She left."
    block = Block("paragraph", Span(5, 25), Text((Run(plain, Span(5, 25)),)), quotations=quotations(plain))
    assert [(sentence.text, sentence.span, sentence.quoted) for sentence in block.sentences] == [
        ("“We lost.”", Span(5, 15), True),
        ("She left.", Span(16, 25), False),
    ]


ODD = st.text(alphabet=st.sampled_from("aB1 .!?…\n\t“”„\"«»'()é😀\u00a0\ufffc-")) | st.text()


@given(ODD, st.sampled_from(["en", "de", "fr", "ja", "xx", ""]))
@settings(max_examples=300, deadline=None)
def test_sentences_tile_the_text_in_order(plain, language):
    at = 0
    for start, end in boundaries(plain, language):
        assert plain[at:start].strip() == ""
        assert plain[start:end] == plain[start:end].strip() != ""
        at = end
    assert plain[at:].strip() == ""


@given(ODD, ODD)
@settings(max_examples=300, deadline=None)
def test_quotations_stand_in_order_and_apart(plain, following):
    at = 0
    for start, end in quotations(plain, following):
        assert at <= start < end <= len(plain)
        at = end


@pytest.mark.parametrize("hostile", ["“", "“a b. ", '"', "“„«", "1. ", "(a. B ", "a! ", "'a. B "])
def test_hostile_text_costs_linear_time(hostile):
    def seconds(length: int) -> float:
        text = hostile * (length // len(hostile))
        started = time.process_time()
        quotations(text)
        for _ in boundaries(text):
            pass
        return time.process_time() - started

    small, large = min(seconds(50_000) for _ in range(3)), seconds(400_000)
    assert large < 8 * 3 * small + 0.05


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ("He said “yes” and “no”.", ["“yes”", "“no”"]),
        ('He said "yes" and "no".', ['"yes"', '"no"']),
        ("Er sagte „ja“ und »nein«.", ["„ja“", "»nein«"]),
        ("Il dit « oui » et «\u00a0non\u202f».", ["« oui »", "«\u00a0non\u202f»"]),
        ("Hon sa ”ja” och gick.", ["”ja”"]),
        ("彼は「はい」と言った。", ["「はい」"]),
        ("“He told me ‘go’, then “stay”,” she said.", ["“He told me ‘go’, then “stay”,”"]),
        ("« Il a dit “oui” », dit-elle.", ["« Il a dit “oui” »"]),
        ("The mark is 6'2\" and it's 5\" wide.", []),
        ('"He is 6\'2" tall," she said.', ['"He is 6\'2" tall,"']),
        ("The “open one has no end.", []),
        ("The “open one hides “a closed one”.", ["“a closed one”"]),
        ("A ” stray mark.", []),
        ("No speech at all.", []),
    ],
)
def test_quotation_marks_pair_up(plain, expected):
    assert quoted(plain) == expected


def test_speech_runs_on_where_the_next_paragraph_opens_it_again():
    assert quoted("He said: “We lost.", "“We shall win.”") == ["“We lost."]


def test_speech_that_the_next_paragraph_does_not_open_again_is_no_quotation():
    assert quoted("He said: “We lost.", "They left.") == []


def test_text_of_nothing_but_marks_holds_no_speech():
    assert quoted('"' * 200_000) == []
