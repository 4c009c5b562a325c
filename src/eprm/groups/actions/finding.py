"""What of groups the search finds, and by whom: everything of an open group by everybody, of others by members."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from eprm.base.identity import acting_as
from eprm.groups.models import Group, Post
from eprm.groups.queries.threads import page_of_post
from eprm.people.audiences import PUBLIC
from eprm.search import actions as search
from eprm.search.kinds import Item

GROUP, POST = "group", "post"


def audience_of(group: Group) -> list[str]:
    """Who finds what the group writes. The members' key is held by whoever is a member when they search."""
    return [PUBLIC] if group.access == Group.Access.OPEN else [f"group:{group.pk}"]


def group_item(group: Group) -> Item:
    hidden = group.access == Group.Access.HIDDEN
    return Item(
        kind=GROUP,
        key=group.pk,
        language=group.founded_by.language,
        title=group.name,
        text=f"{group.aims} {group.region}",
        url=reverse("groups:group_detail", args=[group.slug]),
        audience=[f"group:{group.pk}"] if hidden else [PUBLIC],
        facets=[f"mineral:{mineral}" for mineral in group.minerals],
        on=group.founded_at.date(),
    )


def post_item(post: Post) -> Item:
    group = post.group
    address = reverse("groups:thread_detail", args=[group.slug, post.thread_id])
    return Item(
        kind=POST,
        key=post.pk,
        language=post.language,
        title=post.thread.title,
        text=post.text,
        url=f"{address}?page={page_of_post(post.number)}#p{post.number}",
        audience=audience_of(group),
        facets=[f"group:{group.pk}", *(f"mineral:{mineral}" for mineral in group.minerals)],
        on=post.written_at.date(),
    )


def index_group(group: Group) -> None:
    """Let the group be found as it stands now; what it wrote is found by whoever may read it from now on."""
    search.index_items([group_item(group)])
    search.readdress(f"group:{group.pk}", audience_of(group))


def index_post(post: Post) -> None:
    """Let a post be found as it stands now, or no more while it is hidden."""
    if post.hidden_at is not None:
        search.forget(POST, post.pk)
    else:
        search.index_items([post_item(post)])


def all_groups() -> Iterator[Item]:
    """Every group, for building the index anew."""
    with acting_as(None, job="groups"):
        groups = list(Group.objects.select_related("founded_by"))
    return (group_item(group) for group in groups)


def all_posts() -> Iterator[Item]:
    """Every post that is not hidden, group by group, for building the index anew."""
    with acting_as(None, job="groups"):
        groups = list(Group.objects.values_list("pk", flat=True))
    for pk in groups:
        with acting_as(None, job="groups"):
            found = Post.objects.filter(group=pk, hidden_at=None).select_related("group", "thread")
            items = [post_item(post) for post in found.defer("html", "search")]
        yield from items
