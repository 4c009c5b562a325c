"""Groups, threads, members, tasks, files, minutes, decisions and moderators' acts as tables."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from eprm.groups.models import Act, Group, GroupMember, Proposal, Task
from eprm.people.models import Organisation
from eprm.search.queries.files import said_of
from eprm.ui import parts, words
from eprm.ui.clocks import moment_in
from eprm.ui.icons import icon
from eprm.ui.tables import Column, Table

RESULT_TONES = {"adopted": "green", "blocked": "red", "rejected": "red", "no_quorum": "yellow"}
READ_SOON = _("Its words are read within minutes.")
RECORDED = _("The group's own records")


def access_words(group: Group) -> SafeString:
    lock = "" if group.access == Group.Access.OPEN else icon("lock")
    return format_html("<span>{} {}</span>", lock, group.get_access_display())


def _about(group: Group) -> SafeString:
    tiles = mark_safe(" ".join(parts.el(mineral, "s") for mineral in group.minerals))  # noqa: S308 made by el()
    places = ", ".join(filter(None, [group.region, *(words.country(code) for code in group.countries)]))
    return format_html("<span>{} {}</span>", tiles, places) if tiles or places else mark_safe("")


def _about_plain(group: Group) -> str:
    return ", ".join(filter(None, [*group.minerals, group.region, *group.countries]))


def _by_pillar(group: Group) -> str:
    """How many of each pillar, in words: three columns of numbers do not fit a small screen. Files have the three."""
    counts = (
        gettext("%(n)d of the supply chain") % {"n": group.supply_chain_count},
        ngettext("%(n)d government", "%(n)d governments", group.government_count) % {"n": group.government_count},
        gettext("%(n)d of civil society") % {"n": group.civil_society_count},
    )
    return ", ".join(counts)


class GroupTable(Table):
    name = Column(_("Working group"), link=lambda group: reverse("groups:group_detail", args=[group.slug]))
    about = Column(
        _("Minerals and places"), sort=False, accessor="region", empty_values=(), show=_about, export=_about_plain
    )
    access = Column(_("Access"), show=access_words, export=lambda group: group.access)
    people_count = Column(_("People"), align="end")
    by_pillar = Column(
        _("Organisations"),
        accessor="supply_chain_count",
        order_by=("supply_chain_count", "government_count", "civil_society_count"),
        show=_by_pillar,
        exclude_from_export=True,
    )
    supply_chain_count = Column(_("Supply chain"), unit=_("organisations"), visible=False)
    government_count = Column(_("Governments"), unit=_("organisations"), visible=False)
    civil_society_count = Column(_("Civil society"), unit=_("organisations"), visible=False)
    mine = Column(_("You"), sort=False, show=lambda group: gettext("member") if getattr(group, "mine", False) else "")

    class Meta:
        caption = _("Working groups")
        source = _("The groups themselves")
        order_by = "name"


class GroupFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Name or aim"), method="named")
    mineral = django_filters.ChoiceFilter(
        label=_("Mineral"), choices=list(parts.MINERAL_NAMES.items()), empty_label=_("all"), method="about"
    )
    access = django_filters.ChoiceFilter(label=_("Access"), choices=Group.Access.choices, empty_label=_("all"))
    mine = django_filters.ChoiceFilter(
        label=_("Yours"), choices=[("yes", _("only mine"))], empty_label=_("all"), method="own"
    )

    class Meta:
        model = Group
        fields: list[str] = []

    def named(self, found: QuerySet[Group], _name: str, value: str) -> QuerySet[Group]:
        return found.filter(Q(name__icontains=value) | Q(aims__icontains=value) | Q(region__icontains=value))

    def about(self, found: QuerySet[Group], _name: str, value: str) -> QuerySet[Group]:
        return found.filter(minerals__contains=[value])

    def own(self, found: QuerySet[Group], _name: str, _value: str) -> QuerySet[Group]:
        return found.filter(mine=True) if "mine" in found.query.annotations else found


def _unread(thread: Any) -> SafeString | str:
    if thread.unread is None:
        return parts.status("blue", gettext("new"))
    return words.number(thread.unread) if thread.unread else ""


class ThreadTable(Table):
    title = Column(
        _("Thread"), link=lambda thread: reverse("groups:thread_detail", args=[thread.group.slug, thread.pk])
    )
    started_by = Column(_("Begun by"), accessor="started_by__name")
    post_count = Column(_("Contributions"), align="end")
    unread = Column(_("Not read"), align="end", show=_unread, export=lambda thread: thread.unread)
    last_post_at = Column(_("Last contribution"))

    class Meta:
        caption = _("Threads")
        source = RECORDED
        order_by = "-last_post_at"


def pillar_words(member: Any) -> str:
    return str(dict(Organisation.Pillar.choices).get(member.pillar, gettext("none")))


class MemberTable(Table):
    person = Column(_("Person"), accessor="person__name", show=lambda member: str(member.person))
    organisation = Column(_("On behalf of"), accessor="organisation__name")
    pillar = Column(_("Pillar"), show=pillar_words, export=pillar_words)
    role = Column(_("Role"), show=GroupMember.get_role_display, export=GroupMember.get_role_display)
    handle = Column(_("Name them as"), show=lambda member: f"@{member.handle}")
    since = Column(_("Since"))

    class Meta:
        caption = _("Members")
        source = RECORDED


class DecidingMemberTable(MemberTable):
    """The members for those who decide about them."""

    change = Column(
        _("Change"),
        sort=False,
        accessor="pk",
        show=lambda member: format_html(
            '<a href="{}">{}</a>',
            reverse("groups:member_edit", args=[member.group.slug, member.pk]),
            gettext("Role, removal"),
        ),
        export=lambda member: "",
    )

    class Meta(MemberTable.Meta):
        pass


def _task_state(task: Task) -> SafeString:
    return parts.status("green", gettext("done")) if task.done_at else parts.status("none", gettext("open"))


class TaskTable(Table):
    title = Column(_("Task"), link=lambda task: reverse("groups:task_detail", args=[task.group.slug, task.pk]))
    owner = Column(_("Who"), accessor="owner__name")
    due_on = Column(_("Due by"), blank=_("no date"))
    state = Column(_("State"), accessor="done_at", empty_values=(), show=_task_state)
    minutes = Column(_("From the minutes"), accessor="minutes__title")

    class Meta:
        caption = _("Tasks")
        source = RECORDED


class OwnTaskTable(Table):
    title = Column(_("Task"), link=lambda task: reverse("groups:task_detail", args=[task.group.slug, task.pk]))
    group = Column(
        _("Group"), accessor="group__name", link=lambda task: reverse("groups:group_detail", args=[task.group.slug])
    )
    due_on = Column(_("Due by"), blank=_("no date"))

    class Meta:
        caption = _("Your tasks")
        source = RECORDED


class FileTable(Table):
    name = Column(_("File"), link="groups:file_download")
    note = Column(_("What it is"))
    size = Column(_("Size"), align="end", show=lambda file: words.size(file.size))
    by = Column(_("Added by"), accessor="by__name")
    thread = Column(_("In"), accessor="post__thread__title")
    given_at = Column(_("Given"))
    reading = Column(_("In the search"), sort=False, show=lambda file: said_of(file.reading) or READ_SOON)
    remove = Column(
        _("Remove"),
        sort=False,
        accessor="pk",
        show=lambda file: format_html(
            '<a href="{}">{}</a>', reverse("groups:file_remove", args=[file.group.slug, file.pk]), gettext("Remove")
        ),
        export=lambda file: "",
    )

    class Meta:
        caption = _("Files")
        source = RECORDED


class MinutesTable(Table):
    title = Column(_("Meeting"), link=lambda each: reverse("groups:minutes_detail", args=[each.group.slug, each.pk]))
    held_on = Column(_("Held on"))
    place = Column(_("Where"))
    taken_by = Column(_("Minutes by"), accessor="taken_by__name")

    class Meta:
        caption = _("Minutes")
        source = RECORDED


def result_pill(proposal: Proposal) -> SafeString:
    if proposal.closed_at is None:
        return parts.status("blue", gettext("open"))
    return parts.status(RESULT_TONES[proposal.result], proposal.get_result_display())


class ProposalTable(Table):
    title = Column(_("Proposal"), link=lambda each: reverse("groups:proposal_detail", args=[each.group.slug, each.pk]))
    result = Column(_("Result"), empty_values=(), show=result_pill)
    proposed_by = Column(_("Proposed by"), accessor="proposed_by__name")
    closes_at = Column(_("Closes"), show=lambda proposal: moment_in(proposal.closes_at, proposal.zone))

    class Meta:
        caption = _("Decisions")
        source = RECORDED
        order_by = "-closes_at"


class ActTable(Table):
    at = Column(_("When"))
    by = Column(_("Who"), accessor="by__name")
    kind = Column(_("Did"), show=Act.get_kind_display, export=Act.get_kind_display)
    subject = Column(_("To whom or what"))
    reason = Column(_("Because"))

    class Meta:
        caption = _("What moderators did")
        source = _("Written with each act; nobody can change it")
