"""News by groups: for their members at once, for everybody once an editor has read them; and by nobody else."""

from uuid import uuid4

import pytest
from django.urls import reverse
from wagtail.models import Workflow, WorkflowPage

from eprm.base.errors import NotAllowed
from eprm.groups.actions import groups as group_actions
from eprm.groups.actions import joining
from eprm.knowledge.actions import news
from eprm.knowledge.models import NewsPage
from eprm.people.audiences import HELD
from eprm.people.identity import acting_for
from tests import factories
from tests.eprm.knowledge import shelf


@pytest.fixture
def femke(db):
    shelf.hub()
    return factories.member("manager", factories.organisation("EPRM", tier="secretariat"), "Femke")


def founded(by, access="closed", name="Tin, Great Lakes"):
    with acting_for(by, path="test"):
        return group_actions.found_group(
            name=name, aims="a", access=access, by=by, organisation=by.current_memberships[0].organisation
        )


def write(by, group, **told):
    facts = {"title": "Nine receipts", "lede": "", "text": "We counted.\n\nAll.", "openly": False, "nonce": uuid4()}
    by.__dict__.pop(HELD, None)
    with acting_for(by, path="test"):
        return news.write_news(voice=f"group:{group.pk}", by=by, **{**facts, **told})


def seen(client, person):
    client.force_login(person)
    return "Nine receipts" in client.get(reverse("knowledge:news_list")).text


def test_news_for_members_are_theirs_alone(client, femke, noor):
    write(femke, founded(femke))

    assert (seen(client, femke), seen(client, noor)) == (True, False)
    client.logout()
    assert "Nine receipts" not in client.get(reverse("knowledge:news_feed")).text


def test_news_for_everybody_wait_for_an_editor(client, femke, noor):
    WorkflowPage.objects.get_or_create(page=shelf.hub(), workflow=Workflow.objects.first())
    page = write(femke, founded(femke), openly=True)

    assert (page.live, page.audience, page.current_workflow_state is not None) == (False, "public", True)
    assert seen(client, noor) is False
    page.get_latest_revision().publish()
    assert seen(client, noor) is True


def test_the_same_form_twice_is_one_news(femke):
    group, nonce = founded(femke), uuid4()

    assert write(femke, group, nonce=nonce).pk == write(femke, group, nonce=nonce).pk


def test_news_of_a_hidden_group_stay_inside(femke):
    with pytest.raises(NotAllowed, match="Nobody outside knows of Tin"):
        write(femke, founded(femke, "hidden"), openly=True)


def test_members_and_strangers_do_not_speak_for_a_group(client, femke, noor):
    group = founded(femke, "open")
    with acting_for(noor, path="test"):
        joining.join_group(group, organisation=noor.current_memberships[0].organisation, by=noor)

    with pytest.raises(NotAllowed, match="The facilitators of a group write its news"):
        write(noor, group)
    client.force_login(noor)
    assert client.get(reverse("knowledge:news_new")).status_code == 403


def test_nothing_typed_is_markup(client, femke):
    page = write(femke, founded(femke), text="<script>alert(1)</script> https://eprm.example\n\n**x**")

    client.force_login(femke)
    text = client.get(page.get_absolute_url()).text

    assert ("<script>alert" in text, "&lt;script&gt;alert(1)" in text) == (False, True)
    assert 'href="https://eprm.example"' in text


def test_news_are_written_and_withdrawn_by_the_pages(client, femke):
    group = founded(femke)
    client.force_login(femke)
    sent = {"voice": f"group:{group.pk}", "title": "Nine receipts", "text": "All.", "nonce": uuid4(), "openly": ""}

    wrong = client.post(reverse("knowledge:news_new"), {**sent, "voice": "group:999999"})
    done = client.post(reverse("knowledge:news_new"), sent)
    page = NewsPage.objects.get()
    on_group = client.get(reverse("groups:group_detail", args=[group.slug])).text
    client.post(reverse("knowledge:news_withdraw", args=[page.pk]))

    assert (wrong.status_code, done.url, "Nine receipts" in on_group) == (422, page.get_absolute_url(), True)
    assert (client.get(page.get_absolute_url()).status_code, seen(client, femke)) == (404, False)


def test_nobody_else_withdraws_news(client, femke, noor):
    page = write(femke, founded(femke))
    client.force_login(noor)

    assert client.post(reverse("knowledge:news_withdraw", args=[page.pk])).status_code == 404
