"""Two organisations become one, and nothing that pointed at the first is lost."""

import re

import pghistory.models
import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from eprm.base.errors import NotAllowed
from eprm.base.identity import acting_as
from eprm.diligence.models import Supplier, Upload
from eprm.people.actions import facts, merging
from eprm.people.actions.directory import choose_showing
from eprm.people.identity import acting_for
from eprm.people.models import (
    DirectoryEntry,
    Membership,
    Organisation,
    OrganisationIdentifier,
    OrganisationName,
    Person,
)
from eprm.people.trail import Trail
from tests import factories


@pytest.fixture
def femke(db):
    return factories.member("manager", factories.organisation("EPRM", tier="secretariat"), "Femke")


@pytest.fixture
def two(db):
    """Halden, registered twice: Noor made the first, Rita the second and fuller one."""
    halden, again = factories.organisation("Halden Instruments B.V."), factories.organisation("Halden Instruments")
    return halden, again, factories.member("manager", halden, "Noor"), factories.member("manager", again, "Rita")


def test_pointers_know_every_column_that_names_an_organisation(db):
    """Walks the database itself: a foreign key to an organisation that no model would move fails here."""
    known = {(pointer.model._meta.db_table, pointer.column) for pointer in merging.pointers()}
    histories = {m._meta.db_table for m in apps.get_models() if issubclass(m, pghistory.models.Event)}
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT DISTINCT cl.relname, a.attname FROM pg_attribute a JOIN pg_class cl ON cl.oid = a.attrelid
            LEFT JOIN pg_constraint c ON c.conrelid = cl.oid AND a.attnum = ANY (c.conkey) AND c.contype = 'f'
            WHERE cl.relkind = 'r' AND cl.relnamespace = 'public'::regnamespace AND a.attnum > 0
            AND NOT a.attisdropped
            AND (c.confrelid = 'people_organisation'::regclass OR a.attname = 'organisation_id')""")
        there = {(table, column) for table, column in cursor.fetchall() if table not in histories}

    assert there - known == {("people_directoryentry", "organisation_id")}


def test_merge_organisations_moves_every_row_of_every_app(femke, two):
    halden, again, noor, rita = two
    with acting_as(noor.pk, [halden.pk]):
        upload = factories.upload(halden, noor)
        supplier = factories.supplier(halden)

    with acting_for(femke, path="test"):
        merging.merge_organisations(halden, again, reason="registered twice", by=femke)

    with acting_as(rita.pk, [again.pk]):
        assert (Upload.objects.get(pk=upload.pk).organisation_id, Supplier.objects.get().pk) == (again.pk, supplier.pk)
    assert Person.objects.get(pk=noor.pk).role_in(again.pk) == "manager"
    assert Organisation.objects.get(pk=halden.pk).merged_into_id == again.pk
    left = []
    with connection.cursor() as cursor:
        for pointer in merging.pointers():
            if pointer.model is not Organisation:
                cursor.execute(
                    f"SELECT count(*) FROM {pointer.model._meta.db_table} WHERE {pointer.column} = %s", [halden.pk]
                )
                left += [pointer.label] if cursor.fetchone()[0] else []
    assert left == []


def test_merge_organisations_keeps_the_stronger_role_of_who_works_for_both(femke, two):
    halden, again, noor, _rita = two
    Membership.objects.create(person=noor, organisation=again, role="reader", since="2026-01-01")

    with acting_for(femke, path="test"):
        merging.merge_organisations(halden, again, reason="twice", by=femke)

    current = Membership.objects.filter(person=noor, until=None)
    assert list(current.values_list("organisation", "role")) == [(again.pk, "manager")]


def test_merge_organisations_keeps_the_old_name_and_one_of_each_identifier(femke, two):
    halden, again, noor, rita = two
    for person, organisation in ((noor, halden), (rita, again)):
        with acting_for(person, path="test"):
            facts.add_identifier(organisation, scheme="kvk", value="12345678", by=person)

    with acting_for(femke, path="test"):
        merging.merge_organisations(halden, again, reason="twice", by=femke)

        assert list(OrganisationName.objects.values_list("organisation", "name")) == [(again.pk, halden.name)]
        assert list(OrganisationIdentifier.objects.values_list("organisation", "value")) == [(again.pk, "12345678")]


def test_merge_organisations_says_what_stands_in_the_way_and_changes_nothing(femke, two):
    halden, again, noor, rita = two
    clash = next(p for p in merging.pointers() if p.label == "diligence.supplier")
    for person, organisation in ((noor, halden), (rita, again)):
        with acting_as(person.pk, [organisation.pk]):
            factories.supplier(organisation, "Solder & Sons Ltd.")

    with acting_for(femke, path="test"):
        told = merging.preview_merge(halden, again, by=femke)
        with pytest.raises(NotAllowed, match="Settle these first"):
            merging.merge_organisations(halden, again, reason="twice", by=femke)

    assert [part.pointer for part in told.clashes] == [clash]
    assert Organisation.objects.get(pk=halden.pk).merged_into_id is None


def test_preview_merge_counts_and_leaves_all_as_it_is(femke, two):
    halden, again, noor, _rita = two
    with acting_as(noor.pk, [halden.pk]):
        factories.upload(halden, noor)

    with acting_for(femke, path="test"):
        told = {part.pointer.label: part.count for part in merging.preview_merge(halden, again, by=femke).parts}

    assert told == {
        "diligence.batch": 1,
        "diligence.upload": 1,
        "base.storedfile": 1,
        "people.membership": 1,
    }
    assert Membership.objects.get(person=noor).organisation_id == halden.pk


def test_merge_organisations_is_the_secretariats(two):
    halden, again, noor, _rita = two

    with acting_for(noor, path="test"), pytest.raises(NotAllowed, match="The secretariat keeps the directory"):
        merging.merge_organisations(halden, again, reason="x", by=noor)


def test_merge_organisations_refuses_itself_the_secretariat_and_the_merged(femke, two):
    halden, again, _noor, _rita = two
    office = femke.memberships.get().organisation

    with acting_for(femke, path="test"):
        for loser, winner, said in ((halden, halden, "one organisation"), (office, halden, "not merged with")):
            with pytest.raises(NotAllowed, match=said):
                merging.merge_organisations(loser, winner, reason="x", by=femke)
        merging.merge_organisations(halden, again, reason="x", by=femke)
        with pytest.raises(NotAllowed, match="was merged into another already"):
            merging.merge_organisations(halden, again, reason="x", by=femke)


def test_history_of_a_merged_organisation_is_seen_by_the_one_it_became(femke, two):
    halden, again, _noor, rita = two
    with acting_for(femke, path="test"):
        merging.merge_organisations(halden, again, reason="twice", by=femke)

    rita = Person.objects.get(pk=rita.pk)
    with acting_for(rita, path="test"):
        told = [(c.verb, c.thing) for c in Trail(Organisation.objects.get(pk=again.pk), kind="people.membership")]

    assert sorted(told) == [("insert", "Noor"), ("insert", "Rita"), ("update", "Noor")]


@pytest.mark.parametrize("office", [False, True])
def test_rows_are_moved_by_raw_sql_only_for_a_merge(two, office):
    halden, again, noor, _rita = two

    with (
        acting_as(noor.pk, [halden.pk], secretariat=office),
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match="Only the secretariat moves rows"),
        transaction.atomic(),
    ):
        cursor.execute("SELECT eprm_move('diligence_supplier', 'organisation_id', 'id', %s, %s)", [again.pk, halden.pk])


def test_the_directory_forgets_the_merged_organisation(femke, two):
    halden, again, noor, rita = two
    for person, organisation in ((noor, halden), (rita, again)):
        with acting_for(person, path="test"):
            choose_showing(organisation, chosen={"name": 0}, by=person)

    with acting_for(femke, path="test"):
        merging.merge_organisations(halden, again, reason="twice", by=femke)

        assert set(DirectoryEntry.objects.values_list("organisation", flat=True)) == {again.pk}
        assert re.search("Halden Instruments B.V.", str(DirectoryEntry.objects.first().names))


def test_merge_page_asks_who_you_are_shows_what_moves_and_merges(client, femke, two):
    halden, again, _noor, _rita = two
    femke.set_password("sehr geheim 77")
    femke.save()
    address = f"{reverse('people:organisation_merge', args=[halden.pk])}?into={again.pk}"
    client.force_login(femke)

    asked = client.get(address)
    client.post(asked.url, {"password": "sehr geheim 77"})
    page = client.get(address).content.decode()
    done = client.post(address, {"into": again.pk, "reason": "One company, registered twice."})

    assert (asked.status_code, "reauthenticate" in asked.url) == (302, True)
    assert "Halden Instruments B.V. into Halden Instruments?" in page
    assert done.url == reverse("people:organisation_keep", args=[again.pk])
    assert Organisation.objects.get(pk=halden.pk).merged_into_id == again.pk


def test_pages_of_the_keeper_walk_from_listing_to_duplicates(client, femke, two):
    client.force_login(femke)
    typed = {"name": "Halden Instruments", "country": "NL", "tier": "brand", "lei": "", "domain": "halden.example"}

    held = client.post(reverse("people:organisation_list_new"), typed)
    made = client.post(reverse("people:organisation_list_new"), typed | {"apart": "1"})
    wrong = client.post(reverse("people:organisation_list_new"), typed | {"lei": "123"})
    twice = client.get(reverse("people:duplicate_list")).content.decode()

    assert (held.status_code, made.status_code, wrong.status_code) == (422, 302, 422)
    assert "“123” has 3 characters" in wrong.content.decode()
    assert twice.count("Look at both") == 3
