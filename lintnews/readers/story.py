"""Reads the paragraphs of a Word document's parts: the text as it would be printed, all tracked changes accepted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from lintnews.errors import UnreadableError
from lintnews.readers.builder import MOST_PIECES
from lintnews.readers.ooxml import hyperlink, local, named, number, on, table
from lintnews.readers.package import Attributes, Package, Relation
from lintnews.readers.paragraphs import BREAK, SHAPE, Paragraph, Picture, Piece, Target
from lintnews.readers.styles import Look, Styles

_MOST_FIELDS = 64
"""Fields in each other above which their ends are lost."""
_DEEPEST_LEVEL = 8
"""The level of lists, counted from 0, that Word knows none below."""
_STAND_INS = {"\n": " ", "\r": " ", BREAK: " "}
_STRAY = re.compile(f"[{''.join(_STAND_INS)}]")


_SKIPPED = named(
    # What a tracked change has taken away or replaced; comments stand in a part of their own.
    "w:pPrChange w:rPrChange w:tblPrChange w:trPrChange w:tcPrChange w:sectPrChange w:numberingChange"
    # What is no text: settings of content controls, sections and tables, the stops of tabs, ruby readings.
    " w:sdtPr w:sdtEndPr w:sectPr w:tblPr w:tblGrid w:tcPr w:tabs w:rt"
)


@dataclass
class _Open:
    """A paragraph that is being read."""

    paragraph: Paragraph
    after: list[Paragraph] = field(default_factory=list)
    """Those of its text boxes, which follow it."""
    link: Target | None = None
    """The open link; one inside another is none of its own."""
    joins: bool = False
    """Whether the next paragraph goes on in it: its mark is deleted, or it is the large first letter."""
    kind: str = "text"
    buffer: list[str] = field(default_factory=list)


@dataclass
class _Run:
    """The formatting of the text that is being read."""

    hidden: bool = False
    strong: bool = False
    language: str = ""


@dataclass
class _Field:
    """A field that is open."""

    code: list[str] = field(default_factory=list)
    shown: bool = False
    """Whether what follows is its result."""
    linked: bool = False


@dataclass
class _Drawing:
    """A drawing that is open, and what its frame says of it."""

    alt: str = ""
    title: str = ""
    url: str = ""
    image: bool = False
    boxed: bool = False
    """Whether there is text in it."""
    decorative: bool = False
    hidden: bool = False
    linked: bool = False


class Story:
    """The paragraphs of one part, in the order in which a reader meets them."""

    def __init__(self, package: Package, part: str, styles: Styles) -> None:
        self.notes: list[tuple[str, str]] = []
        """The kind (`footnote`, `endnote`) and id of each note that is referred to."""
        self.by_note: dict[str, list[Paragraph]] = {}
        """The paragraphs of each note, in a part of notes."""
        self._package, self._styles = package, styles
        self._relations: Mapping[str, Relation] = package.relations(part)
        self._paragraphs: list[Paragraph] = []
        self._carried: _Open | None = None
        self._open: list[_Open] = []
        self._containers: list[tuple[str, int]] = []
        self._run = _Run()
        self._fields: list[_Field] = []
        self._codes = 0
        """How many of the open fields are still in their code, which is not shown."""
        self._drawings: list[_Drawing] = []
        self._choices: list[bool] = []
        self._hyperlinks: list[bool] = []
        self._rows: list[int] = []
        self._properties = ""
        """The element whose properties are being read: `p` or `tr`."""
        self._frame = False
        """Whether the properties of a drawing's frame are being read."""
        self._text: list[str] | None = None
        self._trimmed = False
        self._depth = self._skipped = self._made = 0
        self.found = package.parse(part, self._start, self._end, self._data)

    @property
    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs that stand in no note."""
        self._flush()
        return self._paragraphs

    # Events.

    def _start(self, name: str, given: Attributes) -> None:
        self._depth += 1
        if self._skipped:
            return
        if name in _SKIPPED:
            self._skipped = self._depth
        elif handler := self._STARTS.get(name):
            handler(self, local(given))

    def _end(self, name: str) -> None:
        if self._skipped:
            if self._skipped == self._depth:
                self._skipped = 0
        elif handler := self._ENDS.get(name):
            handler(self)
        self._depth -= 1

    def _data(self, data: str) -> None:
        if self._text is not None and not self._skipped:
            self._text.append(data)

    def _skip(self, _: Attributes | None = None) -> None:
        self._skipped = self._depth

    # Paragraphs.

    def _start_paragraph(self, _: Attributes) -> None:
        self._count()
        containers = tuple(self._containers)
        carried = self._carried if not self._open else None
        if carried and carried.paragraph.containers == containers:
            self._carried, carried.joins = None, False
            carried.paragraph.look = Look()
            self._open.append(carried)
        else:
            if carried:
                self._flush()
            self._open.append(_Open(Paragraph(containers)))
        self._run = _Run()

    def _end_paragraph(self) -> None:
        if not self._open:
            return
        closed = self._open.pop()
        self._run = _Run()
        self._end_link(closed)
        self._flush_text(closed)
        # A code goes on into no other paragraph; its end may have been in what was deleted.
        self._fields, self._codes = [each for each in self._fields if each.shown], 0
        if self._open:
            self._open[-1].after += [closed.paragraph, *closed.after]
        elif closed.joins:
            self._carried = closed
        else:
            self._paragraphs += [closed.paragraph, *closed.after]

    def _flush(self) -> None:
        carried, self._carried = self._carried, None
        if carried:
            self._paragraphs += [carried.paragraph, *carried.after]

    def _start_paragraph_properties(self, _: Attributes) -> None:
        self._properties = "p"

    def _end_properties(self) -> None:
        self._properties = ""

    def _style(self, given: Attributes) -> None:
        if self._open:
            self._open[-1].paragraph.look = self._styles.look(given.get("val", ""))

    def _outline(self, given: Attributes) -> None:
        level = number(given.get("val"), 9)
        if self._properties == "p" and self._open and level < 9:  # noqa: PLR2004  9 is body text
            look = self._open[-1].paragraph.look
            self._open[-1].paragraph.look = look._replace(kind="heading", depth=level + 1)

    def _level(self, given: Attributes) -> None:
        self._list_item(min(number(given.get("val")), _DEEPEST_LEVEL))

    def _number(self, given: Attributes) -> None:
        level = self._open[-1].paragraph.look.level if self._open else None
        self._list_item(None if given.get("val") == "0" else level or 0)

    def _list_item(self, level: int | None) -> None:
        if self._properties == "p" and self._open:
            paragraph = self._open[-1].paragraph
            paragraph.look = paragraph.look._replace(level=level)

    def _frame_properties(self, given: Attributes) -> None:
        if self._open and given.get("dropCap", "none") != "none":
            self._open[-1].joins = True

    def _deleted(self, _: Attributes) -> None:
        if self._properties == "p" and self._open:
            self._open[-1].joins = True
        elif self._properties == "tr" and self._rows:
            self._skipped = self._rows[-1]
            self._end_row()
        else:
            self._skip()

    # Containers.

    def _enter(self, name: str) -> None:
        if not self._open:
            self._flush()
        self._containers.append((name, self._count()))

    def _leave(self) -> None:
        if not self._open:
            self._flush()
        if self._containers:
            self._containers.pop()

    def _start_table(self, _: Attributes) -> None:
        self._enter("table")

    def _start_row(self, _: Attributes) -> None:
        self._rows.append(self._depth)

    def _end_row(self) -> None:
        self._properties = ""
        if self._rows:
            self._rows.pop()

    def _start_row_properties(self, _: Attributes) -> None:
        self._properties = "tr"

    def _start_cell(self, _: Attributes) -> None:
        self._enter("tableCell")

    def _start_box(self, _: Attributes) -> None:
        if self._drawings:
            self._drawings[-1].boxed = True
        self._enter("aside")

    def _start_note(self, given: Attributes) -> None:
        if given.get("type", "normal") != "normal":
            self._skip()
            return
        self._enter("footnoteDefinition")
        self._paragraphs = self.by_note.setdefault(given.get("id", ""), [])

    def _end_note(self) -> None:
        self._leave()
        self._paragraphs = []

    def _footnote(self, given: Attributes) -> None:
        if self._visible:
            self.notes.append(("footnote", given.get("id", "")))

    def _endnote(self, given: Attributes) -> None:
        if self._visible:
            self.notes.append(("endnote", given.get("id", "")))

    def _import(self, _: Attributes) -> None:
        reason = "holds text in another format, which Word takes in when it opens the file; save it from Word as .docx"
        raise UnreadableError(self._package.path, reason)

    # Text.

    def _start_run(self, _: Attributes) -> None:
        self._run = _Run()

    def _run_style(self, given: Attributes) -> None:
        if not self._properties:
            look = self._styles.look(given.get("val", ""))
            self._run.hidden, self._run.strong = look.hidden, look.strong

    def _vanish(self, given: Attributes) -> None:
        if not self._properties:
            self._run.hidden = on(given.get("val"))

    def _bold(self, given: Attributes) -> None:
        if not self._properties:
            self._run.strong = on(given.get("val"))

    def _language(self, given: Attributes) -> None:
        if not self._properties:
            self._run.language = given.get("val", "")

    @property
    def _visible(self) -> bool:
        if not self._open or self._run.hidden or self._codes:
            return False
        return not self._open[-1].paragraph.look.hidden

    def _start_text(self, given: Attributes) -> None:
        self._text, self._trimmed = [], given.get("space") != "preserve"

    def _end_text(self) -> None:
        text, self._text = "".join(self._text or ()), None
        if self._trimmed:
            text = text.strip(" \t\r\n")
        self._add(_STRAY.sub(lambda match: _STAND_INS[match[0]], text))

    def _start_code(self, _: Attributes) -> None:
        self._text = []

    def _end_code(self) -> None:
        text, self._text = "".join(self._text or ()), None
        if self._fields:
            self._fields[-1].code.append(text)

    def _add(self, text: str) -> None:
        if not text or not self._visible:
            return
        opened = self._open[-1]
        kind = "strong" if self._run.strong else "text"
        if kind != opened.kind:
            self._flush_text(opened)
            opened.kind = kind
        opened.buffer.append(text)
        if self._run.language:
            opened.paragraph.languages[self._run.language] += len(text)

    def _flush_text(self, opened: _Open) -> None:
        if opened.buffer:
            self._count()
            opened.paragraph.pieces.append(Piece(opened.kind, "".join(opened.buffer)))
            opened.buffer = []

    def _put(self, piece: Piece) -> None:
        """Add a piece that is no text to the open paragraph."""
        opened = self._open[-1]
        self._flush_text(opened)
        self._count()
        opened.paragraph.pieces.append(piece)

    def _tab(self, _: Attributes) -> None:
        if not self._properties:
            self._add("\t")

    def _soft_hyphen(self, _: Attributes) -> None:
        self._add("\u00ad")

    def _hard_hyphen(self, _: Attributes) -> None:
        self._add("\u2011")

    def _break(self, _: Attributes) -> None:
        if self._visible:
            self._put(Piece("break", BREAK))

    def _object(self, _: Attributes) -> None:
        if self._visible:
            self._put(Piece("object", SHAPE))

    def _math(self, given: Attributes) -> None:
        self._run = _Run()
        self._object(given)
        self._skip()

    # Fields and links.

    def _field_mark(self, given: Attributes) -> None:
        match given.get("fldCharType"):
            case "begin":
                if len(self._fields) == _MOST_FIELDS:
                    self._fields, self._codes = [], 0
                self._fields.append(_Field())
                self._codes += 1
            case "separate" if self._fields and not self._fields[-1].shown:
                field = self._fields[-1]
                field.shown = True
                self._codes -= 1
                field.linked = self._begin_link(Target(*hyperlink("".join(field.code))))
            case "end" if self._fields:
                field = self._fields.pop()
                self._codes -= not field.shown
                if field.linked and self._open:
                    self._end_link(self._open[-1])

    def _start_simple_field(self, given: Attributes) -> None:
        self._hyperlinks.append(self._begin_link(Target(*hyperlink(given.get("instr", "")))))

    def _start_hyperlink(self, given: Attributes) -> None:
        relation = self._relations.get(given.get("id", ""))
        url = relation.target if relation else ""
        if url and given.get("anchor"):
            url += f"#{given['anchor']}"
        self._hyperlinks.append(self._begin_link(Target(url, given.get("tooltip", ""))))

    def _end_hyperlink(self) -> None:
        if self._hyperlinks and self._hyperlinks.pop() and self._open:
            self._end_link(self._open[-1])

    def _begin_link(self, target: Target) -> bool:
        """Open a link, or go on with the one that has just ended; one inside the document is none that leads away."""
        if not target.url or not self._open or self._codes or self._open[-1].link:
            return False
        opened = self._open[-1]
        self._flush_text(opened)
        opened.link = target
        pieces = opened.paragraph.pieces
        if pieces and pieces[-1] == Piece("link-end", of=target):
            pieces.pop()
        else:
            pieces.append(Piece("link", of=target))
        return True

    def _end_link(self, opened: _Open) -> None:
        """Close the link that is open in a paragraph; one without text shows nothing and is none."""
        target, opened.link = opened.link, None
        if target is None:
            return
        self._flush_text(opened)
        pieces = opened.paragraph.pieces
        if pieces[-1].kind == "link":
            pieces.pop()
            return
        self._count()
        pieces.append(Piece("link-end", of=target))

    # Images.

    def _start_alternatives(self, _: Attributes) -> None:
        self._choices.append(False)

    def _start_alternative(self, _: Attributes) -> None:
        if not self._choices or self._choices[-1]:
            self._skip()
        else:
            self._choices[-1] = True

    def _end_alternatives(self) -> None:
        if self._choices:
            self._choices.pop()

    def _start_drawing(self, _: Attributes) -> None:
        if self._visible:
            self._drawings.append(_Drawing())
        else:
            self._skip()

    def _end_drawing(self) -> None:
        if not self._drawings:
            return
        drawing = self._drawings.pop()
        self._run = _Run()
        shown = drawing.image or (drawing.alt and not drawing.boxed)
        if shown and not drawing.hidden and self._open:
            # What was called the title until 2019 is the name of an image that has no other.
            alt = "" if drawing.decorative else drawing.alt or drawing.title or None
            title = drawing.title if drawing.alt else ""
            self._put(Piece("image", SHAPE, Picture(alt, title, drawing.url)))
        if drawing.linked and self._open:
            self._end_link(self._open[-1])

    def _describe(self, given: Attributes) -> None:
        self._frame = True
        if self._drawings:
            drawing = self._drawings[-1]
            drawing.alt, drawing.title = given.get("descr", "").strip(), given.get("title", "").strip()
            drawing.hidden = drawing.hidden or on(given.get("hidden", "0"))

    def _end_description(self) -> None:
        self._frame = False

    def _decorative(self, given: Attributes) -> None:
        if self._frame and self._drawings:
            self._drawings[-1].decorative = on(given.get("val"))

    def _image_link(self, given: Attributes) -> None:
        relation = self._relations.get(given.get("id", ""))
        if self._frame and self._drawings and relation and not self._drawings[-1].linked:
            self._drawings[-1].linked = self._begin_link(Target(relation.target, given.get("tooltip", "")))

    def _image_data(self, given: Attributes) -> None:
        if self._drawings:
            relation = self._relations.get(given.get("embed") or given.get("link") or given.get("id") or "")
            self._drawings[-1].image = True
            self._drawings[-1].url = self._drawings[-1].url or (relation.target if relation else "")

    def _diagram(self, _: Attributes) -> None:
        if self._drawings:
            self._drawings[-1].image = True

    def _shape(self, given: Attributes) -> None:
        if self._drawings:
            drawing = self._drawings[-1]
            drawing.alt = drawing.alt or given.get("alt", "").strip()
            drawing.title = drawing.title or given.get("title", "").strip()

    def _count(self) -> int:
        self._made += 1
        if self._made > MOST_PIECES:
            reason = f"has more than {MOST_PIECES:,} paragraphs, links and other pieces"
            raise UnreadableError(self._package.path, reason)
        return self._made

    # What is done at each element's start and end.

    _STARTS: ClassVar[Mapping[str, Callable[[Story, Attributes], None]]] = table(
        {
            "w:p": _start_paragraph,
            "w:pPr": _start_paragraph_properties,
            "w:pStyle": _style,
            "w:outlineLvl": _outline,
            "w:ilvl": _level,
            "w:numId": _number,
            "w:framePr": _frame_properties,
            "w:del w:moveFrom": _deleted,
            "w:tbl": _start_table,
            "w:tr": _start_row,
            "w:trPr": _start_row_properties,
            "w:tc": _start_cell,
            "w:txbxContent": _start_box,
            "w:altChunk": _import,
            "w:footnote w:endnote": _start_note,
            "w:footnoteReference": _footnote,
            "w:endnoteReference": _endnote,
            "w:r": _start_run,
            "w:rStyle": _run_style,
            "w:vanish": _vanish,
            "w:b": _bold,
            "w:lang": _language,
            "w:t": _start_text,
            "w:instrText": _start_code,
            "w:tab w:ptab": _tab,
            "w:softHyphen": _soft_hyphen,
            "w:noBreakHyphen": _hard_hyphen,
            "w:br w:cr": _break,
            "w:sym": _object,
            "m:oMath": _math,
            "w:fldChar": _field_mark,
            "w:fldSimple": _start_simple_field,
            "w:hyperlink": _start_hyperlink,
            "mc:AlternateContent": _start_alternatives,
            "mc:Choice mc:Fallback": _start_alternative,
            "w:drawing w:pict w:object": _start_drawing,
            "wp:docPr": _describe,
            "adec:decorative": _decorative,
            "a:hlinkClick": _image_link,
            "a:blip v:imagedata": _image_data,
            "c:chart cx:chart dgm:relIds": _diagram,
            "v:shape v:group v:rect": _shape,
        }
    )
    _ENDS: ClassVar[Mapping[str, Callable[[Story], None]]] = table(
        {
            "w:p": _end_paragraph,
            "w:pPr w:trPr": _end_properties,
            "w:tbl w:tc w:txbxContent": _leave,
            "w:tr": _end_row,
            "w:footnote w:endnote": _end_note,
            "w:t": _end_text,
            "w:instrText": _end_code,
            "w:fldSimple w:hyperlink": _end_hyperlink,
            "mc:AlternateContent": _end_alternatives,
            "w:drawing w:pict w:object": _end_drawing,
            "wp:docPr": _end_description,
        }
    )
