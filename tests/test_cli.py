"""The command line, as its users meet it."""

import json
import os
import subprocess
import sys

import pytest

from lintnews import __version__

CLEAN, FINDINGS, FAILED = 0, 1, 2
SENTENCE = "The council met on 3 May 2026 and adopted the budget.\n"
LEFTOVER = "The council met.\n\nLeave a Reply\n"
DOUBLED = "The council met the the mayor.\n"
BOTH = f"{DOUBLED}\nLeave a Reply\n"
SHOUTING = (
    "---\nsummary: Words in capitals.\nlevel: warning\nmessage: \"“{match}” shouts.\"\npatterns: ['\\bSTOP\\b']\n---\n"
)
STOPS = "They said STOP to it.\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Stand in an empty folder, in an environment that says nothing about output."""
    monkeypatch.chdir(tmp_path)
    for name in ("LINTNEWS_OUTPUT_FORMAT", "NO_COLOR", "FORCE_COLOR", "TERM", "_LINTNEWS_COMPLETE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def article(folder):
    """Return a function that writes an article below the folder."""

    def write(name, content):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return name

    return write


@pytest.fixture
def rules_found(lintnews):
    """Return a function that gives the rules that fire, as a sorted list of names."""

    def run(*arguments, **more):
        return sorted(finding["rule"] for finding in findings(lintnews(*arguments, "--output-format", "json", **more)))

    return run


def findings(result):
    return [
        {**finding, "path": file["path"]} for file in json.loads(result.out)["files"] for finding in file["findings"]
    ]


def places(result):
    return [line.partition(": ")[0] for line in result.out.splitlines() if not line.startswith(("Found", "No"))]


# Which rules run


def test_every_rule_that_is_on_by_default_runs(article, rules_found):
    assert rules_found(article("a.md", BOTH)) == ["comment-form", "doubled-word"]


def test_select_runs_only_what_it_names(article, rules_found):
    assert rules_found("--select", "doubled-word", article("a.md", BOTH)) == ["doubled-word"]


def test_select_takes_groups_commas_and_repetition(article, rules_found):
    name = article("a.md", BOTH)
    assert rules_found("--select", "leftovers", name) == ["comment-form"]
    assert rules_found("--select", "leftovers,garbled", name) == ["comment-form", "doubled-word"]
    assert rules_found("--select", "leftovers", "--select", "garbled", name) == ["comment-form", "doubled-word"]


def test_select_all_runs_every_rule(article, rules_found):
    assert rules_found("--select", "all", article("a.md", BOTH)) == ["comment-form", "doubled-word"]


def test_extend_select_adds_to_a_selection(article, rules_found):
    name = article("a.md", BOTH)
    assert rules_found("--select", "leftovers", "--extend-select", "doubled-word", name) == [
        "comment-form",
        "doubled-word",
    ]


def test_ignore_leaves_out_what_it_names(article, rules_found):
    name = article("a.md", BOTH)
    assert rules_found("--ignore", "comment-form", name) == ["doubled-word"]
    assert rules_found("--ignore", "leftovers", name) == ["doubled-word"]


def test_the_command_line_stands_above_the_configuration(article, rules_found):
    article("lintnews.toml", 'select = ["leftovers"]\n')
    assert rules_found("--select", "doubled-word", article("a.md", BOTH)) == ["doubled-word"]


def test_level_changes_the_level_and_so_the_exit_status(article, lintnews):
    name = article("a.md", DOUBLED)
    assert "warning[doubled-word]" in lintnews(name).out
    result = lintnews("--level", "doubled-word=note", name)
    assert "note[doubled-word]" in result.out
    assert result.status == CLEAN


@pytest.mark.parametrize("level", ["doubled-word", "doubled-word=loud", "=note"])
def test_a_level_that_is_none_is_refused(article, lintnews, level):
    result = lintnews("--level", level, article("a.md", DOUBLED))
    assert result.status == FAILED
    assert "“--level”" in result.err


@pytest.mark.parametrize(
    ("level", "status"), [("error", CLEAN), ("warning", FINDINGS), ("review", FINDINGS), ("note", FINDINGS)]
)
def test_fail_on_says_from_which_level_a_run_fails(article, lintnews, level, status):
    assert lintnews("--fail-on", level, article("a.md", DOUBLED)).status == status


def test_a_level_to_fail_on_that_is_none_is_refused_with_the_nearest(article, lintnews):
    result = lintnews("--fail-on", "eror", article("a.md", DOUBLED))
    assert result.status == FAILED
    assert "“error”" in result.err


def test_each_file_fails_by_its_own_configuration(article, lintnews):
    article("strict/lintnews.toml", 'fail-on = "note"\n')
    article("lax/lintnews.toml", 'fail-on = "error"\n')
    for name in ("strict/a.md", "lax/a.md"):
        article(name, DOUBLED)
    assert lintnews("lax").status == CLEAN
    assert lintnews("strict").status == FINDINGS
    assert lintnews("lax", "strict").status == FINDINGS


def test_exit_zero_keeps_the_report_and_drops_the_status(article, lintnews):
    result = lintnews("--exit-zero", article("a.md", LEFTOVER))
    assert result.status == CLEAN
    assert "comment-form" in result.out


# Configuration


def test_a_configuration_that_is_named_holds_alone(article, rules_found):
    article("lintnews.toml", 'ignore = ["comment-form"]\n')
    article("other.toml", 'ignore = ["doubled-word"]\n')
    assert rules_found("--config", "other.toml", article("a.md", BOTH)) == ["comment-form"]


def test_a_named_configuration_that_is_missing_is_named(article, lintnews):
    result = lintnews("--config", "none.toml", article("a.md", SENTENCE))
    assert result.status == FAILED
    assert "none.toml" in result.err


def test_the_nearest_configuration_holds(article, rules_found):
    article("lintnews.toml", 'ignore = ["comment-form"]\n')
    article("desk/pyproject.toml", '[tool.lintnews]\nignore = ["doubled-word"]\n')
    assert rules_found(article("a.md", BOTH)) == ["doubled-word"]
    assert rules_found(article("desk/a.md", BOTH)) == ["comment-form"]


def test_overrides_hold_for_the_files_that_match(article, lintnews):
    article("lintnews.toml", '[[overrides]]\nfiles = ["wire/**"]\nignore = ["leftovers"]\n')
    article("wire/a.md", BOTH)
    article("own/a.md", BOTH)
    found = {(each["path"], each["rule"]) for each in findings(lintnews(".", "--output-format", "json"))}
    assert found == {("own/a.md", "comment-form"), ("own/a.md", "doubled-word"), ("wire/a.md", "doubled-word")}


def test_an_option_of_a_rule_can_be_set(article, rules_found):
    text = "The council adopted the budget.\n\nThe council adopted the budget.\n"
    assert rules_found(article("a.md", text)) == []
    article("lintnews.toml", "[rule.repeated-paragraph]\nleast-words = 3\n")
    assert rules_found("a.md") == ["repeated-paragraph"]


def test_a_rule_that_is_unknown_is_named_with_the_nearest(article, lintnews):
    for option in ("--select", "--extend-select", "--ignore"):
        result = lintnews(option, "coment-form", article("a.md", SENTENCE))
        assert result.status == FAILED
        assert f"“{option}”" in result.err
        assert "“comment-form”" in result.err


# What is checked


def test_files_are_reported_in_the_order_they_are_named(article, lintnews):
    names = [article(f"{letter}.md", LEFTOVER) for letter in "cab"]
    assert places(lintnews("--output-format", "concise", *names)) == ["c.md:3:1", "a.md:3:1", "b.md:3:1"]


def test_a_folder_is_reported_in_the_order_of_its_paths(article, lintnews):
    for name in ("b.md", "a/z.md", "c.md", "a/b/c.md", "B.md"):
        article(name, LEFTOVER)
    first = lintnews("--output-format", "concise", ".")
    assert places(first) == sorted(places(first))
    assert len(places(first)) == 5
    assert lintnews("--output-format", "concise", ".") == first


def test_a_file_named_twice_is_checked_once(article, lintnews):
    name = article("a.md", LEFTOVER)
    assert "in 1 of 1 file." in lintnews(name, f"./{name}", ".").out


def test_without_a_path_the_articles_below_here_are_checked(article, lintnews):
    article("desk/a.md", LEFTOVER)
    assert "desk/a.md" in lintnews("check").out


def test_a_pattern_is_expanded_where_the_shell_does_not(article, lintnews):
    for name in ("articles/a.md", "articles/deep/b.md", "articles/c.txt", "d.md"):
        article(name, LEFTOVER)
    result = lintnews("--output-format", "concise", "articles/**/*.md")
    assert places(result) == ["articles/a.md:3:1", "articles/deep/b.md:3:1"]


def test_a_pattern_that_matches_nothing_is_named(article, lintnews):
    article("articles/a.txt", SENTENCE)
    result = lintnews("articles/*.md")
    assert result.status == FAILED
    assert "articles/*.md" in result.err


def test_excluded_files_are_left_out_of_folders(article, lintnews):
    article("lintnews.toml", 'exclude = ["drafts/"]\n')
    article("a.md", SENTENCE)
    article("drafts/b.md", LEFTOVER)
    assert lintnews(".").status == CLEAN


def test_an_excluded_file_that_is_named_is_checked_unless_exclusion_is_forced(article, lintnews):
    article("lintnews.toml", 'exclude = ["drafts/"]\n')
    name = article("drafts/b.md", LEFTOVER)
    assert lintnews(name).status == FINDINGS
    result = lintnews("--force-exclude", name)
    assert (result.status, result.out, result.err) == (CLEAN, "No file was checked.\n", "")


@pytest.mark.usefixtures("folder")
def test_standard_input_is_read_as_one_article(lintnews):
    result = lintnews("-", stdin=LEFTOVER.encode())
    assert result.status == FINDINGS
    assert "-:3:1" in result.out


IMAGE = "![](council.jpg)\n"


@pytest.mark.usefixtures("folder")
def test_the_suffix_of_the_given_name_decides_how_standard_input_is_read(rules_found):
    assert rules_found("-", "--stdin-filename", "a.md", stdin=IMAGE.encode()) == ["missing-alt-text"]
    assert rules_found("-", "--stdin-filename", "a.html", stdin=b'<p>Hi.</p><img src="a.jpg">') == ["missing-alt-text"]
    assert rules_found("-", "--stdin-filename", "a.txt", stdin=IMAGE.encode()) == []
    assert rules_found("-", stdin=IMAGE.encode()) == []


def test_the_place_of_the_given_name_decides_which_configuration_holds(article, rules_found):
    article("desk/lintnews.toml", 'ignore = ["comment-form"]\n')
    assert rules_found("-", "--stdin-filename", "desk/a.md", stdin=BOTH.encode()) == ["doubled-word"]
    assert rules_found("-", "--stdin-filename", "a.md", stdin=BOTH.encode()) == ["comment-form", "doubled-word"]


def test_standard_input_stands_alone(article, lintnews):
    result = lintnews("-", article("a.md", SENTENCE))
    assert result.status == FAILED
    assert "stands alone" in result.err


def test_a_name_for_standard_input_goes_with_it(article, lintnews):
    result = lintnews("--stdin-filename", "a.md", article("a.md", SENTENCE))
    assert result.status == FAILED
    assert "“-”" in result.err


# Names and encodings


@pytest.mark.parametrize("name", ["[a].md", "a b.md", "a*.md", "ä“ö”.md", "a.MD"])
def test_a_file_with_an_odd_name_is_checked(article, lintnews, name):
    result = lintnews("--output-format", "concise", article(name, LEFTOVER))
    assert places(result) == [f"{name}:3:1"]


def test_a_name_with_a_dash_in_front_stands_behind_two_dashes(article, lintnews):
    assert places(lintnews("--output-format", "concise", "--", article("-a.md", LEFTOVER))) == ["-a.md:3:1"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names")
def test_a_name_with_a_line_break_stays_on_its_line(article, lintnews):
    result = lintnews("--output-format", "concise", article("a\nb.md", LEFTOVER))
    assert places(result) == ["a b.md:3:1"]


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="these systems have no such file names")
@pytest.mark.parametrize("form", ["text", "concise", "json", "jsonl"])
def test_a_name_that_is_no_text_ends_no_run(folder, lintnews, form):
    name = os.fsdecode(b"\xff.md")
    (folder / name).write_text(LEFTOVER)
    for arguments in ((), ("--output-file", "report")):
        result = lintnews("--output-format", form, *arguments, name)
        assert (result.status, result.err) == (FINDINGS, "")


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8-sig", b""), ("utf-16", b""), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"), ("utf-32", b"")],
)
def test_a_byte_order_mark_says_the_encoding(article, lintnews, encoding, mark):
    article("a.md", mark + "Zoë met the the mayor.\n".encode(encoding))
    (finding,) = findings(lintnews("--output-format", "json", "a.md"))
    assert (finding["rule"], finding["text"], finding["column"]) == ("doubled-word", "the the", 9)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_counts_as_one(article, lintnews, end):
    (finding,) = findings(lintnews("--output-format", "json", article("a.md", LEFTOVER.replace("\n", end))))
    assert (finding["line"], finding["column"], finding["text"]) == (3, 1, "Leave a Reply")


