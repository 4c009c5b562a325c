"""The rows of each kind of list, and the differences between two releases, as tables."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.reference.comparing import Difference
from eprm.reference.models import ReferenceList, Release
from eprm.ui.parts import el, status
from eprm.ui.tables import Column, Table
from eprm.ui.words import country
from lode.minerals import key as mineral_key

Kind = ReferenceList.Kind


def _verified(row: Any) -> SafeString:
    return status("green", _now("confirmed")) if row.verified else status("yellow", _now("unverified"))


def _source(row: Any) -> SafeString:
    """The source with its addresses as short links."""
    return mark_safe(urlize(row.source, trim_url_limit=36, nofollow=True, autoescape=True))  # noqa: S308 urlize escapes


def _code(row: Any) -> str:
    """CD-NK with a hyphen that does not break."""
    return row.region.replace("-", "\u2011")


def _metal(row: Any) -> SafeString:
    return el(mineral_key(row.metal), "s")


class AreaTable(Table):
    name = Column(_("Area"))
    iso2 = Column(_("Country"), show=lambda row: country(row.iso2))
    region = Column(_("Code"), show=_code)
    category = Column(_("Category"))
    valid_from = Column(pgettext_lazy("day", "From"))
    valid_to = Column(_("Until"), blank=_("still"))
    source = Column(_("Source"), sort=False, show=_source)
    verified = Column(_("Confirmed"), show=_verified)

    class Meta:
        caption = _("Areas")


class StatusTable(Table):
    cid = Column(_("Number"))
    metal = Column(_("Metal"), show=_metal)
    scheme = Column(_("Scheme"))
    status = Column(_("Status"))
    since = Column(_("Since"))
    until = Column(_("Until"), blank=_("still"))
    source = Column(_("Source"), sort=False, show=_source)

    class Meta:
        caption = _("Statuses")


class ThresholdTable(Table):
    code = Column(_("Code"))
    mineral = Column(_("Mineral"), show=lambda row: el(row.mineral, "s"))
    description = Column(_("Goods"), sort=False)
    threshold_kg = Column(_("Yearly volume"), unit="kg")
    valid_from = Column(pgettext_lazy("day", "From"))
    valid_to = Column(_("Until"), blank=_("still"))
    source = Column(_("Source"), sort=False, show=_source)
    verified = Column(_("Confirmed"), show=_verified)

    class Meta:
        caption = _("Yearly volumes")


class RegisterTable(Table):
    lookup = Column(_("Name people choose"))
    metal = Column(_("Metal"), show=_metal)
    standard = Column(_("Name in the register"))
    cid = Column(_("Number"))
    country = Column(_("Country"))
    city = Column(_("City"))
    state = Column(_("State or province"))

    class Meta:
        caption = _("Smelters")


def _names(party: Any) -> list[str]:
    """Every name of a party, the main one first."""
    return [name.name for name in sorted(party.names.all(), key=lambda name: not name.primary)]


def _names_shown(party: Any) -> SafeString:
    names = _names(party) or [party.reference]
    others = format_html_join("; ", "{}", ((name,) for name in names[1:]))
    return (
        format_html('{}<br><span class="small muted">{}</span>', names[0], others)
        if others
        else format_html("{}", names[0])
    )


class SanctionsTable(Table):
    names = Column(_("Names"), sort=False, show=_names_shown, export=lambda party: "; ".join(_names(party)))
    reference = Column(_("Number"))
    kind = Column(_("Kind"))
    countries = Column(_("Countries"))
    programme = Column(_("Programme"))
    listed_on = Column(_("Listed"))

    class Meta:
        caption = _("Listed parties")


TABLES: dict[str, type[Table]] = {
    Kind.CAHRA: AreaTable,
    Kind.COVERED: AreaTable,
    Kind.STATUS: StatusTable,
    Kind.THRESHOLD: ThresholdTable,
    Kind.REGISTER: RegisterTable,
    Kind.SANCTIONS: SanctionsTable,
}
# Where the search looks, by kind.
SEARCHED: dict[str, tuple[str, ...]] = {
    Kind.CAHRA: ("name", "region", "iso2"),
    Kind.COVERED: ("name", "iso2"),
    Kind.STATUS: ("cid", "scheme", "status"),
    Kind.THRESHOLD: ("code", "mineral", "description"),
    Kind.REGISTER: ("lookup", "standard", "cid", "country", "city"),
    Kind.SANCTIONS: ("reference", "names__name", "countries", "programme"),
}

CHANGES = {
    "added": ("green", _("added")),
    "removed": ("red", _("removed")),
    "changed": ("yellow", _("changed")),
    "renamed": ("yellow", _("renamed")),
    "moved": ("violet", _("means another smelter")),
}
DETAILS = {
    "lookup": _("name people choose"),
    "name": _("name"),
    "names": _("names"),
    "category": _("category"),
    "valid_to": pgettext_lazy("day", "to"),
    "until": _("until"),
    "status": _("status"),
    "source": _("source"),
    "verified": _("confirmed"),
    "threshold_kg": _("yearly volume, kg"),
    "kind": _("kind"),
    "countries": _("countries"),
    "programme": _("programme"),
    "listed_on": _("listed"),
}


def _change(difference: Difference) -> SafeString:
    tone, words = CHANGES[difference.change]
    return status(tone, words)


class DifferenceTable(Table):
    what = Column(_("Row"))
    change = Column(pgettext_lazy("noun", "Change"), show=_change, export=lambda found: str(CHANGES[found.change][1]))
    detail = Column(
        _("Field"),
        show=lambda found: DETAILS.get(found.detail, found.detail),
        export=lambda found: str(DETAILS.get(found.detail, found.detail)),
    )
    before = Column(_("Before"), sort=False)
    after = Column(_("After"), sort=False)

    class Meta:
        caption = _("Differences")


def _edition(release: Release) -> SafeString:
    marks = []
    if release.partial:
        marks.append(status("yellow", _now("partial"), "s"))
    if not release.verified and release.organisation_id is None:
        marks.append(status("none", _now("unverified"), "s"))
    link = format_html('<a href="{}">{}</a>', reverse("reference:release_detail", args=[release.pk]), release.edition)
    return format_html("{} {}", link, format_html_join(" ", "{}", ((mark,) for mark in marks)))


class ReleaseTable(Table):
    edition = Column(_("Edition"), show=_edition)
    published_on = Column(_("Published"), blank=_("not known"))
    rows = Column(_("Rows"), align="end")
    loaded_at = Column(_("Loaded"))
    loaded_by = Column(_("By"), blank=_("the platform itself"), sort=False)

    class Meta:
        caption = _("Editions")
