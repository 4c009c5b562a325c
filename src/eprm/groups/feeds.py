"""Groups as Atom feeds: the latest contributions, each in full, as the reader may read them now."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from eprm.groups.models import Group, Post
from eprm.groups.queries.groups import my_group_ids
from eprm.groups.queries.threads import html_of, page_of_post, posts_visible_to
from eprm.people.models import Person

MOST = 40


def of_group(request: HttpRequest, group: Group) -> HttpResponse:
    """The latest of one group that the reader may read."""
    found = posts_visible_to(request.user).filter(group=group, hidden_at=None).order_by("-written_at")[:MOST]
    address = request.build_absolute_uri(reverse("groups:group_detail", args=[group.slug]))
    return _feed(request, str(group), group.aims, address, found)


def of_person(request: HttpRequest, person: Person) -> HttpResponse:
    """The latest of all groups the person is a member of."""
    found = (
        posts_visible_to(person).filter(group__in=my_group_ids(person), hidden_at=None).order_by("-written_at")[:MOST]
    )
    address = request.build_absolute_uri(reverse("groups:group_list"))
    return _feed(request, _("Your groups"), "", address, found)


def _feed(request: HttpRequest, title: str, about: str, address: str, posts: Iterable[Post]) -> HttpResponse:
    feed = Atom1Feed(
        title=title, link=address, description=about, subtitle=about, feed_url=request.build_absolute_uri()
    )
    for post in posts:
        url = reverse("groups:thread_detail", args=[post.group.slug, post.thread_id])
        feed.add_item(
            title=f"{post.group}: {post.thread.title}",
            link=request.build_absolute_uri(f"{url}?page={page_of_post(post.number)}#p{post.number}"),
            description=html_of(post),
            author_name=f"{post.author} ({post.organisation})",
            pubdate=post.written_at,
            updateddate=post.edited_at or post.written_at,
            unique_id=f"urn:eprm:post:{post.pk}",
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response
