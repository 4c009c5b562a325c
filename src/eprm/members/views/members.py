"""Members: one's own membership, the list of all, one of them, and what changes them."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from eprm.base.errors import NotAllowed, Overtaken
from eprm.members import lifecycle, rules
from eprm.members.actions import applications, contributions
from eprm.members.actions import duties as duty_actions
from eprm.members.actions import membership as actions
from eprm.members.actions.screening import judge_member
from eprm.members.charts import lights_chart
from eprm.members.forms.application import SignForm
from eprm.members.forms.office import MemberFilter, NoticeForm, PledgeForm, StateForm, WorkedForm
from eprm.members.models import Member, Text
from eprm.members.models.editions import said
from eprm.members.queries import applications as application_queries
from eprm.members.queries import contributions as money
from eprm.members.queries import dated, duties
from eprm.members.queries import membership as queries
from eprm.members.queries.screening import alike, screening_of
from eprm.members.tables import DutyTable, MemberTable, light_up
from eprm.members.wording import period_words
from eprm.people.access import for_an_organisation
from eprm.people.models import Organisation
from eprm.reference.forms import JudgeForm
from eprm.ui.parts import status as status_of
from eprm.ui.tables import Empty, as_file, prepare, respond


@for_an_organisation
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """The organisation's own membership, or its application, or how to apply."""
    today = timezone.localdate()
    organisation = request.organisation
    member = queries.member_on(organisation.pk, today)
    if member is not None:
        return _member_page(request, member, today)
    application = application_queries.application_of(organisation)
    former = queries.members_visible_to(request.user).filter(organisation=organisation).first()
    context = {"application": application, "former": former, "organisation": organisation}
    if application is not None:
        context["words"] = lifecycle.APPLICATION_STATES[application.state]
        context["running"] = application.state in lifecycle.OPEN
    context["fees"] = sorted(dated.in_force("fees", today), key=lambda row: (row.pillar, row.order))
    context["is_secretariat"] = organisation.tier == Organisation.Tier.SECRETARIAT
    return render(request, "members/start.html", context)


def _member(request: HttpRequest, pk: int) -> Member:
    return get_object_or_404(queries.members_visible_to(request.user), pk=pk)


@login_required
@require_GET
def member_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One membership: its lights, what it gave, how it stood."""
    return _member_page(request, _member(request, pk), timezone.localdate())


@login_required
@require_POST
def member_screening(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether the member is a listed party whose name is alike."""
    member = _member(request, pk)
    rules.can_keep_members(request.user).require()
    form = JudgeForm(request.POST)
    if not form.is_valid():
        return _member_page(request, member, timezone.localdate(), form, status=422)
    try:
        judge_member(member=member, **form.cleaned_data, by=request.user)
    except Overtaken as news:
        messages.info(request, news.reason)
    else:
        messages.success(request, _("Your decision is kept; the same parties are not asked about again."))
    return redirect("members:member_detail", pk)


def _member_page(
    request: HttpRequest, member: Member, today: date, form: JudgeForm | None = None, *, status: int = 200
) -> HttpResponse:
    person = request.user
    keeping = rules.can_keep_members(person)
    screening = screening_of(member) if keeping else None
    lit = duties.lights_of([member], today)[member.pk]
    invoices = money.invoices_visible_to(person).filter(member=member)
    context = {
        "member": member,
        "is_own": member.organisation_id in person.organisation_ids(),
        "keeps": bool(keeping),
        "may_write": keeping,
        "screening": screening,
        "screening_pill": status_of(f"screening.{screening.state if screening else 'none'}"),
        "form": form or JudgeForm(initial={"seen": screening.pk} if screening else None),
        "lit": [(one, period_words(one.duty)) for one in lit],
        "worst": duties.worst_of(lit),
        "changes": queries.changes_of(member),
        "invoices": invoices[:20],
        "pledges": money.pledges_visible_to(person).filter(member=member).prefetch_related("worked"),
        "signature": duties.signed_mou(member),
        "notice": queries.notice_of(member),
        "lapses_on": actions.lapses_on(member, today) if member.state == lifecycle.GRACE else None,
        "running": member.state in lifecycle.CURRENT,
        "signing": rules.can_sign_for(person, member.organisation_id),
        "writing": rules.can_write_for(person, member.organisation_id),
        "words": lifecycle.STATES[member.state],
    }
    return render(request, "members/member_detail.html", context, status=status)


@login_required
@require_GET
def member_list(request: HttpRequest) -> HttpResponse:
    """All members with their state and lights: the secretariat's list and the board's page."""
    rules.can_see_members(request.user).require()
    keeps = bool(rules.can_keep_members(request.user))
    today, form = timezone.localdate(), MemberFilter(request.GET, keeps=keeps)
    found = _filtered(queries.members_visible_to(request.user), form, today)
    empty = Empty(title=_("No member fits these filters") if request.GET else _("No member yet"))
    table = MemberTable(found, on=today, empty=empty)
    if asked := request.GET.get(table.format_field):
        rows = list(found)
        light_up(rows, duties.lights_of(rows, today))
        return as_file(request, MemberTable(rows, on=today), asked)
    prepare(request, table)
    rows = [row.record for row in table.paginated_rows]
    light_up(rows, duties.lights_of(rows, today))
    context = {"table": table, "filter": form, "chart": lights_chart(request.user, today)}
    context["to_lapse"] = duties.to_lapse(today)
    context["keeps"] = keeps
    return render(request, "members/member_list.html", context)


