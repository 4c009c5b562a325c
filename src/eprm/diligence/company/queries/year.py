"""Which declarations a year's view rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Count, F, Func, IntegerField, QuerySet, Sum
from django.db.models.functions import Coalesce, ExtractYear

from eprm.diligence import lifecycle
from eprm.diligence.models import Enquiry, Upload
from eprm.diligence.queries.uploads import uploads_visible_to
from eprm.people.models import Organisation, Person

# A declaration filed under no supplier still comes from somebody: it counts by itself.
SENDER = Coalesce(F("upload__supplier_id"), -F("upload_id"))
YEAR = Coalesce(ExtractYear("declaration__effective_date"), ExtractYear("received_at"), output_field=IntegerField())
# The file, whose it is, and its acceptance: what an accepted declaration says cannot change otherwise.
HASH = Func(
    F("pk"),
    F("supplier_id"),
    F("accepted_at"),
    template="hashtextextended(concat_ws(':', %(expressions)s), 0)",
    output_field=BigIntegerField(),
)
YEAR_OF_ROW = Coalesce(ExtractYear("upload__declaration__effective_date"), ExtractYear("upload__received_at"))


@dataclass(frozen=True, slots=True)
class CompanyYear:
    """One organisation's accepted declarations of one year, as `person` may see them, judged as of the day `on`.

    `declared` are the organisation's `declared_years`, where they are known already. `read` holds what was read for the
    page that is being made: a view of the year lives no longer than that.
    """

    person: Person
    organisation: Organisation
    year: int
    on: date
    declared: Mapping[int, str] | None = None
    read: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    def before(self) -> CompanyYear:
        """The year before, judged on the same day a year earlier; both read together."""
        day = 28 if (self.on.month, self.on.day) == (2, 29) else self.on.day
        return replace(self, year=self.year - 1, on=date(self.on.year - 1, self.on.month, day))

    def once(self, what: str, read: Callable[[CompanyYear], Any]) -> Any:
        """What `read` answers of this year, asked once for the page."""
        key = (self.year, what)
        if key not in self.read:
            self.read[key] = read(self)
        return self.read[key]


def files_in_force(person: Person, organisation: Organisation) -> QuerySet[Upload]:
    """The organisation's files that no later file has replaced, each with the `year` it speaks of.

    An accepted file counts until the corrected one is accepted too. The year is that of the declaration's effective
    date, else of the day it came.
    """
    theirs = uploads_visible_to(person).filter(organisation=organisation).exclude(state=lifecycle.SUPERSEDED)
    return theirs.annotate(year=YEAR)


def accepted(view: CompanyYear) -> QuerySet[Upload]:
    """The year's accepted declarations."""
    return files_in_force(view.person, view.organisation).filter(state=lifecycle.ACCEPTED, year=view.year)


def accepted_in_both(view: CompanyYear) -> QuerySet[Upload]:
    """The accepted declarations of the year and of the one before."""
    years = (view.year - 1, view.year)
    return files_in_force(view.person, view.organisation).filter(state=lifecycle.ACCEPTED, year__in=years)


def declared_years(person: Person, organisation: Organisation) -> dict[int, str]:
    """The years with an accepted declaration, each with the fingerprint of its declarations."""
    found = fingerprints(files_in_force(person, organisation).filter(state=lifecycle.ACCEPTED))
    return {year: fingerprint for (_organisation, year), fingerprint in found.items()}


def fingerprints(files: QuerySet[Upload]) -> dict[tuple[int, int], str]:
    """For each organisation and year, how many files there are and the sum of their hashes. One query."""
    counted = files.order_by().values_list("organisation", "year").annotate(files=Count("pk"), hashes=Sum(HASH))
    return {(organisation, year): f"{count}:{hashes}" for organisation, year, count, hashes in counted}


def years_for(person: Person, organisation: Organisation, declared: Mapping[int, str] | None = None) -> list[int]:
    """The years with an accepted declaration or an enquiry, newest first."""
    known = declared_years(person, organisation) if declared is None else declared
    asked = Enquiry.objects.filter(organisation__in=person.organisation_ids(), organisation=organisation)
    return sorted({*known, *asked.values_list("year", flat=True).distinct()}, reverse=True)
