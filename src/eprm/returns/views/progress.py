"""The group's figures: for everybody, for the board, and the secretariat's making of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from eprm.diligence.company.access import today
from eprm.people.models import Organisation
from eprm.returns import charts, lifecycle, rules, tables
from eprm.returns.actions import publishing
from eprm.returns.forms import PublishForm, YearForm
from eprm.returns.models import Figure, Publication
from eprm.returns.queries import figures, returns
from eprm.returns.queries.returns import light_of
from eprm.ui.languages import second_language
from eprm.ui.tables import Empty, prepare, respond
from lode import oecd


@dataclass(frozen=True, slots=True)
class SumRow:
    """One figure over all members, with the question it answers."""

    what: str
    unit: str
    figure: Figure

    @property
    def pk(self) -> int:
        return self.figure.pk


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A step of one group: a year and its words, for each year."""

    name: str
    words: list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Group:
    """All members, or a pillar. Where nothing of it is shown, `reasons` says why, instead of rows that all say so."""

    label: str
    rows: list[ShareRow]
    reasons: list[str]


def progress(request: HttpRequest) -> HttpResponse:
    """The members' progress along the five steps, as figures that tell of no single member. Public."""
    newest = figures.newest_publications()
    latest = newest[-1] if newest else None
    sums_of, form = _year_of_sums(request, newest)
    empty = Empty(title=_("No figure is told yet"), text=_("It takes five members that give one."))
    rows = _sums(figures.figures_of([sums_of]) if sums_of else [])
    table = tables.SumTable(rows, on=sums_of.made_at.date() if sums_of else None, empty=empty)
    context = {
        "latest": latest,
        "publications": newest,
        "steps_chart": charts.group_steps_chart(figures.group_shares(), latest.made_at.date()) if latest else None,
        "groups": _by_group(newest),
        "years": [each.year for each in newest],
        "form": form,
        "sums_of": sums_of,
    }
    return respond(request, table, "returns/progress.html", context)


def _year_of_sums(request: HttpRequest, newest: list[Publication]) -> tuple[Publication | None, YearForm]:
    """The year asked for, else the newest of which a sum is told."""
    by_year = {each.year: each for each in newest}
    years = sorted(by_year, reverse=True)
    told = figures.year_with_sums(newest)
    chosen = YearForm(request.GET, years=years)
    if "year" in request.GET and chosen.is_valid():
        return by_year[chosen.cleaned_data["year"]], chosen
    year = told or (years[0] if years else None)
    return by_year.get(year), YearForm(initial={"year": year}, years=years)


def _sums(found: Iterable[Figure]) -> list[SumRow]:
    wanted = [each for each in found if each.measure != Figure.Measure.SHARE]
    asked = figures.questions_told({each.key for each in wanted})
    return [SumRow(asked[each.key].said, asked[each.key].unit, each) for each in wanted if each.key in asked]


def _by_group(newest: list[Publication]) -> list[Group]:
    """Each group's steps over the years: a rounded mean, or why it is not shown."""
    rows = {(each.publication.year, each.group, each.key): each for each in figures.share_figures_of(newest)}
    language = second_language()
    keys = [(step.key, f"{step.key} {step.name(language)}") for step in oecd.steps()]
    keys.append((Figure.TOTAL, _("All five steps")))
    groups = [(Figure.ALL, _("All members")), *((pillar.value, str(pillar.label)) for pillar in Organisation.Pillar)]
    found = []
    for group, label in groups:
        theirs = [
            ShareRow(name, [(each.year, _told(rows.get((each.year, group, key)))) for each in newest])
            for key, name in keys
        ]
        hidden = {figure.hidden for (_year, of, _key), figure in rows.items() if of == group}
        reasons = [str(tables.HIDDEN_WORDS[why]) for why in sorted(hidden)] if "" not in hidden else []
        found.append(Group(label, theirs, reasons))
    return found


def _told(figure: Figure | None) -> str:
    if figure is None:
        return _("not asked")
    if figure.hidden:
        return str(tables.HIDDEN_WORDS[figure.hidden])
    return _("%(value)d %% of %(members)d members") % {"value": int(figure.value or 0), "members": figure.members or 0}


@login_required
def board(request: HttpRequest) -> HttpResponse:
    """Who has sent a return and who is late; the group's shares. No member's answers or shares."""
    rules.can_see_states(request.user).require()
    years = returns.years_opened(request.user)
    form = YearForm(request.GET or None, years=years, initial={"year": years[0] if years else None})
    year = form.cleaned_data["year"] if form.is_bound and form.is_valid() else (years[0] if years else today().year)
    found = returns.states_of_year(request.user, year)
    states = [(this.state, light_of(this, today())) for this in found]
    empty = Empty(title=_("No return is opened yet"), text=_("The secretariat opens a year for all members at once."))
    table = tables.BoardTable(found, on=today(), empty=empty)
    group = figures.group_shares()
    context = {
        "form": form,
        "year": year,
        "count": len(states),
        "sent": sum(state in lifecycle.WITH_SECRETARIAT for state, _light in states),
        "closed": sum(state == lifecycle.CLOSED for state, _light in states),
        "late": sum(light == "red" for _state, light in states),
        "steps_chart": charts.group_steps_chart(group, today()),
    }
    return respond(request, table, "returns/board.html", context)


@login_required
def publication_list(request: HttpRequest) -> HttpResponse:
    """The group figures made so far, and making new ones."""
    rules.can_read_returns(request.user).require()
    years = returns.years_opened(request.user)
    form = PublishForm(request.POST or None, years=years, initial={"year": years[0] if years else None})
    if request.method == "POST" and form.is_valid():
        made = publishing.publish_figures(**form.cleaned_data, by=request.user)
        messages.success(request, _("The figures %(made)s are public.") % {"made": made})
        return redirect("returns:progress")
    empty = Empty(title=_("No figures are made yet"), text=_("Close five returns of a year first."))
    table = tables.PublicationTable(figures.publications(), on=today(), empty=empty)
    if form.is_bound:
        context = {"form": form, "table": prepare(request, table), "years": years}
        return render(request, "returns/publication_list.html", context, status=422)
    return respond(request, table, "returns/publication_list.html", {"form": form, "years": years})
