"""What of groups the search finds, and by whom: everything of an open group by everybody, of others by members.

A file's words are read by a job. Until then, and where it has none, it is found by its name and what was said of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from eprm.base.files import bytes_of
from eprm.base.identity import acting_as
from eprm.base.jobs import queue
from eprm.groups.models import Group, GroupFile, GroupPage, Minutes, Post, Proposal
from eprm.groups.queries.threads import page_of_post
from eprm.groups.queries.work import FILE
from eprm.people.audiences import PUBLIC
from eprm.search import actions as search
from eprm.search.kinds import Item
from eprm.search.queries.files import words_of_file
from eprm.search.reading import read, said_name
from eprm.ui.languages import tongue

GROUP, POST, PAGE, MINUTES, PROPOSAL = "group", "post", "group_page", "minutes", "proposal"
Work = GroupPage | Minutes | Proposal
READ_FILE = "groups.read_file"
SHOWN_FILES = Q(removed_at=None) & (Q(post=None) | Q(post__hidden_at=None))


def audience_of(group: Group) -> list[str]:
    """Who finds what the group writes. The members' key is held by whoever is a member when they search."""
    return [PUBLIC] if group.access == Group.Access.OPEN else [f"group:{group.pk}"]


def settle_access(group: Group) -> None:
    """Have the group's access as it is now, and keep it so until this transaction ends.

    What is written while a group is closed must not be found by everybody: whoever closes it waits for us and then
    closes what we wrote, or we wait for them. (The secretariat, where it only moderates, may not hold the group's row.)
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT access FROM groups_group WHERE id = %s FOR SHARE", [group.pk])
        if held := cursor.fetchone():
            group.access = held[0]


def group_item(group: Group) -> Item:
    hidden = group.access == Group.Access.HIDDEN
    return Item(
        kind=GROUP,
        key=group.pk,
        language=tongue(group.founded_by.language),
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
        facets=_facets(group),
        on=post.written_at.date(),
    )


def file_item(file: GroupFile) -> Item:
    """Found where it was given: with its post, or among the group's files."""
    group, post = file.group, file.post
    if post is None:
        url = reverse("groups:file_list", args=[group.slug])
    else:
        address = reverse("groups:thread_detail", args=[group.slug, post.thread_id])
        url = f"{address}?page={page_of_post(post.number)}#p{post.number}"
    return Item(
        kind=FILE,
        key=file.pk,
        language=post.language if post else tongue(file.by.language),
        title=file.name,
        text="\n".join(filter(None, (file.note, words_of_file(FILE, file.pk, file.sha256), said_name(file.name)))),
        url=url,
        audience=audience_of(group),
        facets=_facets(group),
        on=file.given_at.date(),
    )


def _facets(group: Group) -> list[str]:
    return [f"group:{group.pk}", *(f"mineral:{mineral}" for mineral in group.minerals)]


def work_item(work: Work) -> Item:
    """A page, minutes or a proposal, in the language of whoever wrote it last."""
    group = work.group
    if isinstance(work, GroupPage):
        kind, by, on = PAGE, work.edited_by, work.edited_at.date()
        text, url = work.text, reverse("groups:page_detail", args=[group.slug, work.pk])
    elif isinstance(work, Minutes):
        kind, by, on = MINUTES, work.taken_by, work.held_on
        text, url = f"{work.text}\n{work.place}", reverse("groups:minutes_detail", args=[group.slug, work.pk])
    else:
        kind, by, on = PROPOSAL, work.proposed_by, work.opened_at.date()
        text, url = f"{work.text}\n{work.outcome}", reverse("groups:proposal_detail", args=[group.slug, work.pk])
    return Item(
        kind=kind,
        key=work.pk,
        language=tongue(by.language),
        title=work.title,
        text=text,
        url=url,
        audience=audience_of(group),
        facets=_facets(group),
        on=on,
    )


def index_work(work: Work) -> None:
    """Let a page, minutes or a proposal be found as it stands now."""
    settle_access(work.group)
    search.index_items([work_item(work)])


