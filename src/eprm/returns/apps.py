from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class ReturnsConfig(AppConfig):
    name = "eprm.returns"
    label = "returns"
    verbose_name = _("Yearly returns")

    def ready(self) -> None:
        # Models are loaded only now; what these modules read stands in them.
        from eprm.base import outbox, personal  # noqa: PLC0415
        from eprm.knowledge.queries.start import add_gaps  # noqa: PLC0415
        from eprm.people import trail  # noqa: PLC0415
        from eprm.returns import lifecycle, rules  # noqa: PLC0415
        from eprm.returns.models import Answer, Edition, Evidence, Return, Version  # noqa: PLC0415
        from eprm.returns.queries import persons  # noqa: PLC0415
        from eprm.returns.queries.answers import gap_steps_of  # noqa: PLC0415
        from eprm.returns.queries.returns import own_waiting_for, to_read_for  # noqa: PLC0415
        from eprm.ui import navigation, statuses  # noqa: PLC0415

        def reads(person: object) -> bool:
            return navigation.signed_in(person) and bool(rules.can_read_returns(person))

        def sees_states(person: object) -> bool:
            return navigation.signed_in(person) and bool(rules.can_see_states(person))

        navigation.add("check", _("Yearly return"), "returns:start", order=60)
        navigation.add("check", _("Members’ returns"), "returns:review_list", order=61, visible=reads, office=True)
        navigation.add("check", _("Questionnaire"), "returns:edition_list", order=62, visible=reads, office=True)
        navigation.add("results", _("Members’ progress"), "returns:progress", order=70, visible=navigation.everyone)
        navigation.add(
            "results", _("Who has sent a return"), "returns:board", order=71, visible=sees_states, office=True
        )
        navigation.add("results", _("Group figures"), "returns:publication_list", order=72, visible=reads, office=True)
        navigation.attention(
            own_waiting_for,
            ngettext_lazy("%(n)d yearly return to answer", "%(n)d yearly returns to answer", "n"),
            "returns:start",
        )
        navigation.attention(
            to_read_for,
            ngettext_lazy("%(n)d member’s return to read", "%(n)d members’ returns to read", "n"),
            "returns:review_list",
            query="?state=submitted",
        )
        add_gaps(gap_steps_of)
        personal.register(
            "returns",
            persons.work_of,
            persons.keep_work,
            label=_("Your part in yearly returns"),
            stays=_("That somebody answered, sent or commented for an organisation, without your name."),
        )
        outbox.name_kind("returns", _("about the yearly return"))
        for model, hidden in (
            (Return, ["opened_at"]),
            (Version, []),
            (Answer, ["revision", "saved_at"]),
            (Evidence, []),
        ):
            trail.add(model, hidden=hidden)
        for key, state in lifecycle.STATES.items():
            statuses.add(f"return.{key}", state.tone, state.label)
        for key, tone in {"draft": "yellow", "in_force": "green", "replaced": "none"}.items():
            statuses.add(f"edition.{key}", tone, Edition.State(key).label)