def test_an_encoding_that_had_to_be_guessed_is_reported(article, rules_found):
    article("a.txt", "Zoë fut très étonnée de voir le maire à la fenêtre du café.\n".encode("latin-1"))
    assert rules_found("a.txt") == ["guessed-encoding"]


def test_a_declared_encoding_is_no_guess(article, rules_found):
    page = '<meta charset="iso-8859-1"><p>Zoë met the the mayor at the café.</p>'
    assert rules_found(article("a.html", page.encode("latin-1"))) == ["doubled-word"]


# Output


@pytest.mark.parametrize(
    ("form", "begins"),
    [("text", "error[comment-form]"), ("concise", "a.md:3:1: error"), ("json", "{"), ("jsonl", '{"type": "finding"')],
)
def test_the_format_can_be_chosen(article, lintnews, monkeypatch, form, begins):
    name = article("a.md", LEFTOVER)
    assert lintnews("--output-format", form, name).out.startswith(begins)
    monkeypatch.setenv("LINTNEWS_OUTPUT_FORMAT", form)
    assert lintnews(name).out.startswith(begins)
    monkeypatch.delenv("LINTNEWS_OUTPUT_FORMAT")
    article("lintnews.toml", f'output-format = "{form}"\n')
    assert lintnews(name).out.startswith(begins)


