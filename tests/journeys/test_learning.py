"""A newcomer of a small company lands on the public site, answers five questions, gets a list that fits, and learns."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.test_component_page import violations

pytestmark = pytest.mark.journey


def test_a_newcomer_finds_what_fits_and_finishes_a_unit(browser, site):
    context = browser.new_context(viewport={"width": 360, "height": 800}, base_url=site.address, locale="en")
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Learn", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Knowledge hub")
    assert violations(page) == []

    page.get_by_role("link", name="Answer five questions").click()
    page.get_by_label("Who are you in the chain?").select_option("manufacturer")
    page.get_by_label("tin", exact=True).check()
    page.get_by_label("How many people work with you?").select_option("small")
    page.get_by_label("In which country?").select_option("CZ")
    page.get_by_label("Does the EU Regulation bind you as an importer?").select_option("no")
    page.get_by_role("button", name="Show what fits me").click()
    expect(page.get_by_text(re.compile("it is for your place in the chain: manufacturer")).first).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360

    page.get_by_role("link", name="Responsible minerals for small companies").click()
    page.get_by_role("link", name="Begin", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Why customers ask about your metals")
    for answer in ("No, but customers may still ask", "Systems, risks, response, audit, report"):
        page.get_by_label(answer).check()
    page.get_by_label("Reasonable, documented and continuous effort").check()
    page.get_by_role("button", name="Check my answers").click()
    expect(page.get_by_text("All answers are right")).to_be_visible()
    assert violations(page) == []
