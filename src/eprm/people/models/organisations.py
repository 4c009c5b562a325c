"""Organisations, and the dated facts beside them."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


@pghistory.track()
class Organisation(models.Model):
    """A company, cooperative, ministry, association; its place in the chain is `tier`.

    `normalised` is the legal name as `lode.smelters.names.normalise` spells it, for finding the same one again.
    """

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
    normalised = models.CharField(max_length=255, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("merged into")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("organisation")
        indexes = [
            models.Index(fields=["country", "normalised"], name="organisation_spelling"),
            models.Index(fields=["name"], name="organisation_by_name"),
            GinIndex(fields=["normalised"], opclasses=["gin_trgm_ops"], name="organisation_like"),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def ids(self) -> list[int]:
        """Its number, and those of the organisations merged into it: older history stands under them."""
        return [self.pk, *self.merged.values_list("pk", flat=True)]


@pghistory.track()
class OrganisationName(models.Model):
    """Another name an organisation has or had; the legal one in force stands on the organisation."""

    class Kind(models.TextChoices):
        TRADING = "trading", _("trading name")
        SHORT = "short", _("short name")
        FORMER = "former", _("former name")
        TRANSLATED = "translated", _("name in another language")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=255)
    normalised = models.CharField(max_length=255, blank=True, editable=False, db_index=True)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("other name")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class OrganisationIdentifier(models.Model):
    """A number or domain that tells the organisation from every other, in the spelling of `lode.identifiers`."""

    class Scheme(models.TextChoices):
        LEI = "lei", _("LEI")
        VAT = "vat", _("VAT number")
        EORI = "eori", _("EORI number")
        KVK = "kvk", _("KvK number")
        REGISTER = "register", _("number of a national register")
        DOMAIN = "domain", _("domain of its mail addresses")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("kind"), max_length=10, choices=Scheme.choices)
    country = models.CharField(_("country of the register"), max_length=2, blank=True)
    value = models.CharField(_("number"), max_length=255)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("where it was read"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("identifier")
        ordering = ["scheme", "pk"]
        indexes = [models.Index(fields=["scheme", "value"], name="identifier_value")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "scheme", "country", "value"],
                condition=models.Q(until=None),
                name="identifier_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"


@pghistory.track()
class OrganisationMineral(models.Model):
    """A mineral the organisation works with, by the key of `lode.minerals`."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="minerals")
    mineral = models.CharField(_("mineral"), max_length=20)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("mineral")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "mineral"], condition=models.Q(until=None), name="mineral_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.mineral


@pghistory.track()
class OrganisationRegion(models.Model):
    """A country the organisation works in, beside the one it is registered in."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="regions")
    country = models.CharField(_("country of work"), max_length=2)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("country of work")
        ordering = ["country", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "country"], condition=models.Q(until=None), name="region_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.country


class Topic(models.Model):
    """A word of the vocabulary in which organisations say what they seek and offer. Retired, never deleted."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    en = models.CharField(_("in English"), max_length=120)
    fr = models.CharField(_("in French"), max_length=120)
    es = models.CharField(_("in Spanish"), max_length=120)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("word of the vocabulary")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.en


@pghistory.track()
class OrganisationTopic(models.Model):
    """What an organisation seeks or offers, from the vocabulary, with a line of its own."""

    class Direction(models.TextChoices):
        SEEKS = "seeks", _("seeks")
        OFFERS = "offers", _("offers")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="topics")
    direction = models.CharField(_("direction"), max_length=6, choices=Direction.choices)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+", verbose_name=_("what"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("what is sought or offered")
        ordering = ["direction", "topic_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "direction", "topic"],
                condition=models.Q(until=None),
                name="topic_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_direction_display()} {self.topic_id}"


@pghistory.track()
class OrganisationProfile(models.Model):
    """What an organisation tells of itself in words. Who sees which part is its own choice (`Showing`)."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="profile")
    about = models.TextField(_("about the organisation"), blank=True)
    among_members = models.TextField(_("for other members"), blank=True)
    website = models.URLField(_("website"), blank=True)
    contact_name = models.CharField(_("contact person"), max_length=200, blank=True)
    contact_email = models.EmailField(_("contact by e-mail"), blank=True)
    contact_phone = models.CharField(_("contact by phone"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("profile")

    def __str__(self) -> str:
        return str(self.organisation_id)
