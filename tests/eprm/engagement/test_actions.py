"""The plan, mails handed in, segments, and campaigns that go out once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from eprm.base.errors import NotAllowed
from eprm.base.identity import acting_as
from eprm.base.models import OutgoingMail
from eprm.engagement import queries
from eprm.engagement.actions import campaigns, plan
from eprm.engagement.mails import read_mail
from eprm.engagement.models import Campaign, Contact, Entry, Sending, Target
from eprm.people.actions.consents import withdraw_consent
from eprm.people.identity import acting_for
from eprm.people.models import Person
from tests.eprm.engagement.rows import FORWARDED, MAIL, make_campaign, make_contact, make_segment, make_target


def addresses(segment, by):
    with acting_for(by, path="test"):
        return [each.email for each in queries.recipients(segment)]


def send(campaign, by, seen):
    with acting_for(by, path="test"):
        campaigns.send_campaign(campaign=campaign, seen=seen, by=by)
    campaigns.post_campaign(campaign_id=campaign.pk)


def test_add_target_twice_points_to_the_first(cast):
    make_target(cast.femke)

    with pytest.raises(NotAllowed, match="is in the plan already"):
        make_target(cast.femke, "unep  PlanetGold")


@pytest.mark.parametrize("who", ["hugo", "noor"])
def test_add_target_is_for_the_secretariat(cast, who):
    with pytest.raises(NotAllowed, match="The secretariat keeps"):
        make_target(getattr(cast, who))


def test_owner_must_work_for_the_secretariat(cast):
    with pytest.raises(NotAllowed, match="Noor does not work for the secretariat"):
        make_target(cast.femke, owner=cast.noor)


def test_plan_step_wants_a_step_and_its_day_unless_resting(cast):
    target = make_target(cast.femke)

    with acting_for(cast.femke, path="test"):
        with pytest.raises(NotAllowed, match="a next step and its day are needed"):
            plan.plan_step(target, stage="talking", next_step="Call", next_on=None, by=cast.femke)
        changed = plan.plan_step(target, stage="resting", next_step="", next_on=None, by=cast.femke)

    assert (changed.stage, changed.stage_since) == ("resting", timezone.localdate())


def test_lanes_tell_what_is_overdue(cast):
    today = timezone.localdate()
    make_target(cast.femke, "A", next_step="Call", next_on=today - timedelta(days=1))
    make_target(cast.femke, "B", next_step="Call", next_on=today)
    make_target(cast.femke, "C")

    with acting_for(cast.hugo, path="test"):
        lanes = {
            lane.key: ([target.name for target in lane.targets], lane.overdue)
            for lane in queries.lanes(cast.hugo, today)
        }
    assert lanes["found"] == (["A", "B", "C"], 2)


def test_log_mail_is_filed_by_its_addresses_and_kept_once(cast):
    target = make_target(cast.femke)
    make_contact(target, cast.femke)

    with acting_for(cast.femke, path="test"):
        first = plan.log_mail(mail=read_mail(MAIL), by=cast.femke)
        again = plan.log_mail(mail=read_mail(MAIL), by=cast.femke)
        forwarded = plan.log_mail(mail=read_mail(FORWARDED), by=cast.femke)
        last = queries.targets_visible_to(cast.femke).get().last_contact

    assert (first[1], again[1], forwarded[0].target, last) == (True, False, target, date(2026, 11, 24))


def test_log_mail_that_fits_two_waits_to_be_filed(cast):
    one, two = make_target(cast.femke, "One"), make_target(cast.femke, "Two")
    make_contact(one, cast.femke)
    make_contact(two, cast.femke)

    with acting_for(cast.femke, path="test"):
        entry, _new = plan.log_mail(mail=read_mail(MAIL), by=cast.femke)
        assert list(queries.unfiled_entries()) == [entry]
        plan.file_entry(entry=entry, target=two, by=cast.femke)
        with pytest.raises(NotAllowed, match="filed meanwhile"):
            plan.file_entry(entry=entry, target=one, by=cast.femke)


def test_end_contact_forgets_the_address(cast):
    contact = make_contact(make_target(cast.femke), cast.femke)

    with acting_for(cast.femke, path="test"):
        plan.end_contact(contact=contact, by=cast.femke)
        assert Contact.objects.values_list("name", "email").get() == ("Ana", "")


def test_recipients_are_who_agreed_narrowed_and_contacts_if_wanted(cast):
    make_contact(make_target(cast.femke), cast.femke)
    people = sorted([cast.noor.email, cast.marieke.email])

    assert addresses(make_segment(cast.femke), cast.femke) == people
    assert addresses(make_segment(cast.femke, "French", languages=["fr"]), cast.femke) == [cast.marieke.email]
    assert addresses(make_segment(cast.femke, "Chain", pillars=["supply_chain"]), cast.femke) == [cast.noor.email]
    assert addresses(make_segment(cast.femke, "Belgium", countries=["BE"]), cast.femke) == [cast.marieke.email]
    only_plan = make_segment(cast.femke, "Plan", with_people=False, target_kinds=["alliance"])
    assert addresses(only_plan, cast.femke) == ["ana@planet.example"]


def test_recipients_are_without_who_took_consent_back_or_refused(cast):
    segment = make_segment(cast.femke)
    with acting_for(cast.noor, path="test"):
        withdraw_consent("news", by=cast.noor)
    with acting_as(None):
        campaigns.refuse(address=cast.marieke.email.upper())

    assert addresses(segment, cast.femke) == []


def test_campaign_goes_once_to_each_in_their_language_with_a_way_out(cast):
    campaign = make_campaign(cast.femke, make_segment(cast.femke), fr=("Nouvelles", "Bonjour."))

    send(campaign, cast.femke, 2)
    campaigns.post_campaign(campaign_id=campaign.pk)

    with acting_for(cast.femke, path="test"):
        mails = {mail.to: mail for mail in OutgoingMail.objects.filter(kind="engagement.campaign")}
        assert (Campaign.objects.get().state, Sending.objects.count()) == ("sent", 2)
    assert {to: mail.subject for to, mail in mails.items()} == {
        cast.noor.email: "News",
        cast.marieke.email: "Nouvelles",
    }
    headers = mails[cast.noor.email].headers
    assert (headers["List-Unsubscribe-Post"], headers["List-Unsubscribe"].startswith("<http")) == (
        "List-Unsubscribe=One-Click",
        True,
    )


def test_campaign_cut_off_in_the_middle_goes_on_where_it_stopped(cast, monkeypatch):
    campaign = make_campaign(cast.femke, make_segment(cast.femke))
    monkeypatch.setattr(campaigns, "CHUNK", 1)
    with acting_for(cast.femke, path="test"):
        campaigns.send_campaign(campaign=campaign, seen=2, by=cast.femke)
    posted = campaigns._post

    def cut_off(text, address, **more):
        if address == cast.noor.email:
            raise ConnectionError
        posted(text, address, **more)

    monkeypatch.setattr(campaigns, "_post", cut_off)
    with pytest.raises(ConnectionError):
        campaigns.post_campaign(campaign_id=campaign.pk)
    monkeypatch.setattr(campaigns, "_post", posted)
    campaigns.post_campaign(campaign_id=campaign.pk)

    with acting_for(cast.femke, path="test"):
        assert sorted(OutgoingMail.objects.filter(kind="engagement.campaign").values_list("to", flat=True)) == sorted(
            [cast.noor.email, cast.marieke.email]
        )


def test_send_campaign_wants_the_number_the_person_saw(cast):
    campaign = make_campaign(cast.femke, make_segment(cast.femke))

    with acting_for(cast.femke, path="test"), pytest.raises(NotAllowed, match="means 2 addresses now, not 5"):
        campaigns.send_campaign(campaign=campaign, seen=5, by=cast.femke)


def test_sent_campaign_is_neither_changed_nor_sent_again(cast):
    segment = make_segment(cast.femke)
    campaign = make_campaign(cast.femke, segment)
    send(campaign, cast.femke, 2)

    with acting_for(cast.femke, path="test"):
        with pytest.raises(NotAllowed, match="went out on"):
            campaigns.send_campaign(campaign=campaign, seen=2, by=cast.femke)
        with pytest.raises(NotAllowed, match="went out on"):
            campaigns.save_campaign(
                title="x", segment=segment, texts={"en": ("a", "b")}, campaign=campaign, by=cast.femke
            )


@pytest.mark.django_db(transaction=True)
def test_two_people_send_at_once_and_one_is_told(cast):
    campaign = make_campaign(cast.femke, make_segment(cast.femke))

    def click(person):
        person = Person.objects.get(pk=person.pk)
        try:
            with acting_for(person, path="test"):
                campaigns.send_campaign(campaign=campaign, seen=2, by=person)
        except NotAllowed as refused:
            return refused.reason
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as people:
        told = sorted(people.map(click, [cast.femke, cast.idris]))

    assert (told[0], "went out" in told[1]) == ("", True)


def test_plan_in_the_database_is_the_secretariats_and_the_boards(cast):
    target = make_target(cast.femke)
    make_contact(target, cast.femke)
    with acting_for(cast.femke, path="test"):
        plan.log_contact(target=target, kind="call", happened_on=date(2026, 1, 2), subject="x", by=cast.femke)

    seen = {}
    for name in ("femke", "hugo", "noor"):
        with acting_for(getattr(cast, name), path="test"):
            seen[name] = (Target.objects.count(), Entry.objects.count(), Contact.objects.count())

    assert seen == {"femke": (1, 1, 1), "hugo": (1, 1, 0), "noor": (0, 0, 0)}
