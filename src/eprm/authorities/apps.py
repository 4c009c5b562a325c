from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class AuthoritiesConfig(AppConfig):
    name = "eprm.authorities"
    label = "authorities"
    verbose_name = _("Competent authorities")

    def ready(self) -> None:
        # Models are loaded only now; what these modules read stands in them.
        from eprm.authorities import lifecycle, own, queries  # noqa: PLC0415
        from eprm.base import personal  # noqa: PLC0415
        from eprm.ui import navigation, statuses  # noqa: PLC0415

        def at_a_desk(person) -> bool:
            return queries.authority_of(person) is not None

        def in_the_network(person) -> bool:
            return person.is_authenticated and (person.is_secretariat or at_a_desk(person))

        navigation.add("meet", _("Authorities"), "authorities:authority_list", order=70, visible=navigation.everyone)
        navigation.add("meet", _("Authorities’ questions"), "authorities:topic_list", order=71, visible=in_the_network)
        navigation.add("check", _("Your desk"), "authorities:desk", order=5, visible=at_a_desk)
        navigation.add("check", _("Files for authorities"), "authorities:filing_list", order=60)
        navigation.attention(
            queries.waiting_at_desk_for,
            ngettext_lazy("%(n)d file or concern to take up", "%(n)d files and concerns to take up", "n"),
            "authorities:desk",
        )
        personal.register(
            "authorities",
            own.export_authorities,
            own.erase_authorities,
            label=_("Files, letters and concerns you wrote to authorities"),
            stays=_("Files and letters stay with the authority for as long as the law has them kept."),
        )
        for key, state in lifecycle.STATES.items():
            statuses.add(f"filing.{key}", state.tone, state.label)
            statuses.add(f"filing.own.{key}", state.tone, state.partner_label)
