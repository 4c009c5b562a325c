"""Names held against the sanctions lists in force. A process keeps the lists ready until a newer one is loaded."""

from __future__ import annotations

from dataclasses import dataclass

from eprm.reference.models import ReferenceList
from eprm.reference.queries import releases_in_force, screened_lists
from lode.screening import Hit, Screen


@dataclass(frozen=True, slots=True)
class Sanctions:
    """The lists ready to be asked (None: none is loaded), and which editions they are, one a line."""

    screen: Screen | None
    editions: str

    def hits(self, name: str, country: str = "") -> list[dict[str, str | int]]:
        """The listed parties the name could be, the likeliest first, as rows to keep. `country`: ISO 3166-1 alpha-2."""
        return [_row(hit) for hit in self.screen.find(name, country or None)] if self.screen else []


_kept: dict[tuple[int, ...], Sanctions] = {}


def sanctions() -> Sanctions:
    """The lists in force now; one query where nothing was loaded since the last call."""
    key = tuple(releases_in_force(ReferenceList.Kind.SANCTIONS).values_list("pk", flat=True))
    if key not in _kept:
        lists = screened_lists()
        _kept.clear()
        _kept[key] = Sanctions(
            screen=Screen(lists) if lists else None,
            editions="\n".join(f"{each.title}: {each.edition}" for each in lists),
        )
    return _kept[key]


def _row(hit: Hit) -> dict[str, str | int]:
    return {
        "list": hit.source.title,
        "edition": hit.source.edition,
        "reference": hit.party.reference,
        "name": hit.name,
        "programme": hit.party.programme,
        "score": round(hit.score),
    }
