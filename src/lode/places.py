"""Countries and regions by the names people write for them, and which of them a dated list calls high-risk.

Names are compared without case, accents, punctuation and word order: "Congo, Democratic Republic of the", "DEMOCRATIC
REPUBLIC OF THE CONGO" and "D.R.C." are one country.
Source: ISO 3166-1 and 3166-2; Unicode CLDR (names in English, French, Spanish); Natural Earth (names of regions).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

from lode.area_list import ListedArea
from lode.smelters.names import fold, words_of

_FILLER = frozenset("the of and la le les de des du d l el los las del und".split())
_NOT_FROM = frozenset(
    "no not non none never except excluding outside without hors sans pas sauf sin fuera excepto".split()
)
# Names that hold a country's name and mean another place.
_OTHER_PLACES = frozenset({"mexico new", "jersey new", "guinea gulf", "gulf mexico", "golfe guinee", "golfo mexico"})
_COMPASS = frozenset("north south east west central centre northern southern eastern western".split())
_PIECES = re.compile(r"[;/|\n\r\t•·]|\s(?:&|\+|-|–|and|et|y|und)\s", re.IGNORECASE)
_SENTENCES = re.compile(r"[.;\n\r](?=\s|$)")
_LONGEST = 7


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its ISO 3166-1 codes; `names` by language code ("en", "fr", "es")."""

    iso2: str
    iso3: str
    names: Mapping[str, str]

    def name(self, language: str = "en") -> str:
        """The name in a language, else in English."""
        return self.names.get(language, self.names["en"])


@dataclass(frozen=True, slots=True)
class Place:
    """A country, or a region of one by its ISO 3166-2 code; `region` is blank for a country as a whole."""

    iso2: str
    region: str = ""


@cache
def countries() -> Mapping[str, Country]:
    """Every country by its two-letter code."""
    found = {}
    for row in _rows("countries.csv"):
        names = MappingProxyType({language: row[language] for language in ("en", "fr", "es")})
        found[row["iso2"]] = Country(row["iso2"], row["iso3"], names)
    return MappingProxyType(found)


@cache
def regions() -> Mapping[str, str]:
    """The English or local name of each known region by its ISO 3166-2 code."""
    return MappingProxyType({row["iso3166-2"]: row["names"].split("|")[0] for row in _rows("regions.csv")})


def _rows(name: str) -> list[dict[str, str]]:
    text = files("lode").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def _key(words: Iterable[str]) -> str:
    """Words without filler and without order: what two spellings of one place have in common."""
    words = list(words)
    return " ".join(sorted(word for word in words if word not in _FILLER) or words)


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    """Names to places. `acronyms` count in running text only when written in capitals ("CAR" is no car).

    `alone` are the regions' names that tell their country by themselves ("North Kivu").
    """

    countries: Mapping[str, str]
    acronyms: frozenset[str]
    regions: Mapping[str, tuple[Place, ...]]
    alone: frozenset[str]


@cache
def _gazetteer() -> _Gazetteer:
    by_name: dict[str, str] = {}
    acronyms = set()
    for row in _rows("countries.csv"):
        for name in (row["en"], row["fr"], row["es"], *row["also"].split("|")):
            words = words_of(name)
            if not words:
                continue
            by_name.setdefault(_key(words), row["iso2"])
            if len(words) == 1 and len(words[0]) <= 4 and name.isupper():
                acronyms.add(words[0])
    by_region: dict[str, tuple[Place, ...]] = {}
    alone = set()
    for row in _rows("regions.csv"):
        code = row["iso3166-2"]
        place = Place(row["iso2"], code if "-" in code else "")
        for name in row["names"].split("|"):
            key = _key(words_of(name))
            by_region[key] = tuple(dict.fromkeys((*by_region.get(key, ()), place)))
            if row["alone"] == "yes":
                alone.add(key)
    return _Gazetteer(by_name, frozenset(acronyms), by_region, frozenset(alone))


@lru_cache(maxsize=10_000)
def country(text: str | None) -> Country | None:
    """The country a cell names, by name in English, French or Spanish, usual synonym or ISO code; else None.

    "Congo" alone is the Republic of the Congo, as in ISO 3166-1; `places_in` takes it for either.
    """
    words = words_of(text or "")
    if not words:
        return None
    iso2 = _gazetteer().countries.get(_key(words))
    if iso2 is None and len(words) == 1 and len(words[0]) in (2, 3):
        iso2 = _codes().get(words[0].upper())
    return countries()[iso2] if iso2 else None


