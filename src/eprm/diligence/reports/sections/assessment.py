"""Step 2: smelters, where they stand, what origins are stated, and the risks with their reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eprm.diligence.company.charts import standings_chart
from eprm.diligence.company.queries.smelters import NamedSmelter
from eprm.diligence.reports.document import Item, Section
from eprm.diligence.reports.facts import Facts
from eprm.diligence.reports.sections.about import area_lists, status_lists
from eprm.diligence.wording import LISTED_IS_NOT_CONFORMANT, NOT_AN_EMBARGO, level_words, said, standing_words
from eprm.ui import words
from eprm.ui.parts import LEVEL_TONE, mineral_name
from lode.sheets import Column, Note, Table, Value


def assessment(facts: Facts, *, internal: bool) -> Section:
    """Step 2: smelters, where they stand, what origins are stated, and the risks with their reasons."""
    tables = [_smelters(facts, internal=internal), _countries(facts)]
    if answers := _origin_answers(facts):
        tables.append(answers)
    if facts.origins:
        tables.append(_origins(facts))
    risks = ngettext(
        "The declarations show %(count)d risk. %(sentence)s",
        "The declarations show %(count)d risks. %(sentence)s",
        len(facts.risks),
    )
    if facts.risks:
        tables.append(_risks(facts, internal=internal))
    return Section(
        key="step-2",
        title=_("Step 2: Risks identified and assessed"),
        words=(
            str(LISTED_IS_NOT_CONFORMANT),
            risks % {"count": len(facts.risks), "sentence": NOT_AN_EMBARGO},
        ),
        charts=(standings_chart(facts.smelters, facts.on, status_lists(facts)),) if facts.smelters else (),
        items=tuple(_risk_kinds(facts)),
        tables=tuple(tables),
    )


def _smelters(facts: Facts, *, internal: bool) -> Table:
    """The public version leaves out by how many suppliers a smelter is named: that would tell of relations."""
    columns = [
        Column(_("Smelter or refiner")),
        Column(_("Metal")),
        Column(_("Number")),
        Column(_("Country")),
        Column(_("Assurance")),
        Column(_("Scheme")),
        Column(_("Until")),
    ]
    if internal:
        columns.append(Column(_("Named by"), _("suppliers")))
    metal = cache(mineral_name)
    ordered = sorted(facts.smelters, key=lambda smelter: (metal(smelter.metal), smelter.name.casefold()))
    return Table(
        title=_("Smelters and refiners named"),
        columns=columns,
        rows=list(_smelter_rows(ordered, internal=internal)),
        note=Note(source=_("accepted Smelter Lists; %(lists)s") % {"lists": status_lists(facts)}, on=facts.on),
    )


def _smelter_rows(smelters: Iterable[NamedSmelter], *, internal: bool) -> Iterator[list[Value]]:
    """Each word is looked up once, not once a smelter."""
    metal, standing, place = cache(mineral_name), cache(standing_words), cache(_place)
    unlisted = _("in no register")
    for smelter in smelters:
        row: list[Value] = [
            smelter.name,
            metal(smelter.metal),
            smelter.cid or unlisted,
            place(smelter.country),
            standing(smelter.standing),
            smelter.standing.scheme,
            smelter.standing.until,
        ]
        yield [*row, smelter.suppliers] if internal else row


def _place(iso2: str) -> str:
    return words.country(iso2) or _("not stated")


def _countries(facts: Facts) -> Table:
    place = cache(_place)
    counted = Counter(place(smelter.country) for smelter in facts.smelters)
    return Table(
        title=_("Countries of smelters and refiners"),
        columns=[Column(_("Country")), Column(_("How many"), _("smelters"))],
        rows=[[country, count] for country, count in sorted(counted.items(), key=lambda item: (-item[1], item[0]))],
        note=Note(source=_("accepted Smelter Lists"), on=facts.on),
    )


def _origin_answers(facts: Facts) -> Table | None:
    """The declared origin by metal: questions 3, 4 and 5 of CMRT 6.x."""
    asked = {
        "3": _("from the covered countries"),
        "4": _("from a high-risk area"),
        "5": _("only recycled or scrap"),
    }
    rows: list[list[Value]] = []
    for question, label in asked.items():
        for mineral in dict.fromkeys(count.mineral for count in facts.given if count.question == question):
            counts = Counter(
                {c.value: c.declarations for c in facts.given if (c.question, c.mineral) == (question, mineral)}
            )
            rest = counts.total() - counts["Yes"] - counts["No"]
            rows.append([label, mineral_name(mineral), counts["Yes"], counts["No"], rest])
    if not rows:
        return None
    return Table(
        title=_("Origins declared, by metal"),
        columns=[
            Column(_("Origin")),
            Column(_("Metal")),
            Column(_("Yes"), _("declarations")),
            Column(_("No"), _("declarations")),
            Column(_("Unknown or blank"), _("declarations")),
        ],
        rows=rows,
        note=Note(source=_("accepted CMRT declarations, questions 3 to 5"), on=facts.on),
    )


def _origins(facts: Facts) -> Table:
    """The countries of mines that Smelter Lists name, and whether the indicative list has an area there on the day."""
    listed = {area.iso2 for area in facts.areas}
    ordered = sorted(facts.origins.items(), key=lambda item: (not item[0], -item[1], words.country(item[0])))
    rows: list[list[Value]] = [
        [
            words.country(iso2) or _("no country is named"),
            (_("yes") if iso2 in listed else _("no")) if iso2 else "",
            suppliers,
        ]
        for iso2, suppliers in ordered
    ]
    return Table(
        title=_("Countries of origin stated"),
        columns=[
            Column(_("Country of mines")),
            Column(_("High-risk area there")),
            Column(_("Named by"), _("suppliers")),
        ],
        rows=rows,
        note=Note(source=_("accepted Smelter Lists; %(lists)s") % {"lists": area_lists(facts)}, on=facts.on),
    )


def _risks(facts: Facts, *, internal: bool) -> Table:
    rows: list[list[Value]] = []
    for fact in facts.risks:
        risk = said(fact["code"], "", fact["values"])
        place = words.country(fact["country_iso2"])
        row: list[Value] = [risk.title, place, level_words(risk.level), risk.message]
        rows.append([*row, fact["suppliers"]] if internal else row)
    columns = [Column(heading) for heading in (_("Risk"), _("Place"), _("Level"), _("Reason"))]
    if internal:
        columns.append(Column(_("Told by"), _("suppliers")))
    return Table(
        title=_("Risks and their reasons"),
        columns=columns,
        rows=rows,
        note=Note(source="; ".join(facts.editions) or _("checks of the accepted declarations"), on=facts.on),
    )


def _risk_kinds(facts: Facts) -> Iterator[Item]:
    """Each kind of risk once: the places it names, the reason of one fact, and what to do."""
    by_code: dict[str, list[dict[str, Any]]] = {}
    for fact in facts.risks:
        by_code.setdefault(fact["code"], []).append(fact)
    for facts_of_kind in sorted(by_code.values(), key=len, reverse=True):
        first = facts_of_kind[0]
        risk = said(first["code"], "", first["values"])
        count = len(facts_of_kind)
        places = Counter(words.country(fact["country_iso2"]) for fact in facts_of_kind if fact["country_iso2"])
        told = ", ".join(f"{place} ({number})" if number > 1 else place for place, number in places.most_common())
        example = risk.message if count == 1 else _("For example: %(reason)s") % {"reason": risk.message}
        yield Item(
            title=f"{risk.title} ({count})" if count > 1 else risk.title,
            text=f"{told}. {example}" if told else example,
            advice=risk.fix,
            tone=LEVEL_TONE[risk.level],
        )
