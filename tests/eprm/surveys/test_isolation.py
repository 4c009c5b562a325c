"""What the database shows to whom, whatever the code above it forgets; and what is known of a person."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from eprm.base.errors import NotAllowed
from eprm.base.identity import acting_as
from eprm.groups.actions import groups, joining
from eprm.people.identity import acting_for
from eprm.people.models import Person
from eprm.search.queries import found_by
from eprm.surveys import own, rules
from eprm.surveys.actions import counting
from eprm.surveys.models import (
    Answer,
    Draft,
    Figure,
    Invitation,
    Option,
    Participation,
    Question,
    Response,
    Signature,
    Survey,
    Wish,
)
from eprm.surveys.queries import surveys as queries
from tests.eprm.surveys.rows import answer, counted, drafted, released, shown, visited

SHEETS = (Answer, Response, Signature, Participation, Draft, Wish, Invitation)


def count_of(model, **which):
    with acting_as(None, job="surveys"):
        return model.objects.filter(**which).count()


def test_anonymous_sheet_holds_no_person_organisation_or_moment(cast):
    """The whole row, by the database's own list of columns."""
    names = {field.column for field in (*Response._meta.concrete_fields, *Answer._meta.concrete_fields)}

    assert names == {
        "id", "survey_id", "part", "with_account", "digest", "response_id", "question_id", "option_id", "rank",
        "number", "text",
    }  # fmt: skip


@pytest.mark.parametrize("who", ["femke", "idris", "noor", "hugo", "new"])
def test_raw_sql_shows_nobody_an_anonymous_answer(cast, who):
    survey = released(cast.femke)
    answer(survey, cast.olivier, words="secret", email="o@else.example")
    person = getattr(cast, who)

    seen = {}
    with acting_for(person, path="test"), connection.cursor() as cursor:
        for model in SHEETS:
            cursor.execute(f"SELECT count(*) FROM {model._meta.db_table}")
            seen[model.__name__] = cursor.fetchone()[0]
        written = []
        for statement in ("INSERT INTO surveys_refusal VALUES (gen_random_uuid(), 'x')",):
            with pytest.raises(ProgrammingError), transaction.atomic():
                cursor.execute(statement)
            written.append(statement)
        cursor.execute("UPDATE surveys_answer SET text = 'changed'")
        changed = cursor.rowcount

    assert (set(seen.values()), changed) == ({0}, 0)


def test_raw_sql_shows_a_sheet_by_name_to_its_keeper_and_writer_alone(cast):
    survey = released(cast.femke, by_name=True)
    answer(survey, cast.noor)

    seen = {}
    for who in ("femke", "idris", "noor", "jonas", "hugo"):
        with acting_for(getattr(cast, who), path="test"):
            seen[who] = (Response.objects.count(), Signature.objects.count())

    assert seen == {"femke": (1, 1), "idris": (1, 1), "noor": (1, 1), "jonas": (0, 0), "hugo": (0, 0)}


def test_surveys_are_seen_by_whom_they_ask_in_the_database_too(cast):
    drafted(cast.femke, title_en="Draft")
    released(cast.femke, title_en="Everybody", audience="public")
    released(cast.femke, title_en="Accounts")
    released(cast.femke, title_en="Civil", audience="pillars", pillars=["civil_society"])
    released(cast.femke, title_en="Members", audience="members")
    released(cast.femke, title_en="Links", audience="invited")

    seen = {}
    for who in ("noor", "olivier", "new"):
        person = Person.objects.get(pk=getattr(cast, who).pk)
        with acting_for(person, path="test"):
            rows = sorted(str(each) for each in Survey.objects.all())
            assert rows == sorted(str(each) for each in queries.surveys_visible_to(person))
            seen[who] = rows
            assert Question.objects.count() == 7 * len(rows)
            assert Option.objects.count() == 8 * len(rows)

    assert seen == {
        "noor": ["Accounts", "Everybody"],
        "olivier": ["Accounts", "Civil", "Everybody"],
        "new": ["Accounts", "Everybody"],
    }


def test_copy_and_erasure_know_what_is_known_and_no_more(cast):
    named, anonymous = released(cast.femke, by_name=True), released(cast.femke)
    answer(named, cast.noor)
    answer(anonymous, cast.noor, words="secret")

    with acting_for(cast.noor, path="test"):
        copy = own.export_surveys(cast.noor.pk)
    own.erase_surveys(cast.noor.pk)

    assert sorted(row["what"] for row in copy) == ["answered by name", "took part", "took part"]
    assert (count_of(Response), count_of(Signature), count_of(Participation, person=cast.noor)) == (2, 0, 0)


def test_sheets_go_after_their_time_and_figures_stay(cast):
    survey = released(cast.femke, audience="public")
    visited(survey, 5)
    counted(survey, cast.femke)
    figures = count_of(Figure)

    counting.remove_sheets(timezone.now() - timedelta(days=1))
    before = count_of(Response)
    counting.remove_sheets(timezone.now() + timedelta(days=1))

    assert (before, count_of(Response), count_of(Answer), count_of(Figure)) == (5, 0, 0, figures)


def test_survey_of_a_group_is_its_facilitators_and_members_alone(cast):
    with acting_for(cast.femke, path="test"):
        organisation = cast.femke.current_memberships[0].organisation
        group = groups.found_group(name="Tin", aims="x", access="open", by=cast.femke, organisation=organisation)
    with acting_for(cast.noor, path="test"):
        joining.join_group(group, organisation=cast.noor.current_memberships[0].organisation, by=cast.noor)
    with acting_for(cast.noor, path="test"), pytest.raises(NotAllowed, match="The secretariat makes surveys"):
        drafted(cast.noor, audience="group", group=group)
    survey = released(cast.femke, audience="group", group=group, by_name=True, results_public=False)
    answer(survey, cast.noor)

    seen, kept = {}, {}
    for who in ("femke", "idris", "noor", "hugo"):
        person = Person.objects.get(pk=getattr(cast, who).pk)
        with acting_for(person, path="test"):
            seen[who] = (Survey.objects.count(), queries.surveys_visible_to(person).count(), Response.objects.count())
            kept[who] = bool(rules.can_keep(person, survey, queries.member_for(person, survey)))

    assert seen == {"femke": (1, 1, 1), "idris": (0, 0, 0), "noor": (1, 1, 1), "hugo": (0, 0, 0)}
    assert kept == {"femke": True, "idris": False, "noor": False, "hugo": False}


def test_search_finds_a_survey_for_whom_it_asks_and_its_results_for_everybody(cast):
    released(cast.femke, title_en="Antimony for accounts")
    released(cast.femke, title_en="Antimony for links", audience="invited")
    shown_to_all = released(cast.femke, title_en="Antimony for civil", audience="pillars", pillars=["civil_society"])
    drafted(cast.femke, title_en="Antimony draft")

    before = found(cast, "femke"), found(cast, "noor"), found(cast)
    counted(shown_to_all, cast.femke)
    shown(shown_to_all, cast.femke)
    after = found(cast)

    assert before == (
        ["Antimony for accounts", "Antimony for civil", "Antimony for links"], ["Antimony for accounts"], [],
    )  # fmt: skip
    assert after == ["Antimony for civil"]


def found(cast, who=""):
    if not who:
        return sorted(hit.title for hit in found_by(AnonymousUser(), "Antimony").hits)
    person = Person.objects.get(pk=getattr(cast, who).pk)
    with acting_for(person, path="test"):
        return sorted(hit.title for hit in found_by(person, "Antimony").hits)
