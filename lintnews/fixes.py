"""Applies the edits of fixes to a text."""

from __future__ import annotations

from collections.abc import Iterable

from lintnews.rule import Edit, Fix


def fixed(text: str, fixes: Iterable[Fix]) -> str:
    """Return the text with the fixes applied; of two that overlap, the one that starts first wins, whole."""
    taken: list[Edit] = []
    for fix in sorted(fixes, key=lambda fix: min(edit.span for edit in fix.edits)):
        if not any(edit.span.touches(other.span) for edit in fix.edits for other in taken):
            taken.extend(fix.edits)
    for edit in sorted(taken, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text
