"""Somebody who signs in, and the languages they speak."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from eprm.people.models.organisations import Organisation

if TYPE_CHECKING:
    from eprm.people.models.roles import BoardSeat, Membership


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
        """The memberships in force, with their organisations, oldest first. Read once per request.

        Every page asks what else the person is, so that comes along in the same query: `seat_ids`, `groups_held`.
        """
        memberships = self.memberships.filter(until__isnull=True).select_related("organisation")
        former = Organisation.objects.filter(merged_into=OuterRef("organisation")).values("pk")
        memberships = memberships.annotate(
            former_ids=ArraySubquery(former),
            seat_ids=ArraySubquery(self.board_seats.filter(until__isnull=True).values("pk")),
            groups_held=ArraySubquery(self.groups.order_by().values("name")),
        )
        return list(memberships.order_by("since", "pk"))

    def organisation_ids(self) -> list[int]:
        return [membership.organisation_id for membership in self.current_memberships]

    def seen_organisation_ids(self) -> list[int]:
        """The person's organisations, and those merged into them: their history still stands under the old number."""
        former = [pk for membership in self.current_memberships for pk in membership.former_ids]
        return [*self.organisation_ids(), *former]

    @property
    def is_secretariat(self) -> bool:
        return any(m.organisation.tier == Organisation.Tier.SECRETARIAT for m in self.current_memberships)

    @cached_property
    def board_seat(self) -> BoardSeat | None:
        """The seat on the partnership's board that the person holds today, or None. Read once per request."""
        if self.current_memberships and not self.current_memberships[0].seat_ids:
            return None
        return self.board_seats.filter(until__isnull=True).select_related("organisation").first()

    @cached_property
    def group_names(self) -> frozenset[str]:
        """The groups of the editors' desk that the person is in. Read once per request."""
        for membership in self.current_memberships:
            return frozenset(membership.groups_held)
        return frozenset(self.groups.values_list("name", flat=True))

    def role_in(self, organisation_id: int) -> str | None:
        """The person's role in this organisation today, or None."""
        for membership in self.current_memberships:
            if membership.organisation_id == organisation_id:
                return membership.role
        return None


@pghistory.track()
class PersonLanguage(models.Model):
    """A language somebody speaks, by its ISO 639 code; the first of them is `Person.language`, the site's own."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="languages")
    code = models.CharField(_("language"), max_length=8)

    class Meta:
        verbose_name = _("language spoken")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["person", "code"], name="person_language_once")]

    def __str__(self) -> str:
        return f"{self.person} · {self.code}"
