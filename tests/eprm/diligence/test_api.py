"""The API: a token is one person in one organisation, and hears the sentences the pages say."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from eprm.diligence.actions.checking import process_upload
from eprm.diligence.models import Decision, Declaration, Supplier, Upload
from eprm.people.actions import create_token, revoke_token
from tests import factories, workbooks


class Program:
    """Calls the API with a token."""

    def __init__(self, key: str = "", language: str = "en") -> None:
        headers = {"Accept-Language": language} | ({"Authorization": f"Bearer {key}"} if key else {})
        self.client = Client(headers=headers)

    def get(self, path: str, **query):
        return self.answer(self.client.get(f"/api/diligence{path}", query))

    def post(self, path: str, **data):
        return self.answer(self.client.post(f"/api/diligence{path}", data, content_type="application/json"))

    def put(self, path: str, **data):
        return self.answer(self.client.put(f"/api/diligence{path}", data, content_type="application/json"))

    def send(self, *files, **data):
        return self.answer(self.client.post("/api/diligence/uploads", {"files": list(files), **data}))

    @staticmethod
    def answer(response):
        return response.status_code, json.loads(response.content)


def token_of(person, organisation, may_write=True) -> str:
    return create_token(
        organisation,
        label="test",
        scopes=["diligence:write" if may_write else "diligence:read"],
        expires_at=timezone.now() + timedelta(days=30),
        by=person,
    )[1]


@pytest.fixture
def program(acting) -> Program:
    return Program(token_of(acting.officer, acting.organisation))


def book(name="a.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, workbooks.book())


def test_no_token_is_told_how_to_get_one(db):
    status, body = Program().get("/uploads")

    assert status == 401
    assert body["message"].startswith("Send a live token")


def test_session_of_the_pages_is_no_token(acting):
    program = Program()
    program.client.force_login(acting.officer)

    assert program.get("/uploads")[0] == 401


def test_revoked_token_opens_nothing(acting):
    key = token_of(acting.officer, acting.organisation)
    revoke_token(acting.officer.tokens.get(), by=acting.officer)

    assert Program(key).get("/uploads")[0] == 401


def test_expired_token_opens_nothing(acting):
    key = token_of(acting.officer, acting.organisation)
    acting.officer.tokens.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert Program(key).get("/uploads")[0] == 401


def test_reading_token_may_not_write(acting):
    status, body = Program(token_of(acting.officer, acting.organisation, may_write=False)).send(book())

    assert (status, Upload.objects.count()) == (403, 0)
    said = "This needs a token for “diligence:write”, and this one is for “diligence:read”. Make another."
    assert body["message"] == said


def test_token_sees_its_own_organisation_only_although_its_person_works_for_two(acting):
    upload = factories.upload(acting.organisation, acting.officer)
    elsewhere = factories.organisation("Veldkamp")
    acting.officer.memberships.create(organisation=elsewhere, role="manager", since="2026-01-01")
    program = Program(token_of(acting.officer, elsewhere))

    assert program.get("/uploads")[1]["count"] == 0
    assert program.get(f"/uploads/{upload.pk}")[0] == 404


def test_send_and_follow(program):
    status, batch = program.send(book())
    process_upload(upload_id=batch["uploads"][0]["id"])

    followed, upload = program.get(f"/uploads/{batch['uploads'][0]['id']}")

    assert (status, followed) == (201, 200)
    assert (upload["template"], upload["revision"], upload["sender"]) == ("CMRT", "6.5", "Solder & Sons Ltd.")
    assert upload["state"] in {"checked", "decided"}


def test_send_the_same_bytes_answers_the_first(program):
    first = program.send(book())[1]["uploads"][0]["id"]

    status, body = program.send(book("b.xlsx"))

    assert (status, body["id"], body["uploads"][0]["id"]) == (200, None, first)


def test_send_nothing_is_422(program):
    status, body = program.answer(program.client.post("/api/diligence/uploads", {}))

    assert (status, [problem["field"] for problem in body["problems"]]) == (422, ["files"])


def test_findings_come_in_the_language_asked_for(acting):
    upload = factories.upload(acting.organisation, acting.officer)
    factories.finding_row(upload)
    program = Program(token_of(acting.officer, acting.organisation), language="fr")

    assert program.get(f"/uploads/{upload.pk}/findings")[1][0]["title"] == "L’archive zip est endommagée"


def test_decide_and_be_second(acting, program):
    upload = factories.upload(acting.organisation, acting.officer, open_count=1)
    line = factories.smelter_row(upload)
    address = f"/uploads/{upload.pk}/lines/{line.pk}/decision"

    first = program.post(address, judgement="not_smelter", reason="a trader")
    second = program.post(address, judgement="unsure")

    lines = program.get(f"/uploads/{upload.pk}/lines")[1]["items"]
    assert (first[0], second[0]) == (200, 409)
    assert second[1]["message"].startswith("Noor decided on")
    assert [(each["outcome"], each["decision"]) for each in lines] == [("not_smelter", Decision.objects.get().pk)]


def test_a_body_that_is_no_json_is_told_so(program):
    answer = program.client.post("/api/diligence/suppliers", "name=Kaskade", content_type="application/json")

    assert Program.answer(answer) == (400, {"message": "The body could not be read. Send JSON."})


def test_decide_same_without_a_number_is_422(acting, program):
    upload = factories.upload(acting.organisation, acting.officer, open_count=1)
    line = factories.smelter_row(upload)

    status, body = program.post(f"/uploads/{upload.pk}/lines/{line.pk}/decision", judgement="same")

    assert (status, body["problems"][0]["field"]) == (422, "cid")


def test_accept_says_what_stands_against_it(acting, program):
    upload = factories.upload(acting.organisation, acting.officer, state="decided", error_count=1)

    assert program.post(f"/uploads/{upload.pk}/accept") == (
        403,
        {"message": "Possible when the error is gone: ask the supplier for a corrected file."},
    )


def test_accept(acting, program):
    upload = factories.upload(acting.organisation, acting.officer, state="decided")
    Declaration.objects.create(
        organisation=acting.organisation, upload=upload, template="CMRT", revision="6.5", language="en"
    )

    assert program.post(f"/uploads/{upload.pk}/accept")[1]["state"] == "accepted"


def test_send_back(acting, program):
    upload = factories.upload(acting.organisation, acting.officer)

    assert program.post(f"/uploads/{upload.pk}/return", text="Cell D20.")[1]["state"] == "returned"


def test_suppliers_are_added_changed_and_listed(program):
    added = program.post("/suppliers", name="Condensa GmbH", country="DE")
    changed = program.put(f"/suppliers/{added[1]['id']}", name="Condensa AG", country="CH")

    listed = program.get("/suppliers", page_size=1)[1]
    assert (added[0], changed[0]) == (201, 200)
    assert ([each["name"] for each in listed["items"]], listed["count"]) == (["Condensa AG"], 1)


def test_supplier_that_does_not_fit_is_422(program):
    status, body = program.post("/suppliers", name="A", country="Narnia")

    assert (status, Supplier.objects.count(), body["problems"][0]["field"]) == (422, 0, "country")


def test_pages_are_bounded(program):
    assert program.get("/uploads", page=10**20)[0] == 422
    assert program.get("/uploads", page_size=10_000)[0] == 422


def test_number_beyond_every_row_is_404(program):
    assert program.get(f"/uploads/{10**30}")[0] == 404


def test_description_names_every_operation(db, client):
    schema = json.loads(client.get("/api/openapi.json").content)

    text = client.get("/api/").content.decode()

    assert len(schema["paths"]) > 10
    assert all(path in text for path in schema["paths"])
