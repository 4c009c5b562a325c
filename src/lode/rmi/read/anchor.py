"""Where each field and question stands on this book's Declaration sheet.

The layout says where, the labels confirm. Where a label stands elsewhere, rows or columns were moved, and every cell is
found from its label instead: the value in the column headed "Answer", the remark in the one headed "Comments".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lode.rmi.container import Grid
from lode.rmi.container.grid import as_text, split_address
from lode.rmi.layout import Layout
from lode.rmi.wording import labels, plain
from lode.xlsx import column_letters, column_number

_QUESTION = re.compile(r"\s*([1-9])\s*[)）.．]")
_COMPANY_QUESTION = re.compile(r"\s*([A-K])\s*[.．:：]")
_ROWS, _COLUMNS = 200, 26


@dataclass(frozen=True, slots=True)
class Moved:
    """A label that stands at `found` where the layout has it at `expected`."""

    label: str
    found: str
    expected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The layout's rows and cells as they are on this sheet; `fields` are addresses."""

    label_column: str
    answer_column: str
    comment_column: str
    fields: Mapping[str, str]
    questions: Mapping[str, int]
    company_questions: Mapping[str, int]
    company_by_mineral: Mapping[str, int] = field(default_factory=dict)
    scope_minerals: tuple[str, ...] = ()
    other_minerals: tuple[str, ...] = ()
    labelled: bool = True
    moved: Moved | None = None


def places(grid: Grid, layout: Layout) -> Places:
    """The cells to read; `moved` is set where they are not the layout's."""
    seen = _Labels(grid, layout)
    if not seen.any and not layout.by_label:
        return _as_laid_out(layout, labelled=False)
    moved = seen.first_moved(layout)
    if moved is None and not layout.by_label:
        return _as_laid_out(layout, labelled=True)
    return seen.places(layout, moved)


def _as_laid_out(layout: Layout, *, labelled: bool) -> Places:
    return Places(
        label_column=layout.label_column,
        answer_column=layout.answer_column,
        comment_column=layout.comment_column,
        fields=layout.fields,
        questions=layout.questions,
        company_questions=layout.company_questions,
        company_by_mineral=layout.company_by_mineral,
        scope_minerals=layout.scope_minerals,
        other_minerals=layout.other_minerals,
        labelled=labelled,
    )


