"""Text knows where its characters stand; a block knows its sentences and its quoted speech."""

from __future__ import annotations

import pytest
from conftest import document, markdown

from lintnews.document import OBJECT, Run, Text
from lintnews.readers import read
from lintnews.source import Span

# "A & B" out of "A &amp; **B**", as a reader gives it.
SOURCE = "A &amp; **B**"
TEXT = Text((Run("A ", Span(0, 2)), Run("&", Span(2, 7)), Run(" ", Span(7, 8)), Run("B", Span(10, 11))))


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (0, 1, "A"),
        (0, 3, "A &amp;"),
        (2, 3, "&amp;"),
        (1, 3, " &amp;"),
        (2, 5, "&amp; **B"),
        (4, 5, "B"),
        (0, None, "A &amp; **B"),
    ],
)
def test_a_span_runs_from_the_first_character_to_the_last_as_written(start, end, words):
    span = TEXT.span(start, end)
    assert SOURCE[span.start : span.end] == words


def test_an_empty_place_inside_a_run_is_an_empty_span():
    assert TEXT.span(1, 1) == Span(1, 1)


def test_an_empty_text_stands_nowhere():
    with pytest.raises(ValueError, match="stands nowhere"):
        Text().span()


@pytest.mark.parametrize(("start", "end"), [(0, 5), (1, 3), (2, 3), (3, 5), (0, 1), (2, 2)])
def test_a_slice_has_the_words_and_the_places_of_its_part(start, end):
    part = TEXT.slice(start, end)
    assert part.plain == TEXT.plain[start:end]
    if part:
        assert part.span() == TEXT.span(start, end)


def test_every_part_of_a_text_stands_where_its_words_are():
    source = markdown("The *first* of the [two](a.html) bridges, Łódź’s **oldest**, fell 😀 in.\n")
    text = read(source).blocks[0].text
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            written = source[text.span(start, end)]
            assert written[0] == text.plain[start]
            assert written[-1] == text.plain[end - 1]


def test_what_is_no_prose_is_one_object_in_the_text():
    block = document("Run `make check` or see ![a red light](red.png) first.").blocks[0]
    assert block.text.plain == f"Run {OBJECT} or see {OBJECT} first."


def test_a_sentence_is_found_by_any_of_its_characters():
    block = document("The first one ends. The second follows.").blocks[0]
    assert block.sentence_at(0).text == "The first one ends."
    assert block.sentence_at(18).text == "The first one ends."
    assert block.sentence_at(20).text == "The second follows."
    assert block.sentence_at(len(block.text) - 1).text == "The second follows."


def test_a_sentence_stands_where_it_is_written():
    source = markdown("One *two* three. Four &amp; five.")
    first, second = read(source).blocks[0].sentences
    assert source[first.span] == "One *two* three."
    assert source[second.span] == "Four &amp; five."
    assert second.text == "Four & five."


def test_code_has_no_sentences():
    assert document("```\nOne line. Another.\n```\n").blocks[0].sentences == ()


def test_words_inside_quotation_marks_are_quoted_and_those_outside_are_not():
    block = document("She said “we will appeal” and left.").blocks[0]
    start = block.text.plain.index("we")
    assert block.quoted(start, start + 2)
    assert not block.quoted(0, 3)
    assert not block.quoted(start, len(block.text))


def test_all_of_a_block_quotation_is_quoted():
    block = document("> We will appeal.\n").blocks[0]
    assert block.quoted(0, 2)
    assert block.sentences[0].quoted


def test_words_are_those_of_the_prose():
    text = "# Three short words\n\nIt’s a well-known fact, says no. 10.\n\n```\nnot these words\n```\n"
    assert document(text).words == 3 + 6
