"""An opened book: which sheets it has, what the file itself shows, and each sheet's grid when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from lode.findings import Finding
from lode.rmi.container.grid import Grid


@dataclass(slots=True)
class Workbook:
    """`sheets` are the names in the book's order, `hidden` those not shown. `load` gives grids for the names asked.

    `facts` are as in `Declaration.facts`; `findings` grows when a sheet turns out to be damaged. `uncached` and
    `protected` are the loaded sheets whose formulas have no values, and those people cannot edit freely.
    """

    sheets: tuple[str, ...]
    hidden: frozenset[str]
    load: Callable[[tuple[str, ...]], tuple[dict[str, Grid], list[Finding]]]
    facts: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    uncached: set[str] = field(default_factory=set)
    protected: set[str] = field(default_factory=set)
    grids: dict[str, Grid] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def named(self, *names: str) -> str | None:
        """The first of `names` the book has, compared without case and outer blanks; None where it has none."""
        present = {sheet.strip().casefold(): sheet for sheet in reversed(self.sheets)}
        return next((present[name.casefold()] for name in names if name.casefold() in present), None)

    def open(self, names: Iterable[str]) -> None:
        """Load several sheets at once, which costs less than one by one."""
        wanted = tuple(name for name in names if name in self.sheets and name not in self.asked)
        if wanted:
            self.asked.update(wanted)
            grids, findings = self.load(wanted)
            self.grids |= grids
            self.findings += findings

    def grid(self, name: str | None) -> Grid | None:
        """The grid of a sheet; None for a sheet the book lacks or that is damaged."""
        if name is None:
            return None
        self.open([name])
        return self.grids.get(name)
