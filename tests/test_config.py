"""What a configuration says, and how its faults are told."""

from __future__ import annotations

import pickle
import re
from dataclasses import replace
from pathlib import Path

import pytest

from lintnews.config import Config, ConfigFinder, command_line, validate_rules
from lintnews.configfile import check_options, read_config
from lintnews.errors import ConfigError
from lintnews.rule import Level

RULES = {
    "missing-alt-text": "images",
    "overlong-alt-text": "images",
    "doubled-word": "garbled",
    "hard-to-read": "readability",
}


@pytest.fixture(autouse=True)
def _in_the_project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def config(text: str, name: str = "lintnews.toml") -> Config:
    return read_config(write(Path(name), text))


def commanded(given: Config, **options: object) -> Config:
    """Return the configuration with the options of a command line on top."""
    return replace(given, command_line=command_line(**options))


def fault(text: str, name: str = "lintnews.toml") -> str:
    with pytest.raises(ConfigError) as raised:
        config(text, name)
    return str(raised.value)


# Look-up.


def test_nearest_configuration_above_the_file_wins(tmp_path):
    write(tmp_path / "lintnews.toml", 'language = "de"')
    write(tmp_path / "news" / "lintnews.toml", 'market = "us"')
    found = ConfigFinder().config_for(Path("news/today/a.md"))
    assert (found.path, found.language, found.market) == (tmp_path / "news" / "lintnews.toml", "en", "us")


def test_project_file_without_the_table_is_not_a_stop(tmp_path):
    write(tmp_path / "lintnews.toml", 'language = "de"')
    write(tmp_path / "site" / "pyproject.toml", '[project]\nname = "site"')
    assert ConfigFinder().config_for(Path("site/a.md")).language == "de"


def test_project_file_that_only_mentions_lintnews_is_not_a_stop(tmp_path):
    write(tmp_path / "lintnews.toml", 'language = "de"')
    write(tmp_path / "site" / "pyproject.toml", '[project]\ndependencies = ["lintnews"]')
    assert ConfigFinder().config_for(Path("site/a.md")).language == "de"


def test_broken_project_file_of_another_tool_is_not_ours(tmp_path):
    write(tmp_path / "site" / "pyproject.toml", "[tool.other\n")
    assert ConfigFinder().config_for(Path("site/a.md")).path is None


def test_project_file_with_the_table_is_read():
    assert config('[tool.lintnews]\nlanguage = "fr"', "pyproject.toml").language == "fr"


def test_own_file_comes_before_the_project_file_beside_it():
    write(Path("pyproject.toml"), '[tool.lintnews]\nlanguage = "fr"')
    write(Path("lintnews.toml"), 'language = "de"')
    assert ConfigFinder().config_for(Path("a.md")).language == "de"


def test_named_file_holds_for_every_file(tmp_path):
    write(tmp_path / "news" / "lintnews.toml", 'language = "de"')
    named = write(tmp_path / "other.toml", 'language = "fr"')
    assert ConfigFinder(named).config_for(Path("news/a.md")).language == "fr"


def test_without_a_configuration_the_defaults_hold():
    found = ConfigFinder().config_for(Path("a.md"))
    assert (found.path, found.values, found.fail_on, found.language) == (None, {}, Level.WARNING, "en")
    assert (found.market, found.output_format, found.require_reason) == (None, None, False)


def test_files_of_one_tree_share_one_configuration(tmp_path):
    write(tmp_path / "lintnews.toml", 'language = "de"')
    finder = ConfigFinder()
    assert finder.config_for(Path("a/b/c.md")) is finder.config_for(Path("a/b/d.md"))


def test_directory_is_looked_up_once(tmp_path):
    path = write(tmp_path / "lintnews.toml", 'language = "de"')
    finder = ConfigFinder()
    finder.config_for(Path("a/b.md"))
    path.unlink()
    assert finder.config_for(Path("a/c.md")).language == "de"


