"""A declaration with what every rule asks of it worked out once: its answers by meaning, its rows by metal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from lode import minerals
from lode.rmi import cells
from lode.rmi.check.forms import Form, form_for
from lode.rmi.declaration import Answer, Declaration, LookupLine, SmelterLine
from lode.rmi.layout import Layout, Table, layout_for

NOT_LISTED = "smelter not listed"
NOT_IDENTIFIED = "smelter not yet identified"
_QUOTED = 90
_NAMED = 6


@lru_cache(maxsize=8192)
def fold(text: str | None) -> str:
    """A text as Excel compares it, blanks drawn together."""
    return " ".join((text or "").casefold().split())


def quoted(text: str | None) -> str:
    """A text short enough to stand in a message, on one line."""
    flat = " ".join((text or "").split())
    return flat if len(flat) <= _QUOTED else flat[: _QUOTED - 1].rstrip() + "…"


def found_or_none(text: str | None) -> str:
    """A text in quotation marks, and a dash where nothing was found."""
    return f"“{quoted(text)}”" if text else "—"


def listed(items: Iterable[object], most: int = _NAMED) -> str:
    """Things one after another; beyond `most` how many more there are: "5, 9, 12 (+14)"."""
    texts = [str(item) for item in items]
    return ", ".join(texts[:most]) + (f" (+{len(texts) - most})" if len(texts) > most else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the Smelter List with what the book's own look-up adds where a formula's value is missing.

    `known` is the look-up line the row names by metal and look-up name, `by_cid` the one its typed number names.
    """

    line: SmelterLine
    metal: str | None
    lookup: str | None
    name: str | None
    country: str | None
    cid: str | None
    known: LookupLine | None
    by_cid: LookupLine | None

    @property
    def mineral(self) -> str:
        return minerals.key(self.metal or "")

    @property
    def not_listed(self) -> bool:
        return fold(self.lookup) == NOT_LISTED

    @property
    def not_identified(self) -> bool:
        return fold(self.lookup) == NOT_IDENTIFIED

    @property
    def shown(self) -> str:
        """The smelter as a person would name it."""
        return quoted(self.name or self.lookup or self.cid)


