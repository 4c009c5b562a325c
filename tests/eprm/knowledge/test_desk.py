"""The editors' desk: who gets in, by which door, and what publishing there does to the site."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from eprm.knowledge.actions import desk
from eprm.knowledge.actions.loading import equip_editors
from eprm.knowledge.models import Resource
from eprm.search import queries as search
from tests import factories
from tests.eprm.knowledge import shelf


def test_the_desk_sends_a_visitor_to_the_sites_own_sign_in(client, db):
    assert client.get("/admin/").url == "/admin/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/").url == "/account/login/?next=/admin/"
    assert client.post("/admin/login/", {"username": "a", "password": "b"}).url.startswith("/account/login/")


def test_the_desk_is_closed_to_whoever_does_not_write(client, noor):
    client.force_login(noor)

    refused = client.get("/admin/", follow=True)
    assert (refused.status_code, "The secretariat names them" in refused.text) == (403, True)
    assert client.get(reverse("wagtailsnippets_knowledge_resource:list")).status_code in (302, 403)


def test_an_editor_gets_in_under_the_desks_own_policy(client, lotte):
    client.force_login(lotte)

    response = client.get("/admin/")

    assert response.status_code == 200
    assert "'unsafe-inline'" in response.headers["Content-Security-Policy"]
    assert "'unsafe-inline'" not in client.get(reverse("knowledge:hub")).headers["Content-Security-Policy"]


def test_an_editor_edits_previews_and_withdraws(client, db):
    hub = shelf.hub()
    equip_editors(hub)
    lotte = factories.member("officer", factories.organisation("EPRM", tier="secretariat"), "Lotte")
    femke = factories.member("manager", lotte.memberships.get().organisation, "Femke")
    desk.appoint_editor(lotte, may_publish=True, by=femke)
    client.force_login(lotte)
    resource = shelf.publish(shelf.resource("Old title"))

    form = client.get(reverse("wagtailsnippets_knowledge_resource:edit", args=[resource.pk]))
    assert form.status_code == 200
    told = {
        **{name: getattr(resource, name) for name in ("publisher", "address", "kind", "cost", "summary", "confirmed")},
        **{name: ",".join(getattr(resource, name)) for name in ("tiers", "minerals", "steps", "regions", "languages")},
        "title": "New title",
        "audience": "public",
        "action-publish": "1",
    }
    saved = client.post(reverse("wagtailsnippets_knowledge_resource:edit", args=[resource.pk]), told)

    assert saved.status_code == 302, saved.context["form"].errors
    assert Resource.objects.get(pk=resource.pk).title == "New title"
    assert [hit.title for hit in search.found_by(lotte, "title").hits] == ["New title"]
    resource = Resource.objects.get(pk=resource.pk)
    resource.unpublish()
    assert search.found_by(lotte, "title").count == 0


def test_what_is_due_is_published_and_what_has_expired_is_withdrawn(db):
    due, old = shelf.resource("Due roadmap", live=False), shelf.publish(shelf.resource("Old roadmap"))
    due.go_live_at = old.expire_at = timezone.now() - timezone.timedelta(hours=1)
    due.save()
    due.save_revision(approved_go_live_at=due.go_live_at)
    Resource.objects.filter(pk=old.pk).update(expire_at=old.expire_at)

    desk.follow_schedule()

    person = factories.person()
    assert [hit.title for hit in search.found_by(person, "roadmap").hits] == ["Due roadmap"]


def test_the_choice_of_language_needs_no_token_so_that_pages_are_everybodys(db):
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/ui/language", {"language": "fr", "next": "/"}).status_code == 302
    assert "csrftoken" not in strict.get(reverse("knowledge:hub")).cookies


@pytest.mark.parametrize("name", ["resource", "casestudy", "term", "question"])
def test_the_desk_lists_each_kind(client, lotte, name):
    from django.contrib.auth.models import Group, Permission  # noqa: PLC0415 - of this test

    wanted = Permission.objects.filter(content_type__app_label="knowledge")
    Group.objects.get(name="Moderators").permissions.add(*wanted)
    client.force_login(lotte)

    assert client.get(reverse(f"wagtailsnippets_knowledge_{name}:list")).status_code == 200
