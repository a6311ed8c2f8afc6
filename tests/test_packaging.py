"""Every way of installing lintnews finds the same rules."""

import json
import os
import shutil
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT, outside

COUNT = "from lintnews.loader import load_rules; print(len(load_rules()))"


def run(*command, cwd=None):
    done = outside(*command, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(checkout, tmp_path_factory):
    target = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", target, checkout)
    (wheel,) = target.glob("*.whl")
    (sdist,) = target.glob("*.tar.gz")
    return wheel, sdist


@pytest.fixture(scope="module")
def expected():
    return len([path for path in (ROOT / "rules").glob("*/*.md") if path.stem != "README"])


def installed_count(tmp_path, *requirement):
    """Return how many rules an installation finds, in an environment of its own on top of this one's dependencies."""
    environment = tmp_path / "environment"
    run(sys.executable, "-m", "venv", "--without-pip", environment)
    site = next(environment.glob("[Ll]ib/**/site-packages"))
    # What lintnews needs and what builds it stand in the environment of the tests; lintnews itself must not.
    for path in filter(None, json.loads(run(sys.executable, "-c", "import sys, json; print(json.dumps(sys.path))"))):
        if path.endswith("site-packages"):
            (site / "dependencies.pth").write_text(path + "\n")
    python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--ignore-installed",
        "--no-build-isolation", "--disable-pip-version-check", *requirement)  # fmt: skip
    found = run(python, "-c", "import lintnews; print(lintnews.__file__)", cwd=tmp_path).strip()
    return int(run(python, "-c", COUNT, cwd=tmp_path)), Path(found)


def test_a_wheel_finds_every_rule(built, tmp_path, expected):
    count, place = installed_count(tmp_path, built[0])
    assert count == expected
    assert tmp_path in place.parents


def test_an_sdist_finds_every_rule(built, tmp_path, expected):
    assert installed_count(tmp_path, built[1])[0] == expected


def test_a_git_address_finds_every_rule(checkout, tmp_path, expected):
    assert installed_count(tmp_path, f"git+file://{checkout}")[0] == expected


def test_an_editable_installation_finds_every_rule(checkout, tmp_path, expected):
    count, place = installed_count(tmp_path, "--editable", checkout)
    assert count == expected
    assert checkout in place.parents


def test_an_editable_installation_sees_a_new_page_at_once(checkout, tmp_path, expected):
    environment = tmp_path / "copy"
    shutil.copytree(checkout, environment)
    page = environment / "rules" / "links" / "brand_new.md"
    shutil.copy2(environment / "rules" / "links" / "vague_link_text.md", page)
    shutil.copy2(environment / "rules" / "links" / "vague_link_text.md", environment / "rules" / "links" / "newer.md")
    for path in (page, page.with_name("newer.md")):
        path.write_text('---\nsummary: New.\nlevel: note\nmessage: "New."\nphrases: [brand new]\n---\n')
    assert installed_count(tmp_path, "--editable", environment)[0] == expected + 2


def test_the_wheel_holds_the_package_and_the_rules_and_nothing_else(built):
    names = zipfile.ZipFile(built[0]).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"lintnews"}
    pages = sorted(path.relative_to(ROOT / "rules") for path in (ROOT / "rules").glob("*/*") if path.is_file())
    shipped = {name.removeprefix("lintnews/rules/") for name in names if name.startswith("lintnews/rules/")}
    assert {page.as_posix() for page in pages if page.suffix in {".md", ".py", ".csv"}} <= shipped
    assert not [name for name in names if "__pycache__" in name or "tests" in name]
    assert "lintnews/py.typed" in names


def test_the_sdist_holds_the_tests_and_the_rules(built):
    with tarfile.open(built[1]) as archive:
        names = {name.split("/", 1)[-1] for name in archive.getnames()}
    assert {"tests/test_packaging.py", "rules/README.md", "LICENSE", "pyproject.toml"} <= names


def test_the_languagetool_client_is_no_core_dependency(built):
    metadata = next(name for name in zipfile.ZipFile(built[0]).namelist() if name.endswith("METADATA"))
    requirements = [
        line
        for line in zipfile.ZipFile(built[0]).read(metadata).decode().splitlines()
        if line.startswith("Requires-Dist:")
    ]
    languagetool = [line for line in requirements if "language-tool-python" in line]
    assert len(languagetool) == 1
    assert "extra ==" in languagetool[0]
