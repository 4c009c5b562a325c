"""The two functions that alone may write what the site's role may not: seals, and erasures from the audit trail."""

from django.db import migrations

# A row's hash is over its columns in the order of their names, each quoted, and over whose deed it was. `columns` is
# the shape under which it is (or was) sealed; the answer is an SQL expression over `e`, the row, and `k`, its context.
ROW_HASH = """
CREATE FUNCTION eprm_row_hash(columns text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT 'sha256(convert_to(' || string_agg(format('quote_nullable(e.%I::text)', name), $q$ || ',' || $q$ ORDER BY name)
    || CASE WHEN 'pgh_context_id' = ANY (columns) THEN $q$ || ',' || quote_nullable(k.metadata->>'person')$q$ ELSE '' END
    || $q$, 'UTF8'))$q$ FROM unnest(columns) AS name $$;
"""
# The history row with its context, to be joined by what follows.
ROW_FROM = """
CREATE FUNCTION eprm_row_from(source text, columns text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT format('%s AS e', source) || CASE WHEN 'pgh_context_id' = ANY (columns)
    THEN ' LEFT JOIN pghistory_context k ON k.id = e.pgh_context_id' ELSE '' END $$;
"""
# Every history table with its columns.
HISTORIES = """
CREATE FUNCTION eprm_histories() RETURNS TABLE (name text, columns text[]) LANGUAGE sql STABLE AS $$
  SELECT c.relname::text, array_agg(a.attname::text ORDER BY a.attname)
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
  GROUP BY c.relname HAVING bool_or(a.attname = 'pgh_id') ORDER BY c.relname $$;
"""
SETTINGS = """SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO, YMD'
  SET bytea_output = 'hex' SET extra_float_digits = 1 SET intervalstyle = 'postgres'"""