def _filtered(found: object, form: MemberFilter, today: date) -> object:
    if not form.is_valid():
        return found.none()
    told = form.cleaned_data
    if told["q"]:
        found = found.filter(organisation__name__icontains=told["q"])
    if told["pillar"]:
        found = found.filter(pillar=told["pillar"])
    found = found.filter(state=told["state"]) if told["state"] else found.filter(state__in=lifecycle.CURRENT)
    found = alike(found) if told.get("screening") else found
    return duties.with_light(found, told["light"], today) if told["light"] else found


@login_required
@require_GET
def duty_list(request: HttpRequest) -> HttpResponse:
    """Everything that is open or overdue, by the day it is due."""
    rules.can_see_members(request.user).require()
    today = timezone.localdate()
    found = duties.duties_visible_to(request.user, today)
    table = DutyTable(found, on=today, empty=Empty(title=_("Nothing is owed")))
    return respond(request, table, "members/duty_list.html")


@login_required
@require_http_methods(["GET", "POST"])
def member_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another state or class, from a day and for a reason."""
    member = _member(request, pk)
    rules.can_keep_members(request.user).require()
    form = StateForm(request.POST or None, member=member, initial={"on": timezone.localdate()})
    if form.is_valid():
        try:
            _change(member, **form.cleaned_data, by=request.user)
        except NotAllowed as refusal:
            form.add_error("deed", refusal.reason)
        else:
            messages.success(request, _("The change is recorded."))
            return redirect("members:member_detail", pk)
    context = {"form": form, "member": member}
    return render(request, "members/member_change.html", context, status=422 if form.errors else 200)


def _change(member: Member, *, deed: str, on: date, reason: str, by: object) -> None:
    kind, _sign, value = deed.partition(":")
    if kind == "class":
        actions.change_fee_class(member, fee_class=value, reason=reason, by=by, on=on)
    elif value == lifecycle.LAPSED:
        actions.lapse(member, reason=reason, by=by, on=on)
    else:
        actions.change_state(member, state=value, reason=reason, by=by, on=on)


@for_an_organisation
@require_POST
def contact_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Contacts and owners are as they stand."""
    duty_actions.confirm_contact(_member(request, pk), by=request.user)
    messages.success(request, _("Thank you. Your contacts are confirmed for this year."))
    return redirect("members:start")


@for_an_organisation
@require_http_methods(["GET", "POST"])
def mou_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign the Memorandum in its newest edition."""
    member = _member(request, pk)
    today = timezone.localdate()
    text = dated.text_on(Text.Kind.MOU, today)
    known = duties.signed_mou(member)
    rules.can_sign_mou(
        request.user, member.organisation_id, known if known and text and known.text_id == text.pk else None
    ).require()
    form = SignForm(request.POST or None, initial={"name": request.user.name})
    if form.is_valid():
        told = {key: form.cleaned_data[key] for key in ("name", "position")}
        applications.sign_mou(member.organisation, text, **told, by=request.user)
        duty_actions.meet_duty(member.organisation_id, "mou", period=text.pk, on=today)
        messages.success(request, _("Signed: %(text)s.") % {"text": text})
        return redirect("members:start")
    context = {"member": member, "form": form, "text": text, "body": said(text.body)}
    return render(request, "members/mou_sign.html", context, status=422 if form.errors else 200)


@for_an_organisation
@require_http_methods(["GET", "POST"])
def notice_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave at the end of the year."""
    member = _member(request, pk)
    rules.can_give_notice(request.user, member, queries.notice_of(member) is not None).require()
    form = NoticeForm(request.POST or None)
    if form.is_valid():
        notice = actions.give_notice(member, reason=form.cleaned_data["reason"], by=request.user)
        said_so = _("Your notice is given: you are a member until %(day)s.")
        messages.success(request, said_so % {"day": notice.last_day.isoformat()})
        return redirect("members:start")
    context = {"form": form, "member": member}
    return render(request, "members/notice_new.html", context, status=422 if form.errors else 200)


@for_an_organisation
@require_http_methods(["GET", "POST"])
def pledge_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Promise working days for a year."""
    member = _member(request, pk)
    if not rules.can_keep_members(request.user):
        rules.can_write_for(request.user, member.organisation_id).require()
    form = PledgeForm(request.POST or None, initial={"year": timezone.localdate().year})
    if form.is_valid():
        contributions.pledge_days(member, **form.cleaned_data, by=request.user)
        messages.success(request, _("The days are pledged."))
        return redirect("members:member_detail", pk)
    context = {"form": form, "member": member}
    return render(request, "members/pledge_new.html", context, status=422 if form.errors else 200)


@for_an_organisation
@require_http_methods(["GET", "POST"])
def worked_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Log days given on a pledge."""
    pledge = get_object_or_404(money.pledges_visible_to(request.user), pk=pk)
    rules.can_write_for(request.user, pledge.organisation_id).require()
    form = WorkedForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid():
        try:
            contributions.log_days(pledge, **form.cleaned_data, by=request.user)
        except NotAllowed as refusal:
            form.add_error("on", refusal.reason)
        else:
            messages.success(request, _("The days are logged."))
            return redirect("members:member_detail", pledge.member_id)
    context = {"form": form, "pledge": pledge}
    return render(request, "members/worked_new.html", context, status=422 if form.errors else 200)
