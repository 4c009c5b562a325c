"""Jobs: what passes with the days, called each morning. Each is safe to run twice."""

from __future__ import annotations

import pghistory
from django.utils import timezone
from procrastinate.contrib.django import app

from eprm.base.identity import acting_as, acting_everywhere
from eprm.members.actions.daily import pass_day
from eprm.members.actions.screening import screen_members


@app.periodic(cron="10 4 * * *")
@app.task(name="members.pass_day", queueing_lock="members.pass_day")
def pass_day_of_members(timestamp: int) -> None:
    """Duties open, reminders go out, grace begins and ends, notices run out."""
    with acting_everywhere("members"), pghistory.context(path="members.pass_day"):
        pass_day(timezone.localdate())


@app.periodic(cron="2-59/5 * * * *")
@app.task(name="members.screen_members", queueing_lock="members.screen_members")
def screen_after_new_lists(timestamp: int) -> None:
    """A sanctions list was loaded, or somebody joined: every member is held against it within minutes."""
    with acting_as(None, secretariat=True), pghistory.context(path="members.screen_members"):
        screen_members(timezone.localdate())
