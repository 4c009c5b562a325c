from django.apps import AppConfig
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

FACTS = (
    *("OrganisationName", "OrganisationIdentifier", "OrganisationMineral", "OrganisationRegion", "OrganisationTopic"),
    *("OrganisationProfile", "Showing", "Partner"),
)


def _keeps(person: object) -> bool:
    return bool(getattr(person, "is_secretariat", False))


class PeopleConfig(AppConfig):
    name = "eprm.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from eprm.base import outbox, personal  # noqa: PLC0415 - models can be imported only from here on
        from eprm.people import models, own, trail  # noqa: PLC0415
        from eprm.people.actions import INVITATION_MAIL  # noqa: PLC0415
        from eprm.people.letters import ANSWER_MAIL, REQUEST_MAIL  # noqa: PLC0415
        from eprm.people.queries import joining  # noqa: PLC0415
        from eprm.ui import navigation  # noqa: PLC0415

        outbox.name_kind(INVITATION_MAIL, _("Invitation to an organisation"), secret=True)
        outbox.name_kind(REQUEST_MAIL, _("Request to join an organisation"))
        outbox.name_kind(ANSWER_MAIL, _("Answer to a request to join"))
        trail.add(
            models.Organisation, of=lambda organisation: Q(id__in=organisation.ids), hidden=["created_at", "normalised"]
        )
        trail.add(models.Membership)
        trail.add(models.Invitation, hidden=["organisation", "invited_at"])
        trail.add(models.ApiToken, hidden=["organisation", "created_at"])
        trail.add(models.JoinRequest, hidden=["organisation", "asked_at"])
        for fact in FACTS:
            trail.add(getattr(models, fact), hidden=["organisation", "normalised"])
        personal.register(
            "account",
            own.export_account,
            own.erase_account,
            label=_("Your account"),
            stays=_("The account's number, so that what you did for an organisation still counts as one person's."),
            last=True,
        )
        personal.register(
            "said",
            own.export_said,
            own.erase_said,
            label=_("Your requests, languages and consents"),
            stays=_("That you agreed to something and took it back, without your name."),
        )
        personal.register(
            "roles",
            own.export_roles,
            own.erase_roles,
            label=_("Your roles and invitations"),
            stays=_("That somebody held a role from one day to another, without your name."),
        )
        navigation.add("meet", _("Directory"), "people:directory_list", order=10, visible=navigation.everyone)
        navigation.add("meet", _("Map"), "people:directory_map", order=15, visible=navigation.everyone)
        navigation.add(
            "meet", _("All organisations"), "people:organisation_list", order=90, visible=_keeps, office=True
        )
        navigation.add("account", _("What we tell"), "people:organisation_facts", order=15)
        navigation.attention(
            lambda person: (joining.requests_waiting_for(person),),
            ngettext_lazy("%(n)d request to join", "%(n)d requests to join", "n"),
            "people:request_list",
        )
        navigation.add("account", _("Your organisation"), "people:organisation_detail", order=10)
        navigation.add("account", _("Who changed what"), "people:change_list", order=20)
        navigation.add("account", _("Your account"), "people:profile", order=30)
