"""The API tells and takes what the pages do, with the same sentences."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from eprm.people.models import ApiToken
from eprm.people.queries import digest_of
from tests.eprm.returns import nursery


@pytest.fixture
def call(client, scene):
    """Calls the API as Noor, whose token may write."""
    ApiToken.objects.create(
        person=scene.noor,
        organisation=scene.halden,
        label="t",
        digest=digest_of("key"),
        scopes=["returns:write"],
        expires_at=timezone.now() + timedelta(days=1),
    )

    def made(method, path, body=None):
        response = client.generic(
            method,
            f"/api/returns{path}",
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers={"Authorization": "Bearer key"},
        )
        return response.status_code, response.json()

    return made


def test_list_tells_the_organisations_own_returns(call, scene):
    status, told = call("GET", "")

    assert (status, [(each["year"], each["state"]) for each in told["items"]]) == (200, [(2025, "open")])


def test_answer_is_kept_and_told_with_its_revision(call, scene):
    status, told = call("PUT", f"/{scene.this.pk}/answers/policy", {"level": "planned"})
    stale, refused = call("PUT", f"/{scene.this.pk}/answers/policy", {"level": "documented"})

    assert (status, told["level"], told["revision"], told["answered"]) == (200, "planned", 1, True)
    assert (stale, "has meanwhile answered" in refused["message"]) == (403, True)


def test_wrong_answer_is_refused_with_the_pages_sentence(call, scene):
    status, told = call("PUT", f"/{scene.this.pk}/answers/concerns-answered", {"number": 5, "whole": 3})

    assert (status, told["problems"][0]["field"]) == (422, "number")
    assert "The part cannot be more than the whole." in told["message"]


def test_question_not_asked_and_another_organisations_return_do_not_exist(call, scene):
    assert call("PUT", f"/{scene.this.pk}/answers/cso-code", {"level": "planned"})[0] == 404
    assert call("GET", f"/{scene.theirs.pk}")[0] == 404


def test_unanswered_is_told_apart_from_not_started(call, scene):
    call("PUT", f"/{scene.this.pk}/answers/policy", {"level": "not_started"})

    told = {each["key"]: (each["answered"], each["level"]) for each in call("GET", f"/{scene.this.pk}")[1]["answers"]}

    assert (told["policy"], told["owner"]) == ((True, "not_started"), (False, ""))


def test_sending_needs_every_answer_then_keeps_it(call, scene):
    early = call("POST", f"/{scene.this.pk}/send", {"statement": True})
    nursery.fill(scene.this, scene.noor)
    unsaid = call("POST", f"/{scene.this.pk}/send", {"statement": False})
    sent = call("POST", f"/{scene.this.pk}/send", {"statement": True})
    twice = call("POST", f"/{scene.this.pk}/send", {"statement": True})

    assert (early[0], unsaid[0], sent[0], twice[0]) == (403, 422, 200, 409)
    assert (sent[1]["state"], sent[1]["total"]) == ("submitted", 80)


def test_group_figures_are_told(call, scene):
    assert call("GET", "/figures") == (200, {"items": [], "count": 0, "page": 1})
