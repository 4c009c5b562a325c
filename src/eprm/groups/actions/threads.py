"""Writing in a group: threads, posts, translations, and what a reader keeps of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Func, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed, Overtaken
from eprm.groups import markup, rules
from eprm.groups.actions.files import keep_group_file
from eprm.groups.actions.finding import index_post
from eprm.groups.actions.notices import tell
from eprm.groups.actions.standing import standing
from eprm.groups.models import (
    Draft,
    Group,
    GroupFile,
    GroupMember,
    Notice,
    Post,
    PostTranslation,
    PostVersion,
    Reaction,
    ReadMark,
    Thread,
)
from eprm.groups.models.notices import Kind
from eprm.groups.queries.groups import handles_of
from eprm.groups.queries.threads import pictures_of
from eprm.people.models import Person
from eprm.ui.languages import tongue


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came with a post: its bytes under its name."""

    name: str
    content: bytes


class EditedMeanwhile(Overtaken):
    """Somebody saved a newer text first. `text` is theirs, `version` its number; nothing of either is lost."""

    def __init__(self, reason: str, text: str, version: int) -> None:
        super().__init__(reason)
        self.text, self.version = text, version


def start_thread(
    group: Group, *, title: str, text: str, nonce: UUID, by: Person, files: Sequence[Sent] = (), by_mail: bool = False
) -> Thread:
    """A new thread with its first post. The same `nonce` again gives the same thread."""
    if known := Post.objects.filter(nonce=nonce, author=by).select_related("thread").first():
        return known.thread
    member = standing(by, group)
    rules.can_take_part(group, member).require()
    with transaction.atomic():
        thread = Thread.objects.create(
            group=group, title=title.strip()[:200], started_by=by, last_post_at=timezone.now()
        )
        _add_post(thread, member, text=text, nonce=nonce, files=files, by_mail=by_mail)
        Draft.objects.filter(group=group, thread=None, person=by).delete()
    return thread


def write_post(
    thread: Thread, *, text: str, nonce: UUID, by: Person, files: Sequence[Sent] = (), by_mail: bool = False
) -> Post:
    """A contribution to a thread. The same `nonce` again, as when a form is sent twice, gives the same post."""
    if known := Post.objects.filter(nonce=nonce, author=by).first():
        return known
    with transaction.atomic():
        thread = Thread.objects.select_for_update(of=("self",)).select_related("group").get(pk=thread.pk)
        member = standing(by, thread.group)
        rules.can_answer(thread, thread.group, member).require()
        post = _add_post(thread, member, text=text, nonce=nonce, files=files, by_mail=by_mail)
        Draft.objects.filter(thread=thread, person=by).delete()
    return post


def _add_post(
    thread: Thread, member: GroupMember, *, text: str, nonce: UUID, files: Sequence[Sent], by_mail: bool
) -> Post:
    """The post, its files and its notices; the thread's row is locked, or new."""
    by, group = member.person, thread.group
    handles = handles_of(group)
    now = timezone.now()
    post = Post.objects.create(
        group=group,
        thread=thread,
        number=thread.post_count + 1,
        author=by,
        organisation=member.organisation,
        pillar=member.pillar,
        language=tongue(by.language),
        text=text,
        html=markup.render(text, handles=handles),
        markup=markup.EDITION,
        search=_searched(text),
        nonce=nonce,
        by_mail=by_mail,
        written_at=now,
    )
    kept = [keep_group_file(group, name=f.name, content=f.content, member=member, post=post) for f in files]
    if kept:
        post.html = markup.render(text, handles=handles, pictures=pictures_of(kept))
        post.save(update_fields=["html"])
    thread.post_count, thread.last_post_at = post.number, now
    thread.save(update_fields=["post_count", "last_post_at"])
    mark_read(thread, number=post.number, by=by)
    index_post(post)
    tell(group, kind=Kind.POST, event=Notice.Event.POST, by=by, thread=thread, post=post)
    _tell_named(post, markup.mentioned(text), handles)
    return post


