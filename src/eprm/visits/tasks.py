"""Jobs: call the action, nothing else."""

from procrastinate.contrib.django import app

from eprm.visits.actions import showing


@app.periodic(cron="7 0 * * *")
@app.task(name="visits.show_due", queueing_lock="visits.show_due")
def show_due(timestamp: int) -> None:
    showing.show_due()
