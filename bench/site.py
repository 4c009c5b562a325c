"""A site of its own for a bench: an embedded PostgreSQL with the whole schema, and the environment of its processes.

The server runs with PostgreSQL's own settings, so that a commit waits for the disk as it does in use.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psutil
import psycopg

from eprm.base import postgres

TEMPLATE = "eprm_bench"


@dataclass(frozen=True)
class Site:
    """`env` is what a process needs to be the site as the application's role; `server_pid` is PostgreSQL's."""

    env: dict[str, str]
    server_pid: int

    def run(self, *command: str) -> str:
        """Run `python -m command` as the site; answers its standard output."""
        return _run(self.env, *command)

    def server_cpu(self) -> float:
        """The processor seconds PostgreSQL has used so far, all its processes together."""
        server = psutil.Process(self.server_pid)
        own = server.cpu_times()
        living = [child.cpu_times() for child in server.children()]
        ended = own.children_user + own.children_system
        return own.user + own.system + ended + sum(times.user + times.system for times in living)


def site(name: str) -> Site:
    """An empty site with its reference lists, beside those other benches use."""
    server, folder = _server()
    with psycopg.connect(server.url(postgres.SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE {TEMPLATE} OWNER {postgres.OWNER}')
    return Site(_environment(server.url(postgres.APP, name), folder), server.process.pid)


@cache
def _server() -> tuple[postgres.Server, Path]:
    """The one server of this run, with the migrated template; it ends with the run and leaves nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="eprm-bench-"))
    folder.chmod(0o755)  # as root, PostgreSQL runs as somebody else
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    server = postgres.start(folder / "postgres")
    atexit.register(server.stop)
    postgres.make_database(server.url(postgres.SUPERUSER, "postgres"), TEMPLATE)
    env = _environment(server.url(postgres.OWNER, TEMPLATE), folder)
    _run(env, "eprm.manage", "prepare_database", "--verbosity", "0")
    env = _environment(server.url(postgres.APP, TEMPLATE), folder)
    _run(env, "eprm.manage", "collectstatic", "--noinput", "--verbosity", "0")
    _run(env, "eprm.manage", "load_reference")
    _run(env, "eprm.manage", "load_membership")
    return server, folder


def _environment(url: str, folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "eprm.config.settings",
        "DATABASE_URL": url,
        "FILES_DIR": str(folder / "files"),
        "SECRET_KEY": "for-the-bench-only-and-long-enough-to-be-quiet",
    }


def _run(env: dict[str, str], *command: str) -> str:
    made = subprocess.run([sys.executable, "-m", *command], env=env, capture_output=True, text=True)
    if made.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{made.stderr.strip()}")
    return made.stdout
