from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BaseConfig(AppConfig):
    name = "eprm.base"
    label = "base"

    def ready(self) -> None:
        from eprm.base import files, outbox, own, personal, retention, seals  # noqa: PLC0415 - models can be imported only from here on

        outbox.name_kind(seals.MAIL, _("Seal of the audit trail"))
        personal.register("mails", own.export_mails, own.erase_mails, label=_("Mails to you"))
        retention.register("mails", 365, own.remove_mails, label=_("Mails sent, failed or withdrawn"))
        retention.register("copies", 7, own.remove_copies, label=_("Copies of personal data"))
        retention.register("deliveries", 90, own.remove_deliveries, label=_("Deliveries to webhooks"))
        retention.register(
            "unnamed-files",
            30,
            files.remove_unnamed,
            label=_("Files that no record names any more"),
            least=2,
            why=_("A file is kept before the record that names it, and an import may take hours."),
        )
        retention.register("counters", 2, own.remove_counters, label=_("Counts for rate limits"))
