"""A person's own data, and the history of a record: each one's own, and each organisation's own."""

from __future__ import annotations

from uuid import uuid4

from eprm.base.identity import acting_as
from tests import factories

OWN_DATA = (302, 200, 200, 200, 200, 200)
ASKED = (302, 302, 302, 302, 302, 302)
OF_HALDEN = (302, 200, 200, 200, 404, 404)
RULES = {
    "people:privacy": ("GET", [], OWN_DATA),
    "people:export_ask": ("POST", [], ASKED),
    "people:export_file": ("GET", ["copy"], (302, 404, 404, 404, 404, 404)),
    "people:erase": ("GET", [], OWN_DATA),
    "people:record_history": ("GET", ["kind", "thing"], OF_HALDEN, {"newcomer": 302}),
}


def scene(people):
    officer = people["officer"]
    halden = officer.memberships.get().organisation
    with acting_as(officer.pk, [halden.pk]):
        supplier = factories.supplier(halden, name="Watched Ltd.")
    return {"copy": uuid4(), "kind": "diligence.supplier", "thing": supplier.pk}
