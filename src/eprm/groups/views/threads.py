"""Threads and what is written in them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from eprm.groups import addresses, markup, rules, tables
from eprm.groups.actions import notices, threads
from eprm.groups.actions.threads import EditedMeanwhile, Sent
from eprm.groups.charts import bar_of
from eprm.groups.forms import PostForm, SearchForm, ThreadForm, TranslationForm, VersionForm
from eprm.groups.models import Follow, Post, Reaction, Thread
from eprm.groups.queries import decisions, work
from eprm.groups.queries import threads as queries
from eprm.groups.queries.groups import Place
from eprm.groups.views.access import in_group, page
from eprm.ui.languages import tongue
from eprm.ui.tables import Empty, as_file, prepare

FOUND_A_PAGE = 20


def thread_of(request: HttpRequest, here: Place, pk: int) -> Thread:
    found = queries.threads_to_read(request.user).filter(group=here.group)
    thread = get_object_or_404(found, pk=pk)
    thread.group = here.group
    return thread


def post_of(request: HttpRequest, here: Place, pk: int) -> Post:
    post = get_object_or_404(queries.posts_visible_to(request.user).filter(group=here.group), pk=pk)
    post.group = post.thread.group = here.group
    return post


def _sent(form: Any) -> list[Sent]:
    return [Sent(file.name, file.read()) for file in form.cleaned_data["files"]]


def address_of(here: Place, thread_pk: int, number: int) -> str:
    address = reverse("groups:thread_detail", args=[here.group.slug, thread_pk])
    return f"{address}?page={queries.page_of_post(number)}#p{number}"


@require_GET
@in_group(public=True)
def thread_list(request: HttpRequest, here: Place) -> HttpResponse:
    """The group's threads, the liveliest first."""
    found = queries.threads_of(here.group, request.user).select_related("group", "started_by")
    hidden = () if request.user.is_authenticated else ("unread",)
    empty = Empty(title=_("Nobody has written yet"), text=_("Begin the first thread."))
    table = tables.ThreadTable(found, on=timezone.localdate(), empty=empty, exclude=hidden)
    if asked := request.GET.get("format"):
        return as_file(request, table, asked)
    return page(request, "groups/thread_list.html", here, table=prepare(request, table))


@require_http_methods(["GET", "POST"])
@in_group()
def thread_new(request: HttpRequest, here: Place) -> HttpResponse:
    """Begin a thread; words begun earlier are there again."""
    rules.can_take_part(here.group, here.member).require()
    draft = queries.draft_of(here.group, None, request.user)
    kept = {"title": draft.title, "text": draft.text} if draft else {}
    form = ThreadForm(request.POST or None, request.FILES or None, initial=kept)
    if form.is_valid():
        given = form.cleaned_data
        thread = threads.start_thread(
            here.group,
            title=given["title"],
            text=given["text"],
            nonce=given["nonce"],
            by=request.user,
            files=_sent(form),
        )
        messages.success(request, _("Your thread is begun."))
        return redirect("groups:thread_detail", here.group.slug, thread.pk)
    return page(
        request,
        "groups/thread_new.html",
        here,
        status=422 if form.errors else 200,
        form=form,
        draft=draft,
        mail_address=addresses.for_new_thread(request.user, here.group),
    )


