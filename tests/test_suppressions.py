"""What an article allows, and what is said about it."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lintnews.document import Comment, Document, Run, Text
from lintnews.readers import read
from lintnews.rule import Finding, Level
from lintnews.source import Source, Span
from lintnews.suppressions import SuppressionProblem, apply

RULES = {
    "missing-alt-text": "images",
    "overlong-alt-text": "images",
    "doubled-word": "garbled",
    "missing-byline": "metadata",
}


def article(text: str) -> Document:
    """Return what the reader of MDX makes of a text; its comments are written `{/* … */}`."""
    return read(Source(Path("a.mdx"), text))


def finding(document: Document, quote: str, rule: str = "doubled-word", nth: int = 0) -> Finding:
    start = -1
    for _ in range(nth + 1):
        start = document.source.text.index(quote, start + 1)
    return at(Span(start, start + len(quote)), rule)


def at(span: Span, rule: str) -> Finding:
    return Finding(rule, RULES[rule], Level.WARNING, span, "…")


def suppressed(document: Document, *findings: Finding) -> list[bool]:
    _, gone, problems = apply(document, findings, RULES)
    assert [problem for problem in problems if problem.kind == "malformed-suppression"] == []
    return [finding in gone for finding in findings]


def problems(text: str, *, quotes: tuple[str, ...] = (), **options: object) -> list[SuppressionProblem]:
    document = article(text)
    return apply(document, [finding(document, quote) for quote in quotes], RULES, **options)[2]


def messages(text: str) -> list[str]:
    return [problem.message for problem in problems(text)]


def fixed(text: str) -> str:
    """Return the text with every fix for its suppressions applied."""
    edits = [edit for problem in problems(text) if problem.fix for edit in problem.fix.edits]
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


# Where a suppression holds.


def test_allow_holds_for_the_whole_next_block_and_no_further():
    document = article("the the\n\n{/* lintnews: allow doubled-word: a quote */}\n\none one\ntwo two\n\nsix six\n")
    quotes = ("the the", "one one", "two two", "six six")
    assert suppressed(document, *(finding(document, quote) for quote in quotes)) == [False, True, True, False]


def test_allow_holds_for_the_block_the_comment_stands_in():
    document = article("one one {/* lintnews: allow doubled-word */} two two\n\nsix six\n")
    quotes = ("one one", "two two", "six six")
    assert suppressed(document, *(finding(document, quote) for quote in quotes)) == [True, True, False]


def test_allow_holds_for_a_heading_that_follows():
    document = article("{/* lintnews: allow doubled-word */}\n\n## One one\n\nsix six\n")
    assert suppressed(document, finding(document, "One one"), finding(document, "six six")) == [True, False]


def test_allow_holds_for_an_image_that_follows():
    document = article("{/* lintnews: allow missing-alt-text */}\n\n![](a.png)\n\n![](b.png)\n")
    images = [finding(document, quote, "missing-alt-text") for quote in ("![](a.png)", "![](b.png)")]
    assert suppressed(document, *images) == [True, False]


def test_allow_at_the_end_of_the_file_holds_for_nothing():
    document = article("one one\n\n{/* lintnews: allow doubled-word */}\n")
    assert suppressed(document, finding(document, "one one")) == [False]


def test_allow_line_holds_for_its_own_line():
    document = article("one one\ntwo two {/* lintnews: allow-line doubled-word */}\nsix six\n")
    quotes = ("one one", "two two", "six six")
    assert suppressed(document, *(finding(document, quote) for quote in quotes)) == [False, True, False]


def test_allow_file_holds_everywhere():
    document = article("one one\n\n{/* lintnews: allow-file doubled-word */}\n\nsix six\n")
    assert suppressed(document, finding(document, "one one"), finding(document, "six six")) == [True, True]


def test_allow_start_holds_up_to_allow_end():
    document = article(
        "one one\n\n{/* lintnews: allow-start doubled-word: lyrics */}\n\ntwo two\n\n"
        "{/* lintnews: allow-end doubled-word */}\n\nsix six\n"
    )
    quotes = ("one one", "two two", "six six")
    assert suppressed(document, *(finding(document, quote) for quote in quotes)) == [False, True, False]


def test_finding_that_touches_the_part_is_suppressed():
    document = article("{/* lintnews: allow doubled-word */}\n\none one\n\none one\n")
    across = Span(finding(document, "one one").span.start, finding(document, "one one", nth=1).span.end)
    assert suppressed(document, at(across, "doubled-word")) == [True]


def test_finding_between_two_characters_is_suppressed_at_the_edge_too():
    document = article("{/* lintnews: allow doubled-word */}\n\none one\n")
    start = document.blocks[0].span.start
    assert suppressed(document, at(Span(start, start), "doubled-word")) == [True]


def test_finding_about_the_whole_file_is_suppressed_by_allow_file_only():
    text = "{{/* lintnews: {} missing-byline */}}\n\nThe talks are going well.\n"
    for word, expected in (("allow-file", True), ("allow", False), ("allow-line", False)):
        document = article(text.format(word))
        everything = Span(0, len(document.source.text))
        both = (at(Span(0, 0), "missing-byline"), at(everything, "missing-byline"))
        assert suppressed(document, *both) == [expected, expected]


# What it names.


def test_group_allows_all_of_its_rules():
    document = article("{/* lintnews: allow images */}\n\n![](a.png)\n")
    assert suppressed(document, finding(document, "![](a.png)", "missing-alt-text")) == [True]


def test_other_rules_still_report():
    document = article("{/* lintnews: allow images */}\n\none one\n")
    assert suppressed(document, finding(document, "one one")) == [False]


def test_rules_are_parted_by_commas():
    document = article("{/* lintnews: allow doubled-word, overlong-alt-text: both */}\n\none one ![x](a.png)\n")
    both = (finding(document, "one one"), finding(document, "![x](a.png)", "overlong-alt-text"))
    assert suppressed(document, *both) == [True, True]


@pytest.mark.parametrize(
    "metadata",
    [
        {"lintnews.allow": "doubled-word"},
        {"lintnews.allow": "missing-byline, doubled-word: house style"},
        {"lintnews.allow.0": "missing-byline", "lintnews.allow.1": "doubled-word"},
        {"lintnews.allow.doubled-word": "lyrics: all of them"},
        {"lintnews.allow.0.doubled-word": "lyrics"},
    ],
)
def test_front_matter_allows_for_the_whole_file(metadata):
    document = article("one one\n")
    texts = {key: Text((Run(value, Span(0, len(value))),)) for key, value in metadata.items()}
    document = replace(document, metadata=texts)
    assert suppressed(document, finding(document, "one one")) == [True]


def test_unknown_key_in_front_matter_is_a_problem():
    text = Text((Run("doubled-word", Span(0, 3)),))
    document = replace(article("one one\n"), metadata={"lintnews.alow": text, "title": text})
    (problem,) = apply(document, [], RULES)[2]
    assert (problem.kind, problem.span) == ("malformed-suppression", Span(0, 3))


def test_front_matter_that_names_nothing_is_a_problem():
    (problem,) = apply(replace(article("one one\n"), metadata={"lintnews.allow": Text()}), [], RULES)[2]
    assert problem.message == "A suppression names the rule it allows: “lintnews: allow RULE: reason”."


# Unused ones.


def test_unused_suppression_is_reported_at_its_comment():
    text = "One.\n\n{/* lintnews: allow doubled-word: a quote */}\n\ntwo\n"
    (problem,) = problems(text)
    assert (problem.kind, problem.message) == ("unused-suppression", "Nothing here needs “doubled-word” to be allowed.")
    assert text[problem.span.start : problem.span.end] == "{/* lintnews: allow doubled-word: a quote */}"


def test_used_suppression_is_not_reported():
    assert problems("{/* lintnews: allow doubled-word */}\n\none one\n", quotes=("one one",)) == []


def test_suppression_of_a_rule_that_did_not_run_is_not_called_unused():
    text = "{/* lintnews: allow doubled-word */}\n\none\n"
    assert problems(text, enabled={"missing-alt-text"}) == []


def test_suppression_of_a_group_is_called_unused_only_when_all_of_it_ran():
    text = "{/* lintnews: allow images */}\n\none\n"
    assert problems(text, enabled={"missing-alt-text"}) == []
    assert len(problems(text, enabled={"missing-alt-text", "overlong-alt-text"})) == 1


def test_one_unused_name_of_two_is_reported_without_a_fix():
    text = "{/* lintnews: allow doubled-word, missing-byline */}\n\none one\n"
    (problem,) = problems(text, quotes=("one one",))
    assert (problem.message, problem.fix) == ("Nothing here needs “missing-byline” to be allowed.", None)


def test_unused_front_matter_has_no_fix():
    text = Text((Run("doubled-word", Span(0, 3)),))
    (problem,) = apply(replace(article("one\n"), metadata={"lintnews.allow.0": text}), [], RULES)[2]
    assert (problem.kind, problem.fix) == ("unused-suppression", None)


def test_fix_for_an_unused_suppression_is_safe():
    (problem,) = problems("{/* lintnews: allow doubled-word */}\n\none\n")
    assert problem.fix is not None
    assert problem.fix.safe


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\n{/* lintnews: allow doubled-word */}\n\nTwo.\n", "One.\n\n\nTwo.\n"),
        ("One.\r\n\r\n{/* lintnews: allow doubled-word */}\r\nTwo.\r\n", "One.\r\n\r\nTwo.\r\n"),
        ("One.\n{/* lintnews: allow doubled-word */}\nTwo.\n", "One.\n\nTwo.\n"),
        ("{/* lintnews: allow-file doubled-word */}\nTwo.\n", "Two.\n"),
        ("One.\n\n{/* lintnews: allow doubled-word */}", "One.\n\n"),
        ("One {/* lintnews: allow doubled-word */} two.\n", "One two.\n"),
        ("One.{/* lintnews: allow doubled-word */} Two.\n", "One. Two.\n"),
        ("One {/* lintnews: allow-line doubled-word */}\nTwo.\n", "One\nTwo.\n"),
        ("{/* lintnews: allow-line doubled-word */} One.\n", " One.\n"),
    ],
)
def test_fix_deletes_the_comment_and_leaves_the_text(text, expected):
    assert fixed(text) == expected


def test_fix_deletes_both_ends_of_an_unused_part():
    text = "{/* lintnews: allow-start doubled-word */}\n\nOne.\n\n{/* lintnews: allow-end doubled-word */}\n"
    assert fixed(text) == "\nOne.\n\n"


def test_part_whose_ends_name_different_rules_is_not_deleted():
    text = (
        "{/* lintnews: allow-start doubled-word, images */}\n\nOne.\n\n{/* lintnews: allow-end doubled-word */}\n\n"
        "{/* lintnews: allow-end images */}\n"
    )
    assert [problem.fix for problem in problems(text)] == [None, None]


# Malformed ones.


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("lintnews: allow double-word", "There is no rule “double-word” to allow; did you mean “doubled-word”?"),
        ("lintnews: allow Doubled-Word", "There is no rule “Doubled-Word” to allow; did you mean “doubled-word”?"),
        ("lintnews: allow xyzzy", "There is no rule “xyzzy” to allow."),
        ("lintnews: allow all", "There is no rule “all” to allow"),
        ("lintnews: allow", "A suppression names the rule it allows"),
        ("lintnews: allow : because", "A suppression names the rule it allows"),
        ("lintnews: allow doubled-word because", "“doubled-word because” is no rule's name"),
        ("lintnews: disable doubled-word", "“disable” says nothing to lintnews; write “allow”."),
        ("lintnews:", "“lintnews:” says nothing to lintnews."),
        ("lintnews allow doubled-word", "A suppression is written “lintnews: allow RULE: reason”, with a colon."),
        ("lintnews: allow-start doubled-word", "The part that allows “doubled-word” is not ended by “allow-end doub"),
        ("lintnews: allow-end doubled-word", "No “allow-start doubled-word” stands before this “allow-end”."),
    ],
)
def test_malformed_suppression_is_reported_at_its_comment(comment, message):
    text = f"One.\n\n{{/* {comment} */}}\n\nTwo.\n"
    (problem,) = problems(text)
    assert problem.kind == "malformed-suppression"
    assert problem.message.startswith(message)
    assert text[problem.span.start : problem.span.end] == f"{{/* {comment} */}}"


def test_part_that_is_started_twice_is_reported():
    text = "{/* lintnews: allow-start doubled-word */}\n" * 2 + "\n{/* lintnews: allow-end doubled-word */}\n"
    assert "“doubled-word” is allowed from line 1 on already." in messages(text)


def test_part_that_is_never_ended_suppresses_nothing():
    document = article("{/* lintnews: allow-start doubled-word */}\n\none one\n")
    kept, gone, _ = apply(document, [finding(document, "one one")], RULES)
    assert (len(kept), gone) == (1, [])


def test_slip_in_one_name_keeps_the_fix_from_deleting_the_comment():
    text = "{/* lintnews: allow doubled-word, imges */}\n\nOne.\n"
    assert [(problem.kind, problem.fix) for problem in problems(text)] == [
        ("malformed-suppression", None),
        ("unused-suppression", None),
    ]


def test_other_comments_are_let_be():
    assert messages("{/* lintnews is fine */}\n\n{/* TODO: lintnews: allow it */}\n\nOne.\n") == []


def test_reason_may_be_required():
    text = "{/* lintnews: allow doubled-word */}\n\none one\n"
    (problem,) = problems(text, quotes=("one one",), require_reason=True)
    assert problem.message == "Say why “doubled-word” is allowed: a colon, then the reason."


def test_given_reason_satisfies_the_requirement():
    text = "{/* lintnews: allow-start doubled-word: lyrics */}\n\none one\n\n{/* lintnews: allow-end doubled-word */}\n"
    assert problems(text, quotes=("one one",), require_reason=True) == []


@given(
    st.lists(
        st.one_of(
            st.text(max_size=20),
            st.builds(
                "{{/* lintnews: {}{} */}}".format,
                st.sampled_from(["allow", "allow-line", "allow-file", "allow-start", "allow-end", ""]),
                st.sampled_from([" doubled-word", " images, x", " doubled-word: why", ": :", ",,", " é"]),
            ),
            st.just("\n\none one\n\n"),
        ),
        max_size=12,
    )
)
def test_no_finding_is_lost_whatever_the_comments_say(parts):
    document = article(" ".join(parts))
    findings = [at(block.span, "doubled-word") for block in document.blocks]
    kept, gone, told = apply(document, findings, RULES)
    assert sorted(kept + gone, key=findings.index) == findings
    assert all(0 <= problem.span.start <= problem.span.end <= len(document.source.text) for problem in told)


def test_hostile_number_of_suppressions_costs_linear_time():
    comment = "<!-- lintnews: allow doubled-word, x{} -->"
    comments = [comment.format(number) for number in range(50_000)]
    text = "\n".join(comments)
    spans, start = [], 0
    for written in comments:
        spans.append(Span(start, start + len(written)))
        start += len(written) + 1
    read_comments = [Comment(span, text[span.start + 4 : span.end - 3]) for span in spans]
    document = Document(Source(Path("a.md"), text), "markdown", comments=tuple(read_comments))
    began = time.process_time()
    apply(document, [at(span, "doubled-word") for span in spans], RULES)
    assert time.process_time() - began < 5
