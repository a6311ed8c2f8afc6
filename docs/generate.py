"""Writes the index of the rules from their pages; with `--check`, says whether it is up to date."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from lintnews.loader import load_directory

ROOT = Path(__file__).parent.parent
INDEX = ROOT / "rules" / "README.md"
_OPENING = """\
# The rules

Every rule that ships, by group. A rule is a page; its code, if it has any, stands beside it. This index is written by
`make index` from the pages.
"""


def index() -> str:
    """Return the index of the built-in rules, as Markdown."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _OPENING
    rules = load_directory(INDEX.parent)
    for group, members in groupby(rules, key=lambda rule: rule.page.group):
        yield f"## {group}\n"
        yield "| rule | level | finds |"
        yield "|---|---|---|"
        for rule in members:
            page = rule.page
            link = f"[{page.id}]({page.path.parent.name}/{page.path.name})"
            level = page.level.value if page.on_by_default else "off"
            yield f"| {link} | {level} | {page.summary.replace('|', '&#124;')} |"
        yield ""


def main() -> int:
    """Write the index, or compare it; return the exit status."""
    written = INDEX.read_text(encoding="utf-8") if INDEX.is_file() else ""
    if written == index():
        return 0
    if "--check" in sys.argv[1:]:
        print(f"{INDEX.relative_to(ROOT)} is not up to date: run `make index`", file=sys.stderr)
        return 1
    INDEX.write_text(index(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
