"""Languages that are begun: who is shown them, what stands in for the rest, and that this is said."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import get_format, sanitize_separators

from eprm.ui import languages, words

CSS = Path(__file__).resolve().parents[3] / "src" / "eprm"
# Sides of the reader's left and right, where a page that runs from right to left has start and end.
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b|(?:left|right)\s*:"
    r"|border-(?:top|bottom)-(?:left|right)-radius|(?:text-align|float|clear)\s*:\s*(?:left|right)\b)"
)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("sw", "sw"),
        ("sw-TZ,sw;q=0.9,fr;q=0.8", "sw"),
        ("sw-CD,sw;q=0.9,en;q=0.8", "sw-cd"),
        ("sw,fr;q=0.9,en;q=0.8", "sw-cd"),
        ("sw,en;q=0.9,fr;q=0.8", "sw"),
        ("pt-BR,pt;q=0.9,en;q=0.8", "pt"),
        ("pt,fr;q=0.9", "pt"),
        ("ln,sw;q=0.9,fr;q=0.8", "fr"),
        ("de,pt;q=0.9", "en"),
        ("fr,sw;q=0.9", "fr"),
        ("es-MX", "es"),
        ("*", "en"),
        ("", "en"),
        ("nonsense;q=x,,", "en"),
    ],
)
def test_a_begun_language_is_for_who_puts_it_first(header, language):
    assert languages.asked_for(header) == language


@pytest.mark.parametrize(
    ("language", "second", "order", "name"),
    [
        ("en", "en", ("en",), "English"),
        ("fr", "fr", ("fr",), "Français"),
        ("sw", "en", ("sw", "en"), "Kiswahili + English"),
        ("sw-cd", "fr", ("sw", "fr"), "Kiswahili + français"),
        ("pt", "en", ("pt", "en"), "Português + English"),
    ],
)
def test_each_language_says_what_the_rest_is_in(language, second, order, name):
    assert languages.second_language(language) == second
    assert languages.reading_order(language) == order
    assert languages.own_name(language) == name


def test_a_language_nobody_chose_is_told_in_english():
    assert (languages.second_language("de"), languages.reading_order("de-at")) == ("en", ("de", "en"))


def test_who_speaks_swahili_is_found_by_either_choice():
    assert languages.spoken_as(["sw", "fr"]) == ["fr", "sw", "sw-cd"]


def test_share_is_of_all_words():
    shares = {code: languages.share(code) for code, _name in settings.LANGUAGES}

    assert {shares["en"], shares["fr"], shares["es"]} == {100}
    assert shares["sw"] == shares["sw-cd"]
    assert all(30 <= shares[code] < 100 for code in settings.BEGUN_LANGUAGES)


@pytest.mark.parametrize(
    ("language", "shown"),
    [("sw", "1.5 18 Ago 2026"), ("sw-cd", "1,5 18 Ago 2026"), ("pt", "1,5 18 ago. 2026")],
)
def test_numbers_and_dates_are_the_languages_own(language, shown):
    with translation.override(language):
        told = f"{words.number(Decimal('1.5'))} {words.day(date(2026, 8, 18))}".replace("\u00a0", " ")
        typed = date.fromisoformat("2026-08-18").strftime(get_format("DATE_INPUT_FORMATS")[1])
        number = sanitize_separators("1,5" if language != "sw" else "1.5")

    assert (told, typed, number) == (shown, "18/08/2026", "1.5")


@pytest.mark.parametrize(("header", "own"), [("sw", "Ingia"), ("pt-BR", "Entrar"), ("sw-CD", "Ingia")])
def test_a_visitors_page_is_in_the_begun_language_and_says_how_far_it_is(client, db, header, own):
    page = client.get(reverse("portal:home"), headers={"Accept-Language": header}).text

    language = languages.asked_for(header)
    assert f'<html lang="{language}" dir="ltr">' in page
    assert (own in page, f"{languages.share(language)} %" in page.replace("\u00a0", " ")) == (True, True)
    assert reverse("ui:languages") in page


def test_a_complete_language_says_nothing_of_its_share(client, db):
    assert 'class="begun"' not in client.get(reverse("portal:home"), headers={"Accept-Language": "fr"}).text


def test_a_part_that_is_not_translated_is_marked_with_its_language(client, db):
    page = client.get(reverse("diligence:finding_detail", args=["SEND-01"]), headers={"Accept-Language": "sw-CD"}).text

    assert re.search(r'<main id="main"[^>]* lang="fr">', page)
    assert "Sehemu hii bado haijatafsiriwa kwa lugha yako. Ipo kwa Kifaransa" in page


def test_the_languages_page_tells_shares_and_whom_to_write_to(client, db):
    page = client.get(reverse("ui:languages")).text

    assert all(languages.own_name(code) in page for code, _name in settings.LANGUAGES)
    assert f"mailto:{settings.CONTACT_MAIL}" in page


def test_choosing_a_begun_language_is_kept(client, db):
    client.post(reverse("ui:language"), {"language": "sw-cd", "next": "/"})

    page = client.get(reverse("account_login")).text

    assert ('<html lang="sw-cd"' in page, "Nenosiri" in page, 'aria-pressed="true">Kiswahili + français' in page) == (
        True, True, True,
    )  # fmt: skip


def test_a_language_that_is_none_is_not_taken_from_the_cookie(client, db):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "xx"

    assert '<html lang="es"' in client.get(reverse("account_login"), headers={"Accept-Language": "es"}).text


def test_style_sheets_know_start_and_end_alone():
    found = [
        f"{path.name}: {side}"
        for path in sorted(CSS.glob("*/static/**/*.css"))
        for side in PHYSICAL.findall(re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL))
    ]

    assert found == []


def test_a_page_runs_from_right_to_left_where_its_language_does(client, db, settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "العربية")]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"

    assert '<html lang="ar" dir="rtl">' in client.get(reverse("ui:languages")).text