def test_faulty_configuration_is_told_for_every_file_under_it(tmp_path):
    write(tmp_path / "lintnews.toml", "langage = 1")
    finder = ConfigFinder()
    for name in ("a.md", "b.md", "c/d.md"):
        with pytest.raises(ConfigError, match="unknown key “langage”"):
            finder.config_for(Path(name))


def test_configuration_survives_the_way_to_a_worker():
    given = config('market = "us"\n[[overrides]]\nfiles = ["a.md"]\nmarket = "de"')
    assert pickle.loads(pickle.dumps(given)).settings_for(Path("a.md")).market == "de"  # noqa: S301  our own bytes


# Faults.


def test_unknown_key_names_the_nearest():
    assert fault('selct = ["images"]') == "lintnews.toml: unknown key “selct”; did you mean “select”?"


def test_unknown_key_far_from_all_lists_the_known():
    assert "; known are extend, select, extend-select," in fault("zzz = 1")


def test_key_of_a_project_file_is_named_in_full():
    assert fault("[tool.lintnews]\nselct = 1", "pyproject.toml").startswith(
        "pyproject.toml: unknown key “tool.lintnews.selct”"
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('select = "images"', "“select” is the string “images”; it must be a list of strings"),
        ("select = [3]", "“select” holds the number 3; it must be a list of strings"),
        ('ignore = [""]', "“ignore” holds an empty string; it must be a list of strings"),
        ("require-reason = 1", "“require-reason” is the number 1; it must be true or false"),
        ("output-format = []", "“output-format” is a list; allowed are text,"),
        ('output-format = "jsn"', "“output-format” is the string “jsn”; allowed are text,"),
        ("language = true", "“language” is true; it must be a language tag such as “en” or “pt-BR”"),
        ('market = "USA"', "“market” is the string “USA”; it must be a country in two small letters"),
        ("fail-on = 2026-01-01", "“fail-on” is the date or time 2026-01-01; allowed are error, warning,"),
        ('fail-on = "eror"', "“fail-on” is the string “eror”; allowed are error, warning, review and note; did you"),
        ('level = "error"', "“level” is the string “error”; it must be a table"),
        ('[level]\ndoubled-word = "bad"', "“level.doubled-word” is the string “bad”; allowed are"),
        ("[rule]\ndoubled-word = 1", "“rule.doubled-word” is the number 1; it must be a table"),
        ("[rule.doubled-word]\nlevel = 1", "“rule.doubled-word.level” is the number 1; allowed are"),
        ("[rules.doubled-word]\nmax = 1", "“rules” is a table; it must be a list of directories"),
        ('exclude = ["!"]', "“exclude” holds the pattern “!”, which is not gitignore syntax"),
        ('extend = "base.ini"', "“extend” is the string “base.ini”; it must be the path of a .toml file"),
        ("overrides = 1", "“overrides” is the number 1; it must be a list of tables, each written [[overrides]]"),
        ('[[overrides]]\nmarket = "us"', "“overrides[0].files” is missing or empty"),
        ('[[overrides]]\nfiles = ["a"]\nfail-on = "note"', "unknown key “overrides[0].fail-on”"),
    ],
)
def test_fault_names_key_and_what_is_found_and_allowed(text, sentence):
    assert f"lintnews.toml: {sentence}" in fault(text)


def test_all_faults_of_a_file_are_told():
    lines = fault('selct = 1\nfail-on = "fatal"\nlanguage = 3').splitlines()
    assert len(lines) == 3


def test_broken_toml_is_shown_with_line_and_column():
    assert fault('language = "de"\nselect ["images"]\n') == (
        "lintnews.toml:2:8: is not TOML: expected '=' after a key in a key/value pair\n"
        '  2 | select ["images"]\n'
        "    |        ^"
    )


def test_toml_that_ends_too_early_is_shown_at_its_end():
    assert fault('select = ["images"').startswith("lintnews.toml:1:19: is not TOML:")


def test_number_of_too_many_digits_is_told():
    assert fault("level.x = " + "1" * 5_000).startswith("lintnews.toml:1:")


