"""What is loaded at start-up: every module is paid for by whoever checks one short article."""

import os
import subprocess
import sys
import zipfile

import pytest

ARTICLE = "# The council\n\nThe council met on 3 May 2026.\n\n![The council](council.jpg)\n"

ALLOWED = [
    # The libraries that every article needs.
    "click",
    "pyromark",
    "ahocorasick",
    "re2",
    "sentencex",
    # The standard library's modules that ours and those import; what they import in turn is allowed with them.
    "array",
    "bisect",
    "collections",
    "contextlib",
    "dataclasses",
    "enum",
    "functools",
    "gc",
    "hashlib",
    "importlib.util",
    "itertools",
    "json",
    "locale",
    "math",
    "pathlib",
    "re",
    "runpy",
    "shutil",
    "stat",
    "typing",
    "unicodedata",
    "urllib.parse",
]
OURS = {
    "lintnews",
    "lintnews.__main__",
    "lintnews.article",
    "lintnews.cache",
    "lintnews.cli",
    "lintnews.config",
    "lintnews.document",
    "lintnews.earlier",
    "lintnews.engine",
    "lintnews.errors",
    "lintnews.files",
    "lintnews.fixes",
    "lintnews.gate",
    "lintnews.languages",
    "lintnews.literals",
    "lintnews.loader",
    "lintnews.nesting",
    "lintnews.page",
    "lintnews.patterns",
    "lintnews.readers",
    "lintnews.readers.builder",
    "lintnews.readers.frontmatter",
    "lintnews.readers.markdown",
    "lintnews.regex",
    "lintnews.reporters",
    "lintnews.reporters.text",
    "lintnews.rule",
    "lintnews.run",
    "lintnews.sentences",
    "lintnews.settings",
    "lintnews.source",
    "lintnews.suppressions",
}
SLOW = [
    "asyncio",
    "charset_normalizer",
    "csv",
    "ftfy",
    "ignore",
    "importlib.metadata",
    "language_tool_python",
    "logging",
    "multiprocessing",
    "pathspec",
    "rich",
    "spacy",
    "subprocess",
    "textstat",
    "tomllib",
    "tree_sitter",
    "turbohtml",
    "yaml",
]


WATCHED = """
import atexit, runpy, sys
atexit.register(lambda: print("loaded:", *sorted(sys.modules), file=sys.stderr))
"""


def imported(code, *, cwd):
    """Return the names of the modules that a process of its own has loaded when the code has run."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "COVERAGE"))}
    done = subprocess.run(
        [sys.executable, "-c", WATCHED + code],
        cwd=cwd,
        env={**clean, "LINTNEWS_CACHE_DIR": str(cwd / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return set(done.stderr.rpartition("loaded:")[2].split())


def program(*arguments):
    return f"sys.argv = {['lintnews', *arguments]}; runpy.run_module('lintnews', run_name='__main__', alter_sys=True)"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("start-up")
    (folder / "tiny.md").write_text(ARTICLE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def allowed(folder):
    return imported(f"import {', '.join(ALLOWED)}", cwd=folder)


@pytest.fixture(scope="module")
def warm(folder):
    imported(program("tiny.md"), cwd=folder)
    return imported(program("tiny.md"), cwd=folder)


def test_nothing_is_imported_that_is_not_on_the_list(warm, allowed):
    # Rules in Python are loaded under names of their own, and bring nothing that is not allowed either.
    assert {name for name in warm - allowed - OURS if not name.startswith("lintnews_rules_")} == set()


@pytest.mark.parametrize("module", SLOW)
def test_a_slow_module_is_left_alone_until_it_is_needed(warm, module):
    assert module not in warm


def test_html_alone_pays_for_the_html_parser(folder, warm):
    (folder / "tiny.html").write_text("<p>The council met on 3 May 2026.</p>", encoding="utf-8")
    assert "turbohtml" in imported(program("tiny.html"), cwd=folder)
    assert "turbohtml" not in warm


def test_a_docx_alone_pays_for_the_zip_and_xml_readers(folder, warm):
    body = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'
    with zipfile.ZipFile(folder / "tiny.docx", "w") as archive:
        archive.writestr("word/document.xml", body)
    for module in ("lintnews.readers.docx", "zipfile", "xml.parsers.expat"):
        assert module in imported(program("tiny.docx"), cwd=folder)
        assert module not in warm


def test_a_help_text_loads_no_engine(folder):
    loaded = imported(program("--help"), cwd=folder)
    assert "lintnews.cli" in loaded
    assert loaded.isdisjoint({"pyromark", "re2", "sentencex", "lintnews.run", "lintnews.config"})


def test_importing_lintnews_imports_nothing_but_itself(folder):
    assert imported("import lintnews", cwd=folder) - imported("import __future__, typing", cwd=folder) == {"lintnews"}
