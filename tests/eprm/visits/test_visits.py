"""Planning, the delegation, safety notes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from eprm.base.errors import NotAllowed, Overtaken
from eprm.people.identity import acting_for
from eprm.visits.actions import delegation, visits
from eprm.visits.actions.sending import SavedMeanwhile
from eprm.visits.models import Delegate, ProgrammeItem, SafetyNote, Visit
from eprm.visits.queries import visits as queries
from lode.visits import check_visit
from tests.eprm.visits.rows import SECRET, mails, plan, today


def test_plan_visit_is_for_the_secretariat(cast):
    with pytest.raises(NotAllowed, match="The secretariat plans field visits"):
        plan(cast.noor)


def test_plan_visit_that_ends_before_it_begins_is_refused(cast):
    with pytest.raises(NotAllowed, match="ends before it begins"):
        plan(cast.femke, starts_on=today(), ends_on=today() - timedelta(days=1))


def test_plan_visit_sent_twice_is_one_visit(cast):
    nonce = uuid4()
    facts = {"title": "A", "purpose": "b", "country": "RW", "starts_on": today(), "ends_on": today()}

    with acting_for(cast.femke, path="test"):
        made = [visits.plan_visit(nonce=nonce, by=cast.femke, **facts) for _ in range(2)]

        assert (made[0] == made[1], Visit.objects.count()) == (True, 1)


def test_visits_visible_to_the_secretariat_and_those_who_go(trip, cast):
    seen = {}
    for who in ("femke", "idris", "noor", "olivier", "hugo"):
        with trip.acting(who):
            seen[who] = queries.visits_visible_to(getattr(cast, who)).count()

    assert seen == {"femke": 1, "idris": 1, "noor": 1, "olivier": 1, "hugo": 0}


def test_answer_no_takes_the_visit_away(trip, cast):
    trip.do("noor", delegation.answer, comes=False)

    with trip.acting("noor"):
        assert queries.visits_visible_to(cast.noor).count() == 0


def test_invite_mails_say_neither_where_nor_when(trip):
    told = [text for _to, _subject, text in mails()]

    assert len(told) == 2
    assert not any(word in text for text in told for word in ("Rutongo", "Northern", "RW", "high lakes", str(today())))


def test_invite_twice_is_refused_and_a_withdrawn_one_comes_back(trip, cast):
    with pytest.raises(NotAllowed, match="in the delegation already"):
        trip.do("femke", delegation.invite, person=cast.olivier)
    with trip.acting("femke"):
        delegate = Delegate.objects.select_related("visit").get(person=cast.olivier)
        delegation.withdraw_delegate(delegate=delegate, by=cast.femke)
    again = trip.do("femke", delegation.invite, person=cast.olivier)

    assert (again.pk, again.state) == (delegate.pk, "invited")


def test_withdrawn_delegate_cannot_answer(trip, cast):
    with trip.acting("femke"):
        delegate = Delegate.objects.select_related("visit").get(person=cast.noor)
        delegation.withdraw_delegate(delegate=delegate, by=cast.femke)

    with pytest.raises(NotAllowed, match="not invited"):
        trip.do("noor", delegation.answer, comes=True)


def test_pillars_of_the_delegation_are_counted_and_missing_ones_found(trip, cast):
    with trip.acting("femke"):
        begun = [found.code for found in check_visit(queries.facts_of(trip.visit))]
        counts = {state: dict(told) for state, told in queries.pillar_counts(trip.visit).items()}

    assert counts == {"accepted": {"supply_chain": 1}, "invited": {"civil_society": 1}}
    assert begun == ["VISIT-02", "VISIT-03", "VISIT-04"]


def test_guest_is_one_by_name_and_the_name_goes_with_the_invitation(trip):
    told = {"name": "Driver  Jean", "pillar": "", "role": "driver"}
    first, second = (trip.do("femke", delegation.add_guest, **told) for _ in range(2))
    with trip.acting("femke"):
        delegation.withdraw_delegate(delegate=first, by=trip.cast.femke)
        gone = Delegate.objects.get(pk=first.pk)

    assert (first.pk == second.pk, gone.name, gone.state) == (True, "", "withdrawn")


def test_move_visit_not_before_its_first_day(cast):
    visit = plan(cast.femke, starts_on=today() + timedelta(days=2), ends_on=today() + timedelta(days=4))

    with acting_for(cast.femke, path="test"), pytest.raises(NotAllowed, match="The visit begins on"):
        visits.move_visit(visit=visit, to="under_way", by=cast.femke)


def test_cancel_without_a_reason_is_refused(trip):
    with pytest.raises(NotAllowed, match="Write why"):
        trip.do("femke", visits.move_visit, to="cancelled", reason=" ")


@pytest.mark.parametrize("to", ["planned", "closed", "nonsense"])
def test_move_visit_only_where_it_can_go(trip, to):
    with pytest.raises(NotAllowed, match="cannot become"):
        trip.do("femke", visits.move_visit, to=to)


def test_cancel_tells_who_was_invited_but_not_why(trip):
    trip.do("femke", visits.move_visit, to="cancelled", reason="Shots near the road.")

    told = [(to, subject, "Shots" in text) for to, subject, text in mails()[-2:]]
    assert sorted(told) == [
        ("noor", "A field visit is cancelled", False),
        ("olivier", "A field visit is cancelled", False),
    ]


def test_change_visit_seen_by_another_meanwhile_is_refused(trip):
    version = trip.visit.version
    trip.do("femke", visits.change_visit, version=version, title="Tin and tungsten")

    with pytest.raises(Overtaken, match="changed meanwhile"):
        trip.do("idris", visits.change_visit, version=version, title="Gold")


def test_programme_line_sent_twice_is_one_and_only_on_a_day_of_the_visit(trip):
    day = trip.visit.starts_on
    for _ in range(2):
        trip.do("femke", visits.add_line, day=day, what="The weighing office")
    with pytest.raises(NotAllowed, match="not one of the visit"):
        trip.do("femke", visits.add_line, day=day - timedelta(days=1), what="x")

    with trip.acting("noor"):
        assert ProgrammeItem.objects.count() == 1


def test_safety_is_read_by_the_delegation_and_its_lead_alone(trip, cast):
    trip.safety()

    read = {}
    for who in ("femke", "idris", "noor", "olivier", "hugo"):
        with trip.acting(who):
            note = queries.safety_of(trip.visit)
            read[who] = note.text if note else None
    assert read == {"femke": SECRET, "noor": SECRET, "idris": None, "olivier": None, "hugo": None}


@pytest.mark.parametrize("who", ["idris", "olivier", "petra"])
def test_safety_is_written_by_nobody_else(trip, who):
    with pytest.raises(NotAllowed):
        trip.safety(who, "x")


def test_safety_saved_by_two_at_once_loses_nobodys_words(trip):
    trip.safety("femke", "first")
    with pytest.raises(SavedMeanwhile) as clash:
        trip.safety("noor", "mine", version=5)
    second = trip.safety("noor", "both", version=clash.value.version)

    assert (clash.value.text, second.text, second.version) == ("first", "both", 2)


def test_safety_words_are_in_no_other_table(trip):
    """Every text column of the database is read: history, mails, search, notices."""
    trip.safety()
    trip.safety("noor", SECRET + " at night", version=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND data_type IN ('text', 'character varying', 'jsonb')"
        )
        columns = cursor.fetchall()
        cursor.execute("SELECT relname FROM pg_class WHERE relkind IN ('r', 'v')")
        real = {name for (name,) in cursor.fetchall()}

    found = set()
    with trip.acting("noor"), connection.cursor() as cursor:
        for table, column in columns:
            if table in real:
                cursor.execute(f'SELECT 1 FROM "{table}" WHERE "{column}"::text LIKE %s LIMIT 1', ["%convent%"])
                found |= {(table, column)} if cursor.fetchone() else set()
    assert found == {("visits_safetynote", "text")}


def test_take_over_lets_read_and_tells_the_delegation(trip, cast):
    trip.safety()
    trip.do("idris", visits.take_over)

    with trip.acting("idris"):
        assert SafetyNote.objects.get().text == SECRET
    with trip.acting("femke"):
        assert SafetyNote.objects.count() == 0
    assert sorted(to for to, subject, _text in mails() if subject == "Somebody else leads a field visit") == [
        "femke", "noor", "olivier",
    ]  # fmt: skip


def test_take_over_is_for_the_secretariat(trip):
    with pytest.raises(NotAllowed, match="Somebody of the secretariat"):
        trip.do("noor", visits.take_over)
