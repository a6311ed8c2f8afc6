"""The parts of an article are found the same way, whatever the format."""

from __future__ import annotations

from pathlib import Path

import pytest

from lintnews.document import Block, Document, Run, Text
from lintnews.readers.plain import read
from lintnews.source import Source, Span

PROSE = "The bridge over the river stays shut until the end of the year, the mayor said on Monday."
BODY = "\n\n".join([PROSE] * 4)


def plain(text: str, name: str = "article.txt"):
    return read(Source(Path(name), text)).article


def marked(format: str = "markdown", blocks=(), language="en", **metadata: str):  # noqa: A002  mdast's word
    """Return the article of a document with that metadata (`__` for a dot) and those (type, depth, text) blocks."""
    made = tuple(
        Block(kind, Span(at * 1000, at * 1000 + len(text)), as_text(text, at * 1000), depth=depth)
        for at, (kind, depth, text) in enumerate(blocks)
    )
    values = {key.replace("__", "."): as_text(value) for key, value in metadata.items()}
    return Document(Source(Path("post.md"), ""), format, metadata=values, blocks=made, language=language).article


def as_text(plain: str, at: int = 0) -> Text:
    return Text((Run(plain, Span(at, at + len(plain))),))


def of(text: Text | None) -> str | None:
    return None if text is None else text.plain


PARAGRAPHS = [("paragraph", 0, f"{PROSE} {number}") for number in range(5)]


def test_an_empty_document_has_no_parts():
    found = plain("")
    assert (found.headline, found.standfirst, found.byline, found.date, found.body) == (None, None, None, None, ())


def test_the_headline_is_the_title_in_the_metadata():
    assert of(marked(title="From the desk", blocks=[("heading", 1, "Another")]).headline) == "From the desk"


def test_the_headline_is_else_the_first_heading_of_the_first_rank():
    assert of(marked(blocks=[("heading", 2, "Kicker"), ("heading", 1, "Bridge shut")]).headline) == "Bridge shut"


def test_the_headline_is_else_a_heading_at_the_very_start():
    assert of(marked(blocks=[("heading", 2, "Bridge shut"), *PARAGRAPHS]).headline) == "Bridge shut"
    assert marked(blocks=[PARAGRAPHS[0], ("heading", 2, "Costs")]).headline is None


def test_in_html_a_heading_comes_before_the_title_of_the_page():
    blocks = [("heading", 1, "Bridge shut"), *PARAGRAPHS]
    assert of(marked("html", blocks, title="Bridge shut | The Daily").headline) == "Bridge shut"
    assert of(marked("html", PARAGRAPHS, title="Bridge shut | The Daily").headline) == "Bridge shut | The Daily"


def test_an_empty_value_counts_as_none():
    assert of(marked(title=" ", blocks=[("heading", 1, "Bridge shut")]).headline) == "Bridge shut"


def test_the_standfirst_is_the_first_paragraph_under_the_headline():
    found = marked(blocks=[("heading", 1, "Bridge shut"), *PARAGRAPHS])
    assert of(found.standfirst) == PARAGRAPHS[0][2]
    assert [block.text.plain for block in found.body] == [text for _, _, text in PARAGRAPHS[1:]]


def test_a_short_piece_has_no_standfirst():
    assert marked(blocks=[("heading", 1, "Bridge shut"), *PARAGRAPHS[:3]]).standfirst is None


def test_a_label_under_the_headline_is_no_standfirst():
    assert (
        marked(blocks=[("heading", 1, "Bridge shut"), ("paragraph", 0, "3 min read"), *PARAGRAPHS]).standfirst is None
    )


def test_a_standfirst_named_in_the_metadata_is_not_body_as_well():
    found = marked(
        description=PARAGRAPHS[0][2], title="Bridge shut", blocks=[("heading", 1, "Bridge shut"), *PARAGRAPHS]
    )
    assert of(found.standfirst) == PARAGRAPHS[0][2]
    assert len(found.body) == 4
    assert len(marked(description="In short.", blocks=PARAGRAPHS).body) == 5


@pytest.mark.parametrize("line", ["By Ann Lee", "BY ANN LEE", "Von Ann Lee und Jo Roe", "Par Ann Lee", "Por Ann Lee"])
def test_a_byline_is_read_from_its_line(line):
    found = plain(f"Bridge shut\n\n{line}\n\n{BODY}")
    assert of(found.byline) == line.split(" ", 1)[1]
    assert line not in [block.text.plain for block in found.body]


@pytest.mark.parametrize("line", ["By Monday, all had left.", "By and large", "Bystanders Watch", "By"])
def test_a_sentence_with_by_is_no_byline(line):
    assert plain(f"Bridge shut\n\n{line}\n\n{BODY}").byline is None


