"""People, organisations, and who works for whom in which role."""

from __future__ import annotations

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class PersonManager(BaseUserManager["Person"]):
    """What Django and allauth need to find and make a person by e-mail address."""

    def get_by_natural_key(self, email: str) -> Person:
        return self.get(email__iexact=email)

    def create_user(self, email: str, password: str | None = None, **fields: object) -> Person:
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


@pghistory.track(exclude=["password", "last_login"])
class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in. What a person may see follows from memberships, never from the person alone."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = PersonManager()

    class Meta:
        verbose_name = _("person")
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once")]

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def current_memberships(self) -> list[Membership]:
        """The memberships in force, with their organisations, oldest first. Read once per request."""
        memberships = self.memberships.filter(until__isnull=True).select_related("organisation")
        return list(memberships.order_by("since", "pk"))

    def organisation_ids(self) -> list[int]:
        return [membership.organisation_id for membership in self.current_memberships]

    @property
    def is_secretariat(self) -> bool:
        return any(m.organisation.tier == Organisation.Tier.SECRETARIAT for m in self.current_memberships)

    @cached_property
    def board_seat(self) -> BoardSeat | None:
        """The seat on the partnership's board that the person holds today, or None. Read once per request."""
        return self.board_seats.filter(until__isnull=True).select_related("organisation").first()

    def role_in(self, organisation_id: int) -> str | None:
        """The person's role in this organisation today, or None."""
        for membership in self.current_memberships:
            if membership.organisation_id == organisation_id:
                return membership.role
        return None


@pghistory.track()
class Organisation(models.Model):
    """A company, cooperative, ministry, association; its place in the chain is `tier`."""

    class Pillar(models.TextChoices):
        SUPPLY_CHAIN = "supply_chain", _("supply chain")
        GOVERNMENT = "government", _("governments and institutions")
        CIVIL_SOCIETY = "civil_society", _("civil society")

    class Tier(models.TextChoices):
        MINE = "mine", _("mine")
        COOPERATIVE = "cooperative", _("cooperative")
        TRADER = "trader", _("trader or exporter")
        SMELTER = "smelter", _("smelter or refiner")
        COMPONENT = "component", _("component maker")
        BRAND = "brand", _("brand")
        SERVICE = "service", _("service")
        CIVIL_SOCIETY = "civil_society", _("civil society")
        GOVERNMENT = "government", _("government or authority")
        SECRETARIAT = "secretariat", _("secretariat")

    name = models.CharField(_("legal name"), max_length=255)
    country = models.CharField(_("country"), max_length=2, help_text=_("ISO 3166-1 alpha-2"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    tier = models.CharField(_("place in the chain"), max_length=20, choices=Tier.choices)
    pillar = models.CharField(_("pillar"), max_length=20, choices=Pillar.choices, blank=True)
    staff = models.PositiveIntegerField(_("staff"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("organisation")

    def __str__(self) -> str:
        return self.name


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
    may_write = models.BooleanField(_("may also write"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("API token")

    def __str__(self) -> str:
        return self.label


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
