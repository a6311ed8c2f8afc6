"""Fixtures that several test modules share, and what they make: pages, rules and documents."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

import pytest

from lintnews.document import Document
from lintnews.engine import Checker, Report
from lintnews.loader import load_rule
from lintnews.page import Page
from lintnews.readers import read
from lintnews.rule import Finding, Rule
from lintnews.settings import read_page
from lintnews.source import Source

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@dataclass(frozen=True)
class Result:
    """What a run of the program came to."""

    status: int
    out: str
    err: str


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory):
    """Keep the user's cache out of the tests, and the tests out of the user's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LINTNEWS_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def lintnews(monkeypatch):
    """Run the program in this process, as the command line would."""
    from lintnews.cli import main

    def run(*arguments, stdin=b""):
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["lintnews", *map(str, arguments)])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            with pytest.raises(SystemExit) as exit_:
                main()
            out.flush()
            err.flush()
        return Result(exit_.value.code, out.buffer.getvalue().decode(), err.buffer.getvalue().decode())

    return run


class Pages:
    """Writes rule pages into a directory of the test's own, and gives the rules they make."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def write(self, front_matter: str, *, name: str = "style/stiff_words", body: str = "", **files: str) -> Path:
        """Write a page whose front matter has the given lines besides those every page needs."""
        path = self.directory / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        given = textwrap.dedent(front_matter).strip("\n")
        needed = {"summary": "Stiff words.", "level": "warning", "message": "“{match}” is stiff."}
        lines = [f"{key}: {value}" for key, value in needed.items() if f"\n{key}:" not in f"\n{given}"]
        head = "\n".join(["---", *lines, given, "---"])
        why = f"# {path.stem.replace('_', '-')}\n\nStiff words tire readers.\n"
        path.write_text(f"{head}\n{body or why}", encoding="utf-8")
        for suffix, text in files.items():
            path.with_suffix(f".{suffix}").write_text(textwrap.dedent(text), encoding="utf-8")
        return path

    def page(self, front_matter: str, **rest: str) -> Page:
        """Write a page and read it."""
        return read_page(self.write(front_matter, **rest))

    def rule(self, front_matter: str, **rest: str) -> Rule:
        """Write a page and make its rule."""
        return load_rule(self.write(front_matter, **rest))()

    def findings(self, front_matter: str, text: str, *, language: str = "en") -> tuple[Finding, ...]:
        """Return what a page finds in a text, which is read as Markdown."""
        report = Checker((self.rule(front_matter),), language=language).check(markdown(text))
        assert report.failures == ()
        return report.findings

    def words(self, front_matter: str, text: str, *, language: str = "en") -> list[str]:
        """Return the words of the text that a page finds."""
        source = markdown(text)
        return [source[finding.span] for finding in self.findings(front_matter, text, language=language)]


def markdown(text: str, name: str = "article.md") -> Source:
    """Return a source without a file."""
    return Source(Path(name), text)


def document(text: str, name: str = "article.md") -> Document:
    """Return the document a text makes."""
    return read(markdown(text, name))


def report(findings: tuple[Finding, ...], text: str, name: str = "article.md") -> Report:
    """Return a report with the given findings."""
    return Report(Path(name), markdown(text, name), findings)


@pytest.fixture
def pages(tmp_path: Path) -> Pages:
    return Pages(tmp_path / "rules")


def outside(*command, cwd=None, **environment) -> subprocess.CompletedProcess[str]:
    """Run another program, untouched by what the tests themselves were started with."""
    ours = ("COV_", "COVERAGE", "GIT_", "PYTHON")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**clean, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def git(*arguments, cwd) -> str:
    """Run git, which must succeed, and return what it says."""
    done = outside("git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def checkout(tmp_path_factory) -> Path:
    """Return a repository that holds this working tree, without what git ignores here."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("needs git and a checkout to install from")
    copy = tmp_path_factory.mktemp("checkout") / "lintnews"
    for name in filter(None, git("ls-files", "-z", "-co", "--exclude-standard", cwd=ROOT).split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    git("init", "--quiet", cwd=copy)
    git("add", "--all", cwd=copy)
    git("commit", "--quiet", "--message", "all", cwd=copy)
    return copy
