"""Names of companies brought to one spelling, so that the same name typed twice is the same text.

`normalise` is the key of every stored name: the alias table, a person's decisions, screening. It forgets what says
nothing about who is meant (case, accents, punctuation, legal forms) and keeps the rest, also digits and every script.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# Letters that no Unicode decomposition takes apart, as they are commonly written without the mark.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ħ": "h"})
_MARKS = re.compile("[\u0300-\u036f]")
# "A.L.M.T." and "S.p.A." are one word each, also when typed "S. A.".
_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]\.\s?)+[^\W\d_](?!\w)\.?")
_JOINERS = re.compile(r"(?<=\w)['’`´?\u00ad\ufffd](?=\w)")
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Common words of company names.

    `legal` are single-word legal forms, `native_legal` those of scripts written without spaces, `filler` words such as
    "and", `phrases` what several words become. `meaning` gives a foreign word's English sense ("kinzoku" -> "metal");
    `generic` are senses that tell no company from another, `places` the names of countries and provinces; `unsaid`
    are the words that `normalise` leaves out.
    """

    legal: frozenset[str]
    native_legal: tuple[str, ...]
    filler: frozenset[str]
    phrases: Mapping[tuple[str, ...], str]
    meaning: Mapping[str, str]
    generic: frozenset[str]
    places: frozenset[str]
    unsaid: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The words of `data/words.toml`."""
    words = tomllib.loads(files("lode").joinpath("data/words.toml").read_text(encoding="utf-8"))
    meaning = {word: sense for sense, spoken in words["meaning"].items() for word in spoken.split()}
    legal, filler = frozenset(words["legal"]["words"].split()), frozenset(words["filler"]["words"].split())
    return Lexicon(
        legal=legal,
        native_legal=tuple(sorted(words["legal"]["native"].split(), key=len, reverse=True)),
        filler=filler,
        unsaid=legal | filler,
        phrases={tuple(phrase.split()): short for phrase, short in words["phrases"].items()},
        meaning=meaning,
        generic=frozenset(words["generic"]["words"].split()) | frozenset(words["meaning"]),
        places=frozenset(word for places in words["places"].values() for word in places.split()),
    )


def fold(text: str) -> str:
    """Lower case, without accents, full-width forms made plain; Japanese and Korean syllables stay whole."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", _MARKS.sub("", text).casefold().translate(_PLAIN))


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in one spelling, legal forms included: "PT. Timah, Tbk" -> ("pt", "timah", "tbk")."""
    text = _JOINERS.sub("", fold(name))
    if "&" in text or "+" in text:
        text = text.replace("&", " and ").replace("+", " and ")
    if "." in text:
        text = _INITIALS.sub(lambda found: re.sub(r"[.\s]", "", found[0]) + " ", text)
    return tuple(_WORDS.findall(text))


@cache
def _phrases_by_first() -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, short in lexicon().phrases.items():
        by_first.setdefault(phrase[0], []).append((phrase, short))
    return {first: tuple(sorted(found, key=lambda p: -len(p[0]))) for first, found in by_first.items()}


def _with_phrases(words: tuple[str, ...]) -> Sequence[str]:
    """Words that belong together become one: "viet nam" -> "vietnam", "non ferrous" -> "nonferrous"."""
    by_first = _phrases_by_first()
    if by_first.keys().isdisjoint(words):
        return words
    joined: list[str] = []
    at = 0
    while at < len(words):
        for phrase, short in by_first.get(words[at], ()):
            if words[at : at + len(phrase)] == phrase:
                joined.append(short)
                at += len(phrase)
                break
        else:
            joined.append(words[at])
            at += 1
    return joined


def _without_legal(words: Iterable[str]) -> list[str]:
    known = lexicon()
    kept = []
    for word in words:
        if word in known.unsaid:
            continue
        if not word.isascii():
            for form in known.native_legal:
                word = word.replace(form, "")
        if word:
            kept.append(word)
    return kept


def core_words(name: str) -> tuple[str, ...]:
    """The words of a name without its legal forms; all of them where nothing else is left."""
    return core_of(words_of(name))


def core_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """What `core_words` keeps of words that `words_of` gave."""
    by_first = _phrases_by_first()
    while True:
        joined = _with_phrases(words)
        kept = tuple(_without_legal(joined)) or tuple(joined)
        # Words left out in the middle bring others together that may be a phrase: then look again.
        if kept == words or (by_first.keys().isdisjoint(kept) and all(map(str.isascii, kept))):
            return kept
        if len(joined) == len(words) and kept == words[: len(kept)]:
            return kept
        words = kept


def normalise(name: str) -> str:
    """The name as the alias table keys it: "PT. Timah (Persero), Tbk" and "PT TIMAH" are both "timah".

    Idempotent, and empty only for a text without a letter or digit.
    """
    return " ".join(core_words(name))


def senses(words: Iterable[str]) -> tuple[str, ...]:
    """The words with each foreign word of trade put in its English sense: ("sumitomo", "kinzoku") -> (.., "metal")."""
    meaning = lexicon().meaning
    return tuple(meaning.get(word, word) for word in words)


def is_generic(word: str) -> bool:
    """Whether a word (in its English sense) tells no company from another: a metal, an activity, a country."""
    return word in lexicon().generic or word in lexicon().places
