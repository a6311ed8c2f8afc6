"""A source goes through the rules once, and the report says what was found and what could not be done."""

from __future__ import annotations

import pytest
from conftest import markdown

from lintnews.engine import Checker, check
from lintnews.patterns import MOST_HITS
from lintnews.readers import markdown as markdown_reader
from lintnews.rule import Level
from lintnews.source import Span

RAISES = """\
from dataclasses import dataclass
from lintnews.rule import Rule

@dataclass(frozen=True)
class BrokenRule(Rule):
    def check(self, document):
        yield self.finding(document.blocks[0].span)
        raise KeyError("nobody")
"""
FINDS = """\
from dataclasses import dataclass
from lintnews.rule import Rule
from lintnews.source import Span

@dataclass(frozen=True)
class EveryWay(Rule):
    def check(self, document):
        for start, end, message in [(4, 6, "b"), (0, 2, "b"), (0, 2, "a"), (0, 1, "c"), (4, 6, "b")]:
            yield self.finding(Span(start, end), message)
"""


def found(report):
    return [(finding.rule, report.source[finding.span]) for finding in report.findings]


def test_a_rule_that_raises_is_named_with_its_place_and_the_others_still_report(pages):
    rules = (pages.rule("", name="style/broken_rule", py=RAISES), pages.rule("phrases: [thereof]"))
    report = check(markdown("The end thereof."), rules)
    assert found(report) == [("broken-rule", "The end thereof."), ("stiff-words", "thereof")]
    (failure,) = report.failures
    assert failure.message == "the rule “broken-rule” failed on article.md: KeyError: 'nobody' (broken_rule.py:8)"


def test_a_rule_that_would_end_the_program_ends_no_run(pages):
    rule = pages.rule("", name="style/broken_rule", py=RAISES.replace('KeyError("nobody")', "SystemExit(0)"))
    assert "SystemExit: 0" in check(markdown("Words."), (rule,)).failures[0].message


def test_a_pattern_rule_whose_unless_is_no_expression_is_named(pages):
    rules = (pages.rule("phrases: [end]\nunless: ['(']", name="style/broken"), pages.rule("phrases: [thereof]"))
    report = check(markdown("The end thereof."), rules)
    assert found(report) == [("stiff-words", "thereof")]
    assert ["the rule “broken” failed on article.md" in failure.message for failure in report.failures] == [True]


def test_a_reader_that_raises_costs_the_file_and_not_the_run(pages, monkeypatch):
    def read(*_):
        raise RuntimeError("no such event")

    monkeypatch.setattr(markdown_reader, "read", read)
    report = check(markdown("The end thereof."), (pages.rule("phrases: [thereof]"),))
    assert (report.source, report.findings) == (None, ())
    assert "article.md: RuntimeError: no such event" in report.failures[0].message


def test_a_file_with_more_pieces_than_an_article_could_have_is_refused(pages, monkeypatch):
    monkeypatch.setattr("lintnews.readers.builder.MOST_PIECES", 3)
    report = check(markdown("One *two* three *four*."), (pages.rule("phrases: [one]"),))
    assert (report.source, report.findings) == (None, ())
    assert "article.md: has more than" in report.failures[0].message


def test_findings_stand_in_order_each_once(pages):
    report = check(markdown("abcdefgh"), (pages.rule("", name="style/every_way", py=FINDS),))
    assert [(tuple(finding.span), finding.message) for finding in report.findings] == [
        ((0, 1), "c"),
        ((0, 2), "a"),
        ((0, 2), "b"),
        ((4, 6), "b"),
    ]


def test_findings_of_several_rules_stand_in_the_order_of_the_text(pages):
    rules = (pages.rule("phrases: [two]", name="a/b"), pages.rule("phrases: [one, three]", name="a/c"))
    assert found(check(markdown("one two three"), rules)) == [("c", "one"), ("b", "two"), ("c", "three")]


@pytest.mark.parametrize(
    ("languages", "text", "language", "count"),
    [
        ("", "thereof", "en", 1),
        ("languages: en", "thereof", "en", 1),
        ("languages: [de, fr]", "thereof", "en", 0),
        ("languages: [de, fr]", "thereof", "fr", 1),
        ("languages: de", "---\nlang: de-AT\n---\nthereof", "en", 1),
        ("languages: en", "---\nlang: de-AT\n---\nthereof", "en", 0),
    ],
)
def test_a_rule_is_for_its_languages(pages, languages, text, language, count):
    rule = pages.rule(f"{languages}\nphrases: [thereof]")
    assert len(Checker((rule,), language=language).check(markdown(text)).findings) == count


@pytest.mark.parametrize(
    ("markets", "market", "count"),
    [
        ("", None, 1),
        ("markets: uk", "uk", 1),
        ("markets: [us, uk]", "uk", 1),
        ("markets: us", "uk", 0),
        ("markets: uk", None, 0),
    ],
)
def test_a_rule_is_for_its_markets(pages, markets, market, count):
    rule = pages.rule(f"{markets}\nphrases: [thereof]")
    assert len(Checker((rule,), market=market).check(markdown("thereof")).findings) == count