@cache
def _codes() -> Mapping[str, str]:
    every = countries().values()
    return {country.iso2: country.iso2 for country in every} | {country.iso3: country.iso2 for country in every}


def places_in(text: str | None) -> tuple[Place, ...]:
    """The countries and regions that a cell of free text names, each once, in the text's order.

    A region counts where its country is named too, or where its name alone tells the country ("North Kivu"). What the
    text excludes ("not from DRC", "DRC-free") is no place of origin. "Congo" alone means either, so it gives both.
    Two-letter codes are not read: suppliers write LR, HR and CC for low risk, high risk and covered countries.
    """
    return _places_in(text) if text else ()


@lru_cache(maxsize=10_000)
def _places_in(text: str) -> tuple[Place, ...]:
    found: list[Place] = []
    for piece in _pieces(text):
        whole = country(piece) if len(piece.strip()) > 2 else None
        if whole:
            found += _either_congo(piece, whole.iso2)
        else:
            for sentence in _SENTENCES.split(piece):
                found += _in_sentence(sentence)
    found += _regions_in(text, {place.iso2 for place in found})
    return tuple(dict.fromkeys(found))


def _pieces(text: str) -> Iterator[str]:
    """The parts of a list; a comma inside a country's name parts nothing ("CONGO, DEMOCRATIC REPUBLIC OF THE")."""
    for between_commas in _PIECES.split(text):
        parts = between_commas.split(",")
        at = 0
        while at < len(parts):
            pair = ",".join(parts[at : at + 2])
            length = 2 if len(parts) > at + 1 and all(map(words_of, parts[at : at + 2])) and country(pair) else 1
            yield pair if length == 2 else parts[at]
            at += length


def _in_sentence(text: str) -> list[Place]:
    """The countries named in running text, the longest name first at each word."""
    gazetteer = _gazetteer()
    words = words_of(text)
    capitals = {fold(word) for word in re.findall(r"\b[A-Z][A-Z.]+\b", text)}
    found: list[Place] = []
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            key = _key(words[at : at + length])
            if key in _OTHER_PLACES:
                at += length - 1
                break
            iso2 = gazetteer.countries.get(key)
            if iso2 is None or (length == 1 and key in gazetteer.acronyms and not _in_capitals(key, capitals)):
                continue
            if not _excluded(words, at, at + length):
                found += _either_congo(key, iso2)
            at += length - 1
            break
        at += 1
    return found


def _in_capitals(key: str, capitals: set[str]) -> bool:
    return any(key == word.replace(".", "") for word in capitals)


def _excluded(words: tuple[str, ...], start: int, end: int) -> bool:
    return bool(_NOT_FROM & set(words[max(0, start - 5) : start])) or words[end : end + 1] == ("free",)


def _either_congo(text: str, iso2: str) -> list[Place]:
    if iso2 == "CG" and words_of(text) == ("congo",):
        return [Place("CD"), Place("CG")]
    return [Place(iso2)]


def _regions_in(text: str, named: set[str]) -> list[Place]:
    gazetteer = _gazetteer()
    words = words_of(text)
    found: list[Place] = []
    at = 0
    while at < len(words):
        for length in range(min(4, len(words) - at), 0, -1):
            key = _key(words[at : at + length])
            if key in _COMPASS and length != len(words) - 1:
                continue
            alone = key in gazetteer.alone and not _excluded(words, at, at + length)
            places = [place for place in gazetteer.regions.get(key, ()) if alone or place.iso2 in named]
            if places:
                found += places
                at += length - 1
                break
        at += 1
    return found


def cahra_on(place: Place, on: date, areas: Iterable[ListedArea]) -> tuple[ListedArea, ...]:
    """The rows in force on a day that list a place, of the lists in `areas`; `valid_to` is the last day that counts.

    A region is listed by its own row or by one of its whole country. A country named without a region is met by every
    row of it: which region is meant has then to be asked. Nothing here says that a place not listed is without risk.
    """
    return tuple(
        area
        for area in areas
        if area.iso2 == place.iso2
        and area.valid_from <= on
        and (area.valid_to is None or on <= area.valid_to)
        and (not place.region or _same_region(area, place.region))
    )


def _same_region(area: ListedArea, region: str) -> bool:
    if area.region:
        return area.region == region
    if area.category == "region":
        return any(place.region == region for place in _gazetteer().regions.get(_key(words_of(area.name)), ()))
    return True
