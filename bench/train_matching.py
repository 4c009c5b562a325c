"""Makes the trees that weigh how alike two names are, and says how well trees made so do on smelters they never saw.

    python -m bench.train_matching FOLDER [--write]

FOLDER holds Smelter Look-up sheets as CSV (metal, name people choose, standard name, country, number, ...). Every name
is compared with the smelters of its metal as if it had never been listed: right is the smelter that bears it. Only the
trees' numbers are kept; no name of a register is. What is printed first comes from ten-fold cross-validation: all names
of a smelter, and of others that share a name with it, fall into one fold, and are judged by trees made from the rest.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.names import Name, as_smelters, load, outcomes, quality, ranked
from lode import minerals
from lode.smelters.match import ACCEPT
from lode.smelters.names import normalise
from lode.smelters.ranking import Ranking
from lode.smelters.register import country_code
from lode.smelters.similarity import FEATURES
from lode.smelters.trees import LEAVES, QUESTIONS, Tree, Trees

TREES, RATE, DEPTH, FOLDS, SEEDS = 160, 0.06, 3, 10, (1, 2, 3)
WRITTEN = Path(__file__).resolve().parents[1] / "src" / "lode" / "data" / "match_trees.json"


@dataclass
class Pairs:
    """Measured pairs: features, a row a pair; whether both names mean one smelter; the fold of the name's smelter."""

    features: np.ndarray
    same: np.ndarray
    fold: np.ndarray


def measure(names: Sequence[Name], folds: Mapping[str, int]) -> Pairs:
    """Every name against the smelters of its metal, once with its country and once without."""
    smelters = as_smelters(names)
    ranking = Ranking(smelters, Trees(0.0, ()))
    features, same, fold = [], [], []
    for metal in sorted({name.metal for name in names}):
        asked = [name for name in names if name.metal == metal]
        for with_country in (True, False):
            found = ranking.pairs(
                minerals.key(metal),
                [name.name for name in asked],
                [country_code(name.country) if with_country else None for name in asked],
                [name.name for name in asked],
            )
            features.append(found.features.T)
            same += [asked[q].cid == smelters[s].cid for q, s in zip(found.query, found.smelter, strict=True)]
            fold += [folds[asked[q].cid] for q in found.query]
    return Pairs(np.concatenate(features), np.array(same), np.array(fold))


def train(pairs: Pairs, chosen: np.ndarray) -> Trees:
    from sklearn.ensemble import GradientBoostingClassifier

    model = GradientBoostingClassifier(
        n_estimators=TREES,
        learning_rate=RATE,
        max_depth=DEPTH,
        subsample=0.5,
        max_features=4,
        min_samples_leaf=12,
        random_state=0,
    )
    model.fit(pairs.features[chosen], pairs.same[chosen])
    share = pairs.same[chosen].mean()
    return Trees(float(np.log(share / (1 - share))), tuple(_full(each[0].tree_) for each in model.estimators_))


def _full(tree) -> Tree:
    """A tree of scikit-learn's with all its questions and leaves; a leaf met early stands for all below it."""
    feature, limit, leaf = [0] * QUESTIONS, [0.0] * QUESTIONS, [0.0] * LEAVES

    def fill(node: int, place: int) -> None:
        ends = tree.children_left[node] < 0
        if place >= QUESTIONS:
            leaf[place - QUESTIONS] = round(float(RATE * tree.value[node, 0, 0]), 5)
            return
        if not ends:
            # The model compares in single precision with "at most"; rounding must not move a value over the limit.
            feature[place], limit[place] = int(tree.feature[node]), float(np.float32(tree.threshold[node]))
        fill(node if ends else tree.children_left[node], 2 * place + 1)
        fill(node if ends else tree.children_right[node], 2 * place + 2)

    fill(0, 0)
    return Tree(tuple(feature), tuple(limit), tuple(leaf))


def folds_of(names: Sequence[Name], seed: int) -> dict[str, int]:
    """The fold of each smelter's number: those that share a name, for whatever metal, stay together."""
    leads: dict[str, str] = {}

    def lead(key: str) -> str:
        while leads.setdefault(key, key) != key:
            key = leads[key]
        return key

    for name in names:
        leads[lead(name.cid)] = lead(f"name {normalise(name.name)}")
    heads = sorted({lead(name.cid) for name in names})
    random.Random(seed).shuffle(heads)
    fold = {head: at % FOLDS for at, head in enumerate(heads)}
    return {name.cid: fold[lead(name.cid)] for name in names}


def cross_validated(names: Sequence[Name], pairs: Pairs, folds: Mapping[str, int]):
    """Each name ranked by trees that saw neither it nor its smelter."""
    rankings = [Ranking(as_smelters(names), train(pairs, pairs.fold != fold)) for fold in range(FOLDS)]

    def rank(asked: Sequence[Name]) -> list[list[tuple[str, float]]]:
        answers: list[list[tuple[str, float]]] = [[] for _ in asked]
        for fold, ranking in enumerate(rankings):
            which = [at for at, name in enumerate(asked) if folds[name.cid] == fold]
            for at, answer in zip(which, ranked(ranking, names, [asked[at] for at in which]), strict=True):
                answers[at] = answer
        return answers

    return rank


def document(trees: Trees) -> str:
    each = [[list(tree.feature), [round(x, 6) for x in tree.limit], list(tree.leaf)] for tree in trees.trees]
    lines = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in each)
    head = json.dumps({"features": list(FEATURES), "base": round(trees.base, 5)})[1:-1]
    return "{" + head + ', "trees": [\n' + lines + "\n]}\n"


def main(folder: str, *options: str) -> None:
    names = load(Path(folder))
    for seed in SEEDS:
        report(names, seed)
    if "--write" in options:
        pairs = measure(names, folds_of(names, SEEDS[0]))
        WRITTEN.write_text(document(train(pairs, np.ones(len(pairs.same), dtype=bool))), encoding="utf-8")
        print(f"wrote {WRITTEN}")


def report(names: Sequence[Name], seed: int) -> None:
    """How trees do on smelters they never saw, the folds drawn with this seed."""
    folds = folds_of(names, seed)
    found = outcomes(names, cross_validated(names, measure(names, folds), folds))
    accepted = [each for each in found if each.score >= ACCEPT]
    known = sum(not each.unknown for each in found)
    figures = {
        **quality(found),
        "accepted and right": sum(each.right for each in accepted) / known,
        "accepted and wrong, known": sum(not each.right and not each.unknown for each in accepted),
        "accepted and wrong, unknown": sum(each.unknown for each in accepted),
        "highest wrong score": max(each.score for each in found if not each.right),
    }
    print(f"folds {seed}: " + ", ".join(f"{what} {figure:.3g}" for what, figure in figures.items()))


if __name__ == "__main__":
    main(*sys.argv[1:])
