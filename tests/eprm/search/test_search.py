"""What people find: by meaning, across languages, with slips, and never what is not theirs."""

from datetime import date

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from eprm.people import audiences
from eprm.people.actions.directory import choose_showing
from eprm.people.identity import acting_for
from eprm.people.models.directory import Circle
from eprm.search import actions, queries
from eprm.search.models import Entry, Word
from eprm.search.queries import finding
from tests import factories

VISITOR = AnonymousUser()
SYNONYMS = [
    ("coltan", "en", "coltan"),
    ("coltan", "en", "columbite-tantalite"),
    ("coltan", "en", "tantalite"),
    ("coltan", "en", "Ta ore"),
    ("cassiterite", "en", "cassiterite"),
    ("cassiterite", "en", "tin ore"),
    ("cassiterite", "fr", "minerai d'étain"),
    ("3TG", "en", "3TG"),
    ("3TG", "en", "conflict minerals"),
]


@pytest.fixture
def shelf(db):
    actions.load_synonyms(SYNONYMS)
    put("Tantalite buyers in Rwanda", "Who buys columbite and what they ask for.")
    put("Cassiterite prices", "How a tin ore price is made at the pit.")
    put("Cassitérite : le prix à la mine", "Comment se forme le prix du minerai d’étain.", language="fr")
    put("Conflict minerals law", "Smelters and importers have duties.")
    actions.gather_words()


def put(title, text="", *, language="en", audience=("public",), kind="resource", **facts):
    key = Entry.objects.count() + 1
    actions.index(
        kind, key, language=language, title=title, text=text, url=f"/{kind}/{key}/", audience=audience, **facts
    )
    return key


def titles(person, words, **options):
    return [hit.title for hit in queries.found_by(person, words, **options).hits]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("coltan", ["Tantalite buyers in Rwanda"]),
        ("tin ore", ["Cassiterite prices", "Cassitérite : le prix à la mine"]),
        ("3TG", ["Conflict minerals law"]),
        ("smelter", ["Conflict minerals law"]),
        ("coltan Rwanda", ["Tantalite buyers in Rwanda"]),
        ("coltan Peru", []),
        ("", []),
        ("'); DROP TABLE search_entry; --", []),
        ("a & | ! <-> :* \x00", []),
    ],
)
def test_search_goes_by_meaning(shelf, words, found):
    assert titles(VISITOR, words) == found


@pytest.mark.parametrize("words", ["cassitérite", "cassiterite", "CASSITERITE", "minerai d’étain", "minerai d'etain"])
def test_search_finds_both_languages_own_first(shelf, words):
    with translation.override("fr"):
        assert titles(VISITOR, words) == ["Cassitérite : le prix à la mine", "Cassiterite prices"]


@pytest.mark.parametrize(
    ("language", "told"), [("en", "Mercury-free gold"), ("fr", "L’or sans mercure"), ("es", "Mercury-free gold")]
)
def test_a_thing_in_several_languages_is_found_once_in_ones_own(shelf, language, told):
    put("Mercury-free gold", "How a cooperative stopped.", thing="one")
    put("L’or sans mercure", "Mercury : comment une coopérative a cessé.", language="fr", thing="one")

    with translation.override(language):
        found = queries.found_by(VISITOR, "mercury")

    assert [hit.title for hit in found.hits] == [told]
    assert (found.count, found.kinds[0][2], dict(found.languages)) == (1, 1, {"en": 1, "fr": 1})


def test_a_mistyped_word_is_mended_and_said(shelf):
    found = queries.found_by(VISITOR, "smetlers duties")

    assert ([hit.title for hit in found.hits], found.mended) == (["Conflict minerals law"], "smelters duties")
    assert queries.found_by(VISITOR, "smetlers duties", exactly=True).count == 0


def test_a_word_that_helps_nothing_is_not_offered(shelf):
    found = queries.found_by(VISITOR, "smetlers zanzibarite")

    assert (found.hits, found.count, found.mended) == ([], 0, "")


def test_closed_words_are_found_by_their_people_alone(shelf):
    halden = factories.organisation()
    noor, jonas = factories.member(of=halden), factories.member(name="Jonas")
    put("Zanzibarite lot", "secret checkpoint", audience=[f"organisation:{halden.pk}"])
    put("For those signed in", "checkpoint", audience=["signed_in"])
    actions.gather_words()

    def told(person, words):
        found = queries.found_by(person, words)
        return [hit.title for hit in found.hits], found.count, found.mended, sum(n for *_rest, n in found.kinds)

    assert told(noor, "zanzibarite") == (["Zanzibarite lot"], 1, "", 1)
    assert told(jonas, "zanzibarite") == ([], 0, "", 0)
    assert told(VISITOR, "zanzibarit") == ([], 0, "", 0)  # not even as a mended word
    assert told(jonas, "checkpoint") == (["For those signed in"], 1, "", 1)
    assert told(VISITOR, "checkpoint") == ([], 0, "", 0)