def test_a_byline_is_read_from_the_metadata():
    assert of(marked(author__name="Ann Lee").byline) == "Ann Lee"
    assert of(marked(authors__0="Ann Lee", authors__1="Jo Roe").byline) == "Ann Lee"
    assert marked(**{"article:author": "https://example.org/ann"}).byline is None


@pytest.mark.parametrize(
    "dateline", ["BERLIN (AP)", "LONDON, Sept. 5", "NEW YORK, Aug 2, 2020 (Reuters)", "Berlin (dpa)", "ST. LOUIS"]
)
@pytest.mark.parametrize("dash", [" — ", " – ", " - ", " -- "])
def test_a_dateline_opens_the_body(dateline, dash):
    assert of(plain(f"Bridge shut\n\n{dateline}{dash}{BODY}").dateline) == dateline


@pytest.mark.parametrize("opening", ["", "The mayor — who is new — ", "Berlin – ", "It (the bridge) - "])
def test_no_dateline_is_made_up(opening):
    assert plain(f"Bridge shut\n\n{opening}{BODY}").dateline is None


def test_a_paragraph_with_a_dateline_is_body():
    found = plain(f"Bridge shut\n\nBERLIN (AP) — {BODY}")
    assert (found.standfirst, len(found.body)) == (None, 4)


def test_a_date_is_read_from_the_metadata():
    assert of(marked(date="2020-08-02").date) == "2020-08-02"
    assert of(marked(**{"article:published_time": "2020-08-02T10:00:00Z"}).date) == "2020-08-02T10:00:00Z"


@pytest.mark.parametrize(
    "date",
    [
        "March 5, 2020",
        "Sept. 5th 2020",
        "5 March 2020",
        "5. März 2020",
        "5 de agosto de 2020",
        "2020-03-05",
        "05.03.2020",
    ],
)
@pytest.mark.parametrize("line", ["{}", "Published {} at 10:00"])
def test_a_date_is_read_from_a_line_near_the_top_or_the_bottom(date, line):
    assert of(plain(f"Bridge shut\n\n{line.format(date)}\n\n{BODY}").date) == date
    assert of(plain(f"Bridge shut\n\n{BODY}\n\n{BODY}\n\n{BODY}\n\n{line.format(date)}").date) == date


def test_a_date_in_the_running_text_is_not_the_date_of_the_article():
    assert plain(f"Bridge shut\n\n{PROSE} It was shut on March 5, 2020.\n\n{BODY}").date is None


def test_a_dateline_with_its_year_gives_the_date():
    assert of(plain(f"Bridge shut\n\nLONDON, Aug. 2, 2020 — {BODY}").date) == "Aug. 2, 2020"


def test_a_file_name_gives_the_date_and_stands_at_the_start():
    found = plain("Text.", "2020-08-02-title.md").date
    assert found is not None
    assert (found.plain, found.span()) == ("2020-08-02", Span(0, 0))


def test_section_language_and_market_are_read_from_the_metadata():
    found = marked(category="Tech", lang="de_AT", market="de")
    assert (of(found.section), found.language, found.market) == ("Tech", "de-AT", "de")
    assert (marked(language="fr").language, marked(lang="what?", language="fr").language) == ("fr", "fr")


@pytest.mark.parametrize(
    "metadata",
    [
        {"sponsored": "true"},
        {"paid": "yes"},
        {"sponsor": "Acme"},
        {"@type": "AdvertiserContentArticle"},
        {"@type.1": "AdvertiserContentArticle"},
    ],
)
def test_metadata_declares_an_advertisement(metadata):
    assert marked(**metadata).sponsored


@pytest.mark.parametrize("metadata", [{}, {"sponsored": "no"}, {"sponsor": "false"}, {"@type": "NewsArticle"}])
def test_metadata_without_a_sponsor_declares_none(metadata):
    assert not marked(**metadata).sponsored


def test_a_label_as_the_first_block_declares_an_advertisement():
    assert plain(f"Sponsored content\n\n{BODY}").sponsored
    assert plain(f"ANZEIGE\n\n{BODY}").sponsored


def test_a_label_further_down_declares_none():
    assert not plain(f"Bridge shut\n\nAdvertisement\n\n{BODY}").sponsored
    assert not plain(f"Advertisement fell by half\n\n{BODY}").sponsored


@pytest.mark.parametrize(
    ("blocks", "runs_on"),
    [
        (PARAGRAPHS[:3], True),
        (PARAGRAPHS[:2], False),
        ([("heading", 1, "Title"), *PARAGRAPHS[:3]], True),
        ([("listItem", 0, text) for _, _, text in PARAGRAPHS], False),
    ],
)
def test_three_paragraphs_tell_an_article_from_a_snippet(blocks, runs_on):
    assert marked(blocks=blocks).runs_on == runs_on
