"""Who sees the facts about organisations, the functions that read across that wall, and the first vocabulary."""

from datetime import date

from django.db import migrations

from eprm.base.isolation import isolate, policies
from lode.smelters.names import normalise

OWN = "organisation_id = ANY ((SELECT eprm_orgs())::bigint[])"
SECRETARIAT = "current_setting('eprm.secretariat', true) = '1'"
BOARD = "current_setting('eprm.board', true) = '1'"
ONESELF = "person_id = nullif(current_setting('eprm.person', true), '')::bigint"
FACTS = "organisationname organisationidentifier organisationmineral organisationregion organisationtopic".split()
FACTS += ["organisationprofile", "showing"]

# The circle of whoever acts: 0 everybody, 1 a partner's people, 2 a member's, the secretariat's or the board's. Who is a
# member only the app of that name knows; its function is looked up by name, for its migrations run after these.
CIRCLE = """
CREATE FUNCTION eprm_circle() RETURNS smallint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  mine bigint[] := eprm_orgs();
  member boolean := false;
BEGIN
  IF current_setting('eprm.secretariat', true) = '1' OR current_setting('eprm.board', true) = '1'
    OR EXISTS (SELECT FROM people_organisation WHERE id = ANY (mine) AND tier = 'secretariat')
  THEN
    RETURN 2;
  END IF;
  IF to_regprocedure('eprm_members_on(date)') IS NOT NULL THEN
    EXECUTE 'SELECT EXISTS (SELECT FROM eprm_members_on(current_date) WHERE organisation_id = ANY ($1))'
      INTO member USING mine;
  END IF;
  IF member THEN
    RETURN 2;
  END IF;
  RETURN (EXISTS (SELECT FROM people_partner WHERE organisation_id = ANY (mine) AND since <= current_date
    AND (until IS NULL OR until >= current_date)))::int::smallint;
END $$
"""
# Organisations a newcomer may mean, by another name or an identifier in force; nothing else of them is told.
KNOWN_BY = """
CREATE FUNCTION eprm_known_by(asked text, asked_value text) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT organisation_id FROM people_organisationname WHERE asked = 'name' AND normalised = asked_value
  UNION
  SELECT organisation_id FROM people_organisationidentifier
    WHERE scheme = asked AND value = asked_value AND until IS NULL $$
"""
# Runs as the owner, because behind row-level security no index serves an array or a trigram; so it asks for the
# circle itself. Each word finds the words it begins; a word that begins none finds those spelled most like it.
# The setting can be named once the extension's library is loaded, which its first function does in each session.
SEARCH = """
SELECT similarity('', '');
CREATE FUNCTION people_directory_search(asked text[], most integer) RETURNS TABLE (entry bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
SET pg_trgm.similarity_threshold = 0.35 AS $$
DECLARE
  mine smallint := eprm_circle();
  one text;
  near text[];
  wanted text := '';
BEGIN
  FOREACH one IN ARRAY asked LOOP
    SELECT array_agg(w.word) INTO near FROM (
      SELECT word FROM people_directoryword
      WHERE circle = mine AND word LIKE replace(replace(one, '%', ''), '_', '') || '%'
      ORDER BY entries DESC, word LIMIT 12) w;
    IF near IS NULL THEN
      SELECT array_agg(w.word) INTO near FROM (
        SELECT word FROM people_directoryword WHERE circle = mine AND word % one
        ORDER BY similarity(word, one) DESC, word LIMIT 5) w;
    END IF;
    IF near IS NULL THEN
      RETURN;
    END IF;
    wanted := wanted || format(' AND words && %L::text[]', near);
  END LOOP;
  RETURN QUERY EXECUTE format('SELECT id FROM people_directoryentry WHERE circle = %s%s LIMIT %s', mine, wanted, most);
END $$
"""
# The list of words follows the entries, by the statement, in one order so that two writers wait instead of dying.
WORDS = """
CREATE FUNCTION people_directory_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO people_directoryword AS known (circle, word, entries)
      SELECT circle, word, count(*) FROM changed, unnest(words) AS word GROUP BY circle, word ORDER BY circle, word
      ON CONFLICT (circle, (word) text_pattern_ops) DO UPDATE SET entries = known.entries + excluded.entries;
  ELSE
    UPDATE people_directoryword AS known SET entries = known.entries - gone.entries FROM (
      SELECT circle, word, count(*) AS entries FROM changed, unnest(words) AS word
      GROUP BY circle, word ORDER BY circle, word) gone
      WHERE known.circle = gone.circle AND known.word = gone.word;
    DELETE FROM people_directoryword WHERE entries = 0
      AND (circle, word) IN (SELECT circle, word FROM changed, unnest(words) AS word);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER directory_words_in AFTER INSERT ON people_directoryentry
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION people_directory_words();
CREATE TRIGGER directory_words_out AFTER DELETE ON people_directoryentry
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION people_directory_words()
"""
WORDS_BACK = """
DROP TRIGGER directory_words_in ON people_directoryentry;
DROP TRIGGER directory_words_out ON people_directoryentry;
DROP FUNCTION people_directory_words()
"""
# The one deed that touches third parties' rows: it moves what points at a merged organisation, and nothing else.
MOVE = """
CREATE FUNCTION eprm_move(place regclass, pointer name, key name, loser bigint, winner bigint)
RETURNS TABLE (moved bigint, clashing text[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  one text;
BEGIN
  IF current_setting('eprm.secretariat', true) IS DISTINCT FROM '1'
    OR NOT EXISTS (SELECT FROM people_organisation WHERE id = loser AND merged_into_id = winner)
  THEN
    RAISE insufficient_privilege USING MESSAGE = 'Only the secretariat moves rows, and only of a merged organisation.';
  END IF;
  clashing := '{}';
  BEGIN
    EXECUTE format('UPDATE %s SET %I = $1 WHERE %I = $2', place, pointer, pointer) USING winner, loser;
    GET DIAGNOSTICS moved = ROW_COUNT;
  EXCEPTION WHEN unique_violation OR exclusion_violation THEN
    moved := 0;
    FOR one IN EXECUTE format('SELECT %I::text FROM %s WHERE %I = $1', key, place, pointer) USING loser LOOP
      BEGIN
        EXECUTE format('UPDATE %s SET %I = $1 WHERE %I::text = $2', place, pointer, key) USING winner, one;
        moved := moved + 1;
      EXCEPTION WHEN unique_violation OR exclusion_violation THEN
        clashing := clashing || one;
      END;
    END LOOP;
  END;
  RETURN NEXT;
END $$
"""

