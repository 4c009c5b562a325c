"""Which of these SHA-256 no row of any table names, whoever's the rows are. History tables do not keep a file alive."""

from django.db import migrations

UNNAMED = """
CREATE FUNCTION eprm_unnamed(hashes text[]) RETURNS SETOF text LANGUAGE plpgsql STABLE
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE place text; named text[] := '{}'; found text[];
BEGIN
  FOR place IN
    SELECT c.relname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
    GROUP BY c.relname
    HAVING bool_or(a.attname = 'sha256' AND a.atttypid = 'varchar'::regtype) AND NOT bool_or(a.attname = 'pgh_id')
  LOOP
    EXECUTE format('SELECT array_agg(DISTINCT sha256::text) FROM %I WHERE sha256 = ANY ($1)', place)
      INTO found USING hashes;
    named := named || coalesce(found, '{}');
  END LOOP;
  RETURN QUERY SELECT each FROM unnest(hashes) AS each WHERE each <> ALL (named);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("base", "0007_seals_and_erasure")]
    operations = [migrations.RunSQL(UNNAMED, "DROP FUNCTION eprm_unnamed(text[])")]
