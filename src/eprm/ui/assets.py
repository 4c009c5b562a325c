"""The style sheet as one response, and the scripts with their integrity. No build step.

The components stay separate files under `static/ui/css`; each names its own cascade layer, so their order inside a
layer does not matter and LAYERS alone says which layer wins.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256, sha384
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static

CSS = Path(__file__).parent / "static/ui/css"
LAYERS = ("reset", "tokens", "base", "layout", "components", "print")


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """`digest` changes when a character of the text does, so the address can be kept for ever."""

    text: str
    digest: str


def css_files() -> list[Path]:
    """The files of the joined sheet, in order; `components-page.css` serves the component page alone."""
    return [CSS / f"{name}.css" for name in ("tokens", "base", "layout")] + [
        *sorted((CSS / "components").glob("*.css")),
        CSS / "print.css",
    ]


def stylesheet() -> Stylesheet:
    """The joined style sheet as it is now: read again after a file changed."""
    return _joined(max(path.stat().st_mtime_ns for path in css_files()))


@cache
def _joined(_changed_at: int) -> Stylesheet:
    source = "\n".join(path.read_text(encoding="utf-8") for path in css_files())
    source = re.sub(r'url\("\.\./([^"]+)"\)', lambda found: f'url("{static("ui/" + found[1])}")', source)
    text = f"@layer {','.join(LAYERS)};{squeeze(source)}"
    return Stylesheet(text, sha256(text.encode()).hexdigest()[:12])


def squeeze(css: str) -> str:
    """The same rules without comments and without blanks that mean nothing."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,]) ?", r"\1", css)
    return css.replace(": ", ":").replace(";}", "}").strip()


@cache
def integrity(path: str) -> str:
    """What the browser compares a script of our own with before it runs it. FileNotFoundError for one we lack."""
    found = finders.find(path)
    if found is None:
        raise FileNotFoundError(f"No static file {path}.")
    return "sha384-" + b64encode(sha384(Path(found).read_bytes()).digest()).decode()
