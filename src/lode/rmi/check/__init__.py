"""A declaration to what is wrong with it, what is odd about it, and what somebody should ask.

`check` gives every finding of the rules that need no other declaration; `across` holds those that do.
A finding's kind says where it stands: `parity` is what the template's own Checker counts, `template` what its formats
and instructions ask, `plausibility` what nothing forbids but a careful reader would ask about.

A finding's `where` may name several cells: sheets in the order they are met, neighbours in a column as a range, such as
"Declaration!D38, Smelter List!O7, O9:O12". `lode.rmi.cells.cells_of` gives them one by one. A rule that hits many rows
is one finding that names the rows; one a sender mends cell by cell stays one finding a cell.

Source: RMI templates (see each finding's source); OECD Guidance; design of the rules: docs/decisions/0011.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from lode.area_list import ListedArea
from lode.findings import LEVELS, Finding
from lode.rmi.check import parity
from lode.rmi.check.age import check_age
from lode.rmi.check.agreement import check_agreement
from lode.rmi.check.answers import check_answers
from lode.rmi.check.book import Book
from lode.rmi.check.company import check_company
from lode.rmi.check.file import check_filename
from lode.rmi.check.lists import check_lists
from lode.rmi.check.origin import Areas, check_origin, covered_countries, indicative_areas
from lode.rmi.check.register import check_register
from lode.rmi.check.rows import check_rows
from lode.rmi.declaration import Declaration
from lode.smelters.register import Register, StatusInterval

__all__ = ["check", "check_filename", "open_items"]


def check(
    declaration: Declaration,
    *,
    on: date,
    register: Register | None = None,
    statuses: Sequence[StatusInterval] = (),
    cahra: Sequence[ListedArea] | None = None,
    covered: Sequence[ListedArea] | None = None,
) -> list[Finding]:
    """Every finding about a declaration on the day `on`, errors first, each level from the top of the book down.

    With a `register` the rows are held against it, with `statuses` against what schemes said on the effective date and
    on `on`. `cahra` and `covered` are the rows of the lists of high-risk areas and of covered countries; those the
    platform comes with when left out.
    """
    book = Book(declaration)
    areas = Areas(
        cahra=indicative_areas() if cahra is None else cahra,
        covered=covered_countries() if covered is None else covered,
    )
    findings = list(_each(book, on, register, statuses, areas))
    return sorted(findings, key=lambda finding: LEVELS.index(finding.level))


def open_items(declaration: Declaration) -> list[Finding]:
    """Each item the template's own Checker counts as open: as many as its "Required fields remaining"."""
    return parity.open_items(Book(declaration))


def _each(
    book: Book, on: date, register: Register | None, statuses: Sequence[StatusInterval], areas: Areas
) -> Iterator[Finding]:
    yield from parity.told(book)
    yield from check_company(book, on)
    yield from check_age(book, on)
    yield from check_answers(book)
    yield from check_agreement(book)
    yield from check_lists(book)
    yield from check_rows(book)
    yield from check_origin(book, on, areas)
    if register is not None:
        yield from check_register(book, on, register, statuses)
