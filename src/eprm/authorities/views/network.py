"""Who the competent authorities are, how they reach each other, what they ask and note."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from eprm.authorities import forms, queries, rules, tables
from eprm.authorities.actions import network
from eprm.authorities.models import CompetentAuthority
from eprm.people.access import for_an_organisation
from eprm.ui.tables import Empty, respond


def _authority(pk: int) -> CompetentAuthority:
    return get_object_or_404(queries.authorities_on(timezone.localdate()), pk=pk)


def authority_list(request: HttpRequest) -> HttpResponse:
    """The authorities of the Member States; for everybody."""
    today = timezone.localdate()
    empty = Empty(
        title=_("No authority is on the list yet"), text=_("The secretariat adds those the Commission lists.")
    )
    table = tables.AuthorityTable(queries.authorities_on(today), on=today, empty=empty)
    shown = {"may_keep": rules.can_keep_network(request.user)}
    return respond(request, table, "authorities/authority_list.html", shown)


def authority_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One authority; its contacts for authorities and the secretariat."""
    authority = _authority(pk)
    own = queries.authority_of(request.user)
    return render(
        request,
        "authorities/authority_detail.html",
        {
            "authority": authority,
            "contacts": queries.contacts_of([authority]),
            "seen": rules.can_see_network(request.user, own),
            "may_keep": rules.can_keep_network(request.user),
            "may_keep_contacts": request.user.is_authenticated and rules.can_keep_contact(request.user, authority),
        },
    )


@login_required
def authority_new(request: HttpRequest) -> HttpResponse:
    rules.can_keep_network(request.user).require()
    form = forms.AuthorityForm(request.POST or None)
    if form.is_bound and form.is_valid():
        authority = network.name_authority(**form.cleaned_data, by=request.user)
        messages.success(request, _("%(authority)s is on the list.") % {"authority": authority})
        return redirect("authorities:authority_detail", authority.pk)
    return render(request, "authorities/authority_new.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
def authority_edit(request: HttpRequest, pk: int) -> HttpResponse:
    authority = _authority(pk)
    rules.can_keep_network(request.user).require()
    names = "member_state website languages takes_filings since until source verified".split()
    initial = {name: getattr(authority, name) for name in names}
    form = forms.AuthorityForm(request.POST or None, initial=initial, authority=authority)
    if form.is_bound and form.is_valid():
        network.edit_authority(authority, **form.cleaned_data, by=request.user)
        messages.success(request, _("The entry is changed."))
        return redirect("authorities:authority_list")
    shown = {"form": form, "authority": authority}
    return render(request, "authorities/authority_edit.html", shown, status=422 if form.is_bound else 200)


@login_required
def contact_new(request: HttpRequest, pk: int) -> HttpResponse:
    authority = _authority(pk)
    rules.can_keep_contact(request.user, authority).require()
    form = forms.ContactForm(request.POST or None)
    if form.is_bound and form.is_valid():
        network.keep_contact(authority=authority, **form.cleaned_data, by=request.user)
        messages.success(request, _("The contact is added."))
        return redirect("authorities:authority_detail", authority.pk)
    shown = {"form": form, "authority": authority}
    return render(request, "authorities/contact_new.html", shown, status=422 if form.is_bound else 200)


@require_POST
@login_required
def contact_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    contact = get_object_or_404(queries.contacts_visible(), pk=pk)
    network.confirm_contact(contact=contact, by=request.user)
    messages.success(request, _("Confirmed today."))
    return redirect("authorities:authority_detail", contact.authority_id)


@require_POST
@login_required
def contact_end(request: HttpRequest, pk: int) -> HttpResponse:
    contact = get_object_or_404(queries.contacts_visible(), pk=pk)
    network.end_contact(contact=contact, by=request.user)
    messages.success(request, _("%(name)s is the contact no longer.") % {"name": contact.name})
    return redirect("authorities:authority_detail", contact.authority_id)


@login_required
def rule_list(request: HttpRequest) -> HttpResponse:
    """How long records are kept and how often is checked at least: every edition, and a new one by the secretariat."""
    may_keep = rules.can_keep_network(request.user)
    form = forms.RuleForm(request.POST or None)
    if form.is_bound:
        may_keep.require()
        if form.is_valid():
            network.set_keeping_rule(**form.cleaned_data, by=request.user)
            messages.success(request, _("The rule holds from the day you gave."))
            return redirect("authorities:rule_list")
    shown = {"rules": queries.keeping_rules(), "form": form if may_keep else None}
    return render(request, "authorities/rule_list.html", shown, status=422 if form.is_bound else 200)


@login_required
def topic_list(request: HttpRequest) -> HttpResponse:
    """The network's notes and questions."""
    own = queries.authority_of(request.user)
    rules.can_see_network(request.user, own).require()
    empty = Empty(
        title=_("Nothing was asked or noted yet"), text=_("Ask the other authorities how they read a clause.")
    )
    table = tables.TopicTable(queries.topics_visible_to(request.user), on=timezone.localdate(), empty=empty)
    may_write = rules.can_write_in_network(request.user, own)
    return respond(request, table, "authorities/topic_list.html", {"may_write": may_write})


@for_an_organisation
def topic_new(request: HttpRequest) -> HttpResponse:
    rules.can_write_in_network(request.user, queries.authority_of(request.user)).require()
    form = forms.TopicForm(request.POST or None)
    if form.is_bound and form.is_valid():
        topic = network.write_topic(of=request.organisation, **form.cleaned_data, by=request.user)
        return redirect("authorities:topic_detail", topic.pk)
    return render(request, "authorities/topic_new.html", {"form": form}, status=422 if form.is_bound else 200)


@for_an_organisation
def topic_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A note or question with its answers; the answer form below."""
    own = queries.authority_of(request.user)
    rules.can_see_network(request.user, own).require()
    topic = get_object_or_404(queries.topics_visible_to(request.user), pk=pk)
    may_write = rules.can_write_in_network(request.user, own)
    form = forms.ReplyForm(request.POST or None)
    if form.is_bound and form.is_valid():
        network.answer_topic(topic=topic, of=request.organisation, **form.cleaned_data, by=request.user)
        messages.success(request, _("Your answer is added."))
        return redirect("authorities:topic_detail", topic.pk)
    shown = {
        "topic": topic,
        "replies": queries.replies_to(topic),
        "form": form if may_write and topic.settled_at is None else None,
        "may_settle": may_write and topic.settled_at is None and request.user.role_in(topic.of_id) is not None,
    }
    return render(request, "authorities/topic_detail.html", shown, status=422 if form.is_bound else 200)


@require_POST
@login_required
def topic_settle(request: HttpRequest, pk: int) -> HttpResponse:
    rules.can_see_network(request.user, queries.authority_of(request.user)).require()
    topic = get_object_or_404(queries.topics_visible_to(request.user), pk=pk)
    network.settle_topic(topic=topic, by=request.user)
    messages.success(request, _("Settled."))
    return redirect("authorities:topic_detail", topic.pk)
