"""A rule's page is read as it is written, and every slip on it is named with its line."""

from __future__ import annotations

import time

import pytest

from lintnews.errors import PageError
from lintnews.page import Density, Mark, Option, Search
from lintnews.rule import Level
from lintnews.settings import read_page


def complaint(pages, front_matter: str, **rest: str) -> str:
    """Return what is said about a page, without its directory."""
    with pytest.raises(PageError) as caught:
        _ = pages.page(front_matter, **rest).examples
    return str(caught.value).removeprefix(f"{pages.directory}/style/")


def search(page, kind: str) -> Search:
    (found,) = (each for each in page.searches if each.kind == kind)
    return found


def test_id_and_group_come_from_the_path(pages):
    page = pages.page("phrases: [a]", name="clear_style/stiff_words_2")
    assert (page.id, page.group) == ("stiff-words-2", "clear-style")


def test_every_setting_is_read(pages):
    page = pages.page(
        """
        summary: Stiff.
        level: review
        message: Too stiff.
        since: 0.1.0
        languages: [en, de]
        markets: uk
        on-by-default: false
        quotes: read
        fix: unsafe
        owner: desk
        review-by: 2027-01-01
        expires: 2028-01-01
        sources: [https://example.com]
        measured: [100 of 100]
        unless: [art]
        phrases: [thereof]
        density: {at-least: 2, per-thousand-words: 1.5}
        """
    )
    assert (page.summary, page.level, page.message, page.since) == ("Stiff.", Level.REVIEW, "Too stiff.", "0.1.0")
    assert (page.languages, page.markets, page.on_by_default) == (("en", "de"), ("uk",), False)
    assert (page.quotes, page.fix, page.owner) == ("read", "unsafe", "desk")
    assert (page.review_by, page.expires) == ("2027-01-01", "2028-01-01")
    assert (page.sources, page.measured, page.unless) == (("https://example.com",), ("100 of 100",), ("art",))
    assert page.density == Density(2, 1.5)
    assert set(page.options) == {"at-least", "per-thousand-words"}


def test_options_have_a_default_and_a_line(pages):
    page = pages.page("options: {limit: {default: 3, about: At most.}, words: {default: [a, b], about: Which.}}")
    assert page.options == {"limit": Option("3", "At most."), "words": Option("a, b", "Which.")}


def test_words_that_yaml_takes_for_something_else_are_words(pages):
    page = pages.page("phrases: [no, yes, on, null, 1.0, 2024-01-01, ~, 0x10]")
    assert search(page, "phrases").entries == ("no", "yes", "on", "null", "1.0", "2024-01-01", "~", "0x10")


def test_a_replacement_of_no_is_a_word(pages):
    assert search(pages.page("replace: {yes: no}"), "replace").replacements == {"yes": ("no",)}


def test_lists_may_be_given_by_language(pages):
    found = pages.page("phrases: {en: [a], de: [b, c]}").searches
    assert [(each.language, each.entries) for each in found] == [("en", ("a",)), ("de", ("b", "c"))]


def test_replacements_may_be_given_by_language(pages):
    found = pages.page("replace: {de: {der: [die, das]}}").searches
    assert [(each.language, each.replacements) for each in found] == [("de", {"der": ("die", "das")})]


def test_a_phrase_of_two_letters_is_no_language(pages):
    (found,) = pages.page("replace: {de: of}").searches
    assert (found.language, found.replacements) == (None, {"de": ("of",)})


def test_an_empty_list_is_none(pages):
    assert pages.page("phrases: []").searches == ()


def test_a_table_beside_the_page_is_its_list(pages):
    table = """\
        phrase,replacement,language,note
        utilise,use | apply,,a note
        "in order, to",to,en,
        thereof,,,
        """
    phrases, anywhere, english = pages.page("scope: heading", csv=table).searches
    assert (phrases.kind, phrases.entries, phrases.scopes) == ("phrases", ("thereof",), ("heading",))
    assert (anywhere.language, anywhere.replacements) == (None, {"utilise": ("use", "apply")})
    assert (english.language, english.replacements) == ("en", {"in order, to": ("to",)})


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("word\na\n", "1: its columns are phrase, replacement, language, note; found word"),
        ("phrase,remark\na,b\n", "1: its columns are phrase, replacement, language, note; found phrase, remark"),
        ("", "1: its columns are phrase, replacement, language, note; found "),
        ("phrase,note\na,b\n,c\n", "3: a row without a phrase"),
        ("phrase,replacement\na, b,c\n", "2: a row has more cells than columns; quote one that holds a comma"),
        ("phrase,language\na,english\n", "2: a language is two or three letters: “en”; found “english”"),
    ],
)
def test_a_slip_in_the_table_is_named_with_its_line(pages, table, said):
    assert complaint(pages, "", csv=table) == f"stiff_words.csv:{said}"