def test_the_option_stands_above_the_environment_and_that_above_the_configuration(article, lintnews, monkeypatch):
    article("lintnews.toml", 'output-format = "json"\n')
    monkeypatch.setenv("LINTNEWS_OUTPUT_FORMAT", "jsonl")
    name = article("a.md", LEFTOVER)
    assert lintnews(name).out.startswith('{"type"')
    assert lintnews("--output-format", "concise", name).out.startswith("a.md:3:1")


def test_a_folder_finds_the_format_in_its_own_configuration(article, lintnews):
    article("desk/a.md", LEFTOVER)
    assert lintnews("desk").out.startswith("error")
    article("desk/lintnews.toml", 'output-format = "concise"\n')
    assert lintnews("desk").out.startswith("desk/a.md:3:1")


def test_an_unknown_format_is_refused(article, lintnews, monkeypatch):
    name = article("a.md", SENTENCE)
    assert lintnews("--output-format", "xml", name).status == FAILED
    monkeypatch.setenv("LINTNEWS_OUTPUT_FORMAT", "xml")
    assert lintnews(name).status == FAILED


def test_a_report_can_go_into_a_file(article, folder, lintnews):
    result = lintnews("--output-file", "report.txt", "--color", "always", article("a.md", LEFTOVER))
    assert (result.status, result.out, result.err) == (FINDINGS, "", "")
    report = (folder / "report.txt").read_text(encoding="utf-8")
    assert "comment-form" in report
    assert "\x1b" not in report


