"""Plain text comes out as the blocks that its lines show."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lintnews.readers.plain import read
from lintnews.source import Source, Span

GOLDEN = Path(__file__).resolve().parents[2] / "shared" / "golden" / "article.txt"
PROSE = "The bridge over the river stays shut until the end of the year, the mayor said on Monday."


def document(text: str):
    return read(Source(Path("article.txt"), text))


def kinds(text: str) -> list[tuple[str, str]]:
    return [
        (f"{block.type} {block.depth}" if block.depth else block.type, block.text.plain)
        for block in document(text).blocks
    ]


def test_a_short_first_line_is_the_headline():
    assert kinds(f"Bridge stays shut\n\n{PROSE}\n") == [("heading 1", "Bridge stays shut"), ("paragraph", PROSE)]


def test_a_question_may_be_the_headline():
    assert kinds(f"Is the bridge safe?\n\n{PROSE}")[0] == ("heading 1", "Is the bridge safe?")


def test_a_line_with_nothing_after_it_is_no_headline():
    assert kinds("Bridge stays shut\n") == [("paragraph", "Bridge stays shut")]


def test_a_first_sentence_is_no_headline():
    assert kinds(f"The bridge stays shut.\n\n{PROSE}")[0] == ("paragraph", "The bridge stays shut.")


def test_a_byline_is_no_headline_and_no_heading():
    assert kinds(f"By Ann Lee\n\n{PROSE}")[0] == ("paragraph", "By Ann Lee")


def test_a_label_before_prose_is_a_heading():
    assert kinds(f"Bridge stays shut\n\n{PROSE}\n\nWhat it costs\n\n{PROSE}")[2] == ("heading 2", "What it costs")


def test_a_date_before_prose_is_no_heading():
    assert kinds(f"Bridge stays shut\n\nMarch 5, 2020\n\n{PROSE}")[1] == ("paragraph", "March 5, 2020")


def test_labels_one_a_line_are_blocks_of_their_own():
    assert kinds(f"{PROSE}\n\nShare\nTweet\nPrint this page") == [
        ("paragraph", PROSE),
        ("paragraph", "Share"),
        ("paragraph", "Tweet"),
        ("paragraph", "Print this page"),
    ]


def test_hard_wrapped_lines_make_one_paragraph():
    text = (
        "The bridge over the river stays shut until the end\n"
        "of the year, the mayor said on Monday at a meeting\n"
        "that began late. Engineers had found cracks in two\n"
        "of its piers.\n"
    )
    assert kinds(text) == [("paragraph", text.strip())]


def test_a_line_that_ends_early_ends_its_paragraph():
    text = (
        "The bridge over the river stays shut until the end\n"
        "of the year, the mayor said on Monday.\n"
        "Engineers had found cracks in two of its old piers\n"
        "and in the deck."
    )
    assert [plain.count("\n") for _, plain in kinds(text)] == [1, 1]


def test_a_wrapped_paragraph_may_go_on_with_a_capital_where_others_show_the_width():
    text = (
        "The bridge over the river stays shut until the end\n"
        "of the year, the mayor said on Monday at a meeting.\n"
        "\n"
        "The cracks were found in May, and the engineers of\n"
        "Hillfield looked at them."
    )
    assert [plain.count("\n") for _, plain in kinds(text)] == [1, 1]


def test_a_line_that_stops_in_mid_sentence_goes_on_in_the_next():
    assert len(kinds("The bridge over the river stays shut until\nthe end of the year.")) == 1


def test_items_stand_in_a_list_without_their_markers():
    blocks = document("- one\n* two\n• three\n\n12. four").blocks
    assert [(block.type, block.ancestors, block.text.plain) for block in blocks] == [
        ("listItem", ("list", "listItem"), text) for text in ("one", "two", "three", "four")
    ]
    assert blocks[0].span == Span(0, 5)


def test_a_year_does_not_mark_an_item():
    assert kinds("2020. What a year.") == [("paragraph", "2020. What a year.")]


def test_quoted_lines_stand_in_a_block_quotation():
    block = document("> We lost.\n").blocks[0]
    assert (block.type, block.ancestors, block.text.plain) == ("paragraph", ("blockquote",), "We lost.")


@pytest.mark.parametrize(
    "line",
    [
        "(Image: TikTok)",
        "TikTok (Image: TikTok)",
        "Photo: Jane Doe / Agency",
        "Photo by Jane Doe",
        "Bild: dpa",
        "[Foto: Jane Doe]",
    ],
)
def test_a_credit_on_its_own_is_a_caption(line):
    assert kinds(f"{PROSE}\n\n{line}\n\n{PROSE}")[1] == ("caption", line)


def test_a_credit_glued_to_prose_is_no_caption():
    assert kinds(f"TikTok (Image: TikTok){PROSE}")[0][0] == "paragraph"


def test_a_comment_on_its_own_line_is_no_prose():
    text = f"Bridge stays shut\n<!-- lintnews: allow placeholder: agreed -->\n{PROSE}\n"
    found = document(text)
    assert [block.type for block in found.blocks] == ["heading", "paragraph"]
    assert found.comments[0].text == "lintnews: allow placeholder: agreed"
    assert found.source[found.comments[0].span] == "<!-- lintnews: allow placeholder: agreed -->"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_line_end_parts_paragraphs(line_end):
    assert len(kinds(line_end.join([PROSE, "", "\t", PROSE, ""]))) == 2


def test_a_form_feed_on_its_own_line_is_blank():
    assert len(kinds(f"{PROSE}\n\f\n{PROSE}")) == 2


@pytest.mark.parametrize("text", ["", "\n", "\r\n\r\n", " \t\n\f\n", "-", ">", "- \n> \n", "<!---->"])
def test_text_without_words_is_read(text):
    assert all(block.text.plain.strip() for block in document(text).blocks)


def test_a_heap_of_lines_is_one_block():
    assert len(document("a\n" * 20_000).blocks) == 1


@pytest.mark.parametrize("part", ["word ", "a. ", "<!--", "> ", "(", "Image: ", "x (Image: ", "- a\n", "a\n\n"])
def test_hostile_text_costs_linear_time(part):
    def seconds(length: int) -> float:
        text = part * (length // len(part))
        started = time.process_time()
        document(text)
        return time.process_time() - started

    small, large = min(seconds(25_000) for _ in range(3)), seconds(200_000)
    assert large < 8 * 4 * small + 0.05


LINES = st.lists(
    st.text(alphabet=st.sampled_from("aB 1.-*>•<!\t\f\u00a0😀“”:()é"), max_size=60)
    | st.sampled_from(["<!-- a -->", "- item", "> quote", "Photo: A", "By Ann Lee", PROSE]),
)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r", "\n\n"]))
@settings(max_examples=300, deadline=None)
def test_every_run_is_the_source_at_its_span(lines, line_end):
    found = document(line_end.join(lines))
    at = 0
    for block in found.blocks:
        assert block.span.start >= at
        at = block.span.end
        for run in block.text.runs:
            if run.text != "\n":
                assert found.source[run.span] == run.text
        assert block.span.start <= block.text.span().start
        assert block.text.span().end <= block.span.end
        assert [found.source[sentence.span] for sentence in block.sentences if "\n" not in sentence.text] == [
            sentence.text for sentence in block.sentences if "\n" not in sentence.text
        ]


@given(LINES, st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=200, deadline=None)
def test_no_word_is_lost(lines, line_end):
    found = document(line_end.join(lines))
    written = "".join("".join(lines).split())
    kept = "".join("".join(block.text.plain.split()) for block in found.blocks)
    assert sum(map(str.isalpha, kept)) + sum(sum(map(str.isalpha, comment.text)) for comment in found.comments) == sum(
        map(str.isalpha, written)
    )


@pytest.mark.skipif(not GOLDEN.is_file(), reason="the golden article is not beside this checkout (../shared/golden)")
def test_the_golden_article_comes_out_in_its_parts():
    source = Source(GOLDEN, GOLDEN.read_text(encoding="utf-8"))
    found = read(source)
    headings = [(block.depth, block.text.plain) for block in found.blocks if block.type == "heading"]
    assert headings == [
        (1, "Microsoft confirms takeover negotiations with TikTok"),
        (2, "Collaboration platform Slack: work efficiently – no matter where"),
        (2, "Leave a Reply"),
    ]
    assert [block.type for block in found.blocks].count("paragraph") == 11
    assert source.position(found.blocks[1].span.start).line == 3
    assert found.article.standfirst == found.blocks[1].text
    assert (found.article.date, found.article.byline, found.article.dateline) == (None, None, None)