def test_a_page_may_have_the_lists_of_another_of_its_group(pages):
    pages.page("scope: url\npatterns: [x.y]\nlines: [z]\nunless: [q]", csv="phrase\nawry\n", name="group/first_words")
    page = pages.page("lists-of: first-words\nlines: [w]", name="group/second_words")
    assert {each.kind: (each.entries, each.scopes) for each in page.searches} == {
        "patterns": (("x.y",), ("url",)),
        "lines": (("w",), ("url",)),
        "phrases": (("awry",), ("url",)),
    }
    assert page.unless == ("q",)


@pytest.mark.parametrize("other", ["nobody", "stiff-words", "../group/first_words", "[a]"])
def test_lists_of_a_page_that_is_not_there_are_named(pages, other):
    assert "“lists-of” is another rule of this group; found “" in complaint(pages, f"lists-of: {other}")


def test_a_table_with_an_open_quote_is_named(pages):
    assert "stiff_words.csv:" in complaint(pages, "", csv='phrase\n"abc\n')


@pytest.mark.parametrize(
    ("front_matter", "said"),
    [
        ("phrase: [a]", "5: unknown key “phrase”; did you mean “phrases”?"),
        ("xyzzy: a", "5: unknown key “xyzzy”"),
        (
            "level: warn",
            "4: “level” is one of “error”, “warning”, “review”, “note”; found “warn”; did you mean “warning”?",
        ),
        ("level: ''", "4: “level” is one of “error”, “warning”, “review”, “note”; found nothing"),
        ("summary: ''", "4: “summary” is missing"),
        ("message: [a]", "4: “message” is a text, not a list"),
        ("quotes: ski", "5: “quotes” is one of “skip”, “read”; found “ski”; did you mean “skip”?"),
        ("fix: yes", "5: “fix” is one of “safe”, “unsafe”; found “yes”"),
        ("on-by-default: no", "5: “on-by-default” is one of “true”, “false”; found “no”"),
        ("languages: {a: b}", "5: “languages” is a list of texts"),
        ("languages: [en, english]", "5: a language is two or three letters: “en”; found “english”"),
        ("sources: [[a]]", "5: “sources” is a list of texts"),
        ("phrases: [a, ' ']", "5: “phrases” holds an empty entry"),
        ("phrases: {english: [a]}", "5: “phrases” is a list of texts"),
        ("replace: [a]", "5: “replace” is a list of “phrase: replacement” lines"),
        ("options: [a]", "5: “options” gives each option its “default” and “about”"),
        ("options: {a: {default: 1}}", "5: the option “a” needs “default” and “about”, and nothing else"),
        ("density: {at-least: 1}", "5: “density” has “at-least” and “per-thousand-words”, and nothing else"),
        ("density: {at-least: a, per-thousand-words: 1}", "5: “density” holds “a” where a number is due"),
        ("density: {at-least: [1], per-thousand-words: 1}", "5: “density” holds “['1']” where a number is due"),
        ("scope: {phrase: heading}", "5: “phrase” is no list that has a scope; did you mean “phrases”?"),
        ("owner: a\nowner: b", "6: the key “owner” stands there twice"),
        ("density: {a: 1,\n  a: 2}", "6: the key “a” stands there twice"),
        ("[a]: b", "5: a key of its front matter is no word"),
        ("owner: 'a", "6: its front matter is not YAML: found unexpected end of stream"),
        ("owner: *a", "5: its front matter is not YAML: found undefined alias"),
        ("patterns: [" + "'a', " * 2000, "6: its front matter is not YAML: did not find expected node content"),
    ],
)
def test_a_slip_is_named_with_file_line_and_key(pages, front_matter, said):
    assert complaint(pages, front_matter) == f"stiff_words.md:{said}"


def test_an_unknown_scope_is_named_with_the_nearest_and_all(pages):
    said = complaint(pages, "owner: desk\nscope: headings")
    assert said.startswith(
        "stiff_words.md:6: unknown scope “headings”; did you mean “heading”?; it is one of alt, block,"
    )


def test_a_missing_key_is_named(pages):
    path = pages.write("phrases: [a]")
    path.write_text("---\nlevel: note\nmessage: m\n---\n")
    with pytest.raises(PageError, match=r"stiff_words\.md: “summary” is missing"):
        read_page(path)


def test_a_control_character_in_the_settings_is_named(pages):
    assert "its front matter is not YAML" in complaint(pages, "owner: a\x01b")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# stiff-words\n", ":1: has no front matter"),
        ("---\nsummary: a\n", ":1: has no front matter"),
        ("---\n- a\n---\n", ":1: its front matter is no list of “key: value” lines"),
        ("---\n---\n", ":1: its front matter is no list of “key: value” lines"),
    ],
)
def test_a_page_without_settings_is_refused(pages, text, said):
    path = pages.write("")
    path.write_text(text)
    with pytest.raises(PageError) as caught:
        read_page(path)
    assert f"stiff_words.md{said}" in str(caught.value)


