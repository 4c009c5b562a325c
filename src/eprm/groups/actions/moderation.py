"""Keeping order: reports, hiding, locking. Every act says why, in its place and in the moderators' book."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.groups import rules
from eprm.groups.actions.finding import index_post
from eprm.groups.actions.notices import tell
from eprm.groups.actions.standing import note_act, standing
from eprm.groups.models import Act, Notice, Post, Report, Thread
from eprm.groups.models.notices import Kind
from eprm.people.models import Person


def report_post(post: Post, *, reason: str, by: Person) -> Report:
    """Say that a post should not stand; those who moderate are told. One open report a person and post."""
    group = post.group
    rules.can_read(group, standing(by, group)).require()
    with transaction.atomic():
        report, new = Report.objects.get_or_create(
            post=post, reporter=by, settled_at=None, defaults={"group": group, "reason": reason.strip()}
        )
        if new:
            tell(
                group,
                kind=Kind.GROUP,
                event=Notice.Event.REPORT,
                by=by,
                to_facilitators=True,
                thread=post.thread,
                post=post,
                words=reason.strip(),
            )
    return report


def keep_reported(report: Report, *, by: Person) -> None:
    """Leave a reported post as it is."""
    group = report.group
    rules.can_moderate(by, group, standing(by, group)).require()
    with transaction.atomic():
        if not _settle(Report.objects.filter(pk=report.pk), Report.Answer.KEPT, by):
            raise NotAllowed(_("This report has been settled already."))
        note_act(group, kind=Act.Kind.KEEP, subject=str(report.post), reason=report.reason, by=by)


def _settle(reports: QuerySet[Report], answer: str, by: Person) -> int:
    return reports.filter(settled_at=None).update(settled_at=timezone.now(), settled_by=by, answer=answer)


def hide_post(post: Post, *, reason: str, by: Person) -> None:
    """Take a post's words from view; in its place stands who hid it and why. Settles what was reported of it."""
    group = post.group
    rules.can_moderate(by, group, standing(by, group)).require()
    with transaction.atomic():
        post = Post.objects.select_for_update(of=("self",)).select_related("group", "thread").get(pk=post.pk)
        if post.hidden_at is not None:
            raise NotAllowed(_("This contribution is hidden already."))
        post.hidden_at, post.hidden_by, post.hidden_because = timezone.now(), by, reason.strip()
        post.save(update_fields=["hidden_at", "hidden_by", "hidden_because"])
        index_post(post)
        _settle(Report.objects.filter(post=post), Report.Answer.HIDDEN, by)
        note_act(group, kind=Act.Kind.HIDE, subject=str(post), reason=reason.strip(), by=by)


def show_post(post: Post, *, by: Person) -> None:
    """Let a hidden post be read again."""
    group = post.group
    rules.can_moderate(by, group, standing(by, group)).require()
    with transaction.atomic():
        post = Post.objects.select_for_update(of=("self",)).select_related("group", "thread").get(pk=post.pk)
        if post.hidden_at is None:
            return
        post.hidden_at, post.hidden_by, post.hidden_because = None, None, ""
        post.save(update_fields=["hidden_at", "hidden_by", "hidden_because"])
        index_post(post)
        note_act(group, kind=Act.Kind.SHOW, subject=str(post), reason="", by=by)


def lock_thread(thread: Thread, *, reason: str, by: Person) -> None:
    """Nothing more is written in the thread, until it is unlocked."""
    rules.can_moderate(by, thread.group, standing(by, thread.group)).require()
    with transaction.atomic():
        if Thread.objects.filter(pk=thread.pk, locked_at=None).update(
            locked_at=timezone.now(), locked_because=reason.strip()
        ):
            note_act(thread.group, kind=Act.Kind.LOCK, subject=thread.title, reason=reason.strip(), by=by)


def unlock_thread(thread: Thread, *, by: Person) -> None:
    rules.can_moderate(by, thread.group, standing(by, thread.group)).require()
    with transaction.atomic():
        if Thread.objects.filter(pk=thread.pk).exclude(locked_at=None).update(locked_at=None, locked_because=""):
            note_act(thread.group, kind=Act.Kind.UNLOCK, subject=thread.title, reason="", by=by)
