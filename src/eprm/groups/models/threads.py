"""What a group says: threads, their posts with every version, and how each reader follows them."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from eprm.groups.models.groups import Group
from eprm.people.models import Organisation

PERSON = settings.AUTH_USER_MODEL


@pghistory.track(exclude=["post_count", "last_post_at"])
class Thread(models.Model):
    """One subject. Its posts are numbered from 1 without gaps, under a lock on this row."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="threads")
    title = models.CharField(_("title"), max_length=200)
    started_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    post_count = models.PositiveIntegerField(_("contributions"), default=0)
    last_post_at = models.DateTimeField(_("last contribution"))
    locked_at = models.DateTimeField(_("locked"), null=True, blank=True)
    locked_because = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("thread")
        indexes = [models.Index(fields=["group", "-last_post_at"])]

    def __str__(self) -> str:
        return self.title


@pghistory.track(exclude=["html", "search"])
class Post(models.Model):
    """One contribution as it stands now, in Markdown. `html` is made from `text` by `eprm.groups.markup`, whose
    `markup` edition is kept, so that text cleaned by an older edition is made anew when it is read."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="posts")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("author"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    pillar = models.CharField(max_length=20, choices=Organisation.Pillar.choices, blank=True)
    language = models.CharField(_("language"), max_length=8)
    text = models.TextField(_("text"))
    html = models.TextField()
    markup = models.PositiveSmallIntegerField()
    search = SearchVectorField(null=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    nonce = models.UUIDField(unique=True, help_text="of the form it was sent with: the same form is one post")
    by_mail = models.BooleanField(_("sent by e-mail"), default=False)
    written_at = models.DateTimeField(_("written"))
    edited_at = models.DateTimeField(_("edited"), null=True)
    hidden_at = models.DateTimeField(_("hidden"), null=True)
    hidden_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", verbose_name=_("hidden by"))
    hidden_because = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("contribution")
        constraints = [models.UniqueConstraint(fields=["thread", "number"], name="post_number_once")]
        indexes = [GinIndex(fields=["search"]), models.Index(fields=["group", "-written_at"])]

    def __str__(self) -> str:
        return f"{self.thread} #{self.number}"


class PostVersion(models.Model):
    """A text that was replaced by a later version: kept word for word."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "version"], name="post_version_once")]

    def __str__(self) -> str:
        return f"{self.post} v{self.version}"


@pghistory.track(exclude=["html"])
class PostTranslation(models.Model):
    """A post in another language, written by somebody and shown as such. `of_version` is the text it stands for."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="translations")
    language = models.CharField(_("language"), max_length=8)
    text = models.TextField(_("text"))
    html = models.TextField()
    markup = models.PositiveSmallIntegerField()
    of_version = models.PositiveIntegerField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("translation of a contribution")
        constraints = [models.UniqueConstraint(fields=["post", "language"], name="post_translation_once")]

    def __str__(self) -> str:
        return f"{self.post} {self.language}"


class Reaction(models.Model):
    """A nod, so that nobody has to write "me too"."""

    class Kind(models.TextChoices):
        HELPFUL = "helpful", _("Helpful")
        SAME = "same", _("We see the same")
        THANKS = "thanks", _("Thank you")

    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="reactions")
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "person", "kind"], name="reaction_once")]

    def __str__(self) -> str:
        return f"{self.kind} · {self.post}"


class Follow(models.Model):
    """How one reader wants to hear of one thread, whatever their choice for the group is."""

    class Level(models.TextChoices):
        FOLLOW = "follow", _("every contribution at once")
        MUTE = "mute", _("nothing")

    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="follows")
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    level = models.CharField(max_length=8, choices=Level.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "person"], name="follow_once")]

    def __str__(self) -> str:
        return f"{self.level} · {self.thread}"


class ReadMark(models.Model):
    """Up to which post somebody has read a thread."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="+")
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "person"], name="read_mark_once")]

    def __str__(self) -> str:
        return f"#{self.number} · {self.thread}"


class Draft(models.Model):
    """Words begun and not sent yet: one for each thread, and one for a new thread of each group. Its writer's alone."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "thread", "person"], nulls_distinct=False, name="draft_once_a_place"
            )
        ]

    def __str__(self) -> str:
        return self.title or str(self.thread)
