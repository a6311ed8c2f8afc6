"""What is kept between runs saves time, and changes nothing else."""

import json
import os
import sys
from pathlib import Path

import pytest

from lintnews.cache import _MOST_FILES, NO_CACHE, Cache, user_cache
from lintnews.literals import KNOWN
from lintnews.loader import builtin_rules_directory, load_directory, load_rules

FRONT_MATTER = "phrases: [utilise]"


@pytest.fixture(autouse=True)
def forgotten():
    """Forget, after each test, what a cache that was written for it told of expressions."""
    yield
    KNOWN.clear()


@pytest.fixture
def kept(tmp_path):
    """Return the directory of a cache, which nothing has made yet."""
    return tmp_path / "kept"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Stand in a folder whose configuration names a folder of pages, with an article that one of them hits."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lintnews.toml").write_text('rules = ["rules"]\nselect = ["style"]\n')
    (tmp_path / "article.md").write_text("We utilise and leverage it.\n")
    return tmp_path


@pytest.fixture
def own(kept, monkeypatch):
    monkeypatch.setenv("LINTNEWS_CACHE_DIR", str(kept))
    return kept


def settings(rules):
    """Return all that pages say, comparable."""
    return [repr(rule.page) for rule in rules]


def test_a_warm_cache_gives_the_rules_a_cold_one_gives(kept):
    directory = builtin_rules_directory()
    without = load_directory(directory)
    cold = load_directory(directory, Cache(kept))
    warm = load_directory(directory, Cache(kept))
    assert settings(without) == settings(cold) == settings(warm)
    assert [rule.made.__name__ for rule in cold] == [rule.made.__name__ for rule in warm]


@pytest.mark.usefixtures("folder")
def test_a_warm_cache_gives_the_findings_a_cold_one_gives(own, pages, lintnews):
    pages.write(FRONT_MATTER)
    cold = lintnews("--output-format", "json", "article.md")
    assert list(own.glob("pages-*.kept"))
    warm = lintnews("--output-format", "json", "article.md")
    assert cold == warm
    assert "utilise" in cold.out


def test_a_warm_cache_is_read(kept, pages, monkeypatch):
    pages.write(FRONT_MATTER)
    load_directory(pages.directory, Cache(kept))
    # Without YAML, what a page says can come from nowhere else.
    monkeypatch.setitem(sys.modules, "yaml", None)
    (rule,) = load_directory(pages.directory, Cache(kept))
    assert rule.page.searches[0].entries == ("utilise",)


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\xfe\x00", b"null", b"[]", b"[" * 100_000])
def test_a_damaged_file_is_made_again(kept, pages, damage):
    pages.write(FRONT_MATTER)
    load_directory(pages.directory, Cache(kept))
    (file,) = kept.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage)
    (rule,) = load_directory(pages.directory, Cache(kept))
    assert rule.page.searches[0].entries == ("utilise",)
    assert file.read_bytes() == whole


def test_a_file_of_which_one_letter_changed_is_made_again(kept, pages):
    pages.write(FRONT_MATTER)
    load_directory(pages.directory, Cache(kept))
    (file,) = kept.iterdir()
    file.write_bytes(file.read_bytes().replace(b"utilise", b"utilize"))
    (rule,) = load_directory(pages.directory, Cache(kept))
    assert rule.page.searches[0].entries == ("utilise",)


@pytest.mark.parametrize(
    "value",
    [None, {}, "text", 1, [], [1], [None], [[]], [[{}, {}]], [[[], {}, []]], [[{}, {}, []], [{}, {}, []]]],
)
def test_a_whole_file_of_another_shape_is_made_again(kept, pages, value):
    pages.write(FRONT_MATTER)
    load_directory(pages.directory, Cache(kept))
    (file,) = kept.iterdir()
    whole = file.read_bytes()
    Cache(kept).write(file.stem, value)
    (rule,) = load_directory(pages.directory, Cache(kept))
    assert rule.page.searches[0].entries == ("utilise",)
    assert file.read_bytes() == whole


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_file_is_made_again(kept, pages, share):
    pages.write(FRONT_MATTER)
    load_directory(pages.directory, Cache(kept))
    (file,) = kept.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * share)])
    (rule,) = load_directory(pages.directory, Cache(kept))
    assert rule.page.searches[0].entries == ("utilise",)
    assert file.read_bytes() == whole


@pytest.mark.usefixtures("folder", "own")
def test_a_changed_page_is_seen_at_once(pages, lintnews):
    pages.write(FRONT_MATTER)
    assert "utilise" in lintnews("article.md").out
    pages.write("phrases: [leverage]")
    changed = lintnews("article.md").out
    assert "“leverage”" in changed
    assert "“utilise”" not in changed


@pytest.mark.usefixtures("folder", "own")
def test_a_page_changed_without_a_new_time_or_size_is_seen_at_once(pages, lintnews):
    page = pages.write("phrases: [utilise]")
    before = page.stat()
    assert "utilise" in lintnews("article.md").out
    page.write_text(page.read_text(encoding="utf-8").replace("utilise", "xtilise"), encoding="utf-8")
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "No findings" in lintnews("article.md").out


