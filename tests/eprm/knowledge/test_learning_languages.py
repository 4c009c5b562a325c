"""The paths the hub comes with, in the languages they were written in, and pages where a language is begun."""

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale

from eprm.knowledge import content
from eprm.knowledge.actions.courses import load_paths
from eprm.knowledge.models import PathPage, Question, UnitPage, WordsPage
from eprm.knowledge.queries import pages, shelves
from tests.eprm.knowledge import shelf


@pytest.fixture
def paths(db):
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        shelf.locale(code)
    load_paths(shelf.hub())


def reading(client, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


def test_every_translation_of_a_unit_asks_and_tells_as_much_as_the_original():
    odd = [
        (unit["id"], language)
        for path in content.paths()
        for unit in path["units"]
        for language in path["languages"]
        if _shape(unit[language]) != _shape(unit["en"])
    ]

    assert odd == []


def _shape(words):
    quiz = [(len(asked["options"]), asked["answer_index"]) for asked in words["quiz"]]
    return len(words["goals"]), quiz


@pytest.mark.parametrize(
    ("language", "path", "unit"),
    [
        ("sw", "Kutoka shimoni hadi kwa mnunuzi anayeaminika", "Mashimo salama, dhahabu safi"),
        ("sw-cd", "Kutoka shimoni hadi kwa mnunuzi anayeaminika", "Mashimo salama, dhahabu safi"),
        ("pt", "Do poço ao comprador de confiança", "Poços seguros, ouro limpo"),
    ],
)
def test_a_cooperative_learns_in_its_language(client, paths, language, path, unit):
    courses = reading(client, language).get(reverse("knowledge:course_list")).text
    there = PathPage.objects.get(title=path).get_absolute_url()

    assert path in courses
    assert unit in client.get(there).text


def test_a_quiz_is_answered_in_swahili(client, paths):
    unit = UnitPage.objects.get(title="Mashimo salama, dhahabu safi")
    right = {f"question-{question.pk}": str(question.answer) for question in unit.questions.all()}
    form = reading(client, "sw").get(unit.get_absolute_url()).context["form"]
    answers = dict(zip(form.fields, right.values(), strict=True))

    page = client.post(reverse("knowledge:unit_answer", args=[unit.pk]), answers).text

    assert "Majibu yote ni sahihi" in page


def test_a_path_learns_a_new_language_where_it_stands_already(paths):
    PathPage.objects.get(locale__language_code="sw").delete()

    again = load_paths(shelf.hub())

    assert again == 0
    assert UnitPage.objects.filter(locale__language_code="sw").count() == 6
    assert PathPage.objects.filter(locale__language_code="fr").count() == 2


def test_a_page_falls_back_to_the_readers_second_language(client, db):
    told = shelf.publish(shelf.words())
    french = told.copy_for_translation(shelf.locale("fr"), copy_parents=True)
    french.title = "Les cinq étapes"
    french.save_revision().publish()
    address = told.get_absolute_url()

    shown = {code: reading(client, code).get(address).text for code in ("sw", "sw-cd", "pt")}

    assert {code: '<span lang="fr">Les cinq étapes</span>' in page for code, page in shown.items()} == {
        "sw": False, "sw-cd": True, "pt": False,
    }  # fmt: skip
    assert '<span lang="en">The five steps</span>' in shown["pt"]


@pytest.mark.parametrize(
    ("language", "title"), [("sw", "Hatua tano"), ("sw-cd", "Hatua tano"), ("pt", "The five steps")]
)
def test_a_list_of_pages_holds_each_once(db, language, title):
    told = shelf.publish(shelf.words())
    for code, words in (("fr", "Les cinq étapes"), ("sw", "Hatua tano")):
        other = told.copy_for_translation(shelf.locale(code), copy_parents=True)
        other.title = words
        other.save_revision().publish()

    with translation.override(language):
        assert [page.title for page in pages.pages_visible_to(WordsPage, AnonymousUser())] == [title]


@pytest.mark.parametrize(
    ("language", "asked"), [("sw", "What?"), ("sw-cd", "Quoi ?"), ("pt", "What?"), ("fr", "Quoi ?")]
)
def test_a_list_of_items_holds_each_once(db, language, asked):
    told = Question.objects.create(
        question="What?", answer="This.", asked_by="sme", basis="b", confirmed="seen", locale=shelf.locale(), live=True
    )
    Question.objects.create(
        question="Quoi ?", answer="Ceci.", asked_by="sme", basis="b", confirmed="seen", locale=shelf.locale("fr"),
        live=True, original=False, translation_key=told.translation_key,
    )  # fmt: skip

    with translation.override(language):
        assert [item.question for item in shelves.questions_visible_to(AnonymousUser())] == [asked]


def test_the_desk_knows_the_content_languages(db):
    assert Locale.get_active().language_code == "en"
    shelf.locale("sw")

    with translation.override("sw-cd"):
        assert Locale.get_active().language_code == "sw"


@pytest.mark.parametrize("language", settings.BEGUN_LANGUAGES)
def test_the_desk_opens_for_an_editor_who_reads_a_begun_language(client, lotte, language):
    told = shelf.publish(shelf.words())
    lotte.language = language
    lotte.save()
    client.force_login(lotte)

    opened = [client.get(reverse("wagtailadmin_home")), client.get(reverse("wagtailadmin_pages:edit", args=[told.pk]))]

    assert [answer.status_code for answer in opened] == [200, 200]
