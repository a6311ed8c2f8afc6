"""The exit-status table of docs/output.md, executed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

CLEAN, FINDINGS, FAILED = 0, 1, 2
SENTENCE = "The council met on 3 May 2026 and adopted the budget.\n"
LEFTOVER = "The council met.\n\nLeave a Reply\n"
VAGUE = "It is said to be so. He was said to be ill. They are said to be here. She is said to have left.\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content, encoding="utf-8")
    return path


def test_a_clean_file_is_0(folder, lintnews):
    write(folder / "a.txt", SENTENCE)
    assert lintnews("check", "a.txt").status == CLEAN


def test_a_finding_is_1(folder, lintnews):
    write(folder / "a.txt", LEFTOVER)
    assert lintnews("check", "a.txt").status == FINDINGS


def test_findings_to_review_alone_are_0(folder, lintnews):
    write(folder / "a.txt", VAGUE)
    result = lintnews("check", "--select", "vague-attribution", "a.txt")
    assert "review" in result.out
    assert result.status == CLEAN


def test_findings_to_review_are_1_when_asked_to_fail_on_them(folder, lintnews):
    write(folder / "a.txt", VAGUE)
    assert lintnews("check", "--select", "vague-attribution", "--fail-on", "review", "a.txt").status == FINDINGS


def test_exit_zero_turns_findings_into_0(folder, lintnews):
    write(folder / "a.txt", LEFTOVER)
    assert lintnews("check", "--exit-zero", "a.txt").status == CLEAN


def test_exit_zero_does_not_hide_a_failure(folder, lintnews):
    write(folder / "a.txt", LEFTOVER)
    assert lintnews("check", "--exit-zero", "a.txt", "missing.txt").status == FAILED


@pytest.mark.usefixtures("folder")
def test_a_missing_file_is_2_and_named(lintnews):
    result = lintnews("check", "missing.md")
    assert result.status == FAILED
    assert "missing.md" in result.err


def test_a_missing_file_does_not_keep_others_from_being_checked(folder, lintnews):
    write(folder / "a.txt", LEFTOVER)
    result = lintnews("check", "missing.md", "a.txt")
    assert result.status == FAILED
    assert "comment-form" in result.out


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_2_and_named(folder, lintnews):
    write(folder / "a.txt", SENTENCE).chmod(0)
    result = lintnews("check", "a.txt")
    assert result.status == FAILED
    assert "a.txt: permission denied" in result.err


def test_an_unreadable_file_is_2_and_named(folder, lintnews):
    # A link to itself can be read by nobody, root included.
    (folder / "loop.txt").symlink_to("loop.txt")
    result = lintnews("check", "loop.txt")
    assert result.status == FAILED
    assert "loop.txt" in result.err


def test_an_undecodable_file_is_2_and_named(folder, lintnews):
    write(folder / "a.txt", b'<meta charset="shift_jis">\n' + bytes(range(0x80, 0x100)))
    result = lintnews("check", "a.txt")
    assert result.status == FAILED
    assert "a.txt" in result.err


def test_a_binary_file_is_2_and_named(folder, lintnews):
    write(folder / "a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00")
    result = lintnews("check", "a.txt")
    assert result.status == FAILED
    assert "a.txt" in result.err


def test_a_nul_character_is_2_and_named_with_its_place(folder, lintnews):
    write(folder / "a.txt", b"The council\x00met.\n")
    result = lintnews("check", "a.txt")
    assert result.status == FAILED
    assert "byte 11" in result.err


def test_an_empty_file_is_0(folder, lintnews):
    write(folder / "a.txt", "")
    assert lintnews("check", "a.txt").status == CLEAN


def test_an_empty_folder_is_2(folder, lintnews):
    (folder / "articles").mkdir()
    result = lintnews("check", "articles")
    assert result.status == FAILED
    assert "articles" in result.err


def test_an_unknown_rule_on_the_command_line_is_2_with_the_nearest_name(folder, lintnews):
    write(folder / "a.txt", SENTENCE)
    result = lintnews("check", "--ignore", "coment-form", "a.txt")
    assert result.status == FAILED
    assert "comment-form" in result.err


def test_an_unknown_rule_in_the_configuration_is_2_with_the_nearest_name(folder, lintnews):
    write(folder / "lintnews.toml", 'ignore = ["coment-form"]\n')
    write(folder / "a.txt", SENTENCE)
    result = lintnews("check", "a.txt")
    assert result.status == FAILED
    assert "lintnews.toml" in result.err
    assert "comment-form" in result.err


def test_an_unknown_key_is_2_with_the_nearest_name(folder, lintnews):
    write(folder / "lintnews.toml", 'ignor = ["comment-form"]\n')
    write(folder / "a.txt", SENTENCE)
    result = lintnews("check", "a.txt")
    assert result.status == FAILED
    assert "“ignore”" in result.err


def test_a_bad_value_is_2_and_says_what_is_allowed(folder, lintnews):
    write(folder / "lintnews.toml", 'fail-on = "loud"\n')
    write(folder / "a.txt", SENTENCE)
    result = lintnews("check", "a.txt")
    assert result.status == FAILED
    assert "warning" in result.err


def test_broken_toml_is_2_with_its_line(folder, lintnews):
    write(folder / "lintnews.toml", 'language = "en"\nfail-on = = 3\n')
    write(folder / "a.txt", SENTENCE)
    result = lintnews("check", "a.txt")
    assert result.status == FAILED
    assert "lintnews.toml" in result.err
    assert "2" in result.err


def test_a_broken_page_is_2_with_its_line(folder, lintnews):
    write(folder / "lintnews.toml", 'rules = ["house"]\n')
    write(folder / "house/style/shouting.md", '---\nsummary: Shouting.\nlevl: note\nmessage: "No."\n---\n')
    write(folder / "a.txt", SENTENCE)
    result = lintnews("check", "a.txt")
    assert result.status == FAILED
    assert "shouting.md:3" in result.err
    assert "“level”" in result.err


FAILING_RULE = '''
from dataclasses import dataclass
from lintnews import Rule

@dataclass(frozen=True)
class Unlucky(Rule):
    """Fails."""

    def check(self, document):
        raise ZeroDivisionError("out of luck")
        yield
'''


def test_a_rule_that_raises_is_2_and_named_and_the_others_report(folder, lintnews):
    write(folder / "lintnews.toml", 'rules = ["house"]\n')
    write(folder / "house/style/unlucky.md", '---\nsummary: Luck.\nlevel: note\nmessage: "No."\n---\n# unlucky\n')
    write(folder / "house/style/unlucky.py", FAILING_RULE)
    write(folder / "a.txt", LEFTOVER)
    result = lintnews("check", "a.txt")
    assert result.status == FAILED
    assert "the rule “unlucky” failed on a.txt: ZeroDivisionError: out of luck (unlucky.py:10)" in result.err
    assert "comment-form" in result.out


def test_an_unknown_option_is_2(lintnews):
    assert lintnews("check", "--no-such-option").status == FAILED


def test_an_output_file_that_cannot_be_written_is_2_and_named(folder, lintnews):
    write(folder / "a.txt", SENTENCE)
    result = lintnews("check", "--output-file", "nowhere/report.json", "a.txt")
    assert result.status == FAILED
    assert "nowhere/report.json" in result.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_report_that_finds_no_room_is_2(folder, lintnews):
    write(folder / "a.txt", LEFTOVER)
    result = lintnews("check", "--output-file", "/dev/full", "a.txt")
    assert result.status == FAILED
    assert "no space left" in result.err


def start(folder, *arguments, **options):
    return subprocess.Popen(
        [sys.executable, "-m", "lintnews", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


def test_a_broken_pipe_is_2_without_a_traceback(folder):
    for number in range(300):
        write(folder / f"{number}.txt", LEFTOVER)
    process = start(folder, "check", ".")
    process.stdout.read(1)
    process.stdout.close()
    error = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) == FAILED
    assert b"Traceback" not in error


def test_an_interrupt_is_2_without_a_traceback(folder):
    process = start(folder, "check", "-", stdin=subprocess.PIPE)
    # It waits for standard input once it has started; a signal during start-up would be Python's own to answer.
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert process.returncode == FAILED
    assert error.strip() == b"lintnews: interrupted"