@dataclass(frozen=True)
class Book:
    """`minerals` are the keys the form asks about, in the sheet's order."""

    declaration: Declaration

    @cached_property
    def form(self) -> Form:
        return form_for(self.declaration.template, self.declaration.revision)

    @cached_property
    def layout(self) -> Layout:
        return layout_for(self.declaration.template, self.declaration.revision)[0]

    @cached_property
    def minerals(self) -> tuple[str, ...]:
        return self.declaration.minerals if self.form.chosen else self.form.minerals

    @cached_property
    def _answers(self) -> dict[tuple[str, str | None], Answer]:
        return {(answer.question, answer.mineral): answer for answer in reversed(self.declaration.answers)}

    def answer(self, meaning: str, mineral: str | None = None) -> Answer | None:
        """The answer to what `meaning` stands for, or None where the form does not ask it or the row is missing."""
        number = self.form.number(meaning)
        return self._answers.get((number, mineral)) if number else None

    def value(self, meaning: str, mineral: str | None = None) -> str | None:
        """The answer's wording, None where it is blank."""
        answer = self.answer(meaning, mineral)
        return answer.value if answer else None

    def cell(self, meaning: str, mineral: str | None = None) -> str:
        """Where the answer stands; where the layout has it when the declaration does not say."""
        answer = self.answer(meaning, mineral)
        return answer.cell if answer and answer.cell else self._by_layout(self.form.number(meaning) or "", mineral)

    def answer_cell(self, answer: Answer) -> str:
        """Where an answer stands; where the layout has it when the answer does not say."""
        return answer.cell or self._by_layout(answer.question, answer.mineral)

    def _by_layout(self, number: str, mineral: str | None) -> str:
        """Where the layout has the answer to a question."""
        layout = self.layout
        if mineral is None:
            row = layout.company_questions.get(number)
        else:
            heading = layout.questions.get(number) or layout.company_by_mineral.get(number)
            row = heading + 1 + self.minerals.index(mineral) if heading and mineral in self.minerals else None
        return f"{layout.sheet}!{layout.answer_column}{row}" if row else layout.sheet

    def comment_cell(self, meaning: str, mineral: str | None = None) -> str:
        """Where the answer's comment stands, else the answer's own place."""
        answer = self.answer(meaning, mineral)
        return answer.comment_cell if answer and answer.comment_cell else self.cell(meaning, mineral)

    def asked(self, meaning: str, mineral: str) -> bool:
        """Whether the form asks this of this mineral at all."""
        without = self.form.not_asked.get(meaning, ())
        return self.form.number(meaning) is not None and mineral not in without and "*" not in without

    def closed(self, mineral: str) -> bool:
        """Whether the first answers end the questions about this mineral."""
        first = [name for name in ("used", "remains") if name in self.form.questions]
        ends = [self.ends(name, mineral) for name in first]
        return all(ends) if self.form.closed_by == "both" else any(ends)

    def ends(self, meaning: str, mineral: str) -> bool:
        """Whether this answer is one after which the form asks no more; behind a gate only after Yes to `used`."""
        if meaning == "remains" and self.form.gated and fold(self.value("used", mineral)) != "yes":
            return False
        return fold(self.value(meaning, mineral)) in map(fold, self.form.closes)

    @cached_property
    def open_minerals(self) -> tuple[str, ...]:
        """Minerals whose questions are not ended by the first answers."""
        return tuple(mineral for mineral in self.minerals if not self.closed(mineral))

    @cached_property
    def declared(self) -> tuple[str, ...]:
        """Minerals the sender says are in the products: the first answers are Yes."""
        return tuple(
            mineral
            for mineral in self.minerals
            if is_yes(self.value("used", mineral))
            and ("remains" not in self.form.questions or is_yes(self.value("remains", mineral)))
        )

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self._resolved(line) for line in self.declaration.smelters)

    @cached_property
    def by_mineral(self) -> dict[str, list[Row]]:
        rows: dict[str, list[Row]] = {}
        for row in self.rows:
            rows.setdefault(row.mineral, []).append(row)
        return rows

    @cached_property
    def lookup(self) -> dict[tuple[str, str], LookupLine]:
        """The book's look-up by folded metal and name; the name people choose goes before the standard one."""
        lines = self.declaration.lookup
        named = {(fold(line.metal), fold(line.standard)): line for line in reversed(lines)}
        return named | {(fold(line.metal), fold(line.lookup)): line for line in reversed(lines)}

    @cached_property
    def _by_cid(self) -> dict[str, LookupLine]:
        return {fold(line.cid): line for line in reversed(self.declaration.lookup) if line.cid}

    def _resolved(self, line: SmelterLine) -> Row:
        by_cid = self._by_cid.get(fold(line.cid_input)) if line.cid_input else None
        metal = line.metal or (by_cid.metal if by_cid else None)
        lookup = line.lookup or (by_cid.standard if by_cid else None)
        known = self.lookup.get((fold(metal), fold(lookup))) if lookup else None
        same = known if known and known.cid else None
        return Row(
            line=line,
            metal=metal,
            lookup=lookup,
            name=line.name or (same.standard if same else None),
            country=line.country or (same.country if same else None),
            cid=line.cid or (same.cid if same else None),
            known=known,
            by_cid=by_cid,
        )

    def row_cell(self, row: Row, column: str) -> str:
        """The cell of a row of the Smelter List, such as "Smelter List!B12"."""
        return f"{self.column('smelters', column)}{row.line.row}"

    def column(self, table: str, field: str) -> str:
        """The column of a list's field, such as "Smelter List!B"; the sheet alone where the layout has none."""
        known = self.declaration.cells.get(f"{table}.{field}")
        layout: Table | None = getattr(self.layout, table)
        if known or layout is None:
            return known or "Declaration"
        return f"{layout.sheet}!{layout.columns.get(field, 'A')}"

    def rows_where(self, rows: Sequence[Row], *columns: str) -> str:
        """The cells of these rows in these columns, as one text."""
        return cells.where(self.row_cell(row, column) for column in columns for row in rows)

    def place(self, field: str) -> str:
        """Where a field of the company block or the declaration stands."""
        cell = self.layout.fields.get(field)
        return self.declaration.cells.get(field) or (f"{self.layout.sheet}!{cell}" if cell else self.layout.sheet)


def metals(keys: Iterable[str]) -> str:
    """Minerals as the sheets write them: "Tin, Gold"."""
    return ", ".join(minerals.MINERALS[key].name if key in minerals.MINERALS else key.title() for key in keys)


def rows_of(rows: Iterable[Row]) -> str:
    """Row numbers of the Smelter List: "5, 9, 12"."""
    return listed(row.line.row for row in rows)


def is_yes(value: str | None) -> bool:
    """Yes in any of the lists' wordings ("Yes, 100%", "DRC only")."""
    return fold(value).startswith("yes") or fold(value).endswith(" only")


def is_no(value: str | None) -> bool:
    """No, and nothing but No."""
    return fold(value) == "no"


def is_unknown(value: str | None) -> bool:
    return "unknown" in fold(value)


def each_yes(book: Book, meaning: str) -> Iterator[str]:
    """The declared minerals for which the answer is Yes."""
    return (mineral for mineral in book.declared if is_yes(book.value(meaning, mineral)))
