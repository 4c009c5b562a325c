"""The database itself keeps organisations apart, whatever the code above it forgets."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from eprm.base.identity import acting_as
from eprm.base.isolation import PER_ROW, POLICIES
from eprm.diligence.models import Supplier
from eprm.people.models import Organisation

# Who works where, and who sits on the board, is read before the person's organisations are known.
SHARED_BY_DESIGN = {
    f"people_{model}{event}"
    for model in ("membership", "apitoken", "invitation", "boardseat")
    for event in ("", "event")
}


@pytest.fixture
def two(db):
    return [Organisation.objects.create(name=name, country="NL", tier="brand") for name in ("Halden", "Veldkamp")]


def test_isolation_every_table_with_an_organisation_has_it(db):
    named = {
        model._meta.db_table
        for model in apps.get_models()
        if any(field.column == "organisation_id" for field in model._meta.concrete_fields)
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        isolated = {name for (name,) in cursor.fetchall()}

    assert named - isolated == SHARED_BY_DESIGN


def test_isolation_raw_sql_sees_no_other_organisation(two):
    mine, other = two
    with acting_as(1, [other.pk]):
        Supplier.objects.create(organisation=other, name="Theirs")

    with acting_as(1, [mine.pk]), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM diligence_supplier")
        suppliers = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM diligence_supplierevent")
        events = cursor.fetchone()

    assert (suppliers, events) == ((0,), (0,))


def test_isolation_refuses_to_write_for_another(two):
    mine, other = two

    with acting_as(1, [mine.pk]), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Supplier.objects.create(organisation=other, name="Forged")


def test_isolation_without_anybody_shows_nothing(two):
    with acting_as(1, [two[0].pk]):
        Supplier.objects.create(organisation=two[0], name="Mine")

    assert Supplier.objects.count() == 0


def test_isolation_nested_identity_is_put_back(two):
    mine, other = two
    with acting_as(1, [mine.pk]):
        Supplier.objects.create(organisation=mine, name="Mine")

        with acting_as(2, [other.pk]):
            inside = Supplier.objects.count()

        assert (inside, Supplier.objects.count()) == (0, 1)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO diligence_supplierevent (pgh_label, organisation_id, name) VALUES ('insert', %s, 'forged')",
        "UPDATE diligence_supplierevent SET name = 'x' WHERE organisation_id = %s",
        "DELETE FROM diligence_supplierevent WHERE organisation_id = %s",
    ],
)
def test_audit_cannot_be_written_by_the_application(two, statement):
    with (
        acting_as(1, [two[0].pk]),
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        cursor.execute(statement, [two[0].pk])


def test_audit_cannot_be_switched_off_by_the_application(two):
    event = apps.get_model("diligence.SupplierEvent")
    with acting_as(1, [two[0].pk]), connection.cursor() as cursor:
        cursor.execute("SET LOCAL pgtrigger.ignore = '{diligence_supplier:insert_insert}'")
        Supplier.objects.bulk_create([Supplier(organisation=two[0], name="Quiet")])
        Supplier.objects.update(name="Loud")

        labels = list(event.objects.order_by("pgh_id").values_list("pgh_label", "name"))

    assert labels == [("insert", "Quiet"), ("update", "Loud")]


def test_isolation_asks_once_a_statement_which_office_acts(db):
    with connection.cursor() as cursor:
        cursor.execute(POLICIES)
        texts = [text for _table, _policy, *both in cursor.fetchall() for text in both if text]

    assert len(texts) > 500
    assert [text for text in texts if PER_ROW.search(text)] == []
