"""Filing, taking up, checking, answering: what is possible, for whom, and what two at once get."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from eprm.authorities import queries
from eprm.authorities.actions import concerns, desk, network
from eprm.authorities.models import Check, FiledDocument, FiledMass, Filing, RankingWeight
from eprm.base.errors import NotAllowed, Overtaken
from eprm.base.identity import acting_everywhere
from eprm.people.identity import acting_for
from eprm.people.models import Person
from tests.eprm.authorities.rows import ORE, file_year, make_rules, mass, paper


def state(filing, person):
    with acting_for(person, path="test"):
        return queries.state_of(queries.filing_visible_to(person, filing.pk))


def as_desk(person, year=2025):
    with acting_for(person, path="test"):
        return queries.desk(person.memberships.get().organisation, year=year, on=timezone.localdate())


def test_file_pack_keeps_thresholds_and_high_risk_areas_of_the_day(cast):
    filing = file_year(cast.halden, cast.nl, cast.noor, masses=[mass(kg=300, origin="CD"), mass(ORE, 4600, "PE")])

    with acting_for(cast.noor, path="test"):
        rows = list(FiledMass.objects.filter(filing=filing).values_list("code", "threshold_kg", "mass_kg", "high_risk"))
    assert rows == [
        ("8101 96 00", Decimal(250), Decimal(300), "Nord-Kivu"),
        ("2609 00 00", Decimal(5000), Decimal(4600), ""),
    ]
    assert filing.keep_until == timezone.localdate().replace(year=timezone.localdate().year + 5)


@pytest.mark.parametrize("who", ["rita", "petra", "femke", "ruben"])
def test_file_pack_is_for_the_importers_own_officers(cast, who):
    with pytest.raises(NotAllowed, match="Only officers and managers of Halden"):
        file_year(cast.halden, cast.nl, getattr(cast, who))


def test_file_pack_a_second_time_points_to_the_first(cast):
    file_year(cast.halden, cast.nl, cast.noor)

    with pytest.raises(NotAllowed, match="You filed 2025 with Authority NL already"):
        file_year(cast.halden, cast.nl, cast.noor)


def test_file_pack_for_a_year_to_come_or_with_an_authority_that_takes_none_is_refused(cast):
    cast.de.takes_filings = False

    with pytest.raises(NotAllowed, match="has not begun"):
        file_year(cast.halden, cast.nl, cast.noor, year=timezone.localdate().year + 1)
    with pytest.raises(NotAllowed, match="takes no files over this platform"):
        file_year(cast.halden, cast.de, cast.noor)


def test_correction_replaces_and_the_first_stays_as_it_was(cast):
    first = file_year(cast.halden, cast.nl, cast.noor)
    second = file_year(cast.halden, cast.nl, cast.noor, masses=[mass(kg=900)], replaces=first)

    assert (state(first, cast.ruben), state(second, cast.ruben)) == ("replaced", "filed")
    assert [(row.filing.pk, row.mass_kg) for row in as_desk(cast.ruben)] == [(second.pk, 900)]
    with pytest.raises(NotAllowed, match="not in force any more"):
        file_year(cast.halden, cast.nl, cast.noor, replaces=first)


def test_withdraw_is_possible_until_the_authority_takes_it_up(cast):
    filing = file_year(cast.halden, cast.nl, cast.noor)
    other = file_year(cast.halden, cast.de, cast.noor)
    with acting_for(cast.ruben, path="test"):
        desk.take_up(filing=filing, by=cast.ruben)

    with acting_for(cast.noor, path="test"):
        desk.withdraw_filing(filing=other, by=cast.noor)
        with pytest.raises(NotAllowed, match="has taken this file up"):
            desk.withdraw_filing(filing=filing, by=cast.noor)

    assert (state(other, cast.silke), state(filing, cast.noor)) == ("withdrawn", "open")


def test_take_up_is_for_the_authority_it_was_filed_with(cast):
    filing = file_year(cast.halden, cast.nl, cast.noor)

    for person in (cast.silke, cast.femke, cast.noor):
        with acting_for(person, path="test"), pytest.raises(NotAllowed):
            desk.take_up(filing=filing, by=person)


def test_message_of_the_authority_is_told_by_mail_without_a_word_of_it(cast, django_capture_on_commit_callbacks):
    filing = file_year(cast.halden, cast.nl, cast.noor)

    with django_capture_on_commit_callbacks(execute=True), acting_for(cast.ruben, path="test"):
        desk.write_message(filing=filing, text="Send the audit report of the smelter", by=cast.ruben)

    (letter,) = mail.outbox
    assert (letter.to, "audit" in letter.body, f"/files/{filing.pk}/" in letter.body) == (
        [cast.noor.email],
        False,
        True,
    )


def test_close_answers_once_and_nothing_is_written_after(cast):
    filing = file_year(cast.halden, cast.nl, cast.noor)
    with acting_for(cast.ruben, path="test"):
        desk.take_up(filing=filing, by=cast.ruben)
        desk.close_case(filing=filing, outcome="Complete.", by=cast.ruben)
        with pytest.raises(NotAllowed, match="only once"):
            desk.close_case(filing=filing, outcome="Again.", by=cast.ruben)

    with acting_for(cast.noor, path="test"), pytest.raises(NotAllowed, match="closed"):
        desk.write_message(filing=filing, text="Thank you", by=cast.noor)
    assert state(filing, cast.noor) == "closed"


def test_record_check_keeps_it_five_years_and_lowers_the_rank(cast):
    filing = file_year(cast.halden, cast.nl, cast.noor)
    before = as_desk(cast.ruben)[0].score
    with acting_for(cast.ruben, path="test"):
        check = desk.record_check(
            authority=cast.nl.organisation,
            importer=cast.halden,
            filing=filing,
            nature="documents",
            checked_on=date(2026, 2, 28),
            result="partly",
            findings="No audit report.",
            remedy="Send it.",
            remedy_due_on=date(2026, 4, 1),
            by=cast.ruben,
        )

    row = as_desk(cast.ruben)[0]
    assert (check.keep_until, row.last_check, row.score < before) == (date(2031, 2, 28), check, True)
    assert row.due_on == date(2036, 2, 28)


def test_record_check_of_a_day_to_come_is_refused(cast):
    with acting_for(cast.ruben, path="test"), pytest.raises(NotAllowed, match="lies ahead"):
        desk.record_check(
            authority=cast.nl.organisation,
            importer=cast.halden,
            nature="spot",
            checked_on=timezone.localdate() + timedelta(days=1),
            result="conforms",
            findings="x",
            by=cast.ruben,
        )


def test_weights_of_one_authority_hold_for_it_alone_and_from_the_day(cast):
    today = timezone.localdate()
    points = dict.fromkeys(queries.KEYS, 1)
    with acting_for(cast.femke, path="test"):
        RankingWeight.objects.get_or_create(
            organisation=None, key="bound_line", since=date(2021, 1, 1), defaults={"points": 10, "source": "s"}
        )
    with acting_for(cast.ruben, path="test"):
        desk.set_weights(authority=cast.nl.organisation, points=points, since=today, reason="ours", by=cast.ruben)
        with pytest.raises(NotAllowed, match="never for the past"):
            desk.set_weights(
                authority=cast.nl.organisation, points=points, since=date(2026, 1, 1), reason="r", by=cast.ruben
            )
        own = queries.weights_on(cast.nl.organisation, today)["bound_line"].points
        before = queries.weights_on(cast.nl.organisation, today - timedelta(days=1))["bound_line"].points
    with acting_for(cast.silke, path="test"):
        theirs = queries.weights_on(cast.de.organisation, today)["bound_line"].points

    assert (own, before, theirs) == (1, 10, 10)


def test_concern_of_a_visitor_is_read_by_its_code_and_by_the_authority_alone(cast):
    concern, code = concerns.put_concern(
        authority=cast.nl, importer_name="halden instruments", text="They bought from nobody.", by=None
    )

    with acting_for(cast.ruben, path="test"):
        assert queries.concern_visible_to(cast.ruben, concern.pk).importer == cast.halden
        concerns.answer_concern(concern=concern, answer="We looked.", by=cast.ruben)
        with pytest.raises(NotAllowed, match="stays as it was given"):
            concerns.answer_concern(concern=concern, answer="Again.", by=cast.ruben)
    for person in (cast.silke, cast.femke, cast.noor):
        with acting_for(person, path="test"):
            assert queries.concern_visible_to(person, concern.pk) is None
    assert queries.concern_of_receipt(code.upper().replace("-", " ")).answer == "We looked."
    assert queries.concern_of_receipt("") is None


def test_concern_counts_in_the_rank_of_the_importer_it_names(cast):
    file_year(cast.halden, cast.nl, cast.noor)
    before = as_desk(cast.ruben)[0].score
    concerns.put_concern(authority=cast.nl, importer_name="Halden Instruments", text="x", by=None)

    assert as_desk(cast.ruben)[0].score > before


def test_network_notes_are_for_authorities_and_the_secretariat(cast):
    with acting_for(cast.ruben, path="test"):
        topic = network.write_topic(
            of=cast.nl.organisation, kind="question", title="Proof?", text="What do you take?", by=cast.ruben
        )
    with acting_for(cast.silke, path="test"):
        network.answer_topic(topic=topic, of=cast.de.organisation, text="Scheme reports.", by=cast.silke)
        with pytest.raises(NotAllowed, match="You do not work for"):
            network.answer_topic(topic=topic, of=cast.nl.organisation, text="x", by=cast.silke)

    with acting_for(cast.femke, path="test"):
        assert [(t.title, t.answers) for t in queries.topics_visible_to(cast.femke)] == [("Proof?", 1)]
    with acting_for(cast.noor, path="test"):
        assert list(queries.topics_visible_to(cast.noor)) == []
        with pytest.raises(NotAllowed, match="for their own people"):
            network.write_topic(of=cast.halden, kind="note", title="x", text="x", by=cast.noor)


def test_desk_asks_as_often_for_one_file_as_for_three(cast, django_assert_num_queries):
    file_year(cast.halden, cast.nl, cast.noor)
    file_year(cast.petra.memberships.get().organisation, cast.nl, cast.petra)

    with acting_for(cast.ruben, path="test"), django_assert_num_queries(7):
        assert len(queries.desk(cast.nl.organisation, year=2025, on=timezone.localdate())) == 2


@pytest.mark.django_db(transaction=True)
def test_two_officers_take_up_at_once_and_one_is_told(cast):
    filing = file_year(cast.halden, cast.nl, cast.noor, documents=[paper()])

    def take(_number):
        person = Person.objects.get(pk=cast.ruben.pk)
        try:
            with acting_for(person, path="test"):
                desk.take_up(filing=filing, by=person)
        except NotAllowed as refused:
            return refused.reason
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as people:
        told = sorted(people.map(take, range(2)))

    assert (told[0], "taken up" in told[1]) == ("", True)
    make_rules()


def test_checks_are_the_authoritys_alone(cast):
    with acting_for(cast.ruben, path="test"):
        desk.record_check(
            authority=cast.nl.organisation,
            importer=cast.halden,
            nature="spot",
            checked_on=date(2026, 1, 2),
            result="infringes",
            findings="x",
            by=cast.ruben,
        )

    for person in (cast.noor, cast.silke, cast.femke):
        with acting_for(person, path="test"):
            assert Check.objects.count() == 0


def make_past(*, filings=(), checks=()):
    """As if it were years later."""
    with acting_everywhere("test"):
        for filing in filings:
            Filing.objects.filter(pk=filing.pk).update(keep_until=date(2020, 1, 1))
        for check in checks:
            Check.objects.filter(pk=check.pk).update(keep_until=date(2020, 1, 1))


def check_of(cast, filing):
    with acting_for(cast.ruben, path="test"):
        return desk.record_check(
            authority=cast.nl.organisation,
            importer=cast.halden,
            filing=filing,
            nature="documents",
            checked_on=date(2026, 5, 1),
            result="conforms",
            findings="All there.",
            by=cast.ruben,
        )


def test_what_need_be_kept_no_longer_is_removed_for_good(cast):
    filing = file_year(cast.halden, cast.nl, cast.noor, documents=[paper()])
    young = file_year(cast.halden, cast.nl, cast.noor, year=2024)
    make_past(filings=[filing], checks=[check_of(cast, young)])

    with acting_for(cast.ruben, path="test"):
        removed = desk.remove_past(authority=cast.nl.organisation, seen=2, by=cast.ruben)

        assert (removed, list(Filing.objects.all()), Check.objects.count()) == (2, [young], 0)
        assert FiledDocument.objects.count() == 0


def test_file_stays_as_long_as_what_corrects_it(cast):
    first = file_year(cast.halden, cast.nl, cast.noor)
    file_year(cast.halden, cast.nl, cast.noor, replaces=first)
    make_past(filings=[first])

    with acting_for(cast.ruben, path="test"):
        assert queries.past_keeping(cast.nl.organisation, date.today()) == ([], [])


def test_removal_of_something_else_than_was_seen_or_by_another_is_refused(cast):
    make_past(filings=[file_year(cast.halden, cast.nl, cast.noor)])

    with acting_for(cast.ruben, path="test"), pytest.raises(Overtaken, match="it is 1 files and checks, not 0"):
        desk.remove_past(authority=cast.nl.organisation, seen=0, by=cast.ruben)
    with acting_for(cast.silke, path="test"), pytest.raises(NotAllowed):
        desk.remove_past(authority=cast.nl.organisation, seen=1, by=cast.silke)
    with acting_for(cast.noor, path="test"):
        assert Filing.objects.count() == 1
