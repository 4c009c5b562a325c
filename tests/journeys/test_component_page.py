"""The component page holds every part of the look: what holds on it holds for every page made of them."""

from pathlib import Path

import pytest

from tests.journeys.axe import violations

pytestmark = pytest.mark.journey


@pytest.fixture
def components(browser, site):
    """Opens the component page at a width, light or dark, and closes the profile at the end."""
    opened = []

    def at(width, scheme="light", **options):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, base_url=site.address, **options
        )
        opened.append(context)
        page = context.new_page()
        page.goto("/components")
        return page

    yield at
    for context in opened:
        context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(components, width, scheme):
    page = components(width, scheme)

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_axe_finds_nothing_with_every_part_opened(components):
    page = components(1280)

    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")

    assert violations(page) == []


def test_first_page_is_light(browser, site):
    """Everything the first page of a new visitor costs over the wire, in bytes."""
    context = browser.new_context(viewport={"width": 360, "height": 800}, base_url=site.address)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    weights = []
    session.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))

    page.goto("/components", wait_until="networkidle")
    context.close()

    assert 0 < sum(weights) < 100_000


def test_nothing_breaks_the_security_policy_and_nothing_fails(browser, site):
    context = browser.new_context(base_url=site.address)
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("requestfailed", lambda request: said.append(request.url))
    page.on(
        "request", lambda request: None if request.url.startswith((site.address, "data:")) else said.append(request.url)
    )

    page.goto("/components", wait_until="networkidle")
    context.close()

    assert said == []


def test_the_page_is_whole_without_script(components):
    page = components(1280, java_script_enabled=False)

    page.get_by_text("EN", exact=True).click()
    page.get_by_role("button", name="Dark").click()

    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.locator("figure.chart").count() == 6


def test_words_in_a_chart_keep_their_size_on_a_phone(components):
    sizes = {
        width: components(width).locator(".plot text").first.evaluate("text => getComputedStyle(text).fontSize")
        for width in (320, 1280)
    }

    assert sizes == {320: "14px", 1280: "14px"}


def test_sorting_swaps_the_table_and_keeps_the_place(components):
    page = components(1280)
    page.evaluate("window.stayed = true")

    page.get_by_role("link", name="Net mass kg").first.click()
    page.wait_for_url("**/components?sort=mass")

    assert page.locator("#table tbody tr").first.locator("th").inner_text() == "Tin bars, rods, profiles and wires"
    assert page.evaluate("window.stayed") is True


def test_a_chart_gives_its_figures_as_a_file(components):
    page = components(1280)

    with page.expect_download() as started:
        page.locator("figure.chart").first.get_by_role("link", name="CSV").click()

    assert Path(started.value.path()).read_text(encoding="utf-8-sig").splitlines()[:2] == [
        "Answer,Suppliers",
        "Accepted,7",
    ]


def test_a_dropped_file_is_listed(components):
    page = components(1280)

    page.locator("#id_files").set_input_files(
        [{"name": "cmrt.xlsx", "mimeType": "application/octet-stream", "buffer": b"x" * 1500}]
    )

    assert page.locator(".drop-list li").all_inner_texts() == ["cmrt.xlsx, 2 kB"]


def test_a_menu_closes_by_escape(components):
    page = components(1280)
    page.get_by_text("EN", exact=True).click()

    page.keyboard.press("Escape")

    assert page.locator("details.menu[open]").count() == 0
