"""Word documents: what a reader sees of them is read, at its paragraph, whoever wrote the file."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest

from lintnews.document import OBJECT
from lintnews.engine import Checker
from lintnews.errors import UnreadableError
from lintnews.loader import load_rules
from lintnews.readers import docx, read
from lintnews.source import Source, Span, decode

PATH = Path("article.docx")
SECONDS = 30
"""The budget is 5 seconds of CPU on a quiet machine; CI's may be slow and busy."""
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TRANSITIONAL = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": OFFICE,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
STRICT = {
    **TRANSITIONAL,
    "w": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "r": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "wp": "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
    "a": "http://purl.oclc.org/ooxml/drawingml/main",
    "pic": "http://purl.oclc.org/ooxml/drawingml/picture",
    "m": "http://purl.oclc.org/ooxml/officeDocument/math",
}
# As Word writes them in German: the ids are translated, the names are not.
STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="de-DE" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
</w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Standard"/>
<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/>
<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Zwischentitel"><w:name w:val="Zwischentitel"/>
<w:basedOn w:val="berschrift2"/></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Ressort"><w:name w:val="Ressort"/>
<w:pPr><w:outlineLvl w:val="3"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="IntensivesZitat"><w:name w:val="Intense Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="Beschriftung"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Aufzhlungszeichen"><w:name w:val="List Bullet"/>
<w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Geheim"><w:name w:val="Geheim"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Fett"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Notiz"><w:name w:val="Notiz"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Schleife"><w:name w:val="Schleife"/><w:basedOn w:val="Schleife"/></w:style>
"""


def relationships(*rows: tuple[str, str, str], base: str = OFFICE) -> str:
    """Return a part of relationships: id, kind, and a target that is outside where it names a scheme."""
    lines = [
        f'<Relationship Id="{number}" Type="{base}/{kind}" Target={quoteattr(target)} '
        f'TargetMode="{"External" if ":" in target else "Internal"}"/>'
        for number, kind, target in rows
    ]
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def part(root: str, content: str, names: dict[str, str] = TRANSITIONAL) -> str:
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in names.items())
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{root} {spaces}>{content}</w:{root}>'


def packed(parts: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def parts(body: str, *links: tuple[str, str, str], styles: str = STYLES, names=TRANSITIONAL, **more: str) -> dict:
    """Return the parts of a document with this body; `footnotes` and `endnotes` are the content of theirs."""
    base = names["r"]
    kinds = [kind for kind in ("styles", "footnotes", "endnotes") if kind == "styles" or kind in more]
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": relationships(("rId1", "officeDocument", "word/document.xml"), base=base),
        "word/document.xml": part("document", f"<w:body>{body}<w:sectPr/></w:body>", names),
        "word/_rels/document.xml.rels": relationships(
            *((f"x{kind}", kind, f"{kind}.xml") for kind in kinds), *links, base=base
        ),
        "word/styles.xml": part("styles", styles, names),
        **{f"word/{kind}.xml": part(kind, content, names) for kind, content in more.items()},
    }


def source(body: str, *links: tuple[str, str, str], **more: str) -> Source:
    return decode(PATH, packed(parts(body, *links, **more)))


def document(body: str, *links: tuple[str, str, str], **more: str):
    return read(source(body, *links, **more))


def p(text: str = "", style: str = "", properties: str = "") -> str:
    """Return a paragraph of one run, or of the runs given."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    before = f"<w:pPr>{styled}{properties}</w:pPr>" if styled or properties else ""
    return f"<w:p>{before}{text if text.startswith('<') else r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    before = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{before}<w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""


def blocks(body: str, *links: tuple[str, str, str], **more: str) -> list[tuple]:
    return [(each.type, each.text.plain) for each in document(body, *links, **more).blocks]


# Paragraphs


def test_each_paragraph_is_a_line_and_its_text_stands_there():
    found = document(p("One.") + p() + p(r("Tw") + r("o “é” 😀", "<w:b/>")) + p("Three."))
    assert found.source.text == "One.\n\nTwo “é” 😀\nThree."
    assert [found.source.position(block.span.start).line for block in found.blocks] == [1, 3, 4]
    assert [found.source[block.span] for block in found.blocks] == ["One.", "Two “é” 😀", "Three."]
    assert found.format == "docx"
    at = found.source.text.index("😀")
    assert found.source[found.blocks[1].text.span(8, 9)] == found.source.text[at] == "😀"


