"""The questions' answers, each with the cell it stands in, in the templates' English wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lode import minerals
from lode.rmi.container import Grid, Workbook
from lode.rmi.declaration import Answer
from lode.rmi.layout import Layout
from lode.rmi.read.anchor import Places
from lode.rmi.wording import english, mineral_of, plain_option

_CHOSEN_OTHER = "other"


@dataclass(frozen=True, slots=True)
class Slot:
    """One question's cell for one mineral (None for a question to the company)."""

    question: str
    mineral: str | None
    row: int


def minerals_of(grid: Grid, layout: Layout, place: Places) -> tuple[str, ...]:
    """The minerals the declaration is about: the layout's, or those named under the first question or in the scope."""
    if layout.minerals:
        return layout.minerals
    heading = min(place.questions.values(), default=0)
    named = [key for _, key in _named_rows(grid, layout, place, heading)]
    if not named and not place.labelled:
        named = sorted(_scope_minerals(grid, place))
    return tuple(dict.fromkeys(named))


def _scope_minerals(grid: Grid, place: Places) -> list[str]:
    """What is chosen in the scope cells; "Other [specify below]" gives way to the cells below."""
    chosen = []
    for cell in (*place.scope_minerals, *place.other_minerals):
        text = grid.text(cell.rstrip("0123456789"), int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")))
        if text and not text.startswith("(") and not text.casefold().startswith(_CHOSEN_OTHER):
            chosen.append(mineral_of(text) or minerals.key(text))
    return chosen


def _named_rows(grid: Grid, layout: Layout, place: Places, heading: int) -> Iterator[tuple[int, str]]:
    """The rows under a heading that name a mineral."""
    for row in range(heading + 1, heading + 1 + layout.slots):
        text = grid.text(place.label_column, row)
        if text:
            yield row, mineral_of(text) or minerals.key(text.replace("(*)", ""))


def slots(grid: Grid, layout: Layout, place: Places, about: tuple[str, ...]) -> Iterator[Slot]:
    """Every cell a question is answered in, in the sheet's order."""
    for question, heading in place.questions.items():
        yield from _mineral_slots(grid, layout, place, question, heading, about)
    company = [(row, question) for question, row in place.company_questions.items()]
    company += [(row, question) for question, row in place.company_by_mineral.items()]
    for row, question in sorted(company):
        if question in place.company_by_mineral:
            yield from _mineral_slots(grid, layout, place, question, row, about)
        else:
            yield Slot(question, None, row)


def _mineral_slots(
    grid: Grid, layout: Layout, place: Places, question: str, heading: int, about: tuple[str, ...]
) -> Iterator[Slot]:
    asked = layout.question_minerals.get(question, about)
    named = {key: row for row, key in reversed(list(_named_rows(grid, layout, place, heading)))}
    for number, mineral in enumerate(asked, 1):
        yield Slot(question, mineral, named.get(mineral, heading + number))


def answers(book: Workbook, grid: Grid, layout: Layout, place: Places, about: tuple[str, ...]) -> tuple[Answer, ...]:
    """Every answer, blank ones too; translated with the book's own texts where ours do not suffice."""
    of_book: Mapping[str, tuple[str, ...]] | None = None
    found = []
    for slot in slots(grid, layout, place, about):
        raw = grid.text(place.answer_column, slot.row)
        value, options = raw, layout.options.get(slot.question, ())
        if raw is not None:
            value = english(raw, options, of_book or {})
            if value is None and of_book is None:
                of_book = translations(book)
                value = english(raw, options, of_book)
        found.append(
            Answer(
                question=slot.question,
                mineral=slot.mineral,
                value=value or raw,
                raw=raw,
                comment=grid.text(place.comment_column, slot.row),
                cell=grid.where(place.answer_column, slot.row),
                comment_cell=grid.where(place.comment_column, slot.row),
            )
        )
    return tuple(found)


def translations(book: Workbook) -> Mapping[str, tuple[str, ...]]:
    """The hidden sheet of texts as plain text -> English: one row a text, English in D, other languages from E on."""
    grid = book.grid(book.named("L"))
    found: dict[str, tuple[str, ...]] = {}
    for values in grid.rows if grid else ():
        if len(values) > 4 and isinstance(values[3], str) and len(values[3]) < 100:
            for value in values[4:16]:
                if isinstance(value, str) and (text := plain_option(value)):
                    found[text] = (*found.get(text, ()), values[3].strip())
    return found
