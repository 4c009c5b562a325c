"""What the platform does by itself: it sends mails, and puts back the jobs of workers that were killed."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

from eprm.base import outbox
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
