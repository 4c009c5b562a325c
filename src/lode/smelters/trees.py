"""Boosted decision trees as numbers: how features of a pair of names become the odds that both mean one smelter.

Each tree asks three yes-or-no questions of one feature each, and adds what its leaf says; the sum is the logarithm of
the odds. The numbers stand in `data/match_trees.json`; `bench/train_matching.py` made them and says how well they do.
Source: Friedman, "Greedy function approximation: a gradient boosting machine", Annals of Statistics 29 (2001).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from lode.smelters.similarity import FEATURES
from lode.smelters.vocabulary import Floats

QUESTIONS, LEAVES = 7, 8
_BLOCK = 4096  # pairs in one go: what a processor's cache holds


@dataclass(frozen=True, slots=True)
class Tree:
    """Questions from the root down, level by level ("is `feature` over `limit`?"); leaves from all no to all yes."""

    feature: tuple[int, ...]
    limit: tuple[float, ...]
    leaf: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Trees:
    """`base` is the logarithm of the odds before any tree has spoken."""

    base: float
    trees: tuple[Tree, ...]

    def log_odds(self, features: Floats) -> Floats:
        """For each column of `features` (a row a feature, in the order of FEATURES)."""
        parts = [self._of(features[:, at : at + _BLOCK]) for at in range(0, features.shape[1], _BLOCK)]
        return np.concatenate(parts or [np.zeros(0, dtype=np.float32)])

    def _of(self, features: Floats) -> Floats:
        features = np.ascontiguousarray(features)
        total = np.full(features.shape[1], self.base, dtype=np.float32)
        for tree in self.trees:
            yes = [features[at] > np.float32(limit) for at, limit in zip(tree.feature, tree.limit, strict=True)]
            second = np.where(yes[0], yes[2], yes[1])
            third = np.where(yes[0], np.where(yes[2], yes[6], yes[5]), np.where(yes[1], yes[4], yes[3]))
            place = (yes[0].view(np.int8) << 2) | (second.view(np.int8) << 1) | third.view(np.int8)
            total += np.array(tree.leaf, dtype=np.float32)[place]
        return total


def from_document(document: object) -> Trees:
    """The trees in a JSON document. Raises ValueError where its features are not those of this code."""
    if not isinstance(document, dict) or tuple(document.get("features", ())) != FEATURES:
        raise ValueError("These trees were made for other features: make them again with bench/train_matching.py.")
    return Trees(float(document["base"]), tuple(_tree(each) for each in document["trees"]))


def _tree(each: Sequence[Sequence[float]]) -> Tree:
    feature, limit, leaf = each
    if (len(feature), len(limit), len(leaf)) != (QUESTIONS, QUESTIONS, LEAVES):
        raise ValueError(f"A tree has {QUESTIONS} questions and {LEAVES} leaves, not {len(feature)} and {len(leaf)}.")
    return Tree(tuple(int(at) for at in feature), tuple(map(float, limit)), tuple(map(float, leaf)))


@cache
def shipped() -> Trees:
    """The trees the platform comes with."""
    return from_document(json.loads(files("lode").joinpath("data/match_trees.json").read_text(encoding="utf-8")))
