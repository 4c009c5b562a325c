"""The tables of the engagement plan and its campaigns, and how the plan is narrowed."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.engagement import lifecycle
from eprm.engagement.models import Target
from eprm.ui import parts
from eprm.ui.tables import Column, Table


class TargetTable(Table):
    name = Column(_("Name"), link="engagement:target_detail")
    priority = Column(_("Priority"))
    kind = Column(_("Kind"))
    stage = Column(
        _("Stage"), show=lambda target: parts.status(f"target.{target.stage}"), export=lambda target: target.stage
    )
    next_step = Column(_("Next step"), sort=False, blank=pgettext_lazy("step", "none"))
    next_on = Column(_("Due by"), blank=_("no day"))
    owner = Column(_("Looked after by"), accessor="owner__name")
    last_contact = Column(_("Last contact"), blank=_("none yet"))

    class Meta:
        caption = _("Partners to reach")
        source = _("The engagement plan")


class TargetFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Name or goal"), method="named")
    stage = django_filters.ChoiceFilter(
        label=_("Stage"), choices=[(key, state.label) for key, state in lifecycle.STAGES.items()], empty_label=_("all")
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Target.Kind.choices, empty_label=_("all"))
    priority = django_filters.ChoiceFilter(label=_("Priority"), choices=Target.Priority.choices, empty_label=_("all"))

    class Meta:
        model = Target
        fields: list[str] = []

    def named(self, found: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return found.filter(Q(name__icontains=value) | Q(goal__icontains=value))


class SegmentTable(Table):
    name = Column(_("Name"), link="engagement:segment_edit")
    used = Column(_("Campaigns"), align="end")

    class Meta:
        caption = _("Segments")
        source = _("The secretariat’s own")


class CampaignTable(Table):
    title = Column(_("What it is called here"), link="engagement:campaign_detail")
    segment = Column(_("For"), accessor="segment__name")
    state = Column(
        _("State"),
        show=lambda campaign: parts.status(f"campaign.{campaign.state}"),
        export=lambda campaign: campaign.state,
    )
    posted = Column(_("Mails"), align="end")
    sent_at = Column(_("Sent"), blank=_("not yet"))

    class Meta:
        caption = _("Campaigns")
        source = _("Mails to people who agreed, and to contacts of the plan")