def test_the_totals_say_how_many_of_each_level(article, lintnews):
    article("a.md", BOTH)
    article("b.md", SENTENCE)
    assert lintnews("a.md", "b.md").out.endswith("Found 1 error, 1 warning in 1 of 2 files.\n")
    assert lintnews("b.md").out == "No findings in 1 file.\n"


def test_a_finding_longer_than_a_line_ends_where_it_is_cut(article, lintnews):
    words = "Readers of the harbour news know that ferries sail. " * 4
    name = article("a.md", f"{words}\n\n{words}Then more.\n")
    article("lintnews.toml", 'select = ["repeated-paragraph"]\n')
    for text in (f"{words}\n\n{words}\n", f"{words}Then.\n\n{words}Then.\n"):
        article(name, text)
        frame = lintnews(name).out.splitlines()
        line = next(each for each in frame if each.startswith("3 | "))
        carets = next(each for each in frame if "^" in each)
        assert line.endswith(" …")
        assert len(line) == len(carets)


def test_failures_go_to_standard_error_and_findings_do_not(article, lintnews):
    result = lintnews(article("a.md", LEFTOVER), "none.md")
    assert result.err == "lintnews: none.md: no such file or directory\n"
    assert "none.md" not in result.out


def test_a_failure_that_many_files_share_is_told_once(article, lintnews):
    article("lintnews.toml", 'ignore = ["coment-form"]\n')
    result = lintnews(*(article(f"{letter}.md", SENTENCE) for letter in "abc"))
    assert result.status == FAILED
    assert result.err.count("coment-form") == 1


