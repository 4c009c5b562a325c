from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class GroupsConfig(AppConfig):
    name = "eprm.groups"
    label = "groups"
    verbose_name = _("Groups")

    def ready(self) -> None:
        from eprm.base import confidential, outbox, personal, retention  # noqa: PLC0415 - models come before
        from eprm.groups import own  # noqa: PLC0415
        from eprm.groups.actions import delivery, finding, incoming  # noqa: PLC0415
        from eprm.groups.queries import groups, work  # noqa: PLC0415
        from eprm.people import audiences  # noqa: PLC0415
        from eprm.search import kinds  # noqa: PLC0415
        from eprm.ui import navigation  # noqa: PLC0415

        navigation.add("meet", _("Groups"), "groups:group_list", order=10, visible=navigation.everyone)
        navigation.add("meet", _("Mails to groups"), "groups:mail_list", order=80)
        navigation.attention(
            lambda person: (groups.invitations_for(person),),
            ngettext_lazy("%(n)d invitation to a group", "%(n)d invitations to groups", "n"),
            "groups:group_list",
        )
        navigation.attention(
            lambda person: (work.open_tasks_of(person),),
            ngettext_lazy("%(n)d task of yours in a group", "%(n)d tasks of yours in groups", "n"),
            "groups:task_own",
        )
        confidential.declare("groups.Report", confidential.Level.PERSON, "reporter")
        outbox.name_kind(delivery.NOTICE_MAIL, _("News of a group"))
        outbox.name_kind(delivery.DIGEST_MAIL, _("Digest of groups"))
        outbox.name_kind(delivery.PLACE_MAIL, _("Place in a group"))
        outbox.name_kind(incoming.ANSWER_MAIL, _("Answer to a mail to a group"))
        kinds.add(finding.GROUP, _("Working groups"), finding.all_groups)
        kinds.add(finding.POST, _("Contributions"), finding.all_posts)
        kinds.add(work.FILE, _("Files of groups"), finding.all_files)
        kinds.add(finding.PAGE, _("Pages of groups"), finding.all_pages)
        kinds.add(finding.MINUTES, _("Minutes"), finding.all_minutes)
        kinds.add(finding.PROPOSAL, _("Decisions of groups"), finding.all_proposals)
        audiences.add("group", keys_of=_keys_of, choices_for=_choices_for, name_of=_name_of, voices_of=_voices_of)
        personal.register(
            "groups",
            own.export_groups,
            own.erase_groups,
            label=_("Your groups"),
            stays=_("What you wrote in groups, without your name: others have answered it."),
        )
        retention.register("removed-files", 30, own.remove_files, label=_("Files taken out of groups"))


def _keys_of(person: Any) -> Iterable[str]:
    from eprm.groups.queries.groups import my_group_ids  # noqa: PLC0415

    return [f"group:{pk}" for pk in my_group_ids(person)]


def _choices_for(person: Any) -> Iterable[tuple[str, str]]:
    from eprm.groups.queries.groups import my_memberships  # noqa: PLC0415

    return [(f"group:{member.group_id}", str(member.group)) for member in my_memberships(person)]


def _name_of(key: str) -> str:
    from eprm.groups.queries.groups import group_named  # noqa: PLC0415

    return group_named(key.partition(":")[2])


def _voices_of(person: Any) -> Iterable[Any]:
    """Facilitators speak for their group while it goes on."""
    from eprm.groups.models import Group, GroupMember  # noqa: PLC0415
    from eprm.groups.queries.groups import my_memberships  # noqa: PLC0415
    from eprm.people.audiences import Voice  # noqa: PLC0415

    led = my_memberships(person).filter(role=GroupMember.Role.FACILITATOR, group__ended_at=None)
    return [
        Voice(f"group:{member.group_id}", str(member.group), member.group.access != Group.Access.HIDDEN)
        for member in led.order_by("group__name")
    ]
