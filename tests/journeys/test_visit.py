"""A visit from its plan to its story: a delegate says yes and observes on a phone, a stranger reads the story."""

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import ExifTags, Image
from playwright.sync_api import Locator, Page, expect

from tests.journeys.axe import violations
from tests.journeys.conftest import Site

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("visit")]

PASSWORD = "cassiterite and coltan 48"
SECRET = "Sleep in the convent"
NAME = "Rehema Bahati"


@pytest.fixture(scope="module")
def site(own_site: Site) -> Site:
    return own_site


@pytest.fixture
def scene(site: Site) -> None:
    site.run("tests.journeys.visit_scene", PASSWORD)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """As a phone makes it: with the place it was taken at."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Cheap phone 42"
    exif[ExifTags.IFD.GPSInfo] = {1: "N", 2: (1.0, 33.0, 0.0), 3: "E", 4: (30.0, 15.0, 0.0)}
    path = tmp_path / "scale.jpg"
    Image.new("RGB", (1600, 1200), "sienna").save(path, exif=exif)
    return path


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


def field(page: Page, name: str) -> Locator:
    return page.locator(f"main [name={name}]")


def fits(page: Page, width: int = 360) -> None:
    """Nothing scrolls sideways, and axe finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []


def day(offset: int) -> str:
    return (date.today() + timedelta(days=offset)).isoformat()


def test_a_visit_from_its_plan_to_its_story(scene, visitor: Page, phone: Page, stranger: Page, photo: Path):
    visit = plan(visitor)
    say_yes_and_observe(phone, visit, photo)
    report_and_tell(visitor, visit)

    story = read_as_stranger(stranger)
    take_the_photo_back(phone, visit)
    stranger.goto(story)
    expect(stranger.get_by_role("main").get_by_role("img", name="A scale")).to_have_count(0)


def plan(page: Page) -> str:
    """The secretariat plans, invites, writes the safety notes and says that the delegation has left."""
    sign_in(page, "femke@visits.example")
    page.goto("/visits/new/")
    field(page, "title").fill("Tin of the high lakes")
    field(page, "purpose").fill("How weighing is done.")
    field(page, "country").select_option("RW")
    field(page, "place").fill("Rutongo, shaft 4")
    field(page, "starts_on").fill(day(-9))
    field(page, "ends_on").fill(day(-2))
    fits(page, 1280)
    press(page, "Plan the visit")
    visit = page.url
    expect(page.get_by_text("Nobody of the supply chain comes")).to_be_visible()
    fits(page, 1280)

    press(page, "Invite somebody")
    field(page, "email").fill("noor@visits.example")
    press(page, "Invite")
    press(page, "Safety notes")
    field(page, "text").fill(SECRET)
    press(page, "Save")
    page.goto(visit)
    press(page, "The delegation has left")
    return visit


def say_yes_and_observe(page: Page, visit: str, photo: Path) -> None:
    """On a phone of 360 px: the invitation, whom she heard, what she saw, a photo, a finding and what follows."""
    sign_in(page, "noor@visits.example")
    page.goto(visit)
    expect(page.get_by_text("Do you come?")).to_be_visible()
    fits(page)
    press(page, "I come")
    press(page, "Safety notes")
    expect(page.get_by_text(SECRET).first).to_be_visible()
    page.goto(visit)

    press(page, "Write down whom you heard")
    field(page, "name").fill(NAME)
    field(page, "words").fill("The shaft is safer now.")
    fits(page)
    press(page, "Save")
    page.goto(visit)
    press(page, "Write down an observation")
    field(page, "theme").select_option(label="Traceability, weighing and records")
    field(page, "text").fill("Each bag is weighed twice.")
    fits(page)
    press(page, "Save")
    press(page, "Add a photo")
    page.locator("input[type=file]").set_input_files(str(photo))
    field(page, "caption").fill("A scale")
    page.get_by_label("No face can be recognised").check()
    fits(page)
    press(page, "Send the photo")
    expect(page.get_by_role("img", name="A scale")).to_be_visible()
    fits(page)

    page.goto(visit)
    press(page, "Write a finding")
    field(page, "kind").select_option(label="concern")
    field(page, "severity").select_option(label="high")
    field(page, "title").fill("Weights are not kept")
    press(page, "Save the finding")
    field(page, "title").fill("Print a weighing book")
    field(page, "owner").select_option(label="Noor")
    field(page, "due_on").fill(day(30))
    press(page, "Save")
    expect(page.get_by_text("Print a weighing book")).to_be_visible()
    fits(page)


def report_and_tell(page: Page, visit: str) -> None:
    """The secretariat writes a story that names somebody, is told so, mends and releases it."""
    page.goto(visit)
    press(page, "The delegation is back")
    press(page, "Write the story")
    field(page, "title").fill("What a scale is worth")
    field(page, "summary").fill("Two weights, one price.")
    field(page, "text").fill("Rehema showed us her book.")
    page.get_by_label("A scale").check()
    field(page, "publish_on").fill(day(0))
    press(page, "Save")
    expect(page.get_by_text(f"The words name “{NAME}”.").first).to_be_visible()
    fits(page, 1280)
    field(page, "text").fill("A woman showed us her book.")
    press(page, "Save")
    press(page, "Release it")
    fits(page, 1280)


def read_as_stranger(page: Page) -> str:
    """Without signing in: the story with its photo, and nothing of what nobody may know."""
    page.goto("/visits/stories/")
    fits(page, 1280)
    press(page, "What a scale is worth")
    main = page.get_by_role("main")
    expect(main.get_by_role("img", name="A scale")).to_be_visible()
    fits(page, 1280)
    words = page.content()
    assert [secret for secret in (SECRET, "Rehema", "Rutongo", "Noor", "Femke") if secret in words] == []
    sent = page.request.get(main.get_by_role("img", name="A scale").get_attribute("src") or "").body()
    with Image.open(io.BytesIO(sent)) as shown:
        assert (shown.size, dict(shown.getexif())) == ((1600, 1200), {})
    return page.url


def take_the_photo_back(page: Page, visit: str) -> None:
    page.goto(f"{visit}observations/")
    press(page, "Each bag is weighed twice.")
    press(page, "Withdraw and delete it")
    expect(page.get_by_text("its picture is deleted").first).to_be_visible()
