"""What the platform knows about a person, for that person: a copy of it, and its erasure.

Each app that keeps data about persons registers its part in `apps.py`. The copy is made as the person, so it holds what
they may see; the erasure acts over all organisations, then sweeps what is left of name and addresses, the audit trail
included.
"""

from __future__ import annotations

import io
import json
import logging
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify

from eprm.base.identity import acting_as, acting_everywhere
from eprm.base.jobs import queue
from eprm.base.models import Erasure, PersonalExport

logger = logging.getLogger("eprm.personal")
MAKE, JOB, ERASING = "base.make_export", "export", "erasure"
KEPT_FOR = timedelta(days=7)
State = PersonalExport.State
NOTHING = "(?!)"  # a pattern that fits nowhere


@dataclass(frozen=True, slots=True)
class Part:
    """One app's part. `stays` says what is kept after an erasure, and why; "" where nothing is."""

    name: str
    export: Callable[[int], list[dict[str, object]]]
    erase: Callable[[int], None]
    label: str | Promise
    stays: str | Promise
    last: bool


_parts: dict[str, Part] = {}


def register(
    name: str,
    export: Callable[[int], list[dict[str, object]]],
    erase: Callable[[int], None],
    *,
    label: str | Promise = "",
    stays: str | Promise = "",
    last: bool = False,
) -> None:
    """Name an app's data about persons.

    `export(person_id)` gives rows of plain values; it runs as the person. `erase(person_id)` deletes what is the
    person's alone and takes the person out of what others rely on; it may see every organisation, and runs again where
    it was interrupted. Name and addresses in other people's words need no care here: they are swept afterwards.
    The part that closes the account comes `last`, so that the others still find the person by name and address.
    """
    _parts[name] = Part(name, export, erase, label or name, stays, last)


def parts() -> list[Part]:
    """The registered parts in the order in which they erase."""
    return sorted(_parts.values(), key=lambda part: (part.last, part.name))


def ask_export(person: AbstractBaseUser) -> PersonalExport:
    """Ask for a copy; one that is being made already is that copy."""
    waiting = PersonalExport.objects.filter(person_id=person.pk, state=State.ASKED)
    with transaction.atomic():
        if (asked := waiting.first()) is None:
            asked = PersonalExport.objects.create(person_id=person.pk, expires_at=timezone.now() + KEPT_FOR)
            queue(MAKE, {"export": str(asked.pk)})
    return asked


def exports_of(person: AbstractBaseUser) -> list[PersonalExport]:
    """The person's copies that are not gone, newest first, without their content."""
    mine = PersonalExport.objects.filter(person_id=person.pk, expires_at__gt=timezone.now())
    return list(mine.defer("content").order_by("-asked_at"))


def export_of(person: AbstractBaseUser, pk: UUID) -> PersonalExport | None:
    """One copy that can be downloaded: the person's own, ready, not gone."""
    found = PersonalExport.objects.filter(pk=pk, person_id=person.pk, state=State.READY, expires_at__gt=timezone.now())
    return found.first()


def make_export(pk: UUID) -> None:
    """Make the copy that was asked for. Made anew where the job runs twice."""
    with acting_as(None, job=JOB):
        asked = PersonalExport.objects.filter(pk=pk, state=State.ASKED).first()
    if asked is None:
        return
    person = get_user_model().objects.get(pk=asked.person_id)
    with acting_as(person.pk, person.organisation_ids(), job=JOB):
        content = _zip({part.name: part.export(person.pk) for part in parts()})
        PersonalExport.objects.filter(pk=pk).update(state=State.READY, content=content, size=len(content))


def _zip(told: dict[str, list[dict[str, object]]]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in told.items():
            archive.writestr(f"{slugify(name)}.json", json.dumps(rows, default=str, ensure_ascii=False, indent=1))
    return packed.getvalue()


def erase(person: AbstractBaseUser, *, names: set[str], addresses: set[str]) -> Erasure:
    """Erase the person everywhere. `names` and `addresses` are all they ever had here, in any spelling.

    Every part first; then what is left of name and addresses in any text of any table is replaced by "erased person"
    and the number. Changed history rows get an amendment, so that the audit trail can still be verified.
    """
    with acting_everywhere(ERASING, person.pk):
        for part in parts():
            part.erase(person.pk)
        cells, history_rows = _sweep(person.pk, names, addresses)
        return Erasure.objects.create(person_number=person.pk, cells=cells, history_rows=history_rows)


def _sweep(person_id: int, names: set[str], addresses: set[str]) -> tuple[int, int]:
    names = {" ".join(name.split()) for name in names} - {""}
    # One word may be anybody's, or a town's: it is replaced only where it stands alone.
    inside = [rf"\m{_escaped(name)}\M" for name in names if " " in name]
    alone = [f'"{_escaped(name)}"' for name in names if " " not in name]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cells, history_rows FROM eprm_erase_person(%s, %s, %s, %s)",
            [
                person_id,
                [name.lower() for name in names],
                "|".join(inside + alone) or NOTHING,
                "|".join(_escaped(address) for address in addresses if "@" in address) or NOTHING,
            ],
        )
        return cursor.fetchone()


def _escaped(text: str) -> str:
    return re.sub(r"([^\w\s@])", r"\\\1", text)
