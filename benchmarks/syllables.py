"""Writes the table of syllables that textstat reads, out of a copy of the CMU Pronouncing Dictionary.

`python benchmarks/syllables.py cmudict.dict`, where cmudict.dict is that of https://github.com/cmusphinx/cmudict.
"""

from __future__ import annotations

import sys
from pathlib import Path

TABLE = Path(__file__).parent.parent / "lintnews" / "nltk_data" / "corpora" / "cmudict" / "cmudict"


def table(dictionary: str) -> str:
    """Return a line for each word of the dictionary: the word, `1`, and a `0` for each syllable.

    That is NLTK's format, in which a phone that ends in a digit is a vowel; textstat counts those of the first of a
    word's pronunciations, and needs nothing else.
    """
    lines = (line.partition("#")[0].split() for line in dictionary.splitlines())
    # Another pronunciation of a word is `word(2)`.
    syllables = {word: sum(phone[-1].isdigit() for phone in phones) for word, *phones in lines if "(" not in word}
    ordered = sorted(syllables.items(), key=lambda item: (item[1], item[0]))
    return "".join(f"{word} 1{' 0' * count}\n" for word, count in ordered)


if __name__ == "__main__":
    TABLE.write_text(table(Path(sys.argv[1]).read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
