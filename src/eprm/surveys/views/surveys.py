"""The list of surveys, one survey, and making it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from eprm.groups.markup import render as as_html
from eprm.people.rules import Ruling
from eprm.surveys import lifecycle, rules, tables
from eprm.surveys.actions import invitations
from eprm.surveys.actions import surveys as actions
from eprm.surveys.forms.making import InviteForm, QuestionForm, SurveyForm
from eprm.surveys.forms.sheets import SheetForm
from eprm.surveys.models import LANGUAGES, Question, Survey
from eprm.surveys.queries import answers as sheets
from eprm.surveys.queries import surveys as queries
from eprm.surveys.queries.answers import Voice
from eprm.ui.tables import Empty, respond
from eprm.ui.words import language_name

View = Callable[..., HttpResponse]
SHOWN = (*actions.FACTS, *actions.WORDS, "pillars")
QUESTION_SHOWN = ("kind", "required", "unit", "low", "high", "most", *actions.QUESTION_WORDS)


def survey_of(request: HttpRequest, pk: int) -> Survey:
    """The survey, if the person may see it; else it is not there."""
    return get_object_or_404(queries.surveys_visible_to(request.user), pk=pk)


def sign_in_first(view: View) -> View:
    """What a visitor does not find may be for those who sign in: lead there, whether it exists or not."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            if request.user.is_authenticated or request.method != "GET":
                raise
            return redirect_to_login(request.get_full_path())

    return opened


def keeping(request: HttpRequest, survey: Survey) -> Ruling:
    return rules.can_keep(request.user, survey, queries.member_for(request.user, survey))


def survey_list(request: HttpRequest) -> HttpResponse:
    """What one is asked, what one keeps, and results to read."""
    person = request.user
    found = tables.SurveyFilter(request.GET, queries.surveys_visible_to(person))
    empty = Empty(
        title=_("No survey fits these filters") if request.GET else _("No survey asks you now"),
        text=_("Before a call is designed, the partnership asks those it is for. The results stay here."),
    )
    may_make = bool(rules.can_make(person)) or bool(queries.facilitated(person))
    shown = {"filter": found, "may_make": may_make}
    return respond(request, tables.SurveyTable(found.qs, empty=empty), "surveys/survey_list.html", shown)


@sign_in_first
def survey_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is for, how it is kept, and the way to answer or to the results; for its keeper, all there is to do."""
    survey, today = survey_of(request, pk), timezone.localdate()
    questions = queries.questions_of(survey)
    kept = keeping(request, survey)
    language = queries.language_of(survey, questions)
    voice = Voice(request.user, request.organisation) if request.user.is_authenticated else Voice()
    state = survey.state_on(today)
    shown = {
        "survey": survey,
        "language": language,
        "title": getattr(survey, f"title_{language}") or str(survey),
        "purpose": as_html(getattr(survey, f"purpose_{language}"), heading=3),
        "state": f"survey.{state}",
        "count": len(questions),
        "asked": queries.is_asked(request.user, survey),
        "open": rules.can_answer(survey, today),
        "answered": sheets.has_taken_part(survey, voice),
        "results": rules.can_see_results(request.user, survey, kept),
        "keeping": kept,
    }
    if kept:
        shown |= _kept(request, survey, questions, state, language)
    return render(request, "surveys/survey_detail.html", shown)


def _kept(request: HttpRequest, survey: Survey, questions: list[Question], state: str, language: str) -> dict[str, Any]:
    """What the keeper's page shows beside."""
    person, member = request.user, queries.member_for(request.user, survey)
    lacking = []
    for code in LANGUAGES:
        missing = queries.lacking(survey, questions, code)
        lacking.append(
            (
                language_name(code),
                missing,
                f"{reverse('surveys:survey_preview', args=[survey.pk])}?language={code}",
            )
        )
    return {
        "questions": [(each, *queries.words_of(each, language)) for each in questions],
        "lacking": lacking,
        "may_change": rules.can_change(person, survey, member),
        "may_count": rules.can_count(person, survey, member, timezone.localdate()),
        "may_show": rules.can_show(person, survey, member),
        "may_invite": survey.audience == Survey.Audience.INVITED and state in (lifecycle.PLANNED, lifecycle.OPEN),
        "sent": sheets.answer_count(survey),
        "link": request.build_absolute_uri(reverse("surveys:survey_detail", args=[survey.pk])),
    }