def test_headings_are_known_by_the_style_s_english_name_or_its_outline_level():
    body = "".join(
        p(f"{style}.", style)
        for style in (
            "Titel",
            "berschrift1",
            "berschrift2",
            "Zwischentitel",
            "Ressort",
            "Standard",
            "Schleife",
            "Unknown",
        )
    )
    found = document(body + p("Direct.", properties='<w:outlineLvl w:val="2"/>'))
    kinds = [(block.type, block.depth) for block in found.blocks]
    heading = "heading"
    assert kinds == [
        (heading, 1),
        (heading, 1),
        (heading, 2),
        (heading, 2),
        (heading, 4),
        *[("paragraph", 0)] * 3,
        (heading, 3),
    ]


def test_without_styles_the_usual_ids_are_known():
    given = parts(p("A", "Heading2") + p("B", "Title") + p("C", "Quote") + p("D", "TOC1") + p("E", "Caption"))
    del given["word/styles.xml"]
    found = read(decode(PATH, packed(given))).blocks
    assert [(block.type, block.depth, block.ancestors) for block in found] == [
        ("heading", 2, ()),
        ("heading", 1, ()),
        ("paragraph", 0, ("blockquote",)),
        ("paragraph", 0, ("nav",)),
        ("caption", 0, ()),
    ]


def test_quotations_captions_and_contents_stand_apart():
    found = document(
        p("A.", "Zitat") + p("B.", "IntensivesZitat") + p("C.", "Beschriftung") + p("D 1", "Verzeichnis1")
    ).blocks
    assert [(block.type, block.ancestors) for block in found] == [
        ("paragraph", ("blockquote",)),
        ("paragraph", ("blockquote",)),
        ("caption", ()),
        ("paragraph", ("nav",)),
    ]
    assert found[0].sentences[0].quoted


def item(text: str, level: int, number: int = 1) -> str:
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(text, properties=numbering)


def test_list_items_are_known_by_their_numbering():
    body = (
        item("A", 0) + item("B", 1) + item("C", 0) + item("D", 2) + p("E", "Aufzhlungszeichen") + item("F", 0, number=0)
    )
    pair = ("list", "listItem")
    found = [(block.type, block.ancestors) for block in document(body).blocks]
    assert found == [
        ("listItem", pair),
        ("listItem", pair * 2),
        ("listItem", pair),
        ("listItem", pair * 3),
        ("listItem", pair),
        ("paragraph", ()),
    ]


def test_tables_give_their_cells_in_order():
    cell = "<w:tc><w:tcPr><w:tcW w:w='1'/></w:tcPr>{}</w:tc>"
    rows = f"<w:tr>{cell.format(p('A'))}{cell.format(p('B') + p('C', 'berschrift2'))}</w:tr>"
    inner = f"<w:tbl><w:tr>{cell.format(p('D'))}</w:tr></w:tbl>"
    found = document(f"{p('X')}<w:tbl><w:tblPr/>{rows}<w:tr>{cell.format(inner + p())}</w:tr></w:tbl>{p('Y')}")
    assert found.source.text == "X\nA\nB\nC\nD\n\nY"
    one, two = ("table", "tableCell"), ("table", "tableCell", "table", "tableCell")
    assert [(block.type, block.ancestors) for block in found.blocks] == [
        ("paragraph", ()),
        ("tableCell", one),
        ("tableCell", one),
        ("heading", one),
        ("tableCell", two),
        ("paragraph", ()),
    ]


def test_notes_come_after_the_body_in_the_order_they_are_referred_to():
    def note(number: int, text: str, kind: str = "footnote", extra: str = "") -> str:
        return f'<w:{kind} w:id="{number}"{extra}>{p(f"<w:r><w:{kind}Ref/></w:r>{r(text)}")}</w:{kind}>'

    def reference(number: int, kind: str = "footnote") -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    deleted = f"<w:del>{reference(4)}</w:del>"
    body = p(r("Body") + reference(3) + r(" on.") + reference(1, "endnote") + reference(2) + deleted)
    footnotes = note(-1, "", extra=' w:type="separator"') + note(2, " Two.") + note(3, " Three.") + note(4, " Gone.")
    found = document(body, footnotes=footnotes, endnotes=note(1, " End.", "endnote"))
    assert found.source.text == "Body on.\n Three.\n Two.\n End."
    assert [block.ancestors for block in found.blocks] == [(), *[("footnoteDefinition",)] * 3]