# Colour


def test_what_is_no_terminal_gets_no_colour(article, lintnews):
    assert "\x1b" not in lintnews(article("a.md", LEFTOVER)).out


def test_colour_can_be_asked_for(article, lintnews, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    name = article("a.md", LEFTOVER)
    assert "\x1b[1;31merror\x1b[0m" in lintnews("--color", "always", name).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in lintnews("--color", "never", name).out


@pytest.mark.parametrize(
    ("environment", "colored"),
    [
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        ({"FORCE_COLOR": ""}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
    ],
)
def test_the_environment_has_a_say_in_colour_when_it_is_not_empty(article, lintnews, monkeypatch, environment, colored):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b" in lintnews(article("a.md", LEFTOVER)).out) is colored


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
@pytest.mark.parametrize(
    ("environment", "colored"), [({"TERM": "xterm"}, True), ({"TERM": "dumb"}, False), ({"NO_COLOR": "1"}, False)]
)
def test_a_terminal_gets_colour_unless_it_is_dumb_or_nobody_wants_it(article, folder, environment, colored):
    import pty

    article("a.md", LEFTOVER)
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "lintnews", "a.md"],
        cwd=folder,
        env={**os.environ, "TERM": "xterm", **environment},
        stdout=theirs,
    ):
        os.close(theirs)
        shown = b""
        # A terminal whose program has ended answers with an error on some systems, and with nothing on others.
        try:
            while part := os.read(ours, 10_000):
                shown += part
        except OSError:
            pass
    os.close(ours)
    assert b"comment-form" in shown
    assert (b"\x1b" in shown) is colored


STEERING = "\x1b\x07\x9b\u202e\u202c\u2066\u2069"
HOSTILE = f"{SENTENCE.strip() * 8} \x1b]0;title\x07\x1b[31mred\x1b[0m \u202eevil\u202c \u2066x\u2069 the the \x9b2J\n"


@pytest.mark.parametrize("form", ["text", "concise"])
def test_hostile_text_is_inert_in_a_terminal(article, lintnews, form):
    article("\x1b[2Ja\u202e.md" if os.name != "nt" else "a.md", HOSTILE)
    article("lintnews.toml", 'select = ["doubled-word"]\n')
    result = lintnews("--output-format", form, ".")
    assert "doubled-word" in result.out
    assert set(STEERING).isdisjoint(result.out)


@pytest.mark.usefixtures("folder")
def test_a_hostile_name_is_inert_in_a_terminal(lintnews):
    result = lintnews("\x1b[31mnone\x9b2J\u202e.md")
    assert result.status == FAILED
    assert "none" in result.err
    assert set(STEERING).isdisjoint(result.err)


# Suppressions


def test_a_comment_allows_a_finding(article, rules_found):
    name = article("a.md", "<!-- lintnews: allow doubled-word: so said -->\nThe council met the the mayor.\n")
    assert rules_found(name) == []


def test_an_allowance_for_another_rule_hides_nothing_and_is_reported(article, rules_found):
    name = article("a.md", "<!-- lintnews: allow comment-form: why -->\nThe council met the the mayor.\n")
    assert rules_found(name) == ["doubled-word", "unused-suppression"]


def test_an_allowance_for_an_unknown_rule_is_reported(article, lintnews):
    result = lintnews(article("a.md", f"<!-- lintnews: allow dubled-word: why -->\n{SENTENCE}"))
    assert "malformed-suppression" in result.out
    assert "“doubled-word”" in result.out


def test_a_reason_can_be_required(article, rules_found):
    article("lintnews.toml", "require-reason = true\n")
    name = article("a.md", f"<!-- lintnews: allow doubled-word -->\n{DOUBLED}")
    assert "malformed-suppression" in rules_found(name)


def test_front_matter_allows_for_the_whole_file(article, rules_found):
    front_matter = "---\nlintnews:\n  allow:\n    doubled-word: the name of the band\n---\n"
    assert rules_found(article("a.md", f"{front_matter}{DOUBLED}\n{DOUBLED}")) == []


# A team's own rules


