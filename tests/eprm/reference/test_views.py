"""Each page of the lists: once as meant, once refused, and with the same number of queries at any size."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from eprm.reference.models import Area, Loading, Release, Threshold

from .conftest import line, workbook


@pytest.fixture
def page(client, noor):
    client.force_login(noor)
    return client


@pytest.fixture
def keeper(client, femke):
    client.force_login(femke)
    return client


def send(page, key, name, content, **told):
    data = {"file": SimpleUploadedFile(name, content), **told}
    return page.post(reverse("reference:loading_new", args=[key]), data, follow=True)


KEYS = ["cahra-eu", "covered-1502", "thresholds-eu", "sanctions-un", "sanctions-ofac", "smelter-register"]


def test_start_lists_every_list_with_how_sure_it_is(page):
    shown = page.get(reverse("reference:start")).content.decode()

    assert shown.count('href="/reference/lists/') >= 7
    assert "unverified" in shown
    assert "not loaded yet" in shown


def test_pages_send_a_visitor_to_sign_in(client, lists):
    for name, args in (("start", []), ("area_lookup", []), ("list_detail", ["cahra-eu"]), ("release_detail", [1])):
        assert client.get(reverse(f"reference:{name}", args=args)).status_code == 302


@pytest.mark.parametrize("key", KEYS)
def test_list_pages_open(page, key):
    assert page.get(reverse("reference:list_detail", args=[key])).status_code == 200
    assert page.get(reverse("reference:release_compare", args=[key])).status_code == 200


@pytest.mark.parametrize("key", KEYS[:-1])
def test_loading_new_of_a_shared_list_is_refused_with_whose_it_is(page, key):
    response = page.get(reverse("reference:loading_new", args=[key]))

    assert response.status_code == 403
    assert "The secretariat keeps this list for everybody." in response.content.decode()


@pytest.mark.parametrize("key", KEYS)
def test_loading_new_is_open_to_the_secretariat(keeper, key):
    assert keeper.get(reverse("reference:loading_new", args=[key])).status_code == 200


def test_loading_new_takes_a_workbook_and_leads_to_its_rows(page):
    content = workbook("6.5", [line("Tin", "Straits", "CID900101")])

    loaded = send(page, "smelter-register", "cmrt.xlsx", content)
    again = send(page, "smelter-register", "cmrt.xlsx", content)
    release = page.get(reverse("reference:release_detail", args=[loaded.context["loading"].release_id]))

    assert "“CMRT 6.5” is loaded" in loaded.content.decode()
    assert "This very file was loaded already" in again.content.decode()
    assert "CID900101" in release.content.decode()


def test_loading_new_shows_what_is_wrong_by_row(keeper):
    bad = b"iso2,iso3166-2,name,category,valid_from,valid_to,source\nCD,,Nord-Kivu,,soon,,x\n"

    shown = send(keeper, "cahra-eu", "a.csv", bad, edition="19", published_on="2025-09-30").content.decode()

    assert "Nothing was loaded" in shown
    assert "row 2" in shown
    assert '<span class="quoted">soon</span>' in shown


@pytest.mark.parametrize(
    "told", [{"edition": "", "published_on": "2025-09-30"}, {"edition": "x", "published_on": "2999-01-01"}]
)
def test_loading_new_asks_for_edition_and_day(keeper, told):
    assert send(keeper, "cahra-eu", "a.csv", b"x", **told).status_code == 422
    assert Loading.objects.count() == 0


def test_release_detail_finds_confirms_and_exports(keeper):
    release = Release.objects.get(list__key="cahra-eu")
    url = reverse("reference:release_detail", args=[release.pk])
    row = Area.objects.filter(verified=False).first()

    found = keeper.get(url, {"q": "tigray"}).content.decode()
    csv = keeper.get(url, {"format": "csv"}).content.decode("utf-8-sig")
    keeper.post(reverse("reference:row_confirm", args=["area", row.pk]))
    row.refresh_from_db()

    assert "Tigray" in found
    assert "Mexico" not in found
    assert len(csv.splitlines()) == 56
    assert row.verified


def test_release_detail_of_another_organisation_does_not_exist(client, noor, jonas):
    client.force_login(noor)
    send(client, "smelter-register", "cmrt.xlsx", workbook("6.5", [line("Tin", "Straits", "CID900101")]))
    client.force_login(jonas)

    ids = range(1, 60)
    seen = [pk for pk in ids if client.get(reverse("reference:loading_detail", args=[pk])).status_code != 404]

    assert seen == []


def test_row_confirm_is_refused_to_companies(page):
    row = Threshold.objects.filter(verified=False).first()

    response = page.post(reverse("reference:row_confirm", args=["threshold", row.pk]))

    row.refresh_from_db()
    assert (response.status_code, row.verified) == (403, False)


def test_area_new_adds_a_row(keeper):
    told = {"iso2": "CD", "name": "Nord-Kivu", "region": "CD-NK", "valid_from": "2020-12-17", "source": "list"}

    added = keeper.post(reverse("reference:area_new", args=["cahra-eu"]), told, follow=True)

    assert "update 18, in part + 1" in added.content.decode()


@pytest.mark.parametrize(
    "wrong", [{"region": "RW-01"}, {"region": "Kivu"}, {"valid_to": "2019-01-01"}, {"source": ""}, {"iso2": "XX"}]
)
def test_area_new_says_what_is_wrong(keeper, wrong):
    told = {"iso2": "CD", "name": "Nord-Kivu", "region": "CD-NK", "valid_from": "2020-12-17", "source": "list"}

    response = keeper.post(reverse("reference:area_new", args=["cahra-eu"]), {**told, **wrong})

    assert response.status_code == 422


def test_area_lookup_answers_with_list_edition_and_source(page):
    url = reverse("reference:area_lookup")

    listed = page.get(url, {"country": "ET", "on": "2024-10-01"}).content.decode()
    unlisted = page.get(url, {"country": "NL", "on": "2024-10-01"}).content.decode()
    wrong = page.get(url, {"country": "ET", "on": "never"})

    assert "Ethiopia: one area was listed" in listed
    assert "update 18, in part" in listed
    assert "no area was listed" in unlisted
    assert wrong.status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_start_takes_the_same_queries(page, count, django_assert_max_num_queries):
    for revision in ("6.4", "6.5", "6.51")[:count]:
        send(page, "smelter-register", f"{revision}.xlsx", workbook(revision, [line("Tin", "S", "CID900101")]))

    with django_assert_max_num_queries(14):
        assert page.get(reverse("reference:start")).status_code == 200
