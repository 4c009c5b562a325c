"""What is still unknown, and whom to ask next: the work list the report ends with."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eprm.diligence.models import SmelterRow
from eprm.diligence.reports.document import Item, Section
from eprm.diligence.reports.facts import Facts
from eprm.diligence.wording import days_overdue
from lode.sheets import Column, Note, Table

Outcome = SmelterRow.Outcome
NAMES_TOLD = 12


def unknown(facts: Facts, *, internal: bool) -> Section:
    """Each gap with the one to ask; the public version counts suppliers instead of naming them."""
    points = tuple(_points(facts, internal=internal))
    return Section(
        key="unknown",
        title=_("What is still unknown, and whom to ask next"),
        words=() if points else (_("Nothing in these data is open. They can hold only what suppliers were asked."),),
        items=points,
        tables=(_open_enquiries(facts),) if internal and facts.unanswered else (),
    )


def _points(facts: Facts, *, internal: bool) -> Iterator[Item]:
    if missing := sum(enquiry.latest is None for enquiry in facts.unanswered):
        yield Item(
            title=ngettext("%(n)d supplier has not answered", "%(n)d suppliers have not answered", missing)
            % {"n": missing},
            text=_("Nothing is known of the smelters behind what they deliver."),
            advice=_("Remind them; the table below says since when.")
            if internal
            else _("Ask them again, and say why it matters."),
            tone="yellow",
        )
    if waiting := sum(enquiry.latest is not None for enquiry in facts.unanswered):
        yield Item(
            title=ngettext("%(n)d answer is not accepted yet", "%(n)d answers are not accepted yet", waiting)
            % {"n": waiting},
            text=_("What it names does not count above: it has errors, cannot be read, or names are still open."),
            advice=_("Decide the open names, and ask for a corrected file where one is needed."),
            tone="yellow",
        )
    if gaps := facts.lines.get(Outcome.UNIDENTIFIED, 0):
        yield Item(
            title=ngettext("%(n)d line names no smelter", "%(n)d lines name no smelter", gaps) % {"n": gaps},
            text=_("The suppliers say that they have not identified the smelter yet."),
            advice=_("Ask them for the smelter’s name, or for their own supplier’s declaration."),
            tone="violet",
        )
    if unlisted := [smelter.name for smelter in facts.smelters if not smelter.cid]:
        yield Item(
            title=ngettext("%(n)d name is in no register", "%(n)d names are in no register", len(unlisted))
            % {"n": len(unlisted)},
            text=_some(unlisted),
            advice=_(
                "Ask the supplier for the smelter’s address and number, or report it to the register’s publisher."
            ),
            tone="violet",
        )
    yield from _standings(facts)


def _standings(facts: Facts) -> Iterator[Item]:
    silent = [smelter.name for smelter in facts.smelters if smelter.cid and smelter.standing.key == "unknown"]
    if silent:
        yield Item(
            title=ngettext(
                "No scheme says anything of %(n)d smelter", "No scheme says anything of %(n)d smelters", len(silent)
            )
            % {"n": len(silent)},
            text=_some(silent),
            advice=_("Load a newer list of statuses; then ask the smelter which scheme assessed it, and when."),
        )
    if ended := [smelter.name for smelter in facts.smelters if smelter.standing.key in ("lapsed", "not_conformant")]:
        yield Item(
            title=ngettext("%(n)d smelter is no longer confirmed", "%(n)d smelters are no longer confirmed", len(ended))
            % {"n": len(ended)},
            text=_some(ended),
            advice=_("Ask the suppliers that name it what they know, and the smelter when it is assessed again."),
            tone="yellow",
        )
    if not facts.origins and facts.smelters:
        yield Item(
            title=_("No country of a mine is stated"),
            text=_("The accepted Smelter Lists leave the columns for mines and their countries blank."),
            advice=_("Ask the smelters for the countries of origin; suppliers rarely know them."),
        )


def _some(names: list[str]) -> str:
    """The first names, and how many more."""
    told = ", ".join(names[:NAMES_TOLD])
    if (rest := len(names) - NAMES_TOLD) <= 0:
        return f"{told}."
    return ngettext("%(told)s, and %(n)d more.", "%(told)s, and %(n)d more.", rest) % {"told": told, "n": rest}


def _open_enquiries(facts: Facts) -> Table:
    return Table(
        title=_("Enquiries still open"),
        columns=[
            Column(_("Supplier")),
            Column(_("Template")),
            Column(_("Asked")),
            Column(_("Due")),
            Column(_("How late")),
        ],
        rows=[
            [str(enquiry.supplier), enquiry.template, enquiry.asked_on, enquiry.due_on, days_overdue(enquiry.overdue)]
            for enquiry in facts.unanswered
        ],
        note=Note(source=_("enquiries"), on=facts.on),
    )
