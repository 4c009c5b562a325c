"""Whom the partnership wants to reach, how far it is, what took place."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from eprm.engagement import forms, queries, rules, tables
from eprm.engagement.actions import plan
from eprm.engagement.actions.forwarded import address_of
from eprm.engagement.mails import NoMail, read_mail
from eprm.engagement.models import Target
from eprm.ui.tables import Empty, respond


def _target(request: HttpRequest, pk: int) -> Target:
    return get_object_or_404(queries.targets_visible_to(request.user), pk=pk)


@login_required
def target_board(request: HttpRequest) -> HttpResponse:
    """The plan by stage, with what is past its day."""
    rules.can_see_plan(request.user).require()
    lanes = queries.lanes(request.user, timezone.localdate())
    shown = {
        "lanes": lanes,
        "overdue": [target for lane in lanes for target in lane.targets if target.late],
        "total": sum(len(lane.targets) for lane in lanes),
        "may_engage": rules.can_engage(request.user),
        "unfiled": queries.unfiled_entries().count(),
    }
    return render(request, "engagement/target_board.html", shown)


@login_required
def target_list(request: HttpRequest) -> HttpResponse:
    """The plan as a table, to narrow and to take away."""
    rules.can_see_plan(request.user).require()
    found = tables.TargetFilter(request.GET, queries.targets_visible_to(request.user))
    empty = Empty(
        title=_("Nobody fits these filters") if request.GET else _("Nobody is in the plan yet"),
        text=_("Add whom the partnership should work with, who looks after it, and the next step."),
        url=reverse("engagement:target_new"),
        action=_("Add a partner to reach"),
    )
    table = tables.TargetTable(found.qs, on=timezone.localdate(), empty=empty)
    may_engage = rules.can_engage(request.user)
    return respond(request, table, "engagement/target_list.html", {"filter": found, "may_engage": may_engage})


def _choices() -> dict[str, Any]:
    return {"organisations": queries.organisations(), "owners": queries.owners()}


@login_required
def target_new(request: HttpRequest) -> HttpResponse:
    rules.can_engage(request.user).require()
    form = forms.TargetForm(request.POST or None, initial={"owner": request.user.pk, "priority": 2}, **_choices())
    if form.is_bound and form.is_valid():
        target = plan.add_target(**form.cleaned_data, by=request.user)
        messages.success(request, _("%(name)s is in the plan. Now say the next step.") % {"name": target.name})
        return redirect("engagement:step_edit", target.pk)
    return render(request, "engagement/target_new.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
def target_edit(request: HttpRequest, pk: int) -> HttpResponse:
    rules.can_engage(request.user).require()
    target = _target(request, pk)
    names = "name kind priority country website goal owner organisation".split()
    initial = {name: getattr(target, name) for name in names}
    form = forms.TargetForm(request.POST or None, initial=initial, **_choices())
    if form.is_bound and form.is_valid():
        plan.change_target(target, **form.cleaned_data, by=request.user)
        messages.success(request, _("The entry is changed."))
        return redirect("engagement:target_detail", target.pk)
    shown = {"form": form, "target": target}
    return render(request, "engagement/target_edit.html", shown, status=422 if form.is_bound else 200)


@login_required
def target_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One partner: the goal, the stage, the next step, contacts, and everything that took place."""
    rules.can_see_plan(request.user).require()
    target = _target(request, pk)
    may_engage = rules.can_engage(request.user)
    shown = {
        "target": target,
        "late": queries.is_overdue(target, timezone.localdate()),
        "entries": queries.entries_of(target),
        "contacts": queries.contacts_of(target) if may_engage else [],
        "may_engage": may_engage,
        "form": forms.EntryForm(initial={"happened_on": timezone.localdate()}) if may_engage else None,
    }
    return render(request, "engagement/target_detail.html", shown)


