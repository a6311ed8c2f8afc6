"""A content-QA linter for articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lintnews.document import Document
    from lintnews.engine import Checker, Report, check
    from lintnews.loader import load_rules
    from lintnews.patterns import PatternRule
    from lintnews.rule import ComparingRule, Edit, Finding, Fix, Level, Rule
    from lintnews.source import Source, Span

__version__ = "0.1.0"
__all__ = [
    "Checker",
    "ComparingRule",
    "Document",
    "Edit",
    "Finding",
    "Fix",
    "Level",
    "PatternRule",
    "Report",
    "Rule",
    "Source",
    "Span",
    "check",
    "load_rules",
]

_HOMES = {
    "Document": "document",
    "Checker": "engine",
    "Report": "engine",
    "check": "engine",
    "load_rules": "loader",
    "PatternRule": "patterns",
    "ComparingRule": "rule",
    "Edit": "rule",
    "Finding": "rule",
    "Fix": "rule",
    "Level": "rule",
    "Rule": "rule",
    "Source": "source",
    "Span": "source",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  PEP 562: a public name is loaded when it is first asked for
    if name not in _HOMES:
        raise AttributeError(f"module “lintnews” has no “{name}”")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(f"lintnews.{_HOMES[name]}"), name)
