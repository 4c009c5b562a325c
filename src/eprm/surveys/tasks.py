"""Jobs: call the action, nothing else."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from eprm.surveys.actions import counting, invitations


@app.periodic(cron="20 0 * * *")
@app.task(name="surveys.count", queueing_lock="surveys.count")
def count(timestamp: int) -> None:
    """Count what closed yesterday."""
    counting.count_due(datetime.fromtimestamp(timestamp, UTC).date())


@app.periodic(cron="10 7 * * *")
@app.task(name="surveys.remind", queueing_lock="surveys.remind")
def remind(timestamp: int) -> None:
    """Write again to the invited before it closes."""
    invitations.remind_due(datetime.fromtimestamp(timestamp, UTC))
