"""Writes the index of the rules and their reference from the pages; `--check` says whether they are up to date."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from lintnews.loader import load_directory
from lintnews.page import Page

ROOT = Path(__file__).parent.parent
INDEX = Path("rules/README.md")
REFERENCE = Path("docs/rules")
_LONGEST_DEFAULT = 60
_FENCE = re.compile("^`{3,}", re.MULTILINE)
_OPENING = """\
# The rules

Every rule that ships, by group. A rule is a page; its code, if it has any, stands beside it. This index is written by
`make index` from the pages, and so is [the reference](../docs/rules).
"""


def written(pages: list[Page]) -> dict[Path, str]:
    """Return the index and each group's reference, as Markdown, by their paths from the root."""
    groups = {group: list(members) for group, members in groupby(pages, key=lambda page: page.group)}
    reference = {REFERENCE / f"{group}.md": _joined(_group(group, members)) for group, members in groups.items()}
    return {INDEX: _joined(_index(groups)), **reference}


def _joined(lines: Iterator[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


def _level(page: Page) -> str:
    return page.level.value if page.on_by_default else "off"


def _index(groups: dict[str, list[Page]]) -> Iterator[str]:
    yield _OPENING
    for group, members in groups.items():
        yield f"## [{group}](../{REFERENCE}/{group}.md)\n"
        yield "| rule | level | finds |"
        yield "|---|---|---|"
        for page in members:
            link = f"[{page.id}]({page.path.parent.name}/{page.path.name})"
            yield f"| {link} | {_level(page)} | {page.summary.replace('|', '&#124;')} |"
        yield ""


def _group(group: str, members: list[Page]) -> Iterator[str]:
    yield f"# {group}\n"
    yield f"Written by `make index` from the pages in [rules/{group}](../../rules/{group}).\n"
    for page in members:
        yield f"## {page.id}\n"
        off = "" if page.on_by_default else "**off** until it is selected; then "
        yield f"{page.summary} Level: {off}**{page.level.value}**."
        for name, values in (("Languages", page.languages), ("Markets", page.markets)):
            if values:
                yield f"{name}: {', '.join(values)}."
        yield f"\n{page.why}\n"
        yield from _options(page)
        yield from _examples(page)
        yield from _list("How often it is right:", page.measured)
        yield from _list("Sources:", [f"<{source}>" for source in page.sources])


def _options(page: Page) -> Iterator[str]:
    if page.options:
        yield "| option | default | what it does |"
        yield "|---|---|---|"
        for name, option in page.options.items():
            default = option.default if len(option.default) <= _LONGEST_DEFAULT else "(see the page)"
            yield f"| `{name}` | {default.replace('|', '&#124;')} | {option.about} |"
        yield ""


def _examples(page: Page) -> Iterator[str]:
    for verdict, heading in (("bad", "Fires on:"), ("good", "Lets pass:")):
        if example := next((each for each in page.examples if each.verdict == verdict), None):
            fence = "`" * max(3, 1 + max(map(len, _FENCE.findall(example.text)), default=0))
            yield f"{heading}\n\n{fence}{example.format}\n{example.text.rstrip()}\n{fence}\n"


def _list(heading: str, items: list[str] | tuple[str, ...]) -> Iterator[str]:
    if items:
        yield f"{heading}\n"
        yield from (f"- {item}" for item in items)
        yield ""


def main() -> int:
    """Write what differs, or name it; return the exit status."""
    files = written([rule.page for rule in load_directory(ROOT / "rules")])
    gone = {path.relative_to(ROOT) for path in (ROOT / REFERENCE).glob("*.md")} - files.keys()
    stale = [path for path, text in files.items() if _read(ROOT / path) != text]
    if "--check" in sys.argv[1:]:
        for path in sorted([*stale, *gone]):
            print(f"{path} is not up to date: run `make index`", file=sys.stderr)
        return 1 if stale or gone else 0
    for path in stale:
        (ROOT / path).parent.mkdir(exist_ok=True)
        (ROOT / path).write_text(files[path], encoding="utf-8")
    for path in gone:
        (ROOT / path).unlink()
    return 0


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


if __name__ == "__main__":
    sys.exit(main())
