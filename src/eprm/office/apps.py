from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficeConfig(AppConfig):
    name = "eprm.office"
    label = "office"
    verbose_name = _("Office")

    def ready(self) -> None:
        from eprm.base.models import OutgoingMail  # noqa: PLC0415 - models can be imported only from here on
        from eprm.office import queries, rules  # noqa: PLC0415
        from eprm.ui import navigation, statuses  # noqa: PLC0415

        tones = {"held": "yellow", "queued": "blue", "sending": "blue", "sent": "green", "failed": "red"}
        for state in OutgoingMail.State:
            statuses.add(f"mail.{state.value}", tones.get(state.value, "none"), state.label)
        pages = (
            (_("Mails"), "office:mail_list"),
            (_("Periods of keeping"), "office:period_list"),
            (_("Second factor by role"), "office:factor_list"),
            (_("Seals of the audit trail"), "office:seal_list"),
        )
        for order, (label, route) in enumerate(pages, start=60):
            navigation.add("account", label, route, order=order, visible=rules.is_of_secretariat)
        navigation.attention(queries.mails_waiting_for)