SEAL_HASH = """
CREATE FUNCTION eprm_seal_hash(previous bytea, at timestamptz, which bigint) RETURNS bytea LANGUAGE sql STABLE
  SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET search_path = public, pg_temp AS $$
  SELECT sha256(previous || convert_to(at::text, 'UTF8')
    || string_agg(int8send(r.shape_id) || int8send(r."row") || r.sha256, ''::bytea ORDER BY r.shape_id, r."row"))
  FROM base_sealedrow r WHERE r.seal_id = which $$;
"""
# Rows are looked for from where the chain stood an hour ago: numbers are given before a transaction ends, so a lower
# one may appear after a higher one. No transaction of the site lasts an hour.
SEAL = """
CREATE FUNCTION eprm_seal(most integer DEFAULT 50000) RETURNS bigint LANGUAGE plpgsql @SETTINGS@ AS $$
DECLARE
  last base_seal; start jsonb; reached_now jsonb; history record; shape bigint; shapes bigint[]; highest bigint;
  number bigint; count_now integer; total integer := 0; moment timestamptz := clock_timestamp();
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('eprm_seal', 0));
  SELECT * INTO last FROM base_seal ORDER BY id DESC LIMIT 1;
  SELECT reached INTO start FROM base_seal WHERE at < moment - interval '1 hour' ORDER BY id DESC LIMIT 1;
  reached_now := coalesce(last.reached, '{}');
  number := nextval(pg_get_serial_sequence('base_seal', 'id'));
  FOR history IN SELECT * FROM eprm_histories() LOOP
    INSERT INTO base_shape ("table", columns) VALUES (history.name, history.columns) ON CONFLICT DO NOTHING;
    SELECT id INTO shape FROM base_shape s WHERE s."table" = history.name AND s.columns = history.columns;
    SELECT array_agg(id) INTO shapes FROM base_shape s WHERE s."table" = history.name;
    EXECUTE format(
      'INSERT INTO base_sealedrow (seal_id, shape_id, "row", sha256) SELECT $1, $2, e.pgh_id, %s FROM %s
       WHERE e.pgh_id > $3 AND NOT EXISTS (SELECT FROM base_sealedrow r WHERE r.shape_id = ANY ($4) AND r."row" = e.pgh_id)
       ORDER BY e.pgh_id LIMIT $5',
      eprm_row_hash(history.columns), eprm_row_from(quote_ident(history.name), history.columns))
      USING number, shape, coalesce((start ->> history.name)::bigint, 0), shapes, most - total;
    GET DIAGNOSTICS count_now = ROW_COUNT;
    IF count_now > 0 THEN
      SELECT max("row") INTO highest FROM base_sealedrow WHERE seal_id = number AND shape_id = shape;
      reached_now := reached_now || jsonb_build_object(
        history.name, greatest(highest, coalesce((reached_now ->> history.name)::bigint, 0)));
      total := total + count_now;
    END IF;
    EXIT WHEN total >= most;
  END LOOP;
  IF total = 0 THEN RETURN NULL; END IF;
  INSERT INTO base_seal (id, at, rows, previous, sha256, reached) VALUES (number, moment, total,
    coalesce(last.sha256, ''), eprm_seal_hash(coalesce(last.sha256, ''), moment, number), reached_now);
  RETURN number;
END $$;
"""
# `whole` are the person's names and `mails` their addresses, in lower case; the patterns find them inside other words.
# A history row that was sealed gets an amendment: its hash before and after, itself a sealed row.
ERASE = """
CREATE FUNCTION eprm_erase_person(
  person bigint, whole text[], names_pattern text, mails_pattern text, OUT cells integer, OUT history_rows integer
) LANGUAGE plpgsql @SETTINGS@ AS $$
DECLARE
  place record; shape record; found text; changes text; count_now integer;
  said text := 'erased person ' || person; mail text := 'erased-' || person || '@erased.invalid';
BEGIN
  IF current_setting('eprm.job', true) IS DISTINCT FROM 'erasure'
     OR EXISTS (SELECT FROM people_person p WHERE p.id = person AND p.is_active) THEN
    RAISE EXCEPTION 'Only a closed account is erased, and only by the job that erases.';
  END IF;
  cells := 0; history_rows := 0;
  FOR place IN
    SELECT c.relname::text AS name, bool_or(a.attname = 'pgh_id') AS is_history,
      string_agg(format('(%1$I IS NOT NULL AND (%1$I::text ~* $1 OR lower(btrim(%1$I::text)) = ANY ($2)))', a.attname), ' OR ')
        FILTER (WHERE a.atttypid IN ('text'::regtype, 'varchar'::regtype, 'jsonb'::regtype)) AS found,
      string_agg(CASE WHEN a.atttypid = 'jsonb'::regtype
        THEN format('%1$I = regexp_replace(regexp_replace(%1$I::text, $3, $6, ''gi''), $4, $5, ''gi'')::jsonb', a.attname)
        ELSE format('%1$I = left(CASE WHEN lower(btrim(%1$I)) = ANY ($2) THEN $5 ELSE '
          'regexp_replace(regexp_replace(%1$I, $3, $6, ''gi''), $4, $5, ''gi'') END, %2$s)', a.attname,
          CASE WHEN a.atttypmod > 4 THEN a.atttypmod - 4 ELSE 10000000 END) END, ', ')
        FILTER (WHERE a.atttypid IN ('text'::regtype, 'varchar'::regtype, 'jsonb'::regtype)) AS changes
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
      AND a.attgenerated = '' AND c.relname NOT LIKE 'django\\_%' AND c.relname NOT LIKE 'auth\\_%'
      AND c.relname NOT IN ('base_shape', 'base_amendment', 'eprm_cache')
    GROUP BY c.relname ORDER BY 2, 1
  LOOP
    CONTINUE WHEN place.found IS NULL;
    IF place.is_history THEN
      FOR shape IN SELECT * FROM base_shape s WHERE s."table" = place.name LOOP
        EXECUTE format(
          'WITH hit AS (SELECT e.pgh_id, %1$s AS before FROM %2$s JOIN base_sealedrow r ON r.shape_id = $7 AND r."row" = e.pgh_id
             WHERE e.pgh_id IN (SELECT pgh_id FROM %5$I WHERE %3$s)),
           done AS (UPDATE %5$I u SET %4$s WHERE u.pgh_id IN (SELECT pgh_id FROM hit) RETURNING u.*)
           INSERT INTO base_amendment (pgh_created_at, "table", "row", before, after, reason)
           SELECT now(), $8, e.pgh_id, hit.before, %1$s, ''erasure'' FROM %6$s JOIN hit ON hit.pgh_id = e.pgh_id',
          eprm_row_hash(shape.columns), eprm_row_from(quote_ident(place.name), shape.columns), place.found, place.changes,
          place.name, eprm_row_from('done', shape.columns))
          USING concat_ws('|', mails_pattern, names_pattern), whole, mails_pattern, names_pattern, said, mail,
            shape.id, place.name;
        GET DIAGNOSTICS count_now = ROW_COUNT;
        history_rows := history_rows + count_now;
      END LOOP;
    END IF;
    -- Sealed rows have had their turn, and may not change without an amendment.
    EXECUTE format('UPDATE %I AS u SET %s WHERE (%s)', place.name, place.changes, place.found)
      || CASE WHEN place.is_history THEN format(' AND NOT EXISTS (SELECT FROM base_sealedrow r JOIN base_shape s
           ON s.id = r.shape_id WHERE s."table" = %L AND r."row" = u.pgh_id)', place.name) ELSE '' END
      USING concat_ws('|', mails_pattern, names_pattern), whole, mails_pattern, names_pattern, said, mail;
    GET DIAGNOSTICS count_now = ROW_COUNT;
    IF place.is_history THEN history_rows := history_rows + count_now; ELSE cells := cells + count_now; END IF;
  END LOOP;
END $$;
"""
MADE = [each.replace("@SETTINGS@", SETTINGS) for each in (ROW_HASH, ROW_FROM, HISTORIES, SEAL_HASH, SEAL, ERASE)]
NAMES = [
    "eprm_erase_person(bigint, text[], text, text)",
    "eprm_seal(integer)",
    "eprm_seal_hash(bytea, timestamptz, bigint)",
    "eprm_histories()",
    "eprm_row_from(text, text[])",
    "eprm_row_hash(text[])",
]


class Migration(migrations.Migration):
    dependencies = [("base", "0006_safekeeping_isolation")]
    operations = [migrations.RunSQL(MADE, [f"DROP FUNCTION {name}" for name in NAMES])]