# Text


def test_breaks_tabs_and_hyphens_are_characters():
    marks = ("tab", "noBreakHyphen", "softHyphen", "br")
    pairs = zip(marks, "bcde", strict=True)
    run = f"<w:r><w:t>A</w:t>{''.join(f'<w:{mark}/><w:t>{text}</w:t>' for mark, text in pairs)}</w:r>"
    found = document(p(run, properties='<w:tabs><w:tab w:val="left" w:pos="2"/></w:tabs>'))
    assert found.source.text == "A\tb\u2011c\u00add\u2028e"
    assert found.blocks[0].text.plain == "A\tb\u2011c\u00add\ne"
    assert found.source.position(len(found.source.text) - 1).line == 1


def test_two_breaks_in_a_row_part_two_blocks():
    assert blocks(p("<w:r><w:t>A.</w:t><w:br/><w:br/><w:t>B.</w:t></w:r>")) == [
        ("paragraph", "A."),
        ("paragraph", "B."),
    ]


def test_white_space_counts_where_it_is_to_be_preserved():
    body = p("<w:r><w:t> One </w:t></w:r>" + r(" two\nthree ") + "<w:r><w:t>four</w:t></w:r>")
    assert source(body).text == "One two three four"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (r("Shown.") + r("Hidden.", "<w:vanish/>"), "Shown."),
        (r("Shown.") + r(" Shown, too.", '<w:vanish w:val="0"/>'), "Shown. Shown, too."),
        (r("Shown.") + r("Hidden.", '<w:rStyle w:val="Notiz"/>'), "Shown."),
        (r("Shown.", "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>"), "Shown."),
        (f"<w:ins w:id='1'>{r('Kept.')}</w:ins>", "Kept."),
        (f"<w:moveTo>{r('Kept.')}</w:moveTo><w:moveFrom>{r('Gone.')}</w:moveFrom>", "Kept."),
        (f"<w:ins><w:del>{r('Gone.')}</w:del></w:ins>{r('Kept.')}", "Kept."),
        ("<w:del><w:r><w:delText>Gone.</w:delText></w:r></w:del>" + r("Kept."), "Kept."),
        (f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{r('Control.')}</w:sdtContent></w:sdt>", "Control."),
        (f"<w:smartTag w:element='City'>{r('Berlin')}</w:smartTag>", "Berlin"),
        ("<w:commentRangeStart w:id='0'/>" + r("Said.") + "<w:r><w:commentReference w:id='0'/></w:r>", "Said."),
        (f"<w:r><w:ruby><w:rt>{r('とう')}</w:rt><w:rubyBase>{r('東')}</w:rubyBase></w:ruby></w:r>", "東"),
        (f"{r('It is ')}<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>{r('.')}", "It is ▣."),
        (f"{r('A ')}<w:r><w:sym w:font='Wingdings' w:char='F04A'/></w:r>", "A ▣"),
    ],
)  # fmt: skip
def test_the_text_is_what_would_be_printed(runs, text):
    assert source(p(runs)).text == text


def test_a_paragraph_in_a_hidden_style_is_hidden():
    assert source(p("A", "Geheim") + p("B")).text == "\nB"


def test_what_a_tracked_change_has_replaced_is_not_read():
    numbered = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    old = f'<w:pPrChange><w:pPr><w:pStyle w:val="berschrift1"/>{numbered}</w:pPr></w:pPrChange>'
    assert blocks(p("Now text.", properties=old)) == [("paragraph", "Now text.")]


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    deleted = "<w:rPr><w:del w:id='1'/></w:rPr>"
    gone = p("<w:del><w:r><w:delText>Gone.</w:delText></w:r></w:del>", properties=deleted)
    body = p("One ", properties=deleted) + p("two.", "berschrift2") + gone + p("Three.") + p("Last", properties=deleted)
    assert blocks(body) == [("heading", "One two."), ("paragraph", "Three."), ("paragraph", "Last")]


def test_a_deleted_row_is_gone():
    def row(text: str, properties: str = "") -> str:
        return f"<w:tr>{properties}<w:tc>{p(text)}</w:tc></w:tr>"

    gone = row("B", "<w:trPr><w:del w:id='1'/></w:trPr>")
    assert source(f"<w:tbl>{row('A')}{gone}{row('C')}</w:tbl>{p('D')}").text == "A\nC\nD"


