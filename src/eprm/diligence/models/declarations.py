"""The declarations suppliers sent, what was found in them, and what people decided about them."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from eprm.base.models import StoredFile
from eprm.diligence.models.owned import OwnedModel
from eprm.diligence.models.suppliers import Supplier


class Batch(OwnedModel):
    """Files sent together; a person comes back to it to see how far they are."""

    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.received_at:%Y-%m-%d %H:%M}"


@pghistory.track()
class Upload(OwnedModel):
    """One received file on its way to an accepted declaration. The states and who may move them: `lifecycle.py`.

    The counts are what the last check and the decisions since then left, kept here so that a list needs no joins.
    `open_count` counts the names that stand against acceptance: to decide, or unsure.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="uploads")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, verbose_name="SHA-256")
    supplier = models.ForeignKey(Supplier, models.PROTECT, null=True, blank=True, related_name="uploads")
    state = models.CharField(_("state"), max_length=12, default="received")
    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)
    checked_seconds = models.FloatField(null=True, help_text=_("processor time of the check, in seconds"))
    code_version = models.CharField(max_length=40, blank=True)
    judged_by = models.TextField(_("judged by"), blank=True, help_text=_("the editions of the lists used"))
    error_count = models.PositiveIntegerField(_("errors"), default=0)
    warning_count = models.PositiveIntegerField(_("warnings"), default=0)
    question_count = models.PositiveIntegerField(_("plausibility findings and notes"), default=0)
    line_count = models.PositiveIntegerField(_("smelter lines"), default=0)
    open_count = models.PositiveIntegerField(_("names to decide"), default=0)
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    returned_text = models.TextField(_("what the supplier was told"), blank=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="supersedes")

    class Meta:
        verbose_name = _("declaration")
        constraints = [models.UniqueConstraint(fields=["organisation", "sha256"], name="upload_bytes_once")]
        indexes = [
            models.Index(fields=["organisation", "-received_at"]),
            models.Index(fields=["organisation", "state"]),
        ]

    def __str__(self) -> str:
        return self.file.name


class SkippedFile(OwnedModel):
    """A file of a batch that became no upload, and the finding that says why; `first` has the same bytes."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="skipped")
    name = models.CharField(_("name"), max_length=255)
    code = models.CharField(_("code"), max_length=20)
    values = models.JSONField(default=dict)
    first = models.ForeignKey(Upload, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.name


class FileRow(OwnedModel):
    """A row that checking an upload gave; checking again replaces all of them."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="%(class)ss")

    class Meta:
        abstract = True


class Declaration(OwnedModel):
    """What the file says of itself (`lode.rmi.declaration.Declaration`)."""

    upload = models.OneToOneField(Upload, models.CASCADE, related_name="declaration")
    template = models.CharField(_("template"), max_length=4)
    revision = models.CharField(_("revision"), max_length=12)
    language = models.CharField(_("language"), max_length=8)
    company_name = models.CharField(_("company"), max_length=500, blank=True)
    company_id = models.CharField(_("company's number"), max_length=200, blank=True)
    contact_name = models.CharField(_("contact"), max_length=300, blank=True)
    contact_email = models.CharField(_("contact's e-mail"), max_length=300, blank=True)
    authorizer_name = models.CharField(_("authorizer"), max_length=300, blank=True)
    scope = models.CharField(_("scope"), max_length=1, blank=True)
    scope_description = models.TextField(_("scope described"), blank=True)
    effective_date = models.DateField(_("effective date"), null=True)
    minerals = models.CharField(_("minerals"), max_length=400, blank=True, help_text=_("keys, comma-separated"))

    def __str__(self) -> str:
        return f"{self.template} {self.revision} {self.company_name}"


class DeclaredAnswer(FileRow):
    """One answer; `mineral` is blank for the company-level questions."""

    question = models.CharField(max_length=2)
    mineral = models.CharField(max_length=60, blank=True)
    value = models.TextField(blank=True)
    comment = models.TextField(blank=True)
    cell = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"{self.question} {self.mineral}: {self.value}"


class SmelterRow(FileRow):
    """One line of the Smelter List as typed, and what it was taken to mean.

    `method` says how `cid` came about: "number" and "alias" (the register settled it), "match" (one candidate above the
    accepting threshold), "decision" (a person, now or earlier); blank while `outcome` is "open".
    """

    class Outcome(models.TextChoices):
        OPEN = "open", _("to decide")
        MATCHED = "matched", _("known")
        UNSURE = "unsure", _("unsure, ask the supplier")
        NOT_SMELTER = "not_smelter", _("not a smelter")
        UNIDENTIFIED = "unidentified", _("not identified by the supplier")
        UNLISTED = "unlisted", _("in no register")

    row = models.PositiveIntegerField(_("row"))
    metal = models.CharField(_("metal"), max_length=60, blank=True)
    cid_input = models.CharField(max_length=200, blank=True)
    lookup = models.TextField(blank=True)
    name = models.TextField(_("name"), blank=True)
    normalised = models.TextField(blank=True, help_text=_("the name a decision about this line is filed under"))
    country = models.CharField(_("country as written"), max_length=300, blank=True)
    country_iso2 = models.CharField(_("country"), max_length=2, blank=True)
    cid_shown = models.CharField(max_length=200, blank=True)
    city = models.TextField(blank=True)
    state = models.TextField(blank=True)
    mines = models.TextField(_("mines"), blank=True)
    mine_countries = models.TextField(_("mine countries"), blank=True)
    recycled = models.CharField(max_length=60, blank=True)
    comment = models.TextField(blank=True)
    outcome = models.CharField(_("outcome"), max_length=14, choices=Outcome.choices, default=Outcome.OPEN)
    method = models.CharField(max_length=10, blank=True)
    cid = models.CharField(_("smelter number"), max_length=40, blank=True)
    smelter_name = models.CharField(_("smelter"), max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "row"], name="smelter_row_once")]
        indexes = [models.Index(fields=["organisation", "outcome"]), models.Index(fields=["organisation", "cid"])]
        ordering = ["row"]

    def __str__(self) -> str:
        return f"row {self.row}: {self.name or self.lookup or self.cid_input}"


