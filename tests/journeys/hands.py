"""How a visitor uses a page: with a pointer, or with the keyboard alone. Both do the same deeds in the same words."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page

FARTHEST = 120  # presses of Tab after which a part counts as out of reach


@dataclass
class Pointer:
    """Clicks, and types into what was clicked."""

    page: Page

    def press(self, name: str) -> None:
        """A button or a link of the page's main part, by its words."""
        self._act(self._named(name))

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def choose(self, label: str, option: str) -> None:
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def tick(self, name: str) -> None:
        """A radio button or a box."""
        self.page.get_by_role("radio", name=name).first.check()

    def attach(self, *files: Path) -> None:
        self.page.locator("input[type=file]").first.set_input_files([str(file) for file in files])

    def _named(self, name: str) -> Locator:
        main = self.page.get_by_role("main")
        return main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name)).first

    def _act(self, what: Locator) -> None:
        what.click()

    def wait_for(self, words: str, seconds: float = 20) -> None:
        """Until the page says so: by itself where scripts run, else by looking again."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.page.get_by_role("main").get_by_text(words).count():
                return
            self.page.wait_for_timeout(300)
            again = self.page.get_by_role("link", name="Look again")
            if again.count():
                again.click()
        raise AssertionError(f"“{words}” did not appear on {self.page.url}.")


class Keyboard(Pointer):
    """Tab, arrows, blank and Enter; the pointer is never used."""

    def fill(self, label: str, text: str) -> None:
        self._reach(self.page.get_by_label(label, exact=True))
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def choose(self, label: str, option: str) -> None:
        self._reach(self.page.get_by_label(label, exact=True))
        self.page.keyboard.type(option)

    def tick(self, name: str) -> None:
        wanted = self.page.get_by_role("radio", name=name).first
        group = wanted.get_attribute("name")
        self._reach(self.page.locator(f"input[name={group}]"))
        for _ in range(FARTHEST):
            if _has_focus(wanted):
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The arrows do not lead to “{name}”.")

    def attach(self, *files: Path) -> None:
        self._reach(self.page.locator("input[type=file]").first)
        with self.page.expect_file_chooser() as opened:
            self.page.keyboard.press("Space")
        opened.value.set_files([str(file) for file in files])

    def _act(self, what: Locator) -> None:
        self._reach(what)
        self.page.keyboard.press("Enter")

    def _reach(self, what: Locator) -> None:
        """Tab until one of these has the focus."""
        what.first.wait_for()
        for _ in range(FARTHEST):
            if any(_has_focus(one) for one in what.all()):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{FARTHEST} presses of Tab do not lead to {what}.")


def _has_focus(what: Locator) -> bool:
    return bool(what.evaluate("part => part === document.activeElement"))