def test_a_large_first_letter_belongs_to_its_word():
    frame = '<w:framePr w:dropCap="drop" w:lines="3"/>'
    assert blocks(p("T", properties=frame) + p("he council met.")) == [("paragraph", "The council met.")]


def test_bold_paragraphs_are_known():
    bold = "<w:b/><w:bCs/>"
    body = p(r("All ", bold) + r("bold", bold)) + p(r("Some", bold) + r(" bold")) + p(r("Not", '<w:b w:val="0"/>'))
    assert [block.strong for block in document(body + p(r("Styled", '<w:rStyle w:val="Fett"/>'))).blocks] == [
        True, False, False, True,
    ]  # fmt: skip


# Fields and links

LINK = ("rId5", "hyperlink", "https://example.org/a")


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(code: str, result: str) -> str:
    code = f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
    return f"{mark('begin')}{code}{mark('separate')}{result}{mark('end')}"


REPORT = r("the ") + r("report")
SIMPLE_FIELD = f'<w:fldSimple w:instr=" HYPERLINK &quot;https://example.org/c&quot; ">{REPORT}</w:fldSimple>'


def anchor(attributes: str) -> str:
    return f"<w:hyperlink {attributes}>{REPORT}</w:hyperlink>"


def links(body: str, *given: tuple[str, str, str]) -> list[tuple]:
    found = document(body, *given)
    return [
        (link.url.plain, link.text.plain, found.source[link.span], link.title and link.title.plain)
        for link in found.links
    ]


def test_a_field_s_result_is_read_and_its_code_is_not():
    assert source(p(r("Page ") + field(" PAGE ", r("3")) + r("."))).text == "Page 3."
    nested = field(f" IF {field(' DATE ', r('x'))} = 1 ", r("Yes."))
    assert (
        source(p(nested + f"{mark('begin')}<w:r><w:instrText>XE</w:instrText></w:r>{mark('end')}" + r(" On."))).text
        == "Yes. On."
    )


def test_a_field_whose_end_is_deleted_does_not_swallow_the_article():
    broken = f"{mark('begin')}<w:r><w:instrText>PAGE</w:instrText></w:r><w:del>{mark('end')}</w:del>"
    assert source(p(broken + r("?")) + p("The article.")).text == "\nThe article."


@pytest.mark.parametrize(
    ("runs", "url", "title"),
    [
        (anchor('r:id="rId5" w:history="1"'), "https://example.org/a", None),
        (anchor('r:id="rId5" w:anchor="b" w:tooltip="Tip"'), "https://example.org/a#b", "Tip"),
        (field(' HYPERLINK "https://example.org/b" \\o "Tip" ', REPORT), "https://example.org/b", "Tip"),
        (field(' HYPERLINK "https://example.org/b" \\l "c" \\t "_top"', REPORT), "https://example.org/b#c", None),
        (SIMPLE_FIELD, "https://example.org/c", None),
    ],
)  # fmt: skip
def test_links_have_address_words_and_place(runs, url, title):
    assert links(p(r("Read ") + runs + r(" now.")), LINK) == [(url, "the report", "the report", title)]


def test_a_link_cut_in_two_is_one_and_an_empty_one_is_none():
    one = '<w:hyperlink r:id="rId5">{}</w:hyperlink>'
    assert links(p(one.format(r("the ")) + one.format(r("report"))), LINK) == [
        ("https://example.org/a", "the report", "the report", None)
    ]
    assert links(p(r("No ") + one.format("") + r("link.")), LINK) == []


def test_links_inside_the_document_lead_nowhere_else():
    internal = f'<w:hyperlink w:anchor="_Toc1">{r("Part one")}</w:hyperlink>'
    internal += field(' HYPERLINK \\l "a" ', r("two"))
    found = document(p(internal + f'<w:hyperlink r:id="none">{r("x")}</w:hyperlink>'))
    assert (found.links, found.source.text) == ((), "Part onetwox")


# Images


FILL = '<pic:blipFill><a:blip r:embed="rId8"/></pic:blipFill>'
PICTURE = f'<pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="p.jpg" descr="inner"/></pic:nvPicPr>{FILL}</pic:pic>'


