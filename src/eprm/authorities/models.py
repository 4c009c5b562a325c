"""The network of competent authorities, and each authority's desk.

The network is shared by the authorities and the secretariat. The desk is between one importer and one authority: what
an importer files reaches that authority alone, by the importer's own act, and what the authority makes of it stays with
the authority. Nobody of the partnership sees in; the database holds to it.
"""

from __future__ import annotations

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.people.models import Organisation

PERSON = settings.AUTH_USER_MODEL
SOURCE = _("source")


@pghistory.track()
class CompetentAuthority(models.Model):
    """Who a Member State has named. Source: Regulation (EU) 2017/821, Article 10."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="+")
    member_state = models.CharField(_("Member State"), max_length=2, help_text="ISO 3166-1 alpha-2")
    website = models.URLField(_("website"), blank=True)
    languages = models.CharField(_("languages it answers in"), max_length=120, blank=True)
    takes_filings = models.BooleanField(_("takes files over this platform"), default=False)
    source = models.CharField(SOURCE, max_length=1000)
    verified = models.BooleanField(_("confirmed against the source"), default=False)
    since = models.DateField(_("named since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("competent authority")

    def __str__(self) -> str:
        return str(self.organisation)


@pghistory.track()
class Contact(models.Model):
    """A person to write to at an authority; for the authorities and the secretariat, never for the public."""

    authority = models.ForeignKey(CompetentAuthority, models.PROTECT, related_name="contacts")
    name = models.CharField(_("name"), max_length=200)
    task = models.CharField(_("responsible for"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    confirmed_on = models.DateField(_("last confirmed"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("contact")

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Topic(models.Model):
    """A note for the other authorities, or a question to them."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("question")
        NOTE = "note", _("note")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("in one line"), max_length=200)
    text = models.TextField(_("text"))
    clause = models.CharField(_("clause it is about"), max_length=60, blank=True)
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    of = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("from"))
    settled_at = models.DateTimeField(_("settled"), null=True)

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Reply(models.Model):
    """What another authority, or the secretariat, answers."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="replies")
    text = models.TextField(_("answer"))
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    of = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.text[:60]


class DeskModel(models.Model):
    """A row between one importer (`organisation`) and one authority."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("importer"))
    authority = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("authority"))

    class Meta:
        abstract = True


@pghistory.track()
class Filing(DeskModel):
    """What an importer files with its authority for a year. Nothing in it is edited: a correction is a new filing.

    `keep_until` is the earliest day on which the authority may remove it.
    """

    class Exemption(models.TextChoices):
        NONE = "none", _("No: a third party audits us")
        LISTED = "listed", _("Yes: we buy only from smelters and refiners on the Union's list")
        EVIDENCE = "evidence", _("Yes: we hold other substantive evidence for every smelter and refiner")

    year = models.PositiveSmallIntegerField(_("calendar year"))
    eori = models.CharField(_("EORI number"), max_length=17, blank=True)
    exemption = models.CharField(_("exempt from the audit"), max_length=10, choices=Exemption.choices)
    statement = models.TextField(_("what you did, in your own words"), blank=True)
    filed_at = models.DateTimeField(auto_now_add=True)
    filed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    keep_until = models.DateField(_("kept at least until"))
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    withdrawn_at = models.DateTimeField(pgettext_lazy("case file", "withdrawn"), null=True)

    class Meta:
        verbose_name = pgettext_lazy("case file", "file")
        constraints = [
            # An importer has one file in force with an authority for a year; a correction names what it replaces.
            models.UniqueConstraint(
                fields=["organisation", "authority", "year"],
                condition=models.Q(replaces=None, withdrawn_at=None),
                name="filing_first_once_a_year",
            )
        ]
        indexes = [models.Index(fields=["authority", "year"])]

    def __str__(self) -> str:
        return f"{self.organisation} {self.year}"


class FiledMass(DeskModel):
    """A year's net mass on a line of Annex I from one country of origin; the line as it stood on the day of filing."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="masses")
    code = models.CharField(_("CN code"), max_length=20)
    description = models.CharField(_("line of Annex I"), max_length=300)
    mineral = models.CharField(_("metal"), max_length=20)
    threshold_kg = models.DecimalField(_("threshold, kg a year"), max_digits=14, decimal_places=3)
    mass_kg = models.DecimalField(_("net mass, kg"), max_digits=14, decimal_places=3)
    origin = models.CharField(_("country of origin"), max_length=2, blank=True)
    high_risk = models.CharField(_("listed high-risk area"), max_length=200, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(mass_kg__gt=0), name="filed_mass_above_zero")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.code} {self.mass_kg} kg"


class FiledDocument(DeskModel):
    """A document of a file. The bytes lie in the storage under their SHA-256; this row lets the authority read them."""

    class Kind(models.TextChoices):
        AUDIT = "audit", _("third-party audit report")
        SCHEME = "scheme", _("proof of conformity with a recognised scheme")
        POLICY = "policy", _("supply chain policy")
        REPORT = "report", _("public annual report")
        SMELTERS = "smelters", _("list of smelters and refiners")
        RISKS = "risks", _("risks found and what was done")
        OTHER = "other", _("other document")

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="documents")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=255)
    sha256 = models.CharField(max_length=64, verbose_name="SHA-256")
    size = models.PositiveBigIntegerField(help_text=_("bytes"))

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Message(DeskModel):
    """A letter between importer and authority about a file."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="messages")
    of = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField(_("message"))
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


