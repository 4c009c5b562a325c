from django.apps import AppConfig
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class MembersConfig(AppConfig):
    name = "eprm.members"
    label = "members"
    verbose_name = _("Membership")

    def ready(self) -> None:
        # Models are loaded only now; what these modules read stands in them.
        from eprm.base import personal  # noqa: PLC0415
        from eprm.base.outbox import name_kind  # noqa: PLC0415
        from eprm.members import lifecycle  # noqa: PLC0415
        from eprm.members.audience import MEMBERS, choices_for, keys_of, name_of  # noqa: PLC0415
        from eprm.members.models import Application, Ballot, Invoice, Member, Pledge, WorkedDay  # noqa: PLC0415
        from eprm.members.queries import personal as own  # noqa: PLC0415
        from eprm.people import audiences, trail  # noqa: PLC0415
        from eprm.ui import statuses  # noqa: PLC0415

        for model in (Member, Application, Invoice, Pledge, WorkedDay):
            trail.add(model)
        audiences.add(MEMBERS, keys_of=keys_of, choices_for=choices_for, name_of=name_of)
        for key, state in lifecycle.STATES.items():
            statuses.add(f"member.{key}", state.tone, state.label)
        for key, state in lifecycle.APPLICATION_STATES.items():
            statuses.add(f"application.{key}", state.tone, state.label)
        tones = {"carried": "green", "lost": "red", "tied": "yellow", "no_quorum": "yellow"}
        for outcome, tone in tones.items():
            statuses.add(f"ballot.{outcome}", tone, Ballot.Outcome(outcome).label)
        name_kind("member_application", _("application for membership"))
        name_kind("member_decision", _("decision of the board"))
        name_kind("member_invoice", _("invoice"))
        name_kind("member_reminder", _("reminder of what is owed"))

        personal.register(
            "members",
            own.export_of,
            own.erase,
            label=_("Signatures and working days for your organisation"),
            stays=_("Signatures and votes stay: they bind the organisation that gave them."),
        )
        _show_pages()


def _show_pages() -> None:
    from eprm.members import rules  # noqa: PLC0415
    from eprm.members.queries.applications import to_check_for  # noqa: PLC0415
    from eprm.members.queries.ballots import waiting_for  # noqa: PLC0415
    from eprm.members.queries.screening import alike_for  # noqa: PLC0415
    from eprm.ui import navigation  # noqa: PLC0415

    def offices(person: object) -> bool:
        return person.is_authenticated and bool(rules.can_see_members(person))

    navigation.add("meet", _("Your membership"), "members:start", order=10)
    navigation.add("meet", _("Members"), "members:member_list", order=20, visible=offices, office=True)
    navigation.add("meet", _("Applications"), "members:application_list", order=30, visible=offices, office=True)
    navigation.add("meet", _("Ballots"), "members:ballot_list", order=40, visible=offices, office=True)
    navigation.add("meet", _("Invoices"), "members:invoice_list", order=50, visible=offices, office=True)
    navigation.add("meet", _("What is owed"), "members:duty_list", order=60, visible=offices, office=True)
    navigation.add("meet", _("Rules of membership"), "members:rule_list", order=70)
    navigation.attention(
        lambda person: (waiting_for(person),) if person.board_seat else (),
        ngettext_lazy("%(n)d vote to cast", "%(n)d votes to cast", "n"),
        "members:ballot_list",
    )
    navigation.attention(
        to_check_for,
        ngettext_lazy("%(n)d application to check", "%(n)d applications to check", "n"),
        "members:application_list",
        query="?state=submitted",
    )
    navigation.attention(
        lambda person: alike_for(person, timezone.localdate()),
        ngettext_lazy(
            "%(n)d member with a name like a listed party’s", "%(n)d members with a name like a listed party’s", "n"
        ),
        "members:member_list",
        query="?screening=open",
    )
