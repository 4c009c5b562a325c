"""What axe finds on a page, by the rules of WCAG 2.2 AA and good practice."""

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

SCRIPT = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})"


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """Each broken rule with the parts that break it."""
    page.evaluate(SCRIPT)
    found = page.evaluate(RUN, RULES)["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
