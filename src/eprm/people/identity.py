"""Acting as a person outside a request: in a job or a command, with the same rights and the same audit trail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory

from eprm.base.identity import acting_as
from eprm.people.models import Person


@contextmanager
def acting_for(person: Person, *, path: str) -> Iterator[None]:
    """Run the block in a transaction as `person`: sees what they see, and every change is recorded as theirs.

    `path` says in the audit trail where the change came from: the request's path, or a job's or command's name.
    """
    with (
        acting_as(
            person.pk,
            person.seen_organisation_ids(),
            secretariat=person.is_secretariat,
            board=person.board_seat is not None,
        ),
        pghistory.context(person=person.pk, path=path),
    ):
        yield
