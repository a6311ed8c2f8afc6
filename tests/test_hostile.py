"""What no article holds ends in time, with an answer or with a refusal that is named."""

import resource
import subprocess
import sys

import pytest

SIZE = 10_000_000
SECONDS = 30
"""The budget is 5 seconds of CPU on a quiet machine; CI's may be slow and busy."""


def test_more_pieces_than_an_article_has_are_refused(lintnews, tmp_path):
    path = tmp_path / "pieces.md"
    path.write_text("*a* " * 150_000, encoding="utf-8")
    result = lintnews("check", path)
    assert result.status == 2
    assert "has more than 200,000 paragraphs, links and other pieces" in result.err


def test_more_lines_than_an_article_has_are_refused(lintnews, tmp_path):
    path = tmp_path / "lines.txt"
    path.write_text("a\n" * 200_001, encoding="utf-8")
    result = lintnews("check", path)
    assert result.status == 2
    assert "has 200,002 lines; the limit is 200,000" in result.err


@pytest.mark.parametrize(
    ("name", "piece"),
    [
        ("one_line.txt", "word "),
        ("stops.txt", "a. "),
        ("marks.txt", "“"),
        ("numbers.txt", "1. "),
        ("twice.txt", "the the "),
        ("brackets.md", "["),
        ("emphasis.md", "*a "),
        ("images.md", "![a](b.png)\n"),
        ("quotes.md", "> "),
        ("paragraphs.md", "a\n\n"),
        ("less_than.html", "<"),
        ("divisions.html", "<div>"),
        ("references.html", "&amp;"),
    ],
)
def test_ten_megabytes_of_one_thing_end_in_time(tmp_path, name, piece):
    path = tmp_path / name
    path.write_text(piece * (SIZE // len(piece)), encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "lintnews", "check", "--output-format", "concise", str(path)]
    done = subprocess.run(command, capture_output=True, timeout=SECONDS * 4, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode in {0, 1, 2}
    assert b"Traceback" not in done.stderr
    assert (done.returncode == 2) == bool(done.stderr)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < SECONDS
