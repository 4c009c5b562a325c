"""What the hub does by itself: publish and withdraw on time, and ask a few links each night."""

from procrastinate.contrib.django import app

from eprm.base.jobs import RETRY
from eprm.knowledge.actions import desk, indexing, links


@app.periodic(cron="*/10 * * * *")
@app.task(name="knowledge.follow_schedule", queueing_lock="knowledge.follow_schedule")
def follow_schedule(timestamp: int) -> None:
    desk.follow_schedule()


@app.periodic(cron="40 1 * * *")
@app.task(name="knowledge.check_links", queueing_lock="knowledge.check_links")
def check_links(timestamp: int) -> None:
    links.check_links()


@app.task(name=indexing.READ_FILE, retry=RETRY, lock="search.read_file")
def read_file(resource_id: int) -> None:
    """One file at a time, whosever it is: files that keep their reader busy must not take every worker."""
    indexing.read_file(resource_id)


@app.periodic(cron="50 1 * * *")
@app.task(name="knowledge.read_files", queueing_lock="knowledge.read_files")
def read_files(timestamp: int) -> None:
    indexing.read_files()
