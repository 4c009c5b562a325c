"""The pages, as people open them: what they show, keep, refuse and say."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from eprm.knowledge.queries.start import gaps_of
from eprm.people.identity import acting_for
from eprm.returns.actions import reviewing
from eprm.returns.actions.answering import Given
from eprm.returns.models import Evidence, Question, Return, Version
from tests import factories
from tests.eprm.returns import nursery
from tests.eprm.returns.nursery import address, answers, named, told


def test_start_shows_the_return_to_answer(noor, scene):
    page = told(noor.get(address("start")))

    assert "Go on with 2025" in page
    assert "Noor Halden" in page


def test_start_of_an_organisation_without_a_return_says_why(client, scene):
    client.force_login(factories.member("manager", factories.organisation("Nobody’s"), "Nia"))

    assert "No return is open for Nobody’s" in told(client.get(address("start")))


def test_step_saves_what_fits_and_says_what_does_not(noor, drafted):
    sent = {
        **named(drafted, "policy", level="documented"),
        **named(drafted, "owner", level="reviewed"),
        **named(drafted, "concerns-answered", number="5", whole="3"),
        "save": "1",
    }

    response = noor.post(address("step_answer", drafted.this.pk, "1"), sent)

    page = told(response)
    assert response.status_code == 422
    assert "A review has a day" in page
    assert "5 is more than 3. The part cannot be more than the whole." in page
    assert "1 answer is kept." in page
    assert list(answers(drafted)) == ["policy"]


def test_step_goes_on_to_the_next(noor, drafted):
    response = noor.post(
        address("step_answer", drafted.this.pk, "1"), {**named(drafted, "policy", level="planned"), "next": "1"}
    )

    assert (response.status_code, response.url) == (302, address("step_answer", drafted.this.pk, "2"))


def test_step_answer_emptied_is_unanswered_again(noor, drafted):
    url = address("step_answer", drafted.this.pk, "1")
    noor.post(url, {**named(drafted, "policy", level="planned"), "save": "1"})

    noor.post(url, {**named(drafted, "policy", level="", revision="1"), "save": "1"})

    assert (answers(drafted)["policy"].level, answers(drafted)["policy"].revision) == ("", 2)
    assert "Not answered yet" in told(noor.get(url))


def test_step_tells_that_a_colleague_has_answered_meanwhile_and_keeps_both(noor, drafted):
    url = address("step_answer", drafted.this.pk, "1")
    noor.post(url, {**named(drafted, "policy", level="planned"), "save": "1"})

    response = noor.post(url, {**named(drafted, "policy", level="documented"), "save": "1"})
    first = answers(drafted)["policy"].level
    again = noor.post(url, {**named(drafted, "policy", level="documented", revision="1"), "save": "1"})

    assert "has meanwhile answered “Planned”" in told(response)
    assert (response.status_code, first, again.status_code) == (422, "planned", 302)
    assert answers(drafted)["policy"].level == "documented"


def test_does_not_apply_asks_for_a_reason(noor, drafted):
    url = address("step_answer", drafted.this.pk, "3")

    refused = noor.post(url, {**named(drafted, "plans", level="not_applicable"), "save": "1"})
    kept = noor.post(url, {**named(drafted, "plans", level="not_applicable", note="No risk was found."), "save": "1"})

    assert "Say in a few words why it does not apply to you." in told(refused)
    assert (refused.status_code, kept.status_code) == (422, 302)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"level": "perfect"}, "perfect"),
        ({"level": "reviewed", "reviewed_on": (timezone.localdate() + timedelta(days=2)).isoformat()}, "still to come"),
        ({"level": "not_applicable", "note": "We are small and new."}, "not_applicable"),
    ],
)
def test_step_with_a_wrong_answer_quotes_it(noor, drafted, fields, said):
    response = noor.post(
        address("step_answer", drafted.this.pk, "1"), {**named(drafted, "policy", **fields), "save": "1"}
    )

    assert response.status_code == 422
    assert said in told(response)
    assert answers(drafted) == {}


def test_step_takes_over_what_the_platform_knows_only_when_asked(noor, drafted):
    with acting_for(drafted.noor, path="test"):
        supplier = factories.supplier(drafted.halden)
        factories.enquiry(supplier, year=2025)
    url = address("step_answer", drafted.this.pk, "2")
    page = told(noor.get(url))
    before = answers(drafted)

    noor.post(url, {"take": f"{drafted.question('suppliers-answered').pk}:platform"})

    answer = answers(drafted)["suppliers-answered"]
    assert "Enquiries and accepted declarations on this platform about 2025, as of 31 Dec 2025: <b>0 of 1</b>" in page
    assert before == {}
    assert (answer.number, answer.whole, answer.origin) == (Decimal(0), Decimal(1), "platform")


def test_taking_over_saves_first_what_was_typed(noor, drafted):
    with acting_for(drafted.noor, path="test"):
        factories.enquiry(factories.supplier(drafted.halden), year=2025)
    sent = {
        **named(drafted, "red-flags", level="planned"),
        "take": f"{drafted.question('suppliers-answered').pk}:platform",
    }

    noor.post(address("step_answer", drafted.this.pk, "2"), sent)

    assert set(answers(drafted)) == {"red-flags", "suppliers-answered"}


def test_evidence_is_attached_shown_and_handed_out_as_a_download(noor, drafted):
    question = drafted.question("policy")
    file = SimpleUploadedFile("policy.pdf", b"%PDF-1.7 policy")

    noor.post(address("evidence_new", drafted.this.pk, question.pk), {"title": "Our policy", "file": file})

    with acting_for(drafted.noor, path="test"):
        evidence = Evidence.objects.get()
    response = noor.get(address("evidence_file", evidence.pk))
    assert "Our policy" in told(noor.get(address("step_answer", drafted.this.pk, "1")))
    assert (response.content, response.headers["Content-Type"]) == (b"%PDF-1.7 policy", "application/octet-stream")
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_evidence_of_30_mb_is_refused_with_its_size(noor, drafted):
    file = SimpleUploadedFile("scan.pdf", b"x" * (30 * 1024 * 1024))

    response = noor.post(address("evidence_new", drafted.this.pk, drafted.question("policy").pk), {"file": file})

    assert response.status_code == 422
    assert "“scan.pdf” has 31.5 MB. A file may have at most 20.0 MB." in told(response)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose a file or give an address."),
        ({"file": "policy.exe"}, "“policy.exe” ends in “.exe”."),
        ({"file": "policy.pdf", "address": "https://halden.example"}, "not both"),
        ({"address": "javascript:alert(1)"}, "address"),
    ],
)
def test_evidence_that_does_not_fit_is_refused(noor, drafted, sent, said):
    if "file" in sent:
        sent = {**sent, "file": SimpleUploadedFile(sent["file"], b"x")}

    response = noor.post(address("evidence_new", drafted.this.pk, drafted.question("policy").pk), sent)

    assert response.status_code == 422
    assert said in told(response)


def test_evidence_of_a_question_not_asked_does_not_exist(noor, drafted):
    with acting_for(drafted.femke, path="test"):
        other = Question.objects.get(edition=drafted.edition, key="cso-code").pk

    assert noor.get(address("evidence_new", drafted.this.pk, other)).status_code == 404


def test_send_says_what_is_missing(noor, drafted):
    page = told(noor.get(address("return_submit", drafted.this.pk)))

    assert "questions have no answer yet. “Not started” is an answer too." in page


def test_send_needs_the_statement(noor, scene):
    nursery.fill(scene.this, scene.noor)

    refused = noor.post(address("return_submit", scene.this.pk), {})
    sent = noor.post(address("return_submit", scene.this.pk), {"statement": "on"})
    twice = noor.post(address("return_submit", scene.this.pk), {"statement": "on"})

    assert (refused.status_code, sent.status_code, twice.status_code) == (422, 302, 403)
    assert "stays as it was sent" in told(twice)


def test_answering_after_sending_is_refused_with_the_way_on(noor, scene):
    nursery.send(scene.this, scene.noor)

    response = noor.post(
        address("step_answer", scene.this.pk, "1"), {**named(scene, "policy", level="planned", revision="1")}
    )

    assert response.status_code == 403
    assert "A correction is a new version: begin one." in told(response)


def test_return_of_another_organisation_does_not_exist(client, scene):
    nursery.send(scene.this, scene.noor)
    client.force_login(scene.petra)

    found = [
        client.get(address(name, scene.this.pk, *more)).status_code
        for name, more in (("return_detail", ()), ("step_answer", ("1",)), ("version_detail", (1,)), ("return_pdf", ()))
    ]

    assert found == [404, 404, 404, 404]


def test_improved_version_shows_what_is_locked_and_what_was_asked(noor, scene):
    nursery.send(scene.this, scene.noor)
    with acting_for(scene.femke, path="test"):
        reviewing.comment_on(
            scene.this, scene.question("policy"), category="question", text="Since when?", by=scene.femke
        )
        reviewing.send_back(scene.this, on=date(2026, 5, 4), by=scene.femke)

    detail = told(noor.get(address("return_detail", scene.this.pk)))
    noor.post(address("version_begin", scene.this.pk))
    page = told(noor.get(address("step_answer", scene.this.pk, "1")))

    assert "Since when?" in detail
    assert "answers to the questions are due on" in detail
    assert "The secretariat did not ask about this answer" in page
    assert "Since when?" in page


def test_version_leaves_as_csv_with_every_answer(noor, scene):
    nursery.send(scene.this, scene.noor)

    response = noor.get(address("version_detail", scene.this.pk, 1), {"format": "csv"})

    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Step,Question,Answer,Unit,Note,Where from,Evidence,Last year"
    assert len(lines) > 30


def test_pdf_of_a_closed_return_opens(noor, scene):
    nursery.send(scene.this, scene.noor)
    before = noor.get(address("return_pdf", scene.this.pk))
    nursery.close(scene.this, scene.femke)

    response = noor.get(address("return_pdf", scene.this.pk))

    assert before.status_code == 403
    assert response.content.startswith(b"%PDF-")


def test_member_reads_the_comment_and_replies(noor, scene):
    nursery.send(scene.this, scene.noor)
    question = scene.question("policy")
    with acting_for(scene.femke, path="test"):
        reviewing.comment_on(scene.this, question, category="advice", text="Name the minerals.", by=scene.femke)

    noor.post(address("reply_new", scene.this.pk, question.pk), {"text": "We will."})

    page = told(noor.get(address("return_detail", scene.this.pk)))
    assert "Name the minerals." in page
    assert "We will." in page


def test_start_speaks_french(client, scene):
    scene.noor.language = "fr"
    scene.noor.save()
    client.force_login(scene.noor)

    page = told(client.get(address("return_detail", scene.this.pk)))

    assert "Bilan de diligence 2025" in page
    assert "Systèmes de gestion" in page


def test_version_of_somebody_else_is_no_way_in(noor, scene):
    nursery.send(scene.theirs, scene.petra)
    with acting_for(scene.petra, path="test"):
        theirs = Version.objects.get(of=scene.theirs)

    assert noor.get(address("version_detail", scene.theirs.pk, theirs.number)).status_code == 404


def test_given_dataclass_is_blank_by_default():
    assert Given().values() == {
        "level": "",
        "reviewed_on": None,
        "number": None,
        "whole": None,
        "text": "",
        "note": "",
    }


def test_returns_exist_for_members_alone(scene):
    with acting_for(scene.femke, path="test"):
        assert Return.objects.filter(organisation__tier="government").count() == 0


def test_gaps_of_the_newest_return_better_the_list_of_the_knowledge_hub(scene):
    nursery.fill(scene.this, scene.noor, every="documented", policy="planned")

    with acting_for(scene.noor, path="test"):
        own = gaps_of(scene.noor)
    with acting_for(scene.petra, path="test"):
        theirs = gaps_of(scene.petra)

    assert (own, theirs) == (frozenset({"1"}), frozenset())
