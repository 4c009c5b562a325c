"""A report as data: sections of words, figures, charts and tables. The page, the PDF and the workbook only draw it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eprm.ui.charts import Chart
from lode.sheets import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number with what it counts and what it rests on."""

    value: str
    label: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A point of a list: a risk with its reason, or something unknown with whom to ask. `tone` is the look's."""

    title: str
    text: str
    advice: str = ""
    tone: str = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One chapter; `key` is its anchor."""

    key: str
    title: str
    words: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The whole report in one language; `kind` is "public" or "internal"."""

    title: str
    organisation: str
    year: int
    kind: str
    kind_words: str
    language: str
    on: date
    sections: tuple[Section, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(table for section in self.sections for table in section.tables)
