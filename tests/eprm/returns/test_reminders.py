"""Letters to members: each once, to whoever may answer, in their language, and by the platform's own job."""

from __future__ import annotations

from datetime import date

import pytest

from eprm.base.identity import acting_as
from eprm.base.models import OutgoingMail
from eprm.people.identity import acting_for
from eprm.returns.actions import opening, reviewing
from eprm.returns.actions.reminders import kind_due, remind_members
from eprm.returns.models import Return
from tests.eprm.returns import nursery


def mails(scene):
    with acting_for(scene.femke, path="test"):
        return sorted(OutgoingMail.objects.filter(kind="returns").values_list("to", "subject"))


def test_opening_writes_to_officers_and_managers_and_not_to_readers(scene):
    assert [to.partition("@")[0].rstrip("0123456789") for to, _subject in mails(scene)] == ["noor", "petra"]
    assert {subject for _to, subject in mails(scene)} == {"Your due-diligence return about 2025 is open"}


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        (date(2026, 3, 30), None),
        (date(2026, 3, 31), "month"),
        (date(2026, 4, 23), "week"),
        (date(2026, 4, 30), "due"),
        (date(2026, 5, 31), "late"),
    ],
)
def test_kind_of_reminder_by_day(scene, on, kind):
    assert kind_due(scene.this, on) == kind


def test_reminders_of_a_day_go_once(scene):
    with acting_as(None, secretariat=True):
        first, second = remind_members(on=date(2026, 4, 24)), remind_members(on=date(2026, 4, 25))

    assert (first, second, len(mails(scene))) == (2, 0, 4)


def test_who_has_sent_is_not_reminded(scene):
    nursery.send(scene.this, scene.noor)

    with acting_as(None, secretariat=True):
        assert remind_members(on=date(2026, 4, 24)) == 1


def test_letter_speaks_the_readers_language(scene):
    scene.noor.language = "fr"
    scene.noor.save()

    with acting_as(None, secretariat=True):
        remind_members(on=date(2026, 6, 1))

    said = [subject for to, subject in mails(scene) if to.startswith("noor")]
    assert "Votre bilan de diligence 2025 est en retard" in said


def test_sending_back_writes_to_the_member(scene):
    nursery.send(scene.this, scene.noor)
    with acting_for(scene.femke, path="test"):
        reviewing.comment_on(scene.this, scene.question("policy"), category="question", text="?", by=scene.femke)
        reviewing.send_back(scene.this, on=date(2026, 5, 4), by=scene.femke)

    assert "Questions about your due-diligence return about 2025" in [subject for _to, subject in mails(scene)]


def test_job_opens_the_year_for_new_members_without_a_person(scene):
    with acting_for(scene.femke, path="test"):
        nursery.make_member("Ada")
    with acting_as(None, secretariat=True):
        opened = opening.open_due_year(on=date(2026, 2, 1))
        again = opening.open_due_year(on=date(2026, 2, 2))

    assert ([str(this) for this in opened], again) == (["Ada 2025"], [])


def test_job_does_nothing_before_the_day_or_without_an_edition(scene):
    with acting_as(None, secretariat=True):
        assert opening.open_due_year(on=date(2026, 1, 14)) == []
        assert opening.open_due_year(on=date(2030, 3, 1)) == []
        assert Return.objects.count() == 2
