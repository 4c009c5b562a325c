"""The secretariat's reading: the queue, one return, comments, sending back, closing, opening a year."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from eprm.diligence.company.access import today
from eprm.returns import rules, tables
from eprm.returns.actions import opening, reviewing
from eprm.returns.forms import CommentForm, YearForm
from eprm.returns.models import Comment
from eprm.returns.queries import editions, returns
from eprm.returns.queries.answers import Line, sheet_of
from eprm.returns.tables import said
from eprm.returns.view_parts import steps_of
from eprm.ui.tables import Empty, respond


@login_required
def review_list(request: HttpRequest) -> HttpResponse:
    """Every member's return, what waits longest for the secretariat first."""
    rules.can_read_returns(request.user).require()
    found = tables.ReviewFilter(request.GET, returns.returns_to_review(request.user))
    empty = Empty(
        title=_("No return fits these filters") if request.GET else _("No year is opened yet"),
        text=_("Open a year: every member then gets a return to answer, and is written to."),
    )
    table = tables.ReviewTable(found.qs, on=today(), empty=empty)
    return respond(request, table, "returns/review_list.html", {"filter": found})


@login_required
def year_open(request: HttpRequest) -> HttpResponse:
    """Open the year's returns for all members."""
    rules.can_read_returns(request.user).require()
    years = editions.years_in_force()
    form = YearForm(request.POST or None, years=years, initial={"year": today().year - 1})
    if request.method == "POST" and form.is_valid():
        opened = opening.open_year(year=form.cleaned_data["year"], on=today(), by=request.user)
        told = ngettext("%(n)d return is opened.", "%(n)d returns are opened.", len(opened)) % {"n": len(opened)}
        messages.success(request, told if opened else _("Every member has its return already."))
        return redirect("returns:review_list")
    context = {"form": form, "years": years}
    return render(request, "returns/year_open.html", context, status=422 if form.is_bound else 200)


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One answer as the reader sees it: beside last year's, with what was said about it."""

    line: Line
    comments: list[Comment]

    @property
    def answer_words(self) -> str:
        return said(self.line.answer)

    @property
    def last_words(self) -> str:
        return said(self.line.last)


@login_required
def review_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One return, every answer with its evidence, last year's beside it, and what was said."""
    rules.can_read_returns(request.user).require()
    this = get_object_or_404(returns.returns_to_review(request.user), pk=pk)
    reading = rules.can_review(request.user, this)
    version = returns.sent_version(this) if reading else None
    sheet = sheet_of(this, version, today())
    asking = returns.asking_count(this)
    comments = list(returns.comments_on(this)) if reading else []
    by_question: dict[int, list[Comment]] = {}
    for comment in comments:
        by_question.setdefault(comment.question_id, []).append(comment)
    context = {
        "this": this,
        "version": version,
        "versions": returns.versions_of(this),
        "reading": reading,
        "state_pill": tables.state_pill(this.state),
        "sheet": sheet,
        "steps": steps_of(sheet),
        "groups": [
            (shown, [ReadLine(line, by_question.get(line.question.pk, [])) for line in lines.lines])
            for shown, lines in zip(steps_of(sheet), [each for each in sheet.steps if each.lines], strict=True)
        ],
        "commenting": rules.can_comment(request.user, this),
        "sending_back": rules.can_send_back(request.user, this, asking),
        "closing": rules.can_close(request.user, this, asking),
        "asking": asking,
        "asking_kinds": rules.ASKING,
    }
    return render(request, "returns/review_detail.html", context)


@login_required
def comment_new(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """Say something about one answer."""
    rules.can_read_returns(request.user).require()
    this = get_object_or_404(returns.returns_to_review(request.user), pk=pk)
    rules.can_comment(request.user, this).require()
    sheet = sheet_of(this, returns.sent_version(this), today())
    line = next((each for each in sheet.lines if each.question.pk == question), None)
    if line is None:
        raise Http404("This question is not asked of this member.")
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reviewing.comment_on(this, line.question, **form.cleaned_data, by=request.user)
        messages.success(request, _("The comment stands beside the answer."))
        return redirect(f"{redirect('returns:review_detail', pk).url}#q{question}")
    context = {"form": form, "this": this, "line": ReadLine(line, []), "question": line.question}
    return render(request, "returns/comment_new.html", context, status=422 if form.is_bound else 200)


@require_POST
@login_required
def comment_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """The comment asks nothing any more."""
    rules.can_read_returns(request.user).require()
    comment = get_object_or_404(returns.comments_readable_by(request.user), pk=pk)
    reviewing.settle_comment(comment, by=request.user)
    messages.success(request, _("The comment is settled."))
    return redirect("returns:review_detail", comment.version.of_id)


@require_POST
@login_required
def return_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the member for improvement."""
    rules.can_read_returns(request.user).require()
    this = get_object_or_404(returns.returns_to_review(request.user), pk=pk)
    sent = reviewing.send_back(this, on=today(), by=request.user)
    told = _("The return is back with %(organisation)s, and they are written to.") % {"organisation": sent.organisation}
    messages.success(request, told)
    return redirect("returns:review_list")


@require_POST
@login_required
def return_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close it: its newest version counts from now on."""
    rules.can_read_returns(request.user).require()
    this = get_object_or_404(returns.returns_to_review(request.user), pk=pk)
    closed = reviewing.close_return(this, by=request.user)
    told = _("The return of %(organisation)s about %(year)d is closed.")
    messages.success(request, told % {"organisation": closed.organisation, "year": closed.year})
    return redirect("returns:review_list")
