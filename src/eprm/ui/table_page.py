"""A table as its template needs it: headings with their links, cells with their labels, the pages around this one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

from eprm.ui.tables import WRITERS, Table

Label = str | Promise


@dataclass(frozen=True, slots=True)
class Heading:
    """`sorted` is "ascending", "descending" or ""; `url` orders by this column, "" where it cannot."""

    label: Label
    unit: Label
    css_class: str
    sorted: str
    url: str
    key: str


@dataclass(frozen=True, slots=True)
class Cell:
    content: Any
    label: str
    css_class: str


@dataclass(frozen=True, slots=True)
class TablePage:
    """One page of a table. The first cell of a row heads it."""

    table: Table
    count: int
    headings: list[Heading]
    rows: list[list[Cell]]
    first: int
    last: int
    pages: list[tuple[int | None, str]]
    previous: str
    next: str
    files: list[tuple[str, str]]


def page_of(request: HttpRequest, table: Table) -> TablePage:
    """The view of a prepared table. Runs the page's one query; the count has been made by the paginator."""
    page = table.page
    around = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    field = table.prefixed_page_field

    def leaf(number: int) -> str:
        return _address(request, {field: str(number) if number > 1 else None})

    columns = list(table.columns.itervisible())
    return TablePage(
        table=table,
        count=page.paginator.count,
        headings=[_heading(request, table, column) for column in columns],
        rows=_rows([row.record for row in page.object_list], columns),
        first=page.start_index(),
        last=page.end_index(),
        pages=[(number, leaf(number)) if isinstance(number, int) else (None, "") for number in around],
        previous=leaf(page.previous_page_number()) if page.has_previous() else "",
        next=leaf(page.next_page_number()) if page.has_next() else "",
        files=[(kind.upper(), _address(request, {table.format_field: kind, field: None})) for kind in WRITERS],
    )


def _heading(request: HttpRequest, table: Table, column: Any) -> Heading:
    order = table.order_by.get(column.name, None) if table.order_by else None
    changes = {table.prefixed_order_by_field: str(column.order_by_alias.next), table.prefixed_page_field: None}
    return Heading(
        label=column.header,
        unit=column.column.unit,
        css_class="r" if column.column.align == "end" else "",
        sorted=("descending" if order.is_descending else "ascending") if order else "",
        url=_address(request, changes) if column.orderable else "",
        key=f"{table.key}-{column.name}",
    )


def _rows(records: Sequence[Any], columns: Sequence[Any]) -> list[list[Cell]]:
    drawn = []
    for bound in columns:
        unit = bound.column.unit
        label = f"{bound.header}, {unit}" if unit else str(bound.header)
        drawn.append((bound.column, bound.name, label, "r" if bound.column.align == "end" else ""))
    return [
        [Cell(column.in_page(record, name), label, css_class) for column, name, label, css_class in drawn]
        for record in records
    ]


def _address(request: HttpRequest, changes: dict[str, str | None]) -> str:
    """The page's own address with some parameters changed, or taken away where None."""
    query = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}" if query else request.path
