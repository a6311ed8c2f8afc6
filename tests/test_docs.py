"""What the documentation says is true: its commands run, its output is real, its settings and pages are valid."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest
import yaml
from conftest import ROOT, outside

from lintnews.page import KINDS, SCOPES
from lintnews.rule import Level
from lintnews.settings import _KEYS

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINKING = [*DOCUMENTS, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", ROOT / "rules" / "README.md"]
WRITING = ROOT / "docs" / "writing-a-rule.md"
CONFIGURATION = ROOT / "docs" / "configuration.md"
SCHEMA = ROOT / "docs" / "output.schema.json"

SET_UP = ("python3 -m venv ", ".venv/bin/pip install ", "make check")
"""How the commands begin that install lintnews or run these very tests; they are left out, and no others."""

ARTICLE = "# The council\n\nThe council met on 3 May 2026 and adopted the budget.\n"
OTHERS = ["articles/a.md", "drafts/deep/b.md", "draft.md", "article.html", "published/c.md", "wire/d.txt"]
"""Articles that the documentation takes for granted."""


@dataclass(frozen=True)
class Block:
    """A fenced block: the document and the line it opens on, its info string, and what it holds."""

    document: Path
    line: int
    info: str
    text: str

    def __str__(self) -> str:
        return f"{self.document.name}:{self.line}"


def blocks(document):
    """Yield the fenced blocks of a document; one inside another is part of that."""
    fence, info, start, held = "", "", 0, []
    for number, line in enumerate(document.read_text(encoding="utf-8").splitlines(), start=1):
        opening = re.match(r"(`{3,})(.*)", line)
        if not fence and opening:
            fence, info, start, held = opening[1], opening[2].strip(), number, []
        elif fence and line == fence:
            yield Block(document, start, info, "".join(f"{each}\n" for each in held))
            fence = ""
        elif fence:
            held.append(line)
    assert not fence, f"{document.name}:{start}: this block is never closed"


ALL = [block for document in DOCUMENTS for block in blocks(document)]


def of_kind(*kinds):
    return [block for block in ALL if block.info in kinds]


def in_document(document, info):
    return [block.text for block in ALL if block.document == document and block.info == info]


@pytest.fixture
def scratch(tmp_path, monkeypatch):
    """Stand in a folder with the examples and the articles that the documentation takes for granted."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    for name in OTHERS:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(ARTICLE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def shell(scratch, tmp_path_factory, monkeypatch):
    """Return a function that runs a line of shell in the scratch folder, where `lintnews` is this one."""
    programs = tmp_path_factory.mktemp("programs")
    program = programs / "lintnews"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m lintnews "$@"\n')
    program.chmod(0o755)
    (scratch / ".venv").mkdir()
    (scratch / ".venv" / "bin").symlink_to(programs)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")

    def run(command):
        return subprocess.run(["bash", "-c", command], cwd=scratch, capture_output=True, text=True, check=False)

    return run


def commands(block):
    """Yield each command of a console block that is not set-up, and the output that is shown below it."""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        line, _, output = part.partition("\n")
        kept = [each.strip() for each in re.split(r"&&|;", line) if not each.strip().startswith(SET_UP)]
        if kept:
            yield "; ".join(kept), output


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


# Commands


@pytest.mark.skipif(os.name == "nt", reason="the commands are written for a Unix shell")
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_command_runs_and_says_what_is_shown(document, shell, scratch):
    for block in (block for block in ALL if block.document == document):
        for command, output in commands(block) if block.info == "console" else ():
            done = shell(command)
            # Findings are what examples are for; anything else that ends a command is a fault.
            assert done.returncode in {0, 1}, f"{block}: {command}\n{done.stderr}"
            if output:
                assert done.stdout == output, f"{block}: {command}"
        # What a page tells its readers to write, they have written before they go on.
        if document == WRITING and block.info == "toml" and "entry-points" not in block.text:
            write(scratch / "lintnews.toml", block.text)
        if document == WRITING and block.info == "markdown" and "gendered-title" in block.text:
            write(scratch / "house-rules" / "style" / "gendered_title.md", block.text)


def test_the_readme_shows_what_a_run_says():
    shown = [output for block in ALL if block.document == DOCUMENTS[0] for _, output in commands(block)]
    assert any("help: write" in output for output in shown)


def test_nothing_but_set_up_is_left_out():
    left_out = [
        part.strip()
        for block in of_kind("console")
        for line in re.findall(r"^\$ (.*)$", block.text, flags=re.MULTILINE)
        for part in re.split(r"&&|;", line)
        if part.strip().startswith(SET_UP)
    ]
    assert left_out == ["python3 -m venv .venv", ".venv/bin/pip install --quiet .", "make check"]


def test_make_knows_the_commands_that_are_named():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for document in LINKING:
        for target in re.findall(r"`make (\w+)`|^\$ make (\w+)", document.read_text(encoding="utf-8"), re.MULTILINE):
            assert re.search(rf"^{''.join(target)}:", makefile, re.MULTILINE), f"{document.name}: make {target}"


