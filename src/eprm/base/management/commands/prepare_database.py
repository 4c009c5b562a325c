"""`eprm prepare_database`: migrate, then close the audit trail to the application's role. Run it as the owner."""

import pghistory.models
from django.apps import apps
from django.core.management import BaseCommand, call_command
from django.db import connection

from eprm.base.isolation import ask_once
from eprm.base.migrating import quickly
from eprm.base.models import Amendment, Seal, SealedRow, Shape
from eprm.base.postgres import APP

# The triggers write events as the owner, so the application's role needs no right on event tables, and has none.
DEFINER = """
SELECT format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = public, pg_temp', oid::regprocedure)
FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND (proname LIKE 'pgtrigger_%%' OR proname = '_pgh_attach_context')
"""
# As shipped, any session may switch a trigger off with `SET pgtrigger.ignore`; here nobody may.
NEVER_IGNORE = """
CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name name) RETURNS boolean AS 'SELECT false' LANGUAGE sql
"""
# As shipped, every row written without a context raises and catches an error, each time walking all foreign keys still
# to be checked: the square of the rows of a transaction, and hours for a large import. Here nothing is raised.
ATTACH = """
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  given uuid := nullif(current_setting('pghistory.context_id', true), '');
  told jsonb := nullif(current_setting('pghistory.context_metadata', true), '');
BEGIN
  IF given IS NULL OR told IS NULL THEN
    RETURN NULL;
  END IF;
  IF NOT EXISTS (SELECT FROM pghistory_context WHERE id = given AND metadata = told) THEN
    INSERT INTO pghistory_context (id, metadata, created_at, updated_at) VALUES (given, told, now(), now())
    ON CONFLICT (id) DO UPDATE SET metadata = EXCLUDED.metadata, updated_at = EXCLUDED.updated_at;
  END IF;
  RETURN given;
END $$
"""
# A record's history is read from its newest change back, a page at a time, however long it is.
PAGED = "CREATE INDEX IF NOT EXISTS {table}_of_thing ON {table} (pgh_obj_id, pgh_id)"
SEALS = (Seal, SealedRow, Shape, Amendment)


class Command(BaseCommand):
    help = "Migrate the database as its owner, and harden the audit trail."

    def handle(self, *args: object, **options: object) -> None:
        with quickly():
            call_command("migrate", interactive=False, verbosity=options["verbosity"])
        with connection.cursor() as cursor:
            ask_once(cursor)
            cursor.execute(ATTACH)
            cursor.execute(DEFINER)
            for (statement,) in cursor.fetchall():
                cursor.execute(statement)
            cursor.execute(NEVER_IGNORE)
            events = [m for m in apps.get_models() if issubclass(m, pghistory.models.Event) and m._meta.managed]
            for model in [*events, pghistory.models.Context, *SEALS]:
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {table} FROM {APP}")
            for model in events:
                cursor.execute(PAGED.format(table=model._meta.db_table))
