import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from eprm.ui.translations import (
    BEGUN,
    LANGUAGES,
    Missing,
    add_missing,
    compile_all,
    languages_of,
    missing,
    strings_of,
    told_apart,
)

APPS = Path(__file__).resolve().parents[3] / "src" / "eprm"
NAMES = sorted(path.parent.name for path in APPS.glob("*/apps.py"))
# Begun languages: these apps are in them whole. An app is added here with its last word, and never taken out.
WHOLE = {
    "pt": ["base", "events", "groups", "knowledge", "people", "portal", "search", "surveys", "ui", "visits"],
    "sw": ["base", "events", "groups", "knowledge", "people", "portal", "search", "surveys", "ui", "visits"],
}
HOLES = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}|</?(?:a|b|br|code|em|span|strong)\b[^>]*>")
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture(scope="module")
def lacking():
    return missing(APPS)


@pytest.mark.parametrize("app", NAMES)
def test_every_string_of_the_app_stands_in_every_language(app, lacking):
    assert [f"{one.language} {one.why} {one.where}: {one.text}" for one in lacking if one.app == app] == []


@pytest.mark.parametrize("language", BEGUN)
def test_an_app_once_whole_in_a_begun_language_stays_so(language):
    assert [app for app in NAMES if language in languages_of(APPS / app)] == WHOLE[language]


def test_every_translation_has_the_values_and_tags_of_its_words():
    # A value that is left out is a page that lies; one that is made up is a page that breaks.
    wrong = [
        f"{'/'.join(path.parts[-5:-2])}: {form}"
        for path in sorted(APPS.glob("*/locale/*/LC_MESSAGES/django.po"))
        for message in read_po(path.open("rb"))
        if message.id
        for form in _wrong_forms(message)
    ]

    assert wrong == []


def _wrong_forms(message):
    """The forms with other values than their words; a form for one thing alone may leave its number out."""
    if isinstance(message.id, str):
        return [] if _holes(message.string) == _holes(message.id) else [message.string]
    one, many = map(_holes, message.id)
    first, *others = message.string
    return [
        *([] if one <= _holes(first) <= many else [first]),
        *(form for form in others if not one <= many == _holes(form)),
    ]


def _holes(text):
    """What must stand in a translation too; the value found may be quoted beside a bound, Django gives both."""
    return set(HOLES.findall(text)) - {"%(show_value)s"}


@pytest.mark.parametrize("language", [*LANGUAGES, *BEGUN])
def test_every_catalogue_counts_as_its_language_does(language):
    plurals = {
        read_po(path.open("rb")).plural_forms for path in APPS.glob(f"*/locale/{language}/LC_MESSAGES/django.po")
    }

    assert plurals == {"nplurals=2; plural=(n > 1);" if language == "fr" else "nplurals=2; plural=(n != 1);"}


def test_swahili_of_congo_is_told_the_rest_in_french_with_french_plurals():
    compile_all(APPS)

    with translation.override("sw-cd"):
        own = translation.gettext("Password")
        rest = translation.gettext("Make the report")
        counted = [
            translation.ngettext("%(shown)s risk on the map", "All %(shown)s risks, on the map", n) for n in (0, 2)
        ]
    with translation.override("fr"):
        french = translation.gettext("Make the report")
        of_french = [
            translation.ngettext("%(shown)s risk on the map", "All %(shown)s risks, on the map", n) for n in (0, 2)
        ]

    assert (own, rest, counted) == ("Nenosiri", french, of_french)


@pytest.mark.parametrize("language", [*LANGUAGES, *BEGUN])
def test_no_words_are_translated_in_two_ways(language):
    # Django makes one catalog of all apps: the first app's translation is read on the pages of the others too.
    found = [f"{two.words} Give them one translation in all apps, or a context." for two in told_apart(APPS, language)]

    assert found == []


def test_french_has_its_no_break_spaces_and_apostrophes():
    # A line must not begin with ":" or "»"; the straight apostrophe is a typewriter's.
    wrong = re.compile(r" [:;?!»](?=\s|$|[.,)])|« | %(?!\()|\w'\w")
    found = [
        f"{path.parts[-5]}: {form}"
        for path in sorted(APPS.glob("*/locale/fr/LC_MESSAGES/django.po"))
        for message in read_po(path.open("rb"))
        for form in (message.string if isinstance(message.string, tuple) else (message.string,))
        if message.id and wrong.search(form)
    ]

    assert found == []


@pytest.fixture
def apps(tmp_path):
    """One small app: a template, a module, and French for a part of it."""
    app = tmp_path / "shop"
    (app / "templates").mkdir(parents=True)
    (app / "apps.py").touch()
    (app / "templates/a.html").write_text(
        '{% load i18n %}{% translate "Buy" %}'
        "{% blocktranslate count n=n %}One lot{% plural %}{{ n }} lots{% endblocktranslate %}"
    )
    (app / "views.py").write_text('from x import gettext as _\n\nsold = _("Sold")\n')
    return tmp_path


