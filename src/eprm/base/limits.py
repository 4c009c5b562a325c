"""Rate limits, counted in the database: the same for every process and machine, and gone with a restart of none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.utils import timezone

from eprm.base.models import Counter

COUNT = """
INSERT INTO base_counter (key, since, count) VALUES (%s, %s, %s)
ON CONFLICT (key, since) DO UPDATE SET count = base_counter.count + excluded.count RETURNING count
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` deeds called `name` by one of `whose` keys within each stretch of `seconds`."""

    name: str
    most: int
    seconds: int


class TooMany(Exception):
    """`reason` is a whole sentence; it goes on after `seconds`."""

    def __init__(self, reason: str, seconds: int) -> None:
        super().__init__(reason)
        self.reason, self.seconds = reason, seconds


def wait_for(limit: Limit, whose: object) -> int | None:
    """After how many seconds one more deed is allowed; None for at once. Counts nothing."""
    start, wait = _stretch(limit)
    row = Counter.objects.filter(key=f"{limit.name}:{whose}", since=start).values_list("count", flat=True).first()
    return wait if (row or 0) >= limit.most else None


def _stretch(limit: Limit) -> tuple[datetime, int]:
    """When the running stretch of time began, and in how many seconds it ends."""
    now = timezone.now()
    start = datetime.fromtimestamp(now.timestamp() // limit.seconds * limit.seconds, UTC)
    return start, max(1, round((start + timedelta(seconds=limit.seconds) - now).total_seconds()))


def take(limit: Limit, whose: object, count: int = 1) -> int | None:
    """Count the deed; answers after how many seconds it may go on if it is one too many, else None.

    In a transaction that is undone the deed is not counted: what must count in any case is taken outside of one.
    """
    start, wait = _stretch(limit)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [f"{limit.name}:{whose}", start, count])
        (taken,) = cursor.fetchone()
    return None if taken <= limit.most else wait