def drawing(properties: str = "", inside: str = "", content: str = PICTURE) -> str:
    frame = f'<wp:docPr id="1" name="Picture 1"{properties}>{inside}</wp:docPr>'
    graphic = f"<a:graphic><a:graphicData>{content}</a:graphicData></a:graphic>"
    return f"<w:r><w:drawing><wp:inline>{frame}{graphic}</wp:inline></w:drawing></w:r>"


def extension(value: str) -> str:
    uri = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
    return f'<a:extLst><a:ext uri="{uri}"><adec:decorative val="{value}"/></a:ext></a:extLst>'


def vml(shape: str, inside: str, element: str = "pict") -> str:
    drawn = f'<v:shapetype id="t"/><v:shape id="s" type="#t"{shape}>{inside}</v:shape>'
    return f"<w:r><w:{element}>{drawn}</w:{element}></w:r>"


def either(choice: str, fallback: str) -> str:
    choice = f'<mc:Choice Requires="wps">{choice}</mc:Choice>'
    return f"<mc:AlternateContent>{choice}<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"


VML_IMAGE = '<v:imagedata r:id="rId8" o:title="scan0001"/>'


@pytest.mark.parametrize(
    ("runs", "alt"),
    [
        (drawing(' descr="The council at work"'), "The council at work"),
        (drawing(), None),
        (drawing(' descr=""'), None),
        (drawing(' title="The council"'), "The council"),
        (drawing("", extension("1")), ""),
        (drawing(' descr="Kept from before"', extension("1")), ""),
        (drawing(' descr="A vote"', extension("0")), "A vote"),
        (drawing(' descr="Votes by party"', content='<c:chart r:id="rId9"/>'), "Votes by party"),
        (drawing(content='<c:chart r:id="rId9"/>'), None),
        (drawing(' descr="A flow"', content="<wps:wsp><wps:spPr/></wps:wsp>"), "A flow"),
        (drawing(' descr="Both"', content=f"<wpg:wgp>{PICTURE}</wpg:wgp>"), "Both"),
        (vml(' alt="A scan"', VML_IMAGE), "A scan"),
        (vml("", VML_IMAGE), None),
        (vml("", VML_IMAGE, "object"), None),
        (either(drawing(' descr="New"'), vml("", VML_IMAGE)), "New"),
    ],
)  # fmt: skip
def test_an_image_has_the_name_its_frame_gives_it(runs, alt):
    found = document(p(r("Before ") + runs), ("rId8", "image", "media/image1.png"))
    (image,) = found.images
    assert (image.alt if image.alt is None else image.alt.plain) == alt
    assert found.source[image.span] == "▣"
    assert found.blocks[0].text.plain == f"Before {OBJECT}"
    assert image.url.plain in {"word/media/image1.png", ""}
    if image.alt:
        assert image.alt.span(0, 3) == image.span


@pytest.mark.parametrize(
    "runs",
    [
        drawing(' hidden="1"'),
        drawing(content="<wps:wsp><wps:cNvCnPr/></wps:wsp>"),
        '<w:r><w:pict><v:rect style="width:0;height:1.5pt" o:hr="t"/></w:pict></w:r>',
        f"<w:del>{drawing()}</w:del>",
        "<w:r><w:rPr><w:vanish/></w:rPr>" + drawing().removeprefix("<w:r>"),
    ],
)
def test_rules_lines_and_hidden_drawings_are_no_images(runs):
    assert document(p(r("Text.") + runs)).images == ()


def test_an_image_of_its_own_is_no_block():
    found = document(p("A.") + p(drawing(' descr="x"')) + p("B."))
    assert [block.text.plain for block in found.blocks] == ["A.", "B."]
    assert (found.images[0].block, found.source.position(found.images[0].span.start).line) == (1, 2)


def test_an_image_may_be_a_link():
    found = document(p(drawing(' descr="Home"', '<a:hlinkClick r:id="rId5" tooltip="Go"/>')), LINK)
    assert (found.links[0].url.plain, found.links[0].images, found.images[0].link) == ("https://example.org/a", (0,), 0)