def test_the_market_an_article_declares_outweighs_the_configured_one(pages):
    checker = Checker((pages.rule("markets: uk\nphrases: [thereof]"),), market="us")
    assert len(checker.check(markdown("---\nmarket: UK\n---\nthereof")).findings) == 1


def test_a_run_may_give_a_rule_another_level(pages):
    rules = (pages.rule("phrases: [one]", name="a/b"), pages.rule("phrases: [two]", name="a/c"))
    report = Checker(rules, levels={"b": Level.NOTE}).check(markdown("one two"))
    assert [finding.level for finding in report.findings] == [Level.NOTE, Level.WARNING]


def test_a_suppressed_finding_is_kept_apart(pages):
    text = "<!-- lintnews: allow stiff-words: the name of the play -->\n\nThereof.\n\nThereof.\n"
    report = check(markdown(text), (pages.rule("phrases: [thereof]"),))
    last = text.rindex("Thereof")
    assert [finding.span for finding in report.findings] == [Span(last, last + 7)]
    assert [report.source[finding.span] for finding in report.suppressed] == ["Thereof"]


def test_a_suppression_of_a_rule_that_is_off_is_no_problem(pages):
    unused = pages.rule("message: '{match}'", name="input/unused_suppression", py=UNUSED)
    text = "<!-- lintnews: allow other-rule: for now -->\n\nWords.\n"
    known = Checker((unused,), known={"other-rule": "style"}).check(markdown(text))
    unknown = Checker((unused,)).check(markdown(text))
    assert (known.findings, unknown.findings) == ((), ())


UNUSED = """\
from dataclasses import dataclass
from lintnews.rule import Rule

@dataclass(frozen=True)
class UnusedSuppression(Rule):
    def check(self, document):
        return iter(())
"""


def test_a_suppression_that_nothing_needs_is_reported_by_its_rule(pages):
    unused = pages.rule("", name="input/unused_suppression", py=UNUSED)
    rule = pages.rule("phrases: [thereof]")
    comment = "<!-- lintnews: allow stiff-words: for now -->"
    report = check(markdown(f"{comment}\n\nWords.\n"), (unused, rule))
    assert found(report) == [("unused-suppression", comment)]
    assert report.findings[0].fix.safe


def test_one_checker_reads_many_sources_and_keeps_nothing(pages):
    checker = Checker((pages.rule("phrases: [thereof]"),))
    reports = [checker.check(markdown(text)) for text in ("thereof", "words", "thereof")]
    assert [len(report.findings) for report in reports] == [1, 0, 1]
    assert reports[0] == reports[2]


def test_an_empty_article_has_no_findings(pages):
    assert check(markdown(""), (pages.rule("scope: raw\nphrases: [thereof]"),)).findings == ()


def test_levels_reach_those_no_graver():
    assert [level for level in Level if level.reaches(Level.WARNING)] == [Level.ERROR, Level.WARNING]


def absorbed(pages, text, *, whole="warning", part="warning"):
    page = f"absorbs: [style]\nlevel: {whole}\npatterns: ['herein .* thereof']"
    rules = (pages.rule(page, name="other/long_words"), pages.rule(f"level: {part}\nphrases: [herein, thereof]"))
    return found(Checker(rules).check(markdown(text)))


def test_a_rule_speaks_for_the_findings_inside_its_own(pages):
    assert absorbed(pages, "So herein or thereof.") == [("long-words", "herein or thereof")]


def test_a_rule_does_not_speak_for_findings_outside_its_own(pages):
    assert absorbed(pages, "Thereof herein or thereof. Herein.") == [
        ("stiff-words", "Thereof"),
        ("long-words", "herein or thereof"),
        ("stiff-words", "Herein"),
    ]


def test_no_rule_speaks_for_a_graver_finding(pages):
    assert len(absorbed(pages, "So herein or thereof.", part="error")) == 3
    assert len(absorbed(pages, "So herein or thereof.", whole="error")) == 1


def test_of_rules_at_one_place_the_gravest_speaks_for_the_others(pages):
    page = "level: {}\nabsorbs: [{}]\nphrases: [herein]"
    rules = (
        pages.rule(page.format("review", "third"), name="style/first"),
        pages.rule(page.format("warning", "first, third"), name="style/second"),
        pages.rule("level: note\nphrases: [herein]", name="style/third"),
    )
    assert found(check(markdown("So herein."), rules)) == [("second", "herein")]


def test_a_rule_does_not_speak_for_groups_it_does_not_name(pages):
    page = "absorbs: [images]\npatterns: ['herein .* thereof']"
    rules = (pages.rule(page, name="other/long_words"), pages.rule("phrases: [herein, thereof]"))
    assert len(check(markdown("So herein or thereof."), rules).findings) == 3


def test_a_rule_that_hits_everywhere_stops_and_says_so(pages):
    rule = pages.rule("phrases: [thereof]")
    report = check(markdown("thereof, " * (MOST_HITS + 2)), [rule])
    assert len(report.findings) == MOST_HITS
    assert [failure.message for failure in report.failures] == [
        f"the rule “{rule.page.id}” stopped after 5,000 places in {report.path}"
    ]
