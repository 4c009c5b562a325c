"""A group's rows are shown to the group alone by the database itself, whatever the code above forgets."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from eprm.base.identity import acting_as
from eprm.groups.actions import groups, joining, moderation
from eprm.groups.models import Act, Group, GroupMember, Post
from eprm.people.models import Membership

TABLES = sorted(m._meta.db_table for m in apps.get_app_config("groups").get_models() if m._meta.managed)


def rows(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def test_isolation_every_table_of_groups_has_it(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relname LIKE 'groups_%'")
        isolated = {name for (name,) in cursor.fetchall()}

    assert set(TABLES) - isolated == set()


def test_isolation_outsiders_see_no_word_of_a_closed_group(cast):
    thread = cast.thread()
    cast.post(thread, by="olivier")
    told = {"groups_group", "groups_groupevent"}  # that it exists is no secret of a closed group

    seen = {}
    for who in ("petra", "idris"):
        with cast.acting(who):
            seen[who] = {table for table in TABLES if table not in told and rows(table)}
    with acting_as(None):
        seen["visitor"] = {table for table in TABLES if table not in told and rows(table)}

    assert seen == {"petra": set(), "idris": set(), "visitor": set()}


def test_isolation_members_see_it(cast):
    thread = cast.thread()

    with cast.acting("hugo"):
        assert (rows("groups_post"), rows("groups_postevent"), Post.objects.get().thread) == (1, 1, thread)


def test_isolation_a_hidden_group_exists_for_its_members_only(cast):
    cast.thread()
    with cast.acting("femke"):
        groups.edit_group(cast.group, name="Quiet", aims="a", access="hidden", by=cast.femke)

    with cast.acting("idris"):
        outside = (rows("groups_group"), rows("groups_groupevent"), rows("groups_thread"))
    with cast.acting("noor"):
        inside = Group.objects.get().name

    assert (outside, inside) == ((0, 0, 0), "Quiet")


def test_isolation_an_open_group_is_read_by_everybody_and_written_by_its_members(cast):
    group = cast.found("open", "Gold, Andes")
    cast.enrol("noor", group=group)
    cast.thread(group=group)

    with acting_as(None):
        read = (rows("groups_post"), rows("groups_groupmember"), rows("groups_draft"))
    with cast.acting("petra"), pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
        Act.objects.create(group=group, by=cast.petra, kind="hide", subject="x")

    assert read == (1, 0, 0)


def test_isolation_membership_ends_with_the_work_for_its_organisation(cast):
    cast.thread()
    Membership.objects.filter(person=cast.noor).update(until="2026-01-01")
    del cast.noor.current_memberships

    with cast.acting("noor"):
        assert rows("groups_post") == 0


def test_isolation_nobody_writes_into_a_group_from_outside(cast):
    thread = cast.thread()
    with cast.acting("noor"):
        post = Post.objects.get()

    with cast.acting("petra"):
        changed = Post.objects.filter(pk=post.pk).update(text="forged")
        with pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
            Post.objects.create(
                group=cast.group, thread=thread, number=2, author=cast.petra, text="x", html="", markup=1,
                organisation=cast.organisation("petra"), language="en", nonce="0" * 32, written_at=post.written_at,
            )  # fmt: skip

    assert changed == 0


def test_isolation_a_moderators_act_stays_as_written(cast):
    thread = cast.thread()
    with cast.acting("femke"):
        moderation.hide_post(thread.posts.get(), reason="A name.", by=cast.femke)

        assert (Act.objects.update(reason="none"), Act.objects.all().delete()[0]) == (0, 0)
        assert [act.reason for act in Act.objects.all()] == ["A name."]


def test_isolation_whoever_was_removed_sees_nothing_more(cast):
    cast.thread(by="hugo")
    with cast.acting("femke"):
        joining.remove_member(cast.member("noor"), ban=False, reason="Left the subject.", by=cast.femke)

    with cast.acting("noor"):
        seen = (rows("groups_post"), list(GroupMember.objects.values_list("person__name", flat=True)))

    assert seen == (0, ["Noor"])
