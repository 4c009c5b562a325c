"""Asking to join, answering, claiming, and finding the organisation that is here already."""

import pytest
from django.core import mail
from django.urls import reverse

from eprm.base.errors import NotAllowed, Overtaken
from eprm.base.outbox import send_due
from eprm.people import actions
from eprm.people.identity import acting_for
from eprm.people.models import JoinRequest, Membership, Organisation, Person
from eprm.people.queries import joining
from tests import factories

from .conftest import make_person


@pytest.fixture
def femke(db):
    return factories.member("manager", factories.organisation("EPRM", tier="secretariat"), "Femke")


@pytest.fixture
def listed(femke):
    """An organisation the secretariat listed, with the domain its people write from."""
    with acting_for(femke, path="test"):
        organisation = actions.list_organisation(name="Condensa GmbH", country="DE", tier="component", by=femke)
        actions.add_identifier(organisation, scheme="domain", value="condensa.example", by=femke)
    return organisation


def ask(person, organisation, sentence="I answer for purchasing."):
    with acting_for(person, path="test"):
        return actions.ask_to_join(organisation, sentence=sentence, by=person)


def again(person):
    return Person.objects.get(pk=person.pk)


def test_ask_to_join_tells_the_managers(noor, halden):
    uwe = make_person("uwe@halden.example")

    request = ask(uwe, halden)
    send_due()

    assert (request.outcome, [message.to for message in mail.outbox]) == ("waiting", [["noor@halden.example"]])
    assert "I answer for purchasing." in mail.outbox[0].body


def test_answer_request_gives_the_role_and_tells_the_person(noor, halden):
    uwe = make_person("uwe@halden.example")
    request = ask(uwe, halden)

    with acting_for(again(noor), path="test"):
        actions.answer_request(request, accept=True, role="officer", by=again(noor))
    send_due()

    assert again(uwe).role_in(halden.pk) == "officer"
    assert [message.to for message in mail.outbox][1:] == [["uwe@halden.example"]]


def test_answer_request_refuses_with_a_reason_only(noor, halden):
    request = ask(make_person("uwe@halden.example"), halden)

    with acting_for(again(noor), path="test"):
        with pytest.raises(NotAllowed, match="A refusal needs a reason"):
            actions.answer_request(request, accept=False, reason=" ", by=again(noor))
        answered = actions.answer_request(request, accept=False, reason="We do not know you.", by=again(noor))

    assert (answered.outcome, answered.reason) == ("refused", "We do not know you.")
    assert Membership.objects.filter(organisation=halden).count() == 1


def test_answer_request_happens_once(noor, halden):
    request = ask(make_person("uwe@halden.example"), halden)

    with acting_for(again(noor), path="test"):
        actions.answer_request(request, accept=True, role="reader", by=again(noor))
        with pytest.raises(NotAllowed, match="accepted already"):
            actions.answer_request(request, accept=False, reason="x", by=again(noor))


def test_answer_request_is_not_for_the_one_who_asks(noor, halden):
    uwe = make_person("uwe@halden.example")
    request = ask(uwe, halden)

    with acting_for(uwe, path="test"), pytest.raises(NotAllowed, match="to its own people"):
        actions.answer_request(request, accept=True, role="manager", by=uwe)


def test_answer_request_to_a_managed_organisation_is_not_the_secretariats(noor, halden, femke):
    request = ask(make_person("uwe@halden.example"), halden)

    with acting_for(femke, path="test"), pytest.raises(NotAllowed, match="to its own people"):
        actions.answer_request(request, accept=True, role="manager", by=femke)


def test_ask_to_join_twice_says_that_the_answer_is_open(noor, halden):
    uwe = make_person("uwe@halden.example")
    ask(uwe, halden)

    with pytest.raises(Overtaken, match="its answer is still open"):
        ask(uwe, halden)


def test_ask_to_join_is_bounded(noor, db):
    uwe = make_person("uwe@halden.example")
    for number in range(5):
        ask(uwe, factories.organisation(f"Org {number}"))

    with pytest.raises(NotAllowed, match="5 of your requests wait"):
        ask(uwe, factories.organisation("One more"))


def test_ask_to_join_the_secretariat_is_refused(femke):
    with pytest.raises(NotAllowed, match="invites its own people"):
        ask(make_person("x@y.example"), femke.memberships.get().organisation)


def test_claim_by_a_confirmed_address_of_the_domain_is_at_once(listed):
    uwe = make_person("uwe@condensa.example")

    request = ask(uwe, listed)

    assert (request.outcome, again(uwe).role_in(listed.pk)) == ("accepted", "manager")
    assert "condensa.example" in request.reason


