"""What is kept for how long: by the row of the day, each part by itself."""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from eprm.base import retention
from eprm.base.identity import acting_as
from eprm.base.models import OutgoingMail, Period, Removal
from eprm.base.outbox import post

WORDS = {"to": "uwe@condensa.example", "subject": "A", "text": "B", "kind": "test"}


@pytest.fixture
def only(monkeypatch):
    """Nothing but what the test registers."""
    monkeypatch.setattr(retention, "_kept", {})
    return retention.register


def removals():
    return list(Removal.objects.order_by("name").values_list("name", "count", "days", "error"))


def test_run_removes_what_is_past_its_period(db, only):
    seen = []
    only("things", 30, lambda before: seen.append(timezone.now() - before) or 3)

    retention.run()

    assert [round(age / timedelta(days=1)) for age in seen] == [30]
    assert removals() == [("things", 3, 30, "")]


def test_run_goes_by_the_row_of_the_day(db, only):
    only("things", 30, lambda before: 0)
    today = date.today()
    with acting_as(None, secretariat=True):
        for days, since in ((10, today - timedelta(days=9)), (20, today), (40, today + timedelta(days=1))):
            Period.objects.create(name="things", days=days, since=since, reason="r")

    assert [retention.days_on("things", today + timedelta(days=day)) for day in (-10, -1, 0, 1)] == [30, 10, 20, 40]


def test_run_goes_on_where_one_part_fails(db, only):
    def fail(before):
        raise ValueError("The table is locked.")

    only("a", 1, fail)
    only("b", 1, lambda before: 2)

    retention.run()

    assert removals() == [("a", 0, 1, "The table is locked."), ("b", 2, 1, "")]


def test_run_removes_old_mails_of_every_organisation(db):
    with acting_as(None):
        post(**WORDS)
        post(**WORDS)
    with acting_as(None, job="outbox"):
        first = OutgoingMail.objects.first()
        OutgoingMail.objects.filter(pk=first.pk).update(state="sent", posted_at=timezone.now() - timedelta(days=366))

    retention.run()

    with acting_as(None, job="outbox"):
        assert OutgoingMail.objects.count() == 1


def test_period_is_written_by_the_secretariat_alone(db):
    with acting_as(1, [1], board=True), pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
        Period.objects.create(name="things", days=1, since=date.today(), reason="r")
