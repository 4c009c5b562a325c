"""The pages over all accepted declarations of a year."""

from __future__ import annotations

from itertools import groupby

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from eprm.diligence.company import charts, maps, tables
from eprm.diligence.company.access import year_asked
from eprm.diligence.company.forms import RiskFilter, SmelterFilter
from eprm.diligence.company.queries import answers, changes, risks, smelters
from eprm.diligence.company.queries.year import CompanyYear
from eprm.diligence.company.steps import five_steps
from eprm.diligence.standing import standing_on
from eprm.diligence.wording import said, standing_pill
from eprm.people.access import for_an_organisation
from eprm.ui import parts
from eprm.ui.tables import Empty, as_file, prepare, respond
from eprm.ui.words import country

PLACES_SHOWN = 6


def status_source(view: CompanyYear) -> str:
    """The lists a smelter's standing rests on; a sentence where none is loaded."""
    releases = smelters.status_releases(view)
    if not releases:
        return _("accepted declarations; no list of smelter statuses is loaded")
    lists = ", ".join(f"{release.list.title} {release.edition}" for release in releases)
    return _("accepted declarations; %(lists)s") % {"lists": lists}


@for_an_organisation
def company(request: HttpRequest) -> HttpResponse:
    """Everything the year's accepted declarations say together."""
    view, form = year_asked(request)
    named = smelters.smelters_named(view)
    source = status_source(view)
    states, counts, kinds = answers.answer_states(view), risks.findings_by_code(view), risks.risk_kinds(view)
    unanswered = tables.FirstEnquiriesTable(answers.unanswered(view), prefix="open-", on=view.on)
    if asked := request.GET.get(unanswered.format_field):
        return as_file(request, unanswered, asked)
    prepare(request, unanswered)
    shaded = maps.high_risk_countries(view.on)
    metal = maps.metal_shown(named, request.GET.get("metal", ""))
    change = changes.smelter_changes(view, named)
    return render(
        request,
        "diligence/company.html",
        {
            "view": view,
            "form": form,
            "states": states,
            "answers_chart": charts.answers_chart(states, view.year, view.on),
            "unanswered": unanswered,
            "smelters": named,
            "standings_chart": charts.standings_chart(named, view.on, source) if named else None,
            "metals": charts.metals_of(named),
            "metal": metal,
            "map": maps.smelter_map(named, metal, view, shaded, source) if metal else None,
            "places": places_with_risks(kinds)[:PLACES_SHOWN],
            "risk_count": sum(kind.facts for kind in kinds),
            "findings_chart": charts.findings_chart(counts, view) if counts else None,
            "change": change,
            "lines": smelters.lines_by_outcome(view),
        },
    )


def places_with_risks(kinds: list[risks.RiskKind]) -> list[dict[str, object]]:
    """The kinds of risk under the place they name; those that name none come last."""
    ordered = sorted(kinds, key=lambda kind: (not kind.country, country(kind.country)))
    return [
        {"country": place, "kinds": [_worded(kind) for kind in group]}
        for place, group in groupby(ordered, key=lambda kind: kind.country)
    ]


def _worded(kind: risks.RiskKind) -> dict[str, object]:
    risk = said(kind.code, kind.where, kind.values)
    return {"kind": kind, "risk": risk, "others": kind.facts - 1, "tone": parts.LEVEL_TONE[risk.level]}


@for_an_organisation
def smelter_list(request: HttpRequest) -> HttpResponse:
    view, form = year_asked(request)
    filtered = SmelterFilter(request.GET, smelters.smelters_named(view))
    table = tables.SmelterTable(filtered.left(), on=view.on, empty=_no_smelter(filtered))
    return respond(request, table, "diligence/smelter_list.html", {"view": view, "filter": filtered, "form": form})


def _no_smelter(filtered: SmelterFilter) -> Empty:
    if filtered.smelters:
        return Empty(title=_("No smelter fits these filters"), text=_("Clear a filter to see more."))
    return Empty(
        title=_("No accepted declaration names a smelter"),
        text=_("Smelters appear here as soon as a declaration is accepted."),
    )


