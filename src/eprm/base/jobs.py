"""Jobs: what every task of the site needs. A job row is written in the transaction of the deed that asks for it.

A worker may die at any moment and its job runs again, so a task does nothing but call an action that is safe to run
twice.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import pghistory
from django.db import connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.manager import JobManager

from eprm.base.identity import acting_as

# A failure of the world (the database restarts) passes; a failure of ours stays failed after the fourth run.
RETRY = RetryStrategy(max_attempts=3, exponential_wait=4)
STALLED_AFTER_SECONDS = 30


def for_organisation(task: Callable[..., None]) -> Callable[..., None]:
    """Run the task as `person_id` in `organisation_id`, two arguments every such job carries.

    The job acts for the organisation even if the person has left it since: what was received is not lost.
    """

    @wraps(task)
    def run(*, person_id: int, organisation_id: int, **arguments: object) -> None:
        with acting_as(person_id, [organisation_id]), pghistory.context(person=person_id, path=task.__name__):
            task(**arguments)

    return run


def queue(task_name: str, *jobs: dict[str, object]) -> None:
    """Put one job for each of these arguments into the queue; they are there if, and when, this transaction commits.

    The task is named, not imported: tasks call actions, and actions queue tasks.
    """
    if jobs:
        app.configure_task(task_name).batch_defer(*jobs)


def queue_once(task_name: str) -> None:
    """Put one job without arguments into the queue, unless one waits there already."""
    if not ProcrastinateJob.objects.filter(task_name=task_name, status="todo", scheduled_at=None).exists():
        queue(task_name, {})


def is_waiting(task_name: str) -> bool:
    """Whether a job of this task waits or runs."""
    return ProcrastinateJob.objects.filter(task_name=task_name, status__in=("todo", "doing")).exists()


async def put_back_stalled(manager: JobManager, after_seconds: float = STALLED_AFTER_SECONDS) -> None:
    """Let every job run again whose worker has shown no sign of life for so long."""
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=after_seconds):
        await manager.retry_job(job)


def hand_over(old_organisation_id: int, new_organisation_id: int) -> int:
    """The waiting jobs of one organisation become another's, when the two are merged; answers how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET args = jsonb_set(args, '{organisation_id}', to_jsonb(%s::bigint))"
            " WHERE status = 'todo' AND args ->> 'organisation_id' = %s",
            [new_organisation_id, str(old_organisation_id)],
        )
        return int(cursor.rowcount)
