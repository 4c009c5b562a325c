"""Names held against sanctions lists: which listed parties a smelter or supplier could be, for a person to look at.

A hit says that two names are alike, never that somebody is sanctioned. Words that many parties share weigh little; a
company that bears one word of a person's name is no hit, since half the world's traders are called after their founder.
One wrong, missing or extra letter in a longer word still finds it.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from lode import places
from lode.sanctions_list import ListedParty
from lode.smelters.names import core_of, is_generic, senses, words_of
from lode.smelters.reasons import Reason

SAME, ALIKE = 97.0, 80.0  # scores from which a name is the listed one, and from which it is shown
MOST_SHOWN = 5
KINDS = ("entity", "individual")  # vessels and aircraft smelt nothing
_LIGHT, _SLIP = 0.12, 0.85  # what a word that tells nobody apart weighs, and one with a slip of the pen
_SHORT = 5  # shorter words must be the same to the letter
_LONG = 7  # a name of one shorter word must be the same to the letter
_ELSEWHERE = 0.9  # what is left of a score where the countries differ
_ASIDE = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenedList:
    """A list as it was published on a day (None: not said)."""

    title: str
    edition: str
    published_on: date | None
    parties: Sequence[ListedParty]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A listed party whose name is alike; `name` is the one of its names that is most so, `score` from 0 to 100."""

    source: ScreenedList
    party: ListedParty
    name: str
    score: float
    reasons: tuple[Reason, ...]

    @property
    def is_same_name(self) -> bool:
        return self.score >= SAME


@dataclass(frozen=True, slots=True)
class _Listed:
    """One name of a party, in words; `weight` is what all its words weigh."""

    source: int
    party: ListedParty
    name: str
    words: tuple[str, ...]
    weight: float


