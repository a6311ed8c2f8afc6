"""Tells YAML that is nested without end before libyaml tries it: that would cost minutes, or the whole stack."""

from __future__ import annotations

LIMIT = 64
"""How deep a page's front matter may hold lists in lists."""

_HARMLESS = 2000
"""Brackets and characters in a line that cannot nest deep enough to cost anything."""


def nested_too_deep(text: str, limit: int = LIMIT) -> bool:
    """Return whether the YAML holds lists and mappings more than `limit` deep."""
    if text.count("[") + text.count("{") + max(map(len, text.splitlines()), default=0) < _HARMLESS:
        return False
    import yaml  # noqa: PLC0415  its callers load it when they first need it

    depth = 0
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > limit:
                return True
    except yaml.YAMLError:
        # Whoever reads the text says what is wrong with it.
        return False
    return False
