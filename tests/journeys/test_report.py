"""A supplier's CMRT becomes a report: from signing up to the file in the hand, and nobody else sees any of it."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pypdf
import pytest
from playwright.sync_api import Page

from lode.rmi.declaration import SmelterLine
from tests.journeys.axe import violations
from tests.journeys.hands import Keyboard, Pointer
from tests.workbooks import BLANK, COMPANY, FILLED, book, complete

pytestmark = pytest.mark.journey

PASSWORD = "cassiterite and coltan 47"
# Whose names are unlike: the page asks about an organisation that may be here already.
WORKS_FOR = {
    "Nadia": "Halvorsen Optik",
    "Pia": "Quenby Castings",
    "Kira": "Zollner Feinguss",
    "Sol": "Tamarind Circuits",
    "Rosa": "Vexford Drives",
    "Olga": "Brumaire Motors",
    "Stan": "Lockwood Pumps",
}
SIGNED = date.today() - timedelta(days=40)


@dataclass(frozen=True)
class Papers:
    """What the newcomer has at hand: a workbook with the register, and what two suppliers sent."""

    register: Path
    good: Path
    wrong: Path


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Papers:
    """Invented ones: one with a name in no register, one with a blank e-mail address."""
    folder = tmp_path_factory.mktemp("papers")
    congo = "CONGO, DEMOCRATIC REPUBLIC OF THE"
    known = [replace(line, mine_countries=congo) if line.row == 6 else line for line in complete().smelters]
    unknown = SmelterLine(row=9, metal="Tin", lookup="Smelter not listed", name="Red Hill Works", country="RWANDA")
    named = complete(smelters=(*known, unknown), effective_date=SIGNED)
    books = {
        "register.xlsx": book(smelters=()),
        "solder.xlsx": book(named),
        "wire.xlsx": book(company=replace(COMPANY, name="Wire Works", contact_email=None), effective_date=SIGNED),
    }
    for name, content in books.items():
        (folder / name).write_bytes(content)
    return Papers(*(folder / name for name in books))


@pytest.fixture
def real() -> Papers:
    """A register and two suppliers' files as they came."""
    a, b = FILLED / "supplier-a-cmrt-6.4-scope-b.xlsx", FILLED / "supplier-b-cmrt-6.4-smelters-only.xlsx"
    papers = Papers(register=BLANK / "RMI_CMRT_6.5.xlsx", good=a, wrong=b)
    if not papers.good.exists():
        pytest.skip("The real workbooks are not on this machine.")
    return papers


def sign_up(hand: Pointer, site, name: str) -> None:
    """A new account, its address confirmed by the mailed code, and an organisation of its own."""
    address = f"{name.lower()}@newcomers.example"
    hand.page.goto("/account/signup/")
    hand.fill("Your name", name)
    hand.fill("Email", address)
    hand.fill("Password", PASSWORD)
    hand.fill("Password (again)", PASSWORD)
    hand.press("Make the account")
    hand.wait_for("It went to")
    hand.fill("Code", site.code_mailed_to(address))
    hand.press("Confirm the code")
    hand.wait_for("Register your organisation")
    hand.fill("Legal name", WORKS_FOR[name])
    hand.choose("Country", "Netherlands")
    hand.choose("Place in the chain", "brand")
    hand.press("Register the organisation")
    hand.wait_for("Load the smelter register")


def load_register(hand: Pointer, papers: Papers) -> None:
    hand.press("Load a register")
    hand.attach(papers.register)
    hand.press("Load the edition")
    hand.wait_for("is loaded")


def send(hand: Pointer, papers: Papers) -> None:
    """Both files at once, until both are checked."""
    hand.page.goto("/diligence/uploads/new/")
    hand.attach(papers.good, papers.wrong)
    hand.press("Send declarations")
    hand.wait_for("All 2 files are checked.")


def open_file(hand: Pointer, papers: Path) -> None:
    hand.page.goto("/diligence/uploads/")
    row = hand.page.get_by_role("row").filter(has_text=papers.name)
    hand.page.goto(row.get_by_role("link").first.get_attribute("href"))


