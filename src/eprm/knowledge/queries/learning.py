"""Learning paths, their units, and what a person has finished."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from eprm.knowledge.models import PathPage, UnitDone, UnitPage
from eprm.knowledge.queries.pages import pages_visible_to
from eprm.people import audiences
from eprm.people.models import Person

Reader = Person | AnonymousUser


@dataclass(frozen=True, slots=True)
class Course:
    """A path with its units and how far the person is; `next` is the first unit not finished."""

    path: PathPage
    units: list[UnitPage]
    done: dict[str, UnitDone]

    @property
    def minutes(self) -> int:
        return sum(unit.minutes for unit in self.units)

    @property
    def finished(self) -> int:
        return sum(str(unit.translation_key) in self.done for unit in self.units)

    @property
    def next(self) -> UnitPage | None:
        return next((unit for unit in self.units if str(unit.translation_key) not in self.done), None)

    @property
    def rows(self) -> list[tuple[UnitPage, UnitDone | None]]:
        return [(unit, self.done.get(str(unit.translation_key))) for unit in self.units]


def courses_for(person: Reader) -> list[Course]:
    """Every path the person may see, with its units in the same language."""
    paths = list(pages_visible_to(PathPage, person).order_by("path"))
    units = units_of(paths, person)
    done = done_by(person)
    return [Course(path, [unit for unit in units if unit.path.startswith(path.path)], done) for path in paths]


def course_of(path: PathPage, person: Reader) -> Course:
    return Course(path, units_of([path], person), done_by(person))


def units_of(paths: Sequence[PathPage], person: Reader) -> list[UnitPage]:
    """The units below these paths that the person may see, in their order."""
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(path__startswith=path.path)
    seen = UnitPage.objects.live().filter(below, audience__in=audiences.keys_of(person))
    return list(seen.select_related("locale").order_by("path"))


def path_of(unit: UnitPage) -> PathPage:
    return PathPage.objects.select_related("locale").get(pk=unit.get_parent().pk)


def done_by(person: Reader) -> dict[str, UnitDone]:
    """What the person finished, by the unit's key."""
    if not person.is_authenticated:
        return {}
    return {str(done.unit_key): done for done in UnitDone.objects.filter(person=person)}


def record_of(person: Person) -> QuerySet[UnitDone]:
    """What the person finished, oldest first."""
    return UnitDone.objects.filter(person=person).order_by("done_at")
