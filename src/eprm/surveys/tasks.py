"""Jobs: call the action, nothing else."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from eprm.surveys.actions import counting


@app.periodic(cron="20 0 * * *")
@app.task(name="surveys.count", queueing_lock="surveys.count")
def count(timestamp: int) -> None:
    """Count what closed yesterday."""
    counting.count_due(datetime.fromtimestamp(timestamp, UTC).date())
