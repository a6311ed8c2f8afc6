"""Images in every syntax, and the names that readers who do not see them are given."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lintnews.document import OBJECT, Document, Image
from lintnews.engine import Checker
from lintnews.loader import load_rules
from lintnews.readers import html, markdown
from lintnews.rule import Level
from lintnews.source import Source

CASES = Path(__file__).parent.parent.parent / "shared" / "corpora" / "alt_cases.jsonl"
REASONS = Path(__file__).parent.parent / "docs" / "alt-text.md"


def read(text: str, suffix: str = ".html") -> Document:
    return (html if suffix == ".html" else markdown).read(Source(Path(f"article{suffix}"), text))


def only(text: str, suffix: str = ".html") -> Image:
    (image,) = read(text, suffix).images
    return image


def name(image: Image) -> str | None:
    return None if image.name is None else image.name.plain


def names(text: str, suffix: str = ".html") -> list[str | None]:
    return [name(image) for image in read(text, suffix).images]


# The name.


def test_no_name_is_missing_and_an_empty_alt_is_declared():
    assert names("<img src=a><img src=b alt=''>") == [None, ""]


@pytest.mark.parametrize("alt", [" ", "\n", "&nbsp;"])
def test_white_space_is_no_name(alt):
    assert names(f"<img src=a alt='{alt}'>") == [None]


def test_label_outweighs_alt_and_alt_outweighs_title():
    labelled = "<img src=a aria-label=Label alt=Alt title=Title aria-labelledby=x>"
    assert names(f"{labelled}<p id=x>Elsewhere</p>") == ["Elsewhere"]
    assert names(labelled) == ["Label"]
    assert names("<img src=a alt=Alt title=Title><img src=a title=Title>") == ["Alt", "Title"]


def test_empty_alt_outweighs_title_and_not_a_label():
    assert names("<img src=a alt='' title=Title><img src=a alt='' aria-label=Label>") == ["", "Label"]


def test_first_element_with_words_gives_the_label():
    assert names("<img src=a aria-labelledby='none empty full'><p id=empty></p><p id=full>Words</p>") == ["Words"]


def test_element_may_label_two_images():
    assert names("<img src=a aria-labelledby=x><img src=b aria-labelledby=x><p id=x>Words</p>") == ["Words", "Words"]


def test_element_around_an_image_may_label_it():
    assert names("<div id=x>Words <img src=a aria-labelledby=x></div>") == ["Words \ufffc"]


def test_title_of_markdowns_own_image_is_no_name():
    assert names('![](a.png "Title")', ".md") == [None]


@pytest.mark.parametrize("role", ["none", "presentation", "Presentation img"])
def test_decorative_role_takes_the_image_out(role):
    assert names(f"<img src=a alt=Alt role='{role}'>") == [""]


@pytest.mark.parametrize("attribute", ["tabindex=0", "aria-live=polite"])
def test_decorative_role_is_void_where_the_image_is_announced(attribute):
    assert names(f"<img src=a role=none {attribute}>") == [None]


@pytest.mark.parametrize(
    "attribute",
    [
        "hidden",
        "aria-hidden=true",
        "style='display:none'",
        "style='color: red; visibility: hidden'",
        "HIDDEN=until-found",
    ],
)
def test_hidden_image_has_no_need_of_a_name(attribute):
    assert names(f"<img src=a {attribute}>") == [""]
    assert names(f"<div {attribute}><p><img src=a></p></div><img src=b>") == ["", None]
    assert names(f"<span {attribute}><span><img src=a></span><img src=b></span><img src=c>") == ["", "", None]
    assert names(f"<p {attribute}>One<p><img src=b>") == [None]


@pytest.mark.parametrize("attribute", ["aria-hidden=false", "style='display: block'", "class=hidden", "data-hidden"])
def test_other_attribute_hides_nothing(attribute):
    assert names(f"<div {attribute}><img src=a {attribute}></div>") == [None]


def test_hiding_ends_with_the_article():
    assert names("<tr hidden><img src=a>") == [""]


def test_element_in_markdown_hides_markdowns_images():
    assert names("<div hidden>\n\n![](a.png)\n\n</div>\n\n![](b.png)", ".md") == ["", None]
    assert names('<b aria-hidden="true">![](a.png)</b> ![](b.png)', ".md") == ["", None]


# The elements.


def test_area_and_button_need_a_name_of_words():
    assert names("<map><area href=x alt=''><area href=y alt=Hall><area></map>") == [None, "Hall"]
    assert names("<input type=image src=a alt=''><input type=image src=b title=Go><input type=text>") == [None, "Go"]


def test_area_is_known_by_where_it_leads():
    assert only("<area href=hall.html alt=Hall>").url.plain == "hall.html"


@pytest.mark.parametrize("role", ["img", "graphics-document", "graphics-symbol"])
def test_drawing_with_a_role_is_an_image(role):
    assert names(f"<svg role={role}><title>A bridge</title><path/></svg>") == ["A bridge"]
    assert names(f"<svg role={role}><text>A bridge</text></svg>") == [None]


def test_drawing_without_a_role_is_none():
    assert names("<svg><title>A bridge</title></svg><svg/>") == []


def test_shape_with_a_role_is_an_image():
    assert names("<svg><g role=img aria-label=One></g><g role=img><title>Two</title></g><g role=img></g></svg>") == [
        "One",
        "Two",
        None,
    ]


def test_title_in_a_drawing_may_label_it():
    assert names("<svg role=img aria-labelledby=t><title id=t>A bridge</title></svg>") == ["A bridge"]


def test_drawing_without_content_may_be_an_image():
    text = "<p>One <svg role=img aria-label=Star /> two.</p>"
    assert names(text) == ["Star"]
    assert read(text).blocks[0].text.plain == f"One {OBJECT} two."


def test_drawing_stands_in_the_text_once():
    text = "<p>One <svg role=img><title>Star</title></svg> two.</p>"
    assert read(text).blocks[0].text.plain == f"One {OBJECT} two."


def test_canvas_is_an_image_where_it_is_said_to_be():
    assert names("<canvas></canvas><canvas aria-label=Map></canvas><canvas role=img>x</canvas>") == ["Map", None]


def test_object_and_embed_are_images_by_their_type_or_address():
    assert names("<object data=a.png></object><embed src=a type=image/svg+xml>") == [None, None]
    assert names("<object data=a.pdf></object><embed src=a.mp4><object></object>") == []


def test_what_an_object_shows_in_its_place_names_it():
    assert names("<object data=a.svg><img src=a.png alt='A bridge'></object>") == ["A bridge"]
    assert names("<object data=a.svg> A <b>bridge</b></object>") == [" A "]
    assert names("<object data=a.svg title=Bridge></object>") == ["Bridge"]


def test_role_makes_an_image_of_any_element():
    text = "<p>It works <span role='img' aria-label='rocket'>🚀</span>!</p>"
    assert names(text) == ["rocket"]
    assert read(text).blocks[0].text.plain == "It works 🚀!"
    assert names("<div role=img style='background: url(a.png)'></div>") == [None]
    assert names("<div role=button></div><img role=img src=a alt=A>") == ["A"]


def test_drawing_left_open_in_an_ended_block_is_forgotten():
    assert names('One <svg role="img"> two\n\n<img src="b" alt="B">', ".md") == ["B"]


# Markdown and JSX.


def test_alt_without_a_value_declares_nothing_where_it_is_written_by_hand():
    assert names('<img src="a.png" alt>\n\n<img src="a.png" alt="">', ".md") == [None, ""]
    assert names('<img src="a.png" alt>') == [""]


@pytest.mark.parametrize("literal", ['"A bridge"', "{'A bridge'}", '{ "A bridge" }', "{`A bridge`}"])
def test_literal_of_jsx_is_a_name(literal):
    source = f"<Image src={{bridge}} alt={literal} />"
    image = only(source, ".mdx")
    assert name(image) == "A bridge"
    assert image.alt is not None
    assert image.alt.span() == (source.index("A bridge"), source.index("A bridge") + 8)


@pytest.mark.parametrize("expression", ["{alt}", "{`A ${thing}`}", "{a ? 'b' : 'c'}", '"{{ page.title }}"'])
def test_expression_is_a_name_that_nobody_knows(expression):
    for tag in (f"<img src=a alt={expression}/>", f"<img src=a alt={expression} />"):
        (image,) = read(tag, ".mdx").images
        assert image.name is not None
        assert set(image.name.plain) == {OBJECT}


def test_braces_in_quotation_marks_are_text():
    assert names('<img src=a alt="{a set}">') == ["{a set}"]


def test_empty_literal_of_jsx_declares_an_image_decorative():
    assert names('<Image src={a} alt={""} />', ".mdx") == [""]


def test_tags_in_an_alt_text_of_markdown_stay():
    assert names("![The <em>new</em> bridge](a.png)", ".md") == ["The <em>new</em> bridge"]


# Captions.


def test_image_knows_the_caption_of_its_figure():
    document = read("<figure><img src=a><figcaption><p>One.</p><p>Two.</p></figcaption></figure><img src=b>")
    assert [image.caption for image in document.images] == [0, None]
    assert document.blocks[0].text.plain == "One."


def test_figure_in_a_figure_has_its_own_caption_or_the_others():
    inner = "<figure><img src=a><figcaption>Inner</figcaption></figure><figure><img src=b></figure>"
    document = read(f"<figure>{inner}<figcaption>Outer</figcaption></figure>")
    assert [document.blocks[image.caption or 0].text.plain for image in document.images] == ["Inner", "Outer"]


def test_caption_of_a_figure_around_markdown_is_known():
    image = only("<figure>\n\n![A](a.png)\n\n<figcaption>Caption</figcaption>\n</figure>", ".md")
    assert image.caption == 0


# The cases of the ACT rules and of markdownlint.


@pytest.mark.skipif(not CASES.is_file(), reason="the corpora are not here")
def test_alt_text_cases_come_out_as_expected():
    rules = [rule() for rule in load_rules().values() if rule.page.group == "images" and rule.page.on_by_default]
    checker = Checker(tuple(rules))
    unexpected = set()
    for line in CASES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        suffix = ".md" if case["format"] == "markdown" else ".html"
        # The excerpts leave out what their references lead to.
        snippet = case["snippet"] + "\n\n[title]: a.png\n[notitle]: a.png" if suffix == ".md" else case["snippet"]
        found = checker.check(Source(Path(f"article{suffix}"), snippet)).findings
        grave = [finding for finding in found if finding.level is not Level.NOTE]
        if not found if case["expected"] == "fail" else grave:
            unexpected.add(case["id"])
    assert unexpected == {word for word in REASONS.read_text(encoding="utf-8").split("`") if word.startswith("act-")}
