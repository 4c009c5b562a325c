"""Taking the sums of an organisation's declarations beforehand, a year at a time."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from eprm.base import jobs
from eprm.base.locks import hold
from eprm.diligence.actions.sums import TAKE, lock_name
from eprm.diligence.company.queries import answers, changes, risks, smelters
from eprm.diligence.company.queries.sums import outdated, stamp_of
from eprm.diligence.company.queries.year import CompanyYear, declared_years
from eprm.diligence.models import YearSums
from eprm.diligence.queries.uploads import every_organisation_id
from eprm.people.models import Membership, Organisation, Person

PARTS = {
    "smelters": smelters.add_up_smelters,
    "outcomes": smelters.add_up_outcomes,
    "origins": smelters.add_up_origins,
    "answers": answers.add_up_answers,
    "editions": answers.add_up_editions,
    "changed": changes.add_up_changed,
    "findings": risks.add_up_findings,
    "kinds": risks.add_up_kinds,
    "facts": risks.add_up_facts,
}


@transaction.atomic
def take_sums(*, organisation_id: int) -> int:
    """Add up every year of the organisation whose sums are not kept or no longer true; how many years.

    What commits while a year is added up gives it another stamp, so the stamp is asked before and after.
    """
    hold(lock_name(organisation_id))
    organisation = Organisation.objects.get(pk=organisation_id)
    reader = _reader(organisation)
    kept = dict(YearSums.objects.filter(organisation=organisation).values_list("year", "stamp"))
    taken = 0
    for year in declared_years(reader, organisation):
        view = CompanyYear(reader, organisation, year, date(year, 12, 31))
        if kept.get(year) == (before := stamp_of(view)):
            continue
        sums = {name: add_up(view) for name, add_up in PARTS.items()}
        if stamp_of(view) == before:
            YearSums.objects.filter(organisation=organisation, year=year).delete()
            YearSums.objects.create(organisation=organisation, year=year, stamp=before, sums=sums)
            taken += 1
    return taken


def take_outdated_sums() -> int:
    """Let the sums be taken wherever they are no longer true, whatever deed left them so; of how many organisations."""
    waiting = outdated(every_organisation_id())
    jobs.queue(TAKE, *({"organisation_id": pk} for pk in sorted(waiting)))
    return len(waiting)


def _reader(organisation: Organisation) -> Person:
    """Somebody who may read what the organisation's people may: the sums are for all of them."""
    reader = Person()
    reader.current_memberships = [Membership(organisation=organisation, person=reader)]
    return reader