@pytest.mark.usefixtures("folder", "own")
def test_a_new_page_is_seen_at_once(pages, lintnews):
    pages.write(FRONT_MATTER)
    lintnews("article.md")
    pages.write("phrases: [leverage]", name="style/loud_words")
    assert "loud-words" in lintnews("article.md").out


@pytest.mark.usefixtures("folder", "own")
def test_a_removed_page_is_gone_at_once(pages, lintnews):
    pages.write("phrases: [leverage]", name="style/loud_words")
    page = pages.write(FRONT_MATTER)
    assert "stiff-words" in lintnews("article.md").out
    page.unlink()
    assert "stiff-words" not in lintnews("article.md").out


@pytest.mark.usefixtures("folder", "own")
def test_a_changed_table_is_seen_at_once(pages, lintnews):
    pages.write("scope: block", csv="phrase,replacement\nutilise,use\n")
    assert "“use”" in lintnews("article.md").out
    pages.write("scope: block", csv="phrase,replacement\nutilise,apply\n")
    assert "“apply”" in lintnews("article.md").out


@pytest.mark.usefixtures("folder", "own")
def test_a_broken_page_is_not_kept_as_a_good_one(pages, lintnews):
    pages.write(FRONT_MATTER)
    lintnews("article.md")
    pages.write("phrases: [utilise\n")
    for _ in range(2):
        result = lintnews("article.md")
        assert result.status == 2
        assert "stiff_words.md" in result.err


@pytest.mark.parametrize("place", ["/dev/null/cache", "file"])
def test_a_directory_that_cannot_be_made_is_no_failure(folder, pages, lintnews, monkeypatch, place):
    (folder / "file").write_text("in the way")
    pages.write(FRONT_MATTER)
    monkeypatch.setenv("LINTNEWS_CACHE_DIR", place)
    for _ in range(2):
        result = lintnews("article.md")
        assert result.status == 1
        assert result.err == ""


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.usefixtures("folder")
def test_an_unwritable_directory_is_no_failure(own, pages, lintnews):
    own.mkdir(mode=0o500)
    pages.write(FRONT_MATTER)
    result = lintnews("article.md")
    assert (result.status, result.err) == (1, "")


def test_old_files_go(kept):
    cache = Cache(kept)
    kept.mkdir()
    for number in range(_MOST_FILES + 10):
        file = kept / f"pages-{number}.kept"
        file.write_text("[]")
        os.utime(file, (number, number))
    cache.write("pages-new", [])
    left = {file.name for file in kept.iterdir()}
    assert len(left) == _MOST_FILES
    assert {"pages-new.kept", f"pages-{_MOST_FILES + 9}.kept"} <= left
    assert "pages-0.kept" not in left


def test_a_file_is_complete_or_not_there(kept):
    Cache(kept).write("name", {"a": ["b"]})
    assert [file.name for file in kept.iterdir()] == ["name.kept"]
    assert Cache(kept).read("name") == {"a": ["b"]}


def test_nothing_is_kept_without_a_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    NO_CACHE.write("name", 1)
    assert NO_CACHE.read("name") is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("folder")
def test_no_cache_writes_nothing(own, pages, lintnews):
    pages.write(FRONT_MATTER)
    assert lintnews("--no-cache", "article.md").status == 1
    assert not own.exists()


@pytest.mark.usefixtures("folder")
def test_no_cache_reads_nothing(own, pages, lintnews):
    pages.write(FRONT_MATTER)
    lintnews("article.md")
    for file in own.iterdir():
        kept = json.dumps(Cache(own).read(file.stem)).replace("utilise", "leverage")
        Cache(own).write(file.stem, json.loads(kept))
    assert "“leverage”" in lintnews("article.md").out
    assert "“utilise”" in lintnews("--no-cache", "article.md").out


def test_the_named_directory_comes_first(tmp_path, monkeypatch):
    monkeypatch.setenv("LINTNEWS_CACHE_DIR", str(tmp_path / "named"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    user_cache().write("name", 1)
    assert (tmp_path / "named" / "name.kept").is_file()
    assert not (tmp_path / "xdg").exists()


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="these systems have places of their own")
def test_the_place_of_caches_that_the_desktop_names_is_used(tmp_path, monkeypatch):
    monkeypatch.delenv("LINTNEWS_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    user_cache().write("name", 1)
    assert (tmp_path / "xdg" / "lintnews" / "name.kept").is_file()


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="these systems have places of their own")
@pytest.mark.parametrize("named", ["", None])
def test_the_home_directory_holds_it_otherwise(tmp_path, monkeypatch, named):
    monkeypatch.delenv("LINTNEWS_CACHE_DIR")
    if named is None:
        monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    else:
        monkeypatch.setenv("XDG_CACHE_HOME", named)
    monkeypatch.setenv("HOME", str(tmp_path))
    user_cache().write("name", 1)
    assert (tmp_path / ".cache" / "lintnews" / "name.kept").is_file()


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="these systems have places of their own")
def test_a_relative_place_is_none(tmp_path, monkeypatch):
    # The XDG Base Directory Specification has relative paths ignored.
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LINTNEWS_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    assert not user_cache()


def test_every_rule_is_there_from_a_warm_cache(kept):
    assert load_rules((), Cache(kept)).keys() == load_rules((), Cache(kept)).keys() == load_rules().keys()
    assert all(Path(rule.page.path).is_file() for rule in load_rules((), Cache(kept)).values())
