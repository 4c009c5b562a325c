"""Many declarations through the site's own queue: received by the real action, checked by two real workers.

`make bench ONLY=queue` takes 100 files, `make bench ONLY=queue BENCH_FILES=1000` as many as the bar asks for.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import psycopg

from bench.measure import load, measure, peak_mb, table
from bench.site import Site, site

WORKERS = 2
FILES = int(os.environ.get("BENCH_FILES", "100"))
SMALLEST, LARGEST = 50, 400
SAMPLE = 20
# Numbered by the queue itself: when the first job was taken up, and when the last one ended.
SPAN = """
SELECT extract(epoch FROM max(at) FILTER (WHERE type = 'succeeded') - min(at) FILTER (WHERE type = 'started'))::float
FROM procrastinate_events JOIN procrastinate_jobs job ON job.id = job_id WHERE task_name = 'diligence.check_upload'
"""


def main() -> None:
    made = site("queue")
    received = json.loads(made.run("bench.queue", "receive", str(FILES)).splitlines()[-1])
    busy = load()
    before = made.server_cpu()
    workers = _work(made)
    server_cpu = made.server_cpu() - before
    with psycopg.connect(made.env["DATABASE_URL"]) as connection:
        seconds = connection.execute(SPAN).fetchone()[0]
    left = json.loads(made.run("bench.queue", "left").splitlines()[-1])
    if left["received"] or left["uploads"] != FILES:
        raise SystemExit(f"The queue lost files: {left}")
    cpu = sum(worker.cpu for worker in workers)
    table(
        f"{FILES:,} declarations of {SMALLEST} to {LARGEST} smelters through the queue, {WORKERS} workers ({busy})",
        ["what", "measured", "bar"],
        [
            ["received, files/s", FILES / received["seconds"], ""],
            ["checked, files/s", FILES / seconds, ">= 6"],
            ["minutes from the first job to the last", seconds / 60, "< 3 for 1,000"],
            ["CPU s a file, workers", cpu / FILES, "<= 0.30"],
            ["CPU s a file, PostgreSQL", server_cpu / FILES, ""],
            ["peak MB of a worker", max(worker.peak for worker in workers), "<= 150"],
            ["smelter lines stored", left["lines"], ""],
        ],
        "CPU s a file of the workers holds their start (imports), shared by all files.",
    )
    peer = measure("bench.queue:openpyxl_reads", str(SAMPLE))
    if peer is not None:
        ratio = (cpu + server_cpu) / FILES / (peer.cpu / SAMPLE)
        print(
            f"  openpyxl read-only needs {peer.cpu / SAMPLE:.3g} CPU s to read one of them and do nothing with it:"
            f" ours, through the queue and into the database, takes {ratio:.2g} times as long."
        )


@dataclass
class Worker:
    """A worker that has ended: its processor seconds and its most memory in MB."""

    cpu: float
    peak: float


def _work(made: Site) -> list[Worker]:
    """Start the workers at once and let them run until the queue is empty."""
    command = [sys.executable, "-m", "eprm.manage", "procrastinate", "--skip-checks", "worker"]
    command += ["--concurrency", "1", "--one-shot"]
    processes = {
        process.pid: process
        for process in (
            subprocess.Popen(command, env=made.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for _ in range(WORKERS)
        )
    }
    peaks = dict.fromkeys(processes, 0.0)
    ended: dict[int, Worker] = {}
    while len(ended) < WORKERS:
        for pid in processes.keys() - ended.keys():
            peaks[pid] = max(peaks[pid], peak_mb(pid))
            done, status, usage = os.wait4(pid, os.WNOHANG)
            if done:
                processes[pid].returncode = code = os.waitstatus_to_exitcode(status)
                if code:
                    raise SystemExit(f"A worker ended with {code}.")
                ended[pid] = Worker(usage.ru_utime + usage.ru_stime, peaks[pid])
        time.sleep(0.1)
    return list(ended.values())


def books(count: int) -> Iterator[bytes]:
    """Books of different suppliers, their sizes spread evenly."""
    from bench.books import declaration
    from lode.rmi.generate import generate

    for number in range(count):
        yield generate(declaration(SMALLEST + number * 97 % (LARGEST - SMALLEST + 1), number=number))


def openpyxl_reads(count: str):
    import openpyxl

    files = list(books(int(count)))

    def work() -> int:
        read = 0
        for file in files:
            sheets = openpyxl.load_workbook(BytesIO(file), read_only=True, data_only=True)
            read += sum(1 for sheet in sheets for row in sheet.iter_rows(values_only=True) if any(row))
        return read

    return work


def receive(count: str) -> dict[str, float]:
    """In a process of the site: an organisation with its register, and its suppliers' files received in one batch."""
    from bench.company import found, load_register
    from eprm.diligence.actions.uploads import receive_uploads
    from eprm.people.identity import acting_for

    person, organisation = found("Queue")
    load_register(person, organisation)
    files = []
    for number, content in enumerate(books(int(count))):
        files.append(BytesIO(content))
        files[-1].name = f"cmrt-{number}.xlsx"
    started = time.perf_counter()
    with acting_for(person, path="bench"):
        receive_uploads(files=files, organisation=organisation, by=person)
    return {"seconds": time.perf_counter() - started}


def left() -> dict[str, int]:
    """What became of the files, by the rows themselves."""
    from eprm.diligence.models import SmelterRow, Upload
    from eprm.people.identity import acting_for
    from eprm.people.models import Person

    with acting_for(Person.objects.get(), path="bench"):
        waiting = Upload.objects.filter(state="received").count()
        return {"uploads": Upload.objects.count(), "received": waiting, "lines": SmelterRow.objects.count()}


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
