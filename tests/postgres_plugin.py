"""Gives the tests a real PostgreSQL, as the application's own role.

Without DATABASE_ADMIN_URL the embedded server runs on a copy of a migrated folder, kept under `.cache` by a hash of the
migrations: the first run migrates (about 30 s), later ones start in under a second, and several can run at once. New
migrations go on from the newest folder kept whose own are all still the same. Each process (also each of
pytest-xdist's) clones its own database.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from eprm.base import postgres
from eprm.ui.translations import compile_all

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = "eprm_template"
INGREDIENTS = "migrated.json"
_server: list[postgres.Server] = []
_folders: list[Path] = []


def _ingredients() -> dict[str, str]:
    """What a migrated folder is made of: each file with its hash."""
    base = ROOT / "src" / "eprm" / "base"
    files = [
        *ROOT.glob("src/eprm/*/migrations/*.py"),
        ROOT / "requirements" / "dev.txt",
        base / "isolation.py",
        base / "migrating.py",
    ]
    files += [base / "postgres.py", base / "management" / "commands" / "prepare_database.py"]
    made = {str(path.relative_to(ROOT)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)}
    # Packages bring migrations of their own: each app that the settings name counts as one more.
    apps = re.findall(r'^    "([a-z_.]+)",$', (ROOT / "src/eprm/config/settings.py").read_text("utf-8"), re.MULTILINE)
    return made | {f"{app}/migrations/": "" for app in apps}


def _nearest(wanted: dict[str, str]) -> Path | None:
    """The newest kept folder that only lacks some of these migrations; None where each holds something else."""
    kept = sorted(ROOT.glob(f".cache/postgres-*/{INGREDIENTS}"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept:
        of_it = json.loads(path.read_text()).items()
        beyond_migrations = {name for name in wanted if "/migrations/" not in name}
        if of_it <= wanted.items() and beyond_migrations <= dict(of_it).keys():
            return path.parent
    return None


def _migrate(owner_url: str) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "eprm.manage", "prepare_database", "--verbosity", "0"],
        env={**os.environ, "DATABASE_URL": owner_url, "DEBUG": "1"},
        capture_output=True,
        text=True,
    )
    if made.returncode:
        raise pytest.UsageError(f"The test database could not be migrated:\n{made.stderr}")


def _prepared_folder() -> Path:
    wanted = _ingredients()
    ready = ROOT / ".cache" / f"postgres-{hashlib.sha256(json.dumps(wanted).encode()).hexdigest()[:16]}"
    if not ready.exists():
        ready.parent.mkdir(exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix="new-postgres-", dir=ready.parent))
        if nearest := _nearest(wanted):
            subprocess.run(["cp", "-a", f"{nearest}/.", str(made)], check=True)
        server = postgres.start(made, settings=postgres.FAST)
        try:
            postgres.make_database(server.url(postgres.SUPERUSER, "postgres"), TEMPLATE)
            _migrate(server.url(postgres.OWNER, TEMPLATE))
        finally:
            server.stop()
        (made / INGREDIENTS).write_text(json.dumps(wanted))
        try:
            made.rename(ready)
        except OSError:  # another run was quicker
            shutil.rmtree(made)
    return ready


def _start_embedded() -> str:
    folder = Path(tempfile.mkdtemp(prefix="eprm-test-"))
    _folders.append(folder)
    data = folder / "data"
    subprocess.run(["cp", "-a", str(_prepared_folder()), str(data)], check=True)
    folder.chmod(0o755)
    _server.append(postgres.start(data, settings=postgres.FAST))
    return _server[0].url(postgres.SUPERUSER, "postgres")


def clone(name: str) -> str:
    """A fresh database with the whole schema and no rows; answers the application role's URL to it."""
    admin = os.environ["DATABASE_ADMIN_URL"]
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE {TEMPLATE} OWNER {postgres.OWNER} STRATEGY file_copy')
    info = psycopg.conninfo.conninfo_to_dict(admin)
    with psycopg.connect(admin, dbname=name, autocommit=True) as connection:
        # Tests that commit are cleaned by TRUNCATE, which the application's role may nowhere else.
        connection.execute(f"GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {postgres.APP}")
    host, port = info.get("host", "localhost"), info.get("port", "")
    password = os.environ.get("TEST_APP_PASSWORD", "")
    login = f"{postgres.APP}:{password}" if password else postgres.APP
    if host.startswith("/"):
        return f"postgresql://{login}@/{name}?host={host.replace('/', '%2F')}"
    return f"postgresql://{login}@{host}{':' + port if port else ''}/{name}"


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config, parser, args):
    """Before pytest-django reads the settings. xdist's workers inherit the server and clone a database each."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eprm.config.settings")
    os.environ.setdefault("SECRET_KEY", "for-tests-only-and-long-enough-to-be-quiet")
    os.environ.setdefault("STATICFILES_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage")
    if "FILES_DIR" not in os.environ:
        _folders.append(Path(tempfile.mkdtemp(prefix="eprm-files-")))
        os.environ["FILES_DIR"] = str(_folders[-1])
        (_folders[-1] / "static").mkdir()  # where files are collected to: the web server looks there at its start
    if "PYTEST_XDIST_WORKER" not in os.environ:
        compile_all(ROOT / "src" / "eprm")
    if "DATABASE_ADMIN_URL" not in os.environ:
        os.environ["DATABASE_ADMIN_URL"] = _start_embedded()
    elif "PYTEST_XDIST_WORKER" not in os.environ:
        admin = os.environ["DATABASE_ADMIN_URL"]
        postgres.make_database(admin, TEMPLATE)
        _migrate(psycopg.conninfo.make_conninfo(admin, dbname=TEMPLATE, user=postgres.OWNER))
    os.environ["DATABASE_URL"] = clone(f"eprm_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")


def pytest_unconfigure(config):
    for server in _server:
        server.stop()
    for folder in _folders:
        shutil.rmtree(folder, ignore_errors=True)