@pytest.fixture
def own_rule(article):
    article("lintnews.toml", 'rules = ["house-rules"]\n')
    return article("house-rules/style/shouting.md", f"{SHOUTING}# shouting\n\nIt tires.\n")


@pytest.mark.usefixtures("own_rule")
def test_a_page_in_a_folder_that_the_configuration_names_is_a_rule(article, lintnews):
    result = lintnews(article("a.md", STOPS))
    assert "warning[shouting]: “STOP” shouts." in result.out
    assert result.status == FINDINGS


@pytest.mark.usefixtures("own_rule")
def test_an_own_rule_is_treated_as_every_other(article, rules_found, lintnews):
    name = article("a.md", STOPS + "\n" + LEFTOVER)
    assert rules_found("--select", "style", name) == ["shouting"]
    assert rules_found("--ignore", "shouting", name) == ["comment-form"]
    assert "note[shouting]" in lintnews("--level", "shouting=note", name).out
    assert "shouting" in lintnews("rules", "list").out
    assert "It tires." in lintnews("explain", "shouting").out


@pytest.fixture
def package(article, folder, monkeypatch):
    """Return a function that installs a package whose entry point gives what the code says."""

    def install(code):
        article("site/acme_rules.py", code)
        article("site/acme_rules-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: acme-rules\nVersion: 1\n")
        article("site/acme_rules-1.dist-info/entry_points.txt", "[lintnews.rules]\nacme = acme_rules:directory\n")
        monkeypatch.syspath_prepend(str(folder / "site"))
        monkeypatch.delitem(sys.modules, "acme_rules", raising=False)

    return install


@pytest.mark.parametrize(
    "code",
    [
        "from pathlib import Path\ndirectory = Path(__file__).parent / 'acme'\n",
        "from pathlib import Path\ndef directory():\n    return str(Path(__file__).parent / 'acme')\n",
    ],
)
def test_an_installed_package_brings_rules(package, article, lintnews, code):
    package(code)
    article("site/acme/style/shouting.md", f"{SHOUTING}# shouting\n\nIt tires.\n")
    assert "warning[shouting]" in lintnews(article("a.md", STOPS)).out


@pytest.mark.parametrize("code", ["", "raise ZeroDivisionError('out of luck')", "directory = 1"])
def test_a_package_whose_rules_cannot_be_loaded_is_named(package, article, lintnews, code):
    package(code)
    result = lintnews(article("a.md", STOPS))
    assert result.status == FAILED
    assert "the rules of the package “acme-rules” cannot be loaded" in result.err


EXAMPLES = """# shouting

It tires.

```text bad
They said STOP to it.
          ^^^^
```

```text bad
STOP it.
```

```text good
They said stop.
```

```text good
Do not stop.
```
"""


def test_the_examples_of_own_pages_are_run(own_rule, article, lintnews):
    article(own_rule, SHOUTING + EXAMPLES)
    result = lintnews("rules", "test")
    assert (result.status, result.out) == (CLEAN, "No faults in 4 examples on 1 page.\n")
    assert lintnews("rules", "test", "house-rules") == result
    assert lintnews("rules", "test", own_rule) == result


def test_a_broken_example_is_reported_at_its_line(own_rule, article, lintnews):
    article(own_rule, (SHOUTING + EXAMPLES).replace("STOP it.", "Halt it."))
    result = lintnews("rules", "test")
    line = (SHOUTING + EXAMPLES).split("\n").index("STOP it.")
    assert result.status == FINDINGS
    assert result.out.replace(os.sep, "/").startswith(f"{own_rule}:{line}: this bad example does not fire\n")
    assert result.out.endswith("1 fault in 4 examples on 1 page.\n")


def test_carets_at_the_wrong_place_are_reported_at_their_line(own_rule, article, lintnews):
    article(own_rule, (SHOUTING + EXAMPLES).replace("          ^^^^", "     ^^^^"))
    result = lintnews("rules", "test")
    line = (SHOUTING + EXAMPLES).split("\n").index("          ^^^^") + 1
    assert f"shouting.md:{line}: the rule does not fire where these carets begin" in result.out


@pytest.mark.usefixtures("folder")
def test_there_is_nothing_to_test_where_no_folder_is_named(lintnews):
    result = lintnews("rules", "test")
    assert result.status == FAILED
    assert "lintnews rules test DIRECTORY" in result.err


