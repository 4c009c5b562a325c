"""What a group works with: pages, files, tasks, dates."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from eprm.base.models import StoredFile
from eprm.groups.models.decisions import Minutes
from eprm.groups.models.groups import Group
from eprm.groups.models.threads import Post

PERSON = settings.AUTH_USER_MODEL


@pghistory.track(exclude=["html"])
class GroupPage(models.Model):
    """A page the whole group writes, as it stands now. A title is one page of a group."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="pages")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    html = models.TextField()
    markup = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(_("version"), default=1)
    edited_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(_("edited"))

    class Meta:
        verbose_name = _("page")
        constraints = [models.UniqueConstraint(fields=["group", "title"], name="page_title_once")]

    def __str__(self) -> str:
        return self.title


class PageVersion(models.Model):
    """One version of a page, the latest included, by whom it was written."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    page = models.ForeignKey(GroupPage, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "version"], name="page_version_once")]

    def __str__(self) -> str:
        return f"{self.page} v{self.version}"


@pghistory.track()
class GroupFile(models.Model):
    """A file a member gave to the group, alone or with a post.

    The stored file is its organisation's and seen by that organisation only; what the group needs of it (SHA-256,
    name, size) is repeated here, where the group's rules hold.
    """

    group = models.ForeignKey(Group, models.PROTECT, related_name="files")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="files")
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(_("name"), max_length=255)
    size = models.PositiveBigIntegerField(help_text=_("bytes"))
    note = models.CharField(_("what it is"), max_length=200, blank=True)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given"), auto_now_add=True)
    removed_at = models.DateTimeField(_("removed"), null=True)
    removed_because = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("file of a group")
        indexes = [models.Index(fields=["group", "-given_at"])]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Task(models.Model):
    """Something somebody of the group will do by a day. May come from minutes."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="tasks")
    minutes = models.ForeignKey(Minutes, models.PROTECT, null=True, related_name="tasks")
    title = models.CharField(_("task"), max_length=200)
    owner = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("who"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    made_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(_("done"), null=True)
    done_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", verbose_name=_("done by"))

    class Meta:
        verbose_name = _("task")
        indexes = [models.Index(fields=["group", "due_on"])]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class CalendarDate(models.Model):
    """A date in the group's calendar, announced by the clock of `zone`."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="dates")
    title = models.CharField(_("what"), max_length=200)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    place = models.CharField(_("where"), max_length=200, blank=True)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(_("cancelled"), null=True)

    class Meta:
        verbose_name = _("date")
        indexes = [models.Index(fields=["group", "starts_at"])]

    def __str__(self) -> str:
        return self.title
