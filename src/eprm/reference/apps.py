from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferenceConfig(AppConfig):
    name = "eprm.reference"
    label = "reference"
    verbose_name = _("Reference lists")

    def ready(self) -> None:
        from eprm.people import trail  # noqa: PLC0415 - models can be imported only from here on
        from eprm.reference.models import Release  # noqa: PLC0415
        from eprm.ui import navigation  # noqa: PLC0415

        trail.add(Release, hidden=["organisation", "sha256", "file", "loaded_at"])
        navigation.add("check", _("Reference lists"), "reference:start", order=60)
