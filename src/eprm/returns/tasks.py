"""Jobs: fetch, call the action, nothing else."""

from django.utils import timezone
from procrastinate.contrib.django import app

from eprm.base.identity import acting_as
from eprm.returns.actions.opening import open_due_year
from eprm.returns.actions.reminders import remind_members


@app.periodic(cron="10 5 * * *")
@app.task(name="returns.daily", queueing_lock="returns.daily")
def daily(timestamp: int) -> None:
    """Open the year whose day has come, then remind whoever has not answered."""
    on = timezone.localdate()
    with acting_as(None, secretariat=True):
        open_due_year(on=on)
        remind_members(on=on)
