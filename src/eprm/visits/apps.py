from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy


class VisitsConfig(AppConfig):
    name = "eprm.visits"
    label = "visits"
    verbose_name = _("Field visits")

    def ready(self) -> None:
        # Models are loaded only now; what these modules read stands in them.
        from eprm.base import confidential, outbox  # noqa: PLC0415
        from eprm.search import kinds  # noqa: PLC0415
        from eprm.ui import navigation, panels  # noqa: PLC0415
        from eprm.visits import letters, panel  # noqa: PLC0415
        from eprm.visits.actions import showing  # noqa: PLC0415
        from eprm.visits.queries import findings, visits  # noqa: PLC0415

        navigation.add("meet", _("Field visits"), "visits:visit_list", order=35)
        navigation.add("meet", _("Stories from the field"), "visits:story_list", order=36, visible=navigation.everyone)
        navigation.attention(
            lambda person: (visits.waiting_for(person),),
            ngettext_lazy("%(n)d invitation to a field visit", "%(n)d invitations to field visits", "n"),
            "visits:visit_list",
        )
        navigation.attention(
            lambda person: (findings.due_for(person),),
            ngettext_lazy("%(n)d follow-up of a field visit", "%(n)d follow-ups of field visits", "n"),
            "visits:visit_list",
        )
        outbox.name_kind(letters.KIND, _("News of a field visit"))
        kinds.add(showing.STORY, _("Stories from the field"), showing.all_stories)
        kinds.add(showing.REPORT, _("Reports of field visits"), showing.all_reports)
        panels.add("group", _("Field visits"), panel.visits_of_group, "visits/_visits.html")
        panels.add("brief", _("Stories from the field"), panel.stories_of_brief, "visits/_stories.html")
        confidential.declare("visits.Position", confidential.Level.PERSON, "latitude", "longitude")
        confidential.declare("visits.SafetyNote", confidential.Level.PERSON, "text")
        self._name_statuses()
        self._keep_promises()

    def _name_statuses(self) -> None:
        from eprm.ui import statuses  # noqa: PLC0415

        for key, tone, words in (
            ("visit.planned", "blue", pgettext_lazy("visit", "planned")),
            ("visit.under_way", "violet", _("under way")),
            ("visit.reporting", "yellow", _("report being written")),
            ("visit.closed", "green", pgettext_lazy("visit", "closed")),
            ("visit.cancelled", "red", pgettext_lazy("visit", "cancelled")),
            ("actor.named", "green", _("may be named")),
            ("actor.unnamed", "none", _("unnamed")),
            ("photo.asked", "yellow", _("faces not stated yet")),
            ("photo.none", "green", _("no face can be recognised")),
            ("photo.agreed", "green", _("everybody shown has agreed")),
            ("visit_finding.good", "green", _("good practice")),
            ("visit_finding.improve", "yellow", _("to be improved")),
            ("visit_finding.concern", "red", pgettext_lazy("finding", "concern")),
            ("follow_up.open", "blue", pgettext_lazy("follow-up", "open")),
            ("follow_up.late", "red", _("overdue")),
            ("follow_up.done", "green", _("done")),
            ("visit_story.draft", "none", _("not released yet")),
            ("visit_story.waits", "blue", pgettext_lazy("story", "released")),
            ("visit_story.public", "green", _("everybody reads it")),
            ("visit_story.withheld", "red", _("withheld")),
        ):
            statuses.add(key, tone, words)

    def _keep_promises(self) -> None:
        from eprm.base import personal, retention  # noqa: PLC0415
        from eprm.visits import own  # noqa: PLC0415

        personal.register(
            "visits",
            own.export_visits,
            own.erase_visits,
            label=_("Your field visits"),
            stays=_("What you observed and found, without your name: others rely on it."),
        )
        retention.register("visit-safety", 60, own.remove_safety, label=_("Safety notes, after the visit"))
        retention.register(
            "visit-names", 730, own.remove_names, label=_("Names, words and positions of people heard on a visit")
        )
        retention.register("visit-photos", 1095, own.remove_photos, label=_("Photos of a visit that no story shows"))
