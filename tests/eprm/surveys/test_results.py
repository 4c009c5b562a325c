"""Results: charts, figures, words and files; who sees them, and sheets by name."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from eprm.base.identity import acting_as
from eprm.groups.actions import groups
from eprm.people.actions import create_token
from eprm.people.identity import acting_for
from eprm.surveys.actions import counting, surveys
from eprm.surveys.codes import RESULTS, signed
from eprm.surveys.models import Response
from eprm.surveys.queries import answers as sheets
from tests.eprm.surveys.rows import (
    answer,
    code_in,
    counted,
    drafted,
    filled,
    mails,
    page,
    released,
    shown,
    url,
    visited,
)


def test_results_are_shown_with_charts_figures_words_and_files(client, cast):
    survey = released(cast.femke, audience="public")
    for each in range(6):
        address = url("survey_answer", survey.pk)
        code = code_in(client.get(address).content.decode())
        sent = filled(survey, q7=[f"My name is {each}"])
        client.post(address, {**sent, "code": code, "part": "civil_society"})
    hidden = client.get(url("result_detail", survey.pk))
    counted(survey, cast.femke)
    client.force_login(cast.femke)
    early = page(client, "result_detail", survey.pk)
    words = page(client, "text_list", survey.pk)
    first = re.search(rf"{url('text_list', survey.pk)}([0-9a-f-]{{36}})/", words)[1]
    client.post(url("excerpt_new", survey.pk, first), {"text": "My name is …"})
    empty = client.post(url("result_show", survey.pk), {"conclusion_en": " "})
    client.post(url("result_show", survey.pk), {"conclusion_en": "The call is about **tin**."})
    client.logout()
    told = page(client, "result_detail", survey.pk)
    files = {kind: client.get(url("result_detail", survey.pk), {"format": kind}) for kind in ("csv", "xlsx", "json")}
    rows = json.loads(files["json"].content)["rows"]

    assert (hidden.status_code, "not shown yet" in early, empty.status_code) == (403, True, 422)
    for each in ("Chosen most: Tin, by 6 of 6", "4 of 5 on average", "Ranked highest: Law, mean rank 1", "12.5",
                 "<strong>tin</strong>", "My name is …", "Most answers come from: civil society"):  # fmt: skip
        assert each in told
    assert "My name is 3" not in told
    assert [answer_.status_code for answer_ in files.values()] == [200] * 3
    assert [row["count"] for row in rows if row["question"] == "How useful?" and row["part"] == "all"] == [
        None, 0, 0, 0, 6, 0, None, None,
    ]  # fmt: skip
    assert {"question": "Which metal?", "part": "all", "label": "Tin", "measure": "chose it", "base": 6, "count": 6,
            "share": 100, "value": None, "unit": "", "note": ""} in rows  # fmt: skip


def test_results_link_of_the_mail_opens_what_only_the_asked_may_see(client, cast):
    survey = released(cast.femke, results_public=False)
    for person in (cast.noor, cast.olivier, cast.hugo, cast.jonas, cast.rita):
        answer(survey, person, email=person.email)
    counted(survey, cast.femke)
    early = client.get(url("linked_results", signed(RESULTS, survey.pk)))
    shown(survey, cast.femke)

    linked = client.get(url("linked_results", signed(RESULTS, survey.pk)))
    plain = client.get(url("result_detail", survey.pk))

    assert (early.status_code, linked.status_code, plain.status_code) == (404, 200, 302)
    assert ("The call is about tin." in linked.content.decode(), len(mails())) == (True, 5)


def test_sheets_by_name_are_a_table_for_the_keeper_alone(client, cast):
    named, anonymous = released(cast.femke, by_name=True), released(cast.femke)
    answer(named, cast.noor, words="=1+1")
    client.force_login(cast.femke)

    listed = client.get(url("sheet_list", named.pk), {"format": "csv"}).content.decode()
    refused = client.get(url("sheet_list", anonymous.pk))

    assert ("Noor,Halden" in listed, "Tin" in listed) == (True, True)
    assert (refused.status_code, "written nowhere" in refused.content.decode()) == (403, True)


def test_text_of_another_survey_is_not_found_and_of_four_sheets_none_is_shown(client, cast):
    survey, other, small = (released(cast.femke, audience="public") for _each in range(3))
    visited(survey, 5, words="x")
    visited(other, 5, words="y")
    visited(small, 4, words="z")
    for each in (survey, other, small):
        counted(each, cast.femke)
    number = sheets.texts_of(other)[0].pk
    client.force_login(cast.femke)

    assert client.get(url("excerpt_new", survey.pk, number)).status_code == 404
    assert (len(sheets.texts_of(other)), sheets.texts_of(small)) == (5, [])


@pytest.mark.parametrize("count", [5, 15])
def test_results_ask_the_same_number_of_questions(client, cast, django_assert_num_queries, count):
    survey = released(cast.femke, audience="public")
    visited(survey, count, words="x", part="government")
    counted(survey, cast.femke)
    shown(survey, cast.femke)
    client.get(url("result_detail", survey.pk))

    with django_assert_num_queries(RESULT_QUERIES):
        page(client, "result_detail", survey.pk)


RESULT_QUERIES = 11


def test_closed_survey_shows_when_it_closed(client, cast):
    today = timezone.localdate()
    survey = drafted(cast.femke, audience="public", opens_on=today - timedelta(days=9), closes_on=today)
    with acting_for(cast.femke, path="test"):
        survey = surveys.release(survey=survey, by=cast.femke, on=today)
    visited(survey, 5)
    counting.count_due(today + timedelta(days=1))

    assert "answers are no longer taken" in page(client, "survey_detail", survey.pk)
    with acting_as(None, job="surveys"):
        assert Response.objects.count() == 5


def get(client, person, path):
    with acting_for(person, path="test"):
        organisation, expires_at = person.current_memberships[0].organisation, timezone.now() + timedelta(days=1)
        _token, key = create_token(organisation, label="t", scopes=["surveys:read"], expires_at=expires_at, by=person)
    return client.get(f"/api/surveys{path}", headers={"Authorization": f"Bearer {key}"})


def test_api_reads_surveys_and_results_and_no_single_answer(client, cast):
    open_, hidden = released(cast.femke), released(cast.femke, audience="pillars", pillars=["government"])
    past = released(cast.femke, audience="public", title_fr="", purpose_en="x")
    visited(past, 6, words="secret words", part="government")
    counted(past, cast.femke)
    early = get(client, cast.noor, f"/{past.pk}/results")
    shown(past, cast.femke)

    listed = {each["id"]: each["state"] for each in get(client, cast.noor, "").json()["items"]}
    told = get(client, cast.noor, f"/{past.pk}/results")
    away = get(client, cast.noor, f"/{hidden.pk}/results").status_code

    assert (listed, early.status_code, away) == ({open_.pk: "open", past.pk: "shown"}, 403, 404)
    assert (told.json()["answers"], "secret" in told.content.decode()) == (6, False)
    assert {"question": "Which metal?", "part": "all", "label": "Tin", "measure": "chose it", "base": 6, "count": 6,
            "share": "100.0", "value": None, "unit": "", "note": ""} in told.json()["figures"]  # fmt: skip


def test_group_page_shows_its_surveys_to_members_alone(client, cast):
    with acting_for(cast.femke, path="test"):
        organisation = cast.femke.current_memberships[0].organisation
        group = groups.found_group(name="Tin", aims="x", access="open", by=cast.femke, organisation=organisation)
    released(cast.femke, audience="group", group=group, title_en="Roads in the rain", results_public=False)
    address = reverse("groups:group_detail", args=[group.slug])

    told = []
    for person in (cast.femke, cast.noor):
        client.force_login(person)
        told.append("Roads in the rain" in client.get(address).content.decode())

    assert told == [True, False]
