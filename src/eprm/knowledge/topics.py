"""The topics of a brief's facts in words."""

from django.utils.translation import gettext_lazy as _

TOPICS = {
    "production": _("Production"),
    "exports": _("Exports"),
    "asm-miners": _("Small-scale miners"),
    "income": _("Income"),
    "authorities": _("Authorities"),
    "law": _("Law"),
    "taxes": _("Taxes and fees"),
    "traceability": _("Traceability"),
    "certification": _("Certification"),
    "risk": _("Risks"),
    "cahra": _("High-risk areas"),
    "projects": _("Projects"),
    "women": _("Women in mining"),
    "trade-route": _("Trade routes"),
    "what-changed": _("What changed lately"),
    "sanctions": _("Sanctions"),
    "safety": _("Safety"),
    "market": _("Market"),
    "livelihoods": _("Livelihoods"),
    "illegal": _("Illegal mining"),
    "geography": _("Geography"),
    "industry": _("Industry"),
    "economy": _("Economy"),
    "data": _("Data"),
    "support": _("Support"),
    "environment": _("Environment"),
    "control": _("Control"),
    "stocks": _("Stocks"),
}
