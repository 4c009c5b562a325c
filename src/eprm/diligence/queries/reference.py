"""What the dated lists say of an upload's smelters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from eprm.diligence.company.standing import Standing, standing_on
from eprm.reference.models import SmelterStatus


def standings_of(cids: Iterable[str], on: date) -> dict[str, Standing]:
    """What the schemes said of each smelter on the day; one query."""
    intervals: dict[str, list[SmelterStatus]] = defaultdict(list)
    for row in SmelterStatus.objects.filter(cid__in=set(cids)):
        intervals[row.cid].append(row)
    return {cid: standing_on(rows, on) for cid, rows in intervals.items()}
