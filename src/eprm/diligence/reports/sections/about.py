"""What the report is, what it is not, and its main figures."""

from __future__ import annotations

from django.utils.translation import gettext as _

from eprm.diligence.reports.document import Figure, Section
from eprm.diligence.reports.facts import Facts
from eprm.ui import words


def about(facts: Facts, *, internal: bool) -> Section:
    """What the report is, what it is not, and its main figures."""
    states, source = facts.states, _("declarations for %(year)d") % {"year": facts.year}
    conformant = sum(smelter.standing.key == "conformant" for smelter in facts.smelters)
    hidden = _("Suppliers’ names and what each of them said are left out: they are confidential business information.")
    shown = _("This version names suppliers. It is for inside the company, its auditor and the authority.")
    rate = words.percent(states.accepted / states.suppliers, 0) if states.suppliers else _("nobody was asked")
    return Section(
        key="about",
        title=_("What this report is"),
        words=(
            _(
                "%(organisation)s asked its suppliers where the minerals in what they deliver come from. This report "
                "says what their declarations for %(year)d hold, judged as of %(on)s. It follows the five steps of the "
                "OECD Due Diligence Guidance and the contents of Article 7(3) of Regulation (EU) 2017/821, as far as "
                "declarations can answer them. It is not an audit, and certifies nothing."
            )
            % {"organisation": facts.organisation, "year": facts.year, "on": words.day(facts.on)},
            shown if internal else hidden,
        ),
        figures=(
            Figure(
                value=_("%(accepted)d of %(all)d") % {"accepted": states.accepted, "all": states.suppliers},
                label=_("suppliers with an accepted declaration"),
                source=source,
            ),
            Figure(value=rate, label=_("of the suppliers asked or heard"), source=source),
            Figure(
                value=words.number(len(facts.smelters)),
                label=_("smelters and refiners named"),
                source=_("accepted Smelter Lists"),
            ),
            Figure(
                value=words.number(conformant), label=_("of them confirmed by a scheme"), source=status_lists(facts)
            ),
            Figure(value=words.number(len(facts.risks)), label=_("risks that ask for a closer look"), source=source),
        ),
    )


def area_lists(facts: Facts) -> str:
    """The lists of high-risk areas in force on the day."""
    lists = {f"{area.release.list.title}, {area.release.edition}" for area in facts.areas}
    return "; ".join(sorted(lists)) or _("no list of high-risk areas is loaded")


def status_lists(facts: Facts) -> str:
    """The lists the smelters' standing rests on."""
    if not facts.releases:
        return _("no list of smelter statuses is loaded")
    return ", ".join(f"{release.list.title} {release.edition}" for release in facts.releases)
