"""`make demo`: the whole platform from one command, and all of it ended by Ctrl-C.

Database (embedded, or the server of DATABASE_URL), migrations, reference lists, a demo partnership, the web server and
the job worker; then an address and the logins. Everything lies in the folder `.demo` of the checkout; run again, it
starts in seconds and keeps the data. What cannot work is one sentence.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import psycopg
from psycopg.conninfo import conninfo_to_dict

from eprm.base import postgres

ROOT = Path(__file__).resolve().parents[3]
SOURCE = ROOT / "src" / "eprm"
DATABASE = "eprm_demo"
NEEDED_BYTES = 400_000_000


class CannotStartError(Exception):
    """The message is the one sentence that the person at the terminal reads."""


@dataclass
class Demo:
    """One run: where it keeps its things, and the processes it has to end."""

    folder: Path
    listener: socket.socket
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    server: postgres.Server | None = None

    @property
    def port(self) -> int:
        return int(self.listener.getsockname()[1])

    def secret(self, name: str) -> str:
        """A secret made once and kept in the folder, readable by its owner alone."""
        path = self.folder / "secrets.json"
        kept = json.loads(path.read_text()) if path.exists() else {}
        if name not in kept:
            kept[name] = secrets.token_urlsafe(12 if name == "password" else 40)
            path.touch(mode=0o600)
            path.write_text(json.dumps(kept))
        return str(kept[name])

    def stop(self) -> None:
        """The worker and the web server first, then the database they write to."""
        for process in reversed(self.processes):
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
        if self.server is not None:
            self.server.stop()
        self.listener.close()


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell may have handed SIGINT down as ignored
        signal.signal(number, _as_interrupt)
    demo = Demo(folder=Path(os.environ.get("DEMO_DIR", ROOT / ".demo")), listener=_listener())
    try:
        _check_disk(demo.folder)
        run(demo)
    except KeyboardInterrupt:
        _say("\nStopped. The data stays; run it again to go on.")
    except (CannotStartError, postgres.ServerFailed) as problem:
        raise SystemExit(str(problem)) from None
    finally:
        # A second Ctrl-C must not cut off the orderly end.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        demo.stop()


def run(demo: Demo) -> None:
    """Start everything and stay until one part ends or somebody stops it."""
    started = time.monotonic()
    owner_url, app_url = _database(demo)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "eprm.config.settings",
        "DATABASE_URL": app_url,
        "FILES_DIR": str(demo.folder),
        "SECRET_KEY": demo.secret("key"),
        "PUBLIC_URL": f"http://localhost:{demo.port}",
    }
    _prepare(demo, environment, owner_url)
    python = [sys.executable, "-m"]
    web = ["gunicorn", "eprm.config.wsgi:application", "--bind", f"fd://{demo.listener.fileno()}", "--preload"]
    web += [
        "--workers",
        "2",
        "--worker-class",
        "gthread",
        "--threads",
        "4",
        "--log-level",
        "warning",
        "--timeout",
        "60",
        "--no-control-socket",
    ]
    # The checks of `eprm check` read every page of the site: `prepare_database` has made them just now.
    worker = ["eprm.manage", "procrastinate", "--skip-checks", "worker", "--concurrency", "2"]
    for command in (web, worker):
        # A group of its own: Ctrl-C reaches this launcher alone, which then ends all of them in order.
        demo.processes.append(
            subprocess.Popen(  # noqa: S603
                [*python, *command],
                env=environment,
                cwd=demo.folder,
                start_new_session=True,
                pass_fds=[demo.listener.fileno()] if command is web else [],
            )
        )
    _wait_for_page(demo)
    _announce(demo, time.monotonic() - started)
    while True:
        for process in demo.processes:
            if process.poll() is not None:
                part = " ".join(map(str, process.args[2:4]))
                raise CannotStartError(f"A part of the platform ended by itself: {part}.")
        time.sleep(0.5)


def _listener() -> socket.socket:
    """The port, taken at once: whoever starts second is told before a minute of work, not after it."""
    given = os.environ.get("PORT", "8000")
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise SystemExit(f"PORT is “{given}”; it must be a number from 1 to 65535.")
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", int(given)))
        listener.listen(128)
    except PermissionError:
        raise SystemExit(f"Port {given} needs more rights than you have; choose one above 1023.") from None
    except OSError:
        raise SystemExit(f"Port {given} is taken; choose another, for instance: make demo PORT=8001") from None
    return listener


def _check_disk(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
    except OSError as problem:
        raise CannotStartError(f"The folder {folder} cannot be written: {problem.strerror}.") from None
    if free < NEEDED_BYTES and not (folder / "ready").exists():
        raise CannotStartError(
            f"The demo needs {NEEDED_BYTES // 1_000_000} MB on the disk of {folder}; {free // 1_000_000} MB are free."
        )


def _database(demo: Demo) -> tuple[str, str]:
    """The owner's and the application's URL of a database that exists."""
    given = os.environ.get("DATABASE_URL")
    if not given:
        demo.server = postgres.start(demo.folder / "postgres")
        admin = demo.server.url(postgres.SUPERUSER, "postgres")
        postgres.make_database(admin, DATABASE)
        return demo.server.url(postgres.OWNER, DATABASE), demo.server.url(postgres.APP, DATABASE)
    try:
        info = conninfo_to_dict(given)
        passwords = {role: demo.secret(role) for role in (postgres.OWNER, postgres.APP)}
        postgres.make_database(given, str(info.get("dbname") or DATABASE), passwords=passwords)
    except psycopg.Error as problem:
        reason = str(problem).strip().splitlines()[0]
        raise CannotStartError(f"The server of DATABASE_URL cannot be used: {reason}") from None
    host, port = str(info.get("host") or "localhost"), str(info.get("port") or "5432")
    place = f"{host.replace('/', '%2F')}:{port}/{info.get('dbname') or DATABASE}"
    return tuple(f"postgresql://{role}:{passwords[role]}@{place}" for role in (postgres.OWNER, postgres.APP))


def _fingerprint(*patterns: str) -> str:
    digest = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(SOURCE.glob(pattern)):
            if path.is_file():
                digest.update(str(path.relative_to(SOURCE)).encode() + path.read_bytes())
    return digest.hexdigest()


def _prepare(demo: Demo, environment: dict[str, str], owner_url: str) -> None:
    """Migrate, collect and fill only what is not done yet: a second start skips all of it."""
    done_file = demo.folder / "ready"
    done = json.loads(done_file.read_text()) if done_file.exists() else {}
    place = hashlib.sha256(owner_url.encode()).hexdigest()
    steps = [
        (
            "Making the tables",
            place
            + _fingerprint("config/settings.py", "*/migrations/*.py", "base/*.py", "base/management/commands/*.py"),
            ["prepare_database", "--verbosity", "0"],
            {**environment, "DATABASE_URL": owner_url},
        ),
        ("Compiling the languages", _fingerprint("**/*.po"), ["compile_languages"], environment),
        ("Collecting the pages' files", _fingerprint("*/static/**/*"), ["collectstatic", "--noinput"], environment),
        ("Loading the reference lists", place, ["load_reference"], environment),
        (
            "Loading the knowledge hub",
            place + _fingerprint("knowledge/data/*"),
            ["load_knowledge"],
            environment,
        ),
        ("Loading the rules of membership", place, ["load_membership"], environment),
        ("Filling the demo partnership", place, ["demo", f"--password={demo.secret('password')}"], environment),
    ]
    for title, wanted, command, under in steps:
        if done.get(title) == wanted:
            continue
        _say(f"{title} ...")
        made = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "eprm.manage", *command], env=under, capture_output=True, text=True
        )
        if made.returncode:
            last = (made.stderr or made.stdout).strip().splitlines()[-1:] or ["no message"]
            (demo.folder / "error.log").write_text(made.stderr)
            raise CannotStartError(f"{title} failed: {last[0]} (the whole of it is in {demo.folder / 'error.log'})")
        done[title] = wanted
        done_file.write_text(json.dumps(done))


def _wait_for_page(demo: Demo) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        if any(process.poll() is not None for process in demo.processes):
            raise CannotStartError("The web server or the worker ended at once; the lines above say why.")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{demo.port}/", timeout=30):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise CannotStartError("The web server did not answer within 90 seconds.")


def _announce(demo: Demo, seconds: float) -> None:
    _say(f"\nThe platform runs (after {seconds:.0f} s):  http://localhost:{demo.port}/\n")
    _say((demo.folder / "logins.txt").read_text())  # written by the demo command, which knows its cast
    _say(f"The password of all of them: {demo.secret('password')}\nCtrl-C ends everything; the data stays.")


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - the launcher speaks to a person at a terminal


def _as_interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
