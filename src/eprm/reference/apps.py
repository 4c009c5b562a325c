from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferenceConfig(AppConfig):
    name = "eprm.reference"
    label = "reference"
    verbose_name = _("Reference lists")

    def ready(self) -> None:
        from eprm.people import trail  # noqa: PLC0415 - models can be imported only from here on
        from eprm.reference.models import Area, Release, Threshold  # noqa: PLC0415
        from eprm.ui import navigation, statuses  # noqa: PLC0415

        for model in (Release, Area, Threshold):
            trail.add(model, of=trail.own_or_shared, hidden=["organisation", "sha256", "file", "loaded_at", "release"])
        navigation.add("check", _("Reference lists"), "reference:start", order=60)
        for key, tone, words in (
            ("none", "none", _("not screened yet")),
            ("clear", "green", _("nobody like it")),
            ("open", "yellow", _("to look at")),
            ("other", "blue", _("somebody else")),
            ("listed", "red", _("a listed party")),
        ):
            statuses.add(f"screening.{key}", tone, words)
