"""The board's ballots on applications: one row a seat, so that a seat has one vote by construction."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.members.models.applications import Application
from eprm.members.models.rules import PILLARS, BoardRule
from eprm.people.models import BoardSeat, Organisation


@pghistory.track()
class Ballot(models.Model):
    """One call to vote on an application. The count stands with the ballot once it is closed."""

    class Outcome(models.TextChoices):
        CARRIED = "carried", _("carried")
        LOST = "lost", _("lost")
        TIED = "tied", _("tied")
        NO_QUORUM = "no_quorum", _("no quorum")

    application = models.ForeignKey(Application, models.PROTECT, related_name="ballots")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("applicant"))
    rule = models.ForeignKey(BoardRule, models.PROTECT, related_name="+")
    call = models.PositiveSmallIntegerField(pgettext_lazy("ballot", "call"), default=1)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(pgettext_lazy("ballot", "opened"), auto_now_add=True)
    closes_on = models.DateField(_("last day"))
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(pgettext_lazy("ballot", "closed"), null=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    minutes = models.TextField(pgettext_lazy("ballot", "minutes"), blank=True)

    class Meta:
        verbose_name = _("ballot")
        constraints = [
            models.UniqueConstraint(fields=["application", "call"], name="ballot_once_a_call"),
            models.UniqueConstraint(fields=["application"], condition=Q(closed_at=None), name="ballot_open_once"),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="ballot_closed_has_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.call}"


@pghistory.track()
class BallotSeat(models.Model):
    """A seat of the board in a ballot, as it stood when the ballot opened, and what it says."""

    class Choice(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        ABSTAIN = "abstain", _("abstain")

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="seats")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("of"))
    seat = models.ForeignKey(BoardSeat, models.PROTECT, related_name="+")
    pillar = models.CharField(_("pillar"), max_length=20, choices=PILLARS)
    choice = models.CharField(_("vote"), max_length=8, choices=Choice.choices, blank=True)
    words = models.TextField(_("reason"), blank=True)
    voted_at = models.DateTimeField(_("voted"), null=True)
    conflict = models.TextField(_("conflict of interest"), blank=True)
    attended = models.BooleanField(_("attended"), default=False)

    class Meta:
        verbose_name = _("vote of a seat")
        ordering = ["pillar", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "seat"], name="ballot_seat_once"),
            models.CheckConstraint(condition=Q(conflict="") | Q(choice=""), name="ballot_conflict_does_not_vote"),
        ]

    def __str__(self) -> str:
        return str(self.seat)
