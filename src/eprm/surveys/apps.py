from django.apps import AppConfig
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class SurveysConfig(AppConfig):
    name = "eprm.surveys"
    label = "surveys"
    verbose_name = _("Surveys")

    def ready(self) -> None:
        # Models are loaded only now; what these modules read stands in them.
        from eprm.base import outbox, personal, retention  # noqa: PLC0415
        from eprm.search import kinds  # noqa: PLC0415
        from eprm.surveys import lifecycle, own, tables  # noqa: PLC0415
        from eprm.surveys.actions import counting, finding, invitations  # noqa: PLC0415
        from eprm.surveys.queries.surveys import open_for  # noqa: PLC0415
        from eprm.ui import navigation, panels, statuses  # noqa: PLC0415

        navigation.add("meet", _("Surveys"), "surveys:survey_list", order=30, visible=navigation.everyone)
        navigation.attention(
            lambda person: (open_for(person, timezone.localdate()),),
            ngettext_lazy("%(n)d survey to answer", "%(n)d surveys to answer", "n"),
            "surveys:survey_list",
        )
        panels.add("group", _("Surveys of the group"), tables.group_panel, "surveys/_group_surveys.html")
        kinds.add(finding.SURVEY, _("Survey"), finding.all_surveys)
        for name, state in lifecycle.STATES.items():
            statuses.add(f"survey.{name}", state.tone, state.label)
        # The words hold a private link.
        outbox.name_kind(invitations.INVITATION_MAIL, _("Invitation to a survey"), secret=True)
        outbox.name_kind(counting.RESULTS_MAIL, _("Results of a survey"))
        personal.register(
            "surveys",
            own.export_surveys,
            own.erase_surveys,
            label=_("Surveys you answered"),
            stays=_("What you answered, without your name: it is counted."),
        )
        retention.register(
            "survey-sheets",
            365,
            counting.remove_sheets,
            label=_("Single answers and invited addresses, after a survey is counted; its figures stay"),
        )
