"""A page that breaks one of its laws is told which, and on which line."""

from __future__ import annotations

import pytest

from lintnews.laws import breaches

SETTINGS = "fix: safe\nreplace: {thereof: of it}"
BODY = """\
# stiff-words

Stiff words tire readers.

```markdown bad
The end *thereof* is near.
         ^^^^^^^ of it
```
```markdown fixed
The end *of it* is near.
```
```text bad
The start thereof.

The end thereof.
        ^^^^^^^ of it
```
```text fixed
The start of it.

The end of it.
```
```markdown good
The end of it.
```
```markdown good
Code: `thereof`.
```
"""
SECOND_MARKED = BODY.replace("The start thereof.\n", "The start thereof.\n          ^^^^^^^ of it\n")


def broken(pages, body: str = SECOND_MARKED, settings: str = SETTINGS, others=()) -> list[str]:
    rule = pages.rule(settings, body=body)
    found = list(breaches(rule, others))
    assert all(breach.path == rule.page.path for breach in found)
    return [f"{breach.line}: {breach.message}" for breach in found]


def test_a_page_that_keeps_its_laws_has_no_breach(pages):
    assert broken(pages) == []


CARETS = "near.\n         ^^^^^^^ of it"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("# stiff-words", "# Stiff words", "1: the heading is the rule's id: “# stiff-words”"),
        ("Stiff words tire readers.\n", "", "1: says nothing on why the rule is there"),
        ("`thereof`", "thereof", "34: this good example fires at “thereof”"),
        (CARETS, CARETS.replace(" ^", "^^"), "14: the rule does not fire where these carets begin"),
        (CARETS, CARETS.replace(" ^", "^^"), "12: fires without carets at “thereof”"),
        (CARETS, CARETS.replace("^ ", " "), "14: these carets end at column 15, the finding at 16"),
        (CARETS, CARETS.replace(" of it", ""), "14: the suggestions are of it; listed are none"),
        (CARETS, CARETS.replace("of", "its | of"), "14: the suggestions are of it; listed are its | of it"),
        ("          ^^^^^^^ of it\n\n", "\n", "19: fires without carets at “thereof”"),
        ("The end *of it* is", "The end *its* is", "16: the fix gives 'The end *of it* is near.\\n'"),
        ("```markdown fixed", "```markdown", "12: this example has a fix, so a “fixed” example follows it"),
        ("```markdown good\nCode", "```markdown\nCode", "1: has 1 good example(s); 2 are the least"),
        ("```text bad", "```text good", "19: this good example fires at “thereof”"),
    ],
)
def test_a_broken_law_is_told_with_its_line(pages, old, new, said):
    assert SECOND_MARKED.count(old) == 1
    assert said in broken(pages, SECOND_MARKED.replace(old, new))


def test_a_long_summary_is_told(pages):
    said = broken(pages, settings=f"summary: {'a' * 60}.\n{SETTINGS}")
    assert said == ["1: the summary has 61 characters; the limit is 60"]


def test_a_bad_example_that_does_not_fire_is_told(pages):
    assert "12: this bad example does not fire" in broken(pages, settings="fix: safe\nreplace: {hereof: of it}")


def test_a_fixed_example_after_a_finding_without_a_fix_is_told(pages):
    found = broken(pages, settings="replace: {thereof: of it}\nowner: desk")
    assert "12: a “fixed” example follows, but the finding has no fix" in found


def test_a_fix_that_leaves_what_it_mends_is_told(pages):
    body = SECOND_MARKED.replace("of it", "thereof too")
    found = broken(pages, body, settings="fix: safe\nreplace: {thereof: thereof too}")
    assert "16: the fixed text fires “stiff-words”: “thereof” is stiff." in found


def test_a_fix_that_sets_off_another_rule_is_told(pages):
    other = pages.rule("phrases: [of it]", name="style/of_it")
    assert "16: the fixed text fires “of-it”: “of it” is stiff." in broken(pages, others=[other])


def test_what_another_rule_found_before_the_fix_is_no_breach(pages):
    other = pages.rule("phrases: [near, end]", name="style/near")
    assert broken(pages, others=[other]) == []


def test_a_rule_that_fails_on_an_example_is_told(pages):
    code = (
        "from dataclasses import dataclass\nfrom lintnews.patterns import PatternRule\n\n"
        "@dataclass(frozen=True)\nclass StiffWords(PatternRule):\n"
        "    def judge(self, document, hits):\n        raise ValueError('odd')\n"
    )
    rule = pages.rule(SETTINGS, body=SECOND_MARKED, py=code)
    found = list(map(str, breaches(rule)))
    assert any(
        "stiff_words.md:12: the rule “stiff-words” failed on example-12.md: ValueError: odd" in each for each in found
    )


def test_an_example_that_cannot_be_decoded_is_told(pages):
    body = SECOND_MARKED.replace("```markdown good\nThe end", "```markdown good\nA \x01\x01\x01 end")
    assert any("is not text" in each for each in broken(pages, body))


def test_an_example_in_another_encoding_is_read_in_it(pages):
    body = SECOND_MARKED.replace("```text bad", "```text bad encoding=utf-16").replace(
        "```text fixed", "```text fixed encoding=utf-16"
    )
    assert broken(pages, body) == []


def test_an_example_that_no_reader_can_read_is_told(pages, monkeypatch):
    monkeypatch.setattr("lintnews.readers.builder.MOST_PIECES", 2)
    assert any("has more than" in each for each in broken(pages))