def test_deeply_nested_toml_is_refused():
    assert fault("select = " + "[" * 100_000) == "lintnews.toml: is nested too deep"


def test_file_that_is_not_utf8_is_refused(tmp_path):
    (tmp_path / "lintnews.toml").write_bytes('language = "dé"'.encode("latin-1") * 3)
    with pytest.raises(ConfigError, match=r"lintnews\.toml: is not UTF-8"):
        read_config(Path("lintnews.toml"))


def test_byte_order_mark_is_accepted(tmp_path):
    (tmp_path / "lintnews.toml").write_bytes(b'\xef\xbb\xbflanguage = "de"\r\n')
    assert read_config(Path("lintnews.toml")).language == "de"


def test_missing_file_is_told():
    with pytest.raises(ConfigError, match=r"none\.toml: no such file"):
        read_config(Path("none.toml"))


def test_directory_in_place_of_a_file_is_told(tmp_path):
    (tmp_path / "lintnews.toml").mkdir()
    with pytest.raises(ConfigError, match=r"lintnews\.toml: is a directory"):
        ConfigFinder().config_for(Path("a.md"))


def test_named_project_file_without_the_table_is_told():
    assert fault("[project]", "pyproject.toml") == "pyproject.toml: has no table [tool.lintnews]"


def test_table_that_is_none_is_told():
    assert "“tool.lintnews” is the number 3; it must be a table" in fault("tool.lintnews = 3", "pyproject.toml")


def test_directory_of_rules_must_exist():
    assert fault('rules = ["house"]').startswith("lintnews.toml: “rules” names “house”, which does not exist in ")


def test_directory_of_rules_must_be_one():
    write(Path("house"), "")
    assert "“house”, which is not a directory" in fault('rules = ["house"]')


def test_faults_do_not_steer_a_terminal():
    assert "\x1b" not in fault(r'"\u001b[31m" = 1')


# Extending.


def test_own_values_stand_above_those_of_the_file_extended():
    write(Path("base.toml"), 'language = "de"\nmarket = "de"\n[rule.hard-to-read]\nmax-grade = 9\nworst = 3')
    given = config('extend = "base.toml"\nmarket = "us"\n[rule.hard-to-read]\nmax-grade = 12')
    assert (given.language, given.market) == ("de", "us")
    assert (given.values["rule.hard-to-read.max-grade"], given.values["rule.hard-to-read.worst"]) == (12, 3)


def test_chain_of_files_is_followed_from_each_ones_own_directory():
    write(Path("shared/all.toml"), 'language = "de"')
    write(Path("shared/news.toml"), 'extend = "all.toml"\nmarket = "de"')
    given = config('extend = "shared/news.toml"')
    assert (given.language, given.market) == ("de", "de")


def test_extending_a_project_file_reads_its_table():
    write(Path("base/pyproject.toml"), '[tool.lintnews]\nlanguage = "de"')
    assert config('extend = "base/pyproject.toml"').language == "de"


def test_chain_that_comes_back_to_itself_is_told():
    write(Path("b.toml"), 'extend = "lintnews.toml"')
    assert fault('extend = "b.toml"') == (
        "lintnews.toml: “extend” comes back to itself: lintnews.toml → b.toml → lintnews.toml"
    )


def test_missing_file_to_extend_is_told_with_who_names_it():
    assert fault('extend = "b.toml"') == "b.toml: no such file (“extend” of lintnews.toml names it)"


def test_faults_of_the_file_extended_are_told_too():
    write(Path("base.toml"), "langage = 1")
    assert [line.split(":")[0] for line in fault('extend = "base.toml"\nmarkt = 1').splitlines()] == [
        "lintnews.toml",
        "base.toml",
    ]


def test_directories_of_rules_add_up(tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "shared" / "house").mkdir(parents=True)
    write(Path("shared/base.toml"), 'rules = ["house"]')
    given = config('extend = "shared/base.toml"\nrules = ["own", "shared/house"]')
    assert given.rules == (tmp_path / "shared" / "house", tmp_path / "own")


