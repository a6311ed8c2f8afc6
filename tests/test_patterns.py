"""Lists of words and patterns are found where they stand, whole, in any case, and in linear time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from unicodedata import category

import pytest
from conftest import ROOT, SHARED, document, markdown

from lintnews.engine import Checker
from lintnews.errors import LintnewsError, PageError
from lintnews.loader import load_rules
from lintnews.patterns import LINE_LIMIT, Matcher, PatternRule
from lintnews.readers import read
from lintnews.regex import Regex, RegexError
from lintnews.source import read_source

PHRASE = "phrases: [state of the art]"


@pytest.mark.parametrize(
    "text",
    [
        "state of the art",
        "State Of The ART",
        "(state of the art)",
        "a state\nof the art",
        "a state of\u00a0the\u202fart",
        "a state  of\tthe art",
        "the *state* of **the art**",
    ],
)
def test_a_phrase_is_found_in_any_case_over_breaks_and_markup(pages, text):
    assert len(pages.words(PHRASE, text)) == 1


@pytest.mark.parametrize("text", ["state of the arts", "estate of the art", "state of theart", "state_of_the_art"])
def test_a_phrase_is_found_as_whole_words_only(pages, text):
    assert pages.words(PHRASE, text) == []


@pytest.mark.parametrize("text", ["naïve", "na\u0308", "äna", "éna", "naß", "na1", "na_"])
def test_letters_digits_and_marks_of_any_script_go_on_with_a_word(pages, text):
    assert pages.words("phrases: [na]", text) == []


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("don't", "Don’t go."),
        ("don’t", "Don't go."),
        ("e-mail", "An e‑mail came."),
        ("wait...", "Wait… here."),
        ('the "so-called"', "The “so-called” end."),
        ("C++", "Written in c++ today."),
        ("größe", "Die GRÖSSE, die Größe."),
    ],
)
def test_a_phrase_is_found_however_its_marks_are_typed(pages, phrase, text):
    assert len(pages.words(f"phrases: ['{phrase.replace(chr(39), chr(39) * 2)}']", text)) == 1


def test_the_longest_phrase_wins(pages):
    assert pages.words("phrases: [in the end, in the end of the day, in]", "It is in the end of the day.") == [
        "in the end of the day"
    ]


def test_a_place_that_two_entries_find_is_reported_once(pages):
    page = "phrases: [very unique]\npatterns: ['\\buni\\w+ thing']"
    assert pages.words(page, "A very unique thing.") == ["very unique"]


def test_phrases_side_by_side_are_each_found(pages):
    assert pages.words("phrases: [no]", "no no,no") == ["no", "no", "no"]


def test_a_pattern_is_found_anywhere_and_minds_case(pages):
    assert pages.words("patterns: ['art']", "Partly art, not ART.") == ["art", "art"]


def test_a_pattern_may_leave_case_out(pages):
    assert pages.words("patterns: ['(?i)art']", "Partly ART.") == ["art", "ART"]


@pytest.mark.parametrize("text", ["Ärger", "über", "éa", "ßa"])
def test_a_word_boundary_knows_letters_beyond_ascii(text):
    initial = text[0]
    assert [match[:2] for match in Regex(rf"\b{initial}\w+\b").finditer(f"x {text}. x{text}")] == [(2, 2 + len(text))]


def test_no_boundary_stands_between_the_letters_of_naive():
    assert list(Regex(r"\bve\b").finditer("naïve")) == []
    assert list(Regex(r"\bna\b").finditer("naïve")) == []


@pytest.mark.parametrize(
    ("letter", "kinds", "others"),
    [
        ("w", {"Ll", "Lu", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No"}, "_"),
        ("s", {"Zs", "Zl", "Zp"}, "\t\n\f\r"),
        ("d", {"Nd"}, ""),
    ],
)
def test_a_class_knows_of_each_character_what_unicode_says(letter, kinds, others):
    regex = Regex(f"\\{letter}")
    for character in map(chr, (*range(0xD800), *range(0xE000, 0x32000))):
        kind = category(character)
        if kind != "Cn":
            assert regex.search(character) is (kind in kinds or character in others), hex(ord(character))


@pytest.mark.parametrize("pattern", [r"a\bb", r"(\ba|b)", r"a\Bb"])
def test_a_word_boundary_in_the_middle_is_refused(pattern):
    with pytest.raises(RegexError, match="may stand only at the start and at the end"):
        Regex(pattern)


def test_an_escaped_backslash_before_a_b_is_no_boundary():
    assert [match[:2] for match in Regex(r"a\\b").finditer(r"xa\bx")] == [(1, 4)]


@pytest.mark.parametrize("space", [" ", "\n", "\t", "\u00a0", "\u202f", "\u3000"])
def test_a_space_and_the_space_class_are_any_white_space(space):
    for pattern in ("a b", r"a\sb", r"a[\s]b", r"a[^\w]b"):
        assert Regex(pattern).search(f"a{space}b"), pattern
    assert not Regex(r"a\Sb").search(f"a{space}b")


@pytest.mark.parametrize("pattern", [r"[^\W\d]", r"[\S]", r"[a\D]"])
def test_a_negated_class_in_brackets_is_refused(pattern):
    with pytest.raises(RegexError, match="may not stand in brackets"):
        Regex(pattern)


def test_an_empty_match_is_never_reported(pages):
    assert pages.words("patterns: ['x*']", "axxb 😀 x") == ["xx", "x"]


def test_named_groups_stand_in_the_message(pages):
    page = "message: “{before}” before “{after}”.\npatterns: ['(?P<before>\\w+)--(?P<after>\\w+)']"
    (finding,) = pages.findings(page, "One word--another word.")
    assert finding.message == "“word” before “another”."


def test_an_unknown_name_in_a_message_stays(pages):
    (finding,) = pages.findings("message: '{match} {nothing} {match.__class__}'\nphrases: [art]", "art")
    assert finding.message == "art {nothing} {match.__class__}"


@pytest.mark.parametrize(
    "text",
    ["Share this", "- Share this", "* Share this", "— SHARE THIS —", "» Share this «", "Intro text\nShare this\nmore"],
)
def test_a_line_is_found_whatever_stands_around_it(pages, text):
    assert [words.lower() for words in pages.words("lines: [share this]", text)] != []


def test_a_line_of_wrapped_prose_is_no_line(pages):
    wrapped = "Share the roads with those who walk to their work, and with all others\nwho have no car."
    assert pages.words("lines: ['share .*']", wrapped) == []
    assert pages.words("lines: ['share .*']", wrapped.replace("others\n", "others.\n")) != []


@pytest.mark.parametrize("text", ["Share this article", "Please share this", "Share this 2"])
def test_a_line_with_more_words_is_not_that_line(pages, text):
    assert pages.words("lines: [share this]", text) == []


@pytest.mark.parametrize(
    ("name", "count"), [("article.txt", 1), ("article.md", 0)], ids=["guessed", "set by the author"]
)
def test_a_heading_that_plain_text_only_suggests_is_a_paragraph_too(pages, name, count):
    page = "scope: paragraph\nlines: [share this]"
    heading = "## Share this" if name.endswith(".md") else "Share this"
    text = f"A headline\n\nThe first paragraph.\n\n{heading}\n\nThe second paragraph goes on for a dozen words or so.\n"
    report = Checker((pages.rule(page),)).check(markdown(text, name))
    assert document(text, name).blocks[2].type == "heading"
    assert len(report.findings) == count


def test_a_line_over_the_limit_is_prose(pages):
    page = "lines: ['share .*']"
    assert len(pages.words(page, "share " + "a" * (LINE_LIMIT - 6))) == 1
    assert pages.words(page, "share " + "a" * (LINE_LIMIT - 5)) == []


SCOPED = """\
---
title: An art in metadata
deck: An art in the deck
---
# An art in a heading

