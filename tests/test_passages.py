"""A passage goes from its label to where the article's own copy goes on."""

from __future__ import annotations

import pytest
from conftest import document

from lintnews.passages import headed, joined, labelled, titled


def passage(text, index, name="article.md"):
    article = document(text, name)
    return article.source[labelled(article, index)]


def test_a_heading_labels_its_section():
    text = "## Sponsor\n\nOne.\n\n### More\n\nTwo.\n\n## Notes\n\nThree.\n"
    assert passage(text, 0) == "Sponsor\n\nOne.\n\n### More\n\nTwo."


def test_a_heading_without_another_below_labels_the_rest():
    assert passage("Copy.\n\n## Sponsor\n\nOne.\n\nTwo.\n", 1) == "Sponsor\n\nOne.\n\nTwo."


@pytest.mark.parametrize("line", ["---", "* * *", "___", "<hr>"])
def test_a_line_drawn_across_the_page_ends_a_passage(line):
    assert passage(f"Sponsor\n\nOne.\n\nTwo.\n\n{line}\n\nCopy.\n", 0) == "Sponsor\n\nOne.\n\nTwo."


def test_a_label_whose_section_does_not_end_soon_is_about_the_next_block():
    assert passage("Sponsor\n\nOne.\n\nCopy.\n\nCopy.\n", 0) == "Sponsor\n\nOne."
    assert passage("## Sponsor\n\nOne.\n\n" + "Copy.\n\n" * 12 + "## Notes\n", 0) == "Sponsor\n\nOne."


def test_a_label_over_a_list_is_about_all_of_its_items():
    assert passage("Sponsors\n\n- One\n- Two\n\nCopy.\n\nCopy.\n", 0) == "Sponsors\n\n- One\n- Two"


def test_a_label_is_about_no_endless_list():
    article = document("Sponsors\n\n" + "- One\n" * 200)
    assert article.source[labelled(article, 0)].count("One") == 50


def test_a_label_at_the_end_stands_alone():
    assert passage("Copy.\n\nSponsor\n", 1) == "Sponsor"


def test_a_heading_that_plain_text_only_seems_to_have_does_not_label_the_rest():
    text = "A headline for the page\n\nCopy, and more than that.\n\nSponsor\n\nOne, for a paragraph.\n\nTwo.\n"
    assert passage(text, 2, "article.txt") == "Sponsor\n\nOne, for a paragraph."


def test_an_image_at_the_end_belongs_to_the_passage():
    assert passage("## Sponsor\n\nOne.\n\n![](two.png)\n", 0).startswith("Sponsor\n\nOne.")


def test_a_title_belongs_to_the_only_block_under_it():
    article = document("# Headline\n\n## Title\n\nOne.\n\n## Tools\n\nTwo.\n\nThree.\n\n---\n\nFour.\n")
    passages = [article.source[titled(article, index)] for index in (2, 4, 5, 6)]
    assert passages == ["Title\n\nOne.", "Two.", "Three.", "Four."]


def test_a_title_heads_the_paragraph_under_it():
    article = document("Title\n\nOne.\n\nTwo.\n\n---\n\nTitle\n\n---\n\nThree.\n\nTitle\n\n## Notes\n")
    assert [article.source[headed(article, index)] for index in (0, 3, 5)] == ["Title\n\nOne.", "Title", "Title"]


def test_a_title_in_a_list_heads_what_is_nested_in_its_item():
    article = document("- Title\n\n  > One.\n  >\n  > Two.\n\n- Three\n")
    assert article.source[headed(article, 0)] == "Title\n\n  > One.\n  >\n  > Two."


def test_a_title_at_the_end_of_an_article_heads_all_that_is_nested_in_its_item():
    article = document("- Title\n\n  > One.\n")
    assert article.source[headed(article, 0)] == "Title\n\n  > One."


def test_the_headline_belongs_to_no_passage():
    article = document("# Headline\n\nOne.\n")
    assert article.source[titled(article, 1)] == "One."


def test_blocks_next_to_each_other_are_one_passage():
    article = document("One.\n\nTwo.\n\nCopy.\n\nThree.\n\n---\n\nFour.\n")
    runs = [(run, article.source[span]) for run, span in joined(article, [4, 3, 1, 0])]
    assert runs == [([0, 1], "One.\n\nTwo."), ([3], "Three."), ([4], "Four.")]


def test_no_blocks_make_no_passage():
    assert list(joined(document("One.\n"), [])) == []
