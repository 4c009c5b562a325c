"""The pages of suppliers, enquiries, names and finding codes."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from eprm.diligence.models import Decision, Declaration, Enquiry, Supplier
from tests import factories


@pytest.fixture
def officer(acting) -> Client:
    client = Client()
    client.force_login(acting.officer)
    return client


def get(client: Client, route: str, *args, **query):
    return client.get(reverse(f"diligence:{route}", args=args), query)


def post(client: Client, route: str, *args, **data):
    return client.post(reverse(f"diligence:{route}", args=args), data, follow=True)


def test_supplier_new_is_on_the_list(officer):
    post(officer, "supplier_new", name="Condensa GmbH", country="DE", active="on")

    assert "Condensa GmbH" in get(officer, "supplier_list").content.decode()


def test_supplier_twice_is_told_at_the_name(acting, officer):
    factories.supplier(acting.organisation, "Condensa GmbH")

    response = post(officer, "supplier_new", name="Condensa GmbH", active="on")

    assert response.status_code == 422
    assert "“Condensa GmbH” is on your list already" in response.content.decode()


def test_supplier_from_a_declaration_takes_the_file(acting, officer):
    upload = factories.upload(acting.organisation, acting.officer)
    Declaration.objects.create(
        organisation=acting.organisation,
        upload=upload,
        template="CMRT",
        revision="6.5",
        language="en",
        company_name="New",
    )

    response = officer.post(f"{reverse('diligence:supplier_new')}?upload={upload.pk}", {"name": "New", "active": "on"})

    upload.refresh_from_db()
    assert (response.url, upload.supplier.name) == (reverse("diligence:upload_detail", args=[upload.pk]), "New")


def test_supplier_edit_changes_it(acting, officer):
    supplier = factories.supplier(acting.organisation)

    post(officer, "supplier_edit", supplier.pk, name="Solder GmbH", country="AT", active="on")

    supplier.refresh_from_db()
    assert (supplier.name, supplier.country) == ("Solder GmbH", "AT")


def test_supplier_list_from_csv_adds_and_changes(acting, officer):
    factories.supplier(acting.organisation, "Condensa GmbH")
    content = "Name;Pays;E-mail\nCondensa GmbH;Allemagne;\nSudeten Solder;CZ;p@s.example\n".encode("cp1252")

    response = post(officer, "supplier_import", file=SimpleUploadedFile("list.csv", content))

    assert "1 supplier added, 1 changed." in response.content.decode()
    assert list(Supplier.objects.order_by("name").values_list("name", "country", "contact_email")) == [
        ("Condensa GmbH", "DE", ""),
        ("Sudeten Solder", "CZ", "p@s.example"),
    ]


def test_supplier_list_with_errors_saves_nothing_and_names_rows(officer):
    content = b"name,country,email\n,DE,\nA,Narnia,\nB,,no-at\n"

    response = post(officer, "supplier_import", file=SimpleUploadedFile("list.csv", content))

    text = response.content.decode()
    assert (response.status_code, Supplier.objects.count()) == (422, 0)
    assert all(said in text for said in ("row 2", "Narnia", "no-at", "3 rows need you"))


def test_ask_several_suppliers_once(acting, officer):
    asked, new = factories.supplier(acting.organisation, "A"), factories.supplier(acting.organisation, "B")
    factories.enquiry(asked, 2025)

    post(
        officer,
        "enquiry_new",
        year=2025,
        template="CMRT",
        asked_on=date(2026, 1, 2).isoformat(),
        due_on=date(2099, 1, 1).isoformat(),
        suppliers=[asked.pk, new.pk],
    )

    found = sorted(Enquiry.objects.values_list("supplier__name", "year", "asked_on"))
    assert found == [("A", 2025, date(2026, 1, 10)), ("B", 2025, date(2026, 1, 2))]


def test_ask_with_days_that_cannot_be_says_which(acting, officer):
    supplier = factories.supplier(acting.organisation)
    told = {"year": 2025, "template": "CMRT", "suppliers": [supplier.pk]}

    future = post(officer, "enquiry_new", **told, asked_on="2098-01-01", due_on="2099-01-01").content.decode()
    before = post(officer, "enquiry_new", **told, asked_on="2026-03-02", due_on="2026-03-01").content.decode()

    assert "1\N{NO-BREAK SPACE}Jan\N{NO-BREAK SPACE}2098 is still to come." in future
    assert "is before 2\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}2026, the day they were asked." in before
    assert Enquiry.objects.count() == 0


def test_reminder_names_the_day_and_the_template(acting, officer):
    enquiry = factories.enquiry(factories.supplier(acting.organisation, contact_email="a@b.example"))

    text = get(officer, "enquiry_reminder", enquiry.pk).content.decode()

    assert "we asked you for your CMRT for 2025" in text
    assert "mailto:a@b.example?subject=" in text


def test_enquiry_list_shows_who_has_not_answered(acting, officer):
    factories.enquiry(factories.supplier(acting.organisation, "Late Ltd."))
    factories.enquiry(factories.supplier(acting.organisation, "Done Ltd."), closed_on=date(2026, 2, 1))

    text = get(officer, "enquiry_list", answer="overdue").content.decode()

    assert ("Late Ltd." in text, "Done Ltd." in text) == (True, False)


def test_name_is_decided_and_taken_back(acting, officer):
    upload = factories.upload(acting.organisation, acting.officer, open_count=1)
    line = factories.smelter_row(upload)

    decided = post(officer, "smelter_decide", upload.pk, line.pk, choice="not_smelter", reason="a plating shop")
    undone = post(officer, "decision_undo", Decision.objects.get().pk)

    line.refresh_from_db()
    assert "“Straits”: not a smelter." in decided.content.decode()
    assert "Taken back" in undone.content.decode()
    assert line.outcome == "open"


def test_name_decided_by_a_colleague_meanwhile_is_told(acting, officer):
    upload = factories.upload(acting.organisation, acting.officer, open_count=1)
    line = factories.smelter_row(upload)
    factories.decision(acting.organisation, acting.manager)

    response = post(officer, "smelter_decide", upload.pk, line.pk, choice="not_smelter", seen="")

    assert "Jonas decided on" in response.content.decode()


def test_name_without_an_answer_is_asked_again(acting, officer):
    upload = factories.upload(acting.organisation, acting.officer, open_count=1)
    line = factories.smelter_row(upload)

    assert post(officer, "smelter_decide", upload.pk, line.pk, choice="other", cid="").status_code == 422


def test_finding_code_is_explained_to_everybody(client, db):
    text = client.get(reverse("diligence:finding_detail", args=["SEND-01"])).content.decode()

    assert "The zip is damaged" in text


def test_finding_code_that_never_was_is_not_there(client, db):
    assert client.get(reverse("diligence:finding_detail", args=["SEND-99"])).status_code == 404


@pytest.mark.parametrize("route", ["supplier_list", "enquiry_list", "decision_list"])
def test_queries_do_not_grow_with_rows(acting, officer, route, django_assert_max_num_queries):
    counts = []
    for rows in (1, 2):
        for row in range(rows):
            supplier = factories.supplier(acting.organisation, f"Supplier {rows}-{row}")
            factories.enquiry(supplier)
            factories.decision(acting.organisation, acting.officer, normalised=f"{rows}-{row}")
        with django_assert_max_num_queries(25) as queries:
            get(officer, route)
        counts.append(len(queries))

    assert counts[0] == counts[1]
