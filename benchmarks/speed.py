"""Measures what lintnews costs, beside a peer in the same run where the peer is installed.

Figures are user + system CPU seconds of the whole process, children included, the least of several runs in turn: wall
time says more about what else the machine is doing. The corpora are read by path (`--corpus`); without them the tiny
file alone is measured. The rule sets differ, so the number of findings stands beside each figure.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
TINY_BUDGET, POSTS_BUDGET = 0.150, 1.0
WORDS = 200_000
TINY = (
    "# A tiny article\n\nThe council met on 3 May 2026 and adopted the budget.\n\n![The council at work](council.jpg)\n"
)
# An installed program has its bytecode; a run that may not write it would measure the compiler.
_ENVIRONMENT = {**os.environ, "NO_COLOR": "1"}
_ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Cost:
    """What one run took: CPU seconds, peak resident megabytes, lines of output."""

    seconds: float
    megabytes: float
    lines: int


def measure(command: Sequence[str]) -> Cost:
    """Return the cost of one run of the command; its exit status does not matter, its failure to start does.

    Linux counts the memory of a process in KiB; `wait4` tells both figures for this process and its children alone.
    """
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL, env=_ENVIRONMENT)
        _, _, usage = os.wait4(process.pid, 0)
        output.seek(0)
        lines = output.read().count(b"\n")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, lines)


def posts(corpus: Path) -> Iterator[Path]:
    """Yield published posts, every fifth of them in the order of their names, up to 200,000 words."""
    words = 0
    for path in sorted((corpus / "posts").rglob("*.md"))[::5]:
        words += len(_WORD.findall(path.read_text(encoding="utf-8")))
        if words > WORDS:
            return
        yield path


def row(name: str, commands: dict[str, Sequence[str]], runs: int, budget: float | None = None) -> bool:
    """Print the least cost of each command over the runs, taken in turn, and whether ours keeps the budget."""
    costs: dict[str, list[Cost]] = {label: [] for label in commands}
    for _ in range(runs):
        for label, command in commands.items():
            costs[label].append(measure(command))
    ours = min(cost.seconds for cost in costs["lintnews"])
    for label, measured in costs.items():
        best = min(measured, key=lambda cost: cost.seconds)
        ratio = "" if label == "lintnews" else f"  lintnews takes {ours / best.seconds:.2f} of it"
        limit = f"  (budget {budget * 1000:,.0f} ms)" if budget and label == "lintnews" else ""
        figures = f"{best.seconds * 1000:8,.0f} ms CPU {best.megabytes:6.0f} MB {best.lines:7,} lines"
        print(f"{name:<24} {label:<12} {figures}{limit}{ratio}")
    return budget is None or ours <= budget


def peers(paths: Sequence[str]) -> dict[str, Sequence[str]]:
    """Return the commands to measure: ours, and each peer that is installed beside it."""
    python = Path(sys.executable)
    commands: dict[str, Sequence[str]] = {
        "lintnews": [str(python), "-m", "lintnews", "check", "--output-format", "concise", *paths]
    }
    proselint = shutil.which("proselint", path=f"{python.parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if proselint:
        commands["proselint"] = [proselint, "check", *paths]
    else:
        print("proselint is not installed: pip install proselint, to see it beside")
    return commands


def main() -> int:
    """Print the table; return 1 when a budget is not kept."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpora")
    arguments.add_argument("--runs", type=int, default=7)
    given = arguments.parse_args()
    kept = True
    with tempfile.TemporaryDirectory() as directory:
        tiny = Path(directory) / "tiny.md"
        tiny.write_text(TINY, encoding="utf-8")
        kept &= row("one tiny file", peers([str(tiny)]), given.runs, TINY_BUDGET)
        chosen = list(posts(given.corpus)) if (given.corpus / "posts").is_dir() else []
        if not chosen:
            print(f"no posts in {given.corpus}: the larger measurements are left out")
            return 0 if kept else 1
        words = sum(len(_WORD.findall(path.read_text(encoding="utf-8"))) for path in chosen)
        copies = []
        for number, path in enumerate(chosen):
            copies.append(Path(directory) / f"{number:03}.md")
            copies[-1].write_bytes(path.read_bytes())
        kept &= row(
            f"{len(chosen)} posts, {words:,} words", peers([str(path) for path in copies]), given.runs, POSTS_BUDGET
        )
        whole = b"\n\n".join(path.read_bytes().replace(b"---", b"***") for path in chosen)
        size = len(whole)
        for share in (4, 1):
            one = Path(directory) / f"one-{share}.md"
            one.write_bytes(whole[: size // share])
            row(f"one file, {size // share / 1e6:.2f} MB", {"lintnews": peers([str(one)])["lintnews"]}, 3)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
