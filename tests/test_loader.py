"""Rules are found in directories and in installed packages, and what does not fit together is named."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from conftest import ROOT, document, outside

from lintnews.errors import PageError
from lintnews.loader import builtin_rules_directory, class_name, load_directory, load_rule, load_rules
from lintnews.patterns import PatternRule

FINE = """\
from dataclasses import dataclass
from lintnews.rule import Rule

@dataclass(frozen=True)
class StiffWords(Rule):
    "Finds nothing."

    def check(self, document):
        return iter(())
"""


def complaint(pages, front_matter: str, **rest: str) -> str:
    with pytest.raises(PageError) as caught:
        pages.rule(front_matter, **rest)
    return str(caught.value).removeprefix(f"{pages.directory}/style/")


def test_the_rules_that_ship_stand_beside_the_package_in_a_checkout():
    assert builtin_rules_directory() == ROOT / "rules"


def test_the_rules_of_a_named_directory_come_besides_those_that_ship(pages):
    pages.write("phrases: [thereof]")
    built_in = load_rules()
    assert load_rules([pages.directory]).keys() - built_in.keys() == {"stiff-words"}


def test_pages_come_in_the_order_of_their_paths_without_readmes(pages):
    for name in ("b/a", "a/z", "a/b"):
        pages.write("phrases: [thereof]", name=name)
    for name in ("README.md", "a/README.md", "a/readme.md", "a/notes.txt"):
        (pages.directory / name).write_text("No page.")
    (pages.directory / "c").mkdir()
    assert [rule.page.path.relative_to(pages.directory).as_posix() for rule in load_directory(pages.directory)] == [
        "a/b.md",
        "a/z.md",
        "b/a.md",
    ]


def test_a_directory_that_is_none_is_named(pages):
    with pytest.raises(PageError, match="rules: is no directory of rules"):
        load_directory(pages.directory)


def test_two_pages_of_one_id_are_refused_and_both_are_named(pages):
    for group in ("one", "two"):
        pages.write("phrases: [thereof]", name=f"{group}/stiff_words")
    with pytest.raises(PageError) as caught:
        load_rules([pages.directory])
    assert str(caught.value) == (
        f"{pages.directory}/two/stiff_words.md: the rule “stiff-words” has a page already: "
        f"{pages.directory}/one/stiff_words.md"
    )


def test_a_directory_named_twice_is_read_as_one(pages):
    pages.write("phrases: [thereof]")
    assert "stiff-words" in load_rules([pages.directory, pages.directory / "../rules"])


def test_a_page_with_lists_alone_is_a_pattern_rule(pages):
    rule = pages.rule("phrases: [thereof]")
    assert isinstance(rule, PatternRule)
    assert type(rule).__name__ == "StiffWords"


def test_a_page_that_looks_for_nothing_is_refused(pages):
    assert complaint(pages, "owner: desk").startswith("stiff_words.md: looks for nothing")


def test_a_page_with_options_that_nothing_reads_is_refused(pages):
    said = complaint(pages, "phrases: [a]\noptions: {limit: {default: 1, about: At most.}}")
    assert said == "stiff_words.md: has options, but no code beside it that could read them"


def test_code_beside_a_page_is_the_rule_and_the_page_is_its_page(pages):
    rule = pages.rule("level: note", py=FINE)
    assert type(rule).__name__ == "StiffWords"
    assert type(rule).__doc__ == "Finds nothing."
    assert rule.page.level == "note"
    assert list(rule.check(document("Words."))) == []


def test_a_directory_loaded_twice_leaves_the_first_rules_as_they_were(pages):
    first = pages.rule("level: note", py=FINE)
    second = pages.rule("level: error", py=FINE)
    assert (first.page.level, second.page.level) == ("note", "error")


@pytest.mark.parametrize(
    "code",
    [
        "x = 1\n",
        FINE.replace("StiffWords", "Stiffwords"),
        FINE.replace("@dataclass(frozen=True)\n", "").replace("(Rule)", ""),
        FINE.replace("(Rule)", ""),
        "StiffWords = 1\n",
    ],
    ids=["no class", "another name", "a plain class", "no rule", "no class of that name"],
)
def test_code_without_the_rules_class_is_refused(pages, code):
    said = complaint(pages, "", py=code)
    assert said == "stiff_words.py: holds no class “StiffWords” that is a frozen dataclass and a Rule"


def test_a_page_with_lists_needs_code_that_takes_their_hits(pages):
    said = complaint(pages, "phrases: [a]", py=FINE)
    assert said == "stiff_words.py: the page beside it has lists to look for, so “StiffWords” is a PatternRule"


@pytest.mark.parametrize(
    ("options", "field", "differing"),
    [
        ("options: {most-words: {default: 1, about: At most.}}", "", "most-words"),
        ("", "    most_words: int = 1\n", "most-words"),
        ("options: {least: {default: 1, about: At least.}}", "    most: int = 1\n", "least, most"),
    ],
)
def test_options_of_the_page_are_the_fields_of_the_class(pages, options, field, differing):
    code = FINE.replace('    "Finds nothing."\n', f'    "Finds nothing."\n{field}')
    said = complaint(pages, options, py=code)
    assert said == f"stiff_words.md: its options and the fields of “StiffWords” differ: {differing}"


def test_a_field_with_underscores_is_an_option_with_hyphens(pages):
    code = FINE.replace('    "Finds nothing."\n', "    most_words: int = 1\n")
    assert pages.rule("options: {most-words: {default: 1, about: At most.}}", py=code).most_words == 1


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            "import nothing_of_the_kind\n",
            "1: cannot be loaded: ModuleNotFoundError: No module named 'nothing_of_the_kind'",
        ),
        ("x = 1\ny = x / 0\n", "2: cannot be loaded: ZeroDivisionError: division by zero"),
        ("def f():\n    return [][1]\n\n\nf()\n", "2: cannot be loaded: IndexError: list index out of range"),
    ],
)
def test_broken_code_is_named_with_its_line(pages, code, said):
    assert complaint(pages, "", py=code) == f"stiff_words.py:{said}"


def test_code_that_is_no_python_is_named_with_its_line(pages):
    assert complaint(pages, "", py="x = 1\ndef (\n").startswith("stiff_words.py:2: cannot be loaded: SyntaxError: ")


def test_broken_code_that_is_mended_loads(pages):
    complaint(pages, "", py="x = 1 / 0\n")
    assert pages.rule("", py=FINE)


def test_code_that_stops_the_program_is_named(pages):
    assert "cannot be loaded: SystemExit" in complaint(pages, "", py="raise SystemExit(0)\n")


def test_two_groups_may_each_have_code_of_one_file_name(pages):
    one = load_rule(pages.write("", name="a/stiff_words", py=FINE))
    other = load_rule(pages.write("", name="b/stiff_words", py=FINE.replace("Finds nothing.", "Finds less.")))
    assert (one.made.__doc__, other.made.__doc__) == ("Finds nothing.", "Finds less.")


def test_the_code_of_a_rule_that_ships_is_loaded_when_its_lists_hit():
    done = outside(
        sys.executable,
        "-c",
        "import sys\nfrom pathlib import Path\nfrom lintnews.engine import Checker\n"
        "from lintnews.source import Source\n"
        "from lintnews.loader import load_rules\n"
        "loaded = lambda: any('undated_relative_date' in name for name in sys.modules)\n"
        "checker = Checker((load_rules()['undated-relative-date'](),))\n"
        "checker.check(Source(Path('a.txt'), 'The council met in May.'))\nprint(loaded())\n"
        "checker.check(Source(Path('a.txt'), 'The council met yesterday.'))\nprint(loaded())\n",
        PYTHONPATH=str(ROOT),
    )
    assert done.stdout.split() == ["False", "True"]


def test_a_class_is_named_after_its_file(pages):
    assert class_name(pages.directory / "style/stiff_words_2.md") == "StiffWords2"


def installed(tmp_path, entry_point: str, module: str) -> subprocess.CompletedProcess[str]:
    """Load all rules where a package with the given entry point is installed."""
    information = tmp_path / "site/newsroom_rules-1.0.dist-info"
    information.mkdir(parents=True)
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: newsroom-rules\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text(f"[lintnews.rules]\nnewsroom = {entry_point}\n")
    (tmp_path / "site/newsroom.py").write_text(module)
    script = (
        "from lintnews.errors import PageError\nfrom lintnews.loader import load_rules\n"
        "try:\n    print(sorted(load_rules())[-1])\nexcept PageError as error:\n    print(error)\n"
    )
    places = os.pathsep.join([str(tmp_path / "site"), str(ROOT)])
    return subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": places},
        capture_output=True,
        text=True,
        check=True,
    )


@pytest.mark.parametrize("value", ["newsroom:RULES", "newsroom:rules"])
def test_an_installed_package_brings_its_rules(pages, tmp_path, value):
    pages.write("phrases: [thereof]", name="style/zealous_words")
    module = f"from pathlib import Path\nRULES = Path({str(pages.directory)!r})\ndef rules():\n    return RULES\n"
    assert installed(tmp_path, value, module).stdout == "zealous-words\n"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("newsroom:gone", "the rules of the package “newsroom-rules” cannot be loaded"),
        ("newsroom:RULES", "is no directory of rules"),
    ],
)
def test_a_package_whose_rules_cannot_be_loaded_is_named(tmp_path, value, said):
    assert said in installed(tmp_path, value, "RULES = 'nowhere'\n").stdout
