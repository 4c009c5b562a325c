"""`make lock`: resolve pyproject.toml into one lock a purpose, with hashes and without an index address.

`lode` and `site` take the versions of `dev`, so that what is tested is what runs. `bench` is an environment of its own:
a peer's pins must not hold back the product.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOCKS = {"dev": ["site", "dev"], "site": ["site"], "lode": [], "bench": ["site", "bench"]}
OPTIONS = ["--quiet", "--upgrade", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-header"]


def main() -> None:
    for name, extras in LOCKS.items():
        chosen = [part for extra in extras for part in ("--extra", extra)]
        if name in ("site", "lode"):
            chosen += ["--constraint", str(HERE / "dev.txt")]
        output = ["--no-emit-index-url", "--output-file", str(HERE / f"{name}.txt")]
        compiler = [sys.executable, "-m", "uv", "pip", "compile", str(HERE.parent / "pyproject.toml")]
        subprocess.run([*compiler, *OPTIONS, *chosen, *output], check=True)  # noqa: S603


if __name__ == "__main__":
    main()