class _Labels:
    """The labels found on a sheet: fields, question headings, company questions, column headings."""

    def __init__(self, grid: Grid, layout: Layout) -> None:
        self.grid = grid
        texts = list(_texts(grid))
        known = labels("labels")
        hits = [(c, r, known[p]) for c, r, text in texts if (p := plain(text)) in known]
        columns = Counter(column for column, _, _ in hits)
        # The old templates keep their translations in columns to the right: the leftmost full column is the form's.
        most = max(columns.values(), default=0)
        self.column = min((column for column, count in columns.items() if count * 2 >= most), default=0)
        self.any = most > 1
        self.fields: dict[str, int] = {}
        for column, row, names in hits:
            if column == self.column:
                for name in names:
                    if name in layout.fields and name not in self.fields:
                        self.fields[name] = row
                        break
        own = [(row, text) for column, row, text in texts if column == self.column]
        first = max(self.fields.values(), default=0)
        self.questions = _numbered(own, _QUESTION, first)
        self.company = _numbered(own, _COMPANY_QUESTION, max(self.questions.values(), default=first))
        self.answer = self._headed("answer", layout.answer_column)
        self.comment = self._headed("comments", layout.comment_column)

    def _headed(self, word: str, usual: str) -> int:
        """The column most questions head with "Answer" or "Comments"; else as far from the labels as usual."""
        words = labels("words")
        columns = Counter(
            number
            for row in self.questions.values()
            for number, value in enumerate(self.grid.rows[row - 1][:_COLUMNS], 1)
            if word in words.get(plain(as_text(value) or ""), ()) and number > self.column
        )
        if columns:
            return columns.most_common(1)[0][0]
        return self.column + column_number(usual) - column_number("B")

    def first_moved(self, layout: Layout) -> Moved | None:
        """The first label that is not where the layout has it."""
        label = layout.label_column
        expected = {name: split_address(cell)[1] for name, cell in layout.fields.items()}
        rows = [(self.fields[name], expected[name]) for name in self.fields]
        rows += [(self.questions[name], layout.questions[name]) for name in layout.questions if name in self.questions]
        rows += [
            (self.company[name], layout.company_questions[name])
            for name in layout.company_questions
            if name in self.company
        ]
        for found, usual in sorted(rows, key=lambda pair: pair[1]):
            if found != usual or self.column != column_number(label):
                return self._moved(found, f"{label}{usual}")
        for column, usual_column in ((self.answer, layout.answer_column), (self.comment, layout.comment_column)):
            if self.questions and column != column_number(usual_column):
                row = min(self.questions.values())
                text = as_text(self.grid.rows[row - 1][column - 1]) if column <= len(self.grid.rows[row - 1]) else ""
                return Moved(text or "", f"{column_letters(column)}{row}", f"{usual_column}{row}")
        return None

    def _moved(self, row: int, expected: str) -> Moved:
        column = column_letters(self.column)
        text = (self.grid.text(column, row) or "").splitlines()[0]
        return Moved(text if len(text) < 60 else text[:57] + "...", f"{column}{row}", expected)

    def places(self, layout: Layout, moved: Moved | None) -> Places:
        """Every cell from its label; a field whose label is not recognised moves as the one above it did."""
        answer = column_letters(self.answer)
        down, across = 0, self.answer - column_number(layout.answer_column)
        fields = {}
        for name, cell in sorted(layout.fields.items(), key=lambda item: split_address(item[1])[1]):
            row = split_address(cell)[1]
            if name in self.fields:
                down = self.fields[name] - row
                fields[name] = f"{answer}{self.fields[name]}"
            elif name in {"language", "revision"}:
                first = self.fields.get("name", 0) - split_address(layout.fields["name"])[1] if self.fields else 0
                fields[name] = _shifted(cell, across, first)
            elif not layout.by_label:
                fields[name] = _shifted(cell, across, down)
        by_mineral = {name: self.company[name] for name in layout.company_by_mineral if name in self.company}
        scope_down = self.fields.get("scope_description", 0) - split_address(layout.fields["name"])[1] - 2
        return Places(
            label_column=column_letters(self.column),
            answer_column=answer,
            comment_column=column_letters(self.comment),
            fields=fields,
            questions=self.questions,
            company_questions={name: row for name, row in self.company.items() if name not in by_mineral},
            company_by_mineral=by_mineral,
            scope_minerals=tuple(_shifted(cell, across, scope_down) for cell in layout.scope_minerals),
            other_minerals=tuple(_shifted(cell, across, scope_down) for cell in layout.other_minerals),
            moved=moved,
        )


def _texts(grid: Grid) -> Iterator[tuple[int, int, str]]:
    """(column, row, text) of the upper left of the sheet."""
    for row, values in enumerate(grid.rows[:_ROWS], 1):
        for column, value in enumerate(values[:_COLUMNS], 1):
            if isinstance(value, str) and len(value) > 1:
                yield column, row, value


def _numbered(texts: list[tuple[int, str]], pattern: re.Pattern[str], after: int) -> dict[str, int]:
    """The first row below `after` for each number or letter a label begins with, as long as they rise."""
    found: dict[str, int] = {}
    for row, text in texts:
        match = pattern.match(text)
        if match and row > after and match[1] not in found and match[1] > max(found, default=""):
            found[match[1]] = row
    return found


def _shifted(cell: str, across: int, down: int) -> str:
    letters, row = split_address(cell)
    return f"{column_letters(max(1, column_number(letters) + across))}{max(1, row + down)}"
