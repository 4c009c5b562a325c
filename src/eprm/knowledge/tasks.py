"""What the hub does by itself: publish and withdraw on time, and ask a few links each night."""

from procrastinate.contrib.django import app

from eprm.knowledge.actions import desk, links


@app.periodic(cron="*/10 * * * *")
@app.task(name="knowledge.follow_schedule", queueing_lock="knowledge.follow_schedule")
def follow_schedule(timestamp: int) -> None:
    desk.follow_schedule()


@app.periodic(cron="40 1 * * *")
@app.task(name="knowledge.check_links", queueing_lock="knowledge.check_links")
def check_links(timestamp: int) -> None:
    links.check_links()
