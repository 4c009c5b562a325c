"""Who works for whom, in which role and since when; how one comes to it; and the keys to the API."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from eprm.people.models.organisations import Organisation
from eprm.people.models.persons import Person
from eprm.people.scopes import words


@pghistory.track()
class Membership(models.Model):
    """A person's dated role in an organisation. Ended, never deleted."""

    class Role(models.TextChoices):
        MANAGER = "manager", _("manager")
        OFFICER = "officer", _("compliance officer")
        READER = "reader", _("reader")

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"], condition=models.Q(until=None), name="membership_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation} · {self.get_role_display()}"


@pghistory.track()
class BoardSeat(models.Model):
    """A person's dated seat on the partnership's board, for one pillar. Ended, never deleted."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="board_seats")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="board_seats")
    pillar = models.CharField(_("pillar"), max_length=20, choices=Organisation.Pillar.choices)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("seat on the board")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=models.Q(until=None), name="board_seat_once_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation} · {self.get_pillar_display()}"


@pghistory.track(exclude=["digest", "used_at"])
class ApiToken(models.Model):
    """A key to the API for one person in one organisation. Only its SHA-256 is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="tokens")
    label = models.CharField(_("what it is for"), max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=80), default=list, verbose_name=_("what it may do"))
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("API token")

    def __str__(self) -> str:
        return self.label

    @property
    def scope_words(self) -> str:
        """What it may do, in the reader's language."""
        return words(self.scopes)


@pghistory.track(exclude=["digest"])
class Invitation(models.Model):
    """A role offered to whoever owns an e-mail address; it becomes a membership when that person says yes.

    Only the SHA-256 of the link's key is kept. An organisation has one open invitation for an address at a time.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=20, choices=Membership.Role.choices)
    digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField(auto_now_add=True)
    invited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    class Meta:
        verbose_name = _("invitation")
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="invitation_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.organisation} · {self.get_role_display()}"


@pghistory.track()
class JoinRequest(models.Model):
    """A person asks to work for an organisation. Its managers answer; where it has none, the secretariat does."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("waiting")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="join_requests")
    person = models.ForeignKey(Person, models.CASCADE, related_name="join_requests")
    sentence = models.CharField(_("in their own words"), max_length=500)
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    role = models.CharField(_("role"), max_length=20, choices=Membership.Role.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("request to join")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"], condition=models.Q(outcome="waiting"), name="join_request_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation}"
