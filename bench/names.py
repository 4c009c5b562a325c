"""Names of real smelters from look-up sheets, and how well a matcher finds one that is left out.

Known names: each whose smelter has another for the same metal; it is left out, and right is its smelter among the rest.
Unknown smelters: one name of every smelter, with all of that smelter's names left out; whatever is answered is wrong.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from lode import minerals
from lode.smelters.ranking import Ranking
from lode.smelters.register import Name as RegisterName
from lode.smelters.register import Smelter, country_code
from lode.smelters.wording import wording

SHEETS = Path(__file__).resolve().parents[2] / "shared" / "data" / "smelters"


class Name(NamedTuple):
    """A row of a look-up sheet."""

    metal: str
    name: str
    country: str
    cid: str


Ranker = Callable[[Sequence[Name]], list[list[tuple[str, float]]]]


def load(folder: Path = SHEETS) -> list[Name]:
    """Every name of every sheet of the folder, each once a metal."""
    found: dict[tuple[str, str], Name] = {}
    for path in sorted(folder.glob("RMI_CMRT_*_smelter_lookup.csv")):
        for record in csv.reader(path.open(encoding="utf8")):
            if len(record) > 4 and record[4].startswith("CID"):
                metal, alias, standard, country, cid = (text.strip() for text in record[:5])
                for name in (alias, standard):
                    found.setdefault((metal, name.lower()), Name(metal, name, country, cid))
    return list(found.values())


def as_smelters(names: Sequence[Name]) -> list[Smelter]:
    """The smelters that these names are of."""
    by_smelter: dict[tuple[str, str], list[Name]] = {}
    for name in names:
        by_smelter.setdefault((name.metal, name.cid), []).append(name)
    return [
        Smelter(
            cid=cid,
            metal=metal,
            name=own[0].name,
            country=own[0].country,
            state=None,
            city=None,
            first="1",
            last="1",
            names=tuple(RegisterName(name=name.name, kind="alias", first="1", last="1") for name in own),
        )
        for (metal, cid), own in by_smelter.items()
    ]


def ranked(ranking: Ranking, known: Sequence[Name], asked: Sequence[Name]) -> list[list[tuple[str, float]]]:
    """For each name the numbers it could mean with their scores, compared as if the name itself were not listed."""
    smelters = as_smelters(known)
    answers: list[list[tuple[str, float]]] = [[] for _ in asked]
    for metal in {name.metal for name in asked}:
        which = [at for at, name in enumerate(asked) if name.metal == metal]
        names = [asked[at] for at in which]
        found = ranking.rank(
            minerals.key(metal),
            [wording(name.name) for name in names],
            [country_code(name.country) for name in names],
            hidden=[name.name for name in names],
        )
        for at, candidates in zip(which, found, strict=True):
            answers[at] = [(smelters[each.smelter].cid, each.score) for each in candidates]
    return answers


@dataclass
class Outcome:
    """The best answer to one name: its score, whether it is right, and whether nothing could have been right."""

    score: float
    right: bool
    unknown: bool


def outcomes(names: Sequence[Name], rank: Ranker) -> list[Outcome]:
    """Each name that could be found, and one of each smelter as if it were unknown. No answer is no outcome."""
    by_smelter: dict[tuple[str, str], list[Name]] = {}
    for name in names:
        by_smelter.setdefault((name.metal, name.cid), []).append(name)
    findable = [name for own in by_smelter.values() if len(own) > 1 for name in own]
    unknown = [own[0] for own in by_smelter.values()]
    found = []
    for at, (name, answer) in enumerate(zip([*findable, *unknown], rank([*findable, *unknown]), strict=True)):
        is_unknown = at >= len(findable)
        left = [(score, cid) for cid, score in answer if not (is_unknown and cid == name.cid)]
        score, cid = max(left, default=(0.0, ""))
        found.append(Outcome(score, not is_unknown and cid == name.cid, is_unknown))
    return found


def quality(found: Sequence[Outcome]) -> dict[str, float]:
    """The shared measure's figures: an answer counts from a threshold on, equal scores together."""
    findable = sum(not each.unknown for each in found)
    ordered = sorted((each for each in found if each.score > 0), key=lambda each: -each.score)
    right = best_f1 = recall_99 = 0.0
    for count, each in enumerate(ordered, 1):
        right += each.right
        if count < len(ordered) and ordered[count].score == each.score:
            continue
        precision, recall = right / count, right / findable
        best_f1 = max(best_f1, 2 * precision * recall / (precision + recall) if right else 0.0)
        if precision >= 0.99:
            recall_99 = max(recall_99, recall)
    return {
        "P@1": sum(each.right for each in found) / findable,
        "best F1": best_f1,
        "recall at 99 % precision": recall_99,
    }
