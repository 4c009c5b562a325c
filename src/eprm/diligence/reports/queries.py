"""The reports that were kept."""

from __future__ import annotations

from django.db.models import QuerySet

from eprm.diligence.models import Report
from eprm.people.models import Organisation, Person


def reports_visible_to(person: Person, organisation: Organisation) -> QuerySet[Report]:
    """The organisation's kept reports, newest first."""
    kept = Report.objects.filter(organisation__in=person.organisation_ids(), organisation=organisation)
    return kept.select_related("pdf", "workbook", "made_by").order_by("-made_at", "-pk")
