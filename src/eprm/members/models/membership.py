"""Who belongs to the partnership, from when until when, and how the membership stood on each day.

That an organisation is a member is public (`queries.membership.roll_on`); how it stands is not.
"""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.members import lifecycle
from eprm.people.models import Organisation
from eprm.reference.models import HeldAgainstLists

STATES = [(key, state.label) for key, state in lifecycle.STATES.items()]


class FeeClass(models.TextChoices):
    """What a member gives a year. The amounts are dated rows (`FeeRule`)."""

    STRATEGIC = "strategic", _("Strategic")
    NORMAL = "normal", _("Normal")
    BASIC = "basic", _("Basic")
    CAPACITY = "capacity", _("working capacity")
    AGREED = "agreed", _("by agreement")


@pghistory.track()
class Member(models.Model):
    """One membership of an organisation, from `since` to `until`, the last day of it (None while it runs).

    Whoever leaves and comes back has two. `state` is how it stands today; `StateChange` has every day before.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="partnership_memberships")
    pillar = models.CharField(_("pillar"), max_length=20, choices=Organisation.Pillar.choices)
    fee_class = models.CharField(_("fee class"), max_length=20, choices=FeeClass.choices)
    since = models.DateField(_("member since"))
    until = models.DateField(_("last day"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=STATES, default=lifecycle.ACTIVE)

    class Meta:
        verbose_name = _("partnership membership")
        constraints = [
            models.UniqueConstraint(fields=["organisation"], condition=models.Q(until=None), name="member_once"),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")), name="member_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=lifecycle.CURRENT) | models.Q(until__isnull=False),
                name="member_ended_has_day",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "since"]), models.Index(fields=["state", "pillar"])]

    def __str__(self) -> str:
        return str(self.organisation)


class StateChange(models.Model):
    """From `on` the membership stands so, and why. Added, never changed: the newest on or before a day counts."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="changes")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=STATES)
    fee_class = models.CharField(_("fee class"), max_length=20, choices=FeeClass.choices)
    on = models.DateField(pgettext_lazy("day", "from"))
    reason = models.TextField(_("reason"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("change of a membership")
        indexes = [models.Index(fields=["member", "on"])]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.on}"


class Notice(models.Model):
    """The member's letter that it leaves, with the last day of its membership. Added, never changed."""

    member = models.OneToOneField(Member, models.PROTECT, related_name="notice")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    last_day = models.DateField(_("last day"))
    reason = models.TextField(_("reason"), blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given"), auto_now_add=True)

    class Meta:
        verbose_name = _("notice to leave")

    def __str__(self) -> str:
        return f"{self.member} {self.last_day}"


@pghistory.track()
class MemberScreening(HeldAgainstLists):
    """A member's names held against the sanctions lists, anew after every edition. The newest one counts.

    `names` has one a line: the organisation, then the owners, board and managers its application named.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="screenings")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    names = models.TextField(_("names"))

    class Meta:
        verbose_name = _("screening of a member")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["member", "-id"])]

    def __str__(self) -> str:
        return f"{self.member}, {self.screened_at:%Y-%m-%d}"