def test_strings_of_reads_templates_and_code(apps):
    assert list(strings_of(apps / "shop")) == [
        ("templates/a.html:1", None, "Buy"),
        ("templates/a.html:1", None, ("One lot", "%(n)s lots")),
        ("views.py:3", None, "Sold"),
    ]


def test_strings_of_reads_the_context_of_templates_and_code(apps):
    (apps / "shop/templates/a.html").write_text(
        '{% load i18n %}{% translate "Light" context "colour" %}{% translate "Dark" context "colour" as dark %}'
        '{% blocktranslate count n=n context "lamp" %}One light{% plural %}{{ n }} lights{% endblocktranslate %}'
    )
    (apps / "shop/views.py").write_text('light = pgettext_lazy("weight", "Light")\n')

    assert [found[1:] for found in strings_of(apps / "shop")] == [
        ("colour", "Light"),
        ("colour", "Dark"),
        ("lamp", ("One light", "%(n)s lights")),
        ("weight", "Light"),
    ]


def test_told_apart_names_apps_and_translations_and_heeds_contexts(apps):
    for app, body in {
        "shop": 'msgid "Light"\nmsgstr "Clair"\n\nmsgid "Buy"\nmsgstr "Acheter"\n\n'
        'msgctxt "weight"\nmsgid "Far"\nmsgstr "A"\n\nmsgid "Lot"\nmsgstr "Lot"\n',
        "desk": 'msgid "Light"\nmsgstr "Léger"\n\nmsgid "Buy"\nmsgstr "Acheter"\n\n'
        'msgid "Far"\nmsgstr "B"\n\nmsgid "Lot"\nmsgid_plural "Lots"\nmsgstr[0] "Lot"\nmsgstr[1] "Lots"\n',
    }.items():
        path = apps / app / "locale/fr/LC_MESSAGES/django.po"
        path.parent.mkdir(parents=True)
        path.write_text(HEAD + body)

    assert [two.words for two in told_apart(apps, "fr")] == [
        "“Light” is “Léger” in desk; “Clair” in shop.",
        "“Lot” is “Lot / Lots” in desk; “Lot” in shop.",
    ]


def test_missing_tells_untranslated_and_fuzzy_apart(apps):
    for language, body in {
        "fr": 'msgid "Buy"\nmsgstr "Acheter"\n\n#, fuzzy\nmsgid "Sold"\nmsgstr "Soldé"\n\n'
        'msgid "One lot"\nmsgid_plural "%(n)s lots"\nmsgstr[0] "Un lot"\nmsgstr[1] ""\n',
        "es": 'msgid "Buy"\nmsgstr "Comprar"\n\nmsgid "Sold"\nmsgstr "Vendido"\n\n'
        'msgid "One lot"\nmsgid_plural "%(n)s lots"\nmsgstr[0] "Un lote"\nmsgstr[1] "%(n)s lotes"\n',
    }.items():
        path = apps / "shop/locale" / language / "LC_MESSAGES/django.po"
        path.parent.mkdir(parents=True)
        path.write_text(HEAD + body)

    assert missing(apps) == [
        Missing("shop", "fr", "templates/a.html:1", "One lot", "missing"),
        Missing("shop", "fr", "views.py:3", "Sold", "fuzzy"),
    ]


def test_add_missing_leaves_what_is_there(apps):
    path = apps / "shop/locale/fr/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEAD + 'msgid "Buy"\nmsgstr "Acheter"\n')

    added = add_missing(apps / "shop")

    assert added == 5
    assert 'msgid "Buy"\nmsgstr "Acheter"\n' in path.read_text()
    assert len(missing(apps)) == 5


def test_compile_all_skips_what_is_fresh(apps):
    add_missing(apps / "shop")

    first, second = compile_all(apps), compile_all(apps)

    assert [path.parts[-3] for path in first] == ["es", "fr", "sw_CD"]
    assert second == []


def test_djangos_own_words_are_ours_in_english_too():
    compile_all(APPS / "ui")

    with translation.override("en"):
        assert translation.gettext("This field is required.") == "This is still empty."


def test_what_an_app_registers_is_said_in_a_begun_language_by_all_apps_together(apps):
    (apps / "ui/locale/sw").mkdir(parents=True)
    (apps / "ui/apps.py").touch()
    (apps / "shop/apps.py").write_text('label = _("The shop")\n')

    added = add_missing(apps / "ui")

    assert added == 1
    assert [one for one in missing(apps) if one.language == "sw"] == [
        Missing("ui", "sw", "shop/apps.py:1", "The shop", "missing")
    ]