def decide_names(hand: Pointer) -> int:
    """Each open name: the first candidate where there is one, else a smelter in no register; how many."""
    decided = 0
    while (link := hand.page.get_by_role("main").get_by_role("link", name=re.compile(r"^Decide \d+ name"))).count():
        hand.press(link.inner_text())
        hand.wait_for("of this file")
        while hand.page.get_by_role("button", name="Save and go to the next name").count():
            candidates = hand.page.locator(".candidate b")
            hand.tick(candidates.first.inner_text() if candidates.count() else "A different smelter, in no register")
            at = hand.page.url
            hand.press("Save and go to the next name")
            hand.page.wait_for_url(lambda url, at=at: url != at)
            decided += 1
    return decided


def accept(hand: Pointer) -> None:
    hand.press("Accept the declaration")
    hand.wait_for("The declaration is accepted")


def take_report(page: Page) -> tuple[pypdf.PdfReader, openpyxl.Workbook]:
    """The report of the year, as the files a person downloads."""
    page.goto("/diligence/reports/new/")
    taken = []
    for name in ("Download the PDF", "Download the workbook"):
        with page.expect_download() as started:
            page.get_by_role("link", name=name).click()
        taken.append(BytesIO(Path(started.value.path()).read_bytes()))
    return pypdf.PdfReader(taken[0]), openpyxl.load_workbook(taken[1])


def see(page: Page, address: str = "") -> None:
    """The page is for everybody: axe finds nothing, and nothing scrolls sideways."""
    if address:
        page.goto(address)
    assert violations(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], page.url


def walk(hand: Pointer, site, papers: Papers, name: str) -> int:
    """The whole way to an accepted declaration; how many names were decided."""
    sign_up(hand, site, name)
    load_register(hand, papers)
    send(hand, papers)
    open_file(hand, papers.wrong)
    hand.wait_for("Possible when")
    open_file(hand, papers.good)
    decided = decide_names(hand)
    accept(hand)
    return decided


def test_a_newcomer_gets_from_a_file_to_a_report(visitor, site, made, browser):
    decided = walk(Pointer(visitor), site, made, "Nadia")
    year = f"?year={SIGNED.year}"

    visitor.goto(f"/diligence/risks/{year}")
    assert visitor.locator("figure svg").first.is_visible()
    assert "DR Congo" in visitor.get_by_role("main").inner_text()
    pdf, workbook = take_report(visitor)

    assert decided == 1
    assert WORKS_FOR["Nadia"] in pdf.pages[0].extract_text()
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Straits Tin Refining" in str([list(sheet.values) for sheet in workbook])


def test_the_pages_on_the_way_are_for_everybody(phone, site, made):
    hand = Pointer(phone)

    walk(hand, site, made, "Pia")

    see(phone)
    main = ("/start/", "/diligence/", "/diligence/smelters/", "/diligence/risks/", "/diligence/reports/new/")
    for address in (*main, "/diligence/uploads/", "/diligence/uploads/new/", "/diligence/decisions/", "/reference/"):
        see(phone, address)


def test_the_way_is_open_to_the_keyboard_alone(visitor, site, made):
    assert walk(Keyboard(visitor), site, made, "Kira") == 1


def test_the_way_needs_no_script(plain, site, made):
    assert walk(Pointer(plain), site, made, "Sol") == 1

    pdf, _workbook = take_report(plain)
    assert len(pdf.pages) > 1


def test_real_declarations_go_the_same_way(visitor, site, real):
    walk(Pointer(visitor), site, real, "Rosa")

    open_file(Pointer(visitor), real.good)
    assert "Ulba Metallurgical Plant JSC" in visitor.get_by_role("main").inner_text()
    pdf, _workbook = take_report(visitor)
    assert WORKS_FOR["Rosa"] in pdf.pages[0].extract_text()


def test_another_organisation_sees_none_of_it(visitor, site, made, stranger):
    walk(Pointer(visitor), site, made, "Olga")
    open_file(Pointer(visitor), made.good)
    theirs = visitor.url

    sign_up(Pointer(stranger), site, "Stan")

    assert stranger.goto(theirs).status == 404
    for address in ("/diligence/uploads/", "/diligence/suppliers/", "/diligence/decisions/", "/diligence/smelters/"):
        stranger.goto(address)
        assert stranger.locator("table.records tbody tr").count() == 0, address
