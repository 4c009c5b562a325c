"""Makes the virtual environment from the locks; needs nothing but Python 3.11+. `make` names the lock.

With uv the locked packages install in seconds, with pip alone in a minute or two. A stamp of the lock's hash makes the
next call return at once.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
NEEDED_BYTES = 1_500_000_000
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def main(lock: str) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what tells an older Python
        raise SystemExit(f"This needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}.")
    # The peers of `make bench` have an environment of their own: their pins must not hold back the product.
    venv = ROOT / (".venv-bench" if lock == "bench" else ".venv")
    if lock == "site" and (venv / ".dev").exists():
        lock = "dev"  # the tests' packages hold the site's: a virtual environment made for them serves both
    requirements, stamp = ROOT / "requirements" / f"{lock}.txt", venv / f".{lock}"
    wanted = hashlib.sha256(requirements.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    free = shutil.disk_usage(ROOT).free
    if free < NEEDED_BYTES:
        raise SystemExit(
            f"The packages need {NEEDED_BYTES / 1e9:.1f} GB on the disk of {ROOT}; only {free / 1e9:.1f} GB are free."
        )
    if not (venv / SCRIPTS).exists():
        make_venv(venv)
    print("Installing the locked packages (once) ...", flush=True)  # noqa: T201 - this is its output
    install(venv, requirements)
    stamp.write_text(wanted)


def make_venv(venv: Path) -> None:
    made = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "venv", str(venv)], capture_output=True, text=True
    )
    if made.returncode:
        shutil.rmtree(venv, ignore_errors=True)
        raise SystemExit(
            "This Python cannot make a virtual environment; on Debian and Ubuntu install the package python3-venv. "
            f"It said: {(made.stderr or made.stdout).strip().splitlines()[-1]}"
        )


def install(venv: Path, requirements: Path) -> None:
    python = str(venv / SCRIPTS / "python")
    uv = shutil.which("uv")
    if uv is None:
        installer = str(ROOT / "requirements" / "installer.txt")
        got = subprocess.run(  # noqa: S603
            [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r"]
            + [installer],
            capture_output=True,
        )
        uv = str(venv / SCRIPTS / "uv") if got.returncode == 0 else None
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    if uv:
        pip = [uv, "pip", "install", "--quiet", "--python", python, "--compile-bytecode"]
    else:
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for what in (["--require-hashes", "-r", str(requirements)], ["--no-deps", "-e", str(ROOT)]):
        done = subprocess.run([*pip, *what], env=environment)  # noqa: S603
        if done.returncode:
            raise SystemExit(f"The packages of {requirements.name} could not be installed; the lines above say why.")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "site")
