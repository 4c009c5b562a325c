"""Matching names: how well a name that was left out is found, and how fast, beside named peers on the same work.

Every peer may use what ours uses: the metal and the country narrow its choice before it compares. `rank` is the adapter
of the shared measure (shared/eval/matching.py); it ranks with the shipped trees, which were made from these very names,
so the bench quotes trees made without the smelter asked for.
"""

from __future__ import annotations

import importlib.util
import random
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from bench.measure import load as busy
from bench.measure import table
from bench.names import SHEETS, Name, as_smelters, load, outcomes, quality, ranked

Scorer = Callable[[str, str], float]
Rank = Callable[[Sequence[Name]], list[list[tuple[str, float]]]]


def rank(queries: Sequence[Sequence[str]], reference: Sequence[Sequence[str]]) -> list[list[tuple[int, float]]]:
    """The shared measure's adapter: (metal, name, country) and rows (metal, name, country, cid) to (row, score).

    A name is compared as if its own row were not there, as the measure hides it.
    """
    from lode.smelters.ranking import Ranking

    names = [Name(*row) for row in reference]
    rows: dict[tuple[str, str], list[int]] = {}
    for at, name in enumerate(names):
        rows.setdefault((name.metal, name.cid), []).append(at)
    ranking = Ranking(as_smelters(names))
    asked = [Name(*query[:3], "") for query in queries]
    return [
        [(row, float(score)) for cid, score in answer for row in rows[name.metal, cid]]
        for name, answer in zip(asked, ranked(ranking, names, asked), strict=True)
    ]


def main() -> None:
    if not SHEETS.exists():
        print("\nMatching: the look-up sheets are not there, so nothing was measured.")
        return
    names = load()
    _accuracy(names)
    _speed(names)


def _accuracy(names: Sequence[Name]) -> None:
    rows = []
    for who, prepare in PEERS.items():
        rank_ = prepare(names)
        if rank_ is None:
            rows.append([who, None, None, None, None])
            continue
        started = time.process_time()
        found = outcomes(names, rank_)
        spent = time.process_time() - started
        rows.append([who, *quality(found).values(), len(found) / spent])
    known = sum(not each.unknown for each in found)
    table(
        f"{known} of {len(names)} names left out, {len(found) - known} smelters left out ({busy()})",
        ["who", "P@1", "best F1", "recall at 99 %", "names/s of CPU, or accepted"],
        [["bar", ">= .82", ">= .72", ">= .30", ""], *_ours(names), *rows],
        "Ours: ten folds by smelter, judged by trees that saw none of its names; three drawings of the folds.",
        "“accepted” counts the answers from 97 on. Bar: wrong 0, unknown smelters at most 1 in 93.",
    )


def _ours(names: Sequence[Name]) -> Iterator[list[object]]:
    if importlib.util.find_spec("sklearn") is None:
        return
    from bench.train_matching import SEEDS, cross_validated, folds_of, measure
    from lode.smelters.match import ACCEPT

    for seed in SEEDS:
        folds = folds_of(names, seed)
        found = outcomes(names, cross_validated(names, measure(names, folds), folds))
        accepted = [each for each in found if each.score >= ACCEPT]
        wrong = sum(not each.right and not each.unknown for each in accepted)
        unknown = sum(each.unknown for each in accepted)
        told = f"accepted {sum(each.right for each in accepted)}, wrong {wrong}, unknown {unknown}"
        yield [f"ours, folds {seed}", *quality(found).values(), told]


def _speed(names: Sequence[Name]) -> None:
    from lode.smelters.match import Matcher
    from lode.smelters.names import normalise
    from lode.smelters.register import Register, Release

    chance = random.Random(1)
    mistyped = [(name.metal, _slip(_slip(name.name, chance), chance), name.country, None) for name in names * 20]
    mistyped = list(dict.fromkeys(mistyped))
    release = Release(template="CMRT", revision="1", date=None, sha256="")
    matcher = Matcher(Register(releases=(release,), smelters=tuple(as_smelters(names))))
    matcher.match("Tin", "warm", "Peru")
    floor = _rate(len(mistyped), lambda: [normalise(row[1]) for row in mistyped])
    new = _rate(len(mistyped), lambda: matcher.match_all(mistyped))
    seen = _rate(len(mistyped), lambda: matcher.match_all(mistyped))
    table(
        f"{len(mistyped):,} names with two slips each, one core ({busy()})",
        ["what", "names/s of CPU", "bar", "of the floor"],
        [
            ["Python normalising them alone (floor)", floor, "", 1.0],
            ["ours, names never seen", new, ">= 10,000", new / floor],
            ["ours, names seen before", seen, ">= 200,000", seen / floor],
        ],
    )


def _rate(count: int, work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return count / max(time.process_time() - started, 1e-9)


def _slip(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + chance.choice("abcdefgh") + text[at + chance.randrange(2) :]


def _one_by_one(names: Sequence[Name], scorer: Scorer) -> Rank:
    """A peer that scores two names, asked about every other name of the metal and country."""
    near: dict[tuple[str, str], list[Name]] = {}
    for name in names:
        near.setdefault((name.metal, name.country), []).append(name)

    def rank_(asked: Sequence[Name]) -> list[list[tuple[str, float]]]:
        return [
            [
                (other.cid, scorer(name.name.lower(), other.name.lower()))
                for other in near[name.metal, name.country]
                if other.name != name.name
            ]
            for name in asked
        ]

    return rank_


def _rapidfuzz(names: Sequence[Name]) -> Rank:
    from rapidfuzz import fuzz

    return _one_by_one(names, fuzz.WRatio)


def _jaro_winkler(names: Sequence[Name]) -> Rank:
    from rapidfuzz.distance import JaroWinkler

    return _one_by_one(names, JaroWinkler.similarity)


def _tfidf(names: Sequence[Name]) -> Rank | None:
    if importlib.util.find_spec("sklearn") is None:
        return None
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectoriser = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
    matrix = vectoriser.fit_transform([name.name.lower() for name in names])

    def rank_(asked: Sequence[Name]) -> list[list[tuple[str, float]]]:
        scores = (vectoriser.transform([name.name.lower() for name in asked]) @ matrix.T).toarray()
        return [
            [
                (other.cid, float(scores[at, row]))
                for row, other in enumerate(names)
                if (other.metal, other.country) == (name.metal, name.country) and other.name != name.name
            ]
            for at, name in enumerate(asked)
        ]

    return rank_


def _nomenklatura(names: Sequence[Name]) -> Rank | None:
    if importlib.util.find_spec("nomenklatura") is None:
        return None
    from followthemoney import model
    from nomenklatura.matching import get_algorithm

    algorithm = get_algorithm("logic-v2")
    config = algorithm.default_config()

    @cache
    def company(name: str):
        entity = model.make_entity("Company")
        entity.id = name
        entity.add("name", name)
        return entity

    return _one_by_one(names, lambda one, other: algorithm.compare(company(one), company(other), config).score)


PEERS = {
    "rapidfuzz WRatio": _rapidfuzz,
    "Jaro-Winkler": _jaro_winkler,
    "TF-IDF of letters": _tfidf,
    "nomenklatura logic-v2": _nomenklatura,
}
