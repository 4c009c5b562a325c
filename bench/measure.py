"""Runs one piece of work in a process of its own, so that memory and imports of one never help or burden another.

`measure("bench.intake:ours", "400")` answers a Figure: processor seconds and wall time of the work alone (imports and
loading left out), and the process's peak memory. The quickest of `times` runs is taken: noise only ever adds.
"""

from __future__ import annotations

import importlib
import json
import math
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

OURS = ("bench", "eprm", "lode")


@dataclass(frozen=True)
class Figure:
    """`cpu` and `wall` in seconds, `peak` in MB; `answer` is what the work answered, such as a number of rows."""

    cpu: float
    wall: float
    peak: float
    answer: object


def measure(work: str, *arguments: str, times: int = 3, env: Mapping[str, str] | None = None) -> Figure | None:
    """The figure of `work` ("module:function"), or None where the peer it needs is not installed."""
    runs = [_one(work, arguments, env or {}) for _ in range(times)]
    done = [run for run in runs if run is not None]
    return min(done, key=lambda figure: figure.cpu) if done else None


def _one(work: str, arguments: Sequence[str], env: Mapping[str, str]) -> Figure | None:
    made = subprocess.run(
        [sys.executable, "-m", "bench.measure", work, *arguments],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=900,
    )
    if made.returncode == 3:
        return None
    if made.returncode:
        raise RuntimeError(f"{work}: {made.stderr.strip().splitlines()[-1]}")
    return Figure(**json.loads(made.stdout.splitlines()[-1]))


def main(work: str, *arguments: str) -> None:
    """In the child: `function(*arguments)` prepares and answers the work to be timed."""
    module, _, name = work.partition(":")
    try:
        prepare: Callable[..., Callable[[], object]] = getattr(importlib.import_module(module), name)
        timed = prepare(*arguments)
        wall, cpu = time.perf_counter(), time.process_time()
        answer = timed()
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    except ModuleNotFoundError as missing:
        if str(missing.name).split(".")[0] in OURS:
            raise
        sys.exit(3)
    print(json.dumps({"cpu": cpu, "wall": wall, "peak": peak_mb(), "answer": answer}))


def peak_mb(pid: int | str = "self") -> float:
    """The most memory a process has held, in MB (10^6 bytes).

    Linux's own count of it begins with the program; rusage's would begin with what the parent held at the fork.
    """
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6  # macOS counts bytes
    held = next((line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")), "0")
    return int(held) * 1024 / 1e6


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], *notes: str) -> None:
    """Print rows under a title, numbers to three figures, then the notes."""
    lines = [[_short(value) for value in row] for row in rows]
    widths = [max(len(line[i]) for line in [list(columns), *lines]) for i in range(len(columns))]
    print(f"\n{title}")
    for line in [list(columns), *lines]:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    for note in notes:
        print(f"  {note}")
    sys.stdout.flush()


def exponent(sizes: Sequence[float], values: Sequence[float]) -> float:
    """How the value grows with the size: 1 is linear. The slope of a straight line through the logarithms."""
    xs, ys = [math.log(x) for x in sizes], [math.log(max(y, 1e-9)) for y in values]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    rise = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    return rise / sum((x - mean_x) ** 2 for x in xs)


def load() -> str:
    """How busy the machine is with other work, for the honest reading of wall times."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def _short(value: object) -> str:
    if value is None:
        return "not installed"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return str(value)


if __name__ == "__main__":
    main(*sys.argv[1:])
