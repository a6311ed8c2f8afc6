"""The pre-commit hook, as another repository installs and runs it."""

import sys
import urllib.request

import pytest
from conftest import ROOT, git, outside

DEFECT = "The council met on 3 May 2026.\n\nLeave a Reply\n"
CLEAN = "The council met on 3 May 2026.\n"
INDEX = "https://pypi.org/simple/click/"
CONFIGURATION = """\
repos:
  - repo: {repository}
    rev: {revision}
    hooks:
      - id: lintnews
        verbose: true
"""

pytest.importorskip("pre_commit", reason="pre-commit comes with the development dependencies")


def pre_commit(*arguments, cwd=ROOT, **environment):
    return outside(sys.executable, "-m", "pre_commit", *arguments, cwd=cwd, **environment)


def test_the_hooks_file_is_valid():
    done = pre_commit("validate-manifest", ROOT / ".pre-commit-hooks.yaml")
    assert done.returncode == 0, done.stdout


def test_our_own_configuration_is_valid():
    done = pre_commit("validate-config", ROOT / ".pre-commit-config.yaml")
    assert done.returncode == 0, done.stdout


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Return a place of its own for what pre-commit installs."""
    try:
        urllib.request.urlopen(urllib.request.Request(INDEX, method="HEAD"), timeout=10).close()
    except OSError as error:
        pytest.skip(f"the hook installs its dependencies from the package index, which cannot be reached: {error}")
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture(scope="module")
def newsroom(checkout, tmp_path_factory):
    """Return a repository of articles whose configuration names the hook."""
    newsroom = tmp_path_factory.mktemp("newsroom")
    git("init", "--quiet", cwd=newsroom)
    revision = git("rev-parse", "HEAD", cwd=checkout).strip()
    configuration = CONFIGURATION.format(repository=checkout, revision=revision)
    (newsroom / ".pre-commit-config.yaml").write_text(configuration, encoding="utf-8")
    (newsroom / "lintnews.toml").write_text('exclude = ["drafts/"]\n', encoding="utf-8")
    return newsroom


def stage(newsroom, name, text):
    (newsroom / name).parent.mkdir(exist_ok=True)
    (newsroom / name).write_text(text, encoding="utf-8")
    git("add", "--all", cwd=newsroom)


@pytest.fixture
def hook(newsroom, home):
    """Return a function that stages a file and runs the hook on some of them."""

    def hooked(name, text, *others):
        stage(newsroom, name, text)
        return pre_commit("run", "--files", name, *others, cwd=newsroom, PRE_COMMIT_HOME=str(home))

    return hooked


def test_the_hook_can_be_tried_before_it_is_configured(newsroom, checkout, home):
    stage(newsroom, "article.md", DEFECT)
    done = pre_commit(
        "try-repo", checkout, "lintnews", "--files", "article.md", cwd=newsroom, PRE_COMMIT_HOME=str(home)
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "error[comment-form]" in done.stdout


def test_an_article_with_a_defect_is_stopped(hook):
    done = hook("article.md", DEFECT)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "error[comment-form]" in done.stdout
    assert "article.md:3:1" in done.stdout


def test_a_clean_article_passes(hook):
    done = hook("article.md", CLEAN)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No findings in 1 file." in done.stdout


def test_what_is_no_article_is_not_looked_at(hook):
    done = hook("script.py", "# Leave a Reply\n")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no files to check" in done.stdout


def test_excluded_files_are_left_out(hook):
    hook("article.md", CLEAN)
    done = hook("drafts/article.md", DEFECT, "article.md")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No findings in 1 file." in done.stdout


def test_nothing_but_excluded_files_is_no_failure(hook):
    done = hook("drafts/article.md", DEFECT)
    assert done.returncode == 0, done.stdout + done.stderr
