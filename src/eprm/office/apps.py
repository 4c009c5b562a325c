from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


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
        navigation.add("account", _("Office"), "office:mail_list", order=60, visible=rules.is_of_secretariat)
        navigation.attention(
            queries.mails_waiting_for,
            ngettext_lazy("%(n)d mail that waits for a look", "%(n)d mails that wait for a look", "n"),
            "office:mail_list",
            query="?state=held",
        )
