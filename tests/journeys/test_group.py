"""A newcomer joins a group, is answered by mail, reads the week's digest; the group decides; an event fills."""

from __future__ import annotations

import email
import re
import time
from email import policy
from email.message import EmailMessage

import icalendar
import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.axe import violations
from tests.journeys.conftest import Site
from tests.journeys.group_scene import CLOSED_WORD

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("group")]

PASSWORD = "cassiterite and coltan 49"
TITLE = "Which receipt counts on the road?"
ANSWER = "The stamped one, and only until the next morning."


@pytest.fixture(scope="module")
def site(own_site: Site) -> Site:
    return own_site


@pytest.fixture(scope="module")
def scene(site: Site) -> None:
    site.run("tests.journeys.group_scene", "make", PASSWORD)


def sign_in(browser: Browser, site: Site, name: str, width: int = 1280) -> Page:
    context = browser.new_context(base_url=site.address, viewport={"width": width, "height": 800}, locale="en")
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto("/account/login/")
    page.locator("input[name=login]").fill(f"{name}@groups.example")
    page.locator("input[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("main form button").first.click()
    return page


def press(page: Page, words: str) -> None:
    main = page.get_by_role("main")
    with page.expect_navigation():
        main.get_by_role("button", name=words).or_(main.get_by_role("link", name=words)).first.click()


def mails_to(site: Site, name: str) -> list[EmailMessage]:
    """What the site mailed to the person, oldest first."""
    found = []
    for path in sorted((site.folder / "mail").glob("*.log"), key=lambda each: each.stat().st_mtime):
        for text in path.read_text().split("\n" + "-" * 79):
            message = email.message_from_string(text.strip(), policy=policy.default)
            if f"{name}@groups.example" in str(message["To"]):
                found.append(message)
    return found


def wait_for_mail(site: Site, name: str, words: str) -> EmailMessage:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for message in reversed(mails_to(site, name)):
            if words in message.get_body(("plain",)).get_content():
                return message
        time.sleep(0.5)
    raise AssertionError(f"No mail with “{words}” came to {name}.")


def answer_by_mail(site: Site, name: str, to: EmailMessage, words: str) -> None:
    """As a mail program does it: the old text quoted below."""
    quoted = "\n".join(f"> {line}" for line in to.get_body(("plain",)).get_content().splitlines())
    answer = EmailMessage()
    answer["From"] = f"{name}@groups.example"
    answer["To"] = to["Reply-To"]
    answer["Subject"] = f"Re: {to['Subject']}"
    answer["Message-ID"] = f"<{name}-{time.monotonic_ns()}@mail.example>"
    answer.set_content(f"{words}\n\nOn 25 Nov 2026, the platform wrote:\n{quoted}\n")
    folder = site.folder / "mail-in"
    folder.mkdir(exist_ok=True)
    (folder / f"{time.monotonic_ns()}.eml").write_bytes(answer.as_bytes())
    site.run("tests.journeys.group_scene", "take-in-mail")


def test_newcomer_is_answered_by_mail_and_reads_the_digest(scene, browser: Browser, site: Site):
    pia = sign_in(browser, site, "pia", width=360)
    join_and_write(pia)
    assert violations(pia) == []

    mail = wait_for_mail(site, "jean", "stamped by the office")
    answer_by_mail(site, "jean", mail, ANSWER)
    press(pia, TITLE) if TITLE not in pia.title() else pia.reload()

    last = pia.locator("article.post").last
    assert ANSWER in last.inner_text()
    assert "by e-mail" in last.inner_text()
    assert "stamped by the office" not in last.locator(".prose").inner_text()

    pia.goto("/groups/tin-great-lakes-journey/choices")
    pia.get_by_label("Contributions").select_option("weekly")
    press(pia, "Save the choice")
    answer_by_mail(site, "marie", wait_for_mail(site, "marie", "stamped by the office"), "Two barriers have no office.")
    site.run("tests.journeys.group_scene", "send-weekly-digests")
    digest = wait_for_mail(site, "pia", "Two barriers have no office.")
    assert ANSWER not in digest.get_body(("plain",)).get_content()  # read on the page already
    assert digest["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def join_and_write(page: Page) -> None:
    page.goto("/groups/")
    press(page, "Tin, Great Lakes (journey)")
    press(page, "Join the group")
    press(page, "Begin a thread")
    page.get_by_label("Title").fill(TITLE)
    page.locator("main textarea").first.fill("Is it the one **stamped by the office**, or the driver's?")
    press(page, "Begin the thread")
    assert TITLE in page.get_by_role("heading", level=1).inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_group_decides_with_a_quorum_of_each_pillar(scene, browser: Browser, site: Site):
    jean = sign_in(browser, site, "jean")
    jean.goto("/groups/tin-great-lakes-journey/threads/new")
    jean.get_by_label("Title").fill("The count by week")
    jean.locator("main textarea").first.fill("Shall we publish it?")
    press(jean, "Begin the thread")
    press(jean, "Propose a decision")
    jean.get_by_label("What is proposed").fill("We publish the count by week, without names.")
    jean.get_by_label("In full").fill("Each Monday, on this page.")
    press(jean, "Open the proposal")
    press(jean, "We publish the count by week")
    proposal = jean.url
    pia = sign_in(browser, site, "pia")
    if pia.goto("/groups/tin-great-lakes-journey/") and pia.get_by_role("button", name="Join the group").count():
        press(pia, "Join the group")
    for page in (jean, pia, sign_in(browser, site, "marie")):
        page.goto(proposal)
        page.get_by_role("radio", name="agree").first.check()
        press(page, "Take this position")
    femke = sign_in(browser, site, "femke")
    femke.goto(proposal)
    press(femke, "Close it: everybody has spoken")
    said = femke.get_by_role("main").inner_text()
    assert "The proposal is closed: adopted" in said
    assert said.count("quorum of 1 reached") == 3
    assert violations(femke) == []


def test_words_of_a_closed_group_are_found_by_its_members_and_by_nobody_else(scene, browser: Browser, site: Site):
    found = {}
    for name in ("jean", "pia"):
        page = sign_in(browser, site, name)
        page.goto(f"/search/?q={CLOSED_WORD}")
        found[name] = page.get_by_role("main").get_by_role("link", name=re.compile(CLOSED_WORD)).count()
        page.goto("/groups/donors-of-the-lakes/")
        seen = CLOSED_WORD in page.content()
        assert seen == (name == "jean")
    assert (found["jean"] > 0, found["pia"]) == (True, 0)
    assert not [mail for mail in mails_to(site, "pia") if CLOSED_WORD in mail.as_string()]


def test_event_fills_and_its_entry_opens_in_a_calendar(scene, browser: Browser, site: Site):
    pia = sign_in(browser, site, "pia", width=360)
    pia.goto("/events/")
    press(pia, "Receipts on the road")
    event = pia.url
    press(pia, "Register")
    press(pia, "Register")
    with pia.expect_download() as download:
        pia.goto(event)
        pia.get_by_role("link", name="Calendar entry").click()
    entry = icalendar.Calendar.from_ical(download.value.path().read_bytes()).walk("VEVENT")[0]
    assert str(entry["SUMMARY"]) == "Receipts on the road"

    visitor = browser.new_context(base_url=site.address, locale="en").new_page()
    visitor.goto(event)
    assert "1 of 1 taken" in visitor.get_by_role("main").inner_text()
    press(visitor, "Join the waiting list")
    assert violations(visitor) == []
