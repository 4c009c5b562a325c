"""Which declarations a year's view rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F, IntegerField, QuerySet
from django.db.models.functions import Coalesce, ExtractYear

from eprm.diligence import lifecycle
from eprm.diligence.models import Enquiry, Upload
from eprm.diligence.queries.uploads import uploads_visible_to
from eprm.people.models import Organisation, Person

# A declaration filed under no supplier still comes from somebody: it counts by itself.
SENDER = Coalesce(F("upload__supplier_id"), -F("upload_id"))


@dataclass(frozen=True, slots=True)
class CompanyYear:
    """One organisation's accepted declarations of one year, as `person` may see them, judged as of the day `on`."""

    person: Person
    organisation: Organisation
    year: int
    on: date

    def before(self) -> CompanyYear:
        """The year before, judged on the same day a year earlier."""
        day = 28 if (self.on.month, self.on.day) == (2, 29) else self.on.day
        return replace(self, year=self.year - 1, on=date(self.on.year - 1, self.on.month, day))


def files_in_force(person: Person, organisation: Organisation) -> QuerySet[Upload]:
    """The organisation's files that no later file has replaced, each with the `year` it speaks of.

    An accepted file counts until the corrected one is accepted too. The year is that of the declaration's effective
    date, else of the day it came.
    """
    theirs = uploads_visible_to(person).filter(organisation=organisation).exclude(state=lifecycle.SUPERSEDED)
    return theirs.annotate(
        year=Coalesce(
            ExtractYear("declaration__effective_date"), ExtractYear("received_at"), output_field=IntegerField()
        )
    )


def accepted(view: CompanyYear) -> QuerySet[Upload]:
    """The year's accepted declarations."""
    return files_in_force(view.person, view.organisation).filter(state=lifecycle.ACCEPTED, year=view.year)


def years_for(person: Person, organisation: Organisation) -> list[int]:
    """The years with an accepted declaration or an enquiry, newest first."""
    declared = files_in_force(person, organisation).filter(state=lifecycle.ACCEPTED).values_list("year", flat=True)
    asked = Enquiry.objects.filter(organisation__in=person.organisation_ids(), organisation=organisation)
    return sorted({*declared.order_by().distinct(), *asked.values_list("year", flat=True).distinct()}, reverse=True)
