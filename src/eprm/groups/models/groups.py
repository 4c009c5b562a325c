"""A working group, who belongs to it, and who is invited."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.people.models import Organisation

PEOPLE_COUNTS = ("people_count", "supply_chain_count", "government_count", "civil_society_count")


@pghistory.track(exclude=PEOPLE_COUNTS)
class Group(models.Model):
    """People of several organisations who work on a mineral or a region. Ended, never deleted.

    The counts are kept by the database function `groups_recount`, because most readers may not see the members' rows:
    `people_count` are persons, the others organisations, since an organisation has one voice in a decision.
    """

    class Access(models.TextChoices):
        OPEN = "open", pgettext_lazy("group", "open")
        REQUEST = "request", pgettext_lazy("group", "on request")
        CLOSED = "closed", pgettext_lazy("group", "closed")
        HIDDEN = "hidden", pgettext_lazy("group", "hidden")

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    aims = models.TextField(_("aims"))
    access = models.CharField(_("access"), max_length=10, choices=Access.choices)
    minerals = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name=_("minerals"))
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True, verbose_name=_("countries"))
    region = models.CharField(_("region"), max_length=80, blank=True)
    quorum = models.PositiveSmallIntegerField(_("quorum"), default=50, help_text=_("% of each pillar's organisations"))
    founded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    founded_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    people_count = models.PositiveIntegerField(_("people"), default=0)
    supply_chain_count = models.PositiveIntegerField(default=0)
    government_count = models.PositiveIntegerField(default=0)
    civil_society_count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("working group")

    def __str__(self) -> str:
        return self.name

    @property
    def entitled(self) -> dict[str, int]:
        """How many organisations of each pillar have a voice."""
        return {pillar: getattr(self, f"{pillar}_count") for pillar in Organisation.Pillar.values}


@pghistory.track()
class GroupMember(models.Model):
    """A person in a group, for an organisation. One row a person and group: its state says how things stand."""

    class Role(models.TextChoices):
        FACILITATOR = "facilitator", _("facilitator")
        MEMBER = "member", pgettext_lazy("group role", "member")

    class State(models.TextChoices):
        ASKED = "asked", _("asked to join")
        MEMBER = "member", pgettext_lazy("group state", "member")
        DECLINED = "declined", _("not taken in")
        LEFT = "left", pgettext_lazy("group state", "left")
        REMOVED = "removed", pgettext_lazy("group state", "removed")
        BANNED = "banned", _("banned")

    group = models.ForeignKey(Group, models.PROTECT, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    pillar = models.CharField(_("pillar"), max_length=20, choices=Organisation.Pillar.choices, blank=True)
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.MEMBER)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    handle = models.SlugField(_("mentioned as"), max_length=60, allow_unicode=True)
    words = models.TextField(_("why they ask"), blank=True)
    reason = models.TextField(_("reason"), blank=True)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("member of a group")
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="group_member_once"),
            models.UniqueConstraint(fields=["group", "handle"], name="group_handle_once"),
        ]
        indexes = [models.Index(fields=["person", "state"])]

    def __str__(self) -> str:
        return f"{self.person} · {self.group}"

    @property
    def is_member(self) -> bool:
        return self.state == self.State.MEMBER

    @property
    def is_facilitator(self) -> bool:
        return self.is_member and self.role == self.Role.FACILITATOR


@pghistory.track()
class Invitation(models.Model):
    """A place in a group offered to whoever owns an e-mail address, with or without an account."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    message = models.TextField(_("message"), blank=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answer = models.CharField(
        _("answer"),
        max_length=10,
        blank=True,
        choices=[("accepted", _("accepted")), ("declined", _("declined")), ("withdrawn", _("withdrawn"))],
    )

    class Meta:
        verbose_name = _("invitation to a group")
        constraints = [
            models.UniqueConstraint(
                "group", Lower("email"), condition=models.Q(answered_at=None), name="group_invitation_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.group}"
