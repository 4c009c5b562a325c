"""What readers report, and what moderators did about it."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.groups.models.groups import Group
from eprm.groups.models.threads import Post

PERSON = settings.AUTH_USER_MODEL


@pghistory.track()
class Report(models.Model):
    """A reader's word that a post should not stand. Settled with an answer, never deleted."""

    class Answer(models.TextChoices):
        HIDDEN = "hidden", _("the contribution was hidden")
        KEPT = "kept", _("the contribution stays")

    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="reports")
    reporter = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("reported by"))
    reason = models.TextField(_("reason"))
    reported_at = models.DateTimeField(_("reported"), auto_now_add=True)
    settled_at = models.DateTimeField(_("settled"), null=True)
    settled_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", verbose_name=_("settled by"))
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("moderation", "report")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "reporter"], condition=models.Q(settled_at=None), name="report_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.post} · {self.reporter}"


class Act(models.Model):
    """What a moderator did, to whom or what, and why. Only ever added to: no rule lets a row be changed or deleted."""

    class Kind(models.TextChoices):
        HIDE = "hide", _("hid a contribution")
        SHOW = "show", _("showed a contribution again")
        LOCK = "lock", _("locked a thread")
        UNLOCK = "unlock", _("unlocked a thread")
        KEEP = "keep", _("left a reported contribution as it is")
        REMOVE = "remove", _("removed a member")
        BAN = "ban", _("banned a member")
        UNBAN = "unban", _("lifted a ban")
        DECLINE = "decline", _("did not take somebody in")
        REMOVE_FILE = "remove_file", _("removed a file")

    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("who"))
    kind = models.CharField(_("did"), max_length=12, choices=Kind.choices)
    subject = models.CharField(_("what"), max_length=255)
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("moderator's act")
        indexes = [models.Index(fields=["group", "-at"])]

    def __str__(self) -> str:
        return f"{self.kind} · {self.subject}"
