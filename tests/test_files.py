"""Which files a command line's arguments come to."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest

from lintnews.config import Config, ConfigFinder
from lintnews.files import find_files


@pytest.fixture(autouse=True)
def _in_the_project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def make(*names: str) -> None:
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text\n")


def find(*paths: str | Path, force_exclude: bool = False) -> tuple[list[str], list[str]]:
    files, failures = find_files(paths, config_for=ConfigFinder().config_for, force_exclude=force_exclude)
    return [path.as_posix() for path in files], [str(failure) for failure in failures]


def found(*paths: str | Path, force_exclude: bool = False) -> list[str]:
    files, failures = find(*paths, force_exclude=force_exclude)
    assert failures == []
    return files


# Directories.


def test_directory_gives_its_articles_in_order():
    make("a/z.md", "a/b/x.html", "a/b-c.txt", "a/m.MDX", "a/photo.jpg", "a/README")
    assert found("a") == ["a/b/x.html", "a/b-c.txt", "a/m.MDX", "a/z.md"]


def test_paths_stay_as_they_are_named(tmp_path):
    make("a/x.md")
    assert found(".") == ["a/x.md"]
    assert found(tmp_path / "a") == [(tmp_path / "a" / "x.md").as_posix()]


def test_arguments_keep_their_order():
    make("b/x.md", "a/x.md", "c.md")
    assert found("c.md", "b", "a") == ["c.md", "b/x.md", "a/x.md"]


def test_file_named_twice_is_checked_once():
    make("a/x.md")
    Path("link.md").symlink_to("a/x.md")
    assert found("a/x.md", "./a/../a/x.md", "a", "link.md", "a/*.md") == ["a/x.md"]


def test_hidden_files_are_left_out():
    make("a/x.md", "a/.y.md", "a/.cache/z.md")
    assert found("a") == ["a/x.md"]


def test_ignored_files_are_left_out_without_a_repository():
    make("x.md", "build/y.md", "sub/z.md", "sub/keep.md")
    Path(".gitignore").write_text("build/\n")
    Path("sub/.gitignore").write_text("*\n!keep.md\n")
    assert found(".") == ["sub/keep.md", "x.md"]


def test_ignored_files_are_left_out_in_a_repository():
    subprocess.run(["git", "init", "-q"], check=True)
    make("x.md", "build/y.md")
    Path(".git/info/exclude").write_text("build/\n")
    assert found(".") == ["x.md"]


def test_lintnewsignore_is_honoured():
    make("x.md", "wire/y.md")
    Path(".lintnewsignore").write_text("wire/\n")
    assert found(".") == ["x.md"]


def test_odd_names_are_found():
    make("a/ü b.md", "a/[x].md", "a/#1.md", "a/new\nline.md")
    assert found("a") == ["a/#1.md", "a/[x].md", "a/new\nline.md", "a/ü b.md"]


def test_directory_named_like_an_article_is_walked():
    make("a/x.md/y.md")
    assert found("a") == ["a/x.md/y.md"]


def test_directory_without_articles_is_a_failure():
    make("a/photo.jpg", "b/x.md")
    files, failures = find("a", "b")
    assert files == ["b/x.md"]
    assert failures == ["a: no articles found (files in .md, .markdown, .mdx, .html, .htm, .xhtml, .txt, .text, .docx)"]


def test_directory_whose_articles_are_all_excluded_is_a_failure():
    make("a/x.md")
    Path("lintnews.toml").write_text('exclude = ["a"]')
    assert find("a")[1][0].startswith("a: no articles found")


# Links, devices, permissions.


def test_symbolic_links_in_a_directory_are_not_followed():
    make("a/x.md", "elsewhere/y.md")
    Path("a/dir").symlink_to(Path("elsewhere").absolute())
    Path("a/file.md").symlink_to(Path("elsewhere/y.md").absolute())
    Path("a/broken.md").symlink_to("nowhere")
    assert found("a") == ["a/x.md"]


def test_loop_of_symbolic_links_ends():
    make("a/b/x.md")
    Path("a/b/up").symlink_to("..")
    Path("a/b/again").symlink_to("..")
    assert found("a", "a/**/*.md") == ["a/b/x.md"]


def test_link_that_is_named_is_followed():
    make("a/x.md")
    Path("link").symlink_to("a")
    assert found("link") == ["link/x.md"]


def test_named_link_to_itself_is_a_failure():
    Path("self.md").symlink_to("self.md")
    assert find("self.md") == ([], ["self.md: too many levels of symbolic links"])


def test_named_link_to_nothing_is_a_failure():
    Path("broken.md").symlink_to("nowhere")
    assert find("broken.md") == ([], ["broken.md: no such file or directory"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_is_a_failure_and_the_rest_goes_on():
    make("a/x.md")
    os.mkfifo("a/pipe.md")
    assert find("a", "a/pipe.md") == (["a/x.md"], ["a/pipe.md: is not a regular file"])


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no sockets in its file system")
def test_socket_is_a_failure():
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.md")
        assert find("s.md") == ([], ["s.md: is not a regular file"])


def test_device_is_a_failure():
    if not Path("/dev/zero").exists():
        pytest.skip("this system has no /dev/zero")
    assert find("/dev/zero") == ([], ["/dev/zero: is not a regular file"])


def test_directory_without_permission_is_a_failure_and_the_rest_goes_on():
    make("a/x.md", "a/shut/y.md")
    Path("a/shut").chmod(0)
    try:
        if os.access("a/shut", os.R_OK):
            pytest.skip("this user may read any directory")
        assert find("a") == (["a/x.md"], ["a/shut: permission denied"])
    finally:
        Path("a/shut").chmod(0o700)


# Named files.


def test_missing_file_is_a_failure_and_the_rest_goes_on():
    make("x.md")
    assert find("none.md", "x.md", "x.md/y.md") == (
        ["x.md"],
        ["none.md: no such file or directory", "x.md/y.md: no such file or directory"],
    )


@pytest.mark.parametrize("name", ["a\0b.md", "x" * 5000])
def test_name_that_cannot_be_one_is_a_failure(name):
    files, failures = find(name)
    assert files == []
    assert len(failures) == 1


def test_named_file_is_taken_whatever_its_suffix_and_exclude():
    make("notes", ".hidden.md", "wire/x.md")
    Path(".gitignore").write_text("notes\n")
    Path("lintnews.toml").write_text('exclude = ["wire/"]')
    assert found("notes", ".hidden.md", "wire/x.md") == ["notes", ".hidden.md", "wire/x.md"]


def test_forced_exclude_holds_for_named_files():
    make("notes", "wire/x.md", "y.md")
    Path("lintnews.toml").write_text('exclude = ["wire/"]')
    assert found("notes", "wire/x.md", "y.md", force_exclude=True) == ["y.md"]


# Patterns.


def test_pattern_that_no_shell_expanded_is_expanded():
    make("articles/x.md", "articles/a/b/y.md", "articles/a/z.txt", "other/w.md")
    assert found("articles/**/*.md") == ["articles/a/b/y.md", "articles/x.md"]
    assert found("articles/*.md") == ["articles/x.md"]
    assert found("*/x.m[de]") == ["articles/x.md"]


def test_absolute_pattern_is_expanded(tmp_path):
    make("articles/x.md")
    assert found(f"{tmp_path}/articles/*.md") == [(tmp_path / "articles/x.md").as_posix()]


def test_pattern_leaves_out_what_is_ignored():
    make("articles/x.md", "articles/drafts/y.md")
    Path(".gitignore").write_text("drafts/\n")
    assert found("articles/**/*.md") == ["articles/x.md"]


def test_pattern_that_asks_for_a_suffix_gets_it():
    make("a/x.news", "a/y.md", "a/z.jpg")
    assert found("a/*.news") == ["a/x.news"]
    assert found("a/*") == ["a/y.md"]


def test_file_whose_name_looks_like_a_pattern_is_a_file():
    make("[a].md", "a.md")
    assert found("[a].md") == ["[a].md"]


def test_pattern_that_matches_nothing_is_a_failure():
    make("articles/x.md")
    assert find("articles/*.html") == ([], ["articles/*.html: no articles found"])


def test_pattern_in_a_missing_directory_is_a_failure():
    assert find("nowhere/**/*.md") == ([], ["nowhere: no such file or directory"])


def test_pattern_that_is_none_is_a_failure():
    make("x.md")
    files, failures = find("[z-a].md")
    assert files == []
    assert failures[0].startswith("[z-a].md: is no such file, and as a pattern: ")


# Configuration.


def test_each_file_is_excluded_by_its_nearest_configuration():
    make("a/x.md", "a/y.md", "b/x.md")
    Path("lintnews.toml").write_text('exclude = ["x.md"]')
    Path("a/lintnews.toml").write_text('exclude = ["y.md"]')
    assert found("a") == ["a/x.md"]
    assert find("b")[0] == []


def test_faulty_configuration_is_named_once_and_the_rest_goes_on():
    make("a/x.md", "a/y.md", "b/x.md")
    Path("a/lintnews.toml").write_text("langage = 1")
    assert find(".") == (["b/x.md"], ["a/lintnews.toml: unknown key “langage”; did you mean “language”?"])


def test_file_that_vanishes_meanwhile_is_a_failure_and_the_rest_goes_on():
    make("a/x.md", "a/y.md", "a/z.md")
    finder = ConfigFinder()

    def config_for(path: Path) -> Config:
        Path("a/y.md").unlink(missing_ok=True)
        return finder.config_for(path)

    files, failures = find_files(["a"], config_for=config_for)
    assert files == [Path("a/x.md"), Path("a/z.md")]
    assert [str(failure) for failure in failures] == ["a/y.md: no such file or directory"]


def test_pages_of_a_named_folder_of_rules_are_no_articles():
    make("a.md", "house/style/shouting.md")
    Path("lintnews.toml").write_text('rules = ["house"]\n')
    assert found(".") == ["a.md"]
