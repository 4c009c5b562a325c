"""The member's own returns: the overview, one return, one version, sending, correcting, the PDF."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from eprm.base.errors import NotAllowed
from eprm.diligence.company.access import today
from eprm.diligence.reports.pdf import write_pdf
from eprm.people.access import for_an_organisation
from eprm.returns import charts, lifecycle, rules, tables
from eprm.returns.actions import answering, reviewing, submitting
from eprm.returns.document import document_of
from eprm.returns.forms import CorrectionForm, ReplyForm, SubmitForm
from eprm.returns.models import Return
from eprm.returns.queries import figures, returns
from eprm.returns.queries.answers import own_history, sheet_of
from eprm.returns.queries.editions import questions_for
from eprm.returns.view_parts import steps_of
from eprm.ui.tables import Empty, respond


@for_an_organisation
def start(request: HttpRequest) -> HttpResponse:
    """The organisation's returns: the one to answer, the years before, and how far it is beside the group."""
    own = returns.returns_visible_to(request.user).filter(organisation=request.organisation)
    history = own_history(request.organisation.pk)
    latest = history[-1] if history else None
    before = history[-2].score if len(history) > 1 and history[-2].year == history[-1].year - 1 else None
    empty = Empty(
        title=_("No return is open for %(organisation)s") % {"organisation": request.organisation},
        text=_("Members of the partnership file one each year. It appears here when the secretariat opens the year."),
    )
    table = tables.OwnReturnTable(own, on=today(), empty=empty)
    waiting = own.filter(state__in=(lifecycle.OPEN, lifecycle.SENT_BACK, lifecycle.CORRECTING)).first()
    context = {
        "waiting": waiting,
        "light": tables.light_pill(waiting) if waiting else "",
        "steps_chart": charts.steps_chart(latest.score, before, latest.year, today()) if latest else None,
        "year_charts": charts.over_the_years(history, figures.group_shares(), today()) if history else [],
        "latest": latest,
    }
    return respond(request, table, "returns/start.html", context)


@for_an_organisation
def return_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One return: its five steps, what was said about it, and what can be done next."""
    this = get_object_or_404(returns.returns_visible_to(request.user), pk=pk)
    version = returns.version_shown(this)
    sheet = sheet_of(this, version, today())
    is_draft = version is not None and version.sent_at is None
    comments = list(returns.comments_on(this))
    asked = {comment.question_id for comment in comments} if this.state == lifecycle.SENT_BACK else set()
    context = {
        "this": this,
        "version": version,
        "versions": returns.versions_of(this),
        "sheet": sheet,
        "steps": steps_of(sheet, reverse_to="returns:step_answer" if is_draft else ""),
        "is_draft": is_draft,
        "light": tables.light_pill(this),
        "state": lifecycle.STATES[this.state],
        "comments": comments,
        "asked": asked,
        "answering": rules.can_answer(request.user, this),
        "correcting": rules.can_correct(request.user, this),
        "may_reply": rules.can_reply(request.user, this),
        "asks_why": [line for line in sheet.lines if line.changes],
        "unproven": [line for line in sheet.lines if line.lacks_evidence],
    }
    return render(request, "returns/return_detail.html", context)


@require_POST
@for_an_organisation
def version_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to answer, or to improve."""
    this = get_object_or_404(returns.returns_visible_to(request.user), pk=pk)
    answering.begin_version(this, by=request.user)
    first = questions_for(this.edition_id, this.pillar, this.tier)
    step = first[0].step if first else "1"
    if (asked := returns.asked_about(this)) is not None:
        step = next((question.step for question in first if question.pk in asked), step)
    return redirect("returns:step_answer", pk, step)


@for_an_organisation
def version_detail(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Every answer of one version as a table, to read and to take away as a file."""
    this = get_object_or_404(returns.returns_readable_by(request.user), pk=pk)
    if this.organisation_id not in request.user.organisation_ids():
        rules.can_review(request.user, this).require()
    version = next((each for each in returns.versions_of(this) if each.number == number), None)
    if version is None:
        raise Http404(f"No version {number}.")
    sheet = sheet_of(this, version, today())
    table = tables.AnswerTable(sheet.lines, on=version.sent_at.date() if version.sent_at else today())
    context = {"this": this, "version": version, "sheet": sheet, "steps": steps_of(sheet)}
    return respond(request, table, "returns/version_detail.html", context)


@for_an_organisation
def return_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Look over what is sent, then send it."""
    this = get_object_or_404(returns.returns_visible_to(request.user), pk=pk)
    if request.method != "POST":
        rules.can_submit(request.user, this).require()
    version = returns.draft_of(this)
    sheet = sheet_of(this, version, today())
    form = SubmitForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (version is None or form.is_valid()):
        submitting.submit_return(this, by=request.user)
        messages.success(
            request, _("The return is sent. It stays as it is; the secretariat reads it and writes to you.")
        )
        return redirect("returns:return_detail", pk)
    context = {
        "this": this,
        "version": version,
        "sheet": sheet,
        "steps": steps_of(sheet, reverse_to="returns:step_answer"),
        "form": form,
        "refusal": _refusal(this),
        "asks_why": [line for line in sheet.lines if line.changes],
        "unproven": [line for line in sheet.lines if line.lacks_evidence],
    }
    return render(request, "returns/return_submit.html", context, status=422 if form.is_bound else 200)


def _refusal(this: Return) -> str:
    version = returns.draft_of(this)
    try:
        submitting.require_complete(this, rules.require_draft(version))
    except NotAllowed as refusal:
        return refusal.reason
    return ""


@for_an_organisation
def correction_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a new version of what was sent."""
    this = get_object_or_404(returns.returns_visible_to(request.user), pk=pk)
    rules.can_correct(request.user, this).require()
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answering.begin_correction(this, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("A new version is open. The one you sent stays until the new one is closed."))
        return redirect("returns:return_detail", pk)
    context = {"form": form, "this": this}
    return render(request, "returns/correction_new.html", context, status=422 if form.is_bound else 200)


@for_an_organisation
def reply_new(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """Say something back to what the secretariat said."""
    this = get_object_or_404(returns.returns_visible_to(request.user), pk=pk)
    rules.can_reply(request.user, this).require()
    said = [comment for comment in returns.comments_on(this) if comment.question_id == question]
    if not said:
        raise Http404("Nothing was said about this question.")
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reviewing.reply(this, said[0].question, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, _("Your reply stands beside the answer."))
        return redirect("returns:return_detail", pk)
    context = {"form": form, "this": this, "question": said[0].question, "comments": said}
    return render(request, "returns/reply_new.html", context, status=422 if form.is_bound else 200)


@login_required
def return_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The closed version as a PDF, for the member and the secretariat's reader."""
    this = get_object_or_404(returns.returns_readable_by(request.user), pk=pk)
    if this.organisation_id not in request.user.organisation_ids():
        rules.can_review(request.user, this).require()
    counted = next((each for each in returns.versions_of(this) if each.pk == this.counted_id), None)
    if counted is None:
        raise NotAllowed(_("The PDF is made of a closed return; this one has not been closed yet."))
    comments = [comment for comment in returns.comments_on(this) if comment.version_id == counted.pk]
    content = write_pdf(document_of(sheet_of(this, counted, today()), comments))
    name = f"{slugify(str(this.organisation))[:60] or 'return'}-{this.year}-{counted.number}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
