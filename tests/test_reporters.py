"""Reports as people and as programs read them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from conftest import ROOT, report
from jsonschema import Draft202012Validator

from lintnews.engine import Failure, Report
from lintnews.reporters import FORMATS, reporter
from lintnews.rule import Edit, Finding, Fix, Level
from lintnews.source import Span

SCHEMA = json.loads((ROOT / "docs/output.schema.json").read_text(encoding="utf-8"))


def finding(start: int, end: int, level: Level = Level.WARNING, message: str = "It is stiff.", **rest) -> Finding:
    return Finding("stiff-words", "style", level, Span(start, end), message, **rest)


def at(text: str, words: str, **rest) -> Finding:
    """Return a finding at the one place where the words stand."""
    assert text.count(words) == 1
    start = text.index(words)
    return finding(start, start + len(words), **rest)


def change(*edits: tuple[int, int, str], safe: bool = True) -> Fix:
    return Fix(tuple(Edit(Span(start, end), text) for start, end, text in edits), safe)


def written(name: str, *reports: Report, color: bool = False) -> str:
    stream = io.StringIO()
    reporter(name)(reports, stream, color=color)
    return stream.getvalue()


def frame(text: str, found: Finding, name: str = "article.md") -> list[str]:
    """Return the lines of the frame of one finding."""
    return written("text", report((found,), text, name)).partition("\n\n")[0].split("\n")


def marked(text: str, found: Finding) -> str:
    """Return what the carets stand under."""
    lines = frame(text, found)
    carets = lines[4]
    return lines[3][carets.index("^") : carets.rindex("^") + 1]


# Text.


def test_a_frame_shows_level_rule_message_place_words_and_carets():
    text = "One.\n\nThe end thereof is near.\n"
    assert frame(text, at(text, "thereof", suggestions=("of it", "its"))) == [
        "warning[stiff-words]: It is stiff.",
        " --> article.md:3:9",
        "  |",
        "3 | The end thereof is near.",
        "  |         ^^^^^^^",
        "help: write “of it” or “its”",
    ]


def test_the_gutter_is_as_wide_as_the_line_number():
    text = "\n" * 99 + "thereof"
    assert frame(text, at(text, "thereof"))[1:4] == ["   --> article.md:100:1", "    |", "100 | thereof"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_is_shown_without_its_end(end):
    text = f"One{end}two three{end}four"
    assert frame(text, at(text, "two"))[3:] == ["2 | two three", "  | ^^^"]


@pytest.mark.parametrize(
    ("before", "columns"),
    [("e\u0301té ", 4), ("漢字 ", 5), ("Ｆ ", 3), ("😀 ", 3), ("\t", 1), ("a\tb ", 4), ("❤\ufe0f ", 2), ("가 ", 3)],
)
def test_carets_stand_under_the_words_whatever_stands_before(before, columns):
    text = f"{before}thereof"
    assert frame(text, at(text, "thereof"))[4] == f"  | {' ' * columns}^^^^^^^"


def test_wide_characters_get_two_carets_each():
    assert frame("a 漢字 b", finding(2, 4))[4] == "  |   ^^^^"


def test_a_tab_is_shown_as_one_space():
    assert frame("a\tb", finding(2, 3))[3:] == ["1 | a b", "  |   ^"]


def test_a_finding_over_several_lines_shows_the_first_and_says_where_it_ends():
    text = "One two\nthree\nfour five"
    assert frame(text, finding(4, 18))[3:] == ["1 | One two", "  |     ^^^ … and on to line 3"]


def test_a_finding_of_no_character_gets_one_caret():
    assert frame("abc", finding(1, 1))[4] == "  |  ^"
    assert frame("", finding(0, 0))[3:] == ["1 | ", "  | ^"]
    assert frame("abc\n", finding(4, 4))[3:] == ["2 | ", "  | ^"]


def test_a_long_line_is_cut_around_the_words():
    text = "before " * 100 + "thereof" + " after" * 100
    found = at(text, "thereof")
    assert marked(text, found) == "thereof"
    line = frame(text, found)[3]
    assert len(line) <= 124
    assert line.startswith("1 | … before ")
    assert line.endswith(" after …")


@pytest.mark.parametrize("place", ["start", "middle", "end"])
def test_a_long_address_is_shown_and_marked(place):
    address = "https://example.com/" + "a" * 300
    text = {"start": f"{address} now", "middle": f"see {address} now", "end": f"see {address}"}[place]
    line = frame(text, at(text, address))[3]
    assert "https://example.com/aaa" in line
    assert len(line) <= 140


def test_words_beside_a_long_address_are_marked():
    text = "see " + "a" * 300 + " now"
    assert marked(text, at(text, "see")) == "see"
    assert marked(text, at(text, "now")) == "now"


CONTROLS = [
    "\x1b",
    "\x07",
    "\x00",
    "\x7f",
    "\x9b",
    "\u202e",
    "\u2066",
    "\u200f",
    "\u061c",
    "\u200b",
    "\u2029",
    "\ufeff",
]


@pytest.mark.parametrize("control", CONTROLS, ids=ascii)
@pytest.mark.parametrize("name", ["text", "concise"])
def test_what_a_terminal_would_obey_is_shown_and_not_sent(name, control):
    text = f"a {control}[31mred b"
    found = at(text, "red", message=f"“{control}” is odd.", suggestions=(f"{control}x",), fix=change((0, 1, control)))
    shown = written(name, report((found,), text, f"{control}article.md"))
    assert control not in shown
    assert "�" in shown


def test_a_fix_that_deletes_several_lines_names_them():
    text = "One.\n\nShare\nTweet\nTwo.\n"
    found = at(text, "Share\nTweet", fix=change((6, 18, "")))
    assert "help: delete lines 3 to 4\n" in written("text", report((found,), text))


def test_a_message_stays_on_its_line():
    shown = written("concise", report((finding(0, 1, message="One\nerror[x]: two"),), "a"))
    assert shown.split("\n")[0] == "article.md:1:1: warning[stiff-words]: One error[x]: two"


def test_a_fix_is_shown_as_the_line_before_and_after():
    text = "One.\nThe end thereof.\nThree.\n"
    start = text.index("thereof")
    found = finding(start, start + 7, suggestions=("of it",), fix=change((start, start + 7, "of it")))
    assert frame(text, found)[5:] == ["help: write “of it”", "  - The end thereof.", "  + The end of it."]


def test_a_fix_without_a_suggestion_says_how_sure_it_is():
    text = "a b"
    assert frame(text, finding(0, 1, fix=change((0, 1, "x"))))[5] == "help: change it so"
    assert frame(text, finding(0, 1, fix=change((0, 1, "x"), safe=False)))[5] == "help: if this is right, change it so"


def test_a_fix_that_deletes_a_line_shows_no_new_one():
    text = "One.\nTwo.\nThree.\n"
    assert frame(text, finding(5, 9, fix=change((5, 10, ""))))[5:] == ["help: change it so", "  - Two."]


def test_a_fix_of_several_edits_is_shown_whole():
    text = "a (b) c"
    assert frame(text, finding(2, 5, fix=change((2, 3, ""), (4, 5, ""))))[6:] == ["  - a (b) c", "  + a b c"]


def test_totals_count_levels_files_and_files_with_findings():
    reports = [
        report((finding(0, 1, Level.ERROR), finding(1, 2, Level.REVIEW), finding(2, 3, Level.REVIEW)), "abc"),
        report((finding(0, 1), finding(1, 2, Level.NOTE)), "abc"),
        report((), "abc"),
        Report(Path("gone.md"), None, failures=(Failure("gone.md: no such file"),)),
    ]
    total = "Found 1 error, 1 warning, 2 to review, 1 note in 2 of 3 files."
    assert written("text", *reports).rstrip().split("\n")[-1] == total
    assert written("concise", *reports).rstrip().split("\n")[-1] == total


@pytest.mark.parametrize(
    ("reports", "said"),
    [
        ([report((), "a")], "No findings in 1 file.\n"),
        ([report((), "a")] * 1200, "No findings in 1,200 files.\n"),
        ([], "No file was checked.\n"),
        ([Report(Path("gone.md"), None)], "No file was checked.\n"),
    ],
)
def test_a_run_without_findings_says_so(reports, said):
    assert written("text", *reports) == said


def test_colour_adds_codes_and_changes_no_word():
    text = "The end thereof."
    found = report((at(text, "thereof", suggestions=("of it",), fix=change((8, 15, "of it"))),), text)
    for name in ("text", "concise"):
        colored = written(name, found, color=True)
        plain = "".join(part.partition("m")[2] if index else part for index, part in enumerate(colored.split("\x1b[")))
        assert colored != plain == written(name, found)


# Concise.


def test_concise_is_a_line_for_each_finding():
    text = "one\ntwo 😀 three\n"
    shown = written("concise", report((at(text, "one"), at(text, "three", level=Level.ERROR)), text))
    assert shown.split("\n")[:-1] == [
        "article.md:1:1: warning[stiff-words]: It is stiff.",
        "article.md:2:7: error[stiff-words]: It is stiff.",
        "Found 1 error, 1 warning in 1 of 1 file.",
    ]


# JSON.

ODD = "Café 😀\r\nThe “end”\tthereof.\u2028\x08\rLast."


def odd_reports() -> list[Report]:
    found = (
        finding(0, 4, Level.ERROR, suggestions=("Cafe", "Caff\u00e8")),
        finding(5, 6, Level.REVIEW, fix=change((5, 6, ""), (0, 0, "x"), safe=False)),
        at(ODD, "thereof", level=Level.NOTE, fix=change((0, 1, "C"))),
        finding(len(ODD), len(ODD)),
        finding(0, len(ODD)),
    )
    return [
        report(found, ODD, "däily/article 1.md"),
        report((), "Nothing."),
        Report(Path("gone.md"), None, failures=(Failure("gone.md: no such file"),)),
        Report(Path("odd-\udcff.md"), None, failures=(Failure("odd-\udcff.md: is a directory"),)),
    ]


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


def test_the_json_report_keeps_to_the_schema():
    Draft202012Validator(SCHEMA).validate(json.loads(written("json", *odd_reports())))


def test_an_empty_json_report_keeps_to_the_schema():
    value = json.loads(written("json"))
    Draft202012Validator(SCHEMA).validate(value)
    assert value["files"] == []


def test_each_line_of_jsonl_keeps_to_the_schema_of_lines():
    validator = Draft202012Validator({"$ref": "#/$defs/line", "$defs": SCHEMA["$defs"]})
    lines = [json.loads(line) for line in written("jsonl", *odd_reports()).split("\n")[:-1]]
    for line in lines:
        validator.validate(line)
    assert [line["type"] for line in lines] == ["finding"] * 5 + ["failure"] * 2 + ["summary"]


def places(value: object, path: tuple = ()) -> list[tuple]:
    """Return where in a report objects stand."""
    own = [path] if isinstance(value, dict) else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [*own, *(each for key, below in items for each in places(below, (*path, key)))]


def test_the_schema_lets_no_other_key_through():
    text = written("json", odd_reports()[0], odd_reports()[2])
    validator = Draft202012Validator(SCHEMA)
    for place in places(json.loads(text)):
        value = json.loads(text)
        inner = value
        for key in place:
            inner = inner[key]
        inner["another"] = 1
        assert not validator.is_valid(value), place


def test_the_schema_lets_no_key_be_left_out():
    text = written("json", odd_reports()[0], odd_reports()[2])
    validator = Draft202012Validator(SCHEMA)
    for place in places(json.loads(text)):
        inner = json.loads(text)
        for key in place:
            inner = inner[key]
        for name in inner:
            value = json.loads(text)
            changed = value
            for key in place:
                changed = changed[key]
            del changed[name]
            assert not validator.is_valid(value), (place, name)


def test_start_and_end_slice_the_decoded_file_to_the_text():
    files = json.loads(written("json", *odd_reports()))["files"]
    for each in files[0]["findings"]:
        assert ODD[each["start"] : each["end"]] == each["text"]
    assert files[0]["findings"][2]["text"] == "thereof"


def test_lines_and_columns_count_from_one_in_code_points():
    found = json.loads(written("json", *odd_reports()))["files"][0]["findings"]
    assert [(each["line"], each["column"], each["end_line"], each["end_column"]) for each in found] == [
        (1, 1, 1, 5),
        (1, 6, 1, 7),
        (2, 11, 2, 18),
        (3, 6, 3, 6),
        (1, 1, 3, 6),
    ]


def test_a_fix_has_its_edits():
    found = json.loads(written("json", *odd_reports()))["files"][0]["findings"]
    assert found[0]["fix"] is None
    assert found[1]["fix"] == {
        "safe": False,
        "edits": [{"start": 5, "end": 6, "text": ""}, {"start": 0, "end": 0, "text": "x"}],
    }


def test_the_summary_counts_by_level_and_only_files_that_were_read():
    summary = {"files": 2, "errors": 1, "warnings": 2, "reviews": 1, "notes": 1, "failures": 2}
    assert json.loads(written("json", *odd_reports()))["summary"] == summary
    last = json.loads(written("jsonl", *odd_reports()).strip().split("\n")[-1])
    assert summary.items() <= last.items()


def test_jsonl_has_the_findings_of_json():
    files = json.loads(written("json", *odd_reports()))["files"]
    lines = [json.loads(line) for line in written("jsonl", *odd_reports()).split("\n")[:-1]]
    assert [{"type": "finding", "path": file["path"], **each} for file in files for each in file["findings"]] == [
        line for line in lines if line["type"] == "finding"
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_can_be_written_as_utf8_whatever_the_file_is_called(name):
    if name in {"json", "jsonl"}:
        assert written(name, *odd_reports()).encode()
    else:
        # A terminal's own error handler stands between the text and its bytes.
        assert written(name, *odd_reports()).encode(errors="replace")


def test_reports_are_written_as_they_come():
    stream = io.StringIO()
    seen = []

    def reports():
        for each in odd_reports():
            yield each
            seen.append(len(stream.getvalue()))

    for name in FORMATS:
        stream.seek(0)
        stream.truncate()
        seen.clear()
        reporter(name)(reports(), stream, color=False)
        assert seen[0] > 0
