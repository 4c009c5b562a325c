"""The company view's pages: what they say, whom they are for, and what they ask of the database."""

from datetime import date

import pytest
from django.urls import reverse

from eprm.base.identity import acting_as
from eprm.diligence.models import Decision, RiskRow
from tests.eprm.diligence.company.rows import (
    make_declaration,
    make_enquiry,
    make_organisation,
    make_person,
    make_statuses,
    make_supplier,
    make_upload,
    sign_in,
    take,
)

GOLD_A = ("Gold", "CID000001", "Gold A", "CH", "matched")
RISK = ("FILE-02", "warning", "CD", {"size": "0 B", "cid": "CID000001"})
FINDING = ("FILE-02", "error", {"size": "0 B"})
PAGES = ["company", "smelter_list", "risk_list", "finding_list", "year_change"]


@pytest.fixture
def noor(db):
    return make_person(make_organisation())


@pytest.fixture
def jonas(db):
    return make_person(make_organisation("Veldkamp Mobility N.V."), "jonas@veldkamp.example")


def declare(person, name="Baltic Flux", *, year=2026, **content):
    organisation = person.current_memberships[0].organisation
    supplier = make_supplier(organisation, name)
    return make_declaration(make_upload(organisation, person, supplier), year=year, **content)


def risk_of(upload):
    with acting_as(None, [upload.organisation_id]):
        return RiskRow.objects.filter(upload=upload).get()


@pytest.mark.parametrize("page", PAGES)
def test_page_asks_a_visitor_to_sign_in(client, page, db):
    answer = client.get(reverse(f"diligence:{page}"))

    assert (answer.status_code, answer.url.partition("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize("page", PAGES)
def test_page_leads_a_person_without_organisation_to_register_one(client, page, db):
    sign_in(client, make_person(None, "new@nobody.example"))

    answer = client.get(reverse(f"diligence:{page}"))

    assert (answer.status_code, answer.url) == (302, reverse("people:organisation_new"))


@pytest.mark.parametrize("page", PAGES)
def test_page_opens_with_nothing_to_show(client, page, noor):
    assert sign_in(client, noor).get(reverse(f"diligence:{page}")).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_page_shows_nothing_of_another_organisation(client, page, noor, jonas):
    declare(noor, smelters=[GOLD_A], risks=[RISK], findings=[FINDING])

    text = sign_in(client, jonas).get(reverse(f"diligence:{page}")).content.decode()

    assert [word for word in ("Baltic Flux", "Gold A", "CID000001", "FILE-02") if word in text] == []


def test_company_tells_smelters_risks_and_who_has_not_answered(client, noor):
    declare(noor, smelters=[GOLD_A], risks=[RISK])
    make_enquiry(
        make_supplier(noor.current_memberships[0].organisation, "Silent s.r.o."), due=date(2020, 1, 1), year=2026
    )

    text = sign_in(client, noor).get(reverse("diligence:company"), {"year": 2026}).content.decode()

    assert "Silent s.r.o." in text
    assert "DR Congo" in text
    assert "not to stop buying" in text
    assert "that is not a refusal" in text


def test_company_exports_the_open_enquiries(client, noor):
    make_enquiry(make_supplier(noor.current_memberships[0].organisation, "=cmd|'/c calc'!A1"), due=date(2020, 1, 1))

    text = (
        sign_in(client, noor).get(reverse("diligence:company"), {"year": 2026, "open-format": "csv"}).content.decode()
    )

    assert "'=cmd|" in text.splitlines()[1]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"year": "nothing"}, 200),
        ({"on": "31.12."}, 200),
        ({"on": "0001-01-01"}, 200),
        ({"on": "9999-12-31"}, 200),
        ({"year": "1"}, 200),
    ],
)
def test_company_with_a_strange_choice_shows_the_newest_year(client, noor, asked, status):
    declare(noor, smelters=[GOLD_A])

    answer = sign_in(client, noor).get(reverse("diligence:company"), asked)

    assert answer.status_code == status
    assert answer.context["view"].year == 2026


