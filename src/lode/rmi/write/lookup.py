"""What the template's own formulas show in a row of the Smelter List, worked out from the book's look-up sheet.

Source: RMI CMRT 6.01-6.5, Smelter List columns B, C, E-J and V; the same in EMRT, CRT and AMRT.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lode.rmi.declaration import LookupLine, SmelterLine

NOT_LISTED = "Smelter not listed"
NOT_IDENTIFIED = "Smelter not yet identified"
_UNRESOLVED = frozenset({NOT_LISTED.casefold(), NOT_IDENTIFIED.casefold()})


class Lookup:
    """The look-up lines of a book, by metal and name and by number; the first line counts, as in the formulas."""

    def __init__(self, lines: Iterable[LookupLine]) -> None:
        self._by_name: dict[tuple[str, str], LookupLine] = {}
        self._by_cid: dict[str, LookupLine] = {}
        self._standard: dict[tuple[str, str], LookupLine] = {}
        for line in lines:
            self._by_name.setdefault(_key(line.metal, line.lookup), line)
            if line.cid:
                self._by_cid.setdefault(line.cid.casefold(), line)
                if line.lookup == line.standard:
                    self._standard.setdefault(_key(line.metal, line.cid), line)

    def __bool__(self) -> bool:
        return bool(self._by_name)

    def has_metal(self, metal: str) -> bool:
        """Whether any line is about the metal."""
        return any(key[0] == metal.casefold() for key in self._by_name)

    def has(self, metal: str | None, name: str) -> bool:
        """Whether people can choose this name for this metal; "not listed" and "not yet identified" always count."""
        return name.casefold() in _UNRESOLVED or _key(metal, name) in self._by_name

    def has_cid(self, cid: str) -> bool:
        """Whether the number is in the book."""
        return cid.casefold() in self._by_cid

    def name_of(self, metal: str | None, cid: str) -> str | None:
        """The name under which the book lists a number for a metal."""
        line = self._standard.get(_key(metal, cid))
        return line.lookup if line else None

    def shown(self, line: SmelterLine) -> Mapping[str, str | None]:
        """By field, what the formulas of a row show when the row is typed as `line` says.

        Nothing for a smelter not listed: what a revision's formulas make of one differs, so its row is all typed.
        """
        typed = self._by_cid.get((line.cid_input or "").casefold())
        lookup = line.lookup or (typed.standard if typed else None)
        metal = line.metal or (typed.metal if typed else None)
        resolved = lookup is not None and lookup.casefold() not in _UNRESOLVED
        found = self._by_name.get(_key(metal, lookup or "")) if resolved else None
        return {
            "metal": typed.metal if typed else None,
            "lookup": typed.standard if typed else None,
            "country": found.country if found else None,
            "cid": found.cid if found else None,
            "cid_source": found.source if found else None,
            "street": found.street if found else None,
            "city": found.city if found else None,
            "state": found.state if found else None,
        }


def _key(metal: str | None, name: str) -> tuple[str, str]:
    return (metal or "").casefold(), name.casefold()