TOPICS = [
    (
        "responsible-supply",
        "responsibly produced minerals",
        "des minerais produits de façon responsable",
        "minerales producidos de forma responsable",
    ),
    (
        "buyers",
        "buyers for responsibly produced minerals",
        "des acheteurs de minerais responsables",
        "compradores de minerales responsables",
    ),
    (
        "project-partners",
        "partners for a project at mine level",
        "des partenaires pour un projet au niveau des mines",
        "socios para un proyecto a nivel de mina",
    ),
    ("funding", "funding or co-financing", "un financement ou un cofinancement", "financiación o cofinanciación"),
    (
        "due-diligence-advice",
        "advice on due diligence",
        "des conseils sur le devoir de diligence",
        "asesoramiento sobre la debida diligencia",
    ),
    ("training", "training", "de la formation", "formación"),
    ("assurance", "audits and assurance", "des audits et de l’assurance", "auditorías y verificación"),
    ("traceability", "traceability of material", "la traçabilité de la matière", "trazabilidad del material"),
    (
        "local-knowledge",
        "knowledge of a mining region",
        "la connaissance d’une région minière",
        "conocimiento de una región minera",
    ),
    ("research", "research and data", "de la recherche et des données", "investigación y datos"),
    (
        "policy-dialogue",
        "dialogue on rules and policy",
        "un dialogue sur les règles et les politiques",
        "diálogo sobre normas y políticas",
    ),
]
CONSENTS = [
    (
        "news",
        (
            "News and invitations by e-mail",
            "Actualités et invitations par courriel",
            "Noticias e invitaciones por correo",
        ),
        (
            "The secretariat may write to me about calls, events and new knowledge. Each mail says how to stop them with one click.",
            "Le secrétariat peut m’écrire au sujet des appels, des événements et des nouvelles connaissances. Chaque courriel indique comment les arrêter en un clic.",
            "La secretaría puede escribirme sobre convocatorias, actos y nuevos conocimientos. Cada correo dice cómo detenerlos con un clic.",
        ),
    ),
    (
        "photos",
        ("Photos that show me", "Photos où l’on me voit", "Fotos en las que aparezco"),
        (
            "Photos from meetings and field visits in which I can be recognised may be shown on the platform and in reports. Where I take this back, they are no longer shown from that day.",
            "Les photos de réunions et de visites de terrain où l’on me reconnaît peuvent être montrées sur la plateforme et dans les rapports. Si je retire ce consentement, elles ne sont plus montrées à partir de ce jour.",
            "Las fotos de reuniones y visitas de campo en las que se me reconoce pueden mostrarse en la plataforma y en informes. Si retiro este consentimiento, dejan de mostrarse desde ese día.",
        ),
    ),
    (
        "surveys",
        ("Surveys and interviews", "Enquêtes et entretiens", "Encuestas y entrevistas"),
        (
            "The secretariat and evaluators it names may ask me to answer surveys or give an interview about the partnership’s work. Each answer is my own choice.",
            "Le secrétariat et les évaluateurs qu’il désigne peuvent me demander de répondre à des enquêtes ou d’accorder un entretien sur le travail du partenariat. Chaque réponse reste mon choix.",
            "La secretaría y los evaluadores que designe pueden pedirme que responda a encuestas o conceda una entrevista sobre el trabajo de la asociación. Cada respuesta es decisión mía.",
        ),
    ),
]
FIRST_DAY = date(2026, 1, 1)


