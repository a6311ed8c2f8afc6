"""Measures how often rules are right on the labelled corpora: hits, recall and false hits, per rule and per source.

Texts are read by path (`--corpus`) and stay where they are; a label can be wrong, so `--show` prints hits and misses to
be read by eye before a figure is believed.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from itertools import takewhile
from pathlib import Path
from typing import Any

from lintnews.earlier import Earlier
from lintnews.engine import Checker
from lintnews.errors import LintnewsError
from lintnews.fingerprints import fingerprints
from lintnews.loader import load_rules
from lintnews.rule import Finding, Level
from lintnews.source import Source, read_source

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpora"
VERDICTS = Path(__file__).with_name("verdicts")
"""Findings that a person has read, a table for each rule: `fingerprint,right`."""

OPENING = (
    "A headline for the page here\n\nAn opening paragraph of ordinary prose stands here, and it says a few things.\n\n"
)
CLOSING = "\n\nA closing paragraph of ordinary prose stands here, and it says nothing more.\n"
QUIET = frozenset({"clean", "body", "editorial", "ok", "empty_decorative", "pass", "inapplicable"})
"""The labels of texts in which nothing is to be found."""

_REFERENCE = re.compile(r"!\[[^\]]*\]\[([^\]]+)\]")
SUFFIXES = {"markdown": ".md", "md": ".md", "html": ".html"}


@dataclass(frozen=True)
class Case:
    """A text of a corpus: what it is labelled, where it comes from, and the part of it that the label is about."""

    label: str
    origin: str
    source: Source
    start: int = 0
    end: int = sys.maxsize

    def findings(self, checker: Checker, earlier: Earlier) -> Iterator[tuple[str, Finding]]:
        """Yield the findings about the labelled part, and not about what was put around it, each by its fingerprint."""
        report = checker.check(self.source, earlier)
        for failure in report.failures:
            raise LintnewsError(failure.message)
        for fingerprint, finding in zip(fingerprints(self.source, report.findings), report.findings, strict=True):
            if finding.span.start < self.end and self.start < finding.span.end:
                yield fingerprint, finding


def rows(corpus: Path, name: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of one of the corpora."""
    with (corpus / f"{name}.jsonl").open(encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def in_article(row: dict[str, Any], label: str, origin: str, closing: str = CLOSING, suffix: str = ".txt") -> Case:
    """Return a line or passage as it would stand in an article."""
    text = f"{OPENING}{row['text']}{closing}"
    source = Source(Path(f"{row['id']}{suffix}"), text)
    return Case(label, origin, source, len(OPENING), len(OPENING) + len(row["text"]))


def clean_posts(corpus: Path) -> Iterator[Case]:
    """Yield published, well-edited posts, in which a finding is false or a defect that slipped through."""
    for row in rows(corpus, "clean"):
        if row["path"].endswith(".md"):
            yield Case("clean", row["path"].split("/")[1], read_source(corpus / row["path"]))


def body_lines(corpus: Path) -> Iterator[Case]:
    """Yield genuine lines of articles, in which nothing should be found."""
    yield from (in_article(row, "body", "body lines") for row in rows(corpus, "body_lines") if not row["suspect"])


def leftovers(corpus: Path) -> Iterator[Case]:
    """Yield leftover lines that are obvious from the line alone, by kind."""
    obvious = (row for row in rows(corpus, "leftovers") if row["cue"] == "obvious")
    yield from (in_article(row, "leftover", row["sub"], "\n") for row in obvious)


def sponsored(corpus: Path) -> Iterator[Case]:
    """Yield sponsors' passages and editorial ones with a cue word, by source; grey ones are left out."""
    for row in rows(corpus, "sponsored"):
        if row["label"] != "grey":
            yield in_article(row, row["label"], origin(row), suffix=".md")


def undisclosed(corpus: Path) -> Iterator[Case]:
    """Yield sponsors' passages without the words that disclose them, by source."""
    for row in rows(corpus, "sponsored"):
        if row["label"] == "sponsored" and row.get("text_without_disclosure"):
            bare = {**row, "text": row["text_without_disclosure"]}
            yield in_article(bare, "undisclosed", origin(row), suffix=".md")


def spans(corpus: Path) -> Iterator[Case]:
    """Yield whole newsletters and show notes once for each of their paid passages, by source."""
    for row in rows(corpus, "sponsored_spans"):
        source = read_source(corpus / row["path"])
        lines = source.text.splitlines(keepends=True)
        start = len("".join(lines[: row["line_start"] - 1]))
        end = len("".join(lines[: row["line_end"]]).rstrip())
        yield Case(row["label"], origin(row), source, start, end)


def origin(row: dict[str, Any]) -> str:
    """Return the name of the repository that a row was taken from."""
    name: str = row["source"].partition("@")[0].rpartition("/")[2]
    return name


def images(corpus: Path) -> Iterator[Case]:
    """Yield images as they stand in posts and pages, by what is wrong with their alt text."""
    for row in rows(corpus, "images"):
        path = Path(f"{row['id']}{SUFFIXES[row['syntax']]}")
        yield Case(row["label"], row["syntax"], Source(path, _with_references(_uncut(row))))


def alt_cases(corpus: Path) -> Iterator[Case]:
    """Yield the cases of the W3C's ACT rules and of markdownlint's MD045, by what is expected."""
    for row in rows(corpus, "alt_cases"):
        path = Path(f"{row['id']}{SUFFIXES[row['format']]}")
        yield Case(row["expected"], row["rule"].split()[0], Source(path, _with_references(row["snippet"])))


def _uncut(row: dict[str, Any]) -> str:
    """Return an image's markup; where the excerpt cuts the tag off, a tag with the same address and alt text."""
    snippet: str = row["snippet"]
    if row["syntax"] != "html" or snippet.rstrip().endswith(">"):
        return snippet
    alt = "" if row["alt"] is None else f' alt="{escape(row["alt"])}"'
    return f'<img src="{escape(row["src"] or "")}"{alt}>'


def _with_references(snippet: str) -> str:
    """Return Markdown with its references defined, which an excerpt leaves out: without one it shows no image."""
    return snippet + "".join(f"\n\n[{name}]: image.png" for name in _REFERENCE.findall(snippet))


SETS = {
    "posts": clean_posts,
    "lines": body_lines,
    "leftovers": leftovers,
    "sponsored": sponsored,
    "undisclosed": undisclosed,
    "spans": spans,
    "images": images,
    "alt": alt_cases,
}


TITLES = {
    "posts": "published posts of 18F, digital.gov, rOpenSci, the Rust blog and Creative Commons",
    "lines": "body lines of about 490 sites",
    "leftovers": "leftover lines of about 300 sites",
    "sponsored": "passages of newsletters, shows and articles, sponsors' and editorial",
    "undisclosed": "sponsors' passages without the words that disclose them",
    "spans": "paid passages in whole newsletters and show notes",
    "images": "images of posts and pages",
    "alt": "cases of the ACT rules and markdownlint's MD045",
}
"""What the texts of a set are, as a page says it."""

ABOUT = {
    "leftovers": ("leftovers",),
    "sponsorship": ("sponsored", "undisclosed", "spans"),
    "images": ("images", "alt"),
}
"""The sets that a group's rules are measured on, beside the posts and lines that all are."""


@dataclass
class Figures:
    """What one rule was found to do on one set of texts."""

    total: Counter[tuple[str, str]]
    """All texts of the set, by label and origin."""

    hits: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Texts with a finding, by label and origin."""
    findings: Counter[str] = field(default_factory=Counter)
    """Findings by label."""
    verdicts: Counter[bool] = field(default_factory=Counter)
    """Findings that a person has read, right or not."""


def verdicts(rule: str) -> dict[str, bool]:
    """Return which findings of a rule a person has read and thought right, by fingerprint."""
    path = VERDICTS / f"{rule}.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["fingerprint"]: row["right"] == "yes" for row in csv.DictReader(stream)}


def measure(name: str, cases: Sequence[Case], checker: Checker, show: int) -> dict[str, Figures]:
    """Print the figures of one set and return them by rule: a share found per label and origin, hits and verdicts."""
    hit: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    graver: Counter[tuple[str, str]] = Counter()
    figures = {rule.page.id: Figures(total) for rule in checker.rules}
    earlier = Earlier()
    read = {rule: verdicts(rule) for rule in figures}
    samples: list[str] = []
    for case in cases:
        found = list(case.findings(checker, earlier))
        key = (case.label, case.origin)
        total[key] += 1
        hit[key] += bool(found)
        graver[key] += any(finding.level.reaches(Level.WARNING) for _, finding in found)
        for rule in {finding.rule for _, finding in found}:
            figures[rule].hits[key] += 1
        for fingerprint, finding in found:
            figures[finding.rule].findings[case.label] += 1
            if fingerprint in read[finding.rule]:
                figures[finding.rule].verdicts[read[finding.rule][fingerprint]] += 1
        samples.extend(_sample(case, found))
    print(f"\n{name}: {len(cases):,} texts")
    for label, origin in sorted(total):
        key = (label, origin)
        share = f"{hit[key]:5,} of {total[key]:5,} with a finding ({100 * hit[key] / total[key]:5.1f} %)"
        print(f"  {label:<18} {origin:<32} {share}, {graver[key]:,} at warning or error")
    for label in sorted({label for label, _ in total}):
        of_label = sum(number for (each, _), number in total.items() if each == label)
        for rule, figure in sorted(figures.items(), key=lambda item: -item[1].findings[label]):
            if hits := figure.findings[label]:
                print(f"    {label:<18} {rule:<28} {hits:6,} hits, {100 * hits / of_label:7.2f} per 100{_read(figure)}")
    for sample in random.Random(1).sample(samples, min(show, len(samples))):  # noqa: S311  a sample to read
        print(f"      {sample}")
    return figures


def _read(figure: Figures) -> str:
    read = figure.verdicts.total()
    return f"; {read:,} read, {figure.verdicts[True]:,} right" if read else ""


def _sample(case: Case, found: Sequence[tuple[str, Finding]]) -> Iterator[str]:
    where = f"{case.label}, {case.origin}, {case.source.path.name}"
    if not found and case.label not in QUIET:
        yield f"{where}: nothing found"
    for fingerprint, finding in found:
        start, end = finding.span
        before, after = case.source.text[max(0, start - 80) : start], case.source.text[end : end + 60]
        quoted = " ".join(f"{before}[[{case.source[finding.span][:200]}]]{after}".split())
        yield f"{fingerprint} {finding.rule}, {where}: {quoted}"


def statement(name: str, figure: Figures) -> str:
    """Return what a page says of one set: findings and verdicts where none is due, and else the texts found."""
    texts, findings = figure.total.total(), figure.findings.total()
    opening = f"{texts:,} {TITLES[name]}, {date.today().isoformat()}: "  # noqa: DTZ011  the day where it is measured
    if {label for label, _ in figure.total} <= {"clean", "body"}:
        share = f", {100 * findings / texts:.2g} per 100" if findings else ""
        return f"{opening}{findings:,} finding{'s' if findings != 1 else ''}{share}{_read(figure)}"
    by_label = len({label for label, _ in figure.total}) > 1
    found: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for key, number in figure.total.items():
        total[key[not by_label]] += number
        found[key[not by_label]] += figure.hits[key]
    parts = [f"{kind} {found[kind]:,} of {number:,}" for kind, number in sorted(total.items()) if found[kind]]
    return f"{opening}found {', '.join(parts) or 'none'}"


def write(path: Path, statements: Sequence[str]) -> None:
    """Put the statements on the page in place of older ones about the same sets; one that only grew older stays."""
    text = path.read_text(encoding="utf-8")
    head, key, rest = text.partition("\nmeasured:\n")
    if not key:
        opening, rest = text.split("\n---\n", 1)
        head, rest = opening, f"---\n{rest}"
    kept = list(takewhile(lambda line: line.startswith("  "), rest.splitlines(keepends=True)))
    by_hand = [line for line in kept if not any(title in line for title in TITLES.values())]
    same = {_undated(line): line for line in kept}
    written = [f"  - {json.dumps(each, ensure_ascii=False)}\n" for each in statements]
    lines = [same.get(_undated(line), line) for line in written] + by_hand
    path.write_text(f"{head}\nmeasured:\n{''.join(lines)}{rest[len(''.join(kept)) :]}", encoding="utf-8")


def _undated(line: str) -> str:
    return re.sub(r", \d{4}-\d\d-\d\d:", ":", line)


def main() -> int:
    """Print the figures of the chosen sets."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("sets", nargs="*", metavar="SET", help=f"of {', '.join(SETS)}; all by default")
    arguments.add_argument("--corpus", type=Path, default=CORPUS)
    arguments.add_argument("--rule", action="append", help="only this rule or group; may be given again")
    arguments.add_argument("--show", type=int, default=0, help="texts to show of each set, chosen by chance")
    arguments.add_argument("--write", action="store_true", help="write all sets' figures on the rules' pages")
    given = arguments.parse_args()
    if given.write and given.sets:
        arguments.error("--write is for all sets together")
    if unknown := set(given.sets) - SETS.keys():
        arguments.error(f"no such set: {', '.join(sorted(unknown))}")
    if not given.corpus.is_dir():
        print(f"no corpora in {given.corpus}: nothing is measured")
        return 0
    rules = [rule() for rule in load_rules().values()]
    named = set(given.rule or ())
    chosen = [rule for rule in rules if not named or {rule.page.id, rule.page.group} & named]
    # What is off by default is measured where it is named itself, and is nothing that an editor sees otherwise.
    chosen = [rule for rule in chosen if rule.page.on_by_default or rule.page.id in named or given.write]
    checker = Checker(tuple(chosen))
    figures = {name: measure(name, list(SETS[name](given.corpus)), checker, given.show) for name in given.sets or SETS}
    if given.write:
        for rule in chosen:
            due = ("posts", "lines", *ABOUT.get(rule.page.group, ()))
            write(rule.page.path, [statement(name, figures[name][rule.page.id]) for name in due])
    return 0


if __name__ == "__main__":
    sys.exit(main())
