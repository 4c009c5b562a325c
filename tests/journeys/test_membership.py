"""A small association applies in French on a phone, is voted in by quorum, signs, pays, files its return: all green."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.axe import violations
from tests.journeys.conftest import Site

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("membership")]

PASSWORD = "cassiterite and coltan 48"
BOARD = [f"{pillar}{number}" for pillar in ("supply_chain", "government", "civil_society") for number in (1, 2)]


@pytest.fixture(scope="module")
def site(own_site: Site) -> Site:
    return own_site


@pytest.fixture
def scene(site: Site) -> None:
    site.run("tests.journeys.membership_scene", PASSWORD)


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    """360 px wide, in French."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, base_url=site.address, locale="fr-FR")
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


def sign_in(page: Page, address: str) -> None:
    page.goto("/account/login/")
    page.locator("input[name=login]").fill(address)
    page.locator("input[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("main form button").first.click()


def press(page: Page, words: str) -> None:
    """A button or a link of the page's main part; each leads to another page."""
    main = page.get_by_role("main")
    with page.expect_navigation():
        main.get_by_role("button", name=words).or_(main.get_by_role("link", name=words)).first.click()


def fits(page: Page) -> None:
    """Nothing scrolls sideways, and axe finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(page) == []


def answer_what_is_asked(page: Page) -> None:
    """Fill every empty field of the page in the plainest way."""
    for field in page.locator("main textarea, main input[type=text]").all():
        if not field.input_value():
            field.fill("Association minière de Goma, étain et tantale.")
    for field in page.locator("main input[type=url]").all():
        field.fill("https://mazingira.example/")
    groups = {
        box.get_attribute("name") for box in page.locator("main input[type=radio], main input[type=checkbox]").all()
    }
    for name in groups:
        page.locator(f"main input[name={name}]").first.check()


def test_small_association_becomes_a_member(scene, phone: Page, browser: Browser, site: Site):
    application = apply_in_french(phone)

    check_and_call(browser, site, application)
    for address in BOARD[:5]:
        vote(browser, site, address)
    count(browser, site)
    sign_memorandum(phone, application)
    countersign(browser, site, application)

    hold_the_invoice(phone)
    book_payment_and_open_the_year(browser, site)
    file_the_return(phone)
    see_green_lights(phone)
    see_all_members(browser, site)


def apply_in_french(page: Page) -> str:
    sign_in(page, "amina@mazingira.example")
    page.goto("/members/")
    fits(page)
    press(page, "Demander l’adhésion")
    page.get_by_role("radio", name="Chaîne d’approvisionnement").check()
    press(page, "Commencer la demande")
    address = page.url
    press(page, "Continuer à répondre")
    for _part in ("about", "aims", "diligence"):
        fits(page)
        answer_what_is_asked(page)
        press(page, "Enregistrer et continuer")
    page.get_by_label("Effectif en", exact=False).first.fill("12,5")
    page.get_by_label("Chiffre d’affaires en", exact=False).first.fill("1 250 000")
    press(page, "Enregistrer et montrer la classe")
    said = page.get_by_role("main").inner_text()
    assert "Basique, 500" in said
    assert "petite entreprise" in said
    assert "12,5" in said
    fits(page)
    page.goto(address + "sign/")
    page.get_by_label("Votre fonction").fill("Présidente")
    page.get_by_role("checkbox").check()
    press(page, "Signer les déclarations")
    press(page, "Envoyer la demande")
    assert "le secrétariat l’examine" in page.get_by_role("main").inner_text()
    fits(page)
    return address


def as_somebody(browser: Browser, site: Site, address: str) -> Page:
    page = browser.new_context(base_url=site.address, viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(30_000)
    sign_in(page, f"{address}@members.example")
    return page


def check_and_call(browser: Browser, site: Site, application: str) -> None:
    page = as_somebody(browser, site, "femke")
    page.goto(application + "screen/")
    page.get_by_label("Lists and their editions").fill("UN list of today")
    page.get_by_role("radio", name="nobody is listed").check()
    press(page, "Record the screening")
    press(page, "Find it complete")
    press(page, "Call the board to vote")
    assert violations(page) == []
    page.context.close()


def vote(browser: Browser, site: Site, address: str) -> None:
    page = as_somebody(browser, site, address)
    page.goto("/members/ballots/")
    press(page, "Association Mazingira")
    page.get_by_role("radio", name="yes").check()
    press(page, "Cast the vote")
    assert "Your seat says yes" in page.get_by_role("main").inner_text()
    page.context.close()


def count(browser: Browser, site: Site) -> None:
    """One seat stays silent, so the secretariat waits for it; the last one stands aside, and then it counts."""
    page = as_somebody(browser, site, BOARD[5])
    page.goto("/members/ballots/")
    press(page, "Association Mazingira")
    page.get_by_text("I have a conflict of interest").click()
    page.get_by_label("What the conflict is").fill("We fund it.")
    press(page, "Stand aside")
    page.context.close()
    page = as_somebody(browser, site, "femke")
    page.goto("/members/ballots/")
    press(page, "Association Mazingira")
    press(page, "Count the votes")
    page.get_by_label("Reason of the decision").fill("Une association utile.")
    page.get_by_label("Minutes").fill("All present said yes.")
    press(page, "Count the votes")
    assert "Carried" in page.get_by_role("main").inner_text()
    page.context.close()


def sign_memorandum(page: Page, application: str) -> None:
    page.goto(application)
    press(page, "Signer le mémorandum")
    page.get_by_label("Votre fonction").fill("Présidente")
    page.get_by_role("checkbox").check()
    fits(page)
    press(page, "Signer le mémorandum")


def countersign(browser: Browser, site: Site, application: str) -> None:
    page = as_somebody(browser, site, "femke")
    page.goto(application)
    press(page, "Countersign the Memorandum")
    page.context.close()


def hold_the_invoice(page: Page) -> None:
    page.goto("/members/")
    assert "Mémorandum d’entente" in page.get_by_role("main").inner_text()
    fits(page)
    press(page, "EPRM-")
    fits(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger en PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")


def book_payment_and_open_the_year(browser: Browser, site: Site) -> None:
    page = as_somebody(browser, site, "femke")
    page.goto("/members/invoices/")
    press(page, "EPRM-")
    press(page, "Book a payment")
    page.get_by_label("Bank reference").fill("Statement 12, line 4")
    press(page, "Book it")
    page.goto("/returns/review/open/")
    press(page, "Open the year")
    page.context.close()


def file_the_return(page: Page) -> None:
    """What the platform knows is offered and taken; the rest is answered by hand, step by step."""
    page.goto("/returns/")
    fits(page)
    press(page, "Continuer")
    press(page, "Commencer le bilan")
    page.get_by_role("main").get_by_role("link").filter(has_text="1").first.click()
    taken = 0
    for _step in "12345":
        fits(page)
        offers = page.get_by_role("main").get_by_role("button", name="Reprendre")
        for number in range(offers.count()):
            with page.expect_navigation():
                offers.nth(number).click()
            taken += 1
        answer_the_step(page)
        press(page, "Enregistrer et")
    assert taken >= 4
    press(page, "Relire et envoyer")
    fits(page)
    for box in page.get_by_role("main").get_by_role("checkbox").all():
        box.check()
    press(page, "Envoyer le bilan")


def answer_the_step(page: Page) -> None:
    """“In place and documented” wherever nothing is chosen, and a number or a text where one is asked."""
    radios = page.locator("main input[type=radio]")
    for name in {box.get_attribute("name") for box in radios.all()}:
        chosen = page.locator(f"main input[name='{name}']:checked")
        if chosen.count() == 0 or not chosen.first.get_attribute("value"):
            page.locator(f"main input[name='{name}'][value=documented]").check()
    for field in page.locator("main input[inputmode=decimal], main input[type=number]").all():
        if not field.input_value():
            field.fill("3")
    for field in page.locator("main textarea:visible").all():
        if not field.input_value():
            field.fill("Visiter une fonderie.")


def see_green_lights(page: Page) -> None:
    page.goto("/members/")
    press(page, "Confirmer qu’ils sont exacts")
    fits(page)
    lights = page.get_by_role("main").locator("ul.lights li")
    assert [light.get_attribute("class") for light in lights.all()] == ["is-green"] * 4
    assert "Bilan annuel de diligence" in page.get_by_role("main").inner_text()


def see_all_members(browser: Browser, site: Site) -> None:
    page = as_somebody(browser, site, BOARD[0])
    page.goto("/returns/board/")
    row = page.get_by_role("row").filter(has_text="Association Mazingira").inner_text()
    assert "done by the member" in row
    assert page.get_by_role("row").count() == 1 + 7
    assert violations(page) == []
    page.context.close()