# Settings


@pytest.mark.parametrize("block", of_kind("toml"), ids=str)
def test_every_configuration_is_valid(block, scratch, lintnews):
    table = tomllib.loads(block.text)
    if "project" in table:
        assert list(table["project"]["entry-points"]) == ["lintnews.rules"]
        return
    folder = scratch / "site"
    write(folder / "lintnews.toml", block.text)
    write(folder / "article.md", ARTICLE)
    write(scratch / "shared" / "lintnews.toml", 'fail-on = "error"\n')
    write(folder / "house-rules" / "style" / "gendered_title.md", in_document(WRITING, "markdown")[0])
    if "gendered-title" in block.text:
        write(folder / "lintnews.toml", 'rules = ["house-rules"]\n' + block.text)
    result = lintnews("--output-format", "json", "site/article.md")
    assert (result.status, result.err) == (0, "")


def test_the_faults_of_a_configuration_are_told_as_shown(scratch, lintnews):
    shown = next(text for text in in_document(CONFIGURATION, "text") if "selct" in text).splitlines()
    faulty = [
        'selct = ["all"]\nfail-on = "eror"\nrules = ["house"]\n',
        'ignore = ["image"]\n',
        '[rule.repeated-paragraph]\nleast-words = "9"\n',
    ]
    told = []
    for text in faulty:
        write(scratch / "lintnews.toml", text)
        result = lintnews("draft.md")
        assert result.status == 2
        told += [line.removeprefix("lintnews: ") for line in result.err.splitlines()]
    assert told == shown


def test_broken_toml_is_shown_as_shown(scratch, lintnews):
    shown = next(text for text in in_document(CONFIGURATION, "text") if "is not TOML" in text)
    write(scratch / "lintnews.toml", '\nselect ["images"]\n')
    told = lintnews("draft.md").err.replace("lintnews: ", "")
    assert told == shown


def rows(document, heading):
    """Return the first column of the first table below a heading, a name each, however it is linked."""
    below = f"\n{document.read_text(encoding='utf-8')}".partition(f"\n{heading}\n")[2]
    table = re.search(r"^\|.*\n\|[-|]+\n((?:\|.*\n)+)", below, re.MULTILINE)[1]
    cells = (line.split("|")[1] for line in table.splitlines())
    return {name for cell in cells for name in re.findall(r"`\[*([a-zA-Z.-]+)\]*`", cell)}


def known_keys(lintnews, text, path):
    """Return the keys that a configuration may have, as the message about an unknown one lists them."""
    write(path, text)
    listed = re.search(r"; known are (.*)", lintnews("draft.md").err)[1]
    return set(re.split(r", | and ", listed))


def test_the_table_of_keys_names_every_key_and_no_other(scratch, lintnews):
    known = known_keys(lintnews, "zzzzzzzz = 1\n", scratch / "lintnews.toml")
    assert {name.removesuffix(".ID") for name in rows(CONFIGURATION, "## Keys")} == known


def test_the_keys_of_overrides_are_named(scratch, lintnews):
    known = known_keys(lintnews, '[[overrides]]\nfiles = ["a"]\nzzzzzzzz = 1\n', scratch / "lintnews.toml")
    section = CONFIGURATION.read_text(encoding="utf-8").partition("### `[[overrides]]`")[2].partition("```")[0]
    assert set(re.findall(r"`([a-z-]+)`", section)) == known


