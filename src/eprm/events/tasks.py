"""Jobs: call the action, nothing else."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from eprm.base.identity import acting_as
from eprm.base.jobs import RETRY
from eprm.events.actions import finding, reminders


@app.periodic(cron="*/10 * * * *")
@app.task(name="events.remind", queueing_lock="events.remind")
def remind(timestamp: int) -> None:
    reminders.remind(datetime.fromtimestamp(timestamp, UTC))


@app.task(name=finding.READ_FILE, retry=RETRY, lock="search.read_file")
def read_file(material_id: int) -> None:
    """One file at a time, whosever it is: files that keep their reader busy must not take every worker."""
    with acting_as(None, job="events"):
        finding.read_file(material_id)


@app.periodic(cron="57 1 * * *")
@app.task(name="events.read_files", queueing_lock="events.read_files")
def read_files(timestamp: int) -> None:
    with acting_as(None, job="events"):
        finding.read_files()