def first_words(apps, schema_editor):
    topic, wording = apps.get_model("people", "Topic"), apps.get_model("people", "ConsentWording")
    for key, en, fr, es in TOPICS:
        topic.objects.create(key=key, en=en, fr=fr, es=es, since=FIRST_DAY)
    for purpose, titles, texts in CONSENTS:
        said = dict(zip(("title_en", "title_fr", "title_es"), titles, strict=True))
        said |= dict(zip(("text_en", "text_fr", "text_es"), texts, strict=True))
        wording.objects.create(purpose=purpose, version=1, since=FIRST_DAY, **said)


def spell(apps, schema_editor):
    for organisation in apps.get_model("people", "Organisation").objects.filter(normalised=""):
        organisation.normalised = normalise(organisation.name)[:255]
        organisation.save(update_fields=["normalised"])


def tables(*names):
    return [f"people_{name}{event}" for name in names for event in ("", "event")]


class Migration(migrations.Migration):
    dependencies = [("people", "0005_facts_and_directory"), ("base", "0002_isolation")]

    operations = [
        migrations.RunSQL(CIRCLE, "DROP FUNCTION eprm_circle()"),
        *(isolate(table, seen_also_by=["secretariat"], written_also_by=["secretariat"]) for table in tables(*FACTS)),
        *(
            policies(table, seen=f"{OWN} OR {SECRETARIAT} OR {BOARD}", written=SECRETARIAT)
            for table in tables("partner")
        ),
        *(
            policies(table, seen=f"{OWN} OR {SECRETARIAT} OR {ONESELF}", written=f"{OWN} OR {SECRETARIAT} OR {ONESELF}")
            for table in tables("joinrequest")
        ),
        *(policies(table, seen=f"{ONESELF} OR {SECRETARIAT}", written=ONESELF) for table in tables("consent")),
        policies(
            "people_directoryentry",
            seen=f"circle <= (SELECT eprm_circle()) OR {OWN} OR {SECRETARIAT}",
            written=f"{OWN} OR {SECRETARIAT}",
        ),
        policies("people_directoryword", seen="circle <= (SELECT eprm_circle())", written="false"),
        migrations.RunSQL(KNOWN_BY, "DROP FUNCTION eprm_known_by(text, text)"),
        migrations.RunSQL(SEARCH, "DROP FUNCTION people_directory_search(text[], integer)"),
        migrations.RunSQL(WORDS, WORDS_BACK),
        migrations.RunSQL(MOVE, "DROP FUNCTION eprm_move(regclass, name, name, bigint, bigint)"),
        migrations.RunPython(first_words, migrations.RunPython.noop),
        migrations.RunPython(spell, migrations.RunPython.noop),
    ]