# Which rules run.


def enabled(given: Config) -> set[str]:
    return set(given.enabled(RULES, default={"missing-alt-text", "doubled-word"}))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {"missing-alt-text", "doubled-word"}),
        ('select = ["images"]', {"missing-alt-text", "overlong-alt-text"}),
        ('select = ["all"]\nignore = ["images"]', {"doubled-word", "hard-to-read"}),
        ('extend-select = ["hard-to-read"]', {"missing-alt-text", "doubled-word", "hard-to-read"}),
        ('ignore = ["doubled-word"]', {"missing-alt-text"}),
        ('ignore = ["all"]\nextend-select = ["missing-alt-text"]', {"missing-alt-text"}),
        ('select = ["images"]\nignore = ["missing-alt-text"]', {"overlong-alt-text"}),
        ('select = ["images"]\nignore = ["images"]', set()),
    ],
)
def test_rules_that_run(text, expected):
    assert enabled(config(text)) == expected


def test_command_line_selects_what_the_file_ignores():
    given = commanded(config('ignore = ["doubled-word"]'), select=["doubled-word"])
    assert enabled(given) == {"doubled-word"}


def test_command_line_ignores_besides_what_the_file_ignores():
    given = commanded(config('ignore = ["doubled-word"]'), ignore=["images"])
    assert enabled(given) == set()


def test_group_ignored_above_covers_a_rule_selected_below():
    given = commanded(config('select = ["missing-alt-text", "doubled-word"]'), ignore=["images"])
    assert enabled(given) == {"doubled-word"}


def test_names_on_the_command_line_are_joined_by_commas():
    given = commanded(Config(), select=["images, doubled-word", "hard-to-read"])
    assert given.values == {"select": ("images", "doubled-word", "hard-to-read")}


def test_selection_is_shown_as_it_adds_up():
    given = commanded(config('ignore = ["images"]\nextend-select = ["hard-to-read"]'), ignore=["doubled-word"])
    assert given.values == {"extend-select": ("hard-to-read",), "ignore": ("images", "doubled-word")}


# Levels and the command line.


def test_level_is_given_in_either_table():
    given = config('[level]\ndoubled-word = "note"\n[rule.hard-to-read]\nlevel = "error"')
    assert given.level == {"doubled-word": Level.NOTE, "hard-to-read": Level.ERROR}
    assert set(given.values) == {"level.doubled-word", "level.hard-to-read"}


def test_level_given_twice_is_told():
    assert "keep one of them" in fault('[level]\ndoubled-word = "note"\n[rule.doubled-word]\nlevel = "error"')


def test_command_line_stands_above_file_and_overrides():
    text = '[rule.doubled-word]\nlevel = "note"\n[[overrides]]\nfiles = ["*.md"]\nlevel.doubled-word = "review"'
    given = commanded(config(text), level=["doubled-word=error"], fail_on="note")
    settings = given.settings_for(Path("a.md"))
    assert (settings.level["doubled-word"], settings.fail_on) == (Level.ERROR, Level.NOTE)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"level": ["doubled-word"]}, "“--level” is “doubled-word”; it must be RULE=LEVEL"),
        ({"level": ["doubled-word=eror"]}, "“--level” is “doubled-word=eror”; allowed are error,"),
        ({"fail_on": "fatal"}, "“--fail-on” is “fatal”; allowed are error, warning, review and note"),
    ],
)
def test_faults_of_the_command_line_are_told(given, sentence):
    with pytest.raises(ConfigError) as raised:
        command_line(**given)
    assert f"command line: {sentence}" in str(raised.value)


def test_finder_puts_the_command_line_on_every_configuration(tmp_path):
    write(tmp_path / "a" / "lintnews.toml", 'fail-on = "note"')
    finder = ConfigFinder(command_line=command_line(fail_on="error"))
    assert {finder.config_for(Path(name)).fail_on for name in ("a/a.md", "b.md")} == {Level.ERROR}


