"""Who acts, told to the database too.

Row-level security policies compare each confidential row's organisation with `eprm_orgs()`, which reads a setting of
the running transaction. `acting_as` is the only place that writes it: around every request, job and command.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

SETTINGS = ("eprm.person", "eprm.orgs", "eprm.secretariat", "eprm.board", "eprm.job")
SETS = ", ".join(f"set_config('{name}', %s, true)" for name in SETTINGS)
SET = f"SELECT {SETS}"
GET = "SELECT " + ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in SETTINGS)
# What was set before comes from a row that must exist before anything is set: one question instead of two.
CHANGE = f"WITH before AS MATERIALIZED ({GET}) SELECT before.*, {SETS} FROM before"  # noqa: S608 the names above


@contextmanager
def acting_as(
    person_id: int | None,
    organisation_ids: Iterable[int] = (),
    *,
    secretariat: bool = False,
    board: bool = False,
    job: str = "",
) -> Iterator[None]:
    """Run the block in a transaction that sees the rows of these organisations, and of no other.

    With `secretariat`, shared rows (those of no organisation, such as the dated public lists) can be written too. The
    secretariat and the board also see the tables that name them (`eprm.base.isolation`). `job` names work that the
    platform does for everybody, such as sending mails; a policy may let that one job see its table.
    """
    nested = connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            organisations = ",".join(str(pk) for pk in organisation_ids)
            offices = ["1" if secretariat else "", "1" if board else ""]
            cursor.execute(CHANGE if nested else SET, [str(person_id or ""), organisations, *offices, job])
            before = cursor.fetchone()[: len(SETTINGS)]
        yield
        if nested:
            # A setting made in a savepoint outlives its release: put the caller's own back. On an exception the
            # savepoint's rollback does it.
            with connection.cursor() as cursor:
                cursor.execute(SET, before)


@contextmanager
def acting_everywhere(job: str, person_id: int | None = None) -> Iterator[None]:
    """For the platform's own duties over all organisations: erasing a person, deleting what is past its period."""
    everybody = apps.get_model(settings.ORGANISATION_MODEL).objects.values_list("pk", flat=True)
    with acting_as(person_id, list(everybody), secretariat=True, board=True, job=job):
        yield


@dataclass(frozen=True, slots=True)
class Acting:
    """Who the running transaction acts as."""

    person_id: int | None
    secretariat: bool
    job: str


def acting() -> Acting:
    """Who acts now, as the database knows it."""
    with connection.cursor() as cursor:
        cursor.execute(GET)
        person, _organisations, secretariat, _board, job = cursor.fetchone()
    return Acting(int(person) if person else None, secretariat == "1", job)