@pghistory.track()
class Case(DeskModel):
    """What the authority does with a file, as far as the importer is told: taken up, answered."""

    filing = models.OneToOneField(Filing, models.CASCADE, related_name="case")
    state = models.CharField(_("state"), max_length=12, default="open")
    taken_at = models.DateTimeField(auto_now_add=True)
    taken_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(_("closed"), null=True)
    outcome = models.TextField(_("what the importer is told"), blank=True)

    def __str__(self) -> str:
        return f"{self.filing} {self.state}"


@pghistory.track()
class Check(models.Model):
    """One ex-post check of an importer: its nature and result, and a notice of remedial action. The authority's alone.

    Source: Regulation (EU) 2017/821, Articles 11 and 12 (kept at least five years) and 16.
    """

    class Nature(models.TextChoices):
        DOCUMENTS = "documents", _("examination of documents and records")
        REQUEST = "request", _("request for documents")
        SPOT = "spot", _("on-the-spot inspection")

    class Result(models.TextChoices):
        CONFORMS = "conforms", _("the duties are met")
        PARTLY = "partly", _("partly met, remedial action asked")
        INFRINGES = "infringes", _("infringement")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("authority"))
    importer = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("importer"))
    filing = models.ForeignKey(Filing, models.SET_NULL, null=True, blank=True, related_name="checks")
    nature = models.CharField(_("nature"), max_length=12, choices=Nature.choices)
    checked_on = models.DateField(_("day"))
    result = models.CharField(_("result"), max_length=12, choices=Result.choices)
    findings = models.TextField(_("what was found"))
    remedy = models.TextField(_("notice of remedial action"), blank=True)
    remedy_due_on = models.DateField(_("to be done by"), null=True, blank=True)
    remedied_on = models.DateField(_("done"), null=True, blank=True)
    keep_until = models.DateField(_("kept at least until"))
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("check")
        indexes = [models.Index(fields=["organisation", "importer", "-checked_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(remedy="", remedy_due_on=None)
                | models.Q(~models.Q(remedy=""), remedy_due_on__isnull=False),
                name="check_remedy_has_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.importer} {self.checked_on}"


@pghistory.track()
class RankingWeight(models.Model):
    """How many points a fact adds to an importer's rank, from a day on. Without an organisation: the shipped start."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    key = models.CharField(_("fact"), max_length=20)
    points = models.PositiveSmallIntegerField(_("points"))
    since = models.DateField(_("since"))
    source = models.CharField(SOURCE, max_length=1000)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key", "since"], nulls_distinct=False, name="ranking_weight_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.points}"


@pghistory.track(exclude=["digest"])
class Concern(models.Model):
    """A substantiated concern about an importer, addressed to one authority. Anybody may put one in.

    `organisation` is the authority. Who is not signed in gets a receipt code, of which only the SHA-256 is kept; it
    opens the concern and its answer. Neither address nor browser is stored.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        CHECKING = "checking", _("being looked into")
        ANSWERED = "answered", _("answered")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("authority"))
    importer_name = models.CharField(_("company"), max_length=255)
    importer = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    duty = models.CharField(_("duty"), max_length=12, blank=True)
    text = models.TextField(_("what happened"))
    place = models.CharField(_("where"), max_length=200, blank=True)
    happened_on = models.DateField(_("when"), null=True, blank=True)
    known_by = models.CharField(_("how it is known"), max_length=12, blank=True)
    sources = models.TextField(_("addresses of published evidence"), blank=True)
    submitted_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    submitted_for = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.RECEIVED)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("concern")
        indexes = [models.Index(fields=["organisation", "-received_at"]), models.Index(fields=["digest"])]

    def __str__(self) -> str:
        return self.importer_name


class ConcernFile(models.Model):
    """A file given with a concern; the bytes lie in the storage under their SHA-256."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    concern = models.ForeignKey(Concern, models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class KeepingRule(models.Model):
    """For how many years an authority's records are kept at least, and within how many an importer is checked at least.

    Dated and sourced, edited by the secretariat: a file keeps what held on the day it came.
    """

    keep_years = models.PositiveSmallIntegerField(_("kept at least, years"))
    check_within_years = models.PositiveSmallIntegerField(_("checked at least once in, years"))
    since = models.DateField(_("since"), unique=True)
    source = models.CharField(SOURCE, max_length=1000)
    verified = models.BooleanField(_("confirmed against the source"), default=False)

    def __str__(self) -> str:
        return f"{self.keep_years} / {self.check_within_years}"
