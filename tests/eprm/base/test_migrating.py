"""Migrating the short way leaves the database that the models describe, to the last key, index and trigger."""

import pgtrigger.registry
import pytest
from django.apps import apps
from django.db import connection, models

MANAGED = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'")
        columns = set(cursor.fetchall())
        cursor.execute(
            "SELECT t.relname, a.attname, r.relname FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid"
            " JOIN pg_class r ON r.oid = c.confrelid"
            " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] WHERE c.contype = 'f'"
        )
        keys = set(cursor.fetchall())
        cursor.execute(
            "SELECT tablename, indexname FROM pg_indexes WHERE schemaname = 'public'"
            " UNION SELECT c.relname, o.conname FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid"
        )
        names = set(cursor.fetchall())
        cursor.execute("SELECT c.relname, tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid")
        triggers = set(cursor.fetchall())
    return {"columns": columns, "keys": keys, "names": names, "triggers": triggers}


def test_each_model_has_its_columns(made):
    wanted = {(m._meta.db_table, f.column) for m in MANAGED for f in m._meta.local_concrete_fields}

    assert wanted - made["columns"] == set()


def test_each_reference_is_held_by_the_database(made):
    wanted = {
        (m._meta.db_table, f.column, f.related_model._meta.db_table)
        for m in MANAGED
        for f in m._meta.local_concrete_fields
        if isinstance(f, models.ForeignKey) and f.db_constraint
    }

    assert wanted - made["keys"] == set()


def test_each_index_and_constraint_is_there(made):
    ours = [m for m in MANAGED if m.__module__.startswith("eprm.")]
    wanted = {(m._meta.db_table, item.name) for m in ours for item in [*m._meta.indexes, *m._meta.constraints]}

    assert wanted - made["names"] == set()


def test_each_trigger_is_there(made):
    wanted = {(m._meta.db_table, trigger.get_pgid(m)) for m, trigger in pgtrigger.registry.registered()}

    assert wanted - made["triggers"] == set()