@require_http_methods(["GET", "POST"])
@in_group(public=True)
def thread_detail(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    """A thread a page at a time, from the first post not read yet; and the form to answer."""
    thread = thread_of(request, here, pk)
    form = PostForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        rules.can_answer(thread, here.group, here.member).require()
        if form.is_valid():
            given = form.cleaned_data
            post = threads.write_post(
                thread, text=given["text"], nonce=given["nonce"], by=request.user, files=_sent(form)
            )
            return redirect(address_of(here, thread.pk, post.number))
    return _thread_page(request, here, thread, form)


def _thread_page(request: HttpRequest, here: Place, thread: Thread, form: PostForm) -> HttpResponse:
    person = request.user
    read = thread.read
    pages = Paginator(range(thread.post_count), queries.POSTS_A_PAGE)
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 7 else queries.page_of_post((read or 0) + 1)
    leaf = pages.get_page(number)
    moderating = bool(rules.can_moderate(person, here.group, here.member))
    posts = queries.shown(
        queries.posts_on_page(thread, leaf.number),
        here,
        moderating=moderating,
        language=tongue(),
        read=read,
    )
    member = here.member if here.member and here.member.is_member else None
    if member and posts and posts[-1].post.number > (read or 0):
        threads.mark_read(thread, number=posts[-1].post.number, by=person)
    draft = queries.draft_of(here.group, thread, person) if member else None
    if not form.is_bound:
        form.initial = {"text": _begun(request, here, draft), "nonce": uuid4()}
    return page(
        request,
        "groups/thread_detail.html",
        here,
        status=422 if form.errors else 200,
        thread=thread,
        form=form,
        posts=posts,
        leaf=leaf,
        leaves=pages.get_elided_page_range(leaf.number, on_each_side=1, on_ends=1),
        answering=rules.can_answer(thread, here.group, here.member),
        kinds=Reaction.Kind.choices,
        follow=thread.follow if member else "",
        draft=draft,
        proposals=[shown_proposal(each, here) for each in decisions.proposals_in(thread)],
        decided=decisions.decided_before(here.group),
        next_date=work.next_date(here.group, person, timezone.now()),
        mail_address=addresses.for_reply(person, thread) if member else "",
    )


def shown_proposal(proposal: Any, here: Place) -> dict[str, Any]:
    """A proposal with its counts and how the reader stands to it."""
    counts = decisions.counts_of(proposal, here.group)
    return {
        "proposal": proposal,
        "html": queries.html_of(proposal),
        "counts": counts,
        "bars": [bar_of(count) for count in counts if count.entitled],
        "taking": rules.can_take_position(proposal, here.group, here.member, timezone.now()),
        "pill": tables.result_pill(proposal),
    }


def _begun(request: HttpRequest, here: Place, draft: Any) -> str:
    """What stands in the answer's field at first: the draft, or the quoted post."""
    if draft:
        return draft.text
    quoted = request.GET.get("quote", "")
    if quoted.isdecimal() and len(quoted) < 19:
        found = queries.posts_visible_to(request.user).filter(group=here.group, pk=int(quoted), hidden_at=None).first()
        return markup.quote(found.text) if found else ""
    return ""


@require_http_methods(["GET", "POST"])
@in_group()
def post_edit(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    """Change one's own text. Where a newer one was saved meanwhile both are shown, and nothing is lost."""
    post = post_of(request, here, pk)
    rules.can_edit_post(request.user, post, here.group, here.member).require()
    form = VersionForm(request.POST or None, initial={"text": post.text, "version": post.version})
    meanwhile = None
    if form.is_valid():
        try:
            threads.edit_post(post, **form.cleaned_data, by=request.user)
        except EditedMeanwhile as clash:
            meanwhile = clash
            form = VersionForm({"text": form.cleaned_data["text"], "version": clash.version})
        else:
            messages.success(request, _("The change is saved; the former text is kept."))
            return redirect(address_of(here, post.thread_id, post.number))
    return page(
        request,
        "groups/post_edit.html",
        here,
        status=409 if meanwhile else 422 if form.errors else 200,
        form=form,
        post=post,
        meanwhile=meanwhile,
    )


@require_GET
@in_group(public=True)
def post_versions(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    """Every text a post has had."""
    post = post_of(request, here, pk)
    moderating = bool(rules.can_moderate(request.user, here.group, here.member))
    if post.hidden_at is not None and not rules.can_see_hidden(request.user, post, moderating):
        raise Http404
    return page(request, "groups/post_versions.html", here, post=post, versions=queries.versions_of(post))


@require_http_methods(["GET", "POST"])
@in_group()
def post_translate(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    """Give a post in another language, in one's own words."""
    post = post_of(request, here, pk)
    rules.can_take_part(here.group, here.member).require()
    if post.hidden_at is not None:
        raise Http404
    form = TranslationForm(request.POST or None, written_in=post.language, initial={"language": tongue()})
    if form.is_valid():
        threads.translate_post(post, **form.cleaned_data, by=request.user)
        messages.success(request, _("Your translation stands with the contribution."))
        return redirect(address_of(here, post.thread_id, post.number))
    return page(
        request,
        "groups/post_translate.html",
        here,
        status=422 if form.errors else 200,
        form=form,
        post=post,
        html=queries.html_of(post),
    )


@require_POST
@in_group()
def post_react(request: HttpRequest, here: Place, pk: int, kind: str) -> HttpResponse:
    post = post_of(request, here, pk)
    if kind not in Reaction.Kind.values:
        raise Http404
    threads.react(post, kind=kind, by=request.user)
    return redirect(address_of(here, post.thread_id, post.number))


@require_POST
@in_group()
def thread_follow(request: HttpRequest, here: Place, pk: int) -> HttpResponse:
    """Hear every contribution at once, nothing at all, or as one chose for the group."""
    thread = thread_of(request, here, pk)
    rules.can_take_part(here.group, here.member).require()
    level = request.POST.get("level", "")
    notices.follow_thread(thread, level=level if level in Follow.Level.values else "", by=request.user)
    messages.success(request, _("Your choice for this thread is saved."))
    return redirect("groups:thread_detail", here.group.slug, thread.pk)


@require_POST
@in_group()
def draft_save(request: HttpRequest, here: Place) -> HttpResponse:
    """Keep words that are not sent yet: by the button, or by itself while one writes."""
    thread = None
    asked = request.POST.get("thread", "")
    if asked.isdecimal() and len(asked) < 19:
        thread = thread_of(request, here, int(asked))
    text, title = request.POST.get("text", ""), request.POST.get("title", "")
    threads.save_draft(here.group, thread=thread, text=text, title=title, by=request.user)
    if request.htmx:
        return HttpResponse(status=204)
    messages.success(request, _("Your draft is kept; it is yours alone."))
    if thread is None:
        return redirect("groups:thread_new", here.group.slug)
    return redirect(reverse("groups:thread_detail", args=[here.group.slug, thread.pk]) + "#reply")


@require_GET
@in_group(public=True)
def group_search(request: HttpRequest, here: Place) -> HttpResponse:
    """Words in the group's contributions."""
    form = SearchForm(request.GET if "q" in request.GET else None)
    leaf = None
    if form.is_valid():
        found = queries.search_posts(here.group, request.user, form.cleaned_data["q"])
        leaf = Paginator(found, FOUND_A_PAGE).get_page(request.GET.get("page"))
        for post in leaf:
            post.address = address_of(here, post.thread_id, post.number)
    return page(request, "groups/group_search.html", here, form=form, leaf=leaf)
