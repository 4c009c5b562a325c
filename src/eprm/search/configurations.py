"""PostgreSQL's text search in each language: stems of the language, without accents.

A language that PostgreSQL cannot stem is searched by its whole words. Source: PostgreSQL manual, 12.6 Dictionaries.
"""

CONFIGURATIONS = {"en": "eprm_en", "fr": "eprm_fr", "es": "eprm_es", "pt": "eprm_pt"}
WHOLE_WORDS = "eprm_words"
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
