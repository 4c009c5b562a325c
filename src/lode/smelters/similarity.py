"""How alike a written name and each smelter's names are, measured many at a time.

A name is compared only with names for the same metal. Its rows are narrowed by shared letters and words, acronyms and
renamings that the register itself shows; what is left is measured in full (`FEATURES`), a smelter by the best of its
names. How common a word or a run of letters is, the register says; no word is known to belong to anybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cpdist
from scipy import sparse

from lode.smelters.vocabulary import Floats, Ints, Vocabulary, sums
from lode.smelters.wording import DISTINCTIVE, GENERIC, KINDS, NUMBER, PLACE, Wording

# The best of the smelter's names in each respect:
BEST = (
    "same",  # the same letters in the same order
    "letters",  # cosine of runs of 2 to 4 letters, rare runs weighing more
    "said",  # part of the written name's words, by weight, that the smelter's name has too
    "met",  # part of the smelter's name's words, by weight, that the written name has too
    "words",  # harmonic mean of both
    "who",  # weight of the distinctive words in common
    "places",  # a province or country word in common
    "generic",  # weight of the generic words in common
    "sorted",  # likeness of the letters with the words in alphabetical order
    "whole",  # likeness of the letters written together
    "inside",  # likeness of the shorter name with the best part of the longer one
    "start",  # likeness of the distinctive words written together, beginnings weighing more
    "first",  # likeness of the first distinctive words
    "acronym",  # letters of the acronym that one is of the other
    "renamed",  # another smelter bears one's word in one name and the other's in another
)
# What is true of the smelter's name that fits best:
OF_BEST = (
    "fit",  # letters, of that name
    "who_left",  # weight of the distinctive words that only the written name has
    "who_missing",  # weight of those that only the smelter's name has
    "who_apart",  # the smaller of both: two names for two things
    "generic_apart",
    "places_apart",
    "numbers_apart",
    "nameless",  # one of both has no distinctive word
)
# What is true of the smelter:
OF_SMELTER = (
    "covered",  # part of the written name's words, by weight, that any of the smelter's names has
    "placed",  # the written name came with a country, and it is the smelter's
)
FEATURES = BEST + OF_BEST + OF_SMELTER
_AT = {name: place for place, name in enumerate(FEATURES)}
_LIGHT = 0.35  # how much a generic or place word weighs beside a distinctive one
_CHUNK = 256  # names measured in one go: bounds memory, not the result
_TINY = np.float32(1e-6)

Renamings = Mapping[tuple[str, str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Known:
    """A name of a smelter; `country` is a code that all smelters there share, `smelter` its place in the caller's list.

    `key` names the smelter among all metals, as `Renamings` do.
    """

    name: Wording
    country: str
    smelter: int
    key: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """Written name `query[i]` measured against smelter `smelter[i]`: column i of `features`, a row a feature."""

    query: Ints
    smelter: Ints
    features: Floats


class Shelf:
    """The names of all smelters for one metal, ready to be compared with."""

    def __init__(self, known: Sequence[Known], renamings: Renamings) -> None:
        """`renamings` gives, for two distinctive words, the smelters of any metal with one in each of two names."""
        self._known = known
        names = [each.name for each in known]
        self._smelter = np.array([each.smelter for each in known], dtype=np.intp)
        owners = self._smelter.tolist()
        grams = [name.grams for name in names]
        self._grams = Vocabulary(grams, owners, floor=1.0)
        self._letters = self._grams.unit_rows(grams).T.tocsr()
        self._words = Vocabulary([name.senses for name in names], owners, floor=0.1)
        self._weigh = self._weights_of(names)
        columns, ends = self._words.places([name.senses for name in names])
        has = self._words.rows(np.ones(len(columns), dtype=np.float32), columns, ends)
        self._has = has.T.tocsr()
        self._places = {country: at for at, country in enumerate(sorted({each.country for each in known}))}
        self._country = np.array([self._places[each.country] for each in known], dtype=np.intp)
        self._smelters = np.unique(self._smelter)
        self._any = self._words_of_any_name(has)
        self._renamings = renamings
        self._partners = _rows_by(renamings, lambda pair: (pair[0],), lambda pair: pair[1])
        self._by_word = _rows_by(range(len(known)), lambda row: names[row].of_kind(DISTINCTIVE))
        self._by_initials = _rows_by(range(len(known)), lambda row: names[row].initials)
        self._by_acronym = _rows_by(range(len(known)), lambda row: names[row].acronyms)

    def _words_of_any_name(self, has: sparse.csr_array) -> sparse.csr_array:
        column = np.searchsorted(self._smelters, self._smelter)
        rows = np.arange(len(self._known))
        owned = sparse.csr_array(
            (np.ones(len(rows), dtype=np.float32), (column, rows)), shape=(len(self._smelters), len(rows))
        )
        return sparse.csr_array((owned @ has).sign().T)

    def measure(
        self, names: Sequence[Wording], countries: Sequence[str | None], *, keep: int, without: Ints | None = None
    ) -> Pairs:
        """Each name against the smelters it could mean: those its `keep` nearest rows belong to, and some others.

        A country (a code given to `Known`) narrows to the smelters there; None asks all. `without[i]`, where it is not
        negative, is the row of `known` that the i-th name is not compared with.
        """
        parts = []
        for start in range(0, len(names), _CHUNK):
            span = slice(start, start + _CHUNK)
            part = self._measure_chunk(
                names[span], countries[span], keep, without[span] if without is not None else None
            )
            parts.append(Pairs(part.query + start, part.smelter, part.features))
        return Pairs(
            query=np.concatenate([part.query for part in parts] or [np.zeros(0, dtype=np.intp)]),
            smelter=np.concatenate([part.smelter for part in parts] or [np.zeros(0, dtype=np.intp)]),
            features=np.concatenate(
                [part.features for part in parts] or [np.zeros((len(FEATURES), 0), dtype=np.float32)], axis=1
            ),
        )

    def _measure_chunk(
        self, names: Sequence[Wording], countries: Sequence[str | None], keep: int, without: Ints | None
    ) -> Pairs:
        letters = (self._grams.unit_rows([name.grams for name in names]) @ self._letters).toarray()
        columns, ends = self._words.places([name.senses for name in names])
        kinds = _kinds_of(names, len(columns))
        data = self._words.weight[columns] * np.where((kinds == GENERIC) | (kinds == PLACE), np.float32(_LIGHT), 1)
        weigh = {kind: sums(np.where(kinds == kind, data, 0), ends) for kind in KINDS}
        asked = {kind: self._words.rows(np.where(kinds == kind, data, 0), columns, ends) for kind in KINDS}
        shared = {kind: (asked[kind] @ self._has).toarray() for kind in KINDS}
        both = sum(shared.values(), start=np.zeros_like(letters))
        total = np.maximum(sum(weigh.values(), start=np.zeros(len(names), dtype=np.float32)), _TINY)
        said = both / total[:, None]
        met = both / np.maximum(sum(self._weigh.values(), start=np.zeros(1, dtype=np.float32)), _TINY)[None, :]
        words = 2 * said * met / np.maximum(said + met, _TINY)
        near = letters + words
        near[self._elsewhere(countries)] -= 9
        if without is not None:
            near[np.flatnonzero(without >= 0), without[without >= 0]] = -99
        query, row, acronym, renamed = self._rows_to_compare(names, near, keep)
        values: dict[str, NDArray[Any]] = {
            "letters": letters[query, row],
            "fit": letters[query, row],
            "said": said[query, row],
            "met": met[query, row],
            "words": words[query, row],
            "acronym": acronym,
            "renamed": renamed,
        }
        values |= self._words_compared(shared, weigh, query, row)
        values |= _letters_compared([names[q] for q in query], [self._known[r].name for r in row])
        covered = sum(((asked[kind] @ self._any).toarray() for kind in KINDS), start=np.zeros(1)) / total[:, None]
        placed = np.array([country is not None for country in countries], dtype=np.float32)
        found = self._by_smelter(query, row, values, covered.astype(np.float32), placed)
        if without is not None:
            self._forget(found, without, names)
        return found

    def _forget(self, pairs: Pairs, without: Ints, names: Sequence[Wording]) -> None:
        """What is true of a smelter as if it had never had the name that `without` leaves out."""
        for at in np.flatnonzero((without >= 0)[pairs.query]):
            row, smelter = without[pairs.query[at]], pairs.smelter[at]
            if self._smelter[row] != smelter:
                continue
            others = np.setdiff1d(np.flatnonzero(self._smelter == smelter), [row])
            said = frozenset[str]().union(*[self._known[other].name.senses for other in others])
            pairs.features[_AT["covered"], at] = self._part_of(names[pairs.query[at]], said)

    def _part_of(self, name: Wording, said: frozenset[str]) -> float:
        """The part of the name's words, by weight, that are among those said."""
        columns, _ = self._words.places([name.senses])
        light = np.array([kind in (GENERIC, PLACE) for kind in name.kinds], dtype=bool)
        weights = self._words.weight[columns] * np.where(light, _LIGHT, 1)
        here = np.array([sense in said for sense in name.senses], dtype=bool)
        return float(weights[here].sum() / max(weights.sum(), _TINY))

    def _weights_of(self, names: Sequence[Wording]) -> dict[int, Floats]:
        """The weight of each name's words, by kind."""
        columns, ends = self._words.places([name.senses for name in names])
        kinds = _kinds_of(names, len(columns))
        data = self._words.weight[columns] * np.where((kinds == GENERIC) | (kinds == PLACE), np.float32(_LIGHT), 1)
        return {kind: sums(np.where(kinds == kind, data, 0), ends) for kind in KINDS}

    def _elsewhere(self, countries: Sequence[str | None]) -> NDArray[np.bool_]:
        anywhere = np.array([country is None for country in countries])
        asked = np.array([self._places.get(country or "", -1) for country in countries], dtype=np.intp)
        elsewhere: NDArray[np.bool_] = (asked[:, None] != self._country[None, :]) & ~anywhere[:, None]
        return elsewhere

    def _rows_to_compare(self, names: Sequence[Wording], near: Floats, keep: int) -> tuple[Ints, Ints, Floats, Floats]:
        """The nearest rows of each name, and those an acronym or a renaming leads to, with what led there."""
        keep = min(keep, near.shape[1])
        chosen = np.zeros(near.shape, dtype=bool)
        np.put_along_axis(chosen, np.argpartition(-near, keep - 1, axis=1)[:, :keep], True, axis=1)
        acronym, renamed = np.zeros(near.shape, dtype=np.float32), np.zeros(near.shape, dtype=np.float32)
        for q, name in enumerate(names):
            for row, letters in self._acronyms(name):
                acronym[q, row] = max(acronym[q, row], letters)
            for row in self._renamed(name):
                renamed[q, row] = 1
        chosen |= (acronym > 0) | (renamed > 0)
        queries, rows = np.nonzero(chosen & (near > -5))
        return queries, rows, acronym[queries, rows], renamed[queries, rows]

    def _acronyms(self, name: Wording) -> Iterable[tuple[int, float]]:
        for word in name.acronyms:
            for row in self._by_initials.get(word, ()):
                yield row, float(min(len(word), 5))
        for initials in name.initials:
            for row in self._by_acronym.get(initials, ()):
                yield row, float(min(len(initials), 5))

    def _renamed(self, name: Wording) -> Iterable[int]:
        """Rows whose distinctive word the register shows, of another smelter, beside one of the name's words."""
        mine = name.of_kind(DISTINCTIVE)
        for word in mine:
            for other in self._partners.get(word, ()):
                if other in mine:
                    continue
                for row in self._by_word.get(other, ()):
                    row_is = self._known[row]
                    if word not in row_is.name.senses and self._renamings[word, other] - {row_is.key}:
                        yield row

    def _words_compared(
        self, shared: Mapping[int, Floats], weigh: Mapping[int, Floats], query: Ints, row: Ints
    ) -> dict[str, NDArray[Any]]:
        """What the two names' words have in common and what they have not, by kind."""
        here = {kind: shared[kind][query, row] for kind in KINDS}
        asked = {kind: weigh[kind][query] for kind in KINDS}
        known = {kind: self._weigh[kind][row] for kind in KINDS}
        left, missing = asked[DISTINCTIVE] - here[DISTINCTIVE], known[DISTINCTIVE] - here[DISTINCTIVE]
        return {
            "who": here[DISTINCTIVE],
            "who_left": left,
            "who_missing": missing,
            "who_apart": np.minimum(left, missing),
            "nameless": (asked[DISTINCTIVE] < _TINY) | (known[DISTINCTIVE] < _TINY),
            "generic": here[GENERIC],
            "generic_apart": asked[GENERIC] + known[GENERIC] - 2 * here[GENERIC],
            "places": here[PLACE] > _TINY,
            "places_apart": (here[PLACE] < _TINY) & (asked[PLACE] > _TINY) & (known[PLACE] > _TINY),
            "numbers_apart": asked[NUMBER] + known[NUMBER] - 2 * here[NUMBER] > 1e-3,
        }

    def _by_smelter(
        self, query: Ints, row: Ints, values: Mapping[str, NDArray[Any]], covered: Floats, placed: Floats
    ) -> Pairs:
        """Pairs of a name and a row become pairs of a name and a smelter."""
        features = np.zeros((len(FEATURES), len(query)), dtype=np.float32)
        for name, found in values.items():
            features[_AT[name]] = found
        if not len(query):
            return Pairs(query, row, features)
        column = np.searchsorted(self._smelters, self._smelter[row])
        order = np.lexsort((-(values["letters"] + values["words"]), column, query))
        query, column, features = query[order], column[order], features[:, order]
        first = np.flatnonzero(np.r_[True, (query[1:] != query[:-1]) | (column[1:] != column[:-1])])
        merged = features[:, first]
        merged[: len(BEST)] = np.maximum.reduceat(features[: len(BEST)], first, axis=1)
        query, column = query[first], column[first]
        merged[_AT["covered"]] = covered[query, column]
        merged[_AT["placed"]] = placed[query]
        return Pairs(query, self._smelters[column], merged)


