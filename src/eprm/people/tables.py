"""The history of an organisation as a table."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.people.trail import Change
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
    thing = Column(_("What"), sort=False)
    fields = Column(_("Changed"), sort=False, show=_changes, export=what_changed)

    class Meta:
        caption = _("Who changed what")
        source = _("Recorded by the database at each write; the site itself cannot alter it")
