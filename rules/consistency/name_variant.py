"""Names that are spelt in two ways in one article."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations

from lintnews.document import Document
from lintnews.rule import Finding, Rule
from lintnews.source import Span

# A first name or a title and a surname, or a surname and a verb of speech. To look for a word's boundary first would
# take three times as long.
_PAIR = re.compile(
    r"([A-ZÀ-Þ][A-Za-zß-ž-]+)\.? (?:[A-Z]\. |v[ao]n (?:de[nr]? )?|d[aei] |del |l[ae] )?"
    r"(?=((?:[OD]['’])?[A-ZÀ-Þ][\w-]{3,}|said\b|says\b|told\b|sagte?\b|dijo\b))"
)
_TITLES = frozenset({"Mr", "Mrs", "Ms", "Dr", "Prof", "Professor", "Herr", "Frau", "Mme", "Señor", "Señora", "Sra"})
_LEAST_LETTERS = 5
# Of one first word that goes before more than these, and of one article: no names, but a list or a table.
_MOST_SURNAMES, _MOST_PAIRS = 50, 2_000


class NameVariant(Rule):
    """Finds a surname that stands once and differs by a letter from another one with the same first name."""

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each name that is spelt otherwise elsewhere."""
        candidates = list(_candidates(document.source.text))
        if not candidates:
            return
        names = "|".join({re.escape(name) for candidate in candidates for name in candidate if name})
        expression = re.compile(rf"(?<![\w@/.#-])(?:{names})(?![\w@/-])", re.IGNORECASE)
        places: dict[str, list[Span]] = defaultdict(list)
        for block in document.blocks:
            if block.prose:
                for match in expression.finditer(block.text.plain):
                    places[match[0]].append(block.text.span(*match.span()))
        told = Counter(match[0] for text in document.metadata.values() for match in expression.finditer(text.plain))
        for candidate in candidates:
            if any(name.lower() in places for name in candidate):
                continue
            seen = sorted(
                (len(places[name]) + told[name], -places[name][0].start, name) for name in candidate[1:] if places[name]
            )
            if seen and seen[0][0] == 1 and (len(seen) > 1 or told[candidate[1]] or told[candidate[2]]):
                name = seen[0][2]
                other = candidate[1] if name == candidate[2] else candidate[2]
                yield self.finding(places[name][0], suggestions=(other,), match=name, other=other)


def _candidates(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield what may be a first name with two spellings of its surname; a surname alone has no first name."""
    pairs = set(_PAIR.findall(text))
    if len(pairs) > _MOST_PAIRS:
        return
    surnames: dict[str, set[str]] = defaultdict(set)
    alone = {second if first in _TITLES else first for first, second in pairs if first in _TITLES or second.islower()}
    for first, second in pairs:
        if first not in _TITLES and not second.islower():
            surnames[first].add(second)
    for first, several in surnames.items():
        if 1 < len(several) <= _MOST_SURNAMES:
            yield from ((first, *pair) for pair in combinations(sorted(several), 2) if _near(*pair))
    known = {name for several in surnames.values() for name in several}
    for name in sorted(alone - known):
        yield from (("", name, other) for other in sorted(known) if _near(name, other))


def _near(one: str, two: str) -> bool:
    """Return whether the names differ by one letter, or two that changed places, and not by an ending."""
    if one[0] != two[0]:
        return False
    shorter, longer = sorted((one, two), key=len)
    if len(longer) - len(shorter) > 1 or len(longer) < _LEAST_LETTERS or not longer.replace("-", "").isalpha():
        return False
    at = next(
        (index for index, pair in enumerate(zip(shorter, longer, strict=False)) if pair[0] != pair[1]), len(shorter)
    )
    if len(shorter) < len(longer):
        # At the end, only a doubled letter is no inflection: Hoffman and Hoffmann.
        return shorter[at:] == longer[at + 1 :] if at < len(shorter) else longer[-1] == longer[-2] != "s"
    swapped = longer[at : at + 2] == shorter[at : at + 2][::-1] and longer[at + 2 :] == shorter[at + 2 :]
    return swapped or (at < len(longer) - 1 and shorter[at + 1 :] == longer[at + 1 :])