def _kinds_of(names: Sequence[Wording], count: int) -> Ints:
    """The kind of each word of each name, one after the other; `count` of them."""
    return np.fromiter(chain.from_iterable(name.kinds for name in names), dtype=np.intp, count=count)


def _letters_compared(asked: Sequence[Wording], known: Sequence[Wording]) -> dict[str, NDArray[Any]]:
    """How alike the names' letters are, pair by pair, from 0 to 1."""

    def compare(scorer: Callable[..., float], part: str) -> Floats:
        left, right = [getattr(name, part) for name in asked], [getattr(name, part) for name in known]
        return np.asarray(cpdist(left, right, scorer=scorer, dtype=np.float32), dtype=np.float32)

    some = np.array([bool(a.who and b.who) for a, b in zip(asked, known, strict=True)], dtype=bool)
    return {
        "same": np.array([a.compact == b.compact for a, b in zip(asked, known, strict=True)], dtype=bool),
        "sorted": compare(fuzz.token_sort_ratio, "text") / 100,
        "whole": compare(fuzz.ratio, "compact") / 100,
        "inside": compare(fuzz.partial_ratio, "compact") / 100,
        "start": compare(JaroWinkler.similarity, "who") * some,
        "first": compare(JaroWinkler.similarity, "first") * some,
    }


def _rows_by(rows: Iterable[Any], terms: Callable[[Any], Iterable[str]], value: Any = None) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        for term in terms(row):
            found[term].append(value(row) if value else row)
    return dict(found)


def renamings(names: Iterable[tuple[str, Sequence[Wording]]]) -> Renamings:
    """The pairs of distinctive words that stand for one smelter, one in each of two names, and the smelters' keys."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for key, wordings in names:
        for one in wordings:
            for other in wordings:
                for word in one.of_kind(DISTINCTIVE) - set(other.senses):
                    for partner in other.of_kind(DISTINCTIVE) - set(one.senses):
                        found[word, partner].add(key)
    return {pair: frozenset(keys) for pair, keys in found.items()}
