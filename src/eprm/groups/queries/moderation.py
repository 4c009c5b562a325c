"""What is reported, and what moderators did. For those who moderate."""

from __future__ import annotations

from django.db.models import QuerySet

from eprm.groups.models import Act, Group, Report


def open_reports(group: Group) -> QuerySet[Report]:
    """Reports nobody has settled yet, oldest first."""
    found = Report.objects.filter(group=group, settled_at=None)
    return found.select_related("post__author", "post__thread", "reporter", "group").order_by("reported_at")


def acts_of(group: Group) -> QuerySet[Act]:
    """What moderators did, newest first."""
    return Act.objects.filter(group=group).select_related("by").order_by("-at", "-pk")
