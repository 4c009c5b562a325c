"""Counting, choosing excerpts, showing the results, and reading them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from eprm.groups.markup import render as as_html
from eprm.surveys import charts, rules, tables
from eprm.surveys.actions import counting
from eprm.surveys.codes import RESULTS, read_signed
from eprm.surveys.forms.making import ConclusionForm, ExcerptForm
from eprm.surveys.models import LANGUAGES, Survey
from eprm.surveys.queries import answers as sheets
from eprm.surveys.queries import results as figures
from eprm.surveys.queries import surveys as queries
from eprm.surveys.views.surveys import keeping, sign_in_first, survey_of
from eprm.ui.tables import Empty, respond


@require_POST
@login_required
def survey_count(request: HttpRequest, pk: int) -> HttpResponse:
    """Close it for good and count."""
    survey = counting.count(survey=survey_of(request, pk), by=request.user)
    messages.success(request, _("“%(survey)s” is closed and counted.") % {"survey": survey})
    return redirect("surveys:result_detail", survey.pk)


@sign_in_first
def result_detail(request: HttpRequest, pk: int) -> HttpResponse:
    survey = survey_of(request, pk)
    kept = keeping(request, survey)
    rules.can_see_results(request.user, survey, kept).require()
    return _results(request, survey, kept=bool(kept))


def linked_results(request: HttpRequest, text: str) -> HttpResponse:
    """The results, for whoever holds the link of the mail."""
    number = read_signed(RESULTS, text)
    survey = queries.survey_of_results(number) if isinstance(number, int) else None
    if survey is None:
        raise Http404
    return _results(request, survey, linked=True)


def _results(request: HttpRequest, survey: Survey, *, kept: bool = False, linked: bool = False) -> HttpResponse:
    with queries.as_reader(linked):
        questions = queries.questions_of(survey)
        language = queries.language_of(survey, questions)
        found = figures.results_of(survey, questions, language)
    on = survey.counted_at.date() if survey.counted_at else survey.closes_on
    title = getattr(survey, f"title_{language}") or str(survey)
    source = _("“%(title)s”, edition %(edition)d, %(count)d answers") % {
        "title": title,
        "edition": survey.edition,
        "count": found.count,
    }
    conclusion = getattr(survey, f"conclusion_{language}") or next(
        (getattr(survey, f"conclusion_{each}") for each in LANGUAGES if getattr(survey, f"conclusion_{each}")), ""
    )
    table = tables.FigureTable(found.rows, on=on)
    shown = {
        "survey": survey,
        "title": title,
        "results": found,
        "drawn": [(each, charts.result_chart(each, language, source, on)) for each in found.results],
        "turnout": charts.turnout_chart(survey, found.turnout, source, on),
        "conclusion": as_html(conclusion, heading=3) if conclusion else "",
        "on": on,
        "keeping": kept,
    }
    return respond(request, table, "surveys/result_detail.html", shown)


@login_required
def result_show(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what follows from it, and show the results."""
    survey = survey_of(request, pk)
    rules.can_show(request.user, survey, queries.member_for(request.user, survey)).require()
    initial = {f"conclusion_{each}": getattr(survey, f"conclusion_{each}") for each in LANGUAGES}
    form = ConclusionForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        count = counting.show_results(survey=survey, **form.cleaned_data, by=request.user)
        said = ngettext(
            "The results are shown; %(count)d person is told by mail.",
            "The results are shown; %(count)d people are told by mail.",
            count,
        )
        messages.success(request, said % {"count": count})
        return redirect("surveys:result_detail", survey.pk)
    shown = {"form": form, "survey": survey}
    return render(request, "surveys/result_show.html", shown, status=422 if form.is_bound else 200)


@login_required
def text_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written in words, for the keeper to choose from."""
    survey = survey_of(request, pk)
    rules.can_show(request.user, survey, queries.member_for(request.user, survey)).require()
    empty = Empty(
        title=_("Nobody wrote in words."),
        text=_("Of an anonymous survey that fewer than five answered, none are shown."),
    )
    table = tables.TextTable(sheets.texts_of(survey), empty=empty)
    shown = {"survey": survey, "excerpts": sheets.excerpts_of(survey)}
    return respond(request, table, "surveys/text_list.html", shown)


@login_required
def excerpt_new(request: HttpRequest, pk: int, answer: UUID) -> HttpResponse:
    """Words of one text answer, shortened, to stand with the results."""
    survey = survey_of(request, pk)
    rules.can_show(request.user, survey, queries.member_for(request.user, survey)).require()
    found = next(iter(sheets.texts_of(survey, answer)), None)
    if found is None:
        raise Http404
    form = ExcerptForm(request.POST or None, initial={"text": found.text})
    if form.is_bound and form.is_valid():
        counting.choose_excerpt(survey=survey, question=found.question, **form.cleaned_data, by=request.user)
        messages.success(request, _("These words stand with the results."))
        return redirect("surveys:text_list", survey.pk)
    shown = {"form": form, "survey": survey, "found": found}
    return render(request, "surveys/excerpt_new.html", shown, status=422 if form.is_bound else 200)


@require_POST
@login_required
def excerpt_remove(request: HttpRequest, pk: int, excerpt: int) -> HttpResponse:
    found = get_object_or_404(sheets.excerpts_of(survey_of(request, pk)), pk=excerpt)
    counting.remove_excerpt(excerpt=found, by=request.user)
    messages.success(request, _("These words are not shown any more."))
    return redirect("surveys:text_list", pk)


@login_required
def sheet_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Who answered what, in a survey by name: for its keeper."""
    survey = survey_of(request, pk)
    rules.can_see_names(request.user, survey, keeping(request, survey)).require()
    table = tables.sheet_table(survey, queries.questions_of(survey), sheets.signed_sheets(survey))
    table.empty = Empty(title=_("Nobody has answered yet"))
    return respond(request, table, "surveys/sheet_list.html", {"survey": survey})
