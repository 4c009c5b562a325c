"""What belongs to the person alone: how they hear of a group, their mails and addresses, feeds, the end of mails."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from eprm.base.identity import acting_as
from eprm.groups import addresses, feeds, rules
from eprm.groups.actions import delivery, incoming
from eprm.groups.actions.keys import replace_key
from eprm.groups.actions.notices import choose_rhythm
from eprm.groups.forms import ChoicesForm
from eprm.groups.models import PersonKey
from eprm.groups.queries import notices as queries
from eprm.groups.queries.groups import Place, active_person, my_memberships
from eprm.groups.queries.work import open_tasks_of
from eprm.groups.tables import OwnTaskTable
from eprm.groups.views.access import in_group, page
from eprm.people.identity import acting_for
from eprm.ui.tables import Empty, respond

MAILS_SHOWN = 50


@require_http_methods(["GET", "POST"])
@in_group()
def choices(request: HttpRequest, here: Place) -> HttpResponse:
    """How the person wants to hear of this group, kind by kind."""
    if not (here.member and here.member.is_member):
        rules.can_take_part(here.group, here.member).require()
    now = queries.choices_of(here.group, request.user)
    form = ChoicesForm(request.POST or None, now=now)
    if form.is_valid():
        for kind, rhythm in form.cleaned_data.items():
            if rhythm != now[kind]:
                choose_rhythm(here.group, kind=kind, rhythm=rhythm, by=request.user)
        messages.success(request, _("Your choice is saved."))
        return redirect("groups:choices", here.group.slug)
    status = 422 if form.errors else 200
    address = addresses.for_new_thread(request.user, here.group)
    return page(request, "groups/choices.html", here, status=status, form=form, mail_address=address)


@login_required
@require_GET
def task_own(request: HttpRequest) -> HttpResponse:
    """The person's open tasks in all their groups, the soonest due first."""
    tasks = open_tasks_of(request.user).select_related("group").order_by(F("due_on").asc(nulls_last=True), "pk")
    table = OwnTaskTable(tasks, empty=Empty(title=_("No task waits for you")))
    return respond(request, table, "groups/task_own.html")


@login_required
@never_cache
@require_GET
def mail_list(request: HttpRequest) -> HttpResponse:
    """What came from the person by mail and became of it; their feeds; new addresses."""
    token = addresses.feed_token(request.user)
    groups = [member.group for member in my_memberships(request.user).order_by("group__name")]
    context = {
        "mails": queries.mails_of(request.user)[:MAILS_SHOWN],
        "feed": request.build_absolute_uri(reverse("groups:person_feed", args=[token])),
        "groups": groups,
    }
    return render(request, "groups/mail_list.html", context)


@login_required
@require_POST
def mail_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish a held mail as one's own, or discard it."""
    mail = get_object_or_404(queries.mails_of(request.user), pk=pk)
    if "publish" in request.POST:
        incoming.publish_held(mail, by=request.user)
        messages.success(request, _("Your words are published."))
    else:
        incoming.discard_held(mail, by=request.user)
        messages.success(request, _("The mail is discarded."))
    return redirect("groups:mail_list")


@login_required
@require_POST
def key_replace(request: HttpRequest, purpose: str) -> HttpResponse:
    """New addresses; the earlier ones open nothing any more."""
    if purpose not in PersonKey.Purpose.values:
        raise Http404
    replace_key(purpose=purpose, by=request.user)
    messages.success(request, _("You have new addresses. The earlier ones open nothing any more."))
    return redirect("groups:mail_list")


@csrf_exempt  # a mail program sends this POST by one click (RFC 8058); the signed address is the permission
@never_cache
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End a kind of mail by the address in it, without signing in."""
    what = addresses.read_stop(token)
    if what is None:
        raise Http404
    if request.method == "POST":
        with acting_as(None, job="groups"):
            delivery.stop_mails(what)
    return render(request, "groups/stop.html", {"what": what, "done": request.method == "POST"})


@require_GET
@in_group(public=True)
def group_feed(request: HttpRequest, here: Place) -> HttpResponse:
    """An open group's contributions as an Atom feed, for everybody."""
    return feeds.of_group(request, here.group)


@never_cache
@require_GET
def person_feed(request: HttpRequest, token: str) -> HttpResponse:
    """All one's groups as an Atom feed, by an address of one's own; what one may read now, and no more."""
    reader = addresses.reader_of_feed(token)
    person = active_person(reader) if reader is not None else None
    if person is None:
        raise Http404
    with acting_for(person, path=request.path):
        return feeds.of_person(request, person)