def test_origin_of_each_value_is_known():
    write(Path("base.toml"), 'language = "de"\nignore = ["images"]')
    given = config('extend = "base.toml"\nignore = ["garbled"]\n[rule.hard-to-read]\nmax-grade = 9')
    assert commanded(given, fail_on="note").origins == {
        "language": "base.toml",
        "ignore": "lintnews.toml",
        "rule.hard-to-read.max-grade": "lintnews.toml",
        "fail-on": "command line",
    }


# Overrides, exclude and include.


def test_override_holds_for_the_files_that_match():
    given = config('language = "en"\n[[overrides]]\nfiles = ["german/", "*.de.md"]\nlanguage = "de"')
    languages = [given.settings_for(Path(name)).language for name in ("german/x/a.md", "b.de.md", "c.md")]
    assert languages == ["de", "de", "en"]


def test_later_override_stands_above_an_earlier_one():
    text = '[[overrides]]\nfiles = ["*.md"]\nmarket = "us"\n[[overrides]]\nfiles = ["a.md"]\nmarket = "de"'
    assert config(text).settings_for(Path("a.md")).market == "de"


def test_override_adds_options_to_those_of_the_file():
    text = "[rule.hard-to-read]\nmax-grade = 9\n[[overrides]]\nfiles = ['kids/']\nrule.hard-to-read.worst = 3"
    values = config(text).settings_for(Path("kids/a.md")).values
    assert values == {"rule.hard-to-read.max-grade": 9, "rule.hard-to-read.worst": 3}


def test_files_with_the_same_overrides_share_their_settings():
    given = config('[[overrides]]\nfiles = ["*.md"]\nmarket = "us"')
    assert given.settings_for(Path("a.md")) is given.settings_for(Path("b.md"))
    assert given.settings_for(Path("a.txt")) is given


def test_globs_are_relative_to_the_file_that_states_them(tmp_path, monkeypatch):
    write(tmp_path / "site" / "lintnews.toml", 'exclude = ["/drafts"]')
    (tmp_path / "site" / "drafts").mkdir()
    monkeypatch.chdir(tmp_path / "site" / "drafts")
    given = ConfigFinder().config_for(Path("a.md"))
    assert given.excludes(Path("a.md"))
    assert not given.excludes(Path("../news/drafts/a.md"))


def test_pattern_without_a_slash_matches_outside_the_directory_too(tmp_path):
    given = read_config(write(tmp_path / "site" / "lintnews.toml", 'exclude = ["*.draft.md"]'))
    assert given.excludes(tmp_path / "other" / "a.draft.md")


def test_excluded_file_comes_back_by_a_negated_pattern():
    given = config('exclude = ["drafts/*", "!drafts/keep.md"]')
    assert (given.excludes(Path("drafts/a.md")), given.excludes(Path("drafts/keep.md"))) == (True, False)


def test_include_leaves_out_what_it_does_not_match():
    given = config('include = ["articles/"]')
    assert (given.excludes(Path("articles/a.md")), given.excludes(Path("README.md"))) == (False, True)


# Names and options that only the rules can judge.


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('select = ["image"]', "“select” names the unknown rule “image”; did you mean “images”?"),
        ('ignore = ["xyzzy"]', "“ignore” names the unknown rule “xyzzy”; “lintnews rules” lists them"),
        ('[level]\ndouble-word = "note"', "“level” names the unknown rule “double-word”; did you mean “doubled-word”?"),
        ('[level]\nimages = "note"', "“level” names the group “images”; name its rules"),
        ("[rule.hard-to-reed]\na = 1", "“rule” names the unknown rule “hard-to-reed”; did you mean “hard-to-read”?"),
        ('[[overrides]]\nfiles = ["a"]\nignore = ["al"]', "“overrides[0].ignore” names the unknown rule “al”"),
    ],
)
def test_unknown_rule_names_the_nearest(text, sentence):
    with pytest.raises(ConfigError) as raised:
        validate_rules(config(text), RULES)
    assert f"lintnews.toml: {sentence}" in str(raised.value)


