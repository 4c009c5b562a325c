"""Pages, tasks, dates, minutes, files of a group."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from eprm.base.errors import NotAllowed
from eprm.base.identity import acting_everywhere
from eprm.groups import own
from eprm.groups.actions import files, work
from eprm.groups.actions.threads import EditedMeanwhile
from eprm.groups.actions.work import Action
from eprm.groups.models import Act, GroupFile, Notice
from eprm.groups.queries import work as queries
from eprm.groups.queries.decisions import attendance_of


def test_page_keeps_every_version(cast):
    with cast.acting("noor"):
        page = work.add_page(cast.group, title="Receipt", text="One", by=cast.noor)
    with cast.acting("hugo"):
        work.edit_page(page, title="Receipt", text="Two", version=1, by=cast.hugo)

        versions = [(v.version, v.text, v.by.name) for v in queries.versions_of_page(page)]
    assert versions == [(2, "Two", "Hugo"), (1, "One", "Noor")]


def test_two_edits_of_a_page_at_once_lose_nothing(cast):
    with cast.acting("noor"):
        page = work.add_page(cast.group, title="Receipt", text="One", by=cast.noor)
    with cast.acting("hugo"):
        work.edit_page(page, title="Receipt", text="Hugo's", version=1, by=cast.hugo)
    with cast.acting("noor"), pytest.raises(EditedMeanwhile, match="Hugo saved a newer") as told:
        work.edit_page(page, title="Receipt", text="Noor's", version=1, by=cast.noor)

    assert (told.value.text, told.value.version) == ("Hugo's", 2)


def test_page_title_is_taken_once(cast):
    with cast.acting("noor"):
        work.add_page(cast.group, title="Receipt", text="One", by=cast.noor)
        with pytest.raises(NotAllowed, match="“Receipt” already"):
            work.add_page(cast.group, title="Receipt", text="Two", by=cast.noor)


def test_task_tells_its_owner_and_is_finished_by_them(cast):
    with cast.acting("noor"):
        task = work.give_task(cast.group, title="Print it", owner=cast.hugo, due_on=date(2027, 1, 5), by=cast.noor)
        told = list(Notice.objects.values_list("kind", "to__name"))
    with cast.acting("olivier"), pytest.raises(NotAllowed, match="Hugo's"):
        work.finish_task(task, done=True, by=cast.olivier)
    with cast.acting("hugo"):
        open_before = queries.open_tasks_of(cast.hugo).count()
        work.finish_task(task, done=True, by=cast.hugo)

        assert (told, open_before, queries.open_tasks_of(cast.hugo).count()) == ([("task", "Hugo")], 1, 0)


def test_task_for_an_outsider_is_refused(cast):
    with cast.acting("noor"), pytest.raises(NotAllowed, match="Petra is not a member"):
        work.give_task(cast.group, title="x", owner=cast.petra, due_on=None, by=cast.noor)


def test_minutes_hold_attendance_and_their_actions_are_tasks(cast):
    with cast.acting("noor"):
        minutes = work.write_minutes(
            cast.group,
            title="November meeting",
            held_on=date(2026, 11, 3),
            text="## Road\n\nCounted again.",
            attended=[cast.noor, cast.hugo, cast.petra],
            actions=[Action("Send the count", cast.olivier, date(2026, 12, 1))],
            by=cast.noor,
        )
        there = [(a.person.name, a.pillar) for a in attendance_of(minutes)]
        tasks = [(t.title, t.owner.name, t.minutes) for t in queries.tasks_visible_to(cast.noor)]

    assert there == [("Hugo", "government"), ("Noor", "supply_chain")]
    assert tasks == [("Send the count", "Olivier", minutes)]


def test_minutes_are_corrected_by_whoever_took_them(cast):
    with cast.acting("noor"):
        minutes = work.write_minutes(
            cast.group, title="M", held_on=date(2026, 11, 3), text="One", attended=[], by=cast.noor
        )
        work.edit_minutes(minutes, text="Two", version=1, by=cast.noor)
        with pytest.raises(EditedMeanwhile):
            work.edit_minutes(minutes, text="Three", version=1, by=cast.noor)
    with cast.acting("hugo"), pytest.raises(NotAllowed, match="facilitators"):
        work.edit_minutes(minutes, text="x", version=2, by=cast.hugo)


def test_date_is_cancelled_by_whoever_set_it(cast):
    with cast.acting("noor"):
        at = timezone.now() + timedelta(days=3)
        date_ = work.add_date(cast.group, title="Call", starts_at=at, by=cast.noor)
        before = queries.next_date(cast.group, cast.noor, timezone.now())
    with cast.acting("hugo"), pytest.raises(NotAllowed):
        work.cancel_date(date_, by=cast.hugo)
    with cast.acting("noor"):
        work.cancel_date(date_, by=cast.noor)

        assert (before, queries.next_date(cast.group, cast.noor, timezone.now())) == (date_, None)


def test_file_is_read_by_members_of_other_organisations(cast):
    with cast.acting("noor"):
        file = files.give_file(cast.group, name="count.csv", content=b"a;b", note="The count", by=cast.noor)

    with cast.acting("hugo"):
        seen = list(queries.files_visible_to(cast.hugo))
    with cast.acting("petra"):
        outside = queries.files_visible_to(cast.petra).count()
    assert (seen, outside) == ([file], 0)


def test_file_removed_by_a_moderator_is_in_the_book(cast):
    with cast.acting("noor"):
        file = files.give_file(cast.group, name="list.csv", content=b"a", note="", by=cast.noor)
    with cast.acting("hugo"), pytest.raises(NotAllowed):
        files.remove_file(file, reason="x", by=cast.hugo)
    with cast.acting("femke"):
        files.remove_file(file, reason="Names people.", by=cast.femke)

        assert queries.files_visible_to(cast.femke).count() == 0
        assert [(a.kind, a.subject, a.reason) for a in Act.objects.all()] == [
            ("remove_file", "list.csv", "Names people.")
        ]


def test_bytes_of_a_file_taken_out_are_let_go_after_a_time(cast):
    with cast.acting("noor"):
        file = files.give_file(cast.group, name="a.txt", content=b"a name that must go", note="", by=cast.noor)
        other = files.give_file(cast.group, name="b.txt", content=b"stays", note="", by=cast.noor)
        files.remove_file(file, reason="", by=cast.noor)

    early = own.remove_files(timezone.now() - timedelta(days=30))
    late = own.remove_files(timezone.now())

    with acting_everywhere("test"), connection.cursor() as cursor:
        cursor.execute("SELECT eprm_unnamed(%s)", [[file.sha256, other.sha256]])
        unnamed = cursor.fetchall()
    assert (early, late, unnamed) == (0, 1, [(file.sha256,)])
    with cast.acting("noor"):
        assert GroupFile.objects.get(pk=file.pk).removed_at is not None
