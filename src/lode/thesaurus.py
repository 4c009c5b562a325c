"""Words as people search them: folded, spread over what means the same, and mended when mistyped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from unicodedata import combining, normalize

from rapidfuzz.distance import DamerauLevenshtein

# "minerai d'étain", "rapport annuel du fournisseur": longer names are found by their words.
LONGEST_PHRASE = 4
MOST_WORDS = 12
MOST_MEANINGS = 12

_WORD = re.compile(r"[^\W_]+(?:[.,/][^\W_]+)*")


def fold(text: str) -> str:
    """Lower case, without accents, one blank between words: "Minerai d’Étain" is "minerai d etain"."""
    plain = "".join(letter for letter in normalize("NFKD", text.casefold()) if not combining(letter))
    return " ".join(_WORD.findall(plain))


def words_of(text: str) -> list[str]:
    """The folded words of a search, the first twelve; none where there are only single letters."""
    words = fold(text).split()[:MOST_WORDS]
    return words if any(len(word) > 1 for word in words) else []


def phrases(words: Sequence[str]) -> list[str]:
    """Every run of up to four words, for looking up what they mean."""
    lengths = range(1, LONGEST_PHRASE + 1)
    return [" ".join(words[at : at + n]) for n in lengths for at in range(len(words) - n + 1)]


def spread(words: Sequence[str], meanings: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """The search as a list of parts that must all be found, each by any of its alternatives.

    The longest known phrase is taken first: "tin ore" is cassiterite, not tin and ore. `meanings` maps a folded
    phrase to whatever means the same.
    """
    parts, at = [], 0
    while at < len(words):
        for n in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + n])
            if n == 1 or phrase in meanings:
                others = [other for other in meanings.get(phrase, ()) if fold(other) != phrase]
                parts.append([phrase, *sorted(others, key=fold)][:MOST_MEANINGS])
                at += n
                break
    return parts


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate a mistyped word most likely means, or None. Candidates in order of preference among equals.

    One slip in words of four to seven letters, two in longer ones; shorter words are left alone.
    """
    if len(word) < 4:
        return None
    allowed = 1 if len(word) < 8 else 2
    best, least = None, allowed + 1
    for candidate in candidates:
        slips = DamerauLevenshtein.distance(word, candidate, score_cutoff=allowed)
        if 0 < slips < least:
            best, least = candidate, slips
    return best
