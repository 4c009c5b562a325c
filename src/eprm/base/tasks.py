"""What the platform does by itself: it sends mails, and puts back the jobs of workers that were killed."""

from uuid import UUID

from procrastinate import JobContext
from procrastinate.contrib.django import app

from eprm.base import hooks, outbox, personal, retention, seals
from eprm.base.jobs import put_back_stalled


@app.periodic(cron="* * * * *")
@app.task(name="base.retry_stalled", queueing_lock="retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    await put_back_stalled(context.app.job_manager)


@app.task(name=outbox.SEND)
def send_mails() -> None:
    outbox.send_due()


@app.periodic(cron="* * * * *")
@app.task(name="base.send_due_mails", queueing_lock="send_due_mails")
def send_due_mails(timestamp: int) -> None:
    outbox.send_due()


@app.task(name=personal.MAKE)
def make_export(export: str) -> None:
    personal.make_export(UUID(export))


@app.periodic(cron="17 3 * * *")
@app.task(name="base.remove_what_is_past", queueing_lock="remove_what_is_past")
def remove_what_is_past(timestamp: int) -> None:
    retention.run()


@app.periodic(cron="41 3 * * *")
@app.task(name="base.remove_old_jobs", queueing_lock="remove_old_jobs", pass_context=True)
async def remove_old_jobs(context: JobContext, timestamp: int) -> None:
    await context.app.job_manager.delete_old_jobs(nb_hours=24 * 30, include_failed=True)


@app.periodic(cron="* * * * *")
@app.task(name="base.seal", queueing_lock="seal")
def seal(timestamp: int) -> None:
    seals.seal()


@app.periodic(cron="0 4 * * *")
@app.task(name="base.publish_seal", queueing_lock="publish_seal")
def publish_seal(timestamp: int) -> None:
    seals.publish()


@app.task(name=hooks.DELIVER)
def deliver_hooks() -> None:
    hooks.deliver_due()


@app.periodic(cron="* * * * *")
@app.task(name="base.deliver_due_hooks", queueing_lock="deliver_due_hooks")
def deliver_due_hooks(timestamp: int) -> None:
    hooks.deliver_due()
