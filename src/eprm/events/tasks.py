"""Jobs: call the action, nothing else."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from eprm.events.actions import reminders


@app.periodic(cron="*/10 * * * *")
@app.task(name="events.remind", queueing_lock="events.remind")
def remind(timestamp: int) -> None:
    reminders.remind(datetime.fromtimestamp(timestamp, UTC))
