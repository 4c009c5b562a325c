"""A visitor reads on a phone what a survey brought; a company answers another by keyboard, and changes its answer."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.axe import violations
from tests.journeys.conftest import Site
from tests.journeys.hands import Keyboard

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("surveys")]

PASSWORD = "cassiterite and coltan 48"


@pytest.fixture(scope="module")
def site(own_site: Site) -> Site:
    return own_site


@pytest.fixture
def scene(site: Site) -> None:
    site.run("tests.journeys.survey_scene", PASSWORD)


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    """360 px wide, in French, without script."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, base_url=site.address, locale="fr-FR", java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def test_results_are_read_on_a_phone_and_an_answer_is_sent_and_changed(scene, phone: Page, visitor: Page):
    phone.goto("/surveys/")
    phone.get_by_role("link", name="Thèmes du prochain appel").click()
    phone.get_by_role("link", name="Voir les résultats").click()

    assert phone.get_by_role("heading", name="Ce que nous en faisons").count() == 1
    assert "46 réponses" in phone.get_by_role("main").inner_text()

    visitor.goto("/account/login/")
    visitor.locator("input[name=login]").fill("noor@halden.example")
    visitor.locator("input[name=password]").fill(PASSWORD)
    with visitor.expect_navigation():
        visitor.locator("main form button").first.click()
    code = answer_by_keyboard(visitor)
    change_by_code(visitor, code)


def answer_by_keyboard(page: Page) -> str:
    """What was kept stands there still; a wrong number is quoted; then it is sent."""
    page.goto("/surveys/")
    hands = Keyboard(page)
    hands.press("What a visit by an auditor costs you")
    hands.press("Answer the survey")
    cost = page.get_by_label("What did the last visit by an auditor cost, travel included?", exact=True)
    assert cost.input_value() == "7 800"
    hands.fill("What did the last visit by an auditor cost, travel included?", "about 8000")
    hands.press("Send my answer")
    hands.wait_for("“about 8000” cannot be read as a number")
    assert violations(page) == []
    hands.fill("What did the last visit by an auditor cost, travel included?", "8 000")
    hands.press("Send my answer")
    hands.wait_for("The code of your answer")
    assert violations(page) == []
    return page.locator("main code").inner_text()


def change_by_code(page: Page, code: str) -> None:
    page.goto("/surveys/")
    hands = Keyboard(page)
    hands.press("What a visit by an auditor costs you")
    hands.press("Change my answer")
    hands.fill("Code of your answer", code.upper())
    hands.press("Open my answer")
    cost = page.get_by_label("What did the last visit by an auditor cost, travel included?", exact=True)
    assert cost.input_value() == "8000"
    hands.press("Send my answer")
    hands.wait_for("The code of your answer")
    assert page.locator("main code").inner_text() == code
