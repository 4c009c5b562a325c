"""Home for visitors, and what the start page says needs a person."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from eprm.base.models import OutgoingMail
from eprm.portal.views import greeting
from tests.eprm.diligence.company.rows import (
    make_declaration,
    make_enquiry,
    make_organisation,
    make_person,
    make_supplier,
    make_upload,
    sign_in,
    take,
)


@pytest.fixture
def noor(db):
    return make_person(make_organisation())


def titles(answer):
    return [task.title for task in answer.context["tasks"]]


def test_home_tells_a_visitor_what_it_does(client, db):
    answer = client.get(reverse("portal:home"))

    assert answer.status_code == 200
    assert reverse("account_signup") in answer.content.decode()


def test_home_leads_whoever_is_signed_in_to_the_start_page(client, noor):
    assert sign_in(client, noor).get(reverse("portal:home")).url == reverse("portal:start")


def test_start_asks_a_visitor_to_sign_in(client, db):
    assert client.get(reverse("portal:start")).status_code == 302


def test_start_without_organisation_leads_to_register_one(client, db):
    sign_in(client, make_person(None, "new@nobody.example"))

    assert client.get(reverse("portal:start")).url == reverse("people:organisation_new")


def test_start_of_a_new_organisation_says_where_to_begin(client, noor):
    answer = sign_in(client, noor).get(reverse("portal:start"))

    assert titles(answer) == [
        "Load the smelter register",
        "Send your suppliers’ declarations",
        "List your suppliers",
    ]


def test_start_names_what_waits(client, noor):
    organisation = noor.current_memberships[0].organisation
    late, sender = make_supplier(organisation, "Late s.r.o."), make_supplier(organisation, "Tavira")
    make_enquiry(late, due=date(2020, 1, 1), year=timezone.now().year)
    make_declaration(make_upload(organisation, noor, sender, state="checked", open_count=4, line_count=35))
    make_declaration(make_upload(organisation, noor, sender, state="decided"))
    make_declaration(make_upload(organisation, noor, sender, state="decided", error_count=2))
    make_upload(organisation, noor, sender, state="unreadable")

    answer = sign_in(client, noor).get(reverse("portal:start"))

    assert titles(answer) == [
        "Load the smelter register",
        "Decide 4 smelter names",
        "Accept 1 declaration",
        "Send 1 declaration back",
        "Ask for 1 file again",
        "Remind 1 supplier",
    ]
    assert "31 of 35 lines are settled" in answer.content.decode()
    assert "Six things need you" in answer.content.decode()


def test_start_shows_nothing_of_another_organisation(client, noor):
    other = make_organisation("Veldkamp Mobility N.V.")
    jonas = make_person(other, "jonas@veldkamp.example")
    make_declaration(make_upload(other, jonas, make_supplier(other, "Theirs"), state="checked", open_count=4))

    answer = sign_in(client, noor).get(reverse("portal:start"))

    assert "Theirs" not in answer.content.decode()


@pytest.mark.parametrize(
    ("hour", "said"), [(6, "Good morning, Noor."), (13, "Good afternoon, Noor."), (20, "Good evening, Noor.")]
)
def test_greeting_follows_the_clock(rf, noor, hour, said):
    request = rf.get("/")
    request.user = noor

    assert greeting(request, datetime(2026, 11, 22, hour, tzinfo=UTC)) == said


def test_start_asks_the_same_number_of_queries_at_any_size(client, noor, django_assert_max_num_queries):
    organisation = noor.current_memberships[0].organisation
    sign_in(client, noor)
    counted = []
    for size in (1, 3):
        for number in range(size):
            make_declaration(make_upload(organisation, noor, make_supplier(organisation, f"{size} {number}")))
        take(organisation)
        with django_assert_max_num_queries(21) as captured:
            client.get(reverse("portal:start"))
        counted.append(len(captured))

    assert counted[0] == counted[1]


def test_start_of_the_secretariat_lists_what_waits_and_where_things_are(client, db):
    femke = make_person(make_organisation("Secretariat", tier="secretariat"), "femke@eprm.example")
    make_person(make_organisation("Halden"), "noor@halden.example")
    OutgoingMail.objects.create(
        to="noor@halden.example", subject="Voted in", text="…", kind="groups", state=OutgoingMail.State.HELD
    )

    answer = sign_in(client, femke).get(reverse("portal:start"))

    assert [each.words for each in answer.context["waiting"]] == ["1 mail that waits for a look"]
    assert reverse("members:application_list") in answer.content.decode()
