"""The secretariat's pages on applications, and the board's on ballots."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from eprm.base.errors import NotAllowed, Overtaken
from eprm.members import rules
from eprm.members.actions import ballots as ballot_actions
from eprm.members.actions import checking
from eprm.members.forms.office import CloseForm, CommentForm, ConflictForm, ScreeningForm, StateFilter, VoteForm
from eprm.members.models import Application, Ballot, Comment
from eprm.members.queries import applications as queries
from eprm.members.queries import ballots, dated
from eprm.members.tables import ApplicationTable, BallotTable
from eprm.reference.screening import sanctions
from eprm.ui.tables import Empty, respond


def _sent(request: HttpRequest, pk: int) -> Application:
    return get_object_or_404(queries.applications_visible_to(request.user), pk=pk)


@login_required
@require_GET
def application_list(request: HttpRequest) -> HttpResponse:
    """Every application that was sent."""
    rules.can_see_members(request.user).require()
    form, found = StateFilter(request.GET), queries.applications_visible_to(request.user).exclude(state="draft")
    if form.is_valid() and form.cleaned_data["state"]:
        found = found.filter(state=form.cleaned_data["state"])
    empty = Empty(title=_("No application here"), text=_("Sent applications stand here until they are decided."))
    table = ApplicationTable(found, on=timezone.localdate(), empty=empty)
    return respond(request, table, "members/application_list.html", {"filter": form})


@login_required
@require_http_methods(["GET", "POST"])
def application_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask something about an answer."""
    application = _sent(request, pk)
    rules.can_check(request.user, application, "comment").require()
    questions = dated.questions_of(application.edition, application.pillar)
    form = CommentForm(request.POST or None, questions=questions)
    if form.is_valid():
        chosen = next((q for q in questions if str(q.pk) == form.cleaned_data["question"]), None)
        checking.add_comment(application, text=form.cleaned_data["text"], question=chosen, by=request.user)
        messages.success(request, _("The comment stands with the application. Send it back to ask."))
        return redirect("members:application_detail", pk)
    context = {"form": form, "application": application}
    return render(request, "members/application_comment.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def comment_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """A comment is answered."""
    rules.can_keep_members(request.user).require()
    comment = get_object_or_404(queries.comments_visible_to(request.user), pk=pk)
    checking.settle_comment(comment, by=request.user)
    return redirect("members:application_detail", _of(comment))


def _of(comment: Comment) -> int:
    return comment.application_id


@login_required
@require_POST
def application_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it back with its comments."""
    checking.return_application(_sent(request, pk), by=request.user)
    messages.success(request, _("It is back with the applicant, who was written to."))
    return redirect("members:application_detail", pk)


@login_required
@require_http_methods(["GET", "POST"])
def application_screen(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what holding the names against the sanctions lists gave."""
    application = _sent(request, pk)
    rules.can_check(request.user, application, "screen").require()
    form = ScreeningForm(request.POST or None, initial={"lists": sanctions().editions})
    if form.is_valid():
        try:
            checking.record_screening(application, **form.cleaned_data, by=request.user)
        except NotAllowed as refusal:
            form.add_error("outcome", refusal.reason)
        else:
            messages.success(request, _("The screening is recorded."))
            return redirect("members:application_detail", pk)
    context = {
        "form": form,
        "application": application,
        "names": queries.names_to_screen(application),
        "found": queries.found_on_lists(application),
    }
    return render(request, "members/application_screen.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def application_complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Found complete."""
    checking.complete_application(_sent(request, pk), by=request.user)
    messages.success(request, _("The application is complete. Call the board to vote on it."))
    return redirect("members:application_detail", pk)


@login_required
@require_POST
def application_countersign(request: HttpRequest, pk: int) -> HttpResponse:
    """The membership begins."""
    member = checking.countersign(_sent(request, pk), by=request.user)
    messages.success(request, _("%(member)s is a member from today.") % {"member": member})
    return redirect("members:member_detail", member.pk)


@login_required
@require_POST
def ballot_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Call the board to vote."""
    ballot = ballot_actions.open_ballot(_sent(request, pk), by=request.user)
    return redirect("members:ballot_detail", ballot.pk)


@login_required
@require_GET
def ballot_list(request: HttpRequest) -> HttpResponse:
    """The board's ballots, the open ones first."""
    rules.can_see_members(request.user).require()
    empty = Empty(title=_("No ballot yet"), text=_("The secretariat calls the board once an application is complete."))
    table = BallotTable(ballots.ballots_visible_to(request.user), on=timezone.localdate(), empty=empty)
    return respond(request, table, "members/ballot_list.html")


def _ballot(request: HttpRequest, pk: int) -> Ballot:
    return get_object_or_404(ballots.ballots_visible_to(request.user), pk=pk)


@login_required
@require_GET
def ballot_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One ballot: the seat's own vote, who has spoken, and once it is closed the result by pillar."""
    ballot = _ballot(request, pk)
    return _ballot_page(request, ballot, None, None)


def _ballot_page(
    request: HttpRequest, ballot: Ballot, vote: VoteForm | None, conflict: ConflictForm | None
) -> HttpResponse:
    today, seat = timezone.localdate(), ballots.seat_of(ballot, request.user)
    seats, tally = list(ballots.seats_of(ballot)), ballots.tally_of(ballot)
    initial = {"choice": seat.choice, "words": seat.words} if seat and seat.choice else None
    silent = sum(1 for one in seats if not one.choice and not one.conflict)
    context = {
        "ballot": ballot,
        "seat": seat,
        "seats": seats,
        "tally": tally,
        "pillars": [(label, tally.pillars[key]) for key, label in ballots.PILLAR_LABELS],
        "voting": rules.can_vote(request.user, ballot, seat, today),
        "choosing": rules.can_choose(seat, ballot.organisation_id) if seat else rules.NOT_BOARD,
        "is_applicants": seat is not None and seat.organisation_id == ballot.organisation_id,
        "closing": rules.can_close_ballot(request.user, ballot, today, silent),
        "keeps": bool(rules.can_keep_members(request.user)),
        "vote_form": vote or VoteForm(initial=initial),
        "conflict_form": conflict or ConflictForm(),
    }
    errors = bool((vote and vote.errors) or (conflict and conflict.errors))
    return render(request, "members/ballot_detail.html", context, status=422 if errors else 200)


@login_required
@require_POST
def ballot_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """The seat's vote."""
    ballot, form = _ballot(request, pk), VoteForm(request.POST)
    rules.can_vote(request.user, ballot, ballots.seat_of(ballot, request.user), timezone.localdate()).require()
    if not form.is_valid():
        return _ballot_page(request, ballot, form, None)
    ballot_actions.cast_vote(ballot, **form.cleaned_data, by=request.user)
    messages.success(request, _("Your vote counts. You can change it until the ballot is closed."))
    return redirect("members:ballot_detail", pk)


@login_required
@require_POST
def ballot_conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare a conflict of interest, or take it back."""
    ballot = _ballot(request, pk)
    rules.can_vote(request.user, ballot, ballots.seat_of(ballot, request.user), timezone.localdate()).require()
    if "back" in request.POST:
        ballot_actions.declare_conflict(ballot, reason="", by=request.user)
        return redirect("members:ballot_detail", pk)
    form = ConflictForm(request.POST)
    if not form.is_valid():
        return _ballot_page(request, ballot, None, form)
    ballot_actions.declare_conflict(ballot, **form.cleaned_data, by=request.user)
    messages.success(request, _("Your seat stands aside in this ballot."))
    return redirect("members:ballot_detail", pk)


@login_required
@require_http_methods(["GET", "POST"])
def ballot_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Count, with reason and minutes."""
    ballot = _ballot(request, pk)
    seats = list(ballots.seats_of(ballot))
    silent = sum(1 for one in seats if not one.choice and not one.conflict)
    rules.can_close_ballot(request.user, ballot, timezone.localdate(), silent).require()
    form = CloseForm(request.POST or None, seats=seats)
    if form.is_valid():
        try:
            closed = ballot_actions.close_ballot(ballot, **form.cleaned_data, by=request.user)
        except Overtaken as news:
            messages.info(request, news.reason)
        else:
            messages.success(request, _("Counted: %(outcome)s.") % {"outcome": closed.get_outcome_display()})
        return redirect("members:ballot_detail", pk)
    context = {"form": form, "ballot": ballot, "tally": ballots.tally_of(ballot)}
    return render(request, "members/ballot_close.html", context, status=422 if form.errors else 200)
