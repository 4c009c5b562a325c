"""PostgreSQL's text search in each language: stems of the language, without accents.

A language that PostgreSQL cannot stem is searched by its whole words. Source: PostgreSQL manual, 12.6 Dictionaries.
"""

CONFIGURATIONS = {"en": "eprm_en", "fr": "eprm_fr", "es": "eprm_es", "pt": "eprm_pt"}
WHOLE_WORDS = "eprm_words"
# A longer text is ranked and quoted by its first characters: what stands deep in a report says less of it, and
# PostgreSQL would unpack the words of the whole report for each search that finds it.
BEGINNING = 4000
ALL = (*CONFIGURATIONS.values(), WHOLE_WORDS)

_STEMS = {
    "eprm_en": ("english", "english_stem"),
    "eprm_fr": ("french", "french_stem"),
    "eprm_es": ("spanish", "spanish_stem"),
    "eprm_pt": ("portuguese", "portuguese_stem"),
    "eprm_words": ("simple", "simple"),
}


def configuration_of(language: str) -> str:
    """The configuration that indexes text in this language."""
    return CONFIGURATIONS.get(language.partition("-")[0], WHOLE_WORDS)


def creating() -> list[str]:
    """The statements that make the configurations; `unaccent` is in every database of the platform."""
    made = []
    for name, (copied, stem) in _STEMS.items():
        made.append(f"CREATE TEXT SEARCH CONFIGURATION {name} (COPY = {copied})")
        made.append(
            f"ALTER TEXT SEARCH CONFIGURATION {name} ALTER MAPPING FOR hword, hword_part, word WITH unaccent, {stem}"
        )
    return made


def dropping() -> list[str]:
    return [f"DROP TEXT SEARCH CONFIGURATION {name}" for name in _STEMS]


MEANT = """
CREATE FUNCTION search_meant(config text, title tsvector, words tsvector) RETURNS varchar[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(each), '{}') FROM search_meaning m,
    unnest(CASE WHEN title @@ m.query THEN ARRAY[m.term, '^' || m.term] ELSE ARRAY[m.term] END) AS each
  WHERE m.configuration = config AND words @@ m.query $$
"""
# A phrase of which the language skips all words but one would find far more than is meant: "Ta ore" in French would be
# any ore, as "ta" (your) is too common there to be looked for.
MEAN = """
INSERT INTO search_meaning (term, configuration, query)
SELECT term, configuration, string_agg(DISTINCT '(' || query || ')', ' | ')::tsquery
FROM search_synonym, unnest(%s::text[]) AS configuration,
  LATERAL (SELECT phraseto_tsquery(configuration::regconfig, words)::text AS query) AS stemmed
WHERE query <> '' AND (words NOT LIKE '%% %%' OR query LIKE '%%<%%')
GROUP BY term, configuration
ON CONFLICT (term, configuration) DO UPDATE SET query = excluded.query
"""
MARK = """
UPDATE search_entry SET meanings = search_meant(configuration, title_vector, vector)
WHERE meanings IS DISTINCT FROM search_meant(configuration, title_vector, vector)
"""
