"""Mails on their way."""

from __future__ import annotations

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.base.models.files import StoredFile


@pghistory.track(
    pghistory.UpdateEvent("handled", condition=pghistory.AnyChange("subject", "text", "released_at", "withdrawn_at")),
    fields=["subject", "text", "state", "held", "by_secretariat", "organisation", "person", "released_by"]
    + ["withdrawn_by", "edited_by"],
    model_name="OutgoingMailEvent",
)
class OutgoingMail(models.Model):
    """One mail, from the deed that asked for it to the answer of the mail server.

    `held` stays true after the release: such a mail was for the secretariat to read. The number is made by the site,
    not by the database, so that whoever may not read a mail can still hand one in.
    """

    class State(models.TextChoices):
        HELD = "held", _("waits for a look")
        QUEUED = "queued", _("on its way")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        WITHDRAWN = "withdrawn", pgettext_lazy("mail", "withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=80)
    to = models.CharField(_("to"), max_length=320)
    subject = models.CharField(_("subject"), max_length=255)
    text = models.TextField(_("text"))
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    held = models.BooleanField(default=False)
    by_secretariat = models.BooleanField(default=False, help_text="written while the secretariat acted")
    organisation = models.ForeignKey(settings.ORGANISATION_MODEL, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    posted_at = models.DateTimeField(_("written"), default=timezone.now)
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    edition = models.PositiveIntegerField(default=1, help_text="how often its words were changed, from 1")
    released_at = models.DateTimeField(_("released"), null=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(pgettext_lazy("mail", "withdrawn"), null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(_("next try"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True)
    error = models.TextField(_("what went wrong"), blank=True)

    class Meta:
        verbose_name = _("mail")
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="queued"), name="outgoing_mail_due"),
            models.Index(fields=["state", "-posted_at"], name="outgoing_mail_by_state"),
            models.Index(fields=["-posted_at"], name="outgoing_mail_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"


class MailAttachment(models.Model):
    """A stored file that goes with a mail, under the name its reader sees. Seen by whoever sees the mail."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mail = models.ForeignKey(OutgoingMail, models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name
