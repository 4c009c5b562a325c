"""Which smelters of a register a written name could mean, and how likely each is.

The country narrows: a name is first compared with the smelters of the stated country. Where none of those is likely, or
no country is stated, every country is asked; what is found elsewhere says so (`placed`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from lode import minerals
from lode.smelters.register import Smelter, country_code, names_of
from lode.smelters.similarity import Known, Pairs, Renamings, Shelf, renamings
from lode.smelters.trees import Trees, shipped
from lode.smelters.vocabulary import Floats, Ints
from lode.smelters.wording import Wording, wording

KEEP = 5  # so many of the nearest names are measured in full
LIKELY = 10.0  # a score from which other countries are not asked
# Odds that a smelter is where the register does not have it: about one stated country in a hundred is another's.
ELSEWHERE = 1 / 100


class Ranked(NamedTuple):
    """A smelter by its place in the list, the odds as a score from 0 to 100, and whether the country agrees."""

    smelter: int
    score: float
    placed: bool


class Ranking:
    """The smelters of a register, for one metal after the other."""

    def __init__(self, smelters: Sequence[Smelter], trees: Trees | None = None) -> None:
        self._trees = trees or shipped()
        wordings = [[wording(name) for name in names_of(smelter)] for smelter in smelters]
        shown = renamings((smelter.cid, words) for smelter, words in zip(smelters, wordings, strict=True))
        by_metal: dict[str, list[int]] = {}
        for at, smelter in enumerate(smelters):
            by_metal.setdefault(minerals.key(smelter.metal), []).append(at)
        self._shelves = {metal: _MetalShelf(smelters, wordings, places_, shown) for metal, places_ in by_metal.items()}

    def rank(
        self,
        metal: str,
        names: Sequence[Wording],
        countries: Sequence[str],
        *,
        hidden: Sequence[str | None] | None = None,
        least: float = 0.0,
    ) -> list[list[Ranked]]:
        """For each name the smelters it could mean, the likeliest first; empty where nothing comes near.

        What scores under `least` (at most LIKELY) is left out.
        `countries` are ISO codes, blank where none is known. `hidden[i]` is a name of the register that is left out
        when the i-th name is compared: so the bench asks as if a name had never been listed.
        """
        shelf = self._shelves.get(metal)
        if shelf is None:
            return [[] for _ in names]
        ranked: list[list[Ranked]] = [[] for _ in names]
        stated = [at for at, country in enumerate(countries) if country in shelf.countries]
        self._ask(shelf, names, countries, stated, hidden, ranked, least, placed=True)
        open_ = [at for at, found in enumerate(ranked) if not found or max(found, key=_score).score < LIKELY]
        self._ask(shelf, names, countries, open_, hidden, ranked, least, placed=False)
        return [sorted(found, key=_score, reverse=True) for found in ranked]

    def _ask(
        self,
        shelf: _MetalShelf,
        names: Sequence[Wording],
        countries: Sequence[str],
        which: Sequence[int],
        hidden: Sequence[str | None] | None,
        ranked: list[list[Ranked]],
        least: float,
        *,
        placed: bool,
    ) -> None:
        if not which:
            return
        pairs = shelf.measure(
            [names[at] for at in which],
            [countries[at] if placed else None for at in which],
            [hidden[at] for at in which] if hidden is not None else None,
        )
        log_odds = self._trees.log_odds(pairs.features)
        if not placed:
            contradicts = np.array([bool(countries[at]) for at in which], dtype=bool)[pairs.query]
            log_odds = log_odds + np.where(contradicts, np.float32(math.log(ELSEWHERE)), np.float32(0))
        scores = score(log_odds)
        enough = scores >= np.float32(least)
        found = (pairs.query[enough].tolist(), pairs.smelter[enough].tolist(), scores[enough].tolist())
        for query, smelter, points in zip(*found, strict=True):
            at = which[query]
            if not placed and countries[at] and shelf.country_of[smelter] == countries[at]:
                continue  # asked already, with the country known
            ranked[at].append(Ranked(smelter, points, placed))

    def pairs(self, metal: str, names: Sequence[str], countries: Sequence[str | None], hidden: Sequence[str]) -> Pairs:
        """Names measured against the metal's smelters, for training."""
        return self._shelves[metal].measure([wording(name) for name in names], countries, hidden)


def _score(ranked: Ranked) -> float:
    return ranked.score


def score(log_odds: Floats) -> Floats:
    """Odds as a score from 0 to 100: the chance, in per cent, that both names mean one smelter."""
    points: Floats = (100 / (1 + np.exp(-log_odds))).astype(np.float32)
    return points


class _MetalShelf:
    """The names of one metal's smelters, with their place in the register's list."""

    def __init__(
        self,
        smelters: Sequence[Smelter],
        wordings: Sequence[Sequence[Wording]],
        members: Sequence[int],
        shown: Renamings,
    ) -> None:
        known: list[Known] = []
        self._row: dict[str, list[int]] = {}
        self.country_of = {at: country_code(smelters[at].country) for at in members}
        self.countries = frozenset(self.country_of.values()) - {""}
        for at in members:
            for name, words in zip(names_of(smelters[at]), wordings[at], strict=True):
                self._row.setdefault(name, []).append(len(known))
                known.append(Known(words, self.country_of[at], at, smelters[at].cid))
        self._shelf = Shelf(known, shown)

    def measure(
        self, names: Sequence[Wording], countries: Sequence[str | None], hidden: Sequence[str | None] | None
    ) -> Pairs:
        without: Ints | None = None
        if hidden is not None:
            rows = [self._row.get(name or "", [-1])[0] for name in hidden]
            without = np.array(rows, dtype=np.intp)
        return self._shelf.measure(names, countries, keep=KEEP, without=without)
