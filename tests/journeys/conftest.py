"""A whole platform for the journeys: its own database, web server and worker, and a real browser in front of it."""

import email
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import policy
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.postgres_plugin import clone

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"


@dataclass
class Site:
    """A running platform: its address, the folder with its files and mails, and its processes' environment."""

    address: str
    folder: Path
    environment: dict[str, str]

    def run(self, module: str, *arguments: str) -> None:
        """Run a module as the site itself would."""
        environment = {"DJANGO_SETTINGS_MODULE": "eprm.config.settings", **self.environment}
        subprocess.run([sys.executable, "-m", module, *arguments], env=environment, check=True)

    def code_mailed_to(self, address: str) -> str:
        """The newest sign-in or confirmation code that was mailed to this address."""
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            for path in sorted((self.folder / "mail").glob("*.log"), key=lambda p: p.stat().st_mtime, reverse=True):
                for text in path.read_text().split("-" * 79):
                    message = email.message_from_string(text.strip(), policy=policy.default)
                    if address in str(message["To"]) and (code := re.search(r"^([A-Z0-9-]{6,9})$", text, re.MULTILINE)):
                        return code[1]
            time.sleep(0.2)
        raise AssertionError(f"No code was mailed to {address}.")


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[Site]:
    """One for all journeys of people who register themselves."""
    with running("all", tmp_path_factory.mktemp("site")) as made:
        yield made


@pytest.fixture(scope="module")
def own_site(tmp_path_factory, request) -> Iterator[Site]:
    """One for the journeys of a file whose scene has a secretariat: there is one a platform."""
    name = request.module.__name__.rpartition("_")[2]
    with running(name, tmp_path_factory.mktemp(name)) as made:
        yield made


@contextmanager
def running(name: str, folder: Path) -> Iterator[Site]:
    """A whole platform on a database of its own, its files in `folder`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "DATABASE_URL": clone(f"eprm_journey_{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"),
        "FILES_DIR": str(folder),
        "PUBLIC_URL": f"http://localhost:{port}",
        "STATICFILES_STORAGE": "whitenoise.storage.CompressedManifestStaticFilesStorage",
    }
    for command in (
        ["compile_languages"],
        ["collectstatic", "--noinput", "-v0"],
        ["load_reference"],
        ["load_knowledge"],
        ["load_membership"],
    ):
        subprocess.run([sys.executable, "-m", "eprm.manage", *command], env=environment, check=True)
    web = ["gunicorn", "eprm.config.wsgi:application", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    worker = ["eprm.manage", "procrastinate", "worker", "--concurrency", "2"]
    processes = [
        subprocess.Popen([sys.executable, "-m", *command], env=environment, cwd=folder) for command in (web, worker)
    ]
    made = Site(f"http://localhost:{port}", folder, environment)
    try:
        _wait_for(made.address)
        yield made
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=20)


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=20).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"{address} did not answer within a minute.")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("No Chromium on this machine: install it or name it with CHROMIUM=.")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def profiles(browser, site) -> Iterator[Callable[..., Page]]:
    """Opens fresh browser profiles, and closes them at the end."""
    opened: list[BrowserContext] = []

    def profile(width: int = 1280, **options: object) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, base_url=site.address, locale="en", **options
        )
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    yield profile
    for context in opened:
        context.close()


@pytest.fixture
def visitor(profiles) -> Page:
    return profiles()


@pytest.fixture
def stranger(profiles) -> Page:
    """Somebody else, beside the visitor."""
    return profiles()


@pytest.fixture
def phone(profiles) -> Page:
    return profiles(360)


@pytest.fixture
def plain(profiles) -> Page:
    """A browser in which no script runs."""
    return profiles(java_script_enabled=False)
