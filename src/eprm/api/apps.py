from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# The parts mounted in `site.py`, by the first part of their address: what a token's scopes name.
AREAS = {
    "diligence": _("Due diligence"),
    "events": pgettext_lazy("meetings", "Events"),
    "groups": _("Groups"),
    "knowledge": _("Knowledge hub"),
    "members": _("Membership"),
    "people": _("Organisations"),
    "returns": _("Yearly returns"),
    "surveys": _("Surveys"),
    "visits": _("Field visits"),
}


class ApiConfig(AppConfig):
    name = "eprm.api"
    label = "api"

    def ready(self) -> None:
        from eprm.base.models import Delivery, Webhook  # noqa: PLC0415 - models can be imported only from here on
        from eprm.people import scopes, trail  # noqa: PLC0415
        from eprm.ui import navigation, statuses  # noqa: PLC0415

        tones = {"queued": "blue", "delivered": "green", "given_up": "red"}
        for state in Delivery.State:
            statuses.add(f"delivery.{state.value}", tones[state.value], state.label)
        for area, label in AREAS.items():
            scopes.add(area, label)
        trail.add(Webhook, hidden=["organisation", "salt", "made_at", "made_by"])
        navigation.add("account", _("Webhooks"), "webhook_list", order=40)
