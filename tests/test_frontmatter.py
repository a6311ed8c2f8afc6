"""Front matter comes out as flat keys with values that know where they stand."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lintnews.readers.frontmatter import FrontMatterError, read_toml, read_yaml
from lintnews.source import Source, Span

BEFORE, AFTER = "😀é\r\n", "---\nText."


def values(read, text: str):
    source = Source(Path("post.md"), f"{BEFORE}{text}{AFTER}")
    return source, read(source, Span(len(BEFORE), len(BEFORE) + len(text)))


def plain(read, text: str) -> dict[str, str]:
    return {key: value.plain for key, value in values(read, text)[1].items()}


def fault(read, text: str) -> tuple[str, int]:
    with pytest.raises(FrontMatterError) as caught:
        values(read, text)
    return caught.value.message, caught.value.offset - len(BEFORE)


YAML = "title: \"Ünï 😀\"\r\nauthor:\r\n  name: 'Ann Lee'\r\ntags: [a, b]\r\ndate: 2020-08-02\r\nsponsored: no\r\n"


def test_yaml_keys_are_flattened_and_values_stay_as_written():
    assert plain(read_yaml, YAML) == {
        "title": "Ünï 😀",
        "author.name": "Ann Lee",
        "tags.0": "a",
        "tags.1": "b",
        "date": "2020-08-02",
        "sponsored": "no",
    }


def test_yaml_values_stand_where_they_are_written():
    source, found = values(read_yaml, YAML)
    assert {key: source[value.span()] for key, value in found.items()} == plain(read_yaml, YAML)


def test_a_yaml_value_with_escapes_is_one_piece():
    source, found = values(read_yaml, "title: 'It''s'\n")
    assert (found["title"].plain, source[found["title"].span(0, 1)]) == ("It's", "It''s")


@pytest.mark.parametrize(
    "text", ["title: one\r\n  two\n", "title: 'one\r\n  two'\n", "title: >-\r\n  one\r\n  two\r\n"]
)
def test_a_yaml_value_over_lines_keeps_each_word_in_place(text):
    source, found = values(read_yaml, text)
    assert found["title"].plain == "one two"
    assert source[found["title"].span(4, 7)] == "two"


def test_a_literal_yaml_value_keeps_its_lines():
    source, found = values(read_yaml, "title: |\n  one\n  two\n")
    assert found["title"].plain == "one\ntwo"
    assert source[found["title"].span(4, 7)] == "two"


@pytest.mark.parametrize("text", ["title:\n", "title: ~\n", "title: null\n"])
def test_a_yaml_key_without_a_value_stands_at_its_key(text):
    source, found = values(read_yaml, text)
    assert (found["title"].plain, source[found["title"].span()]) == ("", "title")


def test_empty_front_matter_holds_nothing():
    assert plain(read_yaml, "# only a comment\n") == {}
    assert plain(read_toml, "# only a comment\n") == {}


def test_a_yaml_alias_stands_where_its_value_is_written():
    assert plain(read_yaml, "a: &x one\nb: *x\n") == {"a": "one", "b": "one"}


def test_an_odd_yaml_key_is_taken_as_written():
    assert plain(read_yaml, "? [q]\n: v\n") == {"[q]": "v"}


def test_what_is_no_yaml_is_named_at_its_place():
    assert fault(read_yaml, "a: b: c\n") == ("mapping values are not allowed in this context", 4)
    assert fault(read_yaml, "a: 😀\x07\n") == ("control characters are not allowed", 4)
    assert fault(read_yaml, "a: *none\n") == ("found undefined alias", 3)


@pytest.mark.parametrize("text", ["- a\n", "Just a line\n"])
def test_yaml_without_keys_is_a_fault(text):
    assert fault(read_yaml, text) == ("holds no keys with values", 0)


def test_a_billion_laughs_is_a_fault():
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]" for before, name in pairwise("abcdefghi")]
    assert fault(read_yaml, "\n".join(lines) + "\n")[0] == "holds more than 1,000 values"


@pytest.mark.parametrize("text", ["a: &x [*x]\n", f"a: {'[' * 40}{']' * 40}\n", f"a: {'[' * 900}{']' * 900}\n"])
def test_bottomless_yaml_is_a_fault(text):
    assert fault(read_yaml, text)[0] == "nests more than 32 deep"


@pytest.mark.parametrize("read", [read_yaml, read_toml])
def test_front_matter_as_long_as_a_book_is_a_fault(read):
    assert fault(read, "#" * 300_000) == ("is longer than 256 KB", 0)


TOML = (
    'title = "Ünï 😀"\r\ndate = 2020-08-02\r\ntags = ["a", \'b\']\r\n"q k".draft = true\r\n'
    '[author]\r\nname = "Ann Lee" # the editor\r\nsite = {url = "x.org"}\r\n'
    '[[images]]\r\nalt = "one"\r\n[[images]]\r\nalt = "two"\r\n'
)


def test_toml_keys_are_flattened_and_values_stay_as_written():
    assert plain(read_toml, TOML) == {
        "title": "Ünï 😀",
        "date": "2020-08-02",
        "tags.0": "a",
        "tags.1": "b",
        "q k.draft": "true",
        "author.name": "Ann Lee",
        "author.site.url": "x.org",
        "images.0.alt": "one",
        "images.1.alt": "two",
    }


def test_toml_values_stand_where_they_are_written():
    source, found = values(read_toml, TOML)
    assert {key: source[value.span()] for key, value in found.items()} == plain(read_toml, TOML)


def test_a_toml_value_with_escapes_is_one_piece():
    source, found = values(read_toml, 'title = "a \\"b\\""\n')
    assert (found["title"].plain, source[found["title"].span(0, 1)]) == ('a "b"', 'a \\"b\\"')


def test_a_toml_value_over_lines_keeps_each_word_in_place():
    source, found = values(read_toml, 'title = """\r\none\r\ntwo"""\r\n')
    assert found["title"].plain == "one\ntwo"
    assert source[found["title"].span(4, 7)] == "two"


def test_what_is_no_toml_is_named_at_its_place():
    assert fault(read_toml, "a = 1\r\nb = = 2\r\n") == ("invalid value", 11)
    assert fault(read_toml, 'a = "x') == ("unterminated string", 6)


def test_bottomless_toml_is_a_fault():
    assert fault(read_toml, f"a = {'[' * 5_000}{']' * 5_000}\n")[0] == "nests more than 32 deep"


def test_toml_with_a_thousand_values_and_more_is_a_fault():
    assert fault(read_toml, f"a = [{'1,' * 1_001}]\n")[0] == "holds more than 1,000 values"


ODD = st.text(alphabet=st.sampled_from("ab1: -[]{}\"'|>&*#=.\n\r\t😀é,~?!%@`\\")) | st.text(
    alphabet=st.characters(blacklist_categories=("Cs",))
)


@given(st.sampled_from([read_yaml, read_toml]), ODD)
@settings(max_examples=500, deadline=None)
def test_odd_front_matter_is_read_or_a_fault_inside_it(read, text):
    source = Source(Path("post.md"), f"{BEFORE}{text}{AFTER}")
    span = Span(len(BEFORE), len(BEFORE) + len(text))
    try:
        places = [value.span() for value in read(source, span).values()]
    except FrontMatterError as error:
        places = [Span(error.offset, error.offset)]
    for place in places:
        assert span.start <= place.start <= place.end <= span.end


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=40), st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=200, deadline=None)
def test_a_plain_toml_string_is_its_source(text, line_end):
    if '"' in text or "\\" in text:
        return
    source, found = values(read_toml, f'before = "é😀"{line_end}title = "{text}"{line_end}')
    assert source[found["title"].span()] == found["title"].plain == text
