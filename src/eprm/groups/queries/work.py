"""Pages, files, tasks and dates of groups."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q, QuerySet

from eprm.groups.models import CalendarDate, Group, GroupFile, GroupPage, PageVersion, Task
from eprm.groups.queries.groups import Reader, my_memberships, readable
from eprm.search.queries.files import outcome_of_file

# The kind under which the search knows them.
FILE = "group_file"


def files_visible_to(person: Reader) -> QuerySet[GroupFile]:
    """Files that were not removed; those of a hidden post only for its author."""
    found = GroupFile.objects.filter(readable(person), removed_at=None)
    shown = Q(post=None) | Q(post__hidden_at=None)
    if person.is_authenticated:
        shown |= Q(post__author=person)
    found = found.filter(shown).annotate(reading=outcome_of_file(FILE, "sha256"))
    return found.select_related("by", "group", "post__thread").order_by("-given_at")


def pages_visible_to(person: Reader) -> QuerySet[GroupPage]:
    return GroupPage.objects.filter(readable(person)).select_related("group", "edited_by").order_by("title")


def versions_of_page(page: GroupPage) -> QuerySet[PageVersion]:
    return PageVersion.objects.filter(page=page).select_related("by").order_by("-version")


def tasks_visible_to(person: Reader) -> QuerySet[Task]:
    """The tasks of the person's groups: open ones first, the soonest due first. Not public in an open group."""
    mine = my_memberships(person).values("group_id")
    found = Task.objects.filter(group__in=mine).select_related("owner", "group", "minutes", "done_by")
    return found.order_by(F("done_at").asc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk")


def open_tasks_of(person: Reader) -> QuerySet[Task]:
    """The tasks that wait for the person."""
    if not person.is_authenticated:
        return Task.objects.none()
    mine = my_memberships(person).values("group_id")
    return Task.objects.filter(owner=person, done_at=None, group__in=mine)


def dates_visible_to(person: Reader) -> QuerySet[CalendarDate]:
    return CalendarDate.objects.filter(readable(person)).select_related("group", "by").order_by("starts_at")


def next_date(group: Group, person: Reader, now: datetime) -> CalendarDate | None:
    return dates_visible_to(person).filter(group=group, cancelled_at=None, starts_at__gte=now).first()


def zone_of(group: Group, person: Reader) -> str:
    """The clock by which the group announced its last date; "" before the first."""
    last = dates_visible_to(person).filter(group=group).order_by("-pk").values_list("zone", flat=True).first()
    return last or ""
