"""Tells which of many lists can have an entry in a text, in a pass over it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from lintnews.literals import Literals, folded
from lintnews.regex import Filter, Set


class Gate:
    """Opens for the lists whose literals a text holds, and for those without any that an expression finds in it.

    All literals go through one automaton, which is small, as there are no loops in it, and so is quick to make. The few
    lists of which nothing is known to be needed are asked one by one.
    """

    def __init__(self, needed: Sequence[Literals], expression: Callable[[int], str]) -> None:
        self._set: Set | None = None
        self._filter: Filter | None = None
        self._all = [(1 << len(sets)) - 1 for sets in needed]
        """For each list, the sets of literals it needs, as bits."""
        self._asked = [index for index, sets in enumerate(needed) if not sets]
        holders: dict[str, list[tuple[int, int]]] = {}
        for index, sets in enumerate(needed):
            for place, literals in enumerate(sets):
                for literal in literals:
                    holders.setdefault(literal, []).append((index, 1 << place))
        self._holders = list(holders.values())
        if holders:
            self._set = Set(re.escape(literal) for literal in holders)
        if self._asked:
            self._filter = Filter(expression(index) for index in self._asked)

    def open(self, text: str, plain: str | None = None) -> Sequence[int]:
        """Return the indexes of the lists that can have an entry in the text, in order; `plain` is the text, folded."""
        opened: list[int] = []
        if self._set is not None:
            found: dict[int, int] = {}
            for literal in self._set.matches(folded(text) if plain is None else plain):
                for index, bit in self._holders[literal]:
                    found[index] = found.get(index, 0) | bit
            opened += [index for index, bits in found.items() if bits == self._all[index]]
        if self._filter is not None:
            opened += [self._asked[place] for place in self._filter.matches(text)]
        return sorted(opened)
