"""What the template's own Checker sheet counts as open, item by item.

`open_items` gives each item the Checker counts, so that its number is the Checker's ("Required fields remaining").
`told` is what a person is told of them: an empty form is said once, and several blank questions about one metal are one
finding (docs/decisions/0011-what-a-declaration-is-checked-for.md).

Source: columns F and G of the Checker sheets, as data in `data/forms.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lode import minerals
from lode.findings import Finding, finding
from lode.rmi import cells
from lode.rmi.check.book import Book, fold, found_or_none, listed, metals

# The codes of the blank fields and questions; for a metal of the CMRT the code of its first row, in the sheet's order.
FIELDS = {
    "name": "CMRT-001",
    "scope": "CMRT-002",
    "scope_description": "CMRT-003",
    "contact_name": "CMRT-004",
    "contact_email": "CMRT-005",
    "contact_phone": "CMRT-006",
    "authorizer_name": "CMRT-007",
    "authorizer_email": "CMRT-008",
    "effective_date": "CMRT-009",
    "authorizer_phone": "CMRT-057",
}
OF_METAL = {
    "used": 10,
    "remains": 14,
    "covered": 18,
    "cahra": 22,
    "recycled": 26,
    "response": 30,
    "identified": 34,
    "reported": 38,
    "smelters": 52,
}
OF_MINERAL = {
    "used": "EMRT-010",
    "remains": "EMRT-011",
    "cahra": "EMRT-012",
    "recycled": "EMRT-013",
    "response": "EMRT-014",
    "identified": "EMRT-015",
    "reported": "EMRT-016",
    "validated": "EMRT-017",
    "smelters": "EMRT-018",
    "all_validated": "CMRT-060",
}
OF_COMPANY = {
    "policy": "CMRT-042",
    "public": "CMRT-043",
    "validated": "CMRT-044",
    "diligence": "CMRT-045",
    "survey": "CMRT-046",
    "review": "CMRT-047",
    "corrective": "CMRT-048",
    "disclosure": "CMRT-049",
    "conflict_free": "CMRT-058",
    "names": "CMRT-059",
    "all_templates": "CMRT-062",
    "annex2": "CRT-001",
    "suppliers_diligence": "CRT-002",
    "suppliers_annex2": "CRT-003",
}
# From this many blank questions on, one finding tells them together.
_MANY = 3
_CONFORMING = {
    "EMRT": "yes, in conformance with ipc1755 (e.g. emrt)",
    "CRT": "yes, crt",
}
_OTHER_FORMAT = "yes, using other format (describe)"
# The rows the Checker of CMRT 2.x and 3.x looks at.
_LAST_ROW_LOOKED_AT = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item the Checker counts: what it asks, of which mineral, and whether the cell is blank."""

    finding: Finding
    meaning: str
    mineral: str | None = None
    blank: bool = True


def open_items(book: Book) -> list[Finding]:
    """Each item the template's Checker counts as open, in its order."""
    return [item.finding for item in _items(book)]


def told(book: Book) -> list[Finding]:
    """The open items as a person is told them: consequences left out, many of one kind together."""
    items = list(_items(book))
    if items and _nothing_filled(book):
        return [finding("CMRT-063", items[0].finding.where, count=len(items))]
    groups: dict[str, list[Item]] = {}
    for item in items:
        if item.blank and not _follows(book, item):
            groups.setdefault(_kind(item), []).append(item)
    return [each for kind, group in groups.items() for each in _group(book, kind, group)]


def _kind(item: Item) -> str:
    if item.meaning in OF_COMPANY and item.mineral is None:
        return "company"
    if item.mineral and item.meaning != "smelters":
        return item.mineral
    return f"{item.finding.code} {item.finding.where}"


def _group(book: Book, kind: str, group: Sequence[Item]) -> list[Finding]:
    if len(group) < _MANY:
        return [item.finding for item in group]
    where = cells.where(item.finding.where for item in group)
    numbers = [book.form.number(item.meaning) for item in group]
    if kind == "company":
        return [finding("CMRT-065", where, questions=listed(numbers, most=11))]
    return [
        finding("CMRT-064", where, questions=listed(numbers, most=8), metal=metals([kind]), first=numbers[0] or ""),
    ]