def index_group(group: Group) -> None:
    """Let the group be found as it stands now; what it wrote is found by whoever may read it from now on."""
    search.index_items([group_item(group)])
    search.readdress(f"group:{group.pk}", audience_of(group))


def index_post(post: Post) -> None:
    """Let a post be found as it stands now, or no more while it is hidden."""
    files = list(GroupFile.objects.filter(post=post, removed_at=None).select_related("group", "by", "post"))
    if post.hidden_at is not None:
        search.forget(POST, post.pk)
        search.forget(FILE, *(file.pk for file in files))
    else:
        settle_access(post.group)
        search.index_items([post_item(post)])
        for file in files:
            index_file(file)


def index_file(file: GroupFile) -> None:
    """Let a file be found as it stands now; a job reads its words where that has not been done."""
    settle_access(file.group)
    search.index_items([file_item(file)])
    if words_of_file(FILE, file.pk, file.sha256) is None:
        queue(READ_FILE, {"file_id": file.pk})


def forget_file(file: GroupFile) -> None:
    """A removed file is found no more, and its words are not kept."""
    search.forget(FILE, file.pk)


def read_file(file_id: int) -> None:
    """Read a file, and let it be found by its words, unless it was removed or hidden meanwhile."""
    file = _shown_files().filter(pk=file_id).first()
    if file is None or words_of_file(FILE, file.pk, file.sha256) is not None:
        return
    found = read(file.name, bytes_of(file.sha256))
    with transaction.atomic():
        # Whoever removes or hides meanwhile waits for us, or we for them: nothing is indexed behind their back.
        if file.post_id:
            Post.objects.select_for_update(of=("self",)).get(pk=file.post_id)
        GroupFile.objects.select_for_update(of=("self",)).get(pk=file_id)
        file = _shown_files().filter(pk=file_id).first()
        if file is not None:
            settle_access(file.group)
            search.keep_words(FILE, file.pk, file.sha256, found)
            search.index_items([file_item(file)])


def read_files() -> int:
    """Read whatever files have not been read yet, as after an upgrade; answers how many are queued."""
    waiting = [file.pk for file in _shown_files() if words_of_file(FILE, file.pk, file.sha256) is None]
    queue(READ_FILE, *({"file_id": pk} for pk in waiting))
    return len(waiting)


def _shown_files() -> QuerySet[GroupFile]:
    return GroupFile.objects.filter(SHOWN_FILES).select_related("group", "by", "post")


def all_groups() -> Iterator[Item]:
    """Every group, for building the index anew."""
    with acting_as(None, job="groups"):
        groups = list(Group.objects.select_related("founded_by"))
    return (group_item(group) for group in groups)


def _group_by_group(items_in: Callable[[int], list[Item]]) -> Iterator[Item]:
    """The items of every group, read a group at a time, for building the index anew."""
    with acting_as(None, job="groups"):
        groups = list(Group.objects.values_list("pk", flat=True))
    for pk in groups:
        with acting_as(None, job="groups"):
            items = items_in(pk)
        yield from items


def all_posts() -> Iterator[Item]:
    """Every post that is not hidden."""
    shown = Post.objects.filter(hidden_at=None).select_related("group", "thread").defer("html", "search")
    return _group_by_group(lambda group: [post_item(post) for post in shown.filter(group=group)])


def all_files() -> Iterator[Item]:
    """Every file that is shown."""
    return _group_by_group(lambda group: [file_item(file) for file in _shown_files().filter(group=group)])


def all_pages() -> Iterator[Item]:
    return _all_work(GroupPage.objects.select_related("group", "edited_by"))


def all_minutes() -> Iterator[Item]:
    return _all_work(Minutes.objects.select_related("group", "taken_by"))


def all_proposals() -> Iterator[Item]:
    return _all_work(Proposal.objects.select_related("group", "proposed_by"))


def _all_work(found: QuerySet[Any]) -> Iterator[Item]:
    return _group_by_group(lambda group: [work_item(work) for work in found.filter(group=group).defer("html")])
