"""A mistyped word is looked for among its own circle's words, and the longer it is the more like it they must be."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

SEARCH = """
CREATE OR REPLACE FUNCTION people_directory_search(asked text[], most integer) RETURNS TABLE (entry bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
SET pg_trgm.similarity_threshold = 0.3 AS $$
DECLARE
  mine smallint := eprm_circle();
  one text;
  near text[];
  wanted text := '';
BEGIN
  FOREACH one IN ARRAY asked LOOP
    EXECUTE format('SELECT array_agg(w.word) FROM (SELECT word FROM people_directoryword
      WHERE circle = %s AND word LIKE %L ORDER BY entries DESC, word LIMIT 12) w',
      mine, replace(replace(one, '%', ''), '_', '') || '%') INTO near;
    IF near IS NULL THEN
      -- One letter wrong leaves of five letters a third of the trigrams the same, of eight letters half.
      PERFORM set_limit(CASE WHEN length(one) < 6 THEN 0.3 WHEN length(one) < 8 THEN 0.36 ELSE 0.42 END::real);
      EXECUTE format('SELECT array_agg(w.word) FROM (SELECT word FROM people_directoryword
        WHERE circle = %s AND word %% %L ORDER BY similarity(word, %L) DESC, word LIMIT 5) w', mine, one, one)
        INTO near;
    END IF;
    IF near IS NULL THEN
      RETURN;
    END IF;
    wanted := wanted || format(' AND words && %L::text[]', near);
  END LOOP;
  RETURN QUERY EXECUTE format('SELECT id FROM people_directoryentry WHERE circle = %s%s LIMIT %s', mine, wanted, most);
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0007_one_letter_off")]

    operations = [
        migrations.RemoveIndex("directoryword", "directory_word_like"),
        *(
            migrations.AddIndex(
                "directoryword",
                GinIndex(
                    fields=["word"],
                    opclasses=["gin_trgm_ops"],
                    condition=models.Q(("circle", circle)),
                    name=f"directory_word_like_{circle}",
                ),
            )
            for circle in (0, 1, 2)
        ),
        migrations.RunSQL(
            "SELECT similarity('', '')", migrations.RunSQL.noop
        ),  # loads the library whose setting follows
        migrations.RunSQL(SEARCH, migrations.RunSQL.noop),
    ]
