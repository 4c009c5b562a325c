"""How long what is kept: each day whatever is past its period is removed, and a row says how much.

An app registers in `apps.py` what it can remove and its first period; the secretariat changes periods on a page, each
as a dated row with its reason.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise

from eprm.base.identity import acting_everywhere
from eprm.base.models import Period, Removal

logger = logging.getLogger("eprm.retention")
JOB = "retention"


@dataclass(frozen=True, slots=True)
class Kept:
    """Things of one name. `days` holds where no dated row does; `least` is the floor that a law or promise sets."""

    name: str
    days: int
    remove: Callable[[datetime], int]
    label: str | Promise
    least: int
    why: str | Promise


_kept: dict[str, Kept] = {}


def register(
    name: str,
    days: int,
    fn: Callable[[datetime], int],
    *,
    label: str | Promise = "",
    least: int = 1,
    why: str | Promise = "",
) -> None:
    """Let `fn(before)` remove what is older each day, and answer how many. It sees the rows of every organisation.

    `least` is the shortest period the secretariat may set, and `why` says what demands it.
    """
    _kept[name] = Kept(name, days, fn, label or name, least, why)


def kept() -> list[Kept]:
    return [_kept[name] for name in sorted(_kept)]


def find(name: str) -> Kept | None:
    return _kept.get(name)


def days_on(name: str, day: date) -> int:
    """The period of this name in force on the day."""
    row = Period.objects.filter(name=name, since__lte=day).order_by("-since").first()
    return row.days if row else _kept[name].days


def all_days_on(day: date) -> dict[str, int]:
    """The period of every name in force on the day, read at once."""
    days = {part.name: part.days for part in kept()}
    rows = Period.objects.filter(since__lte=day).order_by("since").values_list("name", "days")
    return days | {name: number for name, number in rows if name in days}


def run() -> None:
    """Remove what is past its period. One part that fails does not keep the others from running."""
    for part in kept():
        try:
            _run(part)
        except Exception as problem:
            logger.exception("Removing %s failed", part.name)
            with acting_everywhere(JOB):
                days = days_on(part.name, timezone.localdate())
                before = timezone.now() - timedelta(days=days)
                said = " ".join(str(problem).split())[:1000] or type(problem).__name__
                Removal.objects.create(name=part.name, before=before, days=days, error=said)


def _run(part: Kept) -> None:
    with acting_everywhere(JOB), transaction.atomic():
        days = days_on(part.name, timezone.localdate())
        before = timezone.now() - timedelta(days=days)
        if (count := part.remove(before)) or not Removal.objects.filter(name=part.name).exists():
            Removal.objects.create(name=part.name, before=before, days=days, count=count)
