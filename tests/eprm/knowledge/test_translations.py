"""The hub's content in French and Spanish: complete, true to its original, and one thing whatever the language."""

import csv
import json
import re
import tomllib

import pytest
import yaml
from django.urls import reverse

from eprm.knowledge import content
from eprm.knowledge.actions import links
from eprm.knowledge.actions.courses import load_paths
from eprm.knowledge.actions.translating import follow_original, load_translations
from eprm.knowledge.models import (
    BriefPage,
    Fact,
    PathPage,
    Question,
    Rating,
    Resource,
    Term,
    TheoryPage,
    UnitPage,
    WordsPage,
)
from tests.eprm.knowledge import shelf

LANGUAGES = ("fr", "es")
MARKS = re.compile(r"</?[a-z0-9]+")


def rows(name):
    with (content.DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figures(text):
    """The figures in a text, however its language groups their digits; Spanish writes one billion as a word."""
    text = text.replace("unos mil millones", "1")
    return sorted(re.findall(r"\d+", re.sub(r"(?<=\d)[\s.,\u00a0\u202f](?=\d)", "", text)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_is_translated_with_its_figures(language):
    told = content.translation(language)
    questions = {each["question"]: each["answer"] for each in json.loads((content.DATA / "faq.json").read_text())}
    cases = {row["title"]: row["result"] for row in rows("cases.csv")}
    resources = {row["address"]: row["summary"] for row in rows("resources.csv")}

    assert (set(told.questions), set(told.cases), set(told.resources)) == (set(questions), set(cases), set(resources))
    for own, name, original in (
        (told.questions, "answer", questions),
        (told.cases, "result", cases),
        (told.resources, "summary", resources),
    ):
        lost = [key for key, words in own.items() if figures(words[name]) != figures(original[key])]
        assert lost == []
        assert [key for key, words in own.items() if not all(words.values())] == []
    assert [key for key, words in told.resources.items() if len(words["summary"]) > 1000] == []
    assert [key for key, words in told.questions.items() if len(words["question"]) > 300] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_translated_with_its_marks_and_facts(language):
    told = content.translation(language)
    written = tomllib.loads((content.DATA / "pages.toml").read_text("utf-8"))
    pages = {each["key"]: each["body"] for each in (*written["page"], *written["news"])}
    briefs = {content.brief_slug(each["id"]): [fact["fact"] for fact in each["facts"]] for each in content.briefs()}
    theory = yaml.safe_load((content.DATA / "theory_of_change.yaml").read_text("utf-8"))

    assert {key: MARKS.findall(words["body"]) for key, words in told.pages.items()} == {
        key: MARKS.findall(body) for key, body in pages.items()
    }
    assert {key: [figures(fact) for fact in words["facts"]] for key, words in told.briefs.items()} == {
        key: [figures(fact) for fact in facts] for key, facts in briefs.items()
    }
    assert set(told.theory["elements"]) == {each["id"] for each in theory["elements"]}
    assert len(told.theory["assumptions"]) == len(theory["assumptions"])


@pytest.fixture
def french(db):
    shelf.hub()
    return shelf.locale("fr")


def test_translations_are_loaded_once_beside_their_originals(french):
    asked = next(iter(content.questions()))
    Question(locale=shelf.locale(), live=True, **asked).save()
    shelf.words(slug="frame-policy", title="The policy framework")
    first = content.briefs()[0]
    brief = BriefPage(
        title=first["title"],
        slug=content.brief_slug(first["id"]),
        locale=shelf.locale(),
        minerals=first["minerals"],
        compiled_on=first["compiled"],
    )
    for order, fact in enumerate(first["facts"]):
        facts = {"topic": fact["topic"], "on": fact["date"], "address": fact["address"]}
        brief.facts.add(Fact(sort_order=order, words=fact["fact"], **facts))
    shelf.hub().add_child(instance=brief)
    shelf.page(TheoryPage, "Theory of change")

    counts = [load_translations("fr"), load_translations("fr")]

    told = content.translation("fr")
    assert counts == [4, 0]
    translated = Question.objects.get(locale=french)
    assert (translated.answer, translated.basis, translated.original, translated.live) == (
        told.questions[asked["question"]]["answer"],
        asked["basis"],
        False,
        True,
    )
    assert WordsPage.objects.live().get(locale=french).title == told.pages["frame-policy"]["title"]
    facts = BriefPage.objects.live().get(locale=french).facts.order_by("sort_order")
    assert list(facts.values_list("words", flat=True)) == told.briefs[brief.slug]["facts"]


@pytest.fixture
def both(french):
    """A resource and its French translation."""
    original = shelf.resource(summary="What to ask a supplier.")
    copy = original.copy_for_translation(french)
    copy.live, copy.summary = True, "Que demander à un fournisseur."
    copy.save()
    for each in (original, copy):
        shelf.publish(each)
    return original, copy


def test_translation_follows_what_its_original_says_besides_words(both):
    original, copy = both
    Resource.objects.filter(pk=original.pk).update(address="https://chamber.example/new", audience="members")
    original.refresh_from_db()

    live = follow_original(original)

    copy.refresh_from_db()
    assert live == [copy]
    assert (copy.address, copy.audience, copy.summary) == (
        "https://chamber.example/new",
        "members",
        "Que demander à un fournisseur.",
    )


def test_resource_is_found_by_words_of_either_language_and_read_in_ones_own(client, both):
    original, _copy = both
    client.cookies["django_language"] = "fr"

    found = [
        client.get(reverse("knowledge:resource_list"), {"q": words}).content.decode()
        for words in ("ask", "fournisseur")
    ]
    read = client.get(original.get_absolute_url()).content.decode()
    written = client.get(original.get_absolute_url(), {"in": "en"}).content.decode()

    assert [page.count("Que demander à un fournisseur.") for page in found] == [1, 1]
    assert "Que demander" in read
    assert 'href="?in=en"' in read
    assert "What to ask a supplier." in written


def test_what_is_withdrawn_is_so_in_every_language_until_it_comes_back(client, both):
    original, copy = both
    client.cookies["django_language"] = "fr"

    def shown():
        addresses = (
            copy.get_absolute_url(),
            reverse("knowledge:resource_list"),
            f"{reverse('search:results')}?q=fournisseur",
        )
        return ["Que demander à un" in client.get(address).content.decode() for address in addresses]

    before = shown()
    original.unpublish()
    without = shown()
    shelf.publish(Resource.objects.get(pk=original.pk))

    assert (before, without, shown()) == ([True] * 3, [False] * 3, [True] * 3)


def test_voice_of_a_reader_counts_in_every_language(client, both, noor):
    original, copy = both
    client.force_login(noor)
    client.post(reverse("knowledge:resource_rate", args=[copy.pk]), {"useful": "no"})
    client.post(reverse("knowledge:resource_rate", args=[original.pk]), {"useful": "yes"})

    client.logout()

    assert list(Rating.objects.values_list("resource", "useful")) == [(original.pk, True)]
    for language, words in (("en", "1 of 1 readers"), ("fr", "1 sur 1")):
        client.cookies["django_language"] = language
        assert words in client.get(original.get_absolute_url()).content.decode()


def test_address_is_asked_once_for_all_languages(both):
    asked = links.check_links(guard=lambda address: (_ for _ in ()).throw(links.InwardsError(address)), pause=0)

    assert asked == 1
    assert set(Resource.objects.values_list("link_failures", "link_answer")) == {(1, "leads inwards")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_is_translated_with_its_figures(language):
    told = content.translation(language).terms
    meanings = {row["term"]: row["definition"] for row in rows("glossary.csv")}

    assert set(told) == set(meanings)
    assert [term for term, words in told.items() if not all(words.values())] == []
    assert [term for term, words in told.items() if words["definition"] == meanings[term]] == []
    lost = [
        term for term, words in told.items() if not set(figures(meanings[term])) <= set(figures(words["definition"]))
    ]
    assert lost == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_course_for_small_companies_is_translated_whole(language):
    """Each unit with its goals, text, task and questions; the right answer stands in the same place."""
    path = next(each for each in content.paths() if each["id"] == "sme")

    for unit in path["units"]:
        own, english = unit[language], unit["en"]
        asked = [(len(each["options"]), each["answer_index"]) for each in own["quiz"]]
        assert asked == [(len(each["options"]), each["answer_index"]) for each in english["quiz"]]
        assert (len(own["goals"]), own["text"].count("\n\n")) == (len(english["goals"]), english["text"].count("\n\n"))
        words = [own["title"], own["text"], own["activity"], *own["goals"]]
        words += [each[name] for each in own["quiz"] for name in ("question", "explanation")]
        words += [option for each in own["quiz"] for option in each["options"]]
        assert all(words)
        assert own["text"] != english["text"]
    assert (language in path["languages"], bool(path["title"][language]), bool(path["audience"][language])) == (
        True, True, True
    )  # fmt: skip


def test_french_keeps_its_spaces_before_signs():
    told = content.translation("fr").terms
    course = json.dumps([unit["fr"] for path in content.paths() for unit in path["units"]], ensure_ascii=False)

    assert re.findall(r"\w[;:?!]\s", course + " ".join(words["definition"] for words in told.values())) == []
    assert re.findall(r" [;:?!]", " ".join(words["definition"] for words in told.values())) == []


def test_a_path_that_is_there_gets_the_translations_it_lacks_and_keeps_its_editors_words(french):
    for code in ("es", "sw", "pt"):
        shelf.locale(code)
    hub = shelf.hub()
    load_paths(hub)
    other = PathPage.objects.get(slug__startswith="path-sme", locale=french)
    other.delete()
    changed = UnitPage.objects.get(slug="coop-1", locale__language_code="en")
    PathPage.objects.filter(slug__startswith="path-coop", locale=french).first().delete()
    UnitPage.objects.filter(pk=changed.pk).update(text="As our editors say it.")

    load_paths(hub)

    there = PathPage.objects.filter(locale=french).values_list("title", flat=True)
    assert list(there) == ["Minerais responsables pour les petites entreprises"]


def test_glossary_is_read_by_letters_in_the_readers_language(french, client):
    for term in list(content.terms())[:40]:
        Term.objects.create(locale=shelf.locale(), live=True, **term)
    load_translations("fr")
    client.cookies["django_language"] = "fr"
    aggregator = Term.objects.get(term="aggregator")

    moved = client.get(reverse("knowledge:term", args=[aggregator.pk]))
    page = client.get(moved.url).text

    own = Term.objects.get(term="agrégateur")
    assert moved.url == f"{reverse('knowledge:glossary')}?letter=A&page=1#term-{own.pk}"
    assert ("Acheteur local qui réunit" in page, '<span lang="en">aggregator</span> (en)' in page) == (True, True)
    assert "propre traduction" in page
    assert "Organisation sans but lucratif" in page
    assert "Tableur gratuit" not in page


def test_glossary_is_searched_without_accents_in_every_language(french, client):
    for term in list(content.terms())[:40]:
        Term.objects.create(locale=shelf.locale(), live=True, **term)

    found = client.get(reverse("knowledge:glossary"), {"q": "AGREGATEUR"}).text
    none = client.get(reverse("knowledge:glossary"), {"q": "zzz"}).text

    assert ("Local buyer who combines" in found, "No term holds these words" in none) == (True, True)


def test_glossary_of_any_size_stays_under_its_weight(db, client):
    Term.objects.bulk_create(
        Term(term=f"{'abcde'[n % 5]} term {n}", definition="A word. " * 20, locale=shelf.locale(), live=True)
        for n in range(600)
    )

    sizes = [len(client.get(reverse("knowledge:glossary"), asked).content) for asked in ({}, {"q": "term"})]

    assert max(sizes) < 60_000
