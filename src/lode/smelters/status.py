"""What assurance schemes say of smelters over time, from a CSV of dated intervals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from lode import list_file, minerals
from lode.findings import Finding, finding
from lode.smelters.register import StatusInterval

HEADINGS = ("cid", "metal", "scheme", "status", "since", "until", "source")


def read_statuses(data: bytes, *, published: date) -> tuple[tuple[StatusInterval, ...], tuple[Finding, ...]]:
    """The intervals of a CSV with the columns of HEADINGS, and what is wrong with it, by row.

    Two intervals of one smelter, metal and scheme may not overlap: on any day a scheme says one thing.
    """
    findings: list[Finding] = []
    found: list[tuple[int, StatusInterval]] = []
    for row in list_file.rows(data, HEADINGS, findings):
        cid, metal = row.text("cid", required=True, limit=40), row.text("metal", required=True, limit=40)
        scheme, status = row.text("scheme", required=True, limit=40), row.text("status", required=True, limit=60)
        since, until = row.span("since", "until")
        source = row.text("source", required=True, limit=1000)
        if since is not None and not row.findings:
            interval = StatusInterval(
                cid=cid.upper(),
                metal=metal,
                scheme=scheme,
                status=status,
                since=since,
                until=until,
                source=source,
                published=published,
            )
            found.append((row.number, interval))
        findings += row.findings
    findings += _overlaps(found)
    return tuple(interval for _, interval in found), tuple(findings)


def _overlaps(found: list[tuple[int, StatusInterval]]) -> list[Finding]:
    last: dict[tuple[str, str, str], tuple[int, StatusInterval]] = {}
    findings = []
    for number, interval in sorted(found, key=lambda pair: (pair[1].since, pair[0])):
        key = (interval.cid, interval.metal.lower(), interval.scheme)
        if key in last:
            other, before = last[key]
            if before.until is None or before.until >= interval.since:
                findings.append(finding("LIST-10", f"row {number}", found=" ".join(key), other=other))
        last[key] = (number, interval)
    return findings


def status_on(intervals: Iterable[StatusInterval], cid: str, metal: str, on: date) -> tuple[StatusInterval, ...]:
    """What each scheme says of a smelter on a day, schemes in alphabetical order; `until` is the last day that counts.

    Empty means that no loaded list says anything: that is neither conformance nor the lack of it.
    """
    held = {
        interval.scheme: interval
        for interval in sorted(intervals, key=lambda each: (each.published, each.since))
        if interval.cid.upper() == cid.upper()
        and minerals.key(interval.metal) == minerals.key(metal)
        and interval.since <= on
        and (interval.until is None or on <= interval.until)
    }
    return tuple(held[scheme] for scheme in sorted(held))
