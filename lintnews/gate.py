"""Tells which of many lists can have an entry in a text, in a pass over it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from lintnews.literals import Literals, folded
from lintnews.regex import Filter, Set

_LITTLE = 6_000
"""Characters in which each literal is looked for by itself, as that costs less than to make the automaton."""


class Gate:
    """Opens for the lists whose literals a text holds, and for those without any that an expression finds in it.

    All literals go through one automaton, which is small, as there are no loops in it; a run over little text goes
    without it. The few lists of which nothing is known to be needed are asked one by one.
    """

    def __init__(self, needed: Sequence[Literals], expression: Callable[[int], str]) -> None:
        self._seen = 0
        self._asked = [index for index, sets in enumerate(needed) if not sets]
        places: dict[str, int] = {}
        placed = [[frozenset(places.setdefault(each, len(places)) for each in one) for one in sets] for sets in needed]
        self._literals = list(places)
        # A list is thought of where a literal of its first set is held, which tells most; the other sets decide.
        self._openers: list[list[int]] = [[] for _ in places]
        for index, sets in enumerate(placed):
            for place in sets[0] if sets else ():
                self._openers[place].append(index)
        self._others = [sets[1:] for sets in placed]
        self._expression = expression

    def open(self, text: str, plain: str | None = None) -> Sequence[int]:
        """Return the indexes of the lists that can have an entry in the text, in order; `plain` is the text, folded."""
        held = frozenset(self._held(folded(text) if plain is None else plain))
        thought_of = {index for place in held for index in self._openers[place]}
        opened = [index for index in thought_of if not any(map(held.isdisjoint, self._others[index]))]
        if self._asked:
            opened += [self._asked[place] for place in self._filter.matches(text)]
        return sorted(opened)

    def _held(self, plain: str) -> Iterable[int]:
        """Return the indexes of the literals that the text holds."""
        self._seen += len(plain)
        if self._seen <= _LITTLE:
            return [index for index, literal in enumerate(self._literals) if literal in plain]
        return self._set.matches(plain) if self._literals else ()

    @cached_property
    def _set(self) -> Set:
        return Set(map(re.escape, self._literals))

    @cached_property
    def _filter(self) -> Filter:
        return Filter(map(self._expression, self._asked))
