"""Files become text: in which encoding, which are refused, and where things stand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lintnews.errors import UnreadableError
from lintnews.source import SIZE_LIMIT, ByteOffsets, Position, Source, Span, decode, read_source

PATH = Path("article.html")
WORDS = "Die Straße – „naïve“ Leser 😀"


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        decode(PATH, data)
    assert str(caught.value).startswith("article.html: ")
    return caught.value.reason


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe\x00\x00", "utf-32-le"),
        (b"\x00\x00\xfe\xff", "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_part_of_the_text(mark, encoding):
    assert decode(PATH, mark + WORDS.encode(encoding)) == Source(PATH, WORDS, encoding, "byte order mark")


def test_a_byte_order_mark_outranks_the_declared_charset():
    text = '<meta charset="windows-1252">é'
    assert decode(PATH, b"\xef\xbb\xbf" + text.encode()).text == text


def test_strict_utf8_outranks_the_declared_charset():
    text = '<meta charset="windows-1252">é'
    assert decode(PATH, text.encode()) == Source(PATH, text, "utf-8", "utf-8")


@pytest.mark.parametrize(
    "head",
    [
        '<meta charset="windows-1252">',
        "<meta charset=windows-1252>",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">',
        '<?xml version="1.0" encoding="windows-1252"?>',
        "<?xml version='1.0' encoding = 'windows-1252'?>",
    ],
)
def test_a_declared_charset_is_used(head):
    source = decode(PATH, f"{head} Zürich – “naïve”".encode("cp1252"))
    assert source.text == f"{head} Zürich – “naïve”"
    assert source.decoding == "declared"


def test_prose_about_coding_declares_no_charset():
    source = decode(PATH, "Coding: the café teaches it. Encoding: none.\n".encode("cp1252"))
    assert source.decoding == "guessed"


def test_a_guess_names_the_encoding_that_people_know():
    assert decode(PATH, "The café was naïve, said Zoë.".encode("cp1252")).encoding == "cp1252"


@pytest.mark.parametrize("label", ["iso-8859-1", "latin1", "us-ascii"])
def test_latin_1_means_windows_1252_as_it_does_to_browsers(label):
    source = decode(PATH, f'<meta charset="{label}">'.encode() + b"\x93No\x94, she said.")
    assert source.text.endswith("“No”, she said.")
    assert source.encoding == "cp1252"


@pytest.mark.parametrize("label", ["utf-8", "UTF8", "utf-16", "utf-32le"])
def test_a_declaration_that_cannot_be_true_gives_way_to_a_guess(label):
    text = f'<meta charset="{label}"> Die Bürger der Stadt Zürich wählen heute über das große Stadion ab. ' * 5
    source = decode(PATH, text.encode("cp1252"))
    assert source.text == text
    assert source.decoding == "guessed"


def test_an_undeclared_charset_is_guessed_and_said_to_be():
    text = "Der Bürgermeister eröffnete die neue Brücke über den Fluss. Die Straße war überfüllt. " * 10
    source = decode(Path("a.txt"), text.encode("cp1252"))
    assert source.text == text
    assert source.decoding == "guessed"


@pytest.mark.parametrize("label", ["klingon", "hex", "undefined", "punycode", "unicode_escape"])
def test_a_charset_that_is_none_is_refused_by_name(label):
    reason = refusal(f'<meta charset="{label}"> caf'.encode() + b"\xe9")
    assert reason == f"declares the charset “{label}”, which is not known"


def test_bytes_that_do_not_fit_their_declaration_are_refused_with_the_byte():
    data = b'<meta charset="shift_jis"> \xff\xff'
    assert refusal(data) == f"is not shift_jis, which its declaration says: byte {len(data) - 2} does not fit"


def test_bytes_that_do_not_fit_their_mark_are_refused_with_the_byte():
    assert refusal(b"\xef\xbb\xbfab\xff") == "is not utf-8, which its byte order mark says: byte 2 does not fit"


def test_a_lone_surrogate_in_utf16_is_refused():
    assert "is not utf-16-le" in refusal(b"\xff\xfe\x00\xd8a\x00")


def test_a_nul_byte_is_refused_with_its_place():
    assert refusal(b"abc\x00def") == "is not text: byte 3 is NUL"


def test_a_nul_character_in_utf16_is_refused_with_its_place():
    text = "ab\0" + "c" * 200
    assert refusal(b"\xff\xfe" + text.encode("utf-16-le")) == "is not text: character 2 is NUL"


def test_a_text_full_of_control_characters_is_refused():
    assert refusal(b"ab\x01\x02\x03" * 20) == "is not text: character 2 is '\\x01'"


def test_a_stray_control_character_is_left_for_a_rule():
    text = "word " * 100 + "\x08"
    assert decode(PATH, text.encode()).text == text


def test_bytes_of_no_encoding_are_refused():
    data = bytes(range(1, 9)) * 30 + bytes([0x81, 0xFF, 0xFE, 0x9D]) * 40
    assert refusal(data).startswith("is not text: ")


def test_an_empty_file_is_an_empty_text():
    assert decode(PATH, b"") == Source(PATH, "")


def test_line_ends_are_kept_as_they_stand(tmp_path):
    path = tmp_path / "a.md"
    path.write_bytes(b"a\r\nb\rc\n")
    assert read_source(path).text == "a\r\nb\rc\n"


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UnreadableError, match=r"gone\.md: no such file"):
        read_source(tmp_path / "gone.md")


def test_a_directory_is_refused(tmp_path):
    with pytest.raises(UnreadableError, match="is a directory"):
        read_source(tmp_path)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no /dev/zero")
def test_a_device_without_end_is_refused_before_it_is_read():
    with pytest.raises(UnreadableError, match="is not a regular file"):
        read_source(Path("/dev/zero"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_is_refused_before_it_is_read(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(UnreadableError, match="is not a regular file"):
        read_source(tmp_path / "pipe.md")


def test_a_file_over_the_limit_is_refused_with_both_sizes(tmp_path):
    path = tmp_path / "huge.md"
    with path.open("wb") as stream:
        stream.truncate(SIZE_LIMIT + 1)
    with pytest.raises(UnreadableError, match="has 67,108,865 bytes; the limit is 67,108,864"):
        read_source(path)


def test_a_link_to_itself_is_refused(tmp_path):
    path = tmp_path / "loop.md"
    path.symlink_to(path)
    with pytest.raises(UnreadableError, match="symbolic links"):
        read_source(path)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read every file, so nothing is refused"
)
def test_a_file_that_may_not_be_read_is_named(tmp_path):
    path = tmp_path / "secret.md"
    path.write_text("words")
    path.chmod(0)
    with pytest.raises(UnreadableError, match="permission denied"):
        read_source(path)


@pytest.mark.parametrize(
    ("text", "offset", "position"),
    [
        ("ab\ncd", 3, (2, 1)),
        ("ab\r\ncd", 4, (2, 1)),
        ("ab\rcd", 3, (2, 1)),
        ("a\r\n\r\nb", 5, (3, 1)),
        ("a\n\rb", 3, (3, 1)),
        ("😀 b", 2, (1, 3)),
        ("e\u0301x", 2, (1, 3)),
        ("ab", 2, (1, 3)),
        ("ab\n", 3, (2, 1)),
        ("", 0, (1, 1)),
    ],
)
def test_positions_count_lines_and_code_points_from_one(text, offset, position):
    assert Source(PATH, text).position(offset) == Position(*position)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_stands_without_its_end(end):
    source = Source(PATH, f"one{end}two{end}")
    assert [source[source.line(number)] for number in (1, 2, 3)] == ["one", "two", ""]


@given(st.text(alphabet="ab\n\r😀é"))
def test_every_offset_is_found_again_by_its_position(text):
    source = Source(PATH, text)
    for offset in range(len(text) + 1):
        line, column = source.position(offset)
        assert source.line_starts[line - 1] + column - 1 == offset


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.integers(1, 300))
def test_byte_offsets_are_those_of_naive_counting(text, times):
    text = text * times
    offsets = ByteOffsets(text)
    place = 0
    for index, character in enumerate(text[:2000]):
        assert offsets[place] == index
        place += len(character.encode())
    assert offsets[len(text.encode())] == len(text)


@pytest.mark.parametrize(
    ("one", "other", "touch"),
    [
        ((0, 2), (1, 3), True),
        ((0, 2), (2, 3), False),
        ((1, 1), (0, 2), True),
        ((2, 2), (0, 2), False),
        ((2, 2), (2, 2), True),
    ],
)
def test_spans_touch_where_they_share_a_character_or_are_the_same(one, other, touch):
    assert Span(*one).touches(Span(*other)) is touch
    assert Span(*other).touches(Span(*one)) is touch
