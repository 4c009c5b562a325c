"""The database itself keeps a return its member's, whatever the code above it forgets. Raw SQL throughout."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction

from eprm.people.identity import acting_for
from eprm.returns.models import Answer, Evidence, Return, Version
from tests.eprm.returns import nursery

TABLES = ("return", "version", "answer", "comment", "evidence", "counted")


def counts(person):
    """How many rows of each table the person sees."""
    with acting_for(person, path="test"), connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM returns_{table}")
            found[table] = cursor.fetchone()[0]
        return found


def sql(person, statement, *values):
    """How many rows the statement touched, as the person."""
    with acting_for(person, path="test"), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def test_draft_is_seen_by_its_member_alone(scene):
    nursery.fill(scene.this, scene.noor)

    seen = {name: counts(getattr(scene, name))["answer"] for name in ("noor", "rita", "petra", "femke", "hugo")}

    assert seen["noor"] == seen["rita"] > 20
    assert (seen["petra"], seen["femke"], seen["hugo"]) == (0, 0, 0)


def test_sent_version_is_seen_by_the_secretariat_too_and_by_nobody_else(scene):
    nursery.send(scene.this, scene.noor)

    assert counts(scene.femke)["answer"] == counts(scene.noor)["answer"] > 20
    assert counts(scene.petra) == {**dict.fromkeys(TABLES, 0), "return": 1}


def test_board_sees_that_returns_are_there_and_nothing_in_them(scene):
    nursery.send(scene.this, scene.noor)

    assert counts(scene.hugo) == {**dict.fromkeys(TABLES, 0), "return": 2}


def test_history_of_answers_is_the_members_own(scene):
    nursery.send(scene.this, scene.noor)

    with acting_for(scene.femke, path="test"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM returns_answerevent")
        assert cursor.fetchone() == (0,)


def test_nobody_alters_what_was_sent(scene):
    nursery.send(scene.this, scene.noor)

    statement = "UPDATE returns_answer SET level = 'reviewed'"
    assert [sql(person, statement) for person in (scene.noor, scene.femke)] == [0, 0]
    assert sql(scene.noor, "DELETE FROM returns_answer") == 0
    assert sql(scene.noor, "UPDATE returns_version SET sent_at = NULL") == 0


def test_secretariat_writes_no_answer(scene):
    nursery.fill(scene.this, scene.noor)
    with acting_for(scene.noor, path="test"):
        version, question = Version.objects.get(), scene.question("policy")

    with acting_for(scene.femke, path="test"), pytest.raises(ProgrammingError), transaction.atomic():
        Answer.objects.create(
            organisation=scene.halden, version=version, question=question, level="reviewed", saved_by=scene.femke
        )


def test_member_writes_no_comment_of_the_secretariats(scene):
    nursery.send(scene.this, scene.noor)

    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        sql(
            scene.noor,
            "INSERT INTO returns_comment"
            " (organisation_id, version_id, question_id, category, text, made_at, made_by_id)"
            " SELECT organisation_id, version_id, question_id, 'advice', 'forged', now(), saved_by_id"
            " FROM returns_answer",
        )


def test_question_of_an_edition_in_force_is_altered_by_nobody(scene):
    assert sql(scene.femke, "UPDATE returns_question SET text = 'x'") == 0
    assert sql(scene.femke, "DELETE FROM returns_question") == 0


def test_members_see_no_draft_of_the_questionnaire(scene):
    from eprm.returns.actions import editions  # noqa: PLC0415 - used here alone

    with acting_for(scene.femke, path="test"):
        editions.begin_edition(year=2026, copy_of=scene.edition, by=scene.femke)

    with acting_for(scene.noor, path="test"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM returns_edition")
        assert cursor.fetchone() == (1,)


def test_evidence_file_is_opened_by_the_secretariat_once_it_is_sent(scene):
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415 - used here alone

    from eprm.returns.actions import answering  # noqa: PLC0415

    nursery.fill(scene.this, scene.noor)
    with acting_for(scene.noor, path="test"):
        answering.attach_evidence(
            scene.this,
            scene.question("policy"),
            title="Policy",
            files=[SimpleUploadedFile("p.pdf", b"x")],
            address="",
            by=scene.noor,
        )
    statement = "SELECT 1 FROM base_storedfile"
    before = {name: sql(getattr(scene, name), statement) for name in ("noor", "femke", "petra", "hugo")}

    nursery.send(scene.this, scene.noor)

    after = {name: sql(getattr(scene, name), statement) for name in ("noor", "femke", "petra", "hugo")}
    assert before == {"noor": 1, "femke": 0, "petra": 0, "hugo": 0}
    assert after == {"noor": 1, "femke": 1, "petra": 0, "hugo": 0}


def test_raw_sql_without_anybody_shows_nothing(scene):
    assert (Return.objects.count(), Evidence.objects.count()) == (0, 0)
