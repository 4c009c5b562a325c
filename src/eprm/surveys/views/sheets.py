"""Answering: by account, as a visitor, by private link; changing by a code."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from eprm.groups.markup import render as as_html
from eprm.surveys import rules
from eprm.surveys.actions import answers as actions
from eprm.surveys.actions import invitations
from eprm.surveys.codes import REFUSE, new_code, read_code, read_signed, spelled
from eprm.surveys.forms.sheets import CodeForm, SheetForm, initial_of
from eprm.surveys.models import Question, Survey
from eprm.surveys.queries import answers as sheets
from eprm.surveys.queries import surveys as queries
from eprm.surveys.queries.answers import Voice
from eprm.surveys.views.remembering import forget_code, remember_code, remembered_code
from eprm.surveys.views.surveys import sign_in_first, survey_of


@never_cache
@sign_in_first
def survey_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet, for somebody with an account or a visitor."""
    survey = survey_of(request, pk)
    if not queries.is_asked(request.user, survey):
        raise Http404
    voice = Voice(request.user, request.organisation) if request.user.is_authenticated else Voice()
    return _sheet(request, survey, voice)


@never_cache
def linked_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The sheet an invited address's private link opens."""
    linked = queries.survey_of_link(token)
    if linked is None:
        raise Http404
    return _sheet(request, linked.survey, Voice(invitation=linked.invitation))


def _sheet(request: HttpRequest, survey: Survey, voice: Voice) -> HttpResponse:
    """Show, keep, send or open again, as the button says."""
    rules.can_answer(survey, timezone.localdate()).require()
    if voice.person is not None and survey.voice == Survey.Voice.ORGANISATION:
        rules.can_answer_for(voice.person, voice.organisation).require()
    with queries.as_reader(voice.invitation is not None):
        questions = queries.questions_of(survey)
    if request.method != "POST":
        return _first_page(request, survey, voice, questions)
    if "open" in request.POST:
        return _opened(request, survey, voice, questions)
    form = _form(request, survey, voice, questions)
    if "keep" in request.POST:
        actions.save_draft(survey=survey, voice=voice, written=form.written())
        if request.htmx:
            return HttpResponse(status=204)
        messages.success(request, _("What you wrote is kept. Come back until the last day and send it."))
        return redirect(request.path)
    if not form.is_valid():
        return _page(request, survey, voice, form, request.POST.get("code", ""), status=422)
    return _sent(request, survey, voice, form)


def _form(request: HttpRequest, survey: Survey, voice: Voice, questions: list[Question], **own: object) -> SheetForm:
    data = request.POST if request.method == "POST" and not own else None
    language = queries.language_of(survey, questions)
    person = voice.person is not None
    return SheetForm(data, survey=survey, questions=questions, language=language, person=person, **own)


def _first_page(request: HttpRequest, survey: Survey, voice: Voice, questions: list[Question]) -> HttpResponse:
    if not survey.by_name and sheets.has_taken_part(survey, voice):
        return _again(request, survey, CodeForm())
    sent = sheets.sheet_signed_by(survey, voice) or sheets.Sheet({}, "")
    written = sheets.draft_of(survey, voice) or sent.written
    form = _form(request, survey, voice, questions, initial=initial_of(written) | {"part": sent.part})
    return _page(request, survey, voice, form, new_code())


def _again(request: HttpRequest, survey: Survey, form: CodeForm) -> HttpResponse:
    shown = {"survey": survey, "title": str(survey), "form": form, "path": request.path}
    shown["remembered"] = remembered_code(request, survey)
    return render(request, "surveys/answer_again.html", shown, status=422 if form.is_bound else 200)


def _opened(request: HttpRequest, survey: Survey, voice: Voice, questions: list[Question]) -> HttpResponse:
    """The sheet of a code, to be changed."""
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _again(request, survey, form)
    code = read_code(form.cleaned_data["code"])
    sheet = sheets.sheet_of_code(survey, code)
    if sheet is None:
        form.add_error(
            "code",
            _("“%(found)s” opens no answer to this survey. Compare it letter by letter; it has no o, i, l, 0 or 1.")
            % {"found": form.cleaned_data["code"]},
        )
        return _again(request, survey, form)
    form = _form(request, survey, voice, questions, initial=initial_of(sheet.written) | {"part": sheet.part})
    return _page(request, survey, voice, form, spelled(code))


def _page(
    request: HttpRequest, survey: Survey, voice: Voice, form: SheetForm, code: str, status: int = 200
) -> HttpResponse:
    language = queries.language_of(survey, form.questions)
    shown = {
        "survey": survey,
        "title": getattr(survey, f"title_{language}") or str(survey),
        "purpose": as_html(getattr(survey, f"purpose_{language}"), heading=3),
        "form": form,
        "code": code,
        "voice": voice,
        "language": language,
        "path": request.path,
        "keeps": voice.person is not None or voice.invitation is not None,
        "for_organisation": voice.organisation if survey.voice == Survey.Voice.ORGANISATION else None,
    }
    return render(request, "surveys/survey_answer.html", shown, status=status)


def _sent(request: HttpRequest, survey: Survey, voice: Voice, form: SheetForm) -> HttpResponse:
    """Send it. The page with the code is the answer itself, so the code stands in no address and no log."""
    data, person = form.cleaned_data, voice.person
    code = request.POST.get("code", "")
    actions.send_sheet(
        survey=survey,
        voice=voice,
        answers=form.answers(),
        code=code,
        part=data.get("part", ""),
        email=(person.email if person and data.get("tell") else data.get("email", "")),
    )
    if survey.by_name:
        messages.success(request, _("Your answer is sent. You can change it until the last day."))
        return redirect(request.path) if voice.invitation else redirect("surveys:survey_detail", survey.pk)
    shown = {"survey": survey, "title": str(survey), "code": code, "path": request.path}
    shown["file"] = f"data:text/plain;charset=utf-8,{quote(f'{survey}: {code}')}"
    response = render(request, "surveys/answer_sent.html", shown)
    if data.get("remember"):
        remember_code(response, survey, code, secure=request.is_secure())
    return response


@sign_in_first
def answer_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a sent sheet by its code, for a visitor; the form goes to the sheet's own page."""
    survey = survey_of(request, pk)
    rules.can_answer(survey, timezone.localdate()).require()
    path = reverse("surveys:survey_answer", args=[survey.pk])
    shown = {"survey": survey, "title": str(survey), "form": CodeForm(), "path": path}
    shown["remembered"] = remembered_code(request, survey)
    return render(request, "surveys/answer_again.html", shown)


@require_POST
def code_forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Let this browser forget the code."""
    response = redirect("surveys:survey_list")
    forget_code(response, pk)
    messages.success(request, _("This browser has forgotten the code."))
    return response


def refuse(request: HttpRequest, text: str) -> HttpResponse:
    """No more invitations at an address; the button does it, as mail scanners open links."""
    if read_signed(REFUSE, text) is None:
        raise Http404
    done = request.method == "POST" and invitations.refuse(text=text)
    return render(request, "surveys/refuse.html", {"done": done})
