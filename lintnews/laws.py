"""Holds a page to its own examples: the five laws of a rule, as LanguageTool holds its XML rules to theirs.

1. A bad example fires the rule where its carets stand.
2. A good example does not.
3. The suggestions are the listed ones.
4. The fix turns a bad example into the `fixed` one that follows it.
5. The fixed text fires the rule no more, and nothing that did not fire before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lintnews.earlier import Earlier
from lintnews.engine import Checker, Report
from lintnews.errors import LintnewsError
from lintnews.fixes import fixed
from lintnews.page import Example, Page
from lintnews.rule import Finding, Rule
from lintnews.source import Position, Source, decode

LEAST_EXAMPLES = 2
SUMMARY_LIMIT = 60


@dataclass(frozen=True)
class Breach:
    """A law that a page does not keep: the page's line, and what is wrong, in a sentence."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


def breaches(rule: Rule, others: Iterable[Rule] = ()) -> Iterator[Breach]:
    """Yield every law the rule's page breaks; `others` are the rules that its fixes must not set off.

    To a rule that compares articles, the examples of its page are those of one run.
    """
    page = rule.page
    yield from _form(page)
    checker = Checker(tuple({each.page.id: each for each in (*others, rule)}.values()))
    examples, earlier = page.examples, Earlier()
    for index, example in enumerate(examples):
        try:
            report = checker.check(_source(example, example.text), earlier)
        except LintnewsError as error:
            yield Breach(page.path, example.line, str(error))
            continue
        for failure in report.failures:
            yield Breach(page.path, example.line, failure.message)
        found = [finding for finding in report.findings if finding.rule == page.id]
        if example.verdict != "bad":
            yield from _silent(page, example, found, report)
            continue
        yield from _fires(page, example, found, report)
        following = examples[index + 1] if index + 1 < len(examples) else None
        if following and following.verdict == "fixed":
            yield from _mended(page, example, following, report, checker)
        elif any(finding.fix for finding in found):
            yield Breach(page.path, example.line, "this example has a fix, so a “fixed” example follows it")


def _form(page: Page) -> Iterator[Breach]:
    if not page.body.lstrip().startswith(f"# {page.id}\n"):
        yield Breach(page.path, 1, f"the heading is the rule's id: “# {page.id}”")
    if len(page.summary) > SUMMARY_LIMIT:
        yield Breach(page.path, 1, f"the summary has {len(page.summary)} characters; the limit is {SUMMARY_LIMIT}")
    if not page.why:
        yield Breach(page.path, 1, "says nothing on why the rule is there")
    for verdict in ("bad", "good"):
        count = sum(example.verdict == verdict for example in page.examples)
        if count < LEAST_EXAMPLES:
            yield Breach(page.path, 1, f"has {count} {verdict} example(s); {LEAST_EXAMPLES} are the least")


def _source(example: Example, text: str) -> Source:
    path = Path(f"example-{example.line}{example.suffix}")
    return decode(path, text.encode(example.encoding))


def _silent(page: Page, example: Example, found: Sequence[Finding], report: Report) -> Iterator[Breach]:
    for finding in found:
        yield Breach(page.path, example.line, f"this {example.verdict} example fires at {_quoted(report, finding)}")


def _fires(page: Page, example: Example, found: Sequence[Finding], report: Report) -> Iterator[Breach]:
    if not found:
        yield Breach(page.path, example.line, "this bad example does not fire")
        return
    if not example.marks:
        return
    source = report.source
    if source is None:
        return
    places = {source.position(finding.span.start): finding for finding in found}
    for number, mark in enumerate(example.marks, start=1):
        # The carets' own line on the page, where those above them stand between the text's lines.
        line = example.line + mark.line + number
        finding = places.pop(Position(mark.line, mark.start + 1), None)
        if finding is None:
            yield Breach(page.path, line, "the rule does not fire where these carets begin")
            continue
        end = min(finding.span.end, source.line(mark.line).end) - source.line_starts[mark.line - 1]
        if end != mark.end:
            message = f"these carets end at column {mark.end}, the finding at {end}"
            yield Breach(page.path, line, message)
        if finding.suggestions != mark.suggestions:
            listed, given = " | ".join(mark.suggestions) or "none", " | ".join(finding.suggestions) or "none"
            yield Breach(page.path, line, f"the suggestions are {given}; listed are {listed}")
    for finding in places.values():
        yield Breach(page.path, example.line, f"fires without carets at {_quoted(report, finding)}")


def _mended(page: Page, bad: Example, good: Example, report: Report, checker: Checker) -> Iterator[Breach]:
    fixes = [finding.fix for finding in report.findings if finding.rule == page.id and finding.fix]
    if not fixes:
        yield Breach(page.path, bad.line, "a “fixed” example follows, but the finding has no fix")
        return
    text = fixed(bad.text, fixes)
    if text != good.text:
        yield Breach(page.path, good.line, f"the fix gives {text!r}")
        return
    before = {(finding.rule, finding.message) for finding in report.findings}
    for finding in checker.check(_source(bad, text)).findings:
        if finding.rule == page.id or (finding.rule, finding.message) not in before:
            yield Breach(page.path, good.line, f"the fixed text fires “{finding.rule}”: {finding.message}")


def _quoted(report: Report, finding: Finding) -> str:
    return f"“{report.source[finding.span]}”" if report.source else "?"