class CandidateRow(OwnedModel):
    """A smelter that a line might mean, best first. `reasons` are the matcher's codes with values, for any language."""

    line = models.ForeignKey(SmelterRow, models.CASCADE, related_name="candidates")
    rank = models.PositiveSmallIntegerField()
    cid = models.CharField(max_length=40)
    name = models.CharField(max_length=300)
    country = models.CharField(max_length=120, blank=True)
    score = models.FloatField(help_text=_("0 to 100"))
    reasons = models.JSONField(default=list)

    class Meta:
        ordering = ["rank"]

    def __str__(self) -> str:
        return f"{self.cid} {self.name}"


class ProductRow(FileRow):
    """A product the declaration covers (scope B)."""

    row = models.PositiveIntegerField()
    number = models.TextField(_("number"), blank=True)
    name = models.TextField(_("product"), blank=True)
    comment = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name or self.number


class MineRow(FileRow):
    """A mine named in the declaration (EMRT 2.x, AMRT)."""

    row = models.PositiveIntegerField()
    metal = models.CharField(max_length=60, blank=True)
    smelter = models.TextField(blank=True)
    name = models.TextField(_("mine"), blank=True)
    country = models.CharField(max_length=300, blank=True)
    country_iso2 = models.CharField(max_length=2, blank=True)

    def __str__(self) -> str:
        return self.name


class FindingRow(FileRow):
    """A finding about the file; its words come from the catalogue by code and `values`, in the reader's language."""

    position = models.PositiveIntegerField()
    code = models.CharField(_("code"), max_length=20)
    level = models.CharField(_("level"), max_length=12)
    where = models.TextField(_("place"))
    values = models.JSONField(default=dict)

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["organisation", "code"])]

    def __str__(self) -> str:
        return f"{self.code} {self.where}"


class RiskRow(FileRow):
    """A fact in the declaration that asks for a closer look, with its reason; worded as a finding is."""

    position = models.PositiveIntegerField()
    code = models.CharField(_("code"), max_length=20)
    level = models.CharField(_("level"), max_length=12)
    where = models.TextField(_("place"))
    country_iso2 = models.CharField(_("country"), max_length=2, blank=True)
    region = models.CharField(max_length=8, blank=True)
    values = models.JSONField(default=dict)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.code} {self.where}"


@pghistory.track()
class Decision(OwnedModel):
    """What a person said a written name means, kept for next time. A newer decision supersedes an older one."""

    class Judgement(models.TextChoices):
        SAME = "same", _("this smelter")
        DIFFERENT = "different", _("a different smelter, in no register")
        UNSURE = "unsure", _("unsure, ask the supplier")
        NOT_SMELTER = "not_smelter", _("not a smelter")
        WITHDRAWN = "withdrawn", _("taken back, to decide again")

    metal = models.CharField(max_length=60)
    name = models.TextField(help_text=_("as written"))
    normalised = models.TextField()
    country = models.CharField(max_length=120, blank=True)
    judgement = models.CharField(max_length=12, choices=Judgement.choices)
    cid = models.CharField(max_length=40, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    decided_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    upload = models.ForeignKey(Upload, models.PROTECT, null=True, related_name="+")
    row = models.PositiveIntegerField(null=True, help_text=_("the line on which it was decided"))
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "metal", "normalised", "country"],
                condition=models.Q(superseded_by=None),
                name="decision_in_force_once",
            )
        ]
        indexes = [models.Index(fields=["organisation", "metal", "normalised"])]

    def __str__(self) -> str:
        return f"{self.name}: {self.judgement}"


@pghistory.track()
class Report(OwnedModel):
    """A report as it was made: both files are kept, so that what was published can be proven later.

    `sha256` is the PDF's, repeated here because this row is in the audit trail and the file's is not.
    """

    class Kind(models.TextChoices):
        PUBLIC = "public", _("public, without suppliers' names")
        INTERNAL = "internal", _("internal, with suppliers' names")

    year = models.PositiveSmallIntegerField(_("reporting year"))
    kind = models.CharField(_("version"), max_length=8, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=8)
    on = models.DateField(_("as of"))
    pdf = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    workbook = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, verbose_name="SHA-256")
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("report")
        indexes = [models.Index(fields=["organisation", "-made_at"])]

    def __str__(self) -> str:
        return f"{self.year} {self.kind} {self.language}"