def test_a_text_box_is_read_once_after_its_paragraph():
    box = f"<w:txbxContent>{p('In a box.')}{p('Two lines.')}</w:txbxContent>"
    choice = drawing(' descr="Text Box 2"', content=f"<wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp>")
    fallback = vml("", f"<v:textbox>{box}</v:textbox>")
    found = document(p(r("Around ") + f"<w:r>{either(choice, fallback)}</w:r>" + r("it.")) + p("After."))
    assert found.source.text == "Around it.\nIn a box.\nTwo lines.\nAfter."
    assert [block.ancestors for block in found.blocks] == [(), ("aside",), ("aside",), ()]
    assert found.images == ()
    assert source(p(r("Old.") + fallback)).text == "Old.\nIn a box.\nTwo lines."


# Metadata and language

CORE = f"""<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<dc:title>The council &amp; the flood</dc:title><dc:creator>Ida Roe</dc:creator>
<cp:lastModifiedBy>Bob</cp:lastModifiedBy>
<dc:description>made by a program</dc:description><cp:keywords></cp:keywords>
<dcterms:created xsi:type="dcterms:W3CDTF">2026-05-03T08:00:00Z</dcterms:created></cp:coreProperties>"""


def test_the_core_properties_are_metadata():
    given = parts(p("Flood", "Titel") + p("Text."))
    given["docProps/core.xml"] = CORE
    base = f"{PACKAGE}/relationships/metadata"
    given["_rels/.rels"] = given["_rels/.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="rId2" Type="{base}/core-properties" Target="docProps/core.xml"/></Relationships>',
    )
    found = read(decode(PATH, packed(given)))
    assert {key: value.plain for key, value in found.metadata.items()} == {
        "title": "The council & the flood",
        "creator": "Ida Roe",
        "dcterms:created": "2026-05-03T08:00:00Z",
    }
    assert (found.article.headline.plain, found.article.byline.plain) == ("Flood", "Ida Roe")


def spoken(text: str, language: str) -> str:
    return r(text, f'<w:lang w:val="{language}"/>')


def test_the_language_is_that_of_most_of_the_text():
    found = document(p(spoken("The council met on Tuesday.", "en-GB")) + p(spoken("Na so.", "de-DE")) + p("Hm."))
    assert (found.language, found.language_declared) == ("en", True)
    assert [block.language for block in found.blocks] == ["en", "de", "en"]


def test_the_language_of_the_styles_is_only_expected():
    found = document(p("The council met."))
    assert (found.language, found.language_declared) == ("de", False)
    english = (
        "The council met on Tuesday and voted for the new budget, which will pay for the schools that were closed. " * 3
    )
    german = Checker((), language="en")
    assert german.check(source(p(english))).failures == ()
    from lintnews.languages import guessed

    assert guessed(document(p(english))).language == "en"
    assert read(source(p("Hm."), styles=""), "fr").language == "fr"


# What other programs write


def test_strict_documents_are_read():
    body = p("Head", "berschrift1") + p(
        r("A ") + f'<w:hyperlink r:id="rId5">{r("link")}</w:hyperlink>' + drawing(' descr="x"')
    )
    found = read(decode(PATH, packed(parts(body, LINK, names=STRICT))))
    assert [block.type for block in found.blocks] == ["heading", "paragraph"]
    assert (found.links[0].url.plain, found.images[0].alt.plain) == ("https://example.org/a", "x")


def test_google_docs():
    # Empty paragraphs between all, an empty `descr`, and the language of the writer's menus.
    styles = """<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:styleId="Normal" w:default="1"><w:name w:val="normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/></w:style>"""
    run = '<w:r w:rsidR="00"><w:rPr><w:rtl w:val="0"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    empty = '<w:p><w:pPr><w:rPr/></w:pPr><w:r w:rsidDel="0"><w:rPr><w:rtl w:val="0"/></w:rPr></w:r></w:p>'
    body = (
        p(run.format("Head"), "Heading1")
        + empty
        + item("One", 0)
        + p(drawing(' descr="" title=""'))
        + p(run.format("End."))
    )
    found = document(body, styles=styles)
    assert [(block.type, block.text.plain) for block in found.blocks] == [
        ("heading", "Head"),
        ("listItem", "One"),
        ("paragraph", "End."),
    ]
    assert found.images[0].alt is None
    assert found.language == "en"


