"""The hub's lists as tables: for exports, for editors, and for who reads lists better than cards."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from eprm.ui.parts import status
from eprm.ui.tables import Column, Table


def codes(name: str) -> Any:
    """A column's codes as one value."""
    return lambda record: "; ".join(getattr(record, name))


class ResourceTable(Table):
    title = Column(_("Resource"), link="knowledge:resource_detail")
    publisher = Column(_("Publisher"))
    year = Column(_("Year"))
    kind = Column(_("Kind"), show=lambda record: record.get_kind_display())
    address = Column(_("Address"))
    tiers = Column(_("Places in the chain"), export=codes("tiers"), show=codes("tiers"), sort=False)
    minerals = Column(_("Minerals"), export=codes("minerals"), show=codes("minerals"), sort=False)
    steps = Column(_("OECD steps"), export=codes("steps"), show=codes("steps"), sort=False)
    languages = Column(_("Languages"), export=codes("languages"), show=codes("languages"), sort=False)
    regions = Column(_("Countries and regions"), export=codes("regions"), show=codes("regions"), sort=False)
    cost = Column(_("Cost"), show=lambda record: record.get_cost_display())
    summary = Column(_("What it is and who uses it"))
    confirmed = Column(_("How sure"), show=lambda record: record.get_confirmed_display())
    checked_on = Column(_("Last checked by a person"))

    class Meta:
        caption = _("Resources")
        source = _("The partnership's knowledge hub")


LINK_TONES = {"alive": "green", "moved": "yellow", "dead": "red", "unchecked": "none"}


class LinkTable(Table):
    """What an editor looks at again: dead and moved links, copies, what nobody has confirmed."""

    title = Column(_("Resource"), link="knowledge:resource_detail")
    link_state = Column(
        _("Link"), show=lambda record: status(LINK_TONES[record.link_state], record.get_link_state_display())
    )
    link_answer = Column(_("What it said"))
    link_tried_at = Column(_("Link last tried"))
    confirmed = Column(_("How sure"), show=lambda record: record.get_confirmed_display())
    checked_on = Column(_("Checked by a person"), blank=_("never"))
    address = Column(_("Address"), link=lambda record: record.address)

    class Meta:
        caption = _("Links to look at again")
        source = _("The nightly link check")


class SuggestionTable(Table):
    title = Column(_("Suggestion"), link=lambda record: reverse("knowledge:suggestion_decide", args=[record.pk]))
    suggested_by = Column(_("Suggested by"))
    suggested_at = Column(_("On"))
    state = Column(_("State"), show=lambda record: status("none", record.get_state_display()))
    decided_by = Column(_("Decided by"))

    class Meta:
        caption = _("Suggestions")
        source = _("Readers of the hub")


class OwnSuggestionTable(Table):
    title = Column(_("Suggestion"))
    suggested_at = Column(_("On"))
    state = Column(_("State"), show=lambda record: status("none", record.get_state_display()))
    reason = Column(_("Reason"))

    class Meta:
        caption = _("Your suggestions")
        source = _("Readers of the hub")
