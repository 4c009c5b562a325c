"""The Declaration sheet: language, company, scope, date, minerals and answers."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from itertools import zip_longest

from lode import minerals
from lode.findings import Finding, finding
from lode.rmi.declaration import Answer, Company, Declaration
from lode.rmi.wording import english, language_of, mineral_of
from lode.rmi.write.blank import Blank
from lode.rmi.write.choices import Entry, meant
from lode.xlsx import Value

_OTHER = "other"  # "Other [specify below]": the mineral is then named in a cell of its own
_DELETED = "("  # "(Delete Cobalt)": the cell's mineral is not declared on


def write_front(declaration: Declaration, blank: Blank) -> Iterator[Finding]:
    """Fill the sheet. Yields what could not be written as given; exhaust it before the book is saved."""
    blank.sheet(blank.layout.sheet).forget(but_column=blank.layout.label_column)
    yield from _language(declaration, blank)
    yield from _company(declaration.company, blank)
    yield from _scope_and_date(declaration, blank)
    named = sorted(declaration.minerals, key=lambda key: minerals.name(key).casefold())
    if not blank.layout.minerals:
        yield from _minerals(named, blank)
    yield from _answers(declaration, named, blank)


def _language(declaration: Declaration, blank: Blank) -> Iterator[Finding]:
    place = blank.declaration.cells["language"]
    if declaration.language == blank.declaration.language:
        return
    entries = [entry for entry in blank.choices(place) if language_of(str(entry)) == declaration.language]
    if entries:
        blank.put(place, entries[0])
    else:
        yield finding("WRITE-13", place, found=declaration.language, kept=blank.declaration.language)


def _company(company: Company, blank: Blank) -> Iterator[Finding]:
    for name in Company.__dataclass_fields__:
        yield from _field(name, getattr(company, name), getattr(blank.declaration.company, name), blank)


def _scope_and_date(declaration: Declaration, blank: Blank) -> Iterator[Finding]:
    there = blank.declaration
    scope: Value = declaration.scope_raw
    if declaration.scope and "scope" in there.cells:
        letter = blank.layout.scope_letter(declaration.scope)
        listed = [entry for entry in blank.choices(there.cells["scope"]) if str(entry).startswith(letter)]
        scope = listed[0] if listed else declaration.scope_raw or letter
    yield from _field("scope", scope, there.scope_raw, blank)
    yield from _field("scope_description", declaration.scope_description, there.scope_description, blank)
    day = declaration.effective_date
    if "effective_day" in there.cells:
        month = calendar.month_name[day.month] if day else None
        parts = {"day": day.day if day else None, "month": month, "year": day.year if day else None}
        for part, value in parts.items():
            blank.put(there.cells[f"effective_{part}"], value)
    else:
        yield from _field("effective_date", day or declaration.effective_date_raw, there.effective_date_raw, blank)


def _field(name: str, value: Value, there: Value, blank: Blank) -> Iterator[Finding]:
    place = blank.declaration.cells.get(name)
    if place is None:
        if value is not None:
            yield finding("WRITE-11", blank.layout.sheet, what=name, found=value)
    elif value is not None or there is not None:
        blank.put(place, value)


def _minerals(named: list[str], blank: Blank) -> Iterator[Finding]:
    """The scope cells, each with a mineral of its own list; minerals no list has go into the cells for others."""
    sheet, left = blank.layout.sheet, list(named)
    free: list[int] = []
    for number, cell in enumerate(blank.layout.scope_minerals):
        place = f"{sheet}!{cell}"
        if blank.covered(place):
            continue
        entries = blank.choices(place)
        listed: dict[str, Entry] = {_key(str(entry)): entry for entry in entries}
        chosen = next((key for key in left if key in listed or not entries), None)
        if chosen:
            left.remove(chosen)
            blank.put(place, listed.get(chosen, minerals.name(chosen)))
            continue
        blank.put(place, next((entry for entry in entries if str(entry).startswith(_DELETED)), None))
        if any(str(entry).casefold().startswith(_OTHER) for entry in entries):
            free.append(number)
    for number, key in zip(free, list(left), strict=False):
        entries = blank.choices(f"{sheet}!{blank.layout.scope_minerals[number]}")
        other = next(entry for entry in entries if str(entry).casefold().startswith(_OTHER))
        blank.put(f"{sheet}!{blank.layout.scope_minerals[number]}", other)
        blank.put(f"{sheet}!{blank.layout.other_minerals[number]}", minerals.name(key))
        left.remove(key)
    for key in left:
        yield finding("WRITE-07", sheet, found=minerals.name(key))


def _key(text: str) -> str:
    return mineral_of(text) or minerals.key(text)


def _answers(declaration: Declaration, named: list[str], blank: Blank) -> Iterator[Finding]:
    given = {(answer.question, answer.mineral): answer for answer in declaration.answers}
    for there in _places(named, blank):
        answer = given.pop((there.question, there.mineral), None)
        yield from _answer(answer, there, blank)
        comment = answer.comment if answer else None
        if comment is not None or there.comment is not None:
            blank.put(there.comment_cell, comment)
    for (question, mineral), answer in given.items():
        found = answer.value or answer.comment
        if found:
            what = f"question {question}" + (f", {mineral}" if mineral else "")
            yield finding("WRITE-11", blank.layout.sheet, what=what, found=found)


def _places(named: list[str], blank: Blank) -> Iterator[Answer]:
    """Every answer of the template as it is now, with its cells."""
    layout = blank.layout
    if layout.minerals:
        yield from blank.declaration.answers
        return
    for heading in (*layout.questions.values(), *layout.company_by_mineral.values()):
        for row, mineral in zip_longest(range(heading + 1, heading + 1 + layout.slots), named[: layout.slots]):
            blank.show(f"{layout.sheet}!{layout.label_column}{row}", minerals.name(mineral) if mineral else None)
    for question, mineral, row in layout.answer_rows(named):
        cell, comment = f"{layout.answer_column}{row}", f"{layout.comment_column}{row}"
        there = blank.declaration.answer(question, mineral)
        yield Answer(
            question=question,
            mineral=mineral,
            raw=there.raw if there else None,
            comment=there.comment if there else None,
            cell=f"{layout.sheet}!{cell}",
            comment_cell=f"{layout.sheet}!{comment}",
        )


def _answer(answer: Answer | None, there: Answer, blank: Blank) -> Iterator[Finding]:
    if answer is None or answer.value is None:
        if there.raw is not None:
            blank.put(there.cell, None)
        return
    entries, options = blank.choices(there.cell), blank.layout.options.get(there.question, ())
    chosen = meant(answer.value, entries, options)
    blank.put(there.cell, answer.value if chosen is None else chosen)
    if entries and chosen is None:
        listed = ", ".join(f"“{english(str(entry), options, {}) or entry}”" for entry in entries)
        yield finding("WRITE-12", there.cell, found=answer.value, options=listed)