def test_libreoffice():
    styles = """<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="fr-FR" w:eastAsia="zh-CN" w:bidi="hi-IN"/></w:rPr>
</w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading"><w:name w:val="Heading"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Heading"/></w:style>
<w:style w:type="paragraph" w:styleId="Quotations"><w:name w:val="Quotations"/></w:style>
<w:style w:type="paragraph" w:styleId="TextBody"><w:name w:val="Body Text"/></w:style>"""
    none = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    body = p("Titre", "Heading2", none) + p("Texte.", "TextBody") + p("Dit-il.", "Quotations") + p("Hm", "Heading")
    found = document(body, styles=styles)
    assert [(block.type, block.depth) for block in found.blocks] == [("heading", 2), *[("paragraph", 0)] * 3]
    assert (found.blocks[2].ancestors, found.language) == (("blockquote",), "fr")


def test_pages():
    # Apple's Pages names its styles as its user does, and gives headings an outline level.
    outline = '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
    styles = f'<w:style w:type="paragraph" w:styleId="Heading"><w:name w:val="Heading"/>{outline}</w:style>'
    assert blocks(p("Top", "Heading") + p("Text.", "Body"), styles=styles) == [
        ("heading", "Top"),
        ("paragraph", "Text."),
    ]


def test_word_online_names_its_main_part_as_it_likes():
    given = parts(p("Text."))
    given["word/document2.xml"] = given.pop("word/document.xml")
    given["word/_rels/document2.xml.rels"] = given.pop("word/_rels/document.xml.rels")
    given["_rels/.rels"] = given["_rels/.rels"].replace('"word/document.xml"', '"/word/document2.xml"')
    assert decode(PATH, packed(given)).text == "Text."


# What a run says of it


def report(body: str):
    return Checker(tuple(rule() for rule in load_rules().values())).check(source(body))


def test_findings_stand_in_the_extracted_text_and_have_no_fix():
    broken = "<w:r><w:br/><w:t>on.</w:t></w:r>"
    found = report(p("The the council met.") + p("Leave a Reply") + p(r("Here: ") + drawing() + broken)).findings
    words = {finding.rule: finding for finding in found}
    assert "control-character" not in words
    assert {"doubled-word", "comment-form", "missing-alt-text"} <= words.keys()
    assert words["doubled-word"].suggestions == ("The",)
    assert all(finding.fix is None for finding in found)


