"""The HTML reader: blocks, images, links, metadata and the article's body, each at its exact place."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lintnews.document import OBJECT, Document, Run, Text
from lintnews.errors import UnreadableError
from lintnews.readers import html, tags
from lintnews.readers.builder import DocumentBuilder
from lintnews.readers.feeder import HtmlFeeder
from lintnews.source import Source, Span

SENTENCE = "The council met on Tuesday, and after a long debate it voted for the new bridge. "


def read(text: str) -> Document:
    return html.read(Source(Path("article.html"), text))


def plain(text: str) -> list[str]:
    return [block.text.plain for block in read(text).blocks]


def kinds(text: str) -> list[str]:
    return [block.type for block in read(text).blocks]


def written(text: str, found: Text | None) -> str:
    assert found is not None
    span = found.span()
    return text[span.start : span.end]


def page(content: str, head: str = "") -> str:
    return f"<!doctype html><html lang='en-GB'><head>{head}</head><body>{content}</body></html>"


def all_texts(document: Document) -> list[Text]:
    texts = [*document.metadata.values(), *(block.text for block in document.blocks)]
    for image in document.images:
        texts += [text for text in (image.url, image.alt, image.title, image.label) if text is not None]
    for link in document.links:
        texts += [text for text in (link.url, link.text, link.title) if text is not None]
    return texts


def assert_every_run_is_in_its_place(document: Document) -> None:
    source = document.source.text
    for text in all_texts(document):
        for plain_text, span in text.runs:
            there = source[span.start : span.end]
            assert 0 <= span.start <= span.end <= len(source)
            collapsed = plain_text == " " and not there.strip(" \t\n\f\r")
            line_break = plain_text == "\n" and there.startswith("<")
            reference = there.startswith(("&", "\\"))
            joined = plain_text == " " and there.startswith("<")
            if not (collapsed or line_break or reference or joined or OBJECT in plain_text):
                assert there == plain_text


# Blocks.


def test_paragraph_spans_its_tags() -> None:
    text = "<p>One.</p>\n<p>Two.</p>"
    assert [text[block.span.start : block.span.end] for block in read(text).blocks] == ["<p>One.</p>", "<p>Two.</p>"]


def test_open_paragraph_ends_where_the_next_block_begins() -> None:
    assert plain("<p>One<p>two<div>three</div>four") == ["One", "two", "three", "four"]


def test_heading_has_its_rank() -> None:
    assert [(block.type, block.depth) for block in read("<h1>A</h1><h4>B</h4>").blocks] == [
        ("heading", 1),
        ("heading", 4),
    ]


def test_heading_that_holds_no_word_is_kept_apart() -> None:
    text = "<h2></h2><h3>&nbsp;</h3><h4><img src='a.png' alt='Alt'></h4><p>Text</p>"
    document = read(text)
    assert [block.text.plain for block in document.blocks] == ["Text"]
    headings = [(block.depth, document.source[block.span], block.text.plain) for block in document.wordless_headings]
    assert headings == [
        (2, "<h2></h2>", ""),
        (3, "<h3>&nbsp;</h3>", ""),
        (4, "<h4><img src='a.png' alt='Alt'></h4>", OBJECT),
    ]


@pytest.mark.parametrize(
    ("text", "strong"),
    [
        ("<p><b>All</b> <strong>of it</strong></p>", True),
        ("<p><strong>Left open</p>", True),
        ("<p><b>Note</b>: not all</p>", False),
        ("<p>closed</b> <b>twice</b></b></p>", False),
    ],
)
def test_paragraph_knows_whether_all_of_it_is_bold(text: str, strong: bool) -> None:
    assert [block.strong for block in read(f"{text}<p>Not this.</p>").blocks] == [strong, False]


def test_division_inside_a_heading_is_the_heading() -> None:
    assert kinds("<h2><div>Title</div></h2><p>Text</p>") == ["heading", "paragraph"]


def test_list_items_end_each_other() -> None:
    blocks = read("<ul><li>a<li>b<ol><li>c</ol><li>d</ul>").blocks
    assert [(block.text.plain, len(block.ancestors)) for block in blocks] == [("a", 2), ("b", 2), ("c", 4), ("d", 2)]
    assert {block.type for block in blocks} == {"listItem"}


def test_cells_and_rows_end_each_other() -> None:
    assert plain("<table><tr><th>a<td>b<tr><td>c</table>d") == ["a", "b", "c", "d"]
    assert kinds("<table><tr><th>a<td><p>b</p></table>d") == ["tableCell", "tableCell", "paragraph"]


def test_terms_and_descriptions_are_blocks_of_their_own() -> None:
    assert plain("<dl><dt>a<dd>b<dl><dt>c</dl><dt>d</dl>") == ["a", "b", "c", "d"]


def test_figure_caption_is_a_caption() -> None:
    assert kinds("<figure><img src=a><figcaption><p>A bridge.</p></figcaption></figure>") == ["caption"]


@pytest.mark.parametrize("name", ["aside", "nav", "footer", "header", "form", "blockquote"])
def test_container_is_an_ancestor(name: str) -> None:
    (block,) = read(f"<{name}><div>Text</div></{name}>").blocks
    assert block.ancestors == (name,)


def test_end_tag_does_not_leave_its_table_cell() -> None:
    first, second = read("<aside><table><td>a</aside>b</table></aside>").blocks
    assert first.ancestors == second.ancestors == ("aside", "table", "tableCell")


def test_quotation_in_another_language_has_that_language() -> None:
    blocks = read("<p>One</p><blockquote lang='fr-CA'><p>Deux</p></blockquote><p>Three</p>").blocks
    assert [block.language for block in blocks] == ["en", "fr", "en"]


def test_language_that_is_none_is_ignored() -> None:
    assert read("<p lang=''>One</p>").blocks[0].language == "en"


def test_two_line_breaks_part_paragraphs() -> None:
    assert plain("One<br>two<br> <br>three") == ["One\ntwo", "three"]


def test_two_line_breaks_leave_a_heading_whole() -> None:
    assert kinds("<h1>One<br><br>two</h1>") == ["heading"]


def test_end_tag_of_a_line_break_is_a_line_break() -> None:
    assert plain("one</br>two") == ["one\ntwo"]


def test_rule_ends_a_block() -> None:
    assert plain("one<hr>two") == ["one", "two"]


def test_code_block_is_no_prose_and_keeps_its_white_space() -> None:
    text = "<pre>\n a\r\n  b &lt;<br><b>c</b></pre><pre> </pre>d"
    code, prose = read(text).blocks
    assert (code.type, code.text.plain, code.prose) == ("code", " a\r\n  b <\nc", False)
    assert prose.text.plain == "d"


@pytest.mark.parametrize("name", ["code", "kbd", "samp", "var", "svg", "math", "video", "audio", "iframe", "canvas"])
def test_what_is_no_prose_stands_as_an_object(name: str) -> None:
    text = f"<p>Press <{name}>x <b>y</b></{name}> now.</p>"
    (block,) = read(text).blocks
    assert block.text.plain == f"Press {OBJECT} now."
    assert written(text, block.text.slice(6, 7)) == f"<{name}>x <b>y</b></{name}>"


def test_empty_drawing_and_field_stand_as_objects() -> None:
    assert plain("a <svg/> b <input type=text> c") == [f"a {OBJECT} b {OBJECT} c"]


def test_unclosed_code_ends_with_its_block() -> None:
    assert plain("<p>See <code>x<p>Next") == [f"See {OBJECT}", "Next"]
    assert plain("<p>See <code>x</p>Next") == [f"See {OBJECT}", "Next"]


def test_nested_objects_end_with_the_outer_one() -> None:
    assert plain("a <svg><svg></svg>b</svg> c") == [f"a {OBJECT} c"]


@pytest.mark.parametrize("name", ["script", "style", "template", "textarea", "select", "noscript"])
def test_what_nobody_reads_is_no_prose(name: str) -> None:
    assert plain(f"<p>One <{name}>two<b>three</b></{name}>four</p>") == ["One four"]


def test_comment_is_kept_and_is_no_prose() -> None:
    document = read("<p>One<!-- lintnews: allow x: y -->two</p><?php echo ?></ >")
    assert [(comment.text, comment.span) for comment in document.comments] == [
        ("lintnews: allow x: y", Span(6, 35)),
    ]
    assert document.blocks[0].text.plain == "Onetwo"


# White space and references.


def test_white_space_collapses_over_tags() -> None:
    assert plain("<p> a \n <b> b</b>\t<i> </i>c </p>") == ["a b c"]


def test_collapsed_white_space_stands_where_all_of_it_stood() -> None:
    text = "<p>a \r\n\t b</p>"
    (block,) = read(text).blocks
    assert written(text, block.text.slice(1, 2)) == " \r\n\t "


def test_no_break_space_does_not_collapse() -> None:
    assert plain("a\u00a0\u00a0&nbsp;b") == ["a\u00a0\u00a0\u00a0b"]


def test_entity_keeps_its_place() -> None:
    text = "<p>Q&amp;A &hellip; &#128512;</p>"
    (block,) = read(text).blocks
    assert block.text.plain == "Q&A … 😀"
    assert [written(text, block.text.slice(at, at + 1)) for at in (1, 4, 6)] == ["&amp;", "&hellip;", "&#128512;"]


def test_entity_of_white_space_collapses() -> None:
    assert plain("a &#32;&#10; b&#9;c") == ["a b c"]


def test_dropped_end_tag_does_not_shift_what_follows() -> None:
    text = "<p>one</>two</></>three <b>four</b></p>"
    document = read(text)
    assert document.blocks[0].text.plain == "onetwothree four"
    assert_every_run_is_in_its_place(document)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_shift_what_follows(line_end: str) -> None:
    text = line_end.join(
        ["<div>", "<p>é\u0301😀", 'a <a href="x">link</a>', "</p>", '<img src=a alt="two', 'lines">', "</div>"]
    )
    document = read(text)
    assert written(text, document.links[0].text) == "link"
    assert written(text, document.links[0].url) == "x"
    assert written(text, document.images[0].alt) == f"two{line_end}lines"
    assert_every_run_is_in_its_place(document)


# Links and images.


def test_link_has_its_address_title_and_relations() -> None:
    text = '<p>See <a title="T" href="/a?b=1&amp;c" rel="Sponsored nofollow">the &amp; <b>site</b></a>.</p>'
    (link,) = read(text).links
    assert (link.url.plain, str(link.title), link.text.plain) == ("/a?b=1&c", "T", "the & site")
    assert link.rel == {"sponsored", "nofollow"}
    assert text[link.span.start : link.span.end].endswith("</a>")


def test_anchor_without_an_address_is_no_link() -> None:
    assert read("<a name=x>Text</a>").links == ()


def test_link_ends_where_the_next_begins() -> None:
    assert [link.text.plain for link in read("<a href=a>one <a href=b>two</a> three").links] == ["one", "two"]


def test_link_may_hold_blocks() -> None:
    document = read("<a href=a><div>one</a></div>two")
    assert document.links[0].text.plain == "one"
    assert [block.text.plain for block in document.blocks] == ["one", "two"]


def test_link_that_is_left_open_ends_with_its_block() -> None:
    assert [link.text.plain for link in read("<p><a href=a>one</p><p>two</p>").links] == ["one"]


def test_parameter_that_looks_like_an_entity_stays() -> None:
    assert read('<a href="?a=1&copy=2&para;&nonsense;x">y</a>').links[0].url.plain == "?a=1&copy=2¶&nonsense;x"


def test_missing_alt_text_is_none_and_empty_is_empty() -> None:
    missing, empty, valueless = read("<img src=a><img src=b alt=''><img src=c alt>").images
    assert missing.alt is None
    assert empty.alt == valueless.alt == Text()


def test_alt_text_has_its_place() -> None:
    text = "<p><IMG SRC=a.png ALT = 'A &quot;new&quot; bridge'></p>"
    (image,) = read(text).images
    assert image.alt is not None
    assert image.alt.plain == 'A "new" bridge'
    assert written(text, image.alt) == "A &quot;new&quot; bridge"


def test_first_of_two_attributes_counts() -> None:
    assert read("<img src=a src=b>").images[0].url.plain == "a"


def test_image_in_a_link_knows_it() -> None:
    document = read("<a href=x>one</a><a href=y><img src=a alt=''></a>")
    assert document.images[0].link == 1
    assert document.links[1].images == (0,)


def test_label_of_an_image_is_kept() -> None:
    assert str(read("<img src=a aria-label='Bridge'>").images[0].label) == "Bridge"


def test_label_from_elsewhere_is_looked_up() -> None:
    text = "<img src=a aria-labelledby='none x'><p id=x>The <b>new</b><br>bridge</p>"
    (image,) = read(text).images
    assert str(image.label) == "The new\nbridge"
    assert written(text, image.label) == "The <b>new</b><br>bridge"


@pytest.mark.parametrize("attribute", ["aria-hidden=true", "role=none", "role=presentation"])
def test_image_taken_from_assistive_technology_is_hidden(attribute: str) -> None:
    assert read(f"<img src=a {attribute}>").images[0].hidden


@pytest.mark.parametrize("attribute", ["", "aria-hidden=false", "role=img"])
def test_other_image_is_not_hidden(attribute: str) -> None:
    assert not read(f"<img src=a {attribute}>").images[0].hidden


@pytest.mark.parametrize(
    "tag",
    [
        "<img data-src='b.jpg'>",
        "<img src='data:image/gif;base64,R0' data-lazy-src='b.jpg'>",
        "<img src='/img/spacer.gif' data-original='b.jpg'>",
        "<img srcset='b.jpg 1x, c.jpg 2x'>",
    ],
)
def test_image_that_a_script_loads_has_its_real_address(tag: str) -> None:
    (image,) = read(tag).images
    assert image.url.plain == written(tag, image.url) == "b.jpg"


def test_image_with_a_stand_in_only_has_the_stand_ins_address() -> None:
    assert read("<img src='data:x' alt=''>").images[0].url.plain == "data:x"


def test_repeated_image_for_readers_without_scripts_counts_once() -> None:
    lazy, copy = "<img src='data:x' data-src=a.jpg alt=A>", "<noscript><img src=a.jpg alt=A></noscript>"
    assert len(read(f"<p>{lazy} {copy}</p>").images) == 1
    assert len(read(f"<p>{copy}{lazy}</p>").images) == 1
    assert len(read(f"<p>{lazy} text {copy}</p>").images) == 2


def test_image_for_readers_without_scripts_counts() -> None:
    assert [image.url.plain for image in read("<noscript><img src=a.jpg></noscript>").images] == ["a.jpg"]


def test_counting_pixel_is_no_image() -> None:
    assert read("<img src=a width=1 height=1><noscript><img src=b width=0 height=1></noscript>").images == ()


# Pieces, as a Markdown reader feeds them.


def fed(*pieces: str) -> Document:
    source = Source(Path("article.md"), "".join(pieces))
    builder = DocumentBuilder(source, "markdown")
    feeder = HtmlFeeder(builder)
    at = 0
    for piece in pieces:
        if piece.startswith("<"):
            feeder.feed(Text((Run(piece, Span(at, at + len(piece))),)))
        else:
            builder.text(piece, at, at + len(piece))
        at += len(piece)
    feeder.finish()
    return builder.document()


def test_link_in_pieces_is_one_link() -> None:
    document = fed("See ", "<a href=x>", "the ", "<b>", "site", "</b>", "</a>", ".")
    assert document.blocks[0].text.plain == "See the site."
    assert document.links[0].text.plain == "the site"


def test_container_stays_open_between_pieces() -> None:
    (block,) = fed("<aside>\n", "Text", "\n</aside>").blocks
    assert block.ancestors == ("aside",)


def test_code_in_pieces_is_one_object() -> None:
    assert fed("Press ", "<kbd>", "Ctrl", "</kbd>", " now").blocks[0].text.plain == f"Press {OBJECT} now"


def test_code_left_open_in_an_ended_block_is_closed() -> None:
    source = Source(Path("article.md"), "<kbd>a<img src=b>c")
    builder = DocumentBuilder(source, "markdown")
    feeder = HtmlFeeder(builder)
    feeder.feed(Text((Run("<kbd>", Span(0, 5)),)))
    builder.text("a", 5, 6)
    builder.end_block()
    feeder.feed(Text((Run("<img src=b>", Span(6, 17)),)))
    builder.text("c", 17, 18)
    assert len(builder.document().images) == 1


def test_piece_from_several_places_has_each_place() -> None:
    text = "> <div title='x\n> y'>one\n> two\n>\tthree</div>"
    source = Source(Path("article.md"), text)
    builder = DocumentBuilder(source, "markdown")
    runs = [Run(part, Span(text.index(part), text.index(part) + len(part))) for part in ("<div title='x\n", "y'>one\n")]
    indented = text.index("\tthree")
    runs += [Run("two\r\n", Span(text.index("two"), text.index("two") + 5)), Run("  ", Span(indented, indented))]
    runs.append(Run("three</div>", Span(indented + 1, len(text))))
    feeder = HtmlFeeder(builder)
    feeder.feed(Text(tuple(runs)))
    feeder.feed(Text())
    feeder.finish()
    (block,) = builder.document().blocks
    assert block.text.plain == "one two three"
    assert [written(text, block.text.slice(at, at + 3)) for at in (0, 4)] == ["one", "two"]
    assert written(text, block.text.slice(8, 13)) == "three"


def test_alt_text_from_several_places_has_each_place() -> None:
    text = '> <img src=a alt="one\n> two &amp; three">'
    second = text.index("two")
    runs = (Run(text[2:22], Span(2, 22)), Run(text[second:], Span(second, len(text))))
    builder = DocumentBuilder(Source(Path("article.md"), text), "markdown")
    HtmlFeeder(builder).feed(Text(runs))
    document = builder.document()
    assert str(document.images[0].alt) == "one\ntwo & three"
    assert_every_run_is_in_its_place(document)


def test_masked_template_tag_is_an_object() -> None:
    source = Source(Path("article.md"), "<p>a {{x}} b</p>")
    builder = DocumentBuilder(source, "markdown")
    feeder = HtmlFeeder(builder)
    feeder.feed(Text((Run(f"<p>a {OBJECT * 5} b</p>", Span(0, 16)),)))
    (block,) = builder.document().blocks
    assert block.text.plain == f"a {OBJECT} b"
    assert block.text.slice(2, 3).span() == Span(5, 10)


# Whole pages.


def test_page_has_its_language() -> None:
    assert read(page("<p>Hello</p>")).language == "en"
    assert html.read(Source(Path("a.html"), "<html lang=de><p>Hallo"), "en").blocks[0].language == "de"


def test_only_the_article_of_a_page_is_read() -> None:
    document = read(
        page(
            "<header><a href=/>Home</a> <img src=logo.png></header>"
            f"<main><h1>The council votes for a bridge</h1><article><p>{SENTENCE * 4}</p><form>Leave a comment</form>"
            "</article></main><aside><p>Read more: another story, and another one after it, every day.</p></aside>"
            "<!-- end --><footer>All rights reserved.</footer>"
        )
    )
    assert [block.text.plain for block in document.blocks] == [
        "The council votes for a bridge",
        (SENTENCE * 4).strip(),
        "Leave a comment",
    ]
    assert (document.images, document.links) == ((), ())
    assert [comment.text for comment in document.comments] == ["end"]


def test_article_without_semantic_elements_is_found_by_its_text() -> None:
    links = "".join(f"<li><a href=/{number}>Section number {number}</a></li>" for number in range(9))
    document = read(
        page(f"<div><ul>{links}</ul></div><div><div><p>{SENTENCE * 3}</p><p>{SENTENCE * 3}</p></div></div>")
    )
    assert [block.type for block in document.blocks] == ["paragraph", "paragraph"]


def test_named_body_outweighs_longer_text() -> None:
    comments = f"<div class=talk><p>{SENTENCE * 6}</p></div>"
    document = read(page(f"<div itemprop=articleBody><p>{SENTENCE * 4}</p></div>{comments}"))
    assert len(document.blocks) == 1


def test_teasers_beside_an_article_are_not_read() -> None:
    teaser = f"<div><h3><a href=/x>Another story of the day</a></h3><p>{SENTENCE}</p></div>"
    document = read(page(f"<div><div>{teaser * 5}</div><div><p>{SENTENCE * 4}</p><p>{SENTENCE * 4}</p></div></div>"))
    assert [block.type for block in document.blocks] == ["paragraph", "paragraph"]


def test_misleading_class_name_does_not_hide_the_article() -> None:
    document = read(page(f"<div class=sidebar><p>{SENTENCE * 5}</p><p>{SENTENCE * 5}</p></div>"))
    assert len(document.blocks) == 2


def test_lead_figure_before_the_article_is_read() -> None:
    figure = "<figure><img src=a.jpg alt=Bridge></figure>"
    document = read(
        page(
            f"<h1>The council votes for a bridge</h1>{figure}<article><p>{SENTENCE * 4}</p></article>",
            "<title>x</title>",
        )
    )
    assert [block.type for block in document.blocks] == ["heading", "paragraph"]
    assert len(document.images) == 1


def test_name_of_the_site_is_no_headline() -> None:
    head = "<title>The council votes for a bridge | The Daily Paper</title>"
    document = read(
        page(
            f"<h1>Daily Paper</h1><h1>The council votes for a bridge</h1><article><p>{SENTENCE * 4}</p></article>", head
        )
    )
    assert [block.text.plain for block in document.blocks if block.type == "heading"] == [
        "The council votes for a bridge"
    ]


def test_page_with_little_text_is_all_body() -> None:
    assert [block.text.plain for block in read(page("<div><p>Soon.</p></div><footer>Us</footer>")).blocks] == [
        "Soon.",
        "Us",
    ]


def test_text_hidden_from_readers_does_not_weigh() -> None:
    hidden = f"<div><p hidden>{SENTENCE * 9}</p><template>{SENTENCE * 9}</template></div>"
    assert len(read(page(f"{hidden}<div><p>{SENTENCE * 4}</p></div>")).blocks) == 1


def test_article_without_end_tag_ends_where_the_page_does() -> None:
    text = f"<body><nav><a href=/>Home</a></nav><article><p>{SENTENCE * 4}<p>{SENTENCE * 4}"
    assert [block.type for block in read(text).blocks] == ["paragraph", "paragraph"]


def test_article_that_its_container_ends_ends_there() -> None:
    text = f"<body><div><article><p>{SENTENCE * 4}</div><footer>Us</footer>"
    assert [block.text.plain for block in read(text).blocks] == [(SENTENCE * 4).strip()]


def test_article_whose_page_goes_on_ends_before_the_rest() -> None:
    cell = f"<td class=story><p>{SENTENCE * 4}<p>{SENTENCE * 4}"
    assert len(read(f"<body><table><tr><td><a href=/>Home</a>{cell}<td><a href=/b>Away</a></table>").blocks) == 2


def test_long_text_in_a_menu_is_no_article() -> None:
    text = page(f"<div role=navigation><p>{SENTENCE * 9}</p></div><div><p>{SENTENCE * 4}</p></div>")
    assert len(read(text).blocks) == 1


def test_page_of_frames_has_no_body_to_find() -> None:
    assert read("<html><frameset><frame src=a></frameset></html>").blocks == ()


# Metadata.


def test_metadata_of_a_page_has_its_place() -> None:
    text = page(
        "<p>Text <time datetime='2024-05-01'>1 May</time></p>",
        "<title>A &amp; B</title><meta name=author content='Jo Day'>"
        "<meta property='og:title' content='A &quot;B&quot;'>"
        "<link rel='canonical' href='https://example.org/a'><meta name=empty><meta content=x>",
    )
    document = read(text)
    assert {key: value.plain for key, value in document.metadata.items()} == {
        "title": "A & B",
        "author": "Jo Day",
        "og:title": 'A "B"',
        "canonical": "https://example.org/a",
        "time": "2024-05-01",
    }
    assert written(text, document.metadata["title"]) == "A &amp; B"
    assert written(text, document.metadata["og:title"]) == "A &quot;B&quot;"


def test_time_inside_the_article_comes_first() -> None:
    text = page(
        f"<time datetime=2001>now</time><article><p>{SENTENCE * 4}</p><time datetime=2002>then</time></article>"
    )
    assert read(text).metadata["time"].plain == "2002"


def test_microdata_is_metadata() -> None:
    text = page(
        "<div itemscope><h1 itemprop='headline name'>The <b>bridge</b></h1>"
        "<p itemprop=author itemscope><span itemprop=name>Jo Day</span></p>"
        "<div itemprop=publisher itemscope><i itemprop=name>The Paper</i></div>"
        "<time itemprop=datePublished datetime=2024-05-01>today</time><meta itemprop=dateModified content=2024-05-02>"
        "<p itemprop=articleSection>Open"
    )
    metadata = read(text).metadata
    assert {key: value.plain for key, value in metadata.items()} == {
        "dateModified": "2024-05-02",
        "headline": "The bridge",
        "author.name": "Jo Day",
        "datePublished": "2024-05-01",
        "time": "2024-05-01",
    }


def json_page(script: str) -> str:
    return page("<p>Text</p>", f'<script type="application/ld+json">{script}</script>')


def test_article_in_json_is_metadata_at_its_place() -> None:
    text = json_page(
        '{"@graph": [{"@type": "WebSite", "name": "Paper"}, {"@type": ["Thing", "NewsArticle"],'
        ' "headline": "A \\u2013 \\"B\\"", "author": [{"name": "Jo"}], "wordCount": 120,'
        ' "free": true}]}'
    )
    metadata = read(text).metadata
    assert {key: value.plain for key, value in metadata.items()} == {
        "@type.0": "Thing",
        "@type.1": "NewsArticle",
        "headline": 'A – "B"',
        "author.0.name": "Jo",
        "wordCount": "120",
        "free": "true",
    }
    assert written(text, metadata["headline"]) == 'A \\u2013 \\"B\\"'
    assert written(text, metadata["wordCount"]) == "120"


def test_list_of_objects_in_json_is_looked_through() -> None:
    assert read(json_page('[1, {"@type": "BlogPosting", "headline": "H"}]')).metadata["headline"].plain == "H"


def test_half_a_character_in_json_is_replaced() -> None:
    metadata = read(json_page('{"@type": "Article", "headline": "\\ud83d! \\ud83d\\ude00"}')).metadata
    assert metadata["headline"].plain == "\ufffd! 😀"


def test_json_about_no_article_is_left_alone() -> None:
    assert read(json_page('{"@type": "Organization", "name": "Paper"}')).metadata == {}


def test_json_deep_below_an_article_is_left_alone() -> None:
    script = '{"@type": "Article", "a": ' + "[" * 20 + '"x"' + "]" * 20 + ', "headline": "H"}'
    assert set(read(json_page(script)).metadata) == {"@type", "headline"}


@pytest.mark.parametrize("script", ["{", "[" * 100_000, '"' + "x" * 1_000_001 + '"'])
def test_json_that_cannot_be_read_is_a_fault(script: str) -> None:
    (fault,) = read(json_page(script)).faults
    assert fault.kind == "json-ld"


# Odd and hostile text.

_PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<div>", "</div>", "<li>", "<ul>", "</ul>", "<td>", "<table>", "</table>", "<h2>", "</h2>"),
        *("<a href='x&amp;y'>", "</a>", "<img alt='é \r\n😀 &lt;' src=a>", "<br>", "<hr>", "<pre>", "</pre>", "<code>"),
        *("</code>", "<b>", "</b>", "<svg>", "</svg>", "<noscript>", "</noscript>", "<script>", "</script>", "</>"),
        *(
            "<!-- c -->",
            "<!--",
            "&amp;",
            "&nbsp;",
            "&#x1F600;",
            "&bogus;",
            "&",
            "<",
            ">",
            '"',
            "“",
            "”",
            "'",
            "e\u0301",
        ),
        *("😀", "\r\n", "\r", "\n", "\t", " ", "  ", "\u00a0", "word", "<p lang=fr>", "<html lang=de>", "<article>"),
        *("</article>", "<time datetime='1\r\n2'>", "<meta name=a content='x &amp;\r\n y'>", "<title>", "</title>"),
        *("<form>", "</form>", "<blockquote>", "</blockquote>", "<figcaption>", "<template>", "</template>", "\x0c"),
        *("<i itemprop=headline>", "</i>", "<img aria-labelledby=a>", "<p id=a>", "<a\thref=\r\nx\n>", SENTENCE * 3),
    ]
)


@settings(deadline=None, max_examples=300)
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_every_run_of_odd_markup_is_in_its_place(text: str) -> None:
    assert_every_run_is_in_its_place(read(text))


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_every_run_of_any_text_is_in_its_place(text: str) -> None:
    assert_every_run_is_in_its_place(read(text))


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), max_size=30))
def test_any_attribute_value_comes_back(value: str) -> None:
    (image,) = read(f'<img src=a alt="{escape(value)}">').images
    assert image.alt is not None
    assert image.alt.plain == value


@settings(deadline=None)
@given(st.text(st.sampled_from("ab=\"'/ >\t\n&é-"), max_size=30))
def test_attributes_are_those_the_tokenizer_sees(text: str) -> None:
    import turbohtml

    for token in turbohtml.tokenize(f"<p {text}>", capture_source=True, resolve_references=False):
        if token.type is turbohtml.TokenType.START_TAG:
            markup = token.source or ""
            places = tags.attributes(markup, 0, len(markup))
            found = {name: markup[place.start : place.end] for name, place in places.items()}
            seen: dict[str, str] = {}
            for name, value in token.attrs or ():
                seen.setdefault(name, value or "")
            assert found == seen


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 10_000 + "deep" + "</div>" * 10_000,
        "<html>" + "<div>" * 10_000 + "deep",
        "<ul><li>x" * 5_000,
        "<blockquote>x" * 5_000,
        "<" * 1_000_000,
        "<!--" * 100_000,
        "<a " + "b=c " * 50_000 + ">",
        "<a " + " " * 1_000_000 + ">",
        "a</>" * 50_000,
        "<p><table>" + "<div>" * 20_000 + "</p>" * 20_000,
        "<a href=x>" * 10_000,
        "<html>" + "<a><b><div>" * 5_000,
        "&" * 500_000,
    ],
    ids=lambda text: text[:20],
)
def test_hostile_markup_is_read(text: str) -> None:
    assert_every_run_is_in_its_place(read(text))


def test_nesting_without_end_keeps_its_outermost_containers() -> None:
    assert max(len(block.ancestors) for block in read("<blockquote>x" * 100).blocks) == 32


def test_page_of_nothing_but_blocks_is_read_as_a_whole() -> None:
    assert len(read("<html><body>" + "<p>" * 99_000 + "x").blocks) == 1


def test_file_with_more_tags_than_any_article_is_refused() -> None:
    with pytest.raises(UnreadableError, match="101,000 HTML tags"):
        read("<b>" * 101_000)


@pytest.mark.parametrize(
    ("tag", "part"),
    [
        ('<div class="Related-Posts">', "related"),
        ('<section id=comments lang="en">', "comments"),
        ('<div class="jp-relatedposts">', "related"),
        ('<div class="entry__footer wide">', "footer"),
        ('<div class="js-newsletter">', "newsletter"),
        ('<div class="has-comments">', ""),
        ('<div class="commentary">', ""),
        ('<div data-related="1">', ""),
        ('<p class="related">', ""),
    ],
)
def test_an_element_named_as_a_part_of_the_page_is_a_container(tag, part):
    end = tag[1:].partition(" ")[0]
    found = read(f"{tag}One.</{end}><p>Two.</p>")
    assert [block.ancestors for block in found.blocks] == [(part,) if part else (), ()]
