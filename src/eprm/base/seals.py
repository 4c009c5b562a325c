"""The seal over the audit trail, and whether it still holds.

Each minute a job lets the database's owner seal the history rows written since (`eprm_seal()`): each row's hash is
kept, and the seal is the hash of the seal before with all of them. The newest seal goes to the log, and by mail outside
the house each day: whoever rewrites everything cannot rewrite that. `problems` reads as the owner and trusts nothing
but what the rows say (`eprm verify_audit`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.db import connection

from eprm.base.models import Seal
from eprm.base.outbox import post

logger = logging.getLogger("eprm.seal")
MAIL = "base.seal"


class Cursor(Protocol):
    """Of Django's or of psycopg's own."""

    def execute(self, query: Any, params: Any = None) -> Any: ...
    def fetchall(self) -> list[tuple[Any, ...]]: ...
    def fetchone(self) -> tuple[Any, ...] | None: ...


@dataclass(frozen=True, slots=True)
class Problem:
    """What no longer holds: `what` is "changed", "cut", "inserted", "chain" or "unreadable"."""

    what: str
    seal: int
    table: str = ""
    row: int = 0

    def __str__(self) -> str:
        said = {
            "changed": f"Row {self.row} of {self.table} was changed after seal {self.seal}.",
            "cut": f"Row {self.row} of {self.table}, sealed with seal {self.seal}, is gone.",
            "inserted": f"Row {self.row} of {self.table} says that it was written before seal {self.seal}, "
            "which does not know it: it was inserted later.",
            "chain": f"Seal {self.seal} does not follow from the one before and its rows: one of them was rewritten "
            "or cut.",
            "unreadable": f"Rows of {self.table} sealed up to seal {self.seal} cannot be checked: a column they were "
            "sealed with no longer exists.",
        }
        return said[self.what]


def seal() -> Seal | None:
    """Seal what was written since, and say the new seal outside; None where nothing was written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT eprm_seal()")
        (number,) = cursor.fetchone()
    if number is None:
        return None
    made = Seal.objects.get(pk=number)
    logger.info("Seal %s, %s rows: %s", made.pk, made.rows, bytes(made.sha256).hex())
    return made


def newest() -> Seal | None:
    return Seal.objects.order_by("-pk").first()


def publish() -> None:
    """Mail the newest seal to whom the settings name."""
    if settings.SEAL_MAIL and (last := newest()):
        said = f"{last.pk}:{bytes(last.sha256).hex()}"
        post(to=settings.SEAL_MAIL, subject=f"Seal {last.pk} of {settings.PUBLIC_URL}", text=said + "\n", kind=MAIL)


def problems(cursor: Cursor, *, published: tuple[int, bytes] | None = None) -> Iterator[Problem]:
    """Everything that no longer holds, chain first, then rows in the order they were sealed. Read as the owner.

    `published` is a seal as it was mailed: number and hash. It must still stand in the chain.
    """
    cursor.execute("SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET bytea_output = 'hex'")
    yield from _broken_links(cursor, published)
    cursor.execute('SELECT id, "table", columns FROM base_shape ORDER BY id')
    found: list[Problem] = []
    for shape, table, columns in cursor.fetchall():
        found += _in_shape(cursor, shape, table, columns)
    found += _inserted(cursor)
    yield from sorted(found, key=lambda problem: (problem.seal, problem.table, problem.row))


def _broken_links(cursor: Cursor, published: tuple[int, bytes] | None) -> Iterator[Problem]:
    cursor.execute("""
        SELECT id FROM (
          SELECT id, previous, sha256, rows, coalesce(lag(sha256) OVER (ORDER BY id), ''::bytea) AS before,
            eprm_seal_hash(previous, at, id) AS now,
            (SELECT count(*) FROM base_sealedrow r WHERE r.seal_id = s.id) AS held
          FROM base_seal s) AS links
        WHERE previous <> before OR sha256 IS DISTINCT FROM now OR rows <> held ORDER BY id""")
    for (number,) in cursor.fetchall():
        yield Problem("chain", number)
    if published:
        cursor.execute("SELECT sha256 FROM base_seal WHERE id = %s", [published[0]])
        kept = cursor.fetchone()
        if kept is None or bytes(kept[0]) != published[1]:
            yield Problem("chain", published[0])


def _in_shape(cursor: Cursor, shape: int, table: str, columns: list[str]) -> list[Problem]:
    cursor.execute("SELECT columns FROM eprm_histories() WHERE name = %s", [table])
    exists = cursor.fetchone()
    if exists is None or not set(columns) <= set(exists[0]):
        cursor.execute("SELECT max(seal_id) FROM base_sealedrow WHERE shape_id = %s", [shape])
        last = cursor.fetchone()
        return [Problem("unreadable", last[0], table)] if last and last[0] is not None else []
    cursor.execute(
        "SELECT eprm_row_hash(%s::text[]), eprm_row_from(quote_ident(%s), %s::text[])", [columns, table, columns]
    )
    row_hash, row_from = cursor.fetchone()
    # An amended row is right if its amendments lead from the sealed hash to the present one without a gap.
    cursor.execute(
        f"""
        WITH present AS (SELECT e.pgh_id, {row_hash} AS sha256 FROM {row_from}),
        amended AS (
          SELECT "row", (array_agg(before ORDER BY pgh_id))[1] AS first,
            (array_agg(after ORDER BY pgh_id DESC))[1] AS last, bool_and(whole) AS whole
          FROM (SELECT *, coalesce(before = lag(after) OVER (PARTITION BY "row" ORDER BY pgh_id), true) AS whole
                FROM base_amendment WHERE "table" = %s) AS each GROUP BY "row")
        SELECT r.seal_id, r."row", p.pgh_id IS NULL FROM base_sealedrow r
        LEFT JOIN present p ON p.pgh_id = r."row" LEFT JOIN amended a ON a."row" = r."row"
        WHERE r.shape_id = %s AND (p.pgh_id IS NULL OR (p.sha256 <> r.sha256
          AND NOT coalesce(a.whole AND a.first = r.sha256 AND a.last = p.sha256, false)))""",  # noqa: S608
        [table, shape],
    )
    return [Problem("cut" if gone else "changed", number, table, row) for number, row, gone in cursor.fetchall()]


def _inserted(cursor: Cursor) -> list[Problem]:
    """Rows that claim to be older than a seal which does not hold them, by more than any transaction lasts."""
    cursor.execute("SELECT name FROM eprm_histories()")
    found = []
    for (table,) in cursor.fetchall():
        cursor.execute(
            f"""
            SELECT e.pgh_id, coalesce(earlier.id, newest.id) FROM "{table}" e
            LEFT JOIN (SELECT r."row", r.seal_id FROM base_sealedrow r JOIN base_shape s ON s.id = r.shape_id
                       WHERE s."table" = %s) AS r ON r."row" = e.pgh_id
            LEFT JOIN LATERAL
              (SELECT id, at FROM base_seal WHERE id < r.seal_id ORDER BY id DESC LIMIT 1) AS earlier ON true
            LEFT JOIN LATERAL
              (SELECT id, at FROM base_seal ORDER BY id DESC LIMIT 1) AS newest ON r.seal_id IS NULL
            WHERE e.pgh_created_at < coalesce(earlier.at, newest.at) - interval '1 hour'""",  # noqa: S608
            [table],
        )
        found += [Problem("inserted", number, table, row) for row, number in cursor.fetchall()]
    return found
