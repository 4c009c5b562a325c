"""Steps 3 to 5: what is done about the risks, what assessments exist, and what this report rests on."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _

from eprm.diligence.reports.document import Figure, Section
from eprm.diligence.reports.facts import Facts
from eprm.diligence.reports.sections.about import status_lists
from eprm.diligence.wording import STANDINGS, standing_words
from eprm.ui import words
from eprm.ui.parts import mineral_name
from lode.sheets import Column, Note, Table, Value


def response(facts: Facts, *, internal: bool) -> Section:
    """Step 3: how risks are answered, and what changed since the year before."""
    change = facts.change
    source = _("declarations of %(last)d and %(this)d, the same lists for both") % {
        "last": facts.year - 1,
        "this": facts.year,
    }
    changed: list[list[Value]] = [
        [c.this.name, mineral_name(c.this.metal), standing_words(c.last.standing), standing_words(c.this.standing)]
        for c in change.changed
    ]
    table = Table(
        title=_("Smelters whose status changed"),
        columns=[Column(_("Smelter or refiner")), Column(_("Metal")), Column(_("A year before")), Column(_("Now"))],
        rows=changed,
        note=Note(source=source, on=facts.on),
    )
    return Section(
        key="step-3",
        title=_("Step 3: Response to the risks"),
        words=(
            _(
                "The Guidance knows three answers to a risk: to go on buying while a measurable improvement is agreed, "
                "to suspend for a time, and, as the last means, to end the purchase. Serious abuses and support of "
                "armed groups ask for suspension at once. Which was chosen, and what was agreed with whom, is not part "
                "of declarations; the company says it beside this report."
            ),
            _("The figures compare the two years by the same lists, so that a new list does not look like progress."),
        ),
        figures=(
            Figure(value=words.number(len(change.added)), label=_("smelters new"), source=source),
            Figure(value=words.number(len(change.gone)), label=_("smelters no longer named"), source=source),
            Figure(value=words.number(len(change.changed)), label=_("smelters with another status"), source=source),
        ),
        tables=(table,) if changed else (),
    )


def audits(facts: Facts, *, internal: bool) -> Section:
    """Step 4: what schemes say of the smelters."""
    schemes = Counter(
        (smelter.standing.scheme, smelter.standing.key) for smelter in facts.smelters if smelter.standing.scheme
    )
    rows: list[list[Value]] = [
        [scheme, str(STANDINGS[key][1]), count] for (scheme, key), count in sorted(schemes.items())
    ]
    silent = sum(smelter.standing.key == "unknown" for smelter in facts.smelters)
    return Section(
        key="step-4",
        title=_("Step 4: Assessments by third parties"),
        words=(
            _(
                "The platform holds what schemes say of smelters on a day, not their audit reports. Of %(count)d "
                "smelters named, no scheme on the lists loaded says anything of %(silent)d: that is not a refusal."
            )
            % {"count": len(facts.smelters), "silent": silent},
        ),
        tables=(
            Table(
                title=_("What schemes say"),
                columns=[Column(_("Scheme")), Column(_("Assurance")), Column(_("How many"), _("smelters"))],
                rows=rows,
                note=Note(source=status_lists(facts), on=facts.on),
            ),
        )
        if rows
        else (),
    )


def reporting(facts: Facts, *, internal: bool) -> Section:
    """Step 5: what the report rests on, and the public ones kept before."""
    lists: list[list[Value]] = [[_("Rules and lists at the check"), edition, None] for edition in facts.editions]
    releases = {area.release.pk: area.release for area in facts.areas} | {r.pk: r for r in facts.releases}
    lists += [[release.list.title, release.edition, release.published_on] for release in releases.values()]
    tables = [
        Table(
            title=_("Lists and editions used"),
            columns=[Column(_("List")), Column(_("Edition")), Column(_("Published"))],
            rows=lists,
            note=Note(source=_("recorded with each declaration when it was checked"), on=facts.on),
        )
    ]
    if facts.earlier:
        tables.append(
            Table(
                title=_("Public reports kept"),
                columns=[Column(_("Year")), Column(_("Made")), Column("SHA-256")],
                rows=[[str(report.year), report.made_at.date(), report.sha256] for report in facts.earlier],
                note=Note(source=_("reports kept on this platform"), on=facts.on),
            )
        )
    return Section(
        key="step-5",
        title=_("Step 5: Reporting"),
        words=(
            _("A report that is kept here stays as it was made, with its SHA-256, so that it can be proven later."),
        ),
        tables=tuple(table for table in tables if table.rows),
    )