def test_every_key_has_a_section_of_its_own():
    sections = re.findall(r"^### `\[*([a-zA-Z.-]+)\]*`$", CONFIGURATION.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(sections) == rows(CONFIGURATION, "## Keys")


def test_the_table_of_a_page_names_every_key_and_no_other():
    assert rows(WRITING, "## The page") == _KEYS


def test_every_scope_is_named():
    row = next(line for line in WRITING.read_text(encoding="utf-8").splitlines() if line.startswith("| `scope` |"))
    assert set(re.findall(r"`([a-z-]+)`", row.split("|")[2])) == SCOPES


def test_every_level_and_every_kind_of_list_is_named():
    text = WRITING.read_text(encoding="utf-8")
    assert all(f"`{name}`" in text for name in (*Level, *KINDS))


def test_every_format_of_output_is_named(lintnews):
    formats = re.search(r"--output-format \[([^]]*)\]", " ".join(lintnews("check", "--help").out.split()))[1]
    assert rows(ROOT / "docs" / "output.md", "# Output") == set(formats.replace(" ", "").split("|"))


def test_every_suffix_that_is_read_is_named():
    from lintnews.readers import SUFFIXES

    section = CONFIGURATION.read_text(encoding="utf-8").partition("## What is checked")[2].partition("\n## ")[0]
    assert {name for name in re.findall(r"`(\.[a-z]+)`", section) if "ignore" not in name} == set(SUFFIXES)


# Output


@pytest.mark.parametrize("block", of_kind("json"), ids=str)
def test_every_json_example_is_valid(block):
    jsonschema.validate(json.loads(block.text), schema())


def schema():
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.usefixtures("scratch")
def test_the_json_example_is_what_its_command_writes(lintnews):
    (example,) = in_document(ROOT / "docs" / "output.md", "json")
    assert json.loads(lintnews("--output-format", "json", "-", stdin=b"Leave a Reply").out) == json.loads(example)


@pytest.mark.usefixtures("scratch")
def test_reports_are_as_the_schema_says(lintnews):
    paths = ("examples", "none.md")
    jsonschema.validate(json.loads(lintnews("--output-format", "json", *paths).out), schema())
    line = {"$ref": "#/$defs/line", "$defs": schema()["$defs"]}
    kinds = []
    for text in lintnews("--output-format", "jsonl", *paths).out.splitlines():
        value = json.loads(text)
        jsonschema.validate(value, line)
        kinds.append(value["type"])
    assert set(kinds) == {"finding", "failure", "summary"}
    assert kinds[-1] == "summary"


def test_the_schema_leaves_no_key_of_a_report_out(lintnews):
    report = json.loads(lintnews("--output-format", "json", ROOT / "examples").out)
    definitions = schema()["$defs"]
    for file in report["files"]:
        assert set(file) == set(definitions["file"]["properties"])
        for finding in file["findings"]:
            assert set(finding) == set(definitions["finding"]["properties"])
    assert set(report) == set(schema()["properties"])


# Pages


def test_the_page_that_is_written_in_five_minutes_keeps_the_laws(scratch, lintnews):
    write(scratch / "house-rules" / "style" / "gendered_title.md", in_document(WRITING, "markdown")[0])
    assert lintnews("rules", "test", "house-rules").out == "No faults in 4 examples on 1 page.\n"


def test_the_page_with_code_keeps_the_laws(scratch, lintnews):
    write(scratch / "house-rules" / "style" / "shouting_heading.md", in_document(WRITING, "markdown")[1])
    (code,) = in_document(WRITING, "python")
    write(scratch / "house-rules" / "style" / "shouting_heading.py", code)
    assert lintnews("rules", "test", "house-rules").out == "No faults in 4 examples on 1 page.\n"


def allowances():
    texts = in_document(CONFIGURATION, "markdown") + in_document(DOCUMENTS[0], "markdown")
    return [text for text in texts if "lintnews: allow" in text]


@pytest.mark.parametrize("text", allowances())
def test_what_is_said_of_allowing_is_so(scratch, lintnews, text):
    # The one for a whole file stands there without the file.
    alone = ["--ignore", "unused-suppression"] if "allow-file" in text else []
    write(scratch / "draft.md", text)
    assert lintnews("draft.md", *alone).out == "No findings in 1 file.\n"


def test_what_is_said_of_allowing_in_front_matter_is_so(scratch, lintnews):
    for text in in_document(CONFIGURATION, "yaml"):
        write(scratch / "draft.md", f"---\n{text}---\n{ARTICLE}")
        assert "malformed-suppression" not in lintnews("draft.md").out


def test_the_hook_that_is_named_is_one():
    (text,) = in_document(ROOT / "README.md", "yaml")
    (repository,) = yaml.safe_load(text)["repos"]
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {hook["id"] for hook in repository["hooks"]} <= {hook["id"] for hook in offered}


# The whole


@pytest.mark.parametrize("document", LINKING, ids=lambda document: str(document.relative_to(ROOT)))
def test_every_link_inside_the_repository_leads_somewhere(document):
    prose = re.sub(r"^(`{3,}).*?^\1$", "", document.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)]+)\)", prose):
        path, _, fragment = target.partition("#")
        if target.startswith("https://"):
            continue
        linked = document if not path else (document.parent / path).resolve()
        assert linked.exists(), f"{document.name}: {target}"
        if fragment:
            assert fragment in fragments(linked), f"{document.name}: {target}"


def fragments(document):
    """Return the names that GitHub gives to the headings of a document."""
    headings = re.findall(r"^#+ (.*)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_rule_that_is_named_is_there(lintnews):
    listed = {line.split()[0] for line in lintnews("rules", "list").out.splitlines() if line.startswith("  ")}
    own = {"gendered-title", "shouting-heading"}
    for document in DOCUMENTS:
        for rule in re.findall(r"lintnews: allow\S* ([a-z-]+)|explain ([a-z-]+)", document.read_text(encoding="utf-8")):
            assert "".join(rule) in listed | own, f"{document.name}: {rule}"


def test_the_index_of_the_rules_is_up_to_date():
    done = outside(sys.executable, "docs/generate.py", "--check", cwd=ROOT, PYTHONPATH=str(ROOT))
    assert done.returncode == 0, done.stderr


def test_the_documentation_passes_its_own_linter(lintnews):
    result = lintnews(*LINKING[:-1])
    assert result.status == 0, result.out + result.err
