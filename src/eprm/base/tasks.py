"""The queue looks after itself: a killed worker's job stays "doing" for ever unless somebody puts it back."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

from eprm.base.jobs import put_back_stalled


@app.periodic(cron="* * * * *")
@app.task(name="base.retry_stalled", queueing_lock="retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    await put_back_stalled(context.app.job_manager)
