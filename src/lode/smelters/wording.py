"""A name taken apart for comparison: its words, what each kind of word says, and the letters in a row.

Distinctive words say who; generic ones what ("mining", "metal"), places where; numbers tell plants apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from lode.smelters.names import core_of, is_generic, lexicon, words_of

KINDS = DISTINCTIVE, GENERIC, PLACE, NUMBER = range(4)


@dataclass(frozen=True, slots=True)
class Wording:
    """`text` is the name as `normalise` gives it, `compact` the same written together.

    `senses` are its words, each once, foreign words of trade in English; `kinds` says of each what kind it is. `who`
    are the distinctive words written together, `first` the first of them. `initials` are what an acronym of the name
    could be, `acronyms` the words that could be one. `grams` are the runs of 2 to 4 letters of the senses, each once,
    ends marked.
    """

    text: str
    compact: str
    senses: tuple[str, ...]
    kinds: tuple[int, ...]
    who: str
    first: str
    initials: frozenset[str]
    acronyms: tuple[str, ...]
    grams: tuple[str, ...]

    def of_kind(self, kind: int) -> frozenset[str]:
        """The senses of one kind."""
        return frozenset(sense for sense, is_kind in zip(self.senses, self.kinds, strict=True) if is_kind == kind)


@lru_cache(maxsize=50_000)
def _sense(word: str) -> tuple[str, int, tuple[str, ...]]:
    """A word's English sense, its kind and its runs of letters."""
    known = lexicon()
    sense = known.meaning.get(word, word)
    padded = f" {sense} "
    grams = tuple([padded[at : at + size] for size in (2, 3, 4) for at in range(len(padded) - size + 1)])
    if word.isdigit():
        return sense, NUMBER, grams
    if sense in known.places:
        return sense, PLACE, grams
    return sense, GENERIC if is_generic(sense) else DISTINCTIVE, grams


def wording(name: str) -> Wording:
    """A name taken apart."""
    known = lexicon()
    every = words_of(name)
    words = core_of(every)
    kinds: dict[str, int] = {}
    who: list[str] = []
    grams: set[str] = set()
    for word in words:
        sense, kind, runs = _sense(word)
        kinds[sense] = kind
        grams.update(runs)
        if kind == DISTINCTIVE:
            who.append(word)
    spoken = [word for word in every if word not in known.filler]
    said = [word for word in spoken if word not in known.legal]
    return Wording(
        text=" ".join(words),
        compact="".join(words),
        senses=tuple(kinds),
        kinds=tuple(kinds.values()),
        who="".join(who),
        first=who[0] if who else "",
        initials=frozenset(["".join([word[0] for word in row]) for row in (every, spoken, said, who) if len(row) > 1]),
        acronyms=tuple(word for word in dict.fromkeys(said) if 2 <= len(word) <= 6 and word.isalpha()),
        grams=tuple(grams),
    )
