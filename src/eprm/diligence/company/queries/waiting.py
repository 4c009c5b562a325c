"""The files that wait for somebody of the organisation, of whatever year."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf

from eprm.diligence import lifecycle
from eprm.diligence.company.queries.year import CompanyYear, files_in_force

STATES = (lifecycle.CHECKED, lifecycle.DECIDED, lifecycle.UNREADABLE)
# Whose file it is, as far as known: the supplier, else the company it names, else the file.
SENDER = Coalesce("supplier__name", NullIf("declaration__company_name", Value("")), F("file__name"))


class Waiting(NamedTuple):
    """As much of a waiting file as a list of things to do tells: hundreds of whole ones took as long as the page."""

    pk: int
    state: str
    received_at: datetime
    open_count: int
    error_count: int
    line_count: int
    sender: str


def files_waiting(view: CompanyYear) -> list[Waiting]:
    """The files to decide, to accept, to send back or to ask for again, the oldest first."""
    files = files_in_force(view.person, view.organisation).filter(state__in=STATES).order_by("received_at")
    return [Waiting(*row) for row in files.values_list(*Waiting._fields[:-1], SENDER)]
