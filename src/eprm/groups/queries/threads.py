"""Threads and posts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from eprm.groups import markup, rules
from eprm.groups.models import (
    Draft,
    Follow,
    Group,
    GroupFile,
    Post,
    PostTranslation,
    PostVersion,
    Reaction,
    ReadMark,
    Thread,
)
from eprm.groups.queries.groups import Place, Reader, readable
from eprm.groups.queries.work import FILE
from eprm.search.queries.files import outcome_of_file

POSTS_A_PAGE = 25
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")


def threads_visible_to(person: Reader) -> QuerySet[Thread]:
    """Threads of open groups and of the person's own."""
    return Thread.objects.filter(readable(person)).select_related("group", "started_by")


def threads_to_read(person: Reader) -> QuerySet[Thread]:
    """The same, each with up to which post the person has `read` (None: never opened) and how they `follow` it."""
    found = threads_visible_to(person)
    own = {"thread": OuterRef("pk"), "person": person.pk or 0}
    return found.annotate(
        read=Subquery(ReadMark.objects.filter(**own).values("number")),
        follow=Coalesce(Subquery(Follow.objects.filter(**own).values("level")), Value("")),
    )


def threads_of(group: Group, person: Reader) -> QuerySet[Thread]:
    """The threads of a group the person may read, with how many posts they have not read as `unread`."""
    found = Thread.objects.filter(group=group).select_related("started_by")
    if not person.is_authenticated:
        return found.annotate(unread=F("post_count") * 0)
    read = ReadMark.objects.filter(thread=OuterRef("pk"), person=person).values("number")
    found = found.annotate(read=Subquery(read))
    return found.annotate(unread=F("post_count") - F("read"))


def posts_visible_to(person: Reader) -> QuerySet[Post]:
    found = Post.objects.filter(readable(person))
    return found.select_related("group", "thread", "author", "organisation", "hidden_by")


def pictures_of(files: Iterable[GroupFile]) -> dict[str, str]:
    """The addresses of those files that are pictures, by name, for the Markdown of their post."""
    return {
        file.name: reverse("groups:file_picture", args=[file.pk])
        for file in files
        if file.name.lower().endswith(PICTURES)
    }


def page_of_post(number: int) -> int:
    return max(ceil(number / POSTS_A_PAGE), 1)


@dataclass(slots=True)
class ShownPost:
    """A post as one reader sees it."""

    post: Post
    html: str
    hidden: bool
    mine: bool
    new: bool
    files: list[GroupFile] = field(default_factory=list)
    reactions: list[dict[str, Any]] = field(default_factory=list)
    translations: list[PostTranslation] = field(default_factory=list)
    translation: PostTranslation | None = None

    @property
    def initials(self) -> str:
        return "".join(part[0] for part in str(self.post.author).split()[:2]).upper()

    @property
    def translation_html(self) -> str:
        return html_of(self.translation) if self.translation else ""

    @property
    def outdated(self) -> bool:
        """Whether the text changed after it was translated."""
        return self.translation is not None and self.translation.of_version != self.post.version


def posts_on_page(thread: Thread, page: int) -> list[Post]:
    """A page of a thread."""
    first = (page - 1) * POSTS_A_PAGE
    found = Post.objects.filter(thread=thread, number__gt=first, number__lte=first + POSTS_A_PAGE)
    return list(found.select_related("author", "organisation", "hidden_by").defer("search").order_by("number"))


def shown(
    posts: list[Post], here: Place, *, moderating: bool, language: str, read: int | None = None
) -> list[ShownPost]:
    """The posts with their files, reactions and translations; the words of a hidden one only for who may see them."""
    keys = [post.pk for post in posts]
    made = {}
    for post in posts:
        hidden = post.hidden_at is not None and not rules.can_see_hidden(here.person, post, moderating)
        made[post.pk] = ShownPost(
            post=post,
            html="" if hidden else html_of(post),
            hidden=hidden,
            mine=post.author_id == here.person.pk,
            new=read is not None and post.number > read,
        )
    files = GroupFile.objects.filter(post__in=keys, removed_at=None).annotate(reading=outcome_of_file(FILE, "sha256"))
    for file in files.order_by("pk"):
        if not made[file.post_id].hidden:
            made[file.post_id].files.append(file)
    for translation in PostTranslation.objects.filter(post__in=keys).select_related("by").order_by("language"):
        place = made[translation.post_id]
        if not place.hidden:
            place.translations.append(translation)
            if translation.language == language:
                place.translation = translation
    counted = Reaction.objects.filter(post__in=keys).values("post", "kind")
    own = Count("pk", filter=Q(person=here.person.pk or 0))
    for row in counted.annotate(count=Count("pk"), own=own).order_by("post", "kind"):
        made[row["post"]].reactions.append({**row, "words": Reaction.Kind(row["kind"]).label})
    return list(made.values())


def html_of(written: Any) -> str:
    """The HTML of a text, made anew where an older edition of the cleaning made it."""
    return written.html if written.markup == markup.EDITION else markup.render(written.text)


def draft_of(group: Group, thread: Thread | None, person: Reader) -> Draft | None:
    if not person.is_authenticated:
        return None
    return Draft.objects.filter(group=group, thread=thread, person=person).first()


def versions_of(post: Post) -> QuerySet[PostVersion]:
    return PostVersion.objects.filter(post=post).order_by("-version")


def search_posts(group: Group, person: Reader, words: str) -> QuerySet[Post]:
    """The posts of one group that hold all the words, the best first. Hidden ones are not found."""
    query = SearchQuery(markup.plain(words), config="simple", search_type="websearch")
    found = posts_visible_to(person).filter(group=group, hidden_at=None, search=query)
    return found.annotate(rank=SearchRank(F("search"), query)).order_by("-rank", "-written_at")
