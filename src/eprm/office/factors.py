"""The roles for which a second factor can be demanded, and who holds one."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from eprm.base.models import SecondFactorRule
from eprm.people.models import Membership, Person

KNOWN_FOR_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Role:
    label: str | Promise
    held_by: Callable[[Person], bool]


def _has(role: str) -> Callable[[Person], bool]:
    return lambda person: any(membership.role == role for membership in person.current_memberships)


ROLES = {
    "secretariat": Role(_("whoever works for the secretariat"), lambda person: person.is_secretariat),
    "board": Role(_("members of the board"), lambda person: person.board_seat is not None),
    "manager": Role(_("managers of any organisation"), _has(Membership.Role.MANAGER)),
    "officer": Role(_("compliance officers of any organisation"), _has(Membership.Role.OFFICER)),
}
_known: tuple[float, tuple[str, ...]] = (0.0, ())


def demanded() -> tuple[str, ...]:
    """The roles that need a second factor today; read from the database at most every half minute."""
    global _known
    if time.monotonic() - _known[0] > KNOWN_FOR_SECONDS:
        today = timezone.localdate()
        rules = SecondFactorRule.objects.filter(since__lte=today).exclude(until__lte=today)
        _known = (time.monotonic(), tuple(rules.values_list("role", flat=True)))
    return _known[1]


def forget() -> None:
    """Read anew next time: a rule was changed in this process."""
    global _known
    _known = (0.0, ())


def needs_factor(person: Person) -> bool:
    """Whether one of the person's roles demands a second factor today."""
    return any(role in ROLES and ROLES[role].held_by(person) for role in demanded())
