"""One table: a column says its label, unit, alignment and order once, and gives HTML, CSV, XLSX and JSON.

Rows come from a queryset that starts with `..._visible_to(person)`, or from a list. What is exported is what the
filters in the address leave, in the order shown, all pages; nothing a stranger typed is live in it (lode.sheets).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from unicodedata import combining, normalize

import django_tables2
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django_tables2.data import TableListData, TableQuerysetData

from eprm.ui import errors, words
from lode import sheets

Label = str | Promise
Url = str | Callable[[Any], str | None]

ROWS_A_PAGE = 50
FAR_IN = 1000  # from this row on, keys are found before rows
# One file holds at most as many rows as can be written within a request.
ROWS_A_FILE = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """What stands where no row is: why it is empty, and what to do."""

    title: Label
    text: Label = ""
    url: str = ""
    action: Label = ""


class Column(django_tables2.Column):
    """One column.

    `unit` stands in the heading and aligns the numbers to the end; `align="end"` does so without a unit. `link` is a
    route taking the record's pk, or a function of the record. `show` draws the cell in HTML from the record, while
    exports keep the value; `export` gives another value to exports. `blank` is the word for a value nobody gave.
    """

    def __init__(
        self,
        label: Label,
        *,
        unit: Label = "",
        align: str = "",
        sort: bool = True,
        link: Url | None = None,
        show: Callable[[Any], object] | None = None,
        export: Callable[[Any], object] | None = None,
        blank: Label = "",
        **options: Any,
    ) -> None:
        super().__init__(verbose_name=label, orderable=sort, default=blank, **options)
        self.unit, self.link_to, self.show, self.export = unit, link, show, export
        self.align = align or ("end" if unit else "")

    def in_page(self, record: Any, name: str) -> object:
        """What the page shows of the record in this column, called `name`."""
        value = None if self.show else value_of(record, str(self.accessor or name))
        content = self.show(record) if self.show else in_html(value)
        if content is None or content == "":
            return self.default
        url = self._url(record)
        return format_html('<a href="{}">{}</a>', url, content) if url else content

    def in_file(self, record: Any, name: str) -> sheets.Value:
        """What a file holds of it: the value itself, not its picture."""
        return _plain(self.export(record) if self.export else value_of(record, str(self.accessor or name)))

    def _url(self, record: Any) -> str | None:
        if not self.link_to:
            return None
        if callable(self.link_to):
            return self.link_to(record)
        return reverse(self.link_to, args=[value_of(record, "pk")])


class ListData(TableListData):
    """Rows held in a list, ordered by what their columns show; a value nobody gave comes last in either direction."""

    def order_by(self, aliases: Sequence[str]) -> None:
        for alias in reversed(aliases):
            column = self.table.columns[alias.lstrip("-")]
            paths = column.column.order_by or (str(column.accessor),)
            for path in reversed(paths):
                self._order(str(path).lstrip("-"), descending=alias.startswith("-") != str(path).startswith("-"))

    def _order(self, path: str, *, descending: bool) -> None:
        values = [(value_of(row, path), row) for row in self.data]
        given = [(value, row) for value, row in values if value not in (None, "")]
        given.sort(key=lambda pair: _comparable(pair[0]), reverse=descending)
        self.data[:] = [row for _value, row in given] + [row for value, row in values if value in (None, "")]


class QuerysetData(TableQuerysetData):
    """Rows from a queryset. Far in, their keys are found first: an index may hold those, where whole rows would all be
    read, joined and sorted only to be left out."""

    def __getitem__(self, key: Any) -> Any:
        rows = self.data
        if not isinstance(key, slice) or (key.start or 0) < FAR_IN or rows.query.values_select or rows.query.distinct:
            return super().__getitem__(key)
        return rows.filter(pk__in=list(rows.values_list("pk", flat=True)[key]))


def _comparable(value: Any) -> Any:
    """Words without capitals and accents, so that Ärger stands beside arger; anything else as it is."""
    if not isinstance(value, str):
        return value
    return "".join(letter for letter in normalize("NFKD", value.casefold()) if not combining(letter))


class Table(django_tables2.Table):
    """The base of every table. `Meta` names `caption` and `source`; `on` is the day the rows stand for."""

    def __init__(self, data: Any, *, on: date | None = None, empty: Empty | None = None, **options: Any) -> None:
        self.on, self.empty = on, empty
        self.known_count: int | None = None  # set where the view has counted the rows already
        if isinstance(data, QuerySet):
            data = QuerysetData(data)
        super().__init__(ListData(list(data)) if isinstance(data, list | tuple) else data, **options)

    class Meta:
        """What a table says of itself: `caption`, `source`, `order_by`, and `per_page` where 50 rows are too many."""

    @property
    def caption(self) -> Label:
        return getattr(self.Meta, "caption", "")

    @property
    def source(self) -> Label:
        return getattr(self.Meta, "source", "")

    @property
    def key(self) -> str:
        """The table's id on its page."""
        return f"{self.prefix}table"

    @property
    def format_field(self) -> str:
        return f"{self.prefix}format"