def test_unknown_rule_on_the_command_line_is_told():
    with pytest.raises(ConfigError, match="command line: “--ignore” names the unknown rule “imags”"):
        validate_rules(commanded(Config(), ignore=["imags"]), RULES)


def test_known_names_pass():
    validate_rules(config('select = ["all", "images", "doubled-word"]\n[rule.hard-to-read]\nx = 1'), RULES)


FIELDS = {"max_grade": 9.5, "at_least": 3, "names": ("a",), "strict": False, "label": str, "swap": {"a": "b"}}


def test_options_become_values_of_their_fields_types():
    given = {"max-grade": 9, "at-least": 1, "names": ["x"], "strict": True, "label": "l", "swap": {"c": "d"}}
    values = check_options("here", given, FIELDS)
    assert values == {
        "max_grade": 9.0, "at_least": 1, "names": ("x",), "strict": True, "label": "l", "swap": {"c": "d"}
    }  # fmt: skip
    assert isinstance(values["max_grade"], float)


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("max-grade", True, "“max-grade” is true; it must be a number"),
        ("max-grade", float("nan"), "“max-grade” is the number nan; it must be a number"),
        ("at-least", 1.5, "“at-least” is the number 1.5; it must be a whole number"),
        ("max-grade", 10**400, f"“max-grade” is the number 1{'0' * 400}; it must be a number"),
        ("at-least", False, "“at-least” is false; it must be a whole number"),
        ("names", ["x", 1], "“names” is a list; it must be a list of strings"),
        ("strict", 0, "“strict” is the number 0; it must be true or false"),
        ("label", 1, "“label” is the number 1; it must be a string"),
        ("swap", {"a": 1}, "“swap” is a table; it must be a table of strings"),
        ("max_grade", 9, "unknown option “max_grade”; did you mean “max-grade”?"),
        ("zzz", 9, "unknown option “zzz”; known are max-grade, at-least, names, strict, label, swap and level"),
    ],
)
def test_option_of_another_type_is_told(option, value, sentence):
    with pytest.raises(ConfigError) as raised:
        check_options("lintnews.toml: rule.x", {option: value}, FIELDS)
    assert str(raised.value) == f"lintnews.toml: rule.x: {sentence}"


def test_option_for_a_rule_without_options_is_told():
    with pytest.raises(ConfigError, match="unknown option “max”; the rule has only “level”"):
        check_options("here", {"max": 1}, {})


def test_field_of_a_type_no_option_can_have_is_the_rules_defect():
    with pytest.raises(TypeError, match="an option cannot be of the type complex"):
        check_options("here", {"phase": 1}, {"phase": 1j})


def test_options_of_a_rule_come_from_all_layers_and_name_the_one_at_fault():
    write(Path("base.toml"), "[rule.hard-to-read]\nmax-grade = 'x'")
    given = config('extend = "base.toml"\n[rule.hard-to-read]\nat-least = 2')
    with pytest.raises(ConfigError, match=r"base\.toml: rule\.hard-to-read: “max-grade” is the string “x”"):
        given.options_for("hard-to-read", lambda: FIELDS)
    assert config("[rule.hard-to-read]\nat-least = 2").options_for("hard-to-read", lambda: FIELDS) == {"at_least": 2}


def test_examples_of_the_documentation_are_valid(tmp_path):
    (tmp_path / "site" / "house-rules").mkdir(parents=True)
    write(tmp_path / "shared" / "lintnews.toml", "")
    page = (Path(__file__).parents[1] / "docs" / "configuration.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```toml\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert len(examples) > 10
    for example in examples:
        config(example, "site/lintnews.toml")


def test_documentation_names_every_key():
    page = (Path(__file__).parents[1] / "docs" / "configuration.md").read_text(encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        config("zzz = 1")
    known = str(raised.value).partition("known are ")[2].replace(" and ", ", ").split(", ")
    assert [key for key in known if f"| [`{key}" not in page and f"[[{key}]]" not in page] == []
