"""The queue looks after itself: a killed worker's job stays "doing" for ever unless somebody puts it back."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

from eprm.base.jobs import STALLED_AFTER_SECONDS


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        await manager.retry_job(job)