def _tell_named(post: Post, named: set[str], handles: Mapping[str, str]) -> None:
    known = GroupMember.objects.filter(
        group_id=post.group_id, state=GroupMember.State.MEMBER, handle__in=named & set(handles)
    ).exclude(person_id=post.author_id)
    for member in known.select_related("person"):
        tell(
            post.group,
            kind=Kind.MENTION,
            event=Notice.Event.POST,
            by=post.author,
            to=member.person,
            thread=post.thread,
            post=post,
        )


def _searched(text: str) -> Func:
    return Func(Value(markup.plain(text)), function="to_tsvector", template="to_tsvector('simple', %(expressions)s)")


def edit_post(post: Post, *, text: str, version: int, by: Person) -> Post:
    """Replace one's own text; the former one is kept. `version` is the one the writer began from."""
    with transaction.atomic():
        post = Post.objects.select_for_update(of=("self",)).select_related("group", "thread").get(pk=post.pk)
        rules.can_edit_post(by, post, post.group, standing(by, post.group)).require()
        if text == post.text:
            return post
        if post.version != version:
            raise EditedMeanwhile(
                _("A newer text was saved meanwhile, perhaps by you in another window. Both are below."),
                post.text,
                post.version,
            )
        named = markup.mentioned(text) - markup.mentioned(post.text)
        keep_version(post)
        handles = handles_of(post.group)
        files = GroupFile.objects.filter(post=post, removed_at=None)
        post.text, post.version, post.edited_at = text, post.version + 1, timezone.now()
        post.html, post.markup = markup.render(text, handles=handles, pictures=pictures_of(files)), markup.EDITION
        post.search = _searched(text)
        post.save(update_fields=["text", "version", "edited_at", "html", "markup", "search"])
        index_post(post)
        _tell_named(post, named, handles)
    return post


def keep_version(post: Post) -> None:
    """Keep the text that is about to be replaced."""
    PostVersion.objects.create(
        group_id=post.group_id,
        post=post,
        version=post.version,
        text=post.text,
        written_at=post.edited_at or post.written_at,
    )


def translate_post(post: Post, *, language: str, text: str, by: Person) -> PostTranslation:
    """Give a post in another language, in one's own words. Replaces an earlier translation into it."""
    group = post.group
    rules.can_take_part(group, standing(by, group)).require()
    if language == post.language:
        raise NotAllowed(_("The contribution is written in this language already."))
    if post.hidden_at is not None:
        raise NotAllowed(_("This contribution is hidden. Whoever hid it can show it again."))
    with transaction.atomic():
        made, _new = PostTranslation.objects.update_or_create(
            post=post,
            language=language,
            defaults={
                "group": group,
                "text": text,
                "html": markup.render(text, handles=handles_of(group)),
                "markup": markup.EDITION,
                "of_version": post.version,
                "by": by,
                "written_at": timezone.now(),
            },
        )
    return made


def react(post: Post, *, kind: str, by: Person) -> bool:
    """Nod to a post, or take the nod back; answers whether it stands now."""
    rules.can_take_part(post.group, standing(by, post.group)).require()
    with transaction.atomic():
        if Reaction.objects.filter(post=post, person=by, kind=kind).delete()[0]:
            return False
        Reaction.objects.bulk_create(
            [Reaction(group_id=post.group_id, post=post, person=by, kind=Reaction.Kind(kind))], ignore_conflicts=True
        )
    return True


def mark_read(thread: Thread, *, number: int, by: Person) -> None:
    """The person has read up to this post."""
    ReadMark.objects.bulk_create(
        [ReadMark(group_id=thread.group_id, thread=thread, person=by, number=number)],
        update_conflicts=True,
        update_fields=["number"],
        unique_fields=["thread", "person"],
    )


def save_draft(group: Group, *, thread: Thread | None, text: str, by: Person, title: str = "") -> Draft | None:
    """Keep words that are not sent yet; without words nothing is kept."""
    rules.can_take_part(group, standing(by, group)).require()
    if not text.strip() and not title.strip():
        Draft.objects.filter(group=group, thread=thread, person=by).delete()
        return None
    draft, _new = Draft.objects.update_or_create(
        group=group, thread=thread, person=by, defaults={"title": title.strip()[:200], "text": text[: markup.LONGEST]}
    )
    return draft