def test_a_thing_made_closed_is_found_no_more(shelf):
    key = put("Open once", "plenary")
    actions.gather_words()
    actions.index("resource", key, language="en", title="Open once", text="plenary", url="/", audience=["group:7"])
    actions.gather_words()

    assert titles(VISITOR, "plenary") == []
    assert not Word.objects.filter(word="plenary").exists()


def test_a_thing_is_indexed_by_somebody_signed_in(shelf):
    noor = factories.member()

    with acting_for(noor, path="test"):
        put("Plenary minutes", audience=["signed_in"])

    assert titles(noor, "plenary") == ["Plenary minutes"]


def test_forget_takes_every_language_but_those_named(shelf):
    key = put("Assay", "assay")
    actions.index("resource", key, language="fr", title="Essai", text="assay", url="/", audience=["public"])

    actions.forget("resource", key, but=["fr"])

    assert titles(VISITOR, "assay") == ["Essai"]


def test_an_app_above_adds_its_audience(shelf, monkeypatch):
    monkeypatch.setattr(audiences, "_sources", {})
    noor, jonas = factories.member(), factories.member(name="Jonas")
    audiences.add(
        "group",
        keys_of=lambda person: ["group:7"] if person.name == "Noor" else [],
        choices_for=lambda person: [("group:7", "Tin")],
        name_of=lambda key: "Tin" if key == "group:7" else "another group",
    )
    put("Minutes", "roadblock", audience=["group:7"])

    assert (titles(noor, "roadblock"), titles(jonas, "roadblock")) == (["Minutes"], [])
    assert (audiences.name_of("group:7"), audiences.name_of("lodge:1")) == ("Tin", "nobody")


def test_what_is_found_is_marked_and_escaped(shelf):
    put("Roadblocks", "5 < 7 & a \x01 roadblock")

    snippet = queries.found_by(VISITOR, "roadblock").hits[0].snippet

    assert snippet == "5 &lt; 7 &amp; a   <mark>roadblock</mark>"


def test_a_long_text_is_quoted_where_the_words_stand_and_ranked_by_its_beginning(db):
    deep = "gravel and sand " * 3000 + "then the Barrières routières of Masisi" + " and more" * 3000
    put("Yearbook", deep, language="fr")
    put("Note", "Une barrière routière.", language="fr")

    hits = queries.found_by(VISITOR, "barriere").hits

    assert [hit.title for hit in hits] == ["Note", "Yearbook"]
    assert "<mark>Barrières</mark> routières of Masisi" in hits[1].snippet


def test_results_page_narrows_by_kind(client, shelf):
    put("A term", "smelter", kind="term")

    page = client.get(reverse("search:results"), {"q": "smelter", "kind": "term"}).content.decode()

    assert "A term" in page
    assert "Conflict minerals law" not in page


@pytest.mark.parametrize("page", ["0", "-1", "x", "999999999999999999999", "51"])
def test_results_page_takes_odd_addresses(client, shelf, page):
    assert client.get(reverse("search:results"), {"q": "smelter" * 99, "page": page, "kind": "x"}).status_code == 200


def test_results_page_asks_the_same_number_of_queries(client, shelf):
    from django.db import connection  # noqa: PLC0415 - of this test

    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse("search:results"), {"q": "cassiterite"})
        counts.append(len(asked))
        put("Another cassiterite")

    assert counts[0] == counts[1]


def test_a_word_with_synonyms_is_asked_for_by_its_meaning(shelf):
    asked = queries.asked_for(["tin", "ore", "pit"])

    assert (asked.terms, asked.words, asked.excused) == ([["cassiterite"]], "(('pit'))", [])


def test_a_word_is_looked_up_once_whatever_languages_stem_it_alike(shelf):
    assert queries.asked_for(["roadblocks"]).words == "(('roadblock')) | (('roadblocks'))"


