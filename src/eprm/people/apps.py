from django.apps import AppConfig
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "eprm.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from eprm.base import outbox  # noqa: PLC0415 - models can be imported only from here on
        from eprm.people import trail  # noqa: PLC0415 - models can be imported only from here on
        from eprm.people.actions import INVITATION_MAIL  # noqa: PLC0415
        from eprm.people.models import ApiToken, Invitation, Membership, Organisation  # noqa: PLC0415
        from eprm.ui import navigation  # noqa: PLC0415

        outbox.name_kind(INVITATION_MAIL, _("Invitation to an organisation"), secret=True)
        trail.add(Organisation, of=lambda organisation: Q(id=organisation.pk), hidden=["created_at"])
        trail.add(Membership)
        trail.add(Invitation, hidden=["organisation", "invited_at"])
        trail.add(ApiToken, hidden=["organisation", "created_at"])
        navigation.add("account", _("Your organisation"), "people:organisation_detail", order=10)
        navigation.add("account", _("Who changed what"), "people:change_list", order=20)
        navigation.add("account", _("Your account"), "people:profile", order=30)