@login_required
def survey_new(request: HttpRequest) -> HttpResponse:
    """Make a survey."""
    groups, office = queries.facilitated(request.user), rules.can_make(request.user)
    if not groups:
        office.require()
    form = SurveyForm(request.POST or None, office=bool(office), groups=groups)
    if form.is_bound and form.is_valid():
        survey = actions.make_survey(**form.cleaned_data, by=request.user)
        messages.success(request, _("“%(survey)s” is a draft. Now its questions.") % {"survey": survey})
        return redirect("surveys:survey_detail", survey.pk)
    return render(request, "surveys/survey_new.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
def survey_edit(request: HttpRequest, pk: int) -> HttpResponse:
    survey = _draft(request, pk)
    initial = {name: getattr(survey, name) for name in SHOWN} | {"by_name": "yes" if survey.by_name else "no"}
    initial["audience"] = f"group:{survey.group_id}" if survey.group_id else survey.audience
    groups, office = queries.facilitated(request.user), bool(rules.can_make(request.user))
    form = SurveyForm(request.POST or None, initial=initial, office=office, groups=groups)
    if form.is_bound and form.is_valid():
        actions.change_survey(survey=survey, **form.cleaned_data, by=request.user)
        messages.success(request, _("The survey is changed."))
        return redirect("surveys:survey_detail", survey.pk)
    shown = {"form": form, "survey": survey}
    return render(request, "surveys/survey_edit.html", shown, status=422 if form.is_bound else 200)


def _draft(request: HttpRequest, pk: int) -> Survey:
    survey = survey_of(request, pk)
    rules.can_change(request.user, survey, queries.member_for(request.user, survey)).require()
    return survey


def _question(request: HttpRequest, pk: int, question: int) -> Question:
    """A question of a survey one may see, with its options."""
    survey = survey_of(request, pk)
    found = next((each for each in queries.questions_of(survey) if each.pk == question), None)
    if found is None:
        return get_object_or_404(survey.questions, pk=question)
    found.survey = survey
    return found


@login_required
def question_new(request: HttpRequest, pk: int) -> HttpResponse:
    survey = _draft(request, pk)
    form = QuestionForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.save_question(survey=survey, **form.cleaned_data, by=request.user)
        messages.success(request, _("The question is added."))
        return redirect("surveys:survey_detail", survey.pk)
    shown = {"form": form, "survey": survey}
    return render(request, "surveys/question_new.html", shown, status=422 if form.is_bound else 200)


@login_required
def question_edit(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    survey, found = _draft(request, pk), _question(request, pk, question)
    initial = {name: getattr(found, name) for name in QUESTION_SHOWN}
    for language in LANGUAGES:
        lines = [getattr(option, f"label_{language}") for option in found.options.all()]
        initial[f"options_{language}"] = "\n".join(lines).strip()
    form = QuestionForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        actions.save_question(survey=survey, question=found, **form.cleaned_data, by=request.user)
        messages.success(request, _("The question is changed."))
        return redirect("surveys:survey_detail", survey.pk)
    shown = {"form": form, "survey": survey, "question": found}
    return render(request, "surveys/question_edit.html", shown, status=422 if form.is_bound else 200)


@require_POST
@login_required
def question_remove(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    found = _question(request, pk, question)
    actions.remove_question(question=found, by=request.user)
    messages.success(request, _("“%(question)s” is removed.") % {"question": found})
    return redirect("surveys:survey_detail", pk)


@require_POST
@login_required
def question_move(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    actions.move_question(question=_question(request, pk, question), up="up" in request.POST, by=request.user)
    return redirect("surveys:survey_detail", pk)


@login_required
def survey_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet as those asked will see it, in any language; nothing is sent."""
    survey = survey_of(request, pk)
    keeping(request, survey).require()
    questions = queries.questions_of(survey)
    asked = request.GET.get("language", "")
    language = asked if asked in LANGUAGES else queries.language_of(survey, questions)
    person = survey.audience not in (Survey.Audience.PUBLIC, Survey.Audience.INVITED)
    form = SheetForm(survey=survey, questions=questions, language=language, person=person)
    shown = {
        "form": form,
        "survey": survey,
        "title": getattr(survey, f"title_{language}"),
        "purpose": as_html(getattr(survey, f"purpose_{language}"), heading=3),
        "languages": [(code, language_name(code), code == language) for code in LANGUAGES],
        "language": language,
        "missing": queries.lacking(survey, questions, language),
    }
    return render(request, "surveys/survey_preview.html", shown)


@require_POST
@login_required
def survey_release(request: HttpRequest, pk: int) -> HttpResponse:
    survey = actions.release(survey=survey_of(request, pk), by=request.user, on=timezone.localdate())
    messages.success(
        request, _("“%(survey)s” is released; it opens and closes by itself on its days.") % {"survey": survey}
    )
    return redirect("surveys:survey_detail", survey.pk)


@require_POST
@login_required
def survey_copy(request: HttpRequest, pk: int) -> HttpResponse:
    copy = actions.new_edition(survey=survey_of(request, pk), by=request.user, on=timezone.localdate())
    messages.success(request, _("Edition %(number)d is a draft with the same questions.") % {"number": copy.edition})
    return redirect("surveys:survey_edit", copy.pk)


@require_POST
@login_required
def survey_remind(request: HttpRequest, pk: int) -> HttpResponse:
    count = invitations.remind(survey=survey_of(request, pk), by=request.user)
    said = ngettext("%(count)d address is reminded.", "%(count)d addresses are reminded.", count)
    messages.success(request, said % {"count": count})
    return redirect("surveys:survey_invite", pk)


@login_required
def survey_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite addresses, and see which were."""
    survey = survey_of(request, pk)
    keeping(request, survey).require()
    form = InviteForm(request.POST or None)
    if form.is_bound and form.is_valid():
        told = invitations.invite(survey=survey, **form.cleaned_data, by=request.user)
        messages.success(
            request,
            _("%(now)d invited now, %(before)d were before, %(refused)d want no invitations.")
            % {"now": told.now, "before": told.before, "refused": told.refused},
        )
        return redirect("surveys:survey_invite", survey.pk)
    table = tables.InvitationTable(sheets.invitations_of(survey), empty=Empty(title=_("Nobody is invited yet")))
    member = queries.member_for(request.user, survey)
    reminding = rules.can_remind(request.user, survey, member, timezone.now())
    shown = {"form": form, "survey": survey, "reminding": reminding, "any": sheets.invitations_of(survey).exists()}
    return respond(request, table, "surveys/survey_invite.html", shown, status=422 if form.is_bound else 200)
