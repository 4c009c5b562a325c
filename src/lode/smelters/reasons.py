"""Why a smelter could be the one a row means, or why not: codes with values, worded by `data/match_reasons.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from rapidfuzz import fuzz

from lode.places import countries
from lode.smelters.names import normalise
from lode.smelters.register import Smelter, country_code, names_of
from lode.smelters.wording import DISTINCTIVE, NUMBER, Wording, wording

COUNTRIES = ("country", "stated")  # values that are ISO codes
ALIKE = 60  # so many of 100 letters in a row alike, and the nearest name is told


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. `values` are what its words quote: countries as ISO codes, several words as one text."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def speaks_for(self) -> bool:
        return bool(_words()[self.code]["for"])

    def said(self, language: str = "en") -> str:
        """The reason in a language ("en", "fr", "es"), else in English. Raises KeyError for a code or value unknown."""
        words = _words()[self.code]
        text: str = words.get(language, words["en"])
        return text.format_map({name: _told(name, value, language) for name, value in self.values.items()})


def _told(name: str, value: str, language: str) -> str:
    """A value as words tell it: countries are kept by their code."""
    country = countries().get(value) if name in COUNTRIES else None
    return country.name(language) if country else value


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("lode").joinpath("data/match_reasons.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A row as the matcher compares it: `metal` a key of `minerals`, `country` an ISO code, `cid` in capitals.

    `country` is blank where the cell names none, `cid` where no number is given.
    """

    metal: str
    name: str
    normalised: str
    country: str
    cid: str


def reasons_for(asked: Asked, smelter: Smelter, *, dropped: str = "") -> tuple[Reason, ...]:
    """What speaks for the smelter, then what speaks against it. `dropped` is the release that no longer lists it."""
    found = [*_number(asked, smelter), *_name(asked, smelter), *_country(asked, smelter)]
    if dropped:
        found.append(Reason("dropped", {"last": smelter.last, "dropped": dropped}))
    return tuple(sorted(found, key=lambda reason: not reason.speaks_for))


def _number(asked: Asked, smelter: Smelter) -> Iterator[Reason]:
    if asked.cid == smelter.cid:
        yield Reason("number", {"cid": smelter.cid})
    elif asked.cid:
        yield Reason("number_differs", {"cid": asked.cid})


def _name(asked: Asked, smelter: Smelter) -> Iterator[Reason]:
    if not asked.normalised:
        return
    known = {normalise(name): name for name in reversed(names_of(smelter))}
    if asked.normalised in known:
        yield Reason("name", {"name": known[asked.normalised]})
        return
    written = wording(asked.name)
    others = {name: wording(name) for name in names_of(smelter)}
    nearest = max(others, key=lambda name: fuzz.token_sort_ratio(written.text, others[name].text))
    shared, apart = _words_of(written, others)
    if fuzz.token_sort_ratio(written.text, others[nearest].text) >= ALIKE:
        yield Reason("near", {"name": nearest})
    elif shared:
        yield Reason("words", {"words": ", ".join(shared)})
    elif acronym := _acronym(written, others):
        yield Reason("acronym", {"acronym": acronym.upper()})
    else:
        yield Reason("unlike", {"name": smelter.name})
        return
    if apart:
        yield Reason("words_apart", {"words": ", ".join(apart)})


def _words_of(written: Wording, known: Mapping[str, Wording]) -> tuple[list[str], list[str]]:
    """The words that tell companies apart: those any name of the smelter has too, and those none has."""
    telling = [word for word, kind in zip(written.senses, written.kinds, strict=True) if kind in (DISTINCTIVE, NUMBER)]
    theirs = frozenset[str]().union(*[name.senses for name in known.values()])
    return [word for word in telling if word in theirs], [word for word in telling if word not in theirs]


def _acronym(written: Wording, known: Mapping[str, Wording]) -> str:
    for name in known.values():
        for word in (*written.acronyms, *name.acronyms):
            if word in name.initials or word in written.initials:
                return word
    return ""


def _country(asked: Asked, smelter: Smelter) -> Iterator[Reason]:
    there = country_code(smelter.country)
    if asked.country and asked.country == there:
        yield Reason("country", {"country": there})
    elif asked.country and there:
        yield Reason("country_differs", {"stated": asked.country, "country": there})
