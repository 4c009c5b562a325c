from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "eprm.events"
    label = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        # Models are loaded only now; what these modules read stands in them.
        from eprm.base import outbox, personal, retention  # noqa: PLC0415
        from eprm.events import letters, own, panel, queries, rules  # noqa: PLC0415
        from eprm.events.actions import finding  # noqa: PLC0415
        from eprm.search import kinds  # noqa: PLC0415
        from eprm.ui import navigation, panels, statuses  # noqa: PLC0415

        navigation.add("meet", _("Events"), "events:event_list", order=20, visible=navigation.everyone)
        navigation.add(
            "results", _("Events in figures"), "events:figure_list", order=80, visible=rules.can_read_figures
        )
        kinds.add(finding.EVENT, _("Event"), finding.all_events)
        kinds.add(queries.FILE, _("Files of events"), finding.all_files)
        panels.add("group", _("Events of the group"), panel.group_events, "events/_group_events.html")
        # The words hold a key to the registration.
        outbox.name_kind(letters.KIND, _("Registration for an event"), secret=True)
        statuses.add("registration.seat", "green", _("has a seat"))
        statuses.add("registration.waiting", "yellow", _("on the waiting list"))
        statuses.add("registration.asked", "none", _("address not confirmed yet"))
        statuses.add("registration.cancelled", "none", _("does not come"))
        personal.register(
            "events",
            own.export_events,
            own.erase_events,
            label=_("Your registrations"),
            stays=_("That somebody was at an event, without a name: it is counted."),
        )
        retention.register(
            "event-names", 365, own.remove_names, label=_("Names and addresses of who registered, after the event")
        )
        retention.register(
            "event-unconfirmed", 7, own.remove_unconfirmed, label=_("Addresses registered and never confirmed")
        )