def respond(
    request: HttpRequest,
    table: Table,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The page with the table as `table`, or the table alone as a file where the address asks for one."""
    if asked := request.GET.get(table.format_field):
        return as_file(request, table, asked)
    prepare(request, table)
    return render(request, template, {"table": table, **(context or {})}, status=status)


def prepare(request: HttpRequest, table: Table) -> Table:
    """Order and page the table as the address says. For pages with several tables."""
    _order(request, table)

    def leaves(rows: Any, per_page: int, **options: Any) -> Paginator:
        paginator = Paginator(rows, per_page, **options)
        if table.known_count is not None:
            paginator.count = table.known_count
        return paginator

    # Not by `table.paginate()`: it reads the first page too, whichever is asked for.
    table.paginator = leaves(table.rows, getattr(table.Meta, "per_page", ROWS_A_PAGE))
    table.page = table.paginator.get_page(request.GET.get(table.prefixed_page_field))
    return table


def _order(request: HttpRequest, table: Table) -> None:
    """Order the rows as the address says; equal rows by their key, so that no row stands on two pages."""
    table.request = request
    if asked := request.GET.getlist(table.prefixed_order_by_field):
        table.order_by = asked
    rows = table.data.data
    if isinstance(rows, QuerySet) and rows.query.order_by and not rows.query.values_select:
        table.data.data = rows.order_by(*rows.query.order_by, "pk")


def as_file(request: HttpRequest, table: Table, asked: str) -> HttpResponse:
    """All rows the filters leave, as "csv", "xlsx" or "json"; a sentence for another format or too many rows."""
    if asked not in WRITERS:
        found = _("“%(format)s” is not a format of this table. Use csv, xlsx or json.") % {"format": asked}
        return errors.answer(request, 400, text=found)
    _order(request, table)
    if (count := len(table.data)) > ROWS_A_FILE:
        text = _("The table has %(count)s rows and a file holds %(most)s. Narrow it with the filters.")
        told = text % {"count": words.number(count), "most": words.number(ROWS_A_FILE)}
        return errors.answer(request, 413, text=told)
    address = request.GET.copy()
    del address[table.format_field]
    url = request.build_absolute_uri(request.path + (f"?{address.urlencode()}" if address else ""))
    writer = WRITERS[asked]
    response = HttpResponse(writer.write(to_sheet(table, url), table), content_type=writer.content_type)
    name = slugify(str(table.caption)) or "table"
    day = f"-{table.on.isoformat()}" if table.on else ""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}{day}.{asked}"'
    return response


def to_sheet(table: Table, url: str = "") -> sheets.Table:
    """The table with plain values, as the files hold it."""
    shown = [column for column in table.columns.iterall() if not column.column.exclude_from_export]
    source = ", ".join(part for part in (str(table.source), url) if part)
    return sheets.Table(
        title=str(table.caption),
        columns=[sheets.Column(str(column.header), str(column.column.unit)) for column in shown],
        rows=[[column.column.in_file(row.record, column.name) for column in shown] for row in table.rows],
        note=sheets.Note(source=source, on=table.on, made_by="EPRM"),
    )


def value_of(record: Any, path: str) -> Any:
    """What lies at the path ("organisation__name") from a record: object, model or dict; a choice by its words.

    None where the way ends early. Reads attributes only, so that a row costs microseconds.
    """
    if isinstance(record, Mapping) and path in record:
        return record[path]
    *way, last = path.split("__")
    for step in way:
        record = _step(record, step)
    if words_of_choice := getattr(record, f"get_{last}_display", None):
        return words_of_choice()
    return _step(record, last)


def _step(record: Any, name: str) -> Any:
    found = record.get(name) if isinstance(record, Mapping) else getattr(record, name, None)
    return found() if callable(found) and not getattr(found, "alters_data", False) else found


def in_html(value: Any) -> object:
    """A value as a cell says it: numbers and dates in the reader's language, yes and no as words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float | Decimal):
        return words.number(value)
    if isinstance(value, datetime):
        return timed(value, words.moment(value))
    if isinstance(value, date):
        return timed(value, words.day(value))
    return value


def timed(value: date, said: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), said)


def _plain(value: Any) -> sheets.Value:
    """A value as a file holds it; what is no number, date or text is named by its words."""
    if value is None or isinstance(value, str | bool | int | float | Decimal | date):
        return str(value) if isinstance(value, SafeString) else value
    return str(value)


@dataclass(frozen=True, slots=True)
class Writer:
    content_type: str
    write: Callable[[sheets.Table, Table], bytes]


def _json(sheet: sheets.Table, table: Table) -> bytes:
    """Source, day, columns with units, and a record a row, keyed by column names that no language changes."""
    shown = [column for column in table.columns.iterall() if not column.column.exclude_from_export]
    names = [column.name for column in shown]
    content = {
        "title": sheet.title,
        "source": sheet.note.source,
        "on": sheet.note.on,
        "columns": [
            {"name": name, "label": column.label, "unit": column.unit or None}
            for name, column in zip(names, sheet.columns, strict=True)
        ],
        "rows": [dict(zip(names, row, strict=True)) for row in sheet.rows],
    }
    return json.dumps(content, default=_jsonable, ensure_ascii=False, indent=1).encode()


def _jsonable(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral() else float(value)
    raise TypeError(f"{type(value).__name__} has no place in a table.")


WRITERS: Mapping[str, Writer] = {
    "csv": Writer("text/csv; charset=utf-8", lambda sheet, _table: sheets.write_csv(sheet.lines()).encode("utf-8-sig")),
    "xlsx": Writer(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda sheet, _table: sheets.write_xlsx([sheet]),
    ),
    "json": Writer("application/json", _json),
}

__all__: Sequence[str] = ("Column", "Empty", "Table", "as_file", "in_html", "prepare", "respond", "to_sheet")