@for_an_organisation
def smelter_detail(request: HttpRequest, metal: str, cid: str) -> HttpResponse:
    """One smelter as this organisation's suppliers and the schemes tell of it."""
    view, _form = year_asked(request)
    lines = smelters.lines_naming(request.user, request.organisation, metal, cid)
    names = smelters.names_written(lines)
    first = lines.first()
    if first is None:
        raise Http404(f"No accepted declaration names {cid}.")
    intervals = smelters.statuses_of(view, [cid]).get((metal, cid), [])
    table = tables.LineTable(lines, on=view.on)
    return respond(
        request,
        table,
        "diligence/smelter_detail.html",
        {
            "view": view,
            "metal": metal,
            "cid": cid,
            "smelter": first,
            "names": names,
            "pill": standing_pill(standing_on(intervals, view.on)),
            "intervals": sorted(intervals, key=lambda interval: interval.since, reverse=True),
            "decisions": smelters.decisions_about(request.user, request.organisation, metal, cid),
            "risks": [
                (fact, said(fact["code"], "", fact["values"]))
                for fact in risks.risk_facts(view)
                if fact["values"].get("cid") == cid
            ],
        },
    )


@for_an_organisation
def risk_list(request: HttpRequest) -> HttpResponse:
    view, form = year_asked(request)
    kinds = risks.risk_kinds(view)
    filtered = RiskFilter(request.GET, {kind.country for kind in kinds}, {kind.code for kind in kinds})
    facts = filtered.narrow(risks.risk_facts(view))
    table = tables.RiskTable(facts, on=view.on, empty=Empty(title=_("The accepted declarations show no such risk")))
    shaded = maps.high_risk_countries(view.on)
    source = _("risks in accepted declarations of %(year)d") % {"year": view.year}
    return respond(
        request,
        table,
        "diligence/risk_list.html",
        {
            "view": view,
            "form": form,
            "filter": filtered,
            "map": maps.risk_map(kinds, view, shaded, source) if kinds else None,
        },
    )


@for_an_organisation
def risk_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One risk: the reason, the lists it was judged by, and what to do in the order of the five steps."""
    found = risks.risks_visible_to(request.user).filter(organisation=request.organisation)
    row = get_object_or_404(found.select_related("upload__supplier", "upload__file", "upload__declaration"), pk=pk)
    alike = found.filter(code=row.code, values=row.values, upload__state=row.upload.state).exclude(pk=pk)
    return render(
        request,
        "diligence/risk_detail.html",
        {
            "row": row,
            "risk": said(row.code, row.where, row.values),
            "steps": five_steps(said(row.code, row.where, row.values)),
            "alike": alike.select_related("upload__supplier", "upload__file").order_by(F("upload__supplier__name"))[
                :20
            ],
        },
    )


@for_an_organisation
def finding_list(request: HttpRequest) -> HttpResponse:
    """What is still to be asked about accepted declarations, by kind."""
    view, form = year_asked(request)
    table = tables.FindingTable(
        risks.findings_by_code(view), on=view.on, empty=Empty(title=_("The accepted declarations carry no finding"))
    )
    return respond(request, table, "diligence/finding_list.html", {"view": view, "form": form})


@for_an_organisation
def year_change(request: HttpRequest) -> HttpResponse:
    """This year against the year before, by the same lists."""
    view, form = year_asked(request)
    this, last = smelters.smelters_named(view), smelters.smelters_named(view.before())
    change = changes.compared(this, last)
    source = status_source(view)
    shown = {
        "changed": tables.ChangedSmelterTable(change.changed, prefix="status-", on=view.on),
        "added": tables.NewSmelterTable(change.added, prefix="new-", on=view.on),
        "gone": tables.GoneSmelterTable(change.gone, prefix="gone-", on=view.before().on),
        "answers": tables.ChangedAnswerTable(changes.answers_changed(view), prefix="answer-", on=view.on),
    }
    for table in shown.values():
        if asked := request.GET.get(table.format_field):
            return as_file(request, table, asked)
        prepare(request, table)
    chart = charts.change_chart(this, last, view, source) if this or last else None
    context = {"view": view, "form": form, "change": change, "chart": chart, "tables": shown, "source": source}
    return render(request, "diligence/year_change.html", context)
