"""The sums of a year as they were taken beforehand, where no declaration has changed since.

Adding up 100,000 lines takes PostgreSQL a quarter of a second, and a page does it four times over; the result changes
only when a declaration is accepted, replaced or filed elsewhere. So a job keeps the sums (`company/actions.py`), with a
stamp of the declarations they are of. A page asks for today's stamp first: under the same one the kept sums are what
adding up anew would give; under another they are not looked at, and the page adds up itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from eprm.diligence import lifecycle
from eprm.diligence.company.queries.year import YEAR, CompanyYear, declared_years, fingerprints
from eprm.diligence.models import Upload, YearSums

# Another form of the sums, another number: those of an older form count for nothing.
FORM = 1


def part(view: CompanyYear, name: str, add_up: Callable[[CompanyYear], Any]) -> Any:
    """A part of the year's sums, kept or added up now; lists, texts, numbers and dicts by text, as JSON has them."""
    kept = view.once("sums", _kept)
    return kept[name] if kept is not None and name in kept else view.once(name, add_up)


def _kept(view: CompanyYear) -> dict[str, Any] | None:
    theirs = YearSums.objects.filter(
        organisation__in=view.person.organisation_ids(), organisation=view.organisation, year=view.year
    )
    found = theirs.order_by("-pk").values_list("stamp", "sums").first()
    return found[1] if found is not None and found[0] == stamp_of(view) else None


def stamp_of(view: CompanyYear) -> str:
    """The stamp that sums of this year bear today."""
    declared = declared_years(view.person, view.organisation) if view.declared is None else view.declared
    return stamp(declared, view.year)


def stamp(declared: Mapping[int, str], year: int) -> str:
    """A year's sums compare it with the year before: they rest on the declarations of both."""
    return " ".join([str(FORM), *(declared.get(each, "none") for each in (year - 1, year))])


def outdated(organisation_ids: list[int]) -> set[int]:
    """Those of the organisations with a year whose sums are not taken, or no longer true."""
    accepted = Upload.objects.filter(organisation__in=organisation_ids, state=lifecycle.ACCEPTED).annotate(year=YEAR)
    declared: dict[int, dict[int, str]] = defaultdict(dict)
    for (organisation, year), fingerprint in fingerprints(accepted).items():
        declared[organisation][year] = fingerprint
    rows = YearSums.objects.filter(organisation__in=organisation_ids).values_list("organisation", "year", "stamp")
    kept = {(organisation, year): stamp for organisation, year, stamp in rows}
    return {
        organisation
        for organisation, years in declared.items()
        if any(kept.get((organisation, year)) != stamp(years, year) for year in years)
    }
