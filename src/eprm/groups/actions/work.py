"""Pages, tasks, dates and minutes of a group."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.groups import markup, rules
from eprm.groups.actions.finding import index_work
from eprm.groups.actions.notices import tell
from eprm.groups.actions.standing import standing
from eprm.groups.actions.threads import EditedMeanwhile
from eprm.groups.models import (
    Attendance,
    CalendarDate,
    Group,
    GroupMember,
    GroupPage,
    Minutes,
    Notice,
    PageVersion,
    Task,
)
from eprm.groups.models.notices import Kind
from eprm.groups.queries.groups import handles_of
from eprm.people.models import Person

State = GroupMember.State


def add_page(group: Group, *, title: str, text: str, by: Person) -> GroupPage:
    """A page the whole group writes."""
    rules.can_take_part(group, standing(by, group)).require()
    try:
        with transaction.atomic():
            page = GroupPage.objects.create(
                group=group,
                title=title.strip(),
                text=text,
                html=_rendered(group, text),
                markup=markup.EDITION,
                edited_by=by,
                edited_at=timezone.now(),
            )
            _keep_version(page)
            index_work(page)
    except IntegrityError:
        raise NotAllowed(
            _("There is a page “%(title)s” already. Add to it, or choose another title.") % {"title": title}
        ) from None
    return page


def _rendered(group: Group, text: str) -> str:
    return markup.render(text, handles=handles_of(group), heading=2)


def _keep_version(page: GroupPage) -> None:
    PageVersion.objects.create(
        group_id=page.group_id,
        page=page,
        version=page.version,
        title=page.title,
        text=page.text,
        by=page.edited_by,
        written_at=page.edited_at,
    )


def edit_page(page: GroupPage, *, title: str, text: str, version: int, by: Person) -> GroupPage:
    """A new version of a page. Raises EditedMeanwhile where another was saved since `version`: no text is lost."""
    with transaction.atomic():
        page = GroupPage.objects.select_for_update(of=("self",)).select_related("group", "edited_by").get(pk=page.pk)
        rules.can_take_part(page.group, standing(by, page.group)).require()
        if (title.strip(), text) == (page.title, page.text):
            return page
        if page.version != version:
            raise EditedMeanwhile(
                _("%(person)s saved a newer text meanwhile. Both are below: put yours together with it.")
                % {"person": page.edited_by},
                page.text,
                page.version,
            )
        page.title, page.text, page.version = title.strip(), text, page.version + 1
        page.html, page.markup = _rendered(page.group, text), markup.EDITION
        page.edited_by, page.edited_at = by, timezone.now()
        page.save()
        _keep_version(page)
        index_work(page)
    return page


def give_task(
    group: Group, *, title: str, owner: Person, due_on: date | None, by: Person, minutes: Minutes | None = None
) -> Task:
    """A task for a member, who is told."""
    rules.can_take_part(group, standing(by, group)).require()
    if not GroupMember.objects.filter(group=group, person=owner, state=State.MEMBER).exists():
        raise NotAllowed(_("%(person)s is not a member of this group.") % {"person": owner})
    with transaction.atomic():
        task = Task.objects.create(
            group=group, title=title.strip(), owner=owner, due_on=due_on, made_by=by, minutes=minutes
        )
        if owner.pk != by.pk:
            tell(group, kind=Kind.TASK, event=Notice.Event.TASK, by=by, to=owner, task=task)
    return task


def change_task(task: Task, *, title: str, owner: Person, due_on: date | None, by: Person) -> Task:
    """Another day, other words, another member to do it, who is told."""
    with transaction.atomic():
        task = Task.objects.select_for_update(of=("self",)).select_related("group").get(pk=task.pk)
        group = task.group
        rules.can_change_task(by, task, group, standing(by, group)).require()
        handed_on = owner.pk != task.owner_id
        if handed_on and not GroupMember.objects.filter(group=group, person=owner, state=State.MEMBER).exists():
            raise NotAllowed(_("%(person)s is not a member of this group.") % {"person": owner})
        task.title, task.owner, task.due_on = title.strip(), owner, due_on
        task.save(update_fields=["title", "owner", "due_on"])
        if handed_on and owner.pk != by.pk:
            tell(group, kind=Kind.TASK, event=Notice.Event.TASK, by=by, to=owner, task=task)
    return task


def finish_task(task: Task, *, done: bool, by: Person) -> None:
    """Mark a task as done, or as open again."""
    rules.can_finish_task(by, task, task.group, standing(by, task.group)).require()
    task.done_at, task.done_by = (timezone.now(), by) if done else (None, None)
    task.save(update_fields=["done_at", "done_by"])


def add_date(
    group: Group,
    *,
    title: str,
    starts_at: datetime,
    by: Person,
    ends_at: datetime | None = None,
    place: str = "",
    zone: str = "UTC",
) -> CalendarDate:
    rules.can_take_part(group, standing(by, group)).require()
    return CalendarDate.objects.create(
        group=group,
        title=title.strip(),
        starts_at=starts_at,
        ends_at=ends_at,
        zone=zone,
        place=place.strip(),
        by=by,
    )


def cancel_date(date_: CalendarDate, *, by: Person) -> None:
    """Call a date off; it stays in the calendar as cancelled."""
    member = standing(by, date_.group)
    if date_.by_id != by.pk:
        rules.can_facilitate(date_.group, member).require()
    rules.can_take_part(date_.group, member).require()
    CalendarDate.objects.filter(pk=date_.pk, cancelled_at=None).update(cancelled_at=timezone.now())


@dataclass(frozen=True, slots=True)
class Action:
    """Something a meeting agreed that somebody does."""

    title: str
    owner: Person
    due_on: date | None = None


def write_minutes(
    group: Group,
    *,
    title: str,
    held_on: date,
    text: str,
    attended: Iterable[Person],
    by: Person,
    place: str = "",
    actions: Iterable[Action] = (),
) -> Minutes:
    """The minutes of a meeting, who of the members was there, and the tasks it gave."""
    rules.can_take_part(group, standing(by, group)).require()
    with transaction.atomic():
        minutes = Minutes.objects.create(
            group=group,
            title=title.strip(),
            held_on=held_on,
            place=place.strip(),
            text=text,
            html=_rendered(group, text),
            markup=markup.EDITION,
            taken_by=by,
        )
        there = GroupMember.objects.filter(group=group, state=State.MEMBER, person__in=list(attended))
        Attendance.objects.bulk_create(
            Attendance(
                group=group,
                minutes=minutes,
                person_id=member.person_id,
                organisation_id=member.organisation_id,
                pillar=member.pillar,
            )
            for member in there
        )
        for action in actions:
            give_task(group, title=action.title, owner=action.owner, due_on=action.due_on, by=by, minutes=minutes)
        index_work(minutes)
    return minutes


def edit_minutes(minutes: Minutes, *, text: str, version: int, by: Person) -> Minutes:
    """Correct the words of minutes; what they said before stays in the history."""
    with transaction.atomic():
        minutes = Minutes.objects.select_for_update(of=("self",)).select_related("group").get(pk=minutes.pk)
        rules.can_edit_minutes(by, minutes, minutes.group, standing(by, minutes.group)).require()
        if text == minutes.text:
            return minutes
        if minutes.version != version:
            raise EditedMeanwhile(
                _("A newer text was saved meanwhile. Both are below: put yours together with it."),
                minutes.text,
                minutes.version,
            )
        minutes.text, minutes.version = text, minutes.version + 1
        minutes.html, minutes.markup = _rendered(minutes.group, text), markup.EDITION
        minutes.save(update_fields=["text", "version", "html", "markup"])
        index_work(minutes)
    return minutes