def _follows(book: Book, item: Item) -> bool:
    """Whether the item goes away once an earlier blank question, told for itself, is answered No."""
    return item.meaning == "smelters" and any(
        meaning in book.form.questions and book.value(meaning, item.mineral) is None for meaning in ("used", "remains")
    )


def _nothing_filled(book: Book) -> bool:
    """Whether the form is as published; the CRT comes with an answer about the company filled in."""
    declaration = book.declaration
    company = declaration.company
    texts = [getattr(company, name) for name in company.__dataclass_fields__]
    return not (
        any(texts)
        or declaration.scope_raw
        or declaration.scope
        or declaration.effective_date
        or declaration.effective_date_raw
        or any(answer.value for answer in declaration.answers if answer.mineral)
        or declaration.smelters
        or declaration.products
        or declaration.mines
    )


def _items(book: Book) -> Iterator[Item]:
    yield from _fields(book)
    if book.form.chosen and not book.minerals:
        yield Item(finding=finding("EMRT-001", book.place("minerals")), meaning="minerals")
    for meaning in (*book.form.questions,):
        yield from _question(book, meaning)
    yield from _company(book)
    yield from _products(book)
    yield from _smelters(book)
    yield from _not_listed(book)


def _fields(book: Book) -> Iterator[Item]:
    """Blank fields of the company block, the scope and the date."""
    declaration = book.declaration
    given: dict[str, str | None] = {
        **{name: getattr(declaration.company, name) for name in declaration.company.__dataclass_fields__},
        "scope": declaration.scope or declaration.scope_raw,
        "scope_description": declaration.scope_description,
        "effective_date": str(declaration.effective_date or declaration.effective_date_raw or "") or None,
    }
    described = declaration.scope == "C" or (declaration.scope is None and declaration.scope_raw is not None)
    for name in book.form.required:
        value = given[name]
        if name == "scope_description" and not described:
            continue
        if value is None or (name.endswith("_email") and book.form.email == "at" and "@" not in value):
            found = {"found": found_or_none(value)} if name.endswith("_email") else {}
            yield Item(finding=finding(FIELDS[name], book.place(name), **found), meaning=name)


def _question(book: Book, meaning: str) -> Iterator[Item]:
    """A question asked for each mineral."""
    for mineral in book.minerals:
        if not book.asked(meaning, mineral) or not _necessary(book, meaning, mineral):
            continue
        value = book.value(meaning, mineral)
        if value is None or not _counts(book, meaning, mineral):
            yield Item(
                finding=_unanswered(book, meaning, mineral), meaning=meaning, mineral=mineral, blank=value is None
            )


def _necessary(book: Book, meaning: str, mineral: str) -> bool:
    if meaning == "used":
        return True
    if meaning == "remains":
        return book.form.closed_by == "both" or not book.ends("used", mineral)
    return not book.closed(mineral)


def _counts(book: Book, meaning: str, mineral: str) -> bool:
    """Whether a given answer counts: behind a gate only after Yes to the questions before it."""
    if not book.form.gated or meaning == "used":
        return True
    before = ["used"] if meaning == "remains" else [name for name in ("used", "remains") if name in book.form.questions]
    return all(fold(book.value(name, mineral)) == "yes" for name in before)


def _unanswered(book: Book, meaning: str, mineral: str) -> Finding:
    number = book.form.number(meaning) or ""
    if meaning in OF_METAL and mineral in _METALS and book.declaration.template == "CMRT":
        return finding(_code(meaning, mineral), book.cell(meaning, mineral), question=number)
    return finding(OF_MINERAL[meaning], book.cell(meaning, mineral), question=number, metal=metals([mineral]))


_METALS = tuple(mineral.key for mineral in minerals.THREE_TG)


def _code(meaning: str, metal: str) -> str:
    return f"CMRT-{OF_METAL[meaning] + _METALS.index(metal):03}"


