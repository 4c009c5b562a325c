"""The user's template, opened for writing: which cells it has, what its lists offer, and the sheets to be patched."""

from __future__ import annotations

from functools import cached_property

from lxml import etree

from lode.findings import Finding, finding
from lode.rmi.container import Workbook, open_workbook
from lode.rmi.container.editable import EditablePackage, part_bytes
from lode.rmi.container.grid import Grid
from lode.rmi.declaration import Declaration
from lode.rmi.layout import Layout, layout_for
from lode.rmi.patch import SheetPatch, sheet_frame, split
from lode.rmi.write.choices import Choices, Entry
from lode.xlsx import LONGEST_TEXT, Value, column_number

_CHECKER = "Checker"


class Blank:
    """A template. Raises Refused where a part that is to be changed is damaged.

    `declaration` is what the reader found in it: the cells are where the reader found them, wherever they stand.
    """

    def __init__(self, data: bytes, declaration: Declaration) -> None:
        self.declaration = declaration
        self.layout: Layout = layout_for(declaration.template, declaration.revision)[0]
        self.package = EditablePackage(data, "the template")
        self._data = data
        self._parts = self.package.sheets()
        self._patches: dict[str, SheetPatch] = {}
        self._choices: dict[str, Choices] = {}
        self._frames: dict[str, etree._Element] = {}
        self._overwrote_formula = False
        self.findings: list[Finding] = []

    def sheet(self, name: str) -> SheetPatch:
        """The sheet of a name, to be patched."""
        if name not in self._patches:
            self._patches[name] = SheetPatch(self.package.read(self._parts[name]), name)
        return self._patches[name]

    def put(self, place: str, value: Value) -> None:
        """Write a value into a cell ("Declaration!D8"), over a formula if need be. None empties it."""
        name, cell = place.rsplit("!", 1)
        sheet = self.sheet(name)
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            self.findings.append(finding("WRITE-06", place, found=len(value), limit=LONGEST_TEXT))
        self._overwrote_formula |= sheet.formula(cell) is not None
        sheet.put(cell, value)

    def show(self, place: str, value: Value) -> None:
        """Write what the cell's formula gives; in a cell without one, the value itself."""
        name, cell = place.rsplit("!", 1)
        if self.sheet(name).formula(cell) is None:
            self.put(place, value)
        else:
            self.sheet(name).cache(cell, value)

    def has_formula(self, place: str) -> bool:
        """Whether a formula stands in the cell."""
        name, cell = place.rsplit("!", 1)
        return self.sheet(name).formula(cell) is not None

    def filled(self, place: str) -> bool:
        """Whether anything stands in the cell."""
        name, cell = place.rsplit("!", 1)
        return self.sheet(name).filled(cell)

    def choices(self, place: str) -> list[Entry]:
        """What the cell's own list offers."""
        name, cell = place.rsplit("!", 1)
        if name not in self._choices:
            self._choices[name] = Choices(self._frame(name), name, self._names, self._grid)
        return self._choices[name].of(cell)

    def covered(self, place: str) -> bool:
        """Whether the cell lies under another one it is merged with."""
        name, cell = place.rsplit("!", 1)
        letters, row = split(cell)
        for merge in self._frame(name).iter("{*}mergeCell"):
            first, _, last = (merge.get("ref") or "").partition(":")
            (left, top), (right, bottom) = split(first), split(last or first)
            inside = column_number(left) <= column_number(letters) <= column_number(right) and top <= row <= bottom
            if inside and cell != first:
                return True
        return False

    def data(self) -> bytes:
        """The filled template. What formulas gave before is dropped, and every program told to calculate anew."""
        if _CHECKER in self._parts:
            self.sheet(_CHECKER).forget()
        for name, patch in self._patches.items():
            self.package.write(self._parts[name], patch.xml())
        root = self.package.root(self.package.workbook)
        _calculate_on_load(root)
        self.package.write(self.package.workbook, part_bytes(root))
        chain = self.package.related(self.package.workbook, "calcChain")
        if chain and self._overwrote_formula:
            self.package.unrelate(self.package.workbook, chain[0])
            self.package.remove(chain[1])
        return self.package.data()

    def _frame(self, name: str) -> etree._Element:
        if name not in self._frames:
            self._frames[name] = sheet_frame(self.package.read(self._parts[name]), name)
        return self._frames[name]

    @cached_property
    def _names(self) -> dict[str, str]:
        root = self.package.root(self.package.workbook)
        return {name.get("name") or "": name.text or "" for name in root.iter("{*}definedName")}

    @cached_property
    def _book(self) -> Workbook | None:
        return open_workbook(self._data)[0]

    def _grid(self, name: str) -> Grid | None:
        return self._book.grid(self._book.named(name)) if self._book else None


def _calculate_on_load(workbook: etree._Element) -> None:
    """Source: ECMA-376 Part 1, 18.2.2 (calcPr): it follows the defined names and what comes before them."""
    calculation = workbook.find("{*}calcPr")
    if calculation is None:
        before = ("definedNames", "externalReferences", "functionGroups", "sheets")
        after = next(found for name in before if (found := workbook.find(f"{{*}}{name}")) is not None)
        calculation = workbook.makeelement(workbook.tag.replace("}workbook", "}calcPr"))
        after.addnext(calculation)
    calculation.set("fullCalcOnLoad", "1")
