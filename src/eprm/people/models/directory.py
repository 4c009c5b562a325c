"""What of an organisation shows to whom, and the directory made of it."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _

from eprm.people.models.organisations import Organisation


class Circle(models.IntegerChoices):
    """Who may see something: each circle sees also what the ones before it see."""

    PUBLIC = 0, _("everybody")
    PARTNERS = 1, _("members and partners")
    MEMBERS = 2, _("members only")
    OWN = 3, _("only our own people")


@pghistory.track()
class Showing(models.Model):
    """An organisation's choice of who sees one field of it; without a row the field's own default holds."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="showings")
    field = models.CharField(_("field"), max_length=20)
    circle = models.PositiveSmallIntegerField(_("shown to"), choices=Circle.choices)

    class Meta:
        verbose_name = _("who sees a field")
        constraints = [models.UniqueConstraint(fields=["organisation", "field"], name="showing_once")]

    def __str__(self) -> str:
        return self.field


@pghistory.track()
class Partner(models.Model):
    """An organisation is a partner to the partnership, without being a member, from `since` to `until`, its last day.

    The secretariat says so. The database reads it to know which circle somebody belongs to (`eprm_circle()`).
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="partnerings")
    since = models.DateField(_("since"))
    until = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("partner")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(until=None), name="partner_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation_id)


class DirectoryEntry(models.Model):
    """What one circle may see of an organisation, and nothing else: search, filters, lists and files read only this.

    Made anew by `actions.directory.publish` whenever a fact or a choice changes; a field hidden from the circle is
    not in its row, so nothing can find the organisation by it.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="entries")
    circle = models.PositiveSmallIntegerField(choices=Circle.choices)
    name = models.CharField(_("name"), max_length=255)
    sort_name = models.CharField(max_length=255)
    country = models.CharField(_("country"), max_length=2, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    pillar = models.CharField(_("pillar"), max_length=20, choices=Organisation.Pillar.choices, blank=True)
    tier = models.CharField(_("place in the chain"), max_length=20, choices=Organisation.Tier.choices, blank=True)
    staff = models.PositiveIntegerField(_("staff"), null=True)
    minerals = ArrayField(models.CharField(max_length=20), default=list, verbose_name=_("minerals"))
    regions = ArrayField(models.CharField(max_length=2), default=list, verbose_name=_("countries of work"))
    seeks = ArrayField(models.CharField(max_length=40), default=list, verbose_name=_("seeks"))
    offers = ArrayField(models.CharField(max_length=40), default=list, verbose_name=_("offers"))
    names = ArrayField(models.CharField(max_length=255), default=list, verbose_name=_("other names"))
    identifiers = ArrayField(models.CharField(max_length=270), default=list, verbose_name=_("identifiers"))
    about = models.TextField(_("about the organisation"), blank=True)
    among_members = models.TextField(_("for other members"), blank=True)
    website = models.CharField(_("website"), max_length=200, blank=True)
    contact = models.CharField(_("contact"), max_length=520, blank=True)
    words = ArrayField(models.TextField(), default=list)

    class Meta:
        verbose_name = _("entry of the directory")
        constraints = [models.UniqueConstraint(fields=["organisation", "circle"], name="entry_once_a_circle")]
        indexes = [
            # With what the policy asks of a row, so that a page far in is found without reading all rows before it.
            models.Index(fields=["circle", "sort_name", "id"], include=["organisation"], name="entry_by_name"),
            models.Index(fields=["circle", "tier"], name="entry_by_tier"),
            models.Index(fields=["circle", "country"], name="entry_by_country"),
            GinIndex(fields=["words"], name="entry_words"),
        ]

    def __str__(self) -> str:
        return self.name


class DirectoryWord(models.Model):
    """A word that stands in a circle's entries, so that a mistyped one finds it. Kept by a trigger on the entries."""

    circle = models.PositiveSmallIntegerField(choices=Circle.choices)
    word = models.TextField()
    entries = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.F("circle"), OpClass("word", name="text_pattern_ops"), name="directory_word_once"
            )
        ]
        # One a circle: a search reads the trigrams of its own circle's words alone.
        indexes = [
            GinIndex(
                fields=["word"],
                opclasses=["gin_trgm_ops"],
                condition=models.Q(circle=circle),
                name=f"directory_word_like_{circle}",
            )
            for circle in (0, 1, 2)
        ]

    def __str__(self) -> str:
        return self.word
