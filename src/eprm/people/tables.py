"""The history of an organisation, the directory, and the secretariat's lists of organisations, as tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.people.models import Circle, DirectoryEntry
from eprm.people.trail import Change
from eprm.ui import words
from eprm.ui.parts import mineral_name
from eprm.ui.tables import Column, Table

VERBS = {
    "insert": pgettext_lazy("history", "added"),
    "update": pgettext_lazy("history", "changed"),
    "delete": pgettext_lazy("history", "removed"),
    "confirmed": pgettext_lazy("history", "confirmed"),
}


def what_changed(change: Change) -> str:
    """The changed fields as text: "role: reader → manager; until: 2026-11-22"."""
    return "; ".join(f"{name}: {old} → {new}" if old else f"{name}: {new}" for name, old, new in change.fields)


def _changes(change: Change) -> SafeString:
    lines = (
        (name, format_html("<del>{}</del> → ", old) if old else "", format_html("<ins>{}</ins>", new) if new else "—")
        for name, old, new in change.fields
    )
    listed = format_html_join("", "<li>{}: {}{}</li>", lines)
    if not listed:
        return listed
    if change.verb == "update":
        return format_html('<ul class="plain small">{}</ul>', listed)
    return format_html('<details class="small"><summary>{}</summary><ul>{}</ul></details>', _("with"), listed)


def _history(change: Change) -> str | None:
    """The page of this thing's changes alone."""
    if not isinstance(change.number, int):
        return None
    return reverse("people:record_history", args=[change.kind, change.number])


class ChangeTable(Table):
    at = Column(_("When"), sort=False)
    who = Column(_("Who"), sort=False, blank=_("the platform itself"))
    verb = Column(
        _("Did"),
        sort=False,
        show=lambda change: VERBS.get(change.verb, change.verb),
        export=lambda change: str(VERBS.get(change.verb, change.verb)),
    )
    noun = Column(_("Kind"), sort=False)
    thing = Column(_("What"), sort=False, link=_history)
    fields = Column(_("What changed"), sort=False, show=_changes, export=what_changed)

    class Meta:
        caption = _("Who changed what")
        source = _("Recorded by the database at each write; the site itself cannot alter it")


def _said_by(words_of: Callable[[str], str], field: str) -> Callable[[Any], str]:
    """The values of a list as words, in one cell."""
    return lambda entry: ", ".join(words_of(value) for value in getattr(entry, field))


def entry_url(entry: DirectoryEntry) -> str:
    return reverse("people:directory_detail", args=[entry.organisation_id])


class DirectoryTable(Table):
    """Organisations as the viewer's circle sees them; what it does not see is in no row, so in no file either.

    `said` are the vocabulary's words in the reader's language.
    """

    name = Column(_("Organisation"), order_by="sort_name", link=entry_url)
    tier = Column(_("Place in the chain"))
    pillar = Column(_("Pillar"))
    country = Column(_("Country"), show=lambda entry: words.country(entry.country))
    minerals = Column(_("Minerals"), sort=False)
    offers = Column(_("Offers"), sort=False)
    seeks = Column(_("Seeks"), sort=False)
    place = Column(_("Town"), visible=False)
    regions = Column(_("Countries of work"), visible=False)
    names = Column(_("Other names"), visible=False)
    identifiers = Column(_("Identifiers"), visible=False)
    staff = Column(_("Staff"), visible=False)
    website = Column(_("Website"), visible=False)
    contact = Column(_("Contact"), visible=False)
    about = Column(_("About the organisation"), visible=False)
    among_members = Column(_("For other members"), visible=False)

    class Meta:
        caption = _("Organisations")
        source = _("What each organisation tells of itself, and chose to show")

    def __init__(self, data: Any, *, said: Mapping[str, str], **options: Any) -> None:
        super().__init__(data, **options)
        ways: dict[str, Callable[[str], str]] = {"minerals": mineral_name, "regions": words.country}
        ways |= dict.fromkeys(("offers", "seeks"), lambda key: said.get(key, key))
        ways |= dict.fromkeys(("names", "identifiers"), str)
        for field, words_of in ways.items():
            column = self.columns[field].column
            column.show = column.export = _said_by(words_of, field)


class OrganisationTable(Table):
    """Every organisation of the platform, for the secretariat: who they are and whether they have people here."""

    name = Column(_("Organisation"), link="people:organisation_keep")
    tier = Column(_("Place in the chain"))
    country = Column(_("Country"), show=lambda organisation: words.country(organisation.country))
    people = Column(_("People"), align="end")
    listed = Column(_("Listed for"), sort=False, show=lambda organisation: _listed(organisation))
    created_at = Column(_("Since"))

    class Meta:
        caption = _("Organisations")
        source = _("Registered by their people, or listed by the secretariat")


def _listed(organisation: Any) -> object:
    return Circle(organisation.listed).label if organisation.listed is not None else _("not listed")


class DuplicateTable(Table):
    """Pairs that may be one organisation, with the reason."""

    first = Column(_("One"), sort=False, show=lambda pair: str(pair.first))
    second = Column(_("Another"), sort=False, show=lambda pair: str(pair.second))
    country = Column(_("Country"), sort=False, show=lambda pair: words.country(pair.first.country))
    because = Column(_("Why"), sort=False)
    merge = Column(
        _("Merge"),
        sort=False,
        exclude_from_export=True,
        show=lambda pair: format_html(
            '<a href="{}?into={}">{}</a>',
            reverse("people:organisation_merge", args=[pair.first.pk]),
            pair.second.pk,
            _("Look at both"),
        ),
    )

    class Meta:
        caption = _("What may be here twice")
        source = _("Names, countries and identifiers of all organisations")