def test_words_too_common_in_a_language_are_not_asked_for_in_it(shelf):
    put("Coltan roads", "The coltan road.")

    assert queries.asked_for(["the", "roadblock"]).words.startswith("(('roadblock')) | (('the') & ('roadblock'))")
    assert (titles(VISITOR, "the coltan"), titles(VISITOR, "the coltan road")) == (
        ["Coltan roads", "Tantalite buyers in Rwanda"],
        ["Coltan roads"],
    )


def test_synonyms_added_later_find_what_was_indexed_before(shelf):
    before = titles(VISITOR, "importer duties"), titles(VISITOR, "obligation")
    actions.load_synonyms([("duty", "en", "duties"), ("duty", "en", "obligation")])

    assert (before, titles(VISITOR, "obligation")) == ((["Conflict minerals law"], []), ["Conflict minerals law"])


@pytest.fixture
def common(db, monkeypatch):
    """A word that more things hold than are counted."""
    for name, most in (("COUNTED", 6), ("UNDATED", 1), ("NEWEST", 2), ("BY_TITLE", 1)):
        monkeypatch.setattr(finding, f"MOST_{name}", most)
    put("First guide", "audit")
    put("Second guide", "audit")
    put("Audit", "of old", kind="post", on=date(2020, 1, 1))
    for day in (1, 2, 3):
        put(f"Post of day {day}", "audit", kind="post", on=date(2026, 1, day))
    for n in range(9):
        put(f"Closed {n}", "audit", kind="post", audience=["group:7"], on=date(2026, 2, 1))


def test_of_a_common_word_those_are_listed_that_have_it_in_the_title_no_date_or_the_newest(common):
    found = queries.found_by(VISITOR, "audit")

    listed = {hit.title for hit in found.hits}
    assert listed - {"First guide", "Second guide"} == {"Audit", "Post of day 2", "Post of day 3"}
    assert (found.count, found.more, found.listed) == (6, True, 4)
    assert sum(n for _kind, _label, n in found.kinds) == 6


def test_a_choice_of_kind_searches_that_kind_whole(common):
    found = {kind: queries.found_by(VISITOR, "audit", kinds=[kind]) for kind in ("resource", "post")}

    assert {kind: (each.count, each.more, each.listed) for kind, each in found.items()} == {
        "resource": (2, False, 2),
        "post": (4, False, 4),
    }
    assert {kind for kind, _label, _n in found["post"].kinds} == {"resource", "post"}


def test_of_a_common_word_nothing_closed_is_listed_or_counted(common):
    assert queries.found_by(VISITOR, "closed").count == 0
    assert not [hit for hit in queries.found_by(VISITOR, "audit").hits if hit.title.startswith("Closed")]


def test_whoever_holds_many_keys_finds_the_same(common, monkeypatch):
    few = queries.found_by(VISITOR, "audit")
    monkeypatch.setattr(finding, "MOST_KEYS_LOOKED_UP", 0)

    assert queries.found_by(VISITOR, "audit") == few


def test_results_page_names_organisations_as_the_directory_shows_them(client, db):
    noor = factories.member("manager", factories.organisation("Halden Instruments"), "Noor")
    hidden = factories.member("manager", factories.organisation("Haldenbrook Traders"), "Rita")
    for person, circle in ((noor, Circle.PUBLIC), (hidden, Circle.MEMBERS)):
        with acting_for(person, path="test"):
            choose_showing(person.current_memberships[0].organisation, chosen={"name": circle}, by=person)

    page = client.get(reverse("search:results"), {"q": "haldn instruments"}).content.decode()
    narrowed = client.get(reverse("search:results"), {"q": "halden", "kind": "news"}).content.decode()

    assert "Halden Instruments" in page
    assert "Haldenbrook" not in page
    assert "Halden Instruments" not in narrowed


@pytest.mark.parametrize(("language", "heading"), [("sw", "Tafuta"), ("sw-cd", "Tafuta"), ("pt", "Pesquisar")])
def test_search_works_in_a_begun_language(client, shelf, language, heading):
    put("Bei ya dhahabu mgodini", "Jinsi bei ya dhahabu hufanyika.", language="sw")
    put("Preços do ouro na mina", "Como se forma o preço do ouro.", language="pt")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    swahili = client.get(reverse("search:results"), {"q": "dhahabu"}).text
    stemmed = client.get(reverse("search:results"), {"q": "preço ouro"}).text
    english = client.get(reverse("search:results"), {"q": "cassiterite"}).text

    assert f"<title>{heading}" in english
    assert ("Bei ya" in swahili, "Preços do" in stemmed, "Cassiterite prices" in english) == (True, True, True)
