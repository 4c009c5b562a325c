"""Asking for the sums of a year's declarations, and dropping those no longer true; `company/actions.py` takes them."""

from __future__ import annotations

from procrastinate.contrib.django.models import ProcrastinateJob

from eprm.base import jobs
from eprm.base.locks import hold
from eprm.diligence.models import YearSums

TAKE = "diligence.take_sums"


def lock_name(organisation_id: int) -> str:
    """Sums are taken or dropped by one at a time."""
    return f"diligence.sums.{organisation_id}"


def ask_for_sums(organisation_id: int) -> None:
    """Let the organisation's sums be taken again once this transaction is committed."""
    waiting = ProcrastinateJob.objects.filter(task_name=TAKE, status="todo")
    if not waiting.filter(args__organisation_id=organisation_id).exists():
        jobs.queue(TAKE, {"organisation_id": organisation_id})


def drop_sums(organisation_id: int) -> None:
    """Forget the sums, in the transaction that changes what their stamp does not say. Who takes them waits for it."""
    hold(lock_name(organisation_id))
    YearSums.objects.filter(organisation=organisation_id).delete()
