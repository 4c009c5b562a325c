from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "eprm.ui"
    label = "ui"

    def ready(self) -> None:
        from eprm.ui import navigation  # noqa: PLC0415 - once for all, when every app is there

        navigation.add(navigation.FOOT, _("Languages"), "ui:languages", order=90, visible=navigation.everyone)
