import pytest
from django.urls import reverse

from eprm.ui import assets


@pytest.fixture(autouse=True)
def _database(db):
    """Every request opens a transaction under the person's identity."""


def test_css_is_one_response_kept_for_ever(client):
    response = client.get(reverse("ui:css", args=[assets.stylesheet().digest]))

    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.text == assets.stylesheet().text


def test_css_of_an_older_release_is_todays_and_not_kept(client):
    response = client.get(reverse("ui:css", args=["0ld"]))

    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")


def test_components_page_draws_every_part(client):
    page = client.get(reverse("ui:components"))

    assert page.status_code == 200
    assert page.text.count('<figure class="chart') == 6
    assert "<title>Component sheet · EPRM</title>" in page.text
    assert "<h1>Component sheet</h1>" in page.text


def test_components_table_comes_as_a_file(client):
    response = client.get(reverse("ui:components"), {"format": "csv"})

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_scripts_are_our_own_and_checked(client):
    page = client.get(reverse("ui:components")).text

    assert page.count("<script") == page.count('integrity="sha384-') == 2
    assert 'src="/static/' in page


def test_theme_is_kept_and_drawn_by_the_server(client):
    response = client.post(reverse("ui:theme"), {"theme": "dark", "next": "/components"})

    assert (response.status_code, response.url) == (302, "/components")
    assert 'data-theme="dark"' in client.get("/components").text


def test_theme_as_on_the_device_forgets_the_choice(client):
    client.cookies["theme"] = "dark"

    client.post(reverse("ui:theme"), {"theme": ""})

    assert "data-theme" not in client.get("/components").text


@pytest.mark.parametrize("chosen", ["pink", '"><script>'])
def test_theme_that_is_none_changes_nothing(client, chosen):
    client.cookies["theme"] = chosen

    assert "data-theme" not in client.get("/components").text


def test_theme_leads_to_no_other_site(client):
    assert client.post(reverse("ui:theme"), {"theme": "dark", "next": "https://evil.example/"}).url == "/"


def test_theme_by_address_alone_is_refused_with_a_page(client):
    response = client.get(reverse("ui:theme"))

    assert response.status_code == 405


def test_language_is_chosen_without_script(client):
    client.post(reverse("ui:language"), {"language": "fr", "next": "/components"})

    assert '<html lang="fr" dir="ltr">' in client.get("/components").text
