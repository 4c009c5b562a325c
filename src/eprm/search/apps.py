from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "eprm.search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from eprm.ui import navigation  # noqa: PLC0415 - models can be imported only from here on

        navigation.add("search", _("Search"), "search:results", order=10, visible=navigation.everyone)