@pytest.mark.parametrize("command", [("rules", "test", "none"), ("rules", "try", "none.md", ".")])
@pytest.mark.usefixtures("folder")
def test_a_page_that_is_missing_is_named(lintnews, command):
    result = lintnews(*command)
    assert result.status == FAILED
    assert "none" in result.err


def test_a_folder_without_pages_is_named(folder, lintnews):
    (folder / "empty").mkdir()
    result = lintnews("rules", "test", "empty")
    assert result.status == FAILED
    assert "empty: holds no page" in result.err


@pytest.mark.usefixtures("folder")
def test_a_new_page_passes_its_own_test(lintnews):
    result = lintnews("rules", "new", "style/gendered-title", "--directory", "house-rules")
    assert result.status == CLEAN
    assert "house-rules/style/gendered_title.md" in result.out.replace(os.sep, "/")
    assert lintnews("rules", "test", "house-rules").status == CLEAN


def test_a_new_page_whose_folder_no_configuration_names_says_so(article, lintnews):
    hint = 'It runs once lintnews.toml names its folder: rules = ["house-rules"]\n'
    assert lintnews("rules", "new", "style/first", "--directory", "house-rules").out.endswith(hint)
    article("lintnews.toml", 'rules = ["house-rules"]\n')
    assert hint not in lintnews("rules", "new", "style/second", "--directory", "house-rules").out


def test_a_new_page_never_replaces_one(own_rule, folder, lintnews):
    before = (folder / own_rule).read_bytes()
    result = lintnews("rules", "new", "style/shouting", "--directory", "house-rules")
    assert result.status == FAILED
    assert "is there already" in result.err
    assert (folder / own_rule).read_bytes() == before


def test_a_new_page_that_cannot_be_written_is_named(article, lintnews):
    article("file", "in the way")
    result = lintnews("rules", "new", "style/shouting", "--directory", "file")
    assert result.status == FAILED
    assert "cannot be written" in result.err


@pytest.mark.parametrize("name", ["shouting", "Style/Shouting", "../style/shouting", "a/b/c", "style/", "/x"])
def test_a_name_that_is_none_for_a_rule_is_refused(folder, lintnews, name):
    result = lintnews("rules", "new", name)
    assert result.status == FAILED
    assert "GROUP/NAME" in result.err
    assert list(folder.iterdir()) == []


def test_a_draft_is_tried_on_published_articles(own_rule, article, lintnews):
    article("published/a.md", "They said STOP to it. Then STOP again.\n")
    article("published/b.md", SENTENCE)
    result = lintnews("rules", "try", own_rule, "published")
    assert result.status == CLEAN
    lines = result.out.splitlines()
    assert lines[0].replace(os.sep, "/") == "published/a.md:1:11: They said «STOP» to it. Then STOP again."
    assert lines[-1] == "2 hits in 1 of 2 articles: 100.0 per 100 articles."


def test_a_trial_shows_as_many_hits_as_asked(own_rule, article, lintnews):
    article("a.md", STOPS * 30)
    assert len(lintnews("rules", "try", own_rule, "a.md").out.splitlines()) <= 21
    assert len(lintnews("rules", "try", own_rule, "a.md", "--show", "3").out.splitlines()) <= 4
    assert len(lintnews("rules", "try", own_rule, "a.md", "--show", "0").out.splitlines()) == 1


def test_a_trial_names_what_it_could_not_read(own_rule, article, lintnews):
    article("a.md", STOPS)
    article("b.md", b"\x00")
    result = lintnews("rules", "try", own_rule, "a.md", "b.md", "none.md")
    assert result.status == FAILED
    assert "1 hit in 1 of 1 articles" in result.out
    assert "b.md" in result.err
    assert "none.md" in result.err


# The rest


@pytest.mark.usefixtures("folder")
def test_the_rules_are_listed_by_group_with_their_level(lintnews):
    result = lintnews("rules", "list")
    assert result.status == CLEAN
    assert "leftovers/\n" in result.out
    assert any(line.split()[:2] == ["comment-form", "error"] for line in result.out.splitlines())


@pytest.mark.usefixtures("folder")
def test_rules_alone_lists_them(lintnews):
    assert lintnews("rules") == lintnews("rules", "list")


def test_the_list_shows_what_holds_here(article, lintnews):
    article("lintnews.toml", 'ignore = ["comment-form"]\nlevel.doubled-word = "note"\n')
    listed = {line.split()[0]: line.split()[1] for line in lintnews("rules").out.splitlines() if line.startswith(" ")}
    assert (listed["comment-form"], listed["doubled-word"]) == ("off", "note")


