"""Edits are applied where they stand, and of two that meet the first wins whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lintnews.fixes import fixed
from lintnews.rule import Edit, Fix
from lintnews.source import Span


def fix(*edits: tuple[int, int, str]) -> Fix:
    return Fix(tuple(Edit(Span(start, end), text) for start, end, text in edits), safe=True)


@pytest.mark.parametrize(
    ("fixes", "text"),
    [
        ([], "0123456789"),
        ([fix((2, 4, "xy"))], "01xy456789"),
        ([fix((2, 4, ""))], "01456789"),
        ([fix((2, 2, "xy"))], "01xy23456789"),
        ([fix((0, 0, "<"), (10, 10, ">"))], "<0123456789>"),
        ([fix((0, 10, ""))], ""),
        ([fix((5, 6, "a")), fix((1, 2, "longer"))], "0longer234a6789"),
        ([fix((0, 2, "a")), fix((2, 4, "b"))], "ab456789"),
        ([fix((0, 3, "a")), fix((2, 4, "b"))], "a3456789"),
        ([fix((2, 4, "b")), fix((0, 3, "a"))], "a3456789"),
        ([fix((3, 3, "a")), fix((3, 3, "b"))], "012a3456789"),
        ([fix((0, 1, "a"), (8, 9, "z")), fix((4, 5, "m"), (8, 9, "y"))], "a1234567z9"),
    ],
)
def test_fixes_are_applied_together(fixes, text):
    assert fixed("0123456789", fixes) == text


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5), st.text("xyz", max_size=4)), max_size=8))
def test_a_text_keeps_all_that_no_fix_touches(edits):
    text = "abcdefghijklmnopqrstu" + "vwxyzabcde"
    fixes = [fix((start, start + length, new)) for start, length, new in edits]
    touched = {offset for start, length, _ in edits for offset in range(start, start + length)}
    kept = iter(fixed(text, fixes))
    assert all(text[offset] in kept for offset in range(len(text)) if offset not in touched)
