"""Words and limits the checks go by: `data/check_words.toml`, `data/check_limits.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_EDGES = " .,;:!()[]{}\"'“”‘’*"
_FREE = re.compile(r"[^\W_]+")


@cache
def words(name: str) -> frozenset[str]:
    """The words of one list, lower case; lists written with | hold phrases."""
    text: str = _read("check_words.toml")[name]
    parts = text.replace("\n", "|").split("|") if "|" in text else text.split()
    return frozenset(bare(part) or part.strip() for part in parts if part.strip())


@cache
def limit(name: str) -> float:
    """One of the limits, in the unit its entry says."""
    return float(_read("check_limits.toml")[name]["value"])


def bare(text: str | None) -> str:
    """The text in lower case with single blanks and without punctuation around it."""
    return " ".join((text or "").casefold().split()).strip(_EDGES)


def is_one_of(text: str | None, name: str) -> bool:
    """Whether the whole text is a word or phrase of the list."""
    return text is not None and (bare(text) or text.strip()) in words(name)


def holds_one_of(text: str | None, name: str) -> str | None:
    """The first word or phrase of the list that stands in the text as whole words; None where none does."""
    found = _pattern(name).search(bare(text))
    return found[0] if found else None


def is_placeholder(text: str | None) -> bool:
    """Whether a text stands where a name is asked and names nothing: "n/a", "tbd", "xxxx"."""
    if text is None:
        return False
    return is_one_of(text, "placeholder") or (len(set("".join(text.casefold().split()))) == 1 and len(text.strip()) > 1)


def is_recycled(text: str | None) -> bool:
    """Whether a text says recycled or scrap and nothing beside it: "Recycled scrap material", "R/S"."""
    found = set(_FREE.findall(bare(text)))
    if found == {"r", "s"}:
        return True
    return bool(found & words("recycled")) and found <= words("recycled") | words("recycled_fillers")


def names_mine(text: str | None) -> bool:
    """Whether a text in the column of mines names one: not scrap, not "RCOI confirmed", not a placeholder."""
    return bool(text) and not (is_recycled(text) or is_placeholder(text) or holds_one_of(text, "inquired"))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    parts = sorted(words(name), key=len, reverse=True)
    # Words of scripts without blanks stand inside longer texts.
    whole = [rf"(?<!\w){re.escape(part)}(?!\w)" if part.isascii() else re.escape(part) for part in parts]
    return re.compile("|".join(whole))


@cache
def _read(file: str) -> dict[str, Any]:
    return tomllib.loads(files("lode").joinpath(f"data/{file}").read_text(encoding="utf-8"))
