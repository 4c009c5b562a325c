"""Membership through the API: the secretariat reads, others are refused with the page's sentence."""

from datetime import timedelta

import pytest
from django.utils import timezone

from eprm.members.actions import contributions, membership
from eprm.people import actions as people_actions
from eprm.people.identity import acting_for

TODAY = timezone.localdate()


@pytest.fixture
def member(halden, femke, shipped):
    with acting_for(femke, path="test"):
        found = membership.admit(halden, pillar="supply_chain", fee_class="basic", reason="r", by=femke)
        contributions.issue_fee(found, year=TODAY.year, by=femke)
    return found


def get(client, person, path):
    organisation = person.current_memberships[0].organisation
    _token, key = people_actions.create_token(
        organisation, label="t", scopes=["members:read"], expires_at=timezone.now() + timedelta(days=1), by=person
    )
    return client.get(f"/api/members/{path}", headers={"Authorization": f"Bearer {key}"})


def test_secretariat_reads_members_and_invoices(client, member, femke):
    members = get(client, femke, "members").json()
    invoices = get(client, femke, "invoices").json()

    (one,) = members["items"]
    assert (one["organisation"], one["light"], one["owed"]) == ("Halden Instruments B.V.", "blue", [])
    assert [(each["number"], each["owed"]) for each in invoices["items"]] == [(f"EPRM-{TODAY.year}-0001", "500.00")]


@pytest.mark.parametrize("path", ["members", "applications", "invoices"])
def test_others_are_refused_with_the_reason(client, member, noor, path):
    refused = get(client, noor, path)

    assert (refused.status_code, "secretariat and the board" in refused.json()["message"]) == (403, True)