def _company(book: Book) -> Iterator[Item]:
    """The questions about the company, asked when any mineral is open."""
    if not book.open_minerals:
        return
    for meaning in sorted((*book.form.company, *book.form.by_mineral), key=lambda name: book.form.number(name) or ""):
        if meaning in book.form.by_mineral:
            yield from _question(book, meaning)
            continue
        value = book.value(meaning)
        if value is None or (meaning == "survey" and not _survey_counts(book)):
            found = finding(OF_COMPANY[meaning], book.cell(meaning), question=book.form.number(meaning) or "")
            yield Item(finding=found, meaning=meaning)
        if meaning == book.form.url and fold(value) == "yes" and not address_counts(book):
            yield Item(finding=_address(book, meaning), meaning="url")


def _survey_counts(book: Book) -> bool:
    """EMRT 1.x and CRT count "other format" only with a comment, and no answer but their own three."""
    if not book.form.survey_comment:
        return True
    answer = book.answer("survey")
    value = fold(answer.value) if answer else ""
    if value == _OTHER_FORMAT:
        return bool(answer and answer.comment)
    return value in ("no", _CONFORMING[book.declaration.template])


def address_counts(book: Book) -> bool:
    """Whether the comment of the question of a published policy passes for an address in the Checker."""
    answer = book.answer(book.form.url)
    comment = (answer.comment if answer else None) or ""
    return "www" in comment if book.form.url_test == "www" else len(comment) > 1


def _address(book: Book, meaning: str) -> Finding:
    answer = book.answer(meaning)
    found = found_or_none(answer.comment if answer else None)
    return finding("CMRT-050", book.comment_cell(meaning), question=book.form.number(meaning) or "", found=found)


def _products(book: Book) -> Iterator[Item]:
    """The Checker looks at the first row of the Product List only."""
    if book.form.products and book.declaration.scope == "B":
        first = book.layout.products.first_row if book.layout.products else 0
        if not any(line.row == first and line.number for line in book.declaration.products):
            where = f"{book.column('products', 'number')}{first}"
            yield Item(finding=finding("CMRT-051", where), meaning="products")


def _smelters(book: Book) -> Iterator[Item]:
    """Open minerals of which the list holds no smelter, each template's Checker in its own way."""
    column = f"{book.column('smelters', 'metal')}{book.layout.smelters.first_row}"
    if book.form.smelters == "any":
        looked_at = [row for row in book.rows if row.line.row <= _LAST_ROW_LOOKED_AT or not book.form.lookup]
        if book.open_minerals and not any(row.lookup or not book.form.lookup for row in looked_at):
            yield Item(finding=finding("CMRT-061", column), meaning="any_smelter")
        return
    for mineral in book.open_minerals:
        if _lacks_smelters(book, mineral):
            if book.declaration.template == "CMRT":
                found = finding(_code("smelters", mineral), column)
            else:
                found = finding(OF_MINERAL["smelters"], column, metal=metals([mineral]))
            yield Item(finding=found, meaning="smelters", mineral=mineral)


def _lacks_smelters(book: Book, mineral: str) -> bool:
    rows = book.by_mineral.get(mineral, [])
    if book.form.smelters == "crt":
        return book.value("used", mineral) is None and fold(book.value("cahra", mineral)) == "yes" and not rows
    if book.form.smelters == "metal":
        return not any(row.lookup for row in rows)
    return not any(row.lookup for row in rows)


def _not_listed(book: Book) -> Iterator[Item]:
    """Rows "Smelter not listed" without a name or a country: one item, however many rows."""
    if not book.form.not_listed:
        return
    nameless = [row for row in book.rows if row.not_listed and not row.line.name]
    nowhere = [row for row in book.rows if row.not_listed and not row.line.country]
    if nameless or nowhere:
        where = cells.where(
            [book.row_cell(row, "name") for row in nameless] + [book.row_cell(row, "country") for row in nowhere]
        )
        rows = dict.fromkeys(sorted({row.line.row for row in (*nameless, *nowhere)}))
        yield Item(finding=finding("CMRT-056", where, rows=listed(rows), count=len(rows)), meaning="not_listed")
