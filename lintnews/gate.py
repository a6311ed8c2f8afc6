"""Tells which of many lists can have an entry in a text, in a pass over it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from ahocorasick import Automaton

from lintnews.literals import Literals, folded
from lintnews.regex import Filter


class Gate:
    """Opens for the lists whose literals a text holds, and for those without any that an expression finds in it.

    One automaton (Aho and Corasick, 1975) looks for each list's set of literals that tells most; where one of them is
    held, the list's other sets are asked for. The few lists of which nothing is known to be needed are asked by
    expressions.
    """

    def __init__(self, needed: Sequence[Literals], expression: Callable[[int], str]) -> None:
        openers: dict[str, list[int]] = {}
        for index, sets in enumerate(needed):
            for literal in sets[0] if sets else ():
                openers.setdefault(literal, []).append(index)
        self._automaton = Automaton()
        for literal, indexes in openers.items():
            self._automaton.add_word(literal, indexes)
        self._automaton.make_automaton()
        self._others = {index: sets[1:] for index, sets in enumerate(needed) if len(sets) > 1}
        self._asked = [index for index, sets in enumerate(needed) if not sets]
        self._expression = expression

    def open(self, text: str, plain: str | None = None) -> Sequence[int]:
        """Return the indexes of the lists that can have an entry in the text, in order; `plain` is the text, folded."""
        plain = folded(text) if plain is None else plain
        found = set[int]()
        if self._automaton:
            found.update(*[indexes for _, indexes in self._automaton.iter(plain)])
        opened = [
            index for index in found if all(any(map(plain.__contains__, sets)) for sets in self._others.get(index, ()))
        ]
        if self._asked:
            opened += [self._asked[place] for place in self._filter.matches(text)]
        return sorted(opened)

    @cached_property
    def _filter(self) -> Filter:
        return Filter(map(self._expression, self._asked))
