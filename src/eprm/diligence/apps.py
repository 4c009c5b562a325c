from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiligenceConfig(AppConfig):
    name = "eprm.diligence"
    label = "diligence"
    verbose_name = _("Due diligence")

    def ready(self) -> None:
        # Models are loaded only now; what these modules read stands in them.
        from eprm.diligence import lifecycle  # noqa: PLC0415
        from eprm.diligence.models import SmelterRow  # noqa: PLC0415
        from eprm.diligence.queries.uploads import waiting_count_for  # noqa: PLC0415
        from eprm.ui import navigation, statuses  # noqa: PLC0415

        navigation.add("check", _("Overview"), "diligence:company", order=10)
        navigation.add("check", _("Declarations"), "diligence:upload_list", order=20)
        navigation.add("check", _("Suppliers"), "diligence:supplier_list", order=30)
        navigation.add("check", _("Enquiries"), "diligence:enquiry_list", order=40)
        navigation.add("check", _("Decisions"), "diligence:decision_list", order=50)
        navigation.attention(waiting_count_for)
        for key, state in lifecycle.STATES.items():
            statuses.add(f"declaration.{key}", state.tone, state.label)
        for outcome, tone in {
            SmelterRow.Outcome.OPEN: "yellow",
            SmelterRow.Outcome.MATCHED: "green",
            SmelterRow.Outcome.UNSURE: "violet",
            SmelterRow.Outcome.NOT_SMELTER: "none",
            SmelterRow.Outcome.UNIDENTIFIED: "yellow",
            SmelterRow.Outcome.UNLISTED: "violet",
        }.items():
            statuses.add(f"line.{outcome}", tone, outcome.label)
