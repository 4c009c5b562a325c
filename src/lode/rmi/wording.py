"""Wordings in the templates' ten languages: answers back to English, labels and list headers to what they stand for.

Source: `wording.toml`, and before it the book's own hidden sheet L, which holds every text in all languages.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = {
    "english": "en",
    "中文": "zh",
    "chinese": "zh",
    "日本語": "ja",
    "japanese": "ja",
    "한국어": "ko",
    "korean": "ko",
    "français": "fr",
    "french": "fr",
    "português": "pt",
    "portuguese": "pt",
    "deutsch": "de",
    "german": "de",
    "español": "es",
    "spanish": "es",
    "italiano": "it",
    "italian": "it",
    "türkçe": "tr",
    "turkish": "tr",
}
_LONG_ENOUGH = 40


def plain(text: str) -> str:
    """The text as it is compared: no case, blanks or punctuation, the first 40 characters of what is left."""
    return "".join(character for character in text.casefold() if character.isalnum())[:_LONG_ENOUGH]


def plain_option(text: str) -> str:
    """As `plain`, but whole and with the signs that tell "> 25%" from "< 25%"."""
    return "".join(character for character in text.casefold() if character.isalnum() or character in "<>")


def language_of(text: str | None) -> str:
    """The code of a language named in a cell ("中文 Chinese" is "zh"); English where it names none."""
    return next((LANGUAGES[word] for word in (text or "").casefold().split() if word in LANGUAGES), "en")


def names_language(text: str) -> bool:
    """Whether a cell names one of the ten languages."""
    return any(word in LANGUAGES for word in text.casefold().split())


@cache
def labels(kind: str) -> Mapping[str, tuple[str, ...]]:
    """What each plain label may stand for; `kind` is "labels", "words", "minerals" or a list such as "smelters"."""
    data = _data()
    found: dict[str, tuple[str, ...]] = {}
    for name, texts in (data[kind] if kind in data else data["headers"][kind]).items():
        for text in texts:
            found[plain(text)] = (*found.get(plain(text), ()), name)
    return found


def english_label(kind: str, name: str) -> str:
    """The English label of a field, in the kinds `labels` takes; the field's own name where no wording is kept."""
    group = _data().get(kind) or _data()["headers"].get(kind, {})
    return str(group[name][0]) if name in group else name.replace("_", " ").capitalize()


def mineral_of(text: str | None) -> str | None:
    """The key of the mineral a cell names, such as "Tantalum (Ta) (*)" or "1) Tantale"; None for another text."""
    word = (text or "").split("(*")[0].split(")")[-1] if (text or "")[:1].isdigit() else (text or "").split("(")[0]
    return next(iter(labels("minerals").get(plain(word), ())), None)


def english(text: str, options: Iterable[str], of_book: Mapping[str, tuple[str, ...]]) -> str | None:
    """The option that `text` means, in English wording; None where it is none of them.

    `of_book` are the book's own translations: plain text -> English texts.
    """
    wanted = plain_option(text)
    by_plain = {plain_option(option): option for option in options}
    if wanted in by_plain:
        return by_plain[wanted]
    if wanted in {"1", "10"} and "100" in by_plain and text.strip() in {"1", "1.0"}:
        return by_plain["100"]
    for meaning in (*of_book.get(wanted, ()), *_translations().get(wanted, ())):
        if plain_option(meaning) in by_plain:
            return by_plain[plain_option(meaning)]
    return None


@cache
def _translations() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for meaning, texts in _data()["options"].items():
        for text in texts:
            found[plain_option(text)] = (*found.get(plain_option(text), ()), meaning)
    return found


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("lode.rmi").joinpath("wording.toml").read_text(encoding="utf-8"))
