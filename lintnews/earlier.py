"""What a run keeps of the articles that it has seen, so that one which comes again is known."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

# Of two articles' marks, the lowest are a fair sample: the share of them that both hold is nearly that of all marks
# (Broder 1997, “On the resemblance and containment of documents”), and less than 2 KB an article.
_KEPT = 32
_LOOKED_UP = 6
"""An article that shares half of its marks with another shares one of its lowest six in 63 of 64 cases."""
_MOST_HOLDERS = 64
"""A mark of more articles is the house's own line, and tells none of them."""
_CANDIDATES = 4


class Likeness(NamedTuple):
    """An earlier article, and the share of marks that it has in common with this one, from 0 to 1."""

    path: Path
    share: float


class Earlier:
    """The articles of a run so far, by the marks that a rule took from them."""

    def __init__(self) -> None:
        self._shelves: dict[str, _Shelf] = {}

    def nearest(self, rule: str, path: Path, marks: Collection[int]) -> Likeness | None:
        """Return the earlier article that is most like this one, and keep this one for those to come."""
        return self._shelves.setdefault(rule, _Shelf()).nearest(path, marks) if marks else None


class _Shelf:
    def __init__(self) -> None:
        self._articles: list[tuple[Path, array[int]]] = []
        self._holders: dict[int, list[int]] = {}

    def nearest(self, path: Path, marks: Collection[int]) -> Likeness | None:
        lowest = sorted(set(marks))[:_KEPT]
        rare = [mark for mark in lowest if len(self._holders.get(mark, ())) < _MOST_HOLDERS]
        found = Counter(index for mark in rare or lowest for index in self._holders.get(mark, ()))
        likeliest = sorted(found, key=lambda index: -found[index])[:_CANDIDATES]
        candidates = [self._articles[index] for index in likeliest]
        shares = [Likeness(other, _share(lowest, kept)) for other, kept in candidates if other != path]
        for mark in rare[:_LOOKED_UP]:
            self._holders.setdefault(mark, []).append(len(self._articles))
        self._articles.append((path, array("Q", lowest)))
        return max(shares, key=lambda likeness: likeness.share, default=None)


def _share(one: Collection[int], two: Collection[int]) -> float:
    both = set(one).intersection(two)
    lowest = sorted(both.union(one, two))[:_KEPT]
    return len(both.intersection(lowest)) / len(lowest)
