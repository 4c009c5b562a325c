from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class EngagementConfig(AppConfig):
    name = "eprm.engagement"
    label = "engagement"
    verbose_name = _("Engagement")

    def ready(self) -> None:
        # Models are loaded only now; what these modules read stands in them.
        from eprm.base import incoming, outbox, personal, retention  # noqa: PLC0415
        from eprm.engagement import lifecycle, own, rules  # noqa: PLC0415
        from eprm.engagement.actions import forwarded  # noqa: PLC0415
        from eprm.engagement.actions.campaigns import KIND  # noqa: PLC0415
        from eprm.engagement.queries import overdue_for  # noqa: PLC0415
        from eprm.ui import navigation, statuses  # noqa: PLC0415

        def sees_plan(person) -> bool:
            return bool(rules.can_see_plan(person))

        def engages(person) -> bool:
            return bool(rules.can_engage(person))

        navigation.add(
            "meet", _("Engagement plan"), "engagement:target_board", order=60, visible=sees_plan, office=True
        )
        navigation.add("meet", _("Campaigns"), "engagement:campaign_list", order=61, visible=engages, office=True)
        navigation.attention(
            lambda person: overdue_for(person) if sees_plan(person) else (),
            ngettext_lazy("%(n)d step with a partner past its day", "%(n)d steps with partners past their day", "n"),
            "engagement:target_board",
        )
        personal.register(
            "engagement",
            own.export_engagement,
            own.erase_engagement,
            label=_("Campaigns sent to you, and what the engagement plan keeps of you"),
            stays=_("Notes of meetings, calls and mails stay with the partner they are about, without your name."),
        )
        retention.register(
            "campaign-addresses", 1095, own.remove_sendings, label=_("To which addresses a campaign went")
        )
        incoming.register(forwarded.take_in)
        outbox.name_kind(forwarded.ANSWER, _("answer to a forwarded mail"))
        outbox.name_kind(KIND, _("campaign"))
        for key, state in lifecycle.STAGES.items():
            statuses.add(f"target.{key}", state.tone, state.label)
        for key, state in lifecycle.CAMPAIGN.items():
            statuses.add(f"campaign.{key}", state.tone, state.label)
