"""Groups through the API: read only, and never more than the token's person reads on the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from ninja.pagination import paginate

from eprm.base.paging import Pages
from eprm.groups import rules
from eprm.groups.models import Group
from eprm.groups.queries import groups as queries
from eprm.groups.queries.threads import posts_visible_to, threads_visible_to
from eprm.groups.queries.work import tasks_visible_to

router = Router()


class Message(Schema):
    """A refusal, in a sentence."""

    message: str


class GroupOut(Schema):
    """A working group. `access`: open, request, closed, hidden; counts are of organisations, but `people_count`."""

    slug: str
    name: str
    aims: str
    access: str
    minerals: list[str]
    countries: list[str]
    region: str
    people_count: int
    supply_chain_count: int
    government_count: int
    civil_society_count: int


class ThreadOut(Schema):
    id: int
    title: str
    started_by: str
    started_at: datetime
    post_count: int
    last_post_at: datetime

    @staticmethod
    def resolve_started_by(thread: Any) -> str:
        return str(thread.started_by)


class PostOut(Schema):
    """A contribution, in Markdown. Hidden ones are left out."""

    id: int
    number: int
    author: str
    organisation: str
    pillar: str
    language: str
    text: str
    written_at: datetime
    edited_at: datetime | None

    @staticmethod
    def resolve_author(post: Any) -> str:
        return str(post.author)

    @staticmethod
    def resolve_organisation(post: Any) -> str:
        return str(post.organisation)


class TaskOut(Schema):
    id: int
    title: str
    owner: str
    due_on: date | None
    done_at: datetime | None

    @staticmethod
    def resolve_owner(task: Any) -> str:
        return str(task.owner)


def _group(request: HttpRequest, slug: str) -> Group:
    group = get_object_or_404(queries.groups_visible_to(request.user), slug=slug)
    rules.can_read(group, queries.member_of(request.user, group)).require()
    return group


@router.get("", response=list[GroupOut])
@paginate(Pages)
def list_groups(request: HttpRequest) -> Any:
    """The working groups you may know of, by name."""
    return queries.group_list(request.user).order_by("name", "pk")


@router.get("/{slug}", response={200: GroupOut, 401: Message, 404: Message})
def read_group(request: HttpRequest, slug: str) -> Group:
    """One working group."""
    return get_object_or_404(queries.groups_visible_to(request.user), slug=slug)


@router.get("/{slug}/threads", response=list[ThreadOut])
@paginate(Pages)
def list_threads(request: HttpRequest, slug: str) -> Any:
    """The threads of a group you may read, the liveliest first."""
    return threads_visible_to(request.user).filter(group=_group(request, slug)).order_by("-last_post_at", "pk")


@router.get("/{slug}/threads/{pk}/posts", response=list[PostOut])
@paginate(Pages)
def list_posts(request: HttpRequest, slug: str, pk: int) -> Any:
    """The contributions to a thread, in order."""
    group = _group(request, slug)
    thread = get_object_or_404(threads_visible_to(request.user).filter(group=group), pk=pk)
    return posts_visible_to(request.user).filter(thread=thread, hidden_at=None).order_by("number")


@router.get("/{slug}/tasks", response=list[TaskOut])
@paginate(Pages)
def list_tasks(request: HttpRequest, slug: str) -> Any:
    """The tasks of a group of yours: open ones first, the soonest due first."""
    return tasks_visible_to(request.user).filter(group=_group(request, slug))
