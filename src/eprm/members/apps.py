from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "eprm.members"
    label = "members"
    verbose_name = _("Membership")

    def ready(self) -> None:
        # Models are loaded only now; what these modules read stands in them.
        from eprm.members import lifecycle  # noqa: PLC0415
        from eprm.members.audience import MEMBERS, choices_for, keys_of, name_of  # noqa: PLC0415
        from eprm.members.models import Member  # noqa: PLC0415
        from eprm.people import audiences, trail  # noqa: PLC0415
        from eprm.ui import statuses  # noqa: PLC0415

        trail.add(Member)
        audiences.add(MEMBERS, keys_of=keys_of, choices_for=choices_for, name_of=name_of)
        for key, state in lifecycle.STATES.items():
            statuses.add(f"member.{key}", state.tone, state.label)
