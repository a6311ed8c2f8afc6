"""Markdown becomes a document in which every character stands at its place."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from conftest import document, markdown
from hypothesis import given, settings
from hypothesis import strategies as st

from lintnews.document import OBJECT
from lintnews.readers import read
from lintnews.source import decode

IN_LIST = ("list", "listItem")


def blocks(text: str, name: str = "article.md") -> list[tuple[str, str]]:
    return [(block.type, block.text.plain) for block in document(text, name).blocks]


def prose(text: str, name: str = "article.md") -> list[str]:
    return [block.text.plain for block in document(text, name).blocks if block.prose]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One paragraph.\n\nTwo.", [("paragraph", "One paragraph."), ("paragraph", "Two.")]),
        ("# One\n\n### Three ###", [("heading", "One"), ("heading", "Three")]),
        ("Big\n===\n\nSmall\n---", [("heading", "Big"), ("heading", "Small")]),
        ("# Named {#here .big}", [("heading", "Named")]),
        ("* one\n* two", [("listItem", "one"), ("listItem", "two")]),
        ("1. one\n2) two", [("listItem", "one"), ("listItem", "two")]),
        ("- [ ] open\n- [x] done", [("listItem", "open"), ("listItem", "done")]),
        ("> quoted", [("paragraph", "quoted")]),
        ("```py\ncode()\n```", [("code", "code()\n")]),
        ("~~~\ncode()\n~~~", [("code", "code()\n")]),
        ("    code()", [("code", "code()")]),
        ("\tcode()", [("code", "code()")]),
        ("| a | b |\n|---|---|\n| c |  |", [("tableCell", "a"), ("tableCell", "b"), ("tableCell", "c")]),
        ("Fact.[^1]\n\n[^1]: Proof.", [("paragraph", "Fact."), ("paragraph", "Proof.")]),
        ("One\n\n---\n\n***\n\nTwo", [("paragraph", "One"), ("paragraph", "Two")]),
        ("~~gone~~ here", [("paragraph", "gone here")]),
        ("", []),
        ("\n \n\t\n", []),
    ],
)
def test_blocks_have_their_type_and_their_words(text, found):
    assert blocks(text) == found


def test_headings_know_their_rank():
    assert [block.depth for block in document("# a\n\n## b\n\nc\n---\n\nd\n").blocks] == [1, 2, 2, 0]


def test_a_heading_that_holds_no_word_is_kept_apart():
    found = document("##\n\n### `code`\n\n# ![Alt](a.png)\n\nText\n")
    assert [block.text.plain for block in found.blocks] == ["Text"]
    headings = [(block.depth, found.source[block.span], block.text.plain) for block in found.wordless_headings]
    assert headings == [(2, "##", ""), (3, "### `code`", OBJECT), (1, "# ![Alt](a.png)", OBJECT)]


@pytest.mark.parametrize(
    ("text", "strong"),
    [
        ("**All of it**", True),
        ("***Both***", True),
        ("**One** __and two__", True),
        ("**Note**: not all", False),
        ("Half **of it**", False),
        ("plain", False),
    ],
)
def test_a_paragraph_knows_whether_all_of_it_is_bold(text, strong):
    assert [block.strong for block in document(f"{text}\n\nNot this.").blocks] == [strong, False]


def test_items_of_nested_lists_know_where_they_stand():
    found = document("* one\n  * two\n    1. three\n* four\n").blocks
    assert [(block.text.plain, block.ancestors) for block in found] == [
        ("one", IN_LIST),
        ("two", IN_LIST * 2),
        ("three", IN_LIST * 3),
        ("four", IN_LIST),
    ]


def test_an_item_with_paragraphs_holds_them_all():
    found = document("* one\n\n  more\n\nout\n").blocks
    assert [(block.text.plain, block.ancestors) for block in found] == [
        ("one", IN_LIST),
        ("more", IN_LIST),
        ("out", ()),
    ]


def test_a_quotation_in_a_quotation_and_a_list_in_it_are_told_by_their_ancestors():
    found = document("> a\n>\n> > b\n>\n> - c\n").blocks
    assert [block.ancestors for block in found] == [
        ("blockquote",),
        ("blockquote", "blockquote"),
        ("blockquote", *IN_LIST),
    ]


def test_a_footnote_is_told_by_its_ancestor():
    assert document("Fact.[^n]\n\n[^n]: Proof.").blocks[1].ancestors == ("footnoteDefinition",)


def test_a_lazy_line_belongs_to_its_quotation():
    assert blocks("> one\ntwo") == [("paragraph", "one\ntwo")]


# Inside a block.


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("one\ntwo", "one\ntwo"),
        ("one  \ntwo", "one\ntwo"),
        ("one\\\ntwo", "one\ntwo"),
        ("one\r\ntwo", "one\ntwo"),
        ("a\tb", "a\tb"),
        ("AT&amp;T", "AT&T"),
        ("caf&eacute; &#8211; &#x1F600;", "café – 😀"),
        ("a&nbsp;b", "a\u00a0b"),
        (r"1\. \*no\*", "1. *no*"),
        ("*one* **two** ***three***", "one two three"),
        ("e\u0301 👩‍👩‍👧 ❤️", "e\u0301 👩‍👩‍👧 ❤️"),
        ("see `code` here", f"see {OBJECT} here"),
        ("see ``a ` b`` here", f"see {OBJECT} here"),
        ("a ![b](c.png) d", f"a {OBJECT} d"),
        ("a [b](c) d", "a b d"),
        ("see <https://example.com> now", "see https://example.com now"),
    ],
)
def test_the_plain_text_is_what_a_reader_reads(text, plain):
    assert prose(text) == [plain]


def test_every_line_end_gives_the_same_document():
    text = "# Head\n\nOne\ntwo.\n\n* a\n* b\n\n```\ncode\n```\n"
    expected = [(block.type, block.text.plain.split()) for block in document(text).blocks]
    for end in ("\r\n", "\r"):
        found = document(text.replace("\n", end)).blocks
        assert [(block.type, block.text.plain.split()) for block in found] == expected


def test_a_byte_order_mark_is_no_part_of_the_first_heading():
    source = decode(Path("a.md"), b"\xef\xbb\xbf# Head\n")
    assert [(block.type, source[block.text.span()]) for block in read(source).blocks] == [("heading", "Head")]


@pytest.mark.parametrize(
    "text",
    ["```\nA lie.\n```", "    A lie.", "`A lie.`", "a `A lie.` b", "```\n{{ A lie. }}\n```", "- ```\n  A lie.\n  ```"],
)
def test_code_is_never_prose(text):
    assert all("A lie." not in words for words in prose(text))


# Images and links.


def images(text: str) -> list[tuple[str, str, str | None]]:
    source = markdown(text)
    return [
        (source[image.span], image.url.plain, None if image.alt is None else image.alt.plain)
        for image in read(source).images
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("![A red barn](barn.png)", [("![A red barn](barn.png)", "barn.png", "A red barn")]),
        ("![](barn.png)", [("![](barn.png)", "barn.png", None)]),
        ("![A *red* barn](barn.png)", [("![A *red* barn](barn.png)", "barn.png", "A red barn")]),
        ("![a `b` c](d.png)", [("![a `b` c](d.png)", "d.png", "a b c")]),
        ("![a ![b](c.png) d](e.png)", [("![a ![b](c.png) d](e.png)", "e.png", "a b d")]),
        ("![a [b](c.html) d](e.png)", [("![a [b](c.html) d](e.png)", "e.png", "a b d")]),
        ("![barn][1]\n\n[1]: barn.png", [("![barn][1]", "barn.png", "barn")]),
        ("![barn][]\n\n[barn]: barn.png", [("![barn][]", "barn.png", "barn")]),
        ("![barn]\n\n[barn]: barn.png", [("![barn]", "barn.png", "barn")]),
        ("![barn][none]", []),
        ("![a\nb](c.png)", [("![a\nb](c.png)", "c.png", "a\nb")]),
        ("![AT&amp;T](c.png)", [("![AT&amp;T](c.png)", "c.png", "AT&T")]),
        (r"\![no](c.png)", []),
        ("`![no](c.png)`", []),
        ("![a](b.png)![c](d.png)", [("![a](b.png)", "b.png", "a"), ("![c](d.png)", "d.png", "c")]),
    ],
)
def test_images_have_their_place_address_and_alt_text(text, found):
    assert images(text) == found


def test_an_alt_text_stands_where_it_is_written():
    source = markdown("See ![A *red* barn](barn.png).")
    (image,) = read(source).images
    assert source[image.alt.span()] == "A *red* barn"
    assert source[image.alt.span(2, 5)] == "red"


def test_an_image_in_a_link_knows_the_link_and_the_link_knows_it():
    found = document("![a](a.png) [b](b.html) [x ![c](c.png)](d.html)")
    assert [image.link for image in found.images] == [None, 1]
    assert [link.images for link in found.links] == [(), (1,)]
    assert found.links[1].text.plain == f"x {OBJECT}"


def test_a_title_is_known():
    (image,) = document('![a](a.png "On a hill")').images
    assert image.title.plain == "On a hill"


def test_an_image_alone_is_no_block_of_prose_and_stands_before_the_next():
    found = document("One.\n\n![a](a.png)\n\nTwo.\n")
    assert [block.text.plain for block in found.blocks] == ["One.", "Two."]
    assert found.images[0].block == 1


LINKS = [
    ("[t](https://a.example/b)", "https://a.example/b", "https://a.example/b"),
    ('[t](u "u")', "u", "u"),
    ("[u](u 'u')", "u", "u"),
    ("[t](<a b>)", "a b", "a b"),
    ("[t](a(b)c)", "a(b)c", "a(b)c"),
    ("[t](\n a\n 'b')", "a", "a"),
    ("[a](a)", "a", "a"),
    ("[**t**](u)", "u", "u"),
    ("[`t`](u)", "u", "u"),
    ("[t ![a](b)](u)", "u", "u"),
    ("[t](a&amp;b)", "a&b", None),
    (r"[t](a\_b)", "a_b", None),
    ("[t](</a b> (title))", "/a b", "/a b"),
    ("<https://a.example>", "https://a.example", "https://a.example"),
    ("<a@b.example>", "a@b.example", "a@b.example"),
    ("[t][r]\n\n[r]: https://a.example 'x'", "https://a.example", None),
    ("[r][]\n\n[r]: u", "u", None),
    ("[r]\n\n[r]: u", "u", None),
    # As long as the link itself: an address from elsewhere must not be taken for the link's own characters.
    ("[words][r]\n\n[r]: /ten-chars", "/ten-chars", None),
    ("[t]({{ .Link }})", "{{ .Link }}", "{{ .Link }}"),
    ("[é😀](ü.html)", "ü.html", "ü.html"),
]


@pytest.mark.parametrize(("text", "url", "written"), LINKS, ids=[text for text, _, _ in LINKS])
def test_a_destination_stands_where_it_is_written_else_at_its_link(text, url, written):
    source = markdown(f"Before {text}")
    (link,) = read(source).links
    assert link.url.plain == url
    assert source[link.url.span()] == (written or source[link.span])
    assert source[link.span] == text.partition("\n\n")[0]


def test_an_empty_destination_is_an_empty_text():
    (link,) = document("[t]()").links
    assert link.url.plain == ""
    assert link.text.plain == "t"


def test_code_and_images_are_objects_of_a_links_text():
    links = document("[`code`](a) [![alt](b.png) ](b) [ ](c)").links
    assert [link.text.plain for link in links] == [OBJECT, OBJECT, ""]


@pytest.mark.parametrize(("text", "count"), [("[a]: b", 0), ("[t](a b)", 0), ("[t][missing]", 0), (r"\[t](u)", 0)])
def test_what_is_no_link_is_none(text, count):
    assert len(document(text).links) == count


def test_the_text_of_a_link_is_a_part_of_its_block():
    source = markdown("Read [the *full* report](r.html) now.")
    found = read(source)
    assert found.links[0].text.plain == "the full report"
    assert source[found.links[0].text.span(4, 8)] == "full"
    assert found.blocks[0].text.plain == "Read the full report now."


# Front matter.


@pytest.mark.parametrize("text", ["---\ntitle: Old town\n---\nWords.\n", "+++\ntitle = 'Old town'\n+++\nWords.\n"])
def test_front_matter_is_metadata_and_no_prose(text):
    found = document(text)
    assert [block.text.plain for block in found.blocks] == ["Words."]
    assert found.metadata["title"].plain == "Old town"
    assert found.source[found.metadata["title"].span()].strip("'") == "Old town"


def test_front_matter_may_begin_with_an_empty_line_and_end_in_dots():
    found = document("---\n\ntitle: Old town\n...\nWords.\n")
    assert found.metadata["title"].plain == "Old town"
    assert [block.text.plain for block in found.blocks] == ["Words."]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One.\n\n---\nTwo: three.\n---\n\nFour.\n", ["One.", "Two: three.", "Four."]),
        ("---\ntitle: x\n---\nOne.\n\n---\nTwo.\n---\n", ["One.", "Two."]),
        (" ---\ntitle: x\n---\n", ["title: x"]),
        ("---\ntitle: x\n", ["title: x"]),
        ("---\n---\nOne.\n", ["One."]),
    ],
)
def test_what_stands_between_rules_further_down_is_read(text, words):
    assert prose(text) == words


@pytest.mark.parametrize("value", ["[" * 60_000, "{a: " * 15_000, "- " * 30_000 + "x"])
def test_front_matter_nested_without_end_is_a_fault_at_once(value):
    started = time.process_time()
    found = document(f"---\na:\n  {value}\n---\nWords.\n")
    assert time.process_time() - started < 2
    assert [fault.message for fault in found.faults] == ["nests more than 32 deep"]
    assert [block.text.plain for block in found.blocks] == ["Words."]


# Template tags and MDX.


@pytest.mark.parametrize(
    "tag",
    [
        '{{< figure src="a.png" >}}',
        "{{% note %}}",
        "{{ page.title }}",
        "{{{ raw }}}",
        "{% include video.html id='x' %}",
        "{%- if draft -%}",
        "{# a remark #}",
        "{{<\n  figure\n>}}",
    ],
)
def test_template_tags_are_no_prose(tag):
    (words,) = prose(f"One {tag} two.")
    assert words.replace(OBJECT, "").split() == ["One", *(["}"] if tag == "{{{ raw }}}" else []), "two."]


@pytest.mark.parametrize("text", ["One {{ two\n\nthree }} four.", "One { two } four.", "100 % {of} it"])
def test_braces_that_are_no_tag_stay(text):
    assert " ".join(prose(text)).split() == text.split()


def test_template_tags_in_code_stay():
    assert blocks("```\n{{ value }}\n{% if %}\n```\n") == [("code", "{{ value }}\n{% if %}\n")]


def test_a_tag_with_markup_characters_breaks_nothing_around_it():
    source = markdown('*One {{< x "*" >}} two* [three]({{ "a)b" | url }}) four.')
    found = read(source)
    assert found.blocks[0].text.plain.replace(OBJECT, "").split() == ["One", "two", "three", "four."]
    assert source[found.links[0].url.span()] == '{{ "a)b" | url }}'


def test_mdx_imports_exports_and_expressions_are_no_prose():
    text = (
        "import X from './x'\n\nexport const meta = {\n  title: 'No'\n}\n\nHello {props.name}, <X a={1}>friend</X>.\n"
    )
    (words,) = prose(text, "a.mdx")
    assert words.replace(OBJECT, "").split() == ["Hello", ",", "friend."]


def test_mdx_comments_are_comments():
    found = document("One {/* lintnews: allow x: y */} two.\n", "a.mdx")
    assert [(comment.text, found.source[comment.span]) for comment in found.comments] == [
        ("lintnews: allow x: y", "{/* lintnews: allow x: y */}")
    ]


def test_a_sentence_that_opens_with_import_is_prose_in_markdown():
    assert prose("import duties rose.") == ["import duties rose."]


def test_html_comments_are_comments():
    found = document("<!-- one -->\n\nText <!-- two --> more.\n")
    assert [comment.text.strip() for comment in found.comments] == ["one", "two"]
    assert prose("Text <!-- two --> more.")[0].split() == ["Text", "more."]


def test_html_in_markdown_gives_its_images():
    found = document('Text.\n\n<img src="a.png" alt="">\n\nMore <img src="b.png"> text.\n')
    assert [image.url.plain for image in found.images] == ["a.png", "b.png"]
    assert [image.alt is None for image in found.images] == [False, True]


# What holds for any text.

MARKS = "*_`[]()!#>-+|\\<&;:{}%~=^.\"'\t\r\n “”ß😀"
BREAKS = ("\n\n", "\r\n", "    ", "---\n", "1. ", "- ", "> ", "# ", "| ")
OTHERS = ("![", "](", "&amp;", "e\u0301", "word", "{{", "}}", "{%", "%}", "<b>", "<!--", "-->", "[^1]")
PIECES = st.sampled_from([*MARKS, *BREAKS, *OTHERS])


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, min_size=4, max_size=60).map("".join), st.sampled_from(["a.md", "a.mdx"]))
def test_whatever_the_text_each_character_stands_at_its_place(text, name):
    found = document(text, name)
    end = len(text)
    starts = []
    for block in found.blocks:
        assert 0 <= block.span.start <= block.span.end <= end
        starts.append(block.text.runs[0].span.start)
        previous = 0
        for run in block.text.runs:
            assert previous <= run.span.start <= run.span.end <= end
            previous = run.span.end if run.text != OBJECT else run.span.start
            if len(run.text) == run.span.end - run.span.start and OBJECT not in run.text and run.text != "\n":
                # A lone CR ends a line; in the text it is LF.
                assert text[run.span.start : run.span.end].replace("\r", "\n") == run.text.replace("\r", "\n")
        for sentence in block.sentences:
            assert block.text.plain[sentence.start : sentence.end] == sentence.text
    assert starts == sorted(starts)
    for item in (*found.images, *found.links, *found.comments):
        assert 0 <= item.span.start < item.span.end <= end


# Hostile texts, each about a hundred times what takes a bad parser a minute.

HOSTILE = {
    "brackets": "[" * 50_000,
    "image brackets": "![" * 50_000,
    "emphasis": "*a " * 50_000,
    "quotations": "> " * 10_000 + "x",
    "dashes in a line": "- " * 10_000 + "x",
    "lists in lists": "".join("  " * depth + "- item\n" for depth in range(500)),
    "images": "![](a.png) " * 10_000,
    "links to one address": "[a][b] " * 10_000 + "\n\n[b]: c",
    "one line": "word " * 100_000,
    "quotation marks": '"a ' * 50_000,
    "backticks": "".join("`" * count + " " for count in range(600)),
    "comments": "<!-- " * 10_000,
    "a wide table": "|a" * 5_000 + "\n" + "|-" * 5_000 + "\n" + "|b" * 5_000,
    "template openings": "{{ " * 50_000,
    "tag openings": "{% " * 50_000,
    "remark openings": "{# " * 50_000,
    "entities": "&amp;" * 20_000,
    "tags": "<b>" * 5_000,
    "footnotes": "[^1] " * 20_000 + "\n\n[^1]: x",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_is_read_in_time(text):
    started = time.process_time()
    for block in document(text).blocks:
        assert block.sentences or not block.prose or not block.text.plain.strip()
    assert time.process_time() - started < 3


@pytest.mark.parametrize("text", ["{/* " * 50_000, "{ a" * 50_000, "import a\n" * 20_000])
def test_a_hostile_mdx_is_read_in_time(text):
    started = time.process_time()
    document(text, "a.mdx")
    assert time.process_time() - started < 3
