"""The history of an organisation: every write, whoever made it, and nothing of others."""

import pghistory
import pytest
from django.db import connection

from eprm.people import actions
from eprm.people.models import Membership, Person
from eprm.people.trail import Trail
from tests import factories


def told(changes):
    return [(c.who, c.verb, c.noun, c.thing, [(str(name), old, new) for name, old, new in c.fields]) for c in changes]


def test_trail_tells_who_changed_what(as_noor, halden):
    actions.edit_organisation(halden, name="Halden Instruments B.V.", country="NL", tier="brand", staff=160, by=as_noor)
    Membership.objects.filter(person=as_noor).update(role="officer")

    changes = [change for change in told(Trail(halden)) if change[1] == "update"]

    assert sorted(changes, key=str) == [
        ("Noor", "update", "membership", "Noor", [("role", "manager", "compliance officer")]),
        ("Noor", "update", "organisation", "Halden Instruments B.V.", [("staff", "", "160")]),
    ]


def test_trail_shows_nothing_of_another_organisation(as_noor, halden, veldkamp):
    things = {change.thing for change in Trail(halden)}

    assert things == {"Halden Instruments B.V.", "Noor"}


def test_trail_can_be_narrowed(as_noor, halden):
    actions.edit_organisation(halden, name="Halden", country="NL", tier="brand", by=as_noor)

    assert len(Trail(halden, kind="people.organisation")) == 2
    assert len(Trail(halden, kind="people.organisation", person_id=as_noor.pk)) == 1
    assert len(Trail(halden, person_id=0)) == 0


@pytest.mark.parametrize("count", [1, 30])
def test_trail_page_takes_the_same_queries_at_any_length(as_noor, halden, count, django_assert_max_num_queries):
    for staff in range(1, count + 1):
        actions.edit_organisation(halden, name="Halden", country="NL", tier="brand", staff=staff, by=as_noor)

    with django_assert_max_num_queries(5):
        assert len(Trail(halden)[0:50]) == count + 2


def test_trail_tells_due_diligence_in_words(as_noor, halden):
    supplier = factories.supplier(halden, "Condensa GmbH")
    factories.enquiry(supplier, 2025)
    factories.decision(halden, as_noor)

    added = [(noun, thing, [new for _, _, new in fields]) for _, _, noun, thing, fields in told(Trail(halden))]

    assert sorted(each for each in added if each[0] not in ("membership", "organisation")) == [
        ("decision on a name", "Straits", ["tin", "Straits", "MY", "unsure, ask the supplier"]),
        ("enquiry", "Condensa GmbH", ["Condensa GmbH", "2025", "CMRT", "2026-01-10", "2026-03-01"]),
        ("supplier", "Condensa GmbH", ["Condensa GmbH", "yes"]),
    ]


def test_context_comes_into_the_trail_only_where_there_is_one_and_as_last_told(db, noor):
    event = Person.pgh_event_model
    alone = Person.objects.create(email="alone@bench.example")
    with pghistory.context(path="first"):
        Person.objects.filter(pk=noor.pk).update(name="N")
        with pghistory.context(path="second"):
            Person.objects.filter(pk=noor.pk).update(name="No")

    paths = (
        event.objects.filter(pgh_obj__in=[alone, noor]).order_by("-pgh_id").values_list("pgh_context__metadata__path")
    )

    assert [path for (path,) in paths][:3] == ["second", "second", None]


def test_rows_without_a_context_raise_nothing_on_the_way(db):
    """Each caught error would walk all foreign keys still to be checked: the square of a large import's rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc LIKE '%EXCEPTION%' FROM pg_proc WHERE proname = '_pgh_attach_context'")

        assert cursor.fetchone() == (False,)
