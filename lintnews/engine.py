"""Runs a source through the rules and gives the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from lintnews.document import Document
from lintnews.earlier import Earlier
from lintnews.errors import LintnewsError
from lintnews.patterns import MOST_HITS, Hit, Matcher, PatternRule
from lintnews.readers import read
from lintnews.rule import ComparingRule, Finding, Level, Rule
from lintnews.source import Source
from lintnews.suppressions import SuppressionProblem, apply


@dataclass(frozen=True)
class Failure:
    """Something that could not be done, in a sentence; the run ends with exit status 2."""

    message: str


@dataclass(frozen=True)
class Report:
    """What is to be said about one file (SARIF: run.results of one artifact)."""

    path: Path
    source: Source | None
    """`None` where the file could not be read."""
    findings: tuple[Finding, ...] = ()
    failures: tuple[Failure, ...] = ()
    suppressed: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Checker:
    """The rules of a run, made ready once for all of its files.

    `levels` gives rules another level than their page does; `language` is that of articles which declare none, and
    whose text shows no other where `guess_language` lets it be heard.
    `known` holds every rule there is with its group, enabled or not, so that a suppression of a disabled one is known.
    """

    rules: tuple[Rule, ...]
    levels: Mapping[str, Level] = field(default_factory=dict)
    language: str = "en"
    guess_language: bool = True
    market: str | None = None
    known: Mapping[str, str] = field(default_factory=dict)
    require_reason: bool = False
    matcher: Matcher = field(init=False)

    def __post_init__(self) -> None:
        matcher = Matcher(rule for rule in self.rules if isinstance(rule, PatternRule))
        object.__setattr__(self, "matcher", matcher)

    def check(self, source: Source, earlier: Earlier | None = None) -> Report:
        """Return the report on one source; a rule that raises is a failure there, and the others still run.

        With `earlier`, the source is compared with those that were checked with the same one before.
        """
        try:
            document = replace(read(source, self.language, guess=self.guess_language), market=self.market)
        except LintnewsError as error:
            return Report(source.path, None, failures=(Failure(str(error)),))
        except Exception as error:  # noqa: BLE001  a reader's defect costs the file, and not the run
            return Report(source.path, None, failures=(_failure("the reader", source, error),))
        findings: list[Finding] = []
        failures: list[Failure] = []
        hits = self.matcher.hits(document)
        for rule in self.rules:
            if not self._applies(rule, document):
                continue
            try:
                findings.extend(_run(rule, document, hits.get(rule.page.id, []), earlier))
            except (Exception, SystemExit) as error:  # noqa: BLE001  whatever a rule raises is named, and ends no run
                failures.append(_failure(f"the rule “{rule.page.id}”", source, error))
        failures.extend(
            Failure(f"the rule “{rule}” stopped after {MOST_HITS:,} places in {source.path}")
            for rule, found in hits.items()
            if len(found) >= MOST_HITS
        )
        known = {**{rule.page.id: rule.page.group for rule in self.rules}, **self.known}
        enabled = {rule.page.id for rule in self.rules}
        kept, suppressed, problems = apply(document, findings, known, enabled, require_reason=self.require_reason)
        kept.extend(self._about_suppressions(problems))
        levelled = {self._levelled(finding, source) for finding in kept}
        return Report(
            path=source.path,
            source=source,
            findings=tuple(sorted(self._unabsorbed(levelled), key=_order)),
            failures=tuple(failures),
            suppressed=tuple(sorted(suppressed, key=_order)),
        )

    def _applies(self, rule: Rule, document: Document) -> bool:
        page = rule.page
        if page.languages and document.language not in page.languages:
            return False
        return not page.markets or document.article.market in page.markets

    def _unabsorbed(self, findings: set[Finding]) -> Iterator[Finding]:
        """Yield the findings but those inside one, no less grave, of a rule that speaks for theirs."""
        speak_for = {rule.page.id: frozenset(rule.page.absorbs) for rule in self.rules if rule.page.absorbs}
        whole: Finding | None = None

        def outermost_first(finding: Finding) -> tuple[int, int, int, int]:
            # Of several at the same place, the gravest speaks for the others, and then the one that speaks for most.
            start, end = finding.span
            return start, -end, finding.level.rank, -len(speak_for.get(finding.rule, ()))

        for finding in sorted(findings, key=outermost_first):
            if whole and finding.span.end <= whole.span.end:
                spoken_for = {finding.rule, finding.group} & speak_for[whole.rule]
                if spoken_for and whole.level.reaches(finding.level):
                    continue
            elif finding.rule in speak_for:
                whole = finding
            yield finding

    def _about_suppressions(self, problems: Sequence[SuppressionProblem]) -> Iterator[Finding]:
        rules = {rule.page.id: rule for rule in self.rules}
        for problem in problems:
            if rule := rules.get(problem.kind):
                yield rule.finding(problem.span, problem.message, fix=problem.fix)

    def _levelled(self, finding: Finding, source: Source) -> Finding:
        """Return the finding at the level it has here, without a fix where nothing can be written back."""
        level = self.levels.get(finding.rule) or finding.level
        fix = None if source.extracted else finding.fix
        return finding if level is finding.level and fix is finding.fix else replace(finding, level=level, fix=fix)


def check(source: Source, rules: Sequence[Rule]) -> Report:
    """Return the report on one source by the given rules; many sources share a `Checker`."""
    return Checker(tuple(rules)).check(source)


def _run(rule: Rule, document: Document, hits: list[Hit], earlier: Earlier | None) -> Iterator[Finding]:
    if earlier is not None and isinstance(rule, ComparingRule):
        if nearest := earlier.nearest(rule.page.id, document.source.path, rule.marks(document)):
            yield from rule.compare(document, nearest)
    elif not isinstance(rule, PatternRule):
        yield from rule.check(document)
    elif hits:
        yield from rule.judge(document, hits)


def _failure(who: str, source: Source, error: BaseException) -> Failure:
    import traceback  # noqa: PLC0415  only a run that fails needs it

    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return Failure(f"{who} failed on {source.path}: {reason}{place}")


def _order(finding: Finding) -> tuple[int, int, str, str]:
    return (finding.span.start, finding.span.end, finding.rule, finding.message)