class Screen:
    """Sanctions lists ready to be asked."""

    def __init__(self, lists: Sequence[ScreenedList]) -> None:
        self._lists = lists
        named = list(_names(lists))
        frequency: dict[str, int] = defaultdict(int)
        for _, _, _, words in named:
            for word in set(words):
                frequency[word] += 1
        most = math.log(len(named) + 2)
        self._weights: Mapping[str, float] = {
            word: (_LIGHT if is_generic(word) else 1.0) * (1 - math.log(count) / most) + 0.05
            for word, count in frequency.items()
        }
        self._names = [_Listed(*each, sum(map(self._weigh, each[3]))) for each in named]
        self._having: dict[str, list[int]] = defaultdict(list)
        self._plain: dict[frozenset[str], list[int]] = defaultdict(list)
        for at, listed in enumerate(self._names):
            telling = [word for word in listed.words if not is_generic(word)]
            for word in telling:
                self._having[word].append(at)
            if not telling:
                self._plain[frozenset(listed.words)].append(at)
        self._slips: dict[int, list[str]] = defaultdict(list)
        for word in self._having:
            for slip in _slips(word):
                self._slips[slip].append(word)

    def find(self, name: str | None, country: str | None = None) -> tuple[Hit, ...]:
        """The listed parties that this name could be, the most alike first, each party once.

        `country` is one as written; where the list gives other countries alone, a hit counts for less.
        """
        words = _words(name or "")
        if not words:
            return ()
        asked_weight = sum(map(self._weigh, words))
        best: dict[tuple[int, str], tuple[float, _Listed, dict[str, str]]] = {}
        for at, found in self._met(words).items():
            listed = self._names[at]
            score = self._score(words, asked_weight, listed, found)
            score *= _ELSEWHERE if _elsewhere(listed.party, country) else 1
            key = (listed.source, listed.party.reference)
            if score >= ALIKE and score > best.get(key, (0.0,))[0]:
                best[key] = (score, listed, found)
        hits = sorted(best.values(), key=lambda each: -each[0])[:MOST_SHOWN]
        return tuple(self._hit(score, listed, found, words, country) for score, listed, found in hits)

    def _weigh(self, word: str) -> float:
        """A word no list has weighs as one that a single name has."""
        return self._weights.get(word, (_LIGHT if is_generic(word) else 1.0) + 0.05)

    def _met(self, words: Sequence[str]) -> dict[int, dict[str, str]]:
        """The listed names that have a telling word of these, each with the words met: theirs to ours.

        A listed name without a telling word ("Development Bank") must have all the same words.
        """
        met: dict[int, dict[str, str]] = defaultdict(dict)
        for word in words:
            for theirs in self._alike(word):
                for at in self._having[theirs]:
                    met[at].setdefault(theirs, word)
        for at in self._plain.get(frozenset(words), ()):
            met[at] = {word: word for word in words}
        return met

    def _alike(self, word: str) -> Iterable[str]:
        """The lists' telling words that this one is or may be meant for."""
        found = [word] if word in self._having else []
        if len(word) >= _SHORT and not is_generic(word):
            near = dict.fromkeys(theirs for slip in _slips(word) for theirs in self._slips.get(slip, ()))
            found += [theirs for theirs in near if theirs != word and _one_slip(word, theirs)]
        return found

    def _score(self, words: Sequence[str], asked_weight: float, listed: _Listed, met: Mapping[str, str]) -> float:
        """How much of either name's weight the other has too; 0 where too little of a name is met to mean anybody."""
        shared = ours = 0.0
        used: set[str] = set()
        mine = set(words)
        for theirs in listed.words:
            word = met.get(theirs, theirs if theirs in mine else "")
            if word and word not in used:
                used.add(word)
                part = 1.0 if word == theirs else _SLIP
                shared += part * self._weigh(theirs)
                ours += part * self._weigh(word)
        if listed.party.kind == "individual" and len(used) < max(2, len(listed.words)):
            return 0.0
        if len(listed.words) == 1 and self._is_chance(listed.words[0], words):
            return 0.0
        said, theirs_met = min(ours / asked_weight, 1.0), min(shared / listed.weight, 1.0)
        return 100 * 2 * said * theirs_met / (said + theirs_met) if said and theirs_met else 0.0

    def _is_chance(self, word: str, words: Sequence[str]) -> bool:
        """Whether a name of one word is met by chance: a short one among others, or one with a slip of the pen."""
        return (len(word) < _SHORT and len(words) > 1) or (len(word) < _LONG and word not in words)

    def _hit(
        self, score: float, listed: _Listed, met: Mapping[str, str], words: Sequence[str], country: str | None
    ) -> Hit:
        reasons = [Reason("listed_name" if score >= SAME else "listed_near", {"name": listed.name})]
        ours = set(met.values()) | (set(words) & set(listed.words))
        apart = [word for word in words if word not in ours and not is_generic(word)]
        if apart:
            reasons.append(Reason("listed_apart", {"words": ", ".join(apart)}))
        here, theirs = places.country(country), _countries(listed.party)
        if here and here.iso2 in theirs:
            reasons.insert(1, Reason("country", {"country": here.iso2}))
        elif here and theirs:
            reasons.append(Reason("listed_elsewhere", {"stated": here.iso2, "country": sorted(theirs)[0]}))
        source = self._lists[listed.source]
        return Hit(source=source, party=listed.party, name=listed.name, score=round(score, 1), reasons=tuple(reasons))


def _names(lists: Sequence[ScreenedList]) -> Iterator[tuple[int, ListedParty, str, tuple[str, ...]]]:
    """Every name that words can be made of; what stands in brackets may be left out."""
    for at, source in enumerate(lists):
        for party in source.parties:
            if party.kind not in KINDS:
                continue
            told: set[tuple[str, ...]] = set()
            for name in party.names:
                for form in dict.fromkeys((name, *_ASIDE.sub(" ", name).split(";"))):
                    words = _words(form)
                    if words and words not in told:
                        told.add(words)
                        yield at, party, name, words


def _words(name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(senses(core_of(words_of(name)))))


def _slips(word: str) -> Iterator[int]:
    """The word and what is left of it without one letter, as numbers: two words one slip apart share one."""
    if len(word) < _SHORT:
        return
    yield hash(word)
    for at in range(len(word)):
        yield hash(word[:at] + word[at + 1 :])


def _one_slip(one: str, other: str) -> bool:
    return abs(len(one) - len(other)) <= 1 and fuzz.ratio(one, other) >= 75 and not (one.isdigit() or other.isdigit())


def _countries(party: ListedParty) -> frozenset[str]:
    return frozenset(found.iso2 for text in party.countries if (found := places.country(text)))


def _elsewhere(party: ListedParty, country: str | None) -> bool:
    """Whether the list places the party, and nowhere near."""
    here = places.country(country)
    there = _countries(party) if here else frozenset()
    return bool(here and there and here.iso2 not in there)
