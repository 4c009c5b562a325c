"""`python -m bench [PART ...]`: every part, or those named."""

import importlib
import os
import platform
import sys

PARTS = ("matching", "intake", "queue", "pages", "report", "groups", "search", "directory", "audit", "members", "crowd")


def main() -> None:
    chosen = sys.argv[1:] or PARTS
    if unknown := [part for part in chosen if part not in PARTS]:
        raise SystemExit(f"There is no bench “{unknown[0]}”; there are {', '.join(PARTS)}.")
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}. Ratios count, times do not."
    )
    for part in chosen:
        importlib.import_module(f"bench.{part}").main()


if __name__ == "__main__":
    main()
