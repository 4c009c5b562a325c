"""The hub's pages: once as meant, once refused; counts, feeds and files follow who may see."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from eprm.knowledge.actions import indexing
from eprm.knowledge.models import Fact, PersonalStart, ProductionFigure, Rating, Suggestion, UnitDone
from eprm.knowledge.models.base import Words
from eprm.people import audiences
from eprm.search import queries as search
from tests import factories
from tests.eprm.knowledge import shelf


def text(response):
    return response.content.decode()


def address(name, *args):
    return reverse(f"knowledge:{name}", args=args)


def test_resource_list_narrows_by_facets_and_counts_what_is_left(client, db):
    shelf.resource("Tin guide")
    shelf.resource("Gold guide", minerals=["gold"])

    page = text(client.get(address("resource_list"), {"mineral": "gold", "kind": "no such kind", "tier": "x" * 500}))

    assert ("Gold guide" in page, "Tin guide" in page, "1 resource" in page) == (True, False, True)


def test_resource_list_is_found_by_words_with_synonyms(client, db):
    shelf.publish(shelf.resource("Working with cassiterite"))

    assert "Working with cassiterite" in text(client.get(address("resource_list"), {"q": "cassitérites"}))


def test_resource_list_asks_as_much_for_three_as_for_one(client, db):
    shelf.resource("One")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(address("resource_list"))
        counts.append(len(asked))
        shelf.resource(f"Another {len(counts)}")
        shelf.resource(f"Further {len(counts)}")

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "odd", ["page=-3", "page=x", "q=%00", "sort=price", "mineral=%00", "format=pdf", "q=" + "x" * 5000]
)
def test_resource_list_takes_odd_addresses(client, db, odd):
    assert client.get(f"{address('resource_list')}?{odd}").status_code in (200, 400)


def test_resource_list_leaves_as_a_file_what_the_person_may_see(client, db):
    shelf.resource("Open")
    shelf.resource("Closed", audience="members")

    file = text(client.get(address("resource_list"), {"format": "csv"}))

    assert ("Open" in file, "Closed" in file) == (True, False)


@pytest.mark.parametrize(
    ("audience", "visitor", "signed_in"),
    [("public", 200, 200), ("signed_in", 302, 200), ("members", 302, 403), ("group:7", 404, 404)],
)
def test_a_resource_is_for_whom_it_says(client, noor, audience, visitor, signed_in):
    resource = shelf.publish(shelf.resource("Roadblock study", audience=audience))
    names = [resource.get_absolute_url(), address("resource_file", resource.pk)]
    seen = [client.get(names[0]).status_code]
    client.force_login(noor)
    seen.append(client.get(names[0]).status_code)

    assert seen == [visitor, signed_in]
    assert client.get(names[1]).status_code == (404 if signed_in in (200, 404) else 403)


def test_what_is_closed_shows_nowhere(client, noor):
    """Not in lists, counts, search, news, feed, the personal start, nor in a course."""
    shelf.publish(shelf.resource("Zanzibarite study", audience="group:7"))
    shelf.publish(shelf.news("Zanzibarite news", audience="group:7"))
    shelf.publish(shelf.words("Zanzibarite words", audience="group:7", section="guidance"))
    shelf.publish(shelf.unit(audience="group:7"))
    client.force_login(noor)
    names = "hub resource_list news_list news_feed guidance_list course_list glossary".split()

    pages = [text(client.get(address(name))) for name in names]
    pages.append(text(client.get(address("for_you"), {"tier": "manufacturer"})))
    pages.append(text(client.get(reverse("search:results"), {"q": "zanzibarite"})))

    assert [page.count("Zanzibarite") for page in pages] == [0] * len(pages)
    assert ["Why customers ask" in page for page in pages] == [False] * len(pages)
    assert search.found_by(noor, "zanzibarite").count == 0


def test_a_group_finds_its_own(client, noor, monkeypatch):
    source = audiences.Source(lambda person: ["group:7"], lambda person: [("group:7", "Tin")], lambda key: "Tin")
    monkeypatch.setattr(audiences, "_sources", {"group": source})
    resource = shelf.publish(shelf.resource("Zanzibarite study", audience="group:7"))
    client.force_login(noor)

    assert client.get(resource.get_absolute_url()).status_code == 200
    assert "Zanzibarite study" in text(client.get(reverse("search:results"), {"q": "zanzibarite"}))


def test_the_api_gives_each_caller_their_own(client, noor):
    from eprm.people import actions  # noqa: PLC0415 - of this test

    halden = noor.memberships.get().organisation
    expires = timezone.now() + timezone.timedelta(days=1)
    _token, key = actions.create_token(halden, label="t", scopes=["knowledge:read"], expires_at=expires, by=noor)
    shelf.publish(shelf.resource("Zanzibarite study", audience="group:7"))
    shelf.publish(shelf.resource("Zanzibarite for all", audience="signed_in"))

    def get(path):
        return client.get(f"/api/knowledge/{path}", headers={"authorization": f"Bearer {key}"}).json()

    assert [item["title"] for item in get("resources?tier=manufacturer&q=zanzibarite")["items"]] == [
        "Zanzibarite for all"
    ]
    assert [(found["count"], found["hits"][0]["title"]) for found in [get("search?q=zanzibarite")]] == [
        (1, "Zanzibarite for all")
    ]


def test_a_file_is_a_download_whatever_it_holds(client, db, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    resource = shelf.resource("Letter")
    resource.file.save("letter.txt", ContentFile(b"<script>alert(1)</script> roadblock"))
    shelf.publish(resource)
    indexing.read_file(resource.pk)

    response = client.get(address("resource_file", resource.pk))

    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"] == 'attachment; filename="letter.txt"'
    assert b"".join(response.streaming_content) == b"<script>alert(1)</script> roadblock"
    assert "Letter" in text(client.get(reverse("search:results"), {"q": "roadblock"}))


def test_rating_counts_one_voice_a_person(client, noor):
    resource = shelf.resource()
    client.force_login(noor)
    for useful in ("yes", "no", "yes"):
        client.post(address("resource_rate", resource.pk), {"useful": useful})

    assert list(Rating.objects.values_list("useful", flat=True)) == [True]
    assert "1 of 1 readers found it of use" in text(client.get(resource.get_absolute_url()))


def test_rating_is_refused_for_what_one_may_not_see(client, noor):
    resource = shelf.resource(audience="group:7")
    client.force_login(noor)

    assert client.post(address("resource_rate", resource.pk), {"useful": "yes"}).status_code == 404


def test_five_answers_give_a_list_with_reasons(client, db):
    shelf.resource("Letters a small maker can send", kind="template", for_small=True, summary="For an SME.")
    shelf.resource("For miners", tiers=["asm"])
    answers = {"tier": "manufacturer", "minerals": "tin", "size": "small", "country": "DE", "in_scope": "no"}

    page = text(client.get(address("for_you"), answers))

    assert ("Letters a small maker can send" in page, "For miners" in page) == (True, False)
    assert "it is written for small companies, and yours has 10 to 49 people" in page


def test_five_answers_stay_in_the_session_and_may_be_kept(client, noor):
    answers = {"tier": "brand", "minerals": ["tin", "gold"], "size": "", "country": "", "in_scope": ""}
    client.force_login(noor)
    client.get(address("for_you"), answers)

    assert "tier=brand" in client.get(address("for_you")).url
    client.post(address("for_you_keep"), answers)
    assert (PersonalStart.objects.get().tier, PersonalStart.objects.get().minerals) == ("brand", ["tin", "gold"])
    client.post(address("for_you_keep"), {"forget": "1"})
    assert not PersonalStart.objects.exists()
    assert client.get(address("for_you")).status_code in (200, 302)


@pytest.mark.parametrize("wrong", [{"tier": "king"}, {"minerals": "cheese"}, {"country": "ZZZ"}, {"size": "x" * 5000}])
def test_wrong_answers_are_said(client, db, wrong):
    assert client.get(address("for_you"), wrong).status_code == 422


def test_a_quiz_rightly_answered_is_kept_for_whoever_is_signed_in(client, noor):
    unit = shelf.unit()
    right = {"q0": "2", "q1": "1"}
    visitor = client.post(address("unit_answer", unit.pk), right)
    client.force_login(noor)
    wrong = client.post(address("unit_answer", unit.pk), {"q0": "1", "q1": "1"})

    assert (visitor.status_code, "1 of 2 answers are right" in text(wrong)) == (200, True)
    assert not UnitDone.objects.exists()
    for _ in range(2):
        client.post(address("unit_answer", unit.pk), right)
    assert list(UnitDone.objects.values_list("person", "unit_key")) == [(noor.pk, unit.translation_key)]
    assert "Why customers ask" in text(client.get(address("record")))


@pytest.mark.parametrize("answers", [{}, {"q0": "9", "q1": "1"}, {"q0": "x", "q1": "-1"}])
def test_a_quiz_wants_every_question_answered(client, db, answers):
    assert client.post(address("unit_answer", shelf.unit().pk), answers).status_code == 422


def test_a_page_is_read_in_the_readers_language_or_as_written(client, db):
    words = shelf.words(title="The five steps")
    french = words.copy_for_translation(shelf.locale("fr"), copy_parents=True)
    french.title = "Les cinq étapes"
    shelf.publish(french)

    client.cookies["django_language"] = "fr"
    own, other = text(client.get(words.get_absolute_url())), text(client.get(words.get_absolute_url(), {"in": "en"}))
    client.cookies["django_language"] = "es"
    neither = text(client.get(words.get_absolute_url()))

    assert ("Les cinq étapes" in own, "The five steps" in other, "The five steps" in neither) == (True, True, True)
    assert text(client.get(address("guidance_list"))).count("The five steps") == 1


def test_a_brief_shows_facts_beside_own_figures(client, db):
    for country, tonnes in (("RW", 3800), ("", 290000)):
        ProductionFigure.objects.create(
            mineral="tin",
            country=country,
            year=2023,
            tonnes=tonnes,
            estimated=True,
            edition="E",
            published_on="2024-01-31",
        )

    page = text(client.get(shelf.brief().get_absolute_url()))

    assert "A law of 2024." in page
    assert "Rwanda mined 3 800 t of tin in 2023" in page.replace("\u202f", " ").replace("\xa0", " ")
    assert "name no area of this country" in page


def test_a_suggestion_reaches_the_editors_and_comes_back(client, noor, lotte):
    client.force_login(noor)
    told = {"title": "A guide", "address": "https://guide.example/a", "why": "Helps solder makers."}
    client.post(address("suggestion_new"), told)
    again = client.post(address("suggestion_new"), told)
    suggestion = Suggestion.objects.get()
    client.force_login(lotte)
    unreasoned = client.post(address("suggestion_decide", suggestion.pk), {"deed": "decline"})
    client.post(address("suggestion_decide", suggestion.pk), {"deed": "decline", "reason": "It is behind a wall."})
    late = client.post(address("suggestion_decide", suggestion.pk), {"deed": "take"})
    client.force_login(noor)

    assert (again.status_code, "waits for an editor" in text(again)) == (422, True)
    assert (unreasoned.status_code, late.status_code) == (422, 403)
    assert "It is behind a wall." in text(client.get(address("suggestion_new")))


def test_a_suggestion_taken_up_is_a_draft_nobody_else_sees(client, noor, lotte):
    client.force_login(lotte)
    suggestion = Suggestion.objects.create(title="A", address="https://a.example/", why="w", suggested_by=noor)

    response = client.post(address("suggestion_decide", suggestion.pk), {"deed": "take"})

    suggestion.refresh_from_db()
    assert "/admin/snippets/knowledge/resource/" in response.url
    assert client.get(suggestion.resource.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("wrong", ["javascript:alert(1)", "ftp://a.example", "not an address", "https://" + "x" * 600])
def test_a_suggestion_without_an_address_is_refused(client, noor, wrong):
    client.force_login(noor)

    response = client.post(address("suggestion_new"), {"title": "A", "address": wrong, "why": "w"})

    assert (response.status_code, Suggestion.objects.count()) == (422, 0)


def test_the_secretariat_names_editors(client, noor):
    femke = factories.member("manager", factories.organisation("EPRM", tier="secretariat"), "Femke")
    client.force_login(femke)
    unknown = client.post(address("editor_list"), {"email": "nobody@people.example"})
    client.post(address("editor_list"), {"email": noor.email, "may_publish": "on"})

    assert (unknown.status_code, "nobody@people.example" in text(unknown)) == (422, True)
    assert list(noor.groups.values_list("name", flat=True)) == ["Moderators"]
    client.post(address("editor_dismiss", noor.pk))
    assert not noor.groups.exists()


def test_every_page_of_words_has_its_own_address():
    assert all(model.get_absolute_url is Words.get_absolute_url for model in Words.__subclasses__())


def test_a_mineral_brief_tells_who_mines_it_beside_the_country_briefs(client, db):
    edition = {
        "mineral": "tin",
        "year": 2023,
        "edition": "Mineral Commodity Summaries 2024",
        "published_on": "2024-01-31",
    }
    for country, tonnes in (("", 290_000), ("CN", 68_000), ("RW", 3_300)):
        ProductionFigure.objects.create(country=country, tonnes=tonnes, estimated=country == "RW", **edition)
    brief = shelf.brief()
    brief.facts.add(Fact(topic="exports", on="2023", words="Exports of 2023.", address="https://rmb.example/"))
    brief.facts.add(Fact(topic="women", on="2023", words="Women sort.", address="https://rmb.example/"))
    shelf.publish(brief)

    text = client.get(reverse("knowledge:mineral", args=["tin"])).text
    odd = client.get(reverse("knowledge:mineral", args=["cheese"])).status_code

    assert "China mined most tin in 2023: 23.4\xa0% of the world’s" in text
    assert ("Exports of 2023." in text, "Women sort." in text, "(estimated)" in text, odd) == (True, False, True, 404)


@pytest.mark.parametrize(("audience", "said"), [("public", "everybody"), ("signed_in", "whoever is signed in")])
def test_every_item_says_who_can_see_it(client, noor, audience, said):
    resource, words = shelf.resource(audience=audience), shelf.words(audience=audience)
    client.force_login(noor)

    for address in (resource.get_absolute_url(), words.get_absolute_url()):
        assert f"Who can see this: {said}" in client.get(address).text
