"""One walk through every way out: a closed group's words reach its members, and nobody else by any of them."""

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from eprm.base.identity import acting_as
from eprm.base.models import OutgoingMail
from eprm.groups import addresses
from eprm.groups.actions import delivery, files, groups, work
from eprm.groups.models import Notice, Post
from eprm.people.actions import create_token
from eprm.people.audiences import HELD
from eprm.search.queries import found_by

WORD = "zyxwolframite"


@pytest.fixture
def scene(cast):
    thread = cast.thread(title=f"About {WORD}", text=f"The {WORD} lorry. @hugo")
    with cast.acting("noor"):
        page = work.add_page(cast.group, title=f"Page {WORD}", text=WORD, by=cast.noor)
        file = files.give_file(cast.group, name=f"{WORD}.csv", content=WORD.encode(), note=WORD, by=cast.noor)
        task = work.give_task(cast.group, title=f"Task {WORD}", owner=cast.noor, due_on=None, by=cast.noor)
        post = Post.objects.get(thread=thread)
    return cast, {"thread": thread.pk, "page": page.pk, "file": file.pk, "task": task.pk, "post": post.pk}


def places(cast, made):
    slug = cast.group.slug
    return [
        reverse("groups:group_list"),
        reverse("groups:group_detail", args=[slug]),
        reverse("groups:thread_list", args=[slug]),
        reverse("groups:thread_list", args=[slug]) + "?format=csv",
        reverse("groups:thread_detail", args=[slug, made["thread"]]),
        reverse("groups:post_versions", args=[slug, made["post"]]),
        reverse("groups:group_search", args=[slug]) + f"?q={WORD}",
        reverse("groups:page_list", args=[slug]),
        reverse("groups:page_detail", args=[slug, made["page"]]),
        reverse("groups:page_versions", args=[slug, made["page"]]),
        reverse("groups:file_list", args=[slug]),
        reverse("groups:file_download", args=[made["file"]]),
        reverse("groups:task_list", args=[slug]),
        reverse("groups:task_detail", args=[slug, made["task"]]),
        reverse("groups:group_feed", args=[slug]),
    ]


def leaks(person, cast, made):
    """The addresses whose answer holds the word; the asked words themselves do not count."""
    client = Client()
    if person is not None:
        client.force_login(person)
    found = []
    for address in places(cast, made):
        text = client.get(address).content.decode("utf-8", "replace").replace(f'value="{WORD}"', "")
        if WORD in text.replace(f"q={WORD}", "").replace(f"q%3D{WORD}", ""):
            found.append(address)
    return found


def api_leaks(person, cast, made):
    with cast.acting(next(name for name, each in cast.people.items() if each == person)):
        organisation = person.current_memberships[0].organisation
        _token, key = create_token(
            organisation,
            label="t",
            scopes=["groups:read"],
            expires_at=timezone.now() + timezone.timedelta(days=1),
            by=person,
        )
    slug = cast.group.slug
    paths = [
        f"/api/groups/{slug}/threads",
        f"/api/groups/{slug}/threads/{made['thread']}/posts",
        f"/api/groups/{slug}/tasks",
    ]
    asked = Client(headers={"Authorization": f"Bearer {key}"})
    return [path for path in paths if WORD in asked.get(path).content.decode()]


def searched(person):
    person.__dict__.pop(HELD, None)
    with acting_as(person.pk, person.organisation_ids()):
        found = found_by(person, WORD, exactly=True)
        return found.count, sum(n for _kind, _label, n in found.kinds)


def feed(cast, name):
    with cast.acting(name):
        token = addresses.feed_token(cast.people[name])
    return WORD in Client().get(reverse("groups:person_feed", args=[token])).content.decode()


def mailed(cast):
    with acting_as(None, job="groups"):
        for pk in Notice.objects.filter(sent_at=None).values_list("pk", flat=True):
            delivery.deliver_notice(pk)
        everybody = [person.pk for person in cast.people.values()]
        delivery.send_digests("daily", timezone.now() + timezone.timedelta(seconds=1), everybody)
    with acting_as(None, job="outbox"):
        mails = OutgoingMail.objects.filter(text__contains=WORD)
        return set(mails.values_list("to", flat=True))


def rows_holding_the_word():
    tables = [m._meta for m in apps.get_app_config("groups").get_models() if m._meta.managed]
    found = set()
    with connection.cursor() as cursor:
        for meta in tables:
            columns = [f.column for f in meta.concrete_fields if f.get_internal_type() in ("CharField", "TextField")]
            if columns:
                joined = " || ' ' || ".join(f"coalesce({column}::text, '')" for column in columns)
                cursor.execute(f"SELECT count(*) FROM {meta.db_table} WHERE {joined} LIKE %s", [f"%{WORD}%"])
                found |= {meta.db_table} if cursor.fetchone()[0] else set()
    return found


def test_members_find_it_everywhere(scene):
    cast, made = scene

    expected = places(cast, made)[1:]
    expected.remove(reverse("groups:post_versions", args=[cast.group.slug, made["post"]]))
    assert set(expected) - set(leaks(cast.hugo, cast, made)) == set()
    assert (len(api_leaks(cast.hugo, cast, made)), searched(cast.hugo)[0] > 0, feed(cast, "hugo")) == (3, True, True)


@pytest.mark.parametrize("who", ["petra", "idris", None])
def test_nobody_else_finds_it_anywhere(scene, who):
    cast, made = scene
    person = cast.people[who] if who else None

    assert leaks(person, cast, made) == []
    if person is None:
        with acting_as(None):
            assert rows_holding_the_word() == set()
        return
    assert (api_leaks(person, cast, made), searched(person), feed(cast, who)) == ([], (0, 0), False)
    with cast.acting(who):
        assert rows_holding_the_word() == set()


def test_mails_with_it_go_to_members_only(scene):
    cast, _made = scene

    assert mailed(cast) == {cast.people[name].email for name in ("femke", "hugo", "olivier")}


def test_a_group_made_hidden_takes_back_what_was_public(cast):
    group = cast.found("open", "Gold, Andes")
    cast.enrol("noor", "hugo", group=group)
    cast.thread(group=group, title=f"About {WORD}", text=f"The {WORD} lorry.")
    before = (
        searched(cast.petra)[0],
        WORD in Client().get(reverse("groups:group_feed", args=[group.slug])).content.decode(),
    )
    with cast.acting("femke"):
        groups.edit_group(group, name="Gold, Andes", aims="a", access="hidden", by=cast.femke)

    client = Client()
    client.force_login(cast.petra)
    after = [
        client.get(reverse(f"groups:{route}", args=[group.slug])).status_code
        for route in ("group_detail", "thread_list", "group_feed")
    ]
    assert (before, after, searched(cast.petra), searched(cast.noor)[0] > 0) == (
        (1, True),
        [404, 404, 404],
        (0, 0),
        True,
    )
    with cast.acting("petra"):
        assert rows_holding_the_word() == set()
