"""The pages of a person's own data, and of a record's history."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from eprm.base import personal
from eprm.diligence.models import Supplier
from eprm.people import actions
from eprm.people.identity import acting_for
from eprm.people.models import Membership, Person
from tests import factories
from tests.signing_in import PASSWORD, asked_of_the_database, sign_in


@pytest.fixture
def noor(db):
    noor = factories.member("officer", factories.organisation(), "Noor")
    EmailAddress.objects.create(user=noor, email=noor.email, verified=True, primary=True)
    return noor


@pytest.fixture
def halden(noor):
    return noor.memberships.get().organisation


@pytest.fixture
def page(noor):
    return sign_in(noor)


def asked(noor):
    with acting_for(noor, path="test"):
        return personal.exports_of(noor)[0].pk


def test_copy_is_asked_for_and_downloaded_by_its_person_alone(page, noor):
    page.post(reverse("people:export_ask"))
    url = reverse("people:export_file", args=[asked(noor)])

    before = page.get(url).status_code
    personal.make_export(asked(noor))
    got = page.get(url)

    assert (before, got.status_code, got.content[:2]) == (404, 200, b"PK")
    assert "Download the copy" in page.get(reverse("people:privacy")).content.decode()
    assert sign_in(factories.person("Uwe")).get(url).status_code == 404


def test_erase_needs_the_persons_word(page, noor):
    told = page.get(reverse("people:erase")).content.decode()
    answer = page.post(reverse("people:erase"), {"address": "somebody@else.example"})

    noor.refresh_from_db()
    assert "What stays, and why" in told
    assert (answer.status_code, noor.is_active) == (422, True)
    assert "somebody@else.example" in answer.content.decode()


def test_erase_asks_again_who_it_is_then_ends_everything(noor):
    client, other = sign_in(noor, asked_again=False), sign_in(noor)
    address = noor.email
    first = client.post(reverse("people:erase"), {"address": address})
    client.post(first.url, {"password": PASSWORD})

    noor.refresh_from_db()
    assert first.url.startswith(reverse("account_reauthenticate"))
    assert (noor.is_active, noor.name, noor.email) == (False, "", f"erased-{noor.pk}@erased.invalid")
    assert [each.get(reverse("people:profile")).status_code for each in (client, other)] == [302, 302]
    assert not client.login(email=address, password=PASSWORD)


def test_erase_refuses_the_only_manager_of_others(noor, halden):
    jonas = factories.member("manager", halden, "Jonas")

    answer = sign_in(jonas).post(reverse("people:erase"), {"address": jonas.email})

    assert answer.status_code == 403
    assert "only manager of Halden" in answer.content.decode()


def test_risky_deeds_ask_again_who_it_is(noor, halden):
    jonas = factories.member("manager", halden, "Jonas")
    client = sign_in(jonas, asked_again=False)
    membership = Membership.objects.get(person=noor)

    led = [
        client.post(reverse("people:member_edit", args=[membership.pk]), {"role": "manager"}),
        client.post(reverse("people:token_new"), {"label": "ERP"}),
    ]

    membership.refresh_from_db()
    assert [answer.url.split("?")[0] for answer in led] == [reverse("account_reauthenticate")] * 2
    assert membership.role == "officer"


def test_sessions_can_be_ended(noor):
    sign_in(noor)  # gives a password
    here, there = Client(), Client()
    for client in (here, there):
        client.post(reverse("account_login"), {"login": noor.email, "password": PASSWORD})

    here.post(reverse("usersessions_list"))

    assert [client.get(reverse("people:profile")).status_code for client in (here, there)] == [200, 302]


def change(noor, halden, times):
    with acting_for(noor, path="test"):
        supplier = factories.supplier(halden, name=f"Changed {times} times", number="0")
        for number in range(1, times + 1):
            Supplier.objects.filter(pk=supplier.pk).update(number=str(number))
    return reverse("people:record_history", args=["diligence.supplier", supplier.pk])


def test_record_history_tells_who_changed_what(page, noor, halden):
    shown = page.get(change(noor, halden, 2)).content.decode()

    assert "<del>1</del> → <ins>2</ins>" in shown
    assert "Noor" in shown


def test_record_history_takes_the_same_queries_however_long(page, noor, halden):
    short, long = (asked_of_the_database(page, change(noor, halden, times)) for times in (3, 120))

    assert long <= short + 2  # what the oldest on the page was before stands on the next page


def test_record_history_of_another_organisation_does_not_exist(page, noor, halden):
    url = change(noor, halden, 1)
    petra = factories.member("manager", factories.organisation("Sudeten"), "Petra")

    assert sign_in(petra).get(url).status_code == 404
    for kind, pk in (("diligence.nothing", 1), ("diligence.supplier", 10**18), ("diligence.supplier", 10**30)):
        assert page.get(reverse("people:record_history", args=[kind, pk])).status_code == 404


def test_invitations_are_limited(noor, halden, monkeypatch):
    jonas = factories.member("manager", halden, "Jonas")
    monkeypatch.setattr(
        "eprm.people.actions.roles.INVITATIONS", actions.roles.INVITATIONS.__class__("invitations", 1, 86400)
    )
    client = sign_in(jonas)

    answers = [
        client.post(reverse("people:member_invite"), {"email": f"p{number}@x.example", "role": "reader"})
        for number in range(2)
    ]

    assert [answer.status_code for answer in answers] == [302, 429]
    assert "You may invite 1 people a day" in answers[1].content.decode()
    assert int(answers[1].headers["Retry-After"]) > 0


def test_sign_in_rests_after_wrong_passwords(noor, client):
    for _try in range(6):
        answer = client.post(reverse("account_login"), {"login": noor.email, "password": "wrong guess 1"})

    right = client.post(reverse("account_login"), {"login": noor.email, "password": PASSWORD})

    assert "Too many" in answer.content.decode()
    assert (right.status_code, Person.objects.get(pk=noor.pk).last_login, mail.outbox) == (200, None, [])
