"""Segments and campaigns, and the page for who wants no more of them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from eprm.engagement import forms, lifecycle, queries, rules, tables
from eprm.engagement.actions import campaigns
from eprm.engagement.models import Campaign
from eprm.ui.tables import Empty, respond

SEGMENT = "name with_people pillars tiers languages countries target_kinds".split()


@login_required
def segment_list(request: HttpRequest) -> HttpResponse:
    rules.can_engage(request.user).require()
    empty = Empty(
        title=_("There is no segment yet"),
        text=_("A segment says whom a campaign is for."),
        url=reverse("engagement:segment_new"),
        action=_("Make a segment"),
    )
    table = tables.SegmentTable(queries.segments(), on=timezone.localdate(), empty=empty)
    return respond(request, table, "engagement/segment_list.html", {})


@login_required
def segment_new(request: HttpRequest) -> HttpResponse:
    rules.can_engage(request.user).require()
    form = forms.SegmentForm(request.POST or None)
    if form.is_bound and form.is_valid():
        segment = campaigns.save_segment(**form.cleaned_data, by=request.user)
        return redirect("engagement:segment_edit", segment.pk)
    return render(request, "engagement/segment_edit.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
def segment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a segment, and see how many addresses it means now."""
    rules.can_engage(request.user).require()
    segment = get_object_or_404(queries.segments(), pk=pk)
    form = forms.SegmentForm(request.POST or None, initial={name: getattr(segment, name) for name in SEGMENT})
    if form.is_bound and form.is_valid():
        campaigns.save_segment(**form.cleaned_data, segment=segment, by=request.user)
        messages.success(request, _("The segment is changed."))
        return redirect("engagement:segment_edit", segment.pk)
    shown = {"form": form, "segment": segment, "count": len(queries.recipients(segment))}
    return render(request, "engagement/segment_edit.html", shown, status=422 if form.is_bound else 200)


@login_required
def campaign_list(request: HttpRequest) -> HttpResponse:
    rules.can_engage(request.user).require()
    empty = Empty(
        title=_("There is no campaign yet"),
        text=_("A campaign is one mail to a segment, in the languages you write it in."),
        url=reverse("engagement:campaign_new"),
        action=_("Write a campaign"),
    )
    table = tables.CampaignTable(queries.campaigns(), on=timezone.localdate(), empty=empty)
    return respond(request, table, "engagement/campaign_list.html", {})


def _write(request: HttpRequest, campaign: Campaign | None) -> HttpResponse:
    initial = {}
    if campaign is not None:
        initial = {"title": campaign.title, "segment": campaign.segment}
        for language, text in queries.texts_of(campaign).items():
            initial |= {f"subject_{language}": text.subject, f"text_{language}": text.text}
    form = forms.CampaignForm(request.POST or None, initial=initial, segments=queries.segments())
    if form.is_bound and form.is_valid():
        facts = {"title": form.cleaned_data["title"], "segment": form.cleaned_data["segment"], "texts": form.texts()}
        saved = campaigns.save_campaign(**facts, campaign=campaign, by=request.user)
        messages.success(request, _("The draft is saved. Try it on yourself before it goes out."))
        return redirect("engagement:campaign_detail", saved.pk)
    shown = {"form": form, "campaign": campaign}
    return render(request, "engagement/campaign_edit.html", shown, status=422 if form.is_bound else 200)


@login_required
def campaign_new(request: HttpRequest) -> HttpResponse:
    rules.can_engage(request.user).require()
    return _write(request, None)


def _campaign(request: HttpRequest, pk: int) -> Campaign:
    rules.can_engage(request.user).require()
    return get_object_or_404(queries.campaigns(), pk=pk)


@login_required
def campaign_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _write(request, _campaign(request, pk))


@login_required
def campaign_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A campaign: its words, whom it means now or how far it is."""
    campaign = _campaign(request, pk)
    draft = campaign.state == lifecycle.DRAFT
    shown = {
        "campaign": campaign,
        "draft": draft,
        "going": campaign.state == lifecycle.SENDING,
        "texts": queries.texts_of(campaign).values(),
        "count": len(queries.recipients(campaign.segment)) if draft else campaign.planned,
    }
    return render(request, "engagement/campaign_detail.html", shown)


@require_POST
@login_required
def campaign_try(request: HttpRequest, pk: int) -> HttpResponse:
    campaigns.try_campaign(campaign=_campaign(request, pk), by=request.user)
    messages.success(request, _("It is on its way to %(email)s.") % {"email": request.user.email})
    return redirect("engagement:campaign_detail", pk)


@require_POST
@login_required
def campaign_send(request: HttpRequest, pk: int) -> HttpResponse:
    seen = request.POST.get("seen", "")
    number = int(seen) if seen.isdigit() and len(seen) < 9 else -1
    campaigns.send_campaign(campaign=_campaign(request, pk), seen=number, by=request.user)
    messages.success(request, _("It goes out now. You need not wait here."))
    return redirect("engagement:campaign_detail", pk)


@csrf_exempt  # a mail program posts here by itself (RFC 8058); the address in the link is signed
def refuse(request: HttpRequest, signed: str) -> HttpResponse:
    """No more campaigns to the address in the link; needs no account."""
    address = campaigns.address_of(signed)
    if address is None:
        raise Http404("We did not make this link.")
    done = request.method == "POST"
    if done:
        campaigns.refuse(address=address)
    return render(request, "engagement/refuse.html", {"address": address, "done": done})