@pytest.mark.usefixtures("folder")
def test_explain_says_why_and_how_often_and_shows_examples(lintnews):
    result = lintnews("explain", "undated-relative-date")
    assert result.status == CLEAN
    for part in ("(dates) · note", "Measured:", "Option at-most (default 5)", "Fires on:", "Lets pass:", "allow"):
        assert part in result.out


def test_explain_says_where_a_rule_holds_and_that_it_is_off(own_rule, article, lintnews):
    article(own_rule, SHOUTING.replace("level:", "languages: [en]\nmarkets: [us]\non-by-default: false\nlevel:"))
    told = lintnews("explain", "shouting").out
    assert told.startswith("shouting (style) · warning · off\n")
    assert "Languages: en\nMarkets: us\n" in told


@pytest.mark.usefixtures("folder")
def test_explain_knows_the_nearest_name(lintnews):
    result = lintnews("explain", "coment-form")
    assert result.status == FAILED
    assert result.err == "lintnews: there is no rule “coment-form”; did you mean “comment-form”?\n"


@pytest.mark.usefixtures("folder")
def test_explain_says_where_all_names_stand_when_none_is_near(lintnews):
    assert "`lintnews rules list`" in lintnews("explain", "zzz").err


@pytest.mark.usefixtures("folder")
def test_explain_says_which_rules_a_group_holds(lintnews):
    result = lintnews("explain", "links")
    assert result.status == FAILED
    assert (
        result.err
        == "lintnews: “links” is a group; its rules are bare-url, broken-fragment, empty-link, vague-link-text\n"
    )


def test_the_version_is_told(lintnews):
    result = lintnews("--version")
    assert (result.status, result.out) == (CLEAN, f"lintnews {__version__}\n")


@pytest.mark.usefixtures("folder")
def test_lintnews_alone_says_how_it_is_used(lintnews):
    result = lintnews()
    assert result.status == CLEAN
    assert result.out.startswith("Usage: lintnews")
    for command in ("check", "rules", "explain"):
        assert command in result.out
    assert lintnews("--help").out == result.out


@pytest.mark.parametrize("command", [("check",), ("rules",), ("rules", "new"), ("rules", "try"), ("explain",)])
def test_every_command_explains_itself(lintnews, command):
    result = lintnews(*command, "--help")
    assert result.status == CLEAN
    assert result.out.startswith(f"Usage: lintnews {' '.join(command)}")


def test_check_needs_no_name(article, lintnews):
    name = article("a.md", LEFTOVER)
    assert lintnews(name) == lintnews("check", name)
    assert lintnews("--select", "garbled", name) == lintnews("check", "--select", "garbled", name)


@pytest.mark.parametrize(("name", "meant"), [("chekc", "check"), ("rule", "rules"), ("explian", "explain")])
def test_a_misspelt_command_is_named_with_the_nearest(article, lintnews, name, meant):
    result = lintnews(name, "list")
    assert result.status == FAILED
    assert f"“{name}” is no command, and no file; did you mean “{meant}”?" in result.err
    # A file of that name is an article like any other.
    article(name, LEFTOVER)
    assert lintnews(name).status == FINDINGS


def test_python_runs_it_as_a_module(article, folder):
    article("a.md", LEFTOVER)
    done = subprocess.run(
        [sys.executable, "-m", "lintnews", "a.md"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (FINDINGS, "")
    assert "comment-form" in done.stdout


@pytest.mark.parametrize(("words", "offered"), [("lintnews ru", "rules"), ("lintnews check --fo", "--force-exclude")])
@pytest.mark.usefixtures("folder")
def test_a_shell_can_complete_commands_and_options(lintnews, monkeypatch, words, offered):
    monkeypatch.setenv("_LINTNEWS_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(words.count(" ")))
    assert f"plain,{offered}" in lintnews().out.splitlines()


def test_a_broken_configuration_does_not_keep_the_files_of_another_from_being_checked(tmp_path, monkeypatch, lintnews):
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_text("The council met.\n\nLeave a Reply\n", encoding="utf-8")
    (tmp_path / "a" / "lintnews.toml").write_text("fail-on = = 1\n", encoding="utf-8")
    result = lintnews("check", "a", "b")
    assert result.status == 2
    assert "a/lintnews.toml" in result.err
    assert "b/x.txt" in result.out
