"""The fixed facets in words: place in the chain, mineral, OECD step, kind, cost, and how sure an item is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Tier(models.TextChoices):
    ASM = "asm", _("small-scale miner or cooperative")
    LSM = "lsm", _("industrial mine")
    TRADER = "trader", _("trader, exporter or importer")
    SMELTER = "smelter", _("smelter or refiner")
    MANUFACTURER = "manufacturer", _("manufacturer")
    BRAND = "brand", _("brand")
    SERVICE = "service", _("service provider")
    AUTHORITY = "authority", _("authority")
    CSO = "cso", _("civil society")


class Mineral(models.TextChoices):
    TIN = "tin", _("tin")
    TANTALUM = "tantalum", _("tantalum")
    TUNGSTEN = "tungsten", _("tungsten")
    GOLD = "gold", _("gold")
    OTHER = "other", _("other minerals")


class Step(models.TextChoices):
    SYSTEMS = "1", _("1 Management systems")
    IDENTIFY = "2", _("2 Identify and assess")
    RESPOND = "3", _("3 Respond")
    AUDIT = "4", _("4 Audit")
    REPORT = "5", _("5 Report")


class Kind(models.TextChoices):
    GUIDANCE = "guidance", _("guidance")
    TEMPLATE = "template", _("template")
    TOOL = "tool", _("tool")
    TRAINING = "training", _("training")
    CASE_STUDY = "case study", _("case study")
    DATABASE = "database", _("database")
    RISK_INFORMATION = "risk information", _("risk information")
    STANDARD = "standard", _("standard")
    ASSURANCE_SCHEME = "assurance scheme", _("assurance scheme")
    LEGISLATION = "legislation", _("legislation")
    REPORT = "report", _("report")


class Cost(models.TextChoices):
    FREE = "free", _("free")
    PAID = "paid", pgettext_lazy("cost", "paid")


class Confirmed(models.TextChoices):
    SEEN = "seen", _("seen at its source")
    KNOWN = "known", _("not yet checked at its source")


class Size(models.TextChoices):
    MICRO = "micro", _("under 10 people")
    SMALL = "small", _("10 to 49 people")
    MEDIUM = "medium", _("50 to 249 people")
    LARGE = "large", _("250 people or more")


class Scope(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    UNSURE = "unsure", _("I do not know")


# Sites that copy other publishers' documents: an address there is told apart until the publisher's own is found.
MIRRORS = (
    *("docslib.org", "documents.pub", "dokumen.tips", "fdocuments.", "issuu.com", "paperzz.com", "pdfslide."),
    *("readkong.com", "scribd.com", "slideshare.net", "vdocument.", "vdocuments."),
)
