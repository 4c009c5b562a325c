"""Dated versions of the lists that judgements rest on.

A list has releases; a release is what its publisher gave out on a day, loaded from a file and never edited. A release
without an organisation is shared by everybody (the law, the public lists) and written by the secretariat; one with an
organisation is that organisation's own (the smelter register from a workbook it owns).
"""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.base.models import StoredFile
from eprm.people.models import Organisation


@pghistory.track()
class ReferenceList(models.Model):
    """One list: who publishes it, under which licence, where."""

    class Kind(models.TextChoices):
        CAHRA = "cahra", _("conflict-affected and high-risk areas")
        COVERED = "covered", _("covered countries")
        SANCTIONS = "sanctions", _("sanctions")
        REGISTER = "register", _("smelter register")
        STATUS = "status", _("smelter status by scheme")
        THRESHOLD = "threshold", _("import thresholds")

    key = models.SlugField(unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=200)
    publisher = models.CharField(_("publisher"), max_length=200)
    address = models.URLField(_("address"), max_length=500, blank=True)
    licence = models.CharField(_("licence"), max_length=200)

    class Meta:
        verbose_name = _("reference list")

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Release(models.Model):
    """A list as it stood in one edition. `verified` is false while a fact still waits for its source's confirmation."""

    list = models.ForeignKey(ReferenceList, models.PROTECT, related_name="releases")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    edition = models.CharField(_("edition"), max_length=80)
    published_on = models.DateField(_("published"), null=True, blank=True)
    sha256 = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    verified = models.BooleanField(_("confirmed at the source"), default=False)
    partial = models.BooleanField(_("partial"), default=False)
    note = models.TextField(_("note"), blank=True)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    loaded_at = models.DateTimeField(auto_now_add=True)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("edition of a list")
        constraints = [
            models.UniqueConstraint(
                fields=["list", "organisation", "sha256"], name="release_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.edition


class ReleaseRow(models.Model):
    """A row of a release. The organisation stands on the row too, for the database's own isolation."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="%(class)s_rows")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True


@pghistory.track(pghistory.UpdateEvent("confirmed", condition=pghistory.AnyChange("verified")))
class Area(ReleaseRow):
    """A country, or a region of one, on a dated list (CAHRA, covered countries)."""

    iso2 = models.CharField(_("country"), max_length=2)
    region = models.CharField(_("region"), max_length=8, blank=True, help_text="ISO 3166-2")
    name = models.CharField(_("name"), max_length=200)
    category = models.CharField(_("category"), max_length=80, blank=True)
    valid_from = models.DateField(pgettext_lazy("day", "from"))
    valid_to = models.DateField(pgettext_lazy("day", "to"), null=True, blank=True)
    source = models.TextField(_("source"))
    verified = models.BooleanField(_("confirmed"), default=False)

    class Meta:
        verbose_name = _("area")
        indexes = [models.Index(fields=["iso2", "valid_from"])]

    def __str__(self) -> str:
        return self.name


class SanctionedParty(ReleaseRow):
    """A person or entity on a sanctions list, with every name it is listed under."""

    reference = models.CharField(_("number"), max_length=40)
    kind = models.CharField(_("kind"), max_length=20, blank=True)
    countries = models.CharField(_("countries"), max_length=200, blank=True)
    programme = models.CharField(_("programme"), max_length=200, blank=True)
    listed_on = models.DateField(_("listed"), null=True, blank=True)

    def __str__(self) -> str:
        return self.reference


class SanctionedName(ReleaseRow):
    """One name of a sanctioned party, as the list writes it."""

    party = models.ForeignKey(SanctionedParty, models.CASCADE, related_name="names")
    name = models.TextField(_("name"))
    primary = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class RegisterLine(ReleaseRow):
    """A row of a Smelter Look-up sheet, as the workbook gives it (`lode.rmi.declaration.LookupLine`)."""

    metal = models.CharField(_("metal"), max_length=40)
    lookup = models.CharField(_("name people choose"), max_length=300)
    standard = models.CharField(_("name in the register"), max_length=300)
    country = models.CharField(_("country"), max_length=120, blank=True)
    cid = models.CharField(_("number"), max_length=40, blank=True)
    source = models.CharField(_("numbered by"), max_length=80, blank=True)
    street = models.CharField(max_length=300, blank=True)
    city = models.CharField(_("city"), max_length=200, blank=True)
    state = models.CharField(_("state or province"), max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["release", "metal", "lookup"])]

    def __str__(self) -> str:
        return self.standard


class SmelterStatus(ReleaseRow):
    """What a scheme said of a smelter, from when until when (`lode.smelters.register.StatusInterval`)."""

    cid = models.CharField(_("number"), max_length=40)
    metal = models.CharField(_("metal"), max_length=40)
    scheme = models.CharField(_("scheme"), max_length=40)
    status = models.CharField(_("status"), max_length=60)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    source = models.TextField(_("source"))

    class Meta:
        indexes = [models.Index(fields=["cid", "metal"])]

    def __str__(self) -> str:
        return f"{self.cid} {self.status}"


@pghistory.track(pghistory.UpdateEvent("confirmed", condition=pghistory.AnyChange("verified")))
class Threshold(ReleaseRow):
    """A line of Regulation (EU) 2017/821, Annex I: the yearly volume from which an importer is in scope."""

    code = models.CharField(_("CN or TARIC code"), max_length=20)
    mineral = models.CharField(_("mineral"), max_length=40)
    description = models.CharField(_("description"), max_length=300)
    threshold_kg = models.DecimalField(_("threshold, kg a year"), max_digits=14, decimal_places=3)
    valid_from = models.DateField(pgettext_lazy("day", "from"))
    valid_to = models.DateField(pgettext_lazy("day", "to"), null=True, blank=True)
    source = models.TextField(_("source"))
    verified = models.BooleanField(_("confirmed"), default=False)

    class Meta:
        verbose_name = _("threshold")

    def __str__(self) -> str:
        return f"{self.code} {self.threshold_kg} kg"


class Loading(models.Model):
    """A received file on its way to a release, and what was found in it.

    `shared` says that the release will be everybody's; the file and this row stay with the organisation that sent it.
    A file with errors is refused as a whole: nothing of it is loaded.
    """

    class State(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("file", "received")
        READING = "reading", _("being read")
        SAVING = "saving", _("being saved")
        LOADED = "loaded", _("loaded")
        REFUSED = "refused", _("not loaded")

    list = models.ForeignKey(ReferenceList, models.PROTECT, related_name="loadings")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    shared = models.BooleanField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    aliases = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    edition = models.CharField(_("edition"), max_length=80, blank=True)
    published_on = models.DateField(_("published"), null=True, blank=True)
    verified = models.BooleanField(_("confirmed at the source"), default=False)
    partial = models.BooleanField(_("partial"), default=False)
    note = models.TextField(_("note"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.RECEIVED)
    rows_read = models.PositiveIntegerField(_("rows read"), default=0)
    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    release = models.ForeignKey(Release, models.SET_NULL, null=True, related_name="loadings")

    class Meta:
        indexes = [models.Index(fields=["organisation", "-received_at"])]

    def __str__(self) -> str:
        return f"{self.list} · {self.file}"


class LoadingFinding(models.Model):
    """What is wrong with a received list, by row; worded from the catalogue in the reader's language."""

    loading = models.ForeignKey(Loading, models.CASCADE, related_name="findings")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    code = models.CharField(_("code"), max_length=20)
    level = models.CharField(_("level"), max_length=12)
    where = models.TextField(_("place"))
    values = models.JSONField(default=dict)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.code} {self.where}"


class HeldAgainstLists(models.Model):
    """Names held against the sanctions lists of a day, and what a person says of the parties found.

    `hits` has, for each listed party whose name is alike, the name asked about, the list, its edition, the party's
    reference, its name there, the programme and the score from 0 to 100.
    """

    class Judgement(models.TextChoices):
        NONE = "", _("not looked at")
        OTHER = "other", _("somebody else")
        SAME = "same", _("the listed party")

    editions = models.TextField(_("lists"), help_text=_("one line a list"))
    screened_at = models.DateTimeField(_("screened"), auto_now_add=True)
    hits = models.JSONField(default=list)
    judgement = models.CharField(_("it is"), max_length=5, choices=Judgement.choices, blank=True, default="")
    reason = models.TextField(_("reason"), blank=True)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def state(self) -> str:
        """How it stands: "clear", "open" (a person must look), "other" or "listed"."""
        if not self.hits:
            return "clear"
        return {"": "open", "other": "other", "same": "listed"}[self.judgement]

    @property
    def parties(self) -> tuple[tuple[str, str], ...]:
        """Which listed parties they are, whatever the edition."""
        return tuple(sorted({(hit["list"], hit["reference"]) for hit in self.hits}))

    def say_again(self, judged: HeldAgainstLists) -> None:
        """Take over what a person said earlier of the same parties."""
        self.judgement, self.reason = judged.judgement, judged.reason
        self.judged_at, self.judged_by_id = judged.judged_at, judged.judged_by_id
