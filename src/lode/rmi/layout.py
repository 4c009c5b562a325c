"""Where each answer stands, per template and revision: `layouts/*.toml`, read once.

Cells are column letters and a row number as people write them. A heading row is the one above the answers.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from lode.rmi.declaration import Scope, Template


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A list sheet: its name, the row of its headers, the first row of data, and the column of each field.

    `last_row` is set where the templates keep other texts below the list.
    """

    sheet: str
    header_row: int
    first_row: int
    columns: Mapping[str, str]
    last_row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One template's cells for some revisions.

    `fields` are cells of the Declaration sheet by the names of `Company` and `Declaration`. `questions` and
    `company_by_mineral` give heading rows, with `slots` answer rows below each; `company_questions` give answer rows.
    `minerals` is the row order where it is fixed, and empty where the sheet names its minerals; `question_minerals`
    the questions asked of fewer. `options` are a question's answers in the English wording. `by_label` layouts are
    no more than a guess where to begin: every cell is found by its label.
    """

    template: Template
    revisions: tuple[str, ...]
    sheet: str
    label_column: str
    answer_column: str
    comment_column: str
    minerals: tuple[str, ...]
    slots: int
    fields: Mapping[str, str]
    questions: Mapping[str, int]
    company_questions: Mapping[str, int]
    options: Mapping[str, tuple[str, ...]]
    smelters: Table
    products: Table | None = None
    mines: Table | None = None
    lookup: Table | None = None
    question_minerals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    company_by_mineral: Mapping[str, int] = field(default_factory=dict)
    scope_minerals: tuple[str, ...] = ()
    other_minerals: tuple[str, ...] = ()
    scopes: Mapping[str, str] = field(default_factory=dict)
    by_label: bool = False
    between: tuple[str, ...] = ()

    def answer_rows(self, named: Iterable[str] = ()) -> Iterator[tuple[str, str | None, int]]:
        """(question, mineral, row) of every answer; `named` are the minerals where the sheet names them itself."""
        about = self.minerals or tuple(named)
        for question, heading in {**self.questions, **self.company_by_mineral}.items():
            asked = self.question_minerals.get(question, about)[: self.slots]
            yield from ((question, mineral, row) for row, mineral in enumerate(asked, heading + 1))
        yield from ((question, None, row) for question, row in self.company_questions.items())

    def scope_letter(self, scope: Scope) -> str:
        """The letter this revision gives a scope."""
        return next((letter for letter, meaning in self.scopes.items() if meaning == scope), scope)


@cache
def layouts() -> tuple[Layout, ...]:
    """Every layout of `layouts/*.toml`."""
    folder = files("lode.rmi").joinpath("layouts")
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".toml")), key=lambda path: path.name)
    return tuple(_layout(tomllib.loads(path.read_text(encoding="utf-8"))) for path in paths)


def layout_for(template: Template, revision: str) -> tuple[Layout, bool]:
    """The layout of a revision, and whether it is known to hold; else the one of the nearest revision.

    Revisions compare as numbers ("2" is 2.00); a later revision, and one that is not said, takes the newest layout.
    """
    number = revision_number(revision)
    own = [layout for layout in layouts() if layout.template == template]
    for layout in own:
        if any(revision == known for known in layout.revisions):
            return layout, True
    for layout in own:
        if any(number == revision_number(known) for known in layout.revisions):
            return layout, True
        if layout.between and revision_number(layout.between[0]) <= number < revision_number(layout.between[1]):
            return layout, False
    if not number:
        return max(own, key=lambda layout: max(map(revision_number, layout.revisions), default=0.0)), False
    return min(own, key=lambda layout: _distance(layout, number)), False


def published(template: Template, revision: str) -> str:
    """The revision as its publisher writes it: "2" is "2.00"; one of no layout stays as it is."""
    layout, known = layout_for(template, revision)
    if not known or revision in layout.revisions:
        return revision
    return next(name for name in layout.revisions if revision_number(name) == revision_number(revision))


def revision_number(revision: str) -> float:
    """ "2.03a" is 2.03; 0 for a text without a number."""
    digits = revision.rstrip("abcdefghijklmnopqrstuvwxyz")
    return float(digits) if digits.replace(".", "", 1).isdigit() else 0.0


def _distance(layout: Layout, number: float) -> float:
    return min((abs(revision_number(known) - number) for known in layout.revisions), default=99.0)


def _layout(data: dict[str, Any]) -> Layout:
    """A layout file's tables with lists as tuples; a wrong or missing key raises TypeError."""
    kept = dict(data)
    for name in ("revisions", "minerals", "scope_minerals", "other_minerals", "between"):
        kept[name] = tuple(kept.get(name, ()))
    for name in ("options", "question_minerals"):
        kept[name] = {key: tuple(values) for key, values in kept.get(name, {}).items()}
    for name in ("smelters", "products", "mines", "lookup"):
        if name in kept:
            kept[name] = Table(**kept[name])
    return Layout(**kept)
