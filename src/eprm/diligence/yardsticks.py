"""The dated lists an organisation judges by: its own register, and what the publishers say of smelters and areas.

Building them from their rows takes far longer than reading a file, so a process keeps them as long as the same releases
are in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from eprm.diligence.queries.reference import listed_areas, releases_judged_by
from eprm.reference.models import ReferenceList
from eprm.reference.queries import editions_in_force, register_for, statuses
from eprm.reference.screening import sanctions
from lode.area_list import ListedArea
from lode.risk import Lists
from lode.screening import Screen
from lode.smelters.match import Matcher
from lode.smelters.register import Register, Smelter, StatusInterval

Kind = ReferenceList.Kind
# So many organisations' lists a process keeps; the least recently used give way.
KEPT = 8


@dataclass(frozen=True)
class Yardsticks:
    """The lists in force for one organisation. `editions` names them, one a line."""

    register: Register
    statuses: tuple[StatusInterval, ...]
    cahra_areas: tuple[ListedArea, ...]
    covered_areas: tuple[ListedArea, ...]
    screen: Screen | None
    editions: str

    @cached_property
    def matcher(self) -> Matcher:
        """The register ready to be asked; a process keeps its answers, so names seen before cost nothing."""
        return Matcher(self.register)

    @cached_property
    def lists(self) -> Lists:
        """What risks are judged by."""
        return Lists(
            cahra=self.cahra_areas,
            covered=self.covered_areas,
            statuses=self.statuses,
            screen=self.screen,
        )

    @cached_property
    def smelters(self) -> Mapping[str, Smelter]:
        """The register's smelters by number; of one listed for two metals, the first."""
        by_cid: dict[str, Smelter] = {}
        for smelter in self.register.smelters:
            by_cid.setdefault(smelter.cid, smelter)
        return by_cid


_kept: dict[tuple[int, tuple[int, ...]], Yardsticks] = {}


def yardsticks_for(organisation_id: int) -> Yardsticks:
    """The lists in force for the organisation now; one query where nothing has changed since the last call."""
    key = (organisation_id, releases_judged_by(organisation_id))
    if key not in _kept:
        _kept[key] = _build(organisation_id)
    _kept[key] = found = _kept.pop(key)
    while len(_kept) > KEPT:
        del _kept[next(iter(_kept))]
    return found


def _build(organisation_id: int) -> Yardsticks:
    register, _edition = register_for(organisation_id)
    return Yardsticks(
        register=register,
        statuses=tuple(statuses()),
        cahra_areas=listed_areas(Kind.CAHRA),
        covered_areas=listed_areas(Kind.COVERED),
        screen=sanctions().screen,
        editions="\n".join(editions_in_force(organisation_id)),
    )