@login_required
def step_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the talks stand and what comes next."""
    rules.can_engage(request.user).require()
    target = _target(request, pk)
    initial = {"stage": target.stage, "next_step": target.next_step, "next_on": target.next_on}
    form = forms.StepForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        plan.plan_step(target, **form.cleaned_data, by=request.user)
        messages.success(request, _("The plan is changed."))
        return redirect("engagement:target_detail", target.pk)
    shown = {"form": form, "target": target}
    return render(request, "engagement/step_edit.html", shown, status=422 if form.is_bound else 200)


@login_required
def contact_new(request: HttpRequest, pk: int) -> HttpResponse:
    rules.can_engage(request.user).require()
    target = _target(request, pk)
    form = forms.ContactForm(request.POST or None)
    if form.is_bound and form.is_valid():
        plan.add_contact(target=target, **form.cleaned_data, by=request.user)
        messages.success(request, _("The contact is added."))
        return redirect("engagement:target_detail", target.pk)
    shown = {"form": form, "target": target}
    return render(request, "engagement/contact_new.html", shown, status=422 if form.is_bound else 200)


@require_POST
@login_required
def contact_end(request: HttpRequest, pk: int) -> HttpResponse:
    rules.can_engage(request.user).require()
    contact = get_object_or_404(queries.contacts_visible(), pk=pk)
    plan.end_contact(contact=contact, by=request.user)
    messages.success(
        request, _("%(name)s is the contact no longer; the address is forgotten.") % {"name": contact.name}
    )
    return redirect("engagement:target_detail", contact.target_id)


@login_required
def entry_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a contact that took place."""
    rules.can_engage(request.user).require()
    target = _target(request, pk)
    form = forms.EntryForm(request.POST or None, initial={"happened_on": timezone.localdate()})
    if form.is_bound and form.is_valid():
        plan.log_contact(target=target, **form.cleaned_data, by=request.user)
        messages.success(request, _("It is noted."))
        return redirect("engagement:target_detail", target.pk)
    shown = {"form": form, "target": target}
    return render(request, "engagement/entry_new.html", shown, status=422 if form.is_bound else 200)


@login_required
def mail_new(request: HttpRequest) -> HttpResponse:
    """Hand in mails; what fits nobody is listed below, to be filed."""
    rules.can_engage(request.user).require()
    form = forms.MailForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        _keep_mails(request, form.cleaned_data["files"])
        return redirect("engagement:mail_new")
    shown = {"form": form, "unfiled": queries.unfiled_entries(), "address": address_of(request.user)}
    return render(request, "engagement/mail_new.html", shown, status=422 if form.is_bound else 200)


def _keep_mails(request: HttpRequest, files: list[Any]) -> None:
    kept = again = 0
    for file in files:
        try:
            mail = read_mail(file.read())
        except NoMail:
            messages.error(request, _("“%(name)s” is no mail: it names neither sender nor day.") % {"name": file.name})
            continue
        _entry, new = plan.log_mail(mail=mail, by=request.user)
        kept, again = kept + new, again + (not new)
    if kept:
        messages.success(request, ngettext("%(n)d mail is kept.", "%(n)d mails are kept.", kept) % {"n": kept})
    if again:
        said = ngettext("%(n)d mail was here already.", "%(n)d mails were here already.", again)
        messages.info(request, said % {"n": again})


@login_required
def entry_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whose a mail is."""
    rules.can_engage(request.user).require()
    entry = get_object_or_404(queries.unfiled_entries(), pk=pk)
    form = forms.FileEntryForm(request.POST or None, targets=queries.targets_visible_to(request.user))
    if form.is_bound and form.is_valid():
        plan.file_entry(entry=entry, **form.cleaned_data, by=request.user)
        messages.success(request, _("It is filed."))
        return redirect("engagement:mail_new")
    shown = {"form": form, "entry": entry}
    return render(request, "engagement/entry_file.html", shown, status=422 if form.is_bound else 200)