def test_a_place_is_a_paragraph(lintnews, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    body = p("A headline") + p() + p("<w:r><w:t>First,</w:t><w:br/><w:t>the the council met.</w:t></w:r>")
    Path("article.docx").write_bytes(packed(parts(body)))
    Path("~$article.docx").write_bytes(b"\x03Ida")
    out = lintnews("check", ".").out
    assert "article.docx:¶3\n" in out
    assert "3 | First, the the council met.\n" in out
    assert lintnews("check", "--output-format", "concise", "article.docx").out.startswith(
        "article.docx:¶3: warning[doubled-word]"
    )


def test_json_gives_offsets_in_the_extracted_text(lintnews):
    import json

    data = packed(parts(p("A headline") + p("The the council met.")))
    result = lintnews("check", "--output-format", "json", "--stdin-filename", "x.docx", "-", stdin=data)
    (finding,) = json.loads(result.out)["files"][0]["findings"]
    assert (finding["start"], finding["end"], finding["line"], finding["text"]) == (11, 18, 2, "The the")
    assert (finding["fix"], finding["suggestions"]) == (None, ["The"])


# Bad input


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        decode(PATH, data)
    return caught.value.reason


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def without(name: str) -> bytes:
    given = parts(p("Text."))
    del given[name]
    return packed(given)


def with_document(text: str | bytes) -> bytes:
    return packed({**parts(""), "word/document.xml": text})


def encrypted() -> bytes:
    data = bytearray(packed(parts(p("Text."))))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(signature)
        while start >= 0:
            data[start + at] |= 1
            start = data.find(signature, start + 4)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is no docx: file is not a zip file"),
        (b"Plain text with a wrong name.", "is no docx: file is not a zip file"),
        (OLE, "is in the format of Word 97–2003 (.doc); save it as .docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "is protected by a password; save it without one"),
        (encrypted(), "is protected by a password; save it without one"),
        (packed({"content.xml": "<x/>"}), "is no docx: it holds no word/document.xml"),
        (without("word/document.xml"), "is no docx: it holds no word/document.xml"),
        (with_document("<w:document"), "is a damaged docx: word/document.xml is no XML: "),
        (with_document("<document>&undefined;</document>"), "is a damaged docx: word/document.xml is no XML: "),
        (
            with_document(b"<?xml version='1.0' encoding='klingon'?><a/>"),
            "is a damaged docx: word/document.xml is no XML: ",
        ),
        (
            with_document("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
            "is no docx: word/document.xml has a document type",
        ),
        (
            with_document("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"),
            "is no docx: word/document.xml has a document type",
        ),
        (with_document("<a>" * 600 + "</a>" * 600), "has 512 deep elements of XML"),
        (with_document(b"<a>" + b"<b/>" * 1_000_001 + b"</a>"), "has more than 1,000,000 elements of XML"),
        (with_document(bytes(33 * 1024 * 1024)), "has more than 33,554,432 bytes of XML"),
        (packed(parts('<w:altChunk r:id="rId5"/>')), "holds text in another format, which Word takes in when it opens"),
        (packed(parts(p("x")))[:-30], "is no docx: file is not a zip file"),
    ],
)
def test_what_is_no_docx_is_refused_in_a_sentence(data, reason):
    assert refusal(data).startswith(reason)


def test_a_damaged_part_is_named():
    data = bytearray(packed(parts(p("Text. " * 500))))
    at = data.find(b"word/document.xml") + 40
    data[at : at + 20] = bytes(20)
    assert refusal(bytes(data)).startswith("is a damaged docx: word/document.xml: ")


@pytest.mark.parametrize(
    "piece",
    [
        r("a ") + r("b ", "<w:b/>"),
        mark("begin"),
        f"</w:p><w:p>{mark('begin') * 2}{mark('separate')}",
        f'<w:hyperlink r:id="rId5">{r("a")}</w:hyperlink>{r(" b ")}',
        drawing(),
        f"</w:p>{p('a', properties='<w:rPr><w:del/></w:rPr>')}<w:p>",
    ],
)
def test_nine_hundred_thousand_elements_end_in_time(piece):
    body = f"<w:p>{piece * (900_000 // piece.count('<'))}</w:p>"
    before = time.process_time()
    try:
        assert read(source(body, LINK)).format == "docx"
    except UnreadableError as error:
        assert error.reason == "has more than 200,000 paragraphs, links and other pieces"  # noqa: PT017
    assert time.process_time() - before < SECONDS


def test_too_many_paragraphs_are_refused():
    body = "<w:p/>" * 200_001
    with pytest.raises(UnreadableError, match="200,000 paragraphs"):
        source(body)


@pytest.mark.parametrize(
    "name", ["_rels/.rels", "word/styles.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"]
)
def test_a_part_that_is_missing_costs_only_what_it_says(name):
    assert decode(PATH, without(name)).text == "Text."


def test_a_relation_cannot_lead_out_of_the_package():
    given = parts(p("Text."))
    given["_rels/.rels"] = given["_rels/.rels"].replace("word/document.xml", "../../../../etc/passwd")
    assert refusal(packed(given)) == "is no docx: it holds no etc/passwd"


def test_stray_elements_break_nothing():
    stray = "<w:t>x</w:t><w:tab/><w:fldChar w:fldCharType='end'/><w:pStyle w:val='y'/><wp:docPr descr='z'/><w:br/>"
    odd = f"<w:hyperlink r:id='rId5'>{p('Inside.')}</w:hyperlink>{drawing()}<mc:Fallback/><w:trPr><w:del/></w:trPr>"
    assert source(stray + odd + p("Text.") + p(f"{stray}{mark('separate')}"), LINK).text.startswith("Inside.\nText.")


def test_a_text_by_that_name_is_no_docx():
    with pytest.raises(UnreadableError, match="is read from its bytes"):
        read(Source(PATH, "text"))


def test_a_docx_that_cannot_be_read_ends_with_status_2(lintnews, tmp_path):
    path = tmp_path / "old.docx"
    path.write_bytes(OLE)
    result = lintnews("check", path)
    assert (result.status, "save it as .docx" in result.err) == (2, True)


def test_spans_are_inside_the_text():
    found = document(p(r("A ") + drawing(' descr="x"') + f'<w:hyperlink r:id="rId5">{r("b")}</w:hyperlink>'), LINK)
    spans = [each.span for each in (*found.blocks, *found.images, *found.links)]
    assert all(Span(0, 0) <= span <= Span(len(found.source.text), len(found.source.text)) for span in spans)
    assert isinstance(found.source, docx.DocxSource)