An art in a paragraph.

- An art in an item

| An art in a cell |
|---|

![An art in an alt](art.png)

[An art in a link](https://example.com/art)

`art`
"""


@pytest.mark.parametrize(
    ("scope", "lines"),
    [
        ("block", [5, 7, 9, 11, 16]),
        ("paragraph", [7, 16]),
        ("heading", [5]),
        ("list-item", [9]),
        ("table-cell", [11]),
        ("sentence", [5, 7, 9, 11, 16]),
        ("alt", [14]),
        ("link-text", [16]),
        ("url", [14, 16]),
        ("metadata", [2, 3]),
        ("metadata.title", [2]),
        ("raw", [2, 3, 5, 7, 9, 11, 14, 14, 16, 16, 18]),
        ("[heading, alt]", [5, 14]),
    ],
)
def test_a_scope_says_where_a_list_is_looked_for(pages, scope, lines):
    source = markdown(SCOPED)
    findings = pages.findings(f"scope: {scope}\nphrases: [art]", SCOPED)
    assert [source.position(finding.span.start).line for finding in findings] == lines
    assert {source[finding.span] for finding in findings} == {"art"}


def test_a_caption_is_a_scope_of_its_own(pages):
    rule = pages.rule("scope: caption\nphrases: [art]")
    text = "<p>art</p><figure><img src=a.png alt=b><figcaption>An art.</figcaption></figure>"
    (finding,) = rule.check(document(text, "a.html"))
    assert text[finding.span.start - 3 : finding.span.end] == "An art"


def test_each_kind_of_list_may_have_its_own_scope(pages):
    page = "scope: {phrases: heading, patterns: paragraph}\nphrases: [art]\npatterns: ['wor\\w']"
    assert pages.words(page, "# art work\n\nart work\n") == ["art", "work"]


def test_an_anchored_pattern_with_a_sentence_scope_starts_at_each_sentence(pages):
    page = "scope: sentence\npatterns: ['^But']"
    assert pages.words(page, "But no. But yes, But maybe.") == ["But", "But"]


def test_lists_of_a_language_are_looked_for_in_that_language_only(pages):
    page = "phrases: {en: [gift], de: [Gift]}\nmessage: “{match}”"
    assert pages.words("phrases: {de: [gift]}", "A gift.", language="en") == []
    assert pages.words("phrases: {de: [gift]}", "Ein Gift.", language="de") == ["Gift"]
    assert pages.words(page, "Ein Gift.", language="fr") == []


def test_what_unless_finds_in_the_sentence_calls_a_hit_off(pages):
    page = "phrases: [art]\nunless: ['\\bmartial\\b']"
    assert pages.words(page, "The martial art. The other art.") == ["art"]
    assert len(pages.words(page, "The partial art.")) == 1


def test_quoted_speech_is_skipped_by_default(pages):
    text = "An art, she said: “It is an art.”\n\n> An art.\n"
    assert len(pages.words("phrases: [art]", text)) == 1
    assert len(pages.words("phrases: [art]\nquotes: read", text)) == 3


DENSITY = "phrases: [art]\ndensity: {at-least: 3, per-thousand-words: 100}"


@pytest.mark.parametrize(
    ("text", "count"),
    [("art art", 0), ("art art art", 3), ("art " * 3 + "word " * 27, 3), ("art " * 3 + "word " * 28, 0)],
)
def test_a_density_reports_nothing_until_enough_piles_up(pages, text, count):
    assert len(pages.words(DENSITY, text)) == count


def test_a_density_is_an_option(pages):
    rule = type(pages.rule(DENSITY))
    assert len(list(rule(at_least=1, per_thousand_words=0.0).check(document("an art")))) == 1


def test_a_replacement_is_suggested_with_the_capital_kept(pages):
    first, second = pages.findings("replace: {utilise: [use, apply]}", "Utilise it; they utilise it.")
    assert first.suggestions == ("Use", "Apply")
    assert second.suggestions == ("use", "apply")
    assert first.fix is None


def test_a_page_with_a_fix_offers_the_first_replacement(pages):
    page = "fix: safe\nreplace: {in order to: to}"
    (plain,) = pages.findings(page, "We do it in order\nto win.")
    assert plain.fix.safe
    assert [(edit.span, edit.text) for edit in plain.fix.edits] == [(plain.span, "to")]


def test_no_fix_touches_words_with_markup_inside(pages):
    (finding,) = pages.findings("fix: safe\nreplace: {in order to: to}", "We do it in *order* to win.")
    assert finding.suggestions == ("to",)
    assert finding.fix is None


@pytest.mark.parametrize(("phrase", "text"), [("wait...", "wait…"), ("'a \"b\" c'", "a “b” c"), ("e-mail", "e‑mail")])
def test_a_replacement_is_found_however_its_marks_are_typed(pages, phrase, text):
    (finding,) = pages.findings(f"replace: {{{phrase}: x}}", text)
    assert finding.suggestions == ("x",)


@pytest.mark.parametrize(
    ("kind", "entry"),
    [
        ("patterns", "(open"),
        ("patterns", r"a\bb"),
        ("patterns", "a(?=b)"),
        ("patterns", "said a{1001}"),
        ("patterns", r"[^\W]"),
        ("lines", "[open"),
        ("lines", r"\bshare\b this"),
    ],
)
def test_an_entry_that_is_no_expression_is_named_before_any_article_is_read(pages, kind, entry):
    with pytest.raises(PageError, match=r"stiff_words\.md") as caught:
        pages.rule(f"{kind}: [fine, '{entry}']")
    assert f"“{entry}” under “{kind}”" in str(caught.value)


def test_an_expression_too_large_to_match_by_is_named(pages):
    rule = pages.rule(r"patterns: ['said (?:\w{990}x{0,990}){0,1}\w{990}|said \w{980}y{980}\w{970}z']")
    with pytest.raises(PageError, match="cannot be looked for"):
        Checker((rule,)).check(markdown(f"He said {'я' * 3000}.\n"))


@pytest.mark.parametrize("kind", ["patterns", "lines"])
def test_an_entry_is_an_expression_by_itself(pages, kind):
    with pytest.raises(PageError, match="no regular expression"):
        pages.rule(f"{kind}: ['a)|(b']")


# The gate and the engines.


def articles() -> list[Path]:
    return sorted(
        path
        for directory in ("tests/articles", "examples", "docs", "rules/images", "rules/garbled")
        for path in (ROOT / directory).rglob("*")
        if path.suffix in {".md", ".html", ".txt", ".mdx"}
    )


def hits(matcher: Matcher, path: Path) -> dict[str, list[tuple[int, int]]]:
    try:
        found = matcher.hits(read(read_source(path)))
    except LintnewsError as error:
        return {str(error): []}
    return {rule: sorted((hit.span.start, hit.span.end) for hit in each) for rule, each in found.items()}


@pytest.fixture(scope="module")
def matchers() -> tuple[Matcher, Matcher]:
    rules = [rule() for rule in load_rules().values() if issubclass(rule.made, PatternRule)]
    return Matcher(rules), Matcher(rules, gated=False)


@pytest.mark.parametrize("path", articles(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_gate_lets_every_hit_through(matchers, path):
    gated, ungated = matchers
    assert hits(gated, path) == hits(ungated, path)


@pytest.mark.skipif(not (SHARED / "corpora/posts").is_dir(), reason="the corpus of posts is not on this machine")
def test_the_gate_lets_every_hit_through_on_published_posts(matchers):
    gated, ungated = matchers
    posts = sorted(path for path in (SHARED / "corpora/posts").rglob("*") if path.is_file())[::10]
    assert [path for path in posts if hits(gated, path) != hits(ungated, path)] == []


def test_without_google_re2_the_findings_are_the_same(tmp_path):
    (tmp_path / "re2.py").write_text("raise ImportError\n")
    script = (
        "import json, sys\nfrom pathlib import Path\n"
        "from lintnews.engine import Checker\nfrom lintnews.loader import load_rules\n"
        "from lintnews.regex import re2\nfrom lintnews.source import Source, read_source\n"
        "checker = Checker(tuple(rule() for rule in load_rules().values()))\n"
        "found = []\n"
        "for path in map(Path, sys.argv[1:]):\n"
        "    report = checker.check(read_source(path))\n"
        "    failures = [failure.message for failure in report.failures]\n"
        "    found.append([[f.rule, *f.span, f.message] for f in report.findings] + failures)\n"
        "print(json.dumps([re2 is not None, found]))\n"
    )
    paths = [str(path) for path in articles() if path.suffix == ".md"]

    def run(*places: Path):
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (*places, ROOT)))}
        done = subprocess.run(
            [sys.executable, "-c", script, *paths], env=environment, capture_output=True, text=True, check=True
        )
        return json.loads(done.stdout)

    with_re2, found = run()
    without_re2, found_without = run(tmp_path)
    assert (with_re2, without_re2) == (True, False)
    assert any(found)
    assert found_without == found


@pytest.mark.parametrize("pattern", ["(a+)+b", "(.*a){20}c", "(a|aa)+b", "(?:a*)*b", "a{0,500}a{0,500}b"])
def test_a_page_cannot_make_a_line_cost_more_than_linear_time(pages, pattern):
    rule = pages.rule(f"patterns: ['{pattern}']")
    checker = Checker((rule,))
    source = markdown("a" * 200_000)
    started = time.process_time()
    report = checker.check(source)
    assert time.process_time() - started < 3
    assert (report.findings, report.failures) == ((), ())


def test_a_long_list_of_replacements_costs_no_more_with_many_hits(pages):
    table = "phrase,replacement\n" + "".join(f"word{number},w{number}\n" for number in range(3000))
    rule = pages.rule("", csv=table)
    started = time.process_time()
    findings = Checker((rule,)).check(markdown("word1 word2 " * 1500)).findings
    assert time.process_time() - started < 2
    assert len(findings) == 3000
