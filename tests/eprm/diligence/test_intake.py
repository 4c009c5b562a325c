"""From a file to matched lines, candidates and risks, by the organisation's own lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation
from procrastinate.contrib.django.models import ProcrastinateJob

from eprm.diligence.actions.checking import process_upload, weigh_risks
from eprm.diligence.actions.decisions import decide_smelter
from eprm.diligence.actions.uploads import receive_uploads
from eprm.diligence.company.actions import take_sums
from eprm.diligence.models import CandidateRow, RiskRow, SmelterRow, Upload, YearSums
from eprm.diligence.wording import said_reason
from eprm.reference.actions.loading import receive_list
from eprm.reference.actions.releases import ship_lists
from eprm.reference.models import ReferenceList
from tests import factories, workbooks

MISTYPED = workbooks.smelter(9, "Tin", "Smelter not listed", name="Estano dell Altiplano", country="BOLIVIA")
UNKNOWN = workbooks.smelter(10, "Gold", "Smelter not listed", name="Xylophon Werke", country="GERMANY")
NOT_IDENTIFIED = workbooks.smelter(11, "Gold", "Smelter not yet identified", name=None, country=None)
FROM_KIVU = workbooks.smelter(12, "Tin", "Kigali Tin Smelting", mines="Rubaya", mine_countries="North Kivu")


@pytest.fixture
def register(acting):
    ship_lists()
    receive_list(
        ReferenceList.objects.get(key="smelter-register"),
        file=("register.xlsx", workbooks.book()),
        organisation=acting.organisation,
        by=acting.officer,
    )
    return acting


def checked(cast, *lines):
    complete = workbooks.complete()
    book = workbooks.book(replace(complete, smelters=(*complete.smelters, *lines)))
    batch = receive_uploads(files=[factories.sent(book)], organisation=cast.organisation, by=cast.officer)
    return process_upload(upload_id=batch.uploads.get().pk)


def lines(upload):
    return [(line.row, line.outcome, line.method, line.cid) for line in SmelterRow.objects.filter(upload=upload)]


def test_known_numbers_and_names_settle_their_lines(register):
    upload = checked(register)

    assert lines(upload) == [
        (5, "matched", "number", "CID900202"),
        (6, "matched", "number", "CID900301"),
        (7, "matched", "number", "CID900101"),
        (8, "matched", "number", "CID900401"),
    ]
    assert (upload.state, upload.open_count) == ("decided", 0)


def test_mistyped_name_is_open_with_its_candidates_and_reasons(register):
    upload = checked(register, MISTYPED, UNKNOWN, NOT_IDENTIFIED)

    assert [line[1] for line in lines(upload)[4:]] == ["open", "open", "unidentified"]
    assert (upload.state, upload.open_count) == ("checked", 2)
    best = CandidateRow.objects.filter(line__upload=upload, line__row=9).first()
    assert (best.cid, best.name) == ("CID900303", "Estaño del Altiplano")
    assert [said_reason(reason).words for reason in best.reasons][:1] == [
        "Its name “Estaño del Altiplano” is nearly the same."
    ]


def test_reasons_are_worded_in_the_readers_language_and_old_codes_as_stored():
    with translation.override("fr"):
        told = said_reason({"code": "near", "values": {"name": "Aurelia"}})
        stored = said_reason({"code": "no-longer-told", "values": {"name": "Aurelia"}})

    assert (told.words, told.speaks_for) == ("Son nom «\u00a0Aurelia\u00a0» est presque le même.", True)
    assert stored.words == "no-longer-told, Aurelia"


def test_decision_taken_once_is_used_first_next_time(register):
    first = checked(register, MISTYPED)
    line = SmelterRow.objects.get(upload=first, row=9)
    decide_smelter(line=line, judgement="same", cid="CID900303", reason="asked them", by=register.officer)

    second = checked(register, replace(MISTYPED, row=13), UNKNOWN)

    assert [line for line in lines(second) if line[0] == 13] == [(13, "matched", "decision", "CID900303")]
    assert second.open_count == 1


def test_without_a_register_every_line_is_open(acting):
    upload = checked(acting)

    assert {line[1] for line in lines(upload)} == {"open"}
    assert CandidateRow.objects.count() == 0


def test_risks_are_kept_with_their_place_and_values(register):
    upload = checked(register, FROM_KIVU, NOT_IDENTIFIED)

    found = {row.code: row for row in RiskRow.objects.filter(upload=upload)}
    assert {"RISK-01", "RISK-02", "RISK-10"} <= set(found)
    origin = found["RISK-01"]
    assert (origin.country_iso2, origin.region, origin.where) == ("CD", "CD-NK", "Smelter List!O12")
    assert origin.values["smelters"] == "Kigali Tin Smelting"


def test_checking_again_gives_the_same_candidates_and_risks(register):
    upload = checked(register, MISTYPED, FROM_KIVU)
    kept = [list(CandidateRow.objects.values_list("cid", "score")), list(RiskRow.objects.values_list("code", "where"))]

    process_upload(upload_id=upload.pk)

    assert kept == [
        list(CandidateRow.objects.values_list("cid", "score")),
        list(RiskRow.objects.values_list("code", "where")),
    ]


def told(upload):
    return list(RiskRow.objects.filter(upload=upload).values_list("code", "where", "values"))


def test_risks_follow_a_decision(register):
    upload = checked(register, UNKNOWN)
    before = told(upload)
    line = SmelterRow.objects.get(upload=upload, row=10)

    decide_smelter(line=line, judgement="same", cid="CID900401", reason="asked them", by=register.officer)
    waiting = ProcrastinateJob.objects.filter(task_name="diligence.weigh_risks").values_list("args__upload_id")
    weigh_risks(upload_id=upload.pk)

    after = told(upload)
    process_upload(upload_id=upload.pk)
    assert list(waiting) == [(upload.pk,)]
    assert before != after == told(upload)


def test_risks_stay_where_a_newer_list_was_loaded_since(register):
    upload = checked(register, FROM_KIVU)
    Upload.objects.filter(pk=upload.pk).update(judged_by="Indicative list: an older edition")
    RiskRow.objects.filter(upload=upload, code="RISK-02").delete()
    before = told(upload)

    weigh_risks(upload_id=upload.pk)

    assert told(upload) == before


def test_sums_of_the_year_go_when_the_risks_of_an_accepted_file_are_weighed_again(register):
    upload = checked(register, FROM_KIVU)
    Upload.objects.filter(pk=upload.pk).update(state="accepted")
    taken = take_sums(organisation_id=upload.organisation_id)

    weigh_risks(upload_id=upload.pk)

    asked = ProcrastinateJob.objects.filter(task_name="diligence.take_sums").values_list("args__organisation_id")
    assert (taken, YearSums.objects.count(), list(asked)) == (1, 0, [(upload.organisation_id,)])


def test_pages_word_candidates_and_risks(register, client):
    upload = checked(register, MISTYPED, FROM_KIVU)
    line = SmelterRow.objects.get(upload=upload, row=9)
    client.force_login(register.officer)

    detail = client.get(reverse("diligence:upload_detail", args=[upload.pk])).content.decode()
    decide = client.get(reverse("diligence:smelter_decide", args=[upload.pk, line.pk])).content.decode()
    best = client.get(reverse("diligence:decide_best", args=[upload.pk])).content.decode()

    assert "Origin in a high-risk area: Nord-Kivu, DR Congo" in detail
    assert "Its name “Estaño del Altiplano” is nearly the same." in decide
    assert "CID900303" in best


def test_effective_date_decides_which_areas_count(register):
    early = replace(workbooks.complete(), effective_date=date(2019, 6, 30), smelters=(FROM_KIVU,))
    batch = receive_uploads(
        files=[factories.sent(workbooks.book(early))], organisation=register.organisation, by=register.officer
    )

    upload = process_upload(upload_id=batch.uploads.get().pk)

    assert "RISK-01" not in set(RiskRow.objects.filter(upload=upload).values_list("code", flat=True))
