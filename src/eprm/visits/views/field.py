"""What was heard and seen: local actors, observations, photos."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from eprm.base.errors import NotAllowed, Overtaken
from eprm.ui.tables import Empty, respond
from eprm.visits import forms, pictures, rules, tables
from eprm.visits.actions import field as actions
from eprm.visits.actions import photos as photo_actions
from eprm.visits.models import LocalActor, Observation, Photo
from eprm.visits.queries import field as queries
from eprm.visits.rules import Place
from eprm.visits.views.access import form_page, in_visit, overtaken

HEARD = ("kind", "people_count", "women_count", "heard_on", "words", "name", "version")


def _actor(place: Place, pk: int) -> LocalActor:
    found = get_object_or_404(queries.actors_of(place.visit), pk=pk)
    found.visit = place.visit
    return found


def _observation(place: Place, pk: int) -> Observation:
    found = get_object_or_404(queries.observations_of(place.visit), pk=pk)
    found.visit = place.visit
    return found


def _photo(place: Place, pk: int) -> Photo:
    found = get_object_or_404(queries.photos_visible_to(place.person).filter(visit=place.visit), pk=pk)
    found.visit = place.visit
    return found


def _last_day(place: Place) -> object:
    return min(timezone.localdate(), place.visit.ends_on)


@in_visit
def actor_list(request: HttpRequest, place: Place) -> HttpResponse:
    """Whom the delegation heard."""
    empty = Empty(title=_("Nobody is written down yet"), text=_("A kind and a number are enough. No name is needed."))
    table = tables.ActorTable(queries.actors_of(place.visit), empty=empty)
    shown = {"visit": place.visit, "may_observe": rules.can_observe(place)}
    return respond(request, table, "visits/actor_list.html", shown)


@in_visit
def actor_new(request: HttpRequest, place: Place) -> HttpResponse:
    rules.can_observe(place).require()
    form = forms.ActorForm(request.POST or None, initial={"heard_on": _last_day(place)})
    if form.is_bound and form.is_valid():
        try:
            actions.hear(visit=place.visit, **form.cleaned_data, by=request.user)
        except NotAllowed as refusal:
            form.add_error("heard_on", refusal.reason)
        else:
            messages.success(request, _("It is written down."))
            return redirect("visits:actor_list", place.visit.pk)
    return form_page(
        request,
        form,
        title=_("Whom you heard"),
        lede=_("Unnamed, unless they agree to be named. They can take it back at any time."),
        action=_("Save"),
        back=reverse("visits:actor_list", args=[place.visit.pk]),
        visit=place.visit,
    )


@in_visit
def actor_detail(request: HttpRequest, place: Place, actor: int) -> HttpResponse:
    """One local actor, and what they have agreed to."""
    found = _actor(place, actor)
    shown = {
        "visit": place.visit,
        "actor": found,
        "consents": queries.consents_of(found),
        "form": forms.AgreedForm(),
        "may_name": rules.can_note_name(place, found),
        "may_take_back": rules.can_take_name_back(place),
        "may_edit": rules.can_edit(place, found.added_by),
    }
    return render(request, "visits/actor_detail.html", shown)


@in_visit
def actor_edit(request: HttpRequest, place: Place, actor: int) -> HttpResponse:
    """Correct who was heard."""
    found = _actor(place, actor)
    rules.can_edit(place, found.added_by).require()
    began = {name: getattr(found, name) for name in HEARD}
    form, theirs, status = forms.ActorEditForm(request.POST or None, initial=began), "", 0
    if form.is_bound and form.is_valid():
        try:
            actions.change_actor(actor=found, **form.cleaned_data, by=request.user)
        except Overtaken as clash:
            form, theirs, status = overtaken(form, clash), getattr(clash, "text", ""), 409
        except NotAllowed as refusal:
            form.add_error("heard_on", refusal.reason)
        else:
            messages.success(request, _("It is changed."))
            return redirect("visits:actor_detail", place.visit.pk, found.pk)
    return form_page(
        request,
        form,
        title=_("Whom you heard"),
        lede=_("Another name needs another agreement: the old one ends with it."),
        action=_("Save"),
        back=reverse("visits:actor_detail", args=[place.visit.pk, found.pk]),
        visit=place.visit,
        theirs=theirs,
        status=status,
    )


@require_POST
@in_visit
def actor_name(request: HttpRequest, place: Place, actor: int) -> HttpResponse:
    """They agree to be named."""
    found = _actor(place, actor)
    form = forms.AgreedForm(request.POST)
    if not form.is_valid():
        raise NotAllowed(_("Write how they agreed, so that somebody can look it up later."))
    actions.note_name(actor=found, words=form.cleaned_data["words"], by=request.user)
    messages.success(request, _("They may be named now. They can take it back at any time."))
    return redirect("visits:actor_detail", place.visit.pk, found.pk)


@require_POST
@in_visit
def actor_unname(request: HttpRequest, place: Place, actor: int) -> HttpResponse:
    """They do not want to be named any more."""
    found = _actor(place, actor)
    if actions.take_name_back(actor=found, by=request.user):
        messages.warning(request, _("The name is taken back, and the story is withheld: its own words told the name."))
    else:
        messages.success(request, _("The name is taken back. No page shows it any more."))
    return redirect("visits:actor_detail", place.visit.pk, found.pk)


@in_visit
def observation_list(request: HttpRequest, place: Place) -> HttpResponse:
    """What the delegation saw."""
    table = tables.ObservationTable(
        queries.observations_of(place.visit), empty=Empty(title=_("Nothing is written down yet"))
    )
    shown = {"visit": place.visit, "may_observe": rules.can_observe(place)}
    return respond(request, table, "visits/observation_list.html", shown)


@in_visit
def observation_new(request: HttpRequest, place: Place) -> HttpResponse:
    """Write down an observation; photos come after, one at a time."""
    rules.can_observe(place).require()
    themes = queries.themes_on(timezone.localdate())
    form = forms.ObservationForm(request.POST or None, themes=themes, initial={"seen_on": _last_day(place)})
    if form.is_bound and form.is_valid():
        try:
            made = actions.observe(visit=place.visit, **form.cleaned_data, by=request.user)
        except NotAllowed as refusal:
            form.add_error("seen_on", refusal.reason)
        else:
            messages.success(request, _("The observation is saved. You can add photos now."))
            return redirect("visits:observation_detail", place.visit.pk, made.pk)
    return form_page(
        request,
        form,
        title=_("Write down an observation"),
        action=_("Save"),
        back=reverse("visits:observation_list", args=[place.visit.pk]),
        visit=place.visit,
    )


@in_visit
def observation_detail(request: HttpRequest, place: Place, observation: int) -> HttpResponse:
    """One observation with its photos, and the form that sends the next."""
    found = _observation(place, observation)
    photos = list(queries.photos_of(found))
    shown = {
        "visit": place.visit,
        "observation": found,
        "position": queries.position_of(found),
        "photos": photos,
        "may_edit": rules.can_edit(place, found.by),
        "may_observe": rules.can_observe(place),
        "may_state": place.goes or place.leads,
        "may_withdraw": place.goes or place.manages,
    }
    return render(request, "visits/observation_detail.html", shown)


@in_visit
def observation_edit(request: HttpRequest, place: Place, observation: int) -> HttpResponse:
    found = _observation(place, observation)
    rules.can_edit(place, found.by).require()
    position = queries.position_of(found)
    began = {name: getattr(found, name) for name in ("theme", "text", "seen_on", "place", "version")}
    began |= {"position": str(position or ""), "keep_position": position is not None}
    themes = queries.themes_on(found.written_at.date()) | queries.themes_on(timezone.localdate())
    form = forms.ObservationEditForm(request.POST or None, themes=themes, initial=began)
    theirs, status = None, 0
    if form.is_bound and form.is_valid():
        try:
            actions.change_observation(observation=found, **form.cleaned_data, by=request.user)
        except Overtaken as clash:
            form, theirs, status = overtaken(form, clash), clash, 409
        except NotAllowed as refusal:
            form.add_error("seen_on", refusal.reason)
        else:
            messages.success(request, _("The observation is changed."))
            return redirect("visits:observation_detail", place.visit.pk, found.pk)
    return form_page(
        request,
        form,
        title=_("Change the observation"),
        action=_("Save"),
        back=reverse("visits:observation_detail", args=[place.visit.pk, found.pk]),
        visit=place.visit,
        theirs=getattr(theirs, "text", ""),
        status=status,
    )


@in_visit
def photo_new(request: HttpRequest, place: Place, observation: int) -> HttpResponse:
    """Send one photo. Sent twice, as over a bad link, it is there once."""
    found = _observation(place, observation)
    rules.can_observe(place).require()
    form = forms.PhotoForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        file = told.pop("files")[0]
        try:
            photo_actions.add_photo(
                observation=found, content=file.read(), name=str(file.name), **told, by=request.user
            )
        except pictures.NotAPicture as problem:
            form.add_error("files", str(problem))
        except NotAllowed as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, _("The photo is saved. You can send the next."))
            return redirect("visits:observation_detail", place.visit.pk, found.pk)
    return form_page(
        request,
        form,
        title=_("Add a photo"),
        lede=_("Nobody outside the delegation and the secretariat sees it before its faces are stated."),
        action=_("Send the photo"),
        back=reverse("visits:observation_detail", args=[place.visit.pk, found.pk]),
        visit=place.visit,
    )


@in_visit
def photo_faces(request: HttpRequest, place: Place, photo: int) -> HttpResponse:
    """Say whose faces a photo shows."""
    found = _photo(place, photo)
    rules.can_state_faces(place, found).require()
    form = forms.FacesForm(request.POST or None, initial={"faces": found.faces})
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        photo_actions.state_faces(photo=found, faces=told["faces"], words=told["agreed"], by=request.user)
        messages.success(request, _("It is noted, with your name and the day."))
        return redirect("visits:observation_detail", place.visit.pk, found.observation_id)
    return form_page(
        request,
        form,
        title=_("Whose faces does it show?"),
        action=_("Save"),
        back=reverse("visits:observation_detail", args=[place.visit.pk, found.observation_id]),
        visit=place.visit,
        photo=found,
    )


@require_POST
@in_visit
def photo_withdraw(request: HttpRequest, place: Place, photo: int) -> HttpResponse:
    """Take a photo back, now and for good."""
    found = _photo(place, photo)
    photo_actions.withdraw_photo(photo=found, by=request.user)
    messages.success(request, _("The photo is withdrawn, and its picture is deleted."))
    return redirect("visits:observation_detail", place.visit.pk, found.observation_id)


def picture(photo: Photo, size: str, *, control: str) -> HttpResponse:
    """The picture itself; 404 once it is withdrawn."""
    content = queries.bytes_of(photo, small=size == "small")
    if content is None:
        raise Http404
    headers = {"Cache-Control": control, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="image/jpeg", headers=headers)


@require_GET
@login_required
def photo_picture(request: HttpRequest, pk: int, size: str) -> HttpResponse:
    """A photo, for the delegation and the secretariat."""
    found = get_object_or_404(queries.photos_visible_to(request.user), pk=pk)
    return picture(found, size, control="private, no-store")