def test_smelter_list_filters_and_exports(client, noor):
    declare(noor, smelters=[GOLD_A, ("Tin", "CID000003", "Tin A", "MY", "matched")])
    page = reverse("diligence:smelter_list")
    sign_in(client, noor)

    shown = client.get(page, {"metal": "tin"}).content.decode()
    lines = client.get(page, {"metal": "tin", "format": "csv"}).content.decode("utf-8-sig").splitlines()

    assert ("Tin A" in shown, "Gold A" in shown) == (True, False)
    assert lines[1].split(",")[:5] == ["Tin A", "tin", "CID000003", "MY", "no scheme says anything"]


def test_smelter_detail_tells_names_statuses_decisions_and_risks(client, noor):
    upload = declare(noor, smelters=[GOLD_A], risks=[RISK])
    make_statuses(("CID000001", "Gold", "conformant", date(2025, 1, 1), date(2025, 12, 31)))
    with acting_as(noor.pk, noor.organisation_ids()):
        Decision.objects.create(
            organisation=upload.organisation,
            metal="Gold",
            name="Gold Ah",
            normalised="gold ah",
            judgement="same",
            cid="CID000001",
            reason="Same street",
            decided_by=noor,
            upload=upload,
        )

    text = sign_in(client, noor).get(reverse("diligence:smelter_detail", args=["gold", "CID000001"])).content.decode()

    assert [
        word for word in ("Gold Ah", "Same street", "RMAP", "Baltic Flux", "assurance has ended") if word not in text
    ] == []
    assert reverse("diligence:risk_detail", args=[risk_of(upload).pk]) in text


def test_smelter_detail_of_a_smelter_nobody_names_is_not_found(client, noor):
    answer = sign_in(client, noor).get(reverse("diligence:smelter_detail", args=["gold", "CID999999"]))

    assert answer.status_code == 404


def test_details_of_another_organisation_are_not_found(client, noor, jonas):
    upload = declare(noor, smelters=[GOLD_A], risks=[RISK])
    sign_in(client, jonas)

    answers = [
        client.get(reverse("diligence:smelter_detail", args=["gold", "CID000001"])).status_code,
        client.get(reverse("diligence:risk_detail", args=[risk_of(upload).pk])).status_code,
    ]

    assert answers == [404, 404]


def test_risk_detail_gives_reason_lists_and_five_steps(client, noor):
    upload = declare(noor, risks=[RISK])

    text = sign_in(client, noor).get(reverse("diligence:risk_detail", args=[risk_of(upload).pk])).content.decode()

    assert upload.judged_by in text
    assert [step for step in ("1 Manage", "2 Find out", "3 Respond", "4 Check", "5 Report") if step not in text] == []


def test_year_change_lists_what_is_new_and_gone(client, noor):
    declare(noor, "One", year=2025, smelters=[GOLD_A])
    declare(noor, "Two", smelters=[("Tin", "CID000003", "Tin A", "MY", "matched")])

    answer = sign_in(client, noor).get(reverse("diligence:year_change"), {"year": 2026})

    change = answer.context["change"]
    assert ([s.cid for s in change.added], [s.cid for s in change.gone]) == (["CID000003"], ["CID000001"])


@pytest.mark.parametrize("page", PAGES)
def test_page_asks_the_same_number_of_queries_at_any_size(client, noor, page, django_assert_max_num_queries):
    sign_in(client, noor)
    counted = []
    for size in (1, 3):
        for number in range(size):
            declare(noor, f"{size} {number}", smelters=[GOLD_A], risks=[RISK], findings=[FINDING])
        take(noor.current_memberships[0].organisation)
        with django_assert_max_num_queries(21) as captured:
            client.get(reverse(f"diligence:{page}"), {"year": 2026})
        counted.append(len(captured))

    assert counted[0] == counted[1]