def test_claim_by_an_unconfirmed_address_waits_for_the_secretariat(listed, femke):
    uwe = make_person("uwe@condensa.example")
    uwe.emailaddress_set.update(verified=False)

    request = ask(uwe, listed)
    send_due()

    assert (request.outcome, mail.outbox[0].to) == ("waiting", [femke.email])
    with acting_for(femke, path="test"):
        actions.answer_request(request, accept=True, role="reader", by=femke)
    assert again(uwe).role_in(listed.pk) == "manager"


def test_domain_does_not_open_an_organisation_that_has_people(listed):
    ask(make_person("uwe@condensa.example"), listed)

    second = ask(make_person("eva@condensa.example"), listed)

    assert second.outcome == "waiting"


def test_add_identifier_of_a_domain_needs_an_address_there(noor, halden):
    with acting_for(again(noor), path="test"):
        actions.add_identifier(halden, scheme="domain", value="halden.example", by=again(noor))
        with pytest.raises(NotAllowed, match="no confirmed address at “condensa"):
            actions.add_identifier(halden, scheme="domain", value="condensa.example", by=again(noor))
        with pytest.raises(NotAllowed, match="do not follow from the others"):
            actions.add_identifier(halden, scheme="lei", value="7LTWFZYICNSX8D621K87", by=again(noor))


@pytest.mark.parametrize(
    ("name", "country", "found"),
    [
        ("HALDEN INSTRUMENTS BV", "NL", ["Halden Instruments B.V."]),
        ("Haldn Instruments", "NL", ["Halden Instruments B.V."]),
        ("Halden Instruments", "DE", []),
        ("Something else", "NL", []),
        ("", "", []),
    ],
)
def test_likely_same_knows_names_as_people_write_them(halden, name, country, found):
    assert [each.organisation.name for each in joining.likely_same(name=name, country=country)] == found


def test_likely_same_knows_identifiers_other_names_and_mail_domains(listed, femke):
    with acting_for(femke, path="test"):
        actions.add_identifier(listed, scheme="lei", value="7LTWFZYICNSX8D621K86", by=femke)
        actions.add_name(listed, name="Kondensatorenwerk Heidenheim", kind="former", by=femke)
    uwe = make_person("uwe@condensa.example")

    with acting_for(uwe, path="test"):
        by_number = joining.likely_same(name="X", identifiers=(("lei", "7ltwfzyicnsx8d621k86"),))
        by_name = joining.likely_same(name="Kondensatorenwerk Heidenheim GmbH")
        by_mail = joining.likely_same(name="X", person=uwe)

    assert [[each.organisation for each in found] for found in (by_number, by_name, by_mail)] == [[listed]] * 3


def test_organisation_new_shows_the_likely_one_before_a_second_is_made(client, halden):
    client.force_login(make_person("uwe@other.example"))
    typed = {"name": "Halden Instruments", "country": "NL", "tier": "brand"}

    first = client.post(reverse("people:organisation_new"), typed)
    second = client.post(reverse("people:organisation_new"), typed | {"apart": "1"})

    assert (first.status_code, "Ask to join it" in first.content.decode()) == (422, True)
    assert (second.status_code, Organisation.objects.filter(normalised="halden instruments").count()) == (302, 2)


def test_organisation_likely_is_a_part_and_a_page(client, noor, halden):
    client.force_login(noor)
    address = reverse("people:organisation_likely")

    part = client.get(address, {"name": "Halden Instr", "country": "NL"}, headers={"HX-Request": "true"})
    page = client.get(address, {"name": "Halden Instr", "country": "NL\0"})

    assert part.content.decode().startswith('<section id="likely"')
    assert "Halden Instruments" in page.content.decode()


def test_request_pages_walk_from_asking_to_working(client, noor, halden):
    uwe = make_person("uwe@halden.example")
    client.force_login(uwe)
    client.post(reverse("people:request_new", args=[halden.pk]), {"sentence": "I buy tin."})
    request = JoinRequest.objects.get
    client.force_login(noor)

    listed = client.get(reverse("people:request_list")).content.decode()
    with acting_for(again(noor), path="test"):
        asked = request()
    bare = client.post(reverse("people:request_detail", args=[asked.pk]), {"answer": "no"})
    done = client.post(reverse("people:request_detail", args=[asked.pk]), {"answer": "yes", "role": "officer"})

    assert ("I buy tin." in listed, bare.status_code, done.status_code) == (True, 422, 302)
    assert again(uwe).role_in(halden.pk) == "officer"


def test_request_of_somebody_else_does_not_exist(client, noor, halden, jonas, veldkamp):
    asked = ask(make_person("uwe@halden.example"), halden)
    client.force_login(jonas)

    assert client.get(reverse("people:request_detail", args=[asked.pk])).status_code == 404
    assert client.post(reverse("people:request_withdraw", args=[asked.pk])).status_code == 404