def test_a_page_that_is_not_utf8_is_refused_with_the_byte(pages):
    path = pages.write("")
    path.write_bytes(b"---\nsummary: \xe9\n---\n")
    with pytest.raises(PageError, match="is not UTF-8 at byte 13"):
        read_page(path)


def test_a_page_that_is_not_there_is_named(pages):
    with pytest.raises(PageError, match="cannot be read: no such file or directory"):
        read_page(pages.directory / "style/gone.md")


@pytest.mark.parametrize("name", ["Stiff_words", "stiff-words", "stiff words", "2stiff", "stiff__words"])
def test_a_page_has_a_name_that_an_id_can_come_from(pages, name):
    assert "a page's name is words in lower case joined by “_”" in complaint(pages, "", name=f"style/{name}")


def test_a_page_may_open_with_a_byte_order_mark_and_end_its_lines_with_crlf(pages):
    path = pages.write("phrases: [thereof]")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    page = read_page(path)
    assert (page.level, search(page, "phrases").entries) == (Level.WARNING, ("thereof",))
    assert page.why == "Stiff words tire readers."


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("front_matter", "said"),
    [
        (BOMB, "holds more than 100,000 values"),
        ("phrases: &a [*a]", "holds lists in lists, more than 64 deep"),
        ("phrases: " + "[" * 200_000, "holds lists in lists, more than 64 deep"),
        ("phrases: " + "{a: " * 100_000, "holds lists in lists, more than 64 deep"),
        ("phrases:\n  " + "- " * 200_000 + "a", "holds lists in lists, more than 64 deep"),
    ],
    ids=["a bomb of aliases", "a list in itself", "brackets", "braces", "dashes"],
)
def test_hostile_yaml_is_refused_at_once(pages, front_matter, said):
    started = time.process_time()
    assert said in complaint(pages, front_matter)
    assert time.process_time() - started < 2


def test_many_lists_side_by_side_are_no_depth(pages):
    page = pages.page("patterns:\n" + "".join(f"  - '[a][{number}]'\n" for number in range(3000)))
    assert len(search(page, "patterns").entries) == 3000


# Examples.

BODY = """\
# stiff-words

Stiff words tire readers.

They do.

```markdown bad
The end *thereof* is near.
         ^^^^^^^ of it | its
Utilise it.
^^^^^^^
```

Between two examples.

```markdown fixed
The end *of it* is near.
```

~~~text good encoding=windows-1252
The café’s end.
~~~

```python
not_an_example()
```
"""


def test_examples_have_verdict_format_line_and_text(pages):
    page = pages.page("phrases: [thereof]", body=BODY)
    bad, fixed, good = page.examples
    assert [each.verdict for each in page.examples] == ["bad", "fixed", "good"]
    assert [each.suffix for each in page.examples] == [".md", ".md", ".txt"]
    assert [page.text.split("\n")[each.line - 1] for each in page.examples] == [
        "```markdown bad",
        "```markdown fixed",
        "~~~text good encoding=windows-1252",
    ]
    assert bad.text == "The end *thereof* is near.\nUtilise it.\n"
    assert fixed.marks == ()
    assert good.encoding == "windows-1252"


def test_carets_mark_the_line_above_and_list_suggestions(pages):
    bad = pages.page("phrases: [thereof]", body=BODY).examples[0]
    assert bad.marks == (Mark(1, 9, 16, ("of it", "its")), Mark(2, 0, 7, ()))


def test_why_is_what_stands_between_the_heading_and_the_first_example(pages):
    assert pages.page("", body=BODY).why == "Stiff words tire readers.\n\nThey do."


WANTED = "an example's fence says its format (markdown, mdx, html, text), then bad, good or fixed; found "


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("```bad\na\n```\n", 7, WANTED + "“bad”"),
        ("\n```docx good\na\n```\n", 8, WANTED + "“docx good”"),
        ("```text good coding=utf-8\na\n```\n", 7, WANTED + "“text good coding=utf-8”"),
        ("```text Goood\na\n```\n", 7, "an example is bad, good or fixed; found “Goood”; did you mean “good”?"),
        ("```text bad\nab\n ^^\n```\n", 9, "these carets point past the line above them"),
        ("```text bad\n^^\nab\n```\n", 8, "these carets point past the line above them"),
        (
            "```text good encoding=klingon\na\n```\n",
            7,
            "this example cannot be written as “klingon”: unknown encoding: klingon",
        ),
    ],
)
def test_a_slip_in_an_example_is_named_with_its_line(pages, body, line, said):
    assert complaint(pages, "", body=body) == f"stiff_words.md:{line}: {said}"


def test_an_example_that_its_encoding_cannot_hold_is_refused(pages):
    said = complaint(pages, "", body="```text good encoding=ascii\né\n```\n")
    assert said.startswith("stiff_words.md:7: this example cannot be written as “ascii”")
