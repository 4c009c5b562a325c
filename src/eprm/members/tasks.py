"""Jobs: what passes with the days, called each morning. Each is safe to run twice."""

from __future__ import annotations

import pghistory
from django.utils import timezone
from procrastinate.contrib.django import app

from eprm.base.identity import acting_everywhere
from eprm.members.actions.daily import pass_day


@app.periodic(cron="10 4 * * *")
@app.task(name="members.pass_day", queueing_lock="members.pass_day")
def pass_day_of_members(timestamp: int) -> None:
    """Duties open, reminders go out, grace begins and ends, notices run out."""
    with acting_everywhere("members"), pghistory.context(path="members.pass_day"):
        pass_day(timezone.localdate())
