"""Uploads, batches, and what checking found in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from django.db.models import Count, Exists, F, Func, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, NullIf, Trim
from procrastinate.contrib.django.models import ProcrastinateJob

from eprm.diligence import lifecycle
from eprm.diligence.models import Batch, Decision, FindingRow, RiskRow, SkippedFile, SmelterRow, Upload
from eprm.people.models import Organisation, Person
from lode.findings import LEVELS
from lode.rmi.declaration import Declaration, SmelterLine

Outcome = SmelterRow.Outcome
# Lists are compared as one template has them, whatever each came in.
NEWEST_CMRT = "6.5"
LINE = ("row", "metal", "lookup", "name", "cid")
CHUNK = 2000
# A line's number, else its name, in small letters with the blanks drawn together.
SAID = Func(
    Coalesce(NullIf(Trim("cid_shown"), Value("")), NullIf(Trim("name"), Value("")), F("lookup")),
    template=r"lower(btrim(regexp_replace(%(expressions)s, '\s+', ' ', 'g')))",
    output_field=TextField(),
)
# The lines that stand against acceptance.
UNDECIDED = (Outcome.OPEN, Outcome.UNSURE)


def uploads_visible_to(person: Person) -> QuerySet[Upload]:
    """The files of the person's organisations, newest first."""
    found = Upload.objects.filter(organisation__in=person.organisation_ids())
    return found.select_related("file", "supplier", "declaration").order_by("-received_at", "-pk")


def upload_in_full(person: Person) -> QuerySet[Upload]:
    """As `uploads_visible_to`, with everybody who acted on it."""
    people = ("received_by", "accepted_by", "returned_by")
    return uploads_visible_to(person).select_related(*people, "batch", "superseded_by__file")


def findings_of(upload: Upload) -> list[FindingRow]:
    """Its findings, the gravest first, in the order of the file within a level."""
    rows = FindingRow.objects.filter(upload=upload).order_by("position")
    return sorted(rows, key=lambda row: (LEVELS.index(row.level), row.position))


def lists_of_others(upload: Upload, count: int, marks: Sequence[str]) -> Iterator[tuple[str, Declaration]]:
    """The Smelter Lists of `count` lines that others sent, each with whose it is; nothing else of them is filled.

    Only lists that say every one of the `marks` (folded numbers or names). One list is in memory at a time: an
    organisation may have thousands of the same length.
    """
    others = Upload.objects.filter(organisation=upload.organisation_id, line_count=count)
    others = others.exclude(pk=upload.pk).exclude(state=lifecycle.SUPERSEDED)
    if upload.supplier_id:
        others = others.exclude(supplier=upload.supplier_id)
    for mark in marks:
        said = SmelterRow.objects.filter(upload=OuterRef("pk")).annotate(said=SAID)
        others = others.filter(Exists(said.filter(said=mark)))
    lines = SmelterRow.objects.filter(upload__in=list(others.order_by().values_list("pk", flat=True)))
    told = lines.order_by("upload", "row").values_list(
        "upload",
        Coalesce("upload__supplier__name", "upload__file__name"),
        *("row", "metal", "lookup", "name", "cid_shown"),
    )
    for (_upload, whose), rows in groupby(told.iterator(CHUNK), key=itemgetter(0, 1)):
        smelters = tuple(SmelterLine(**dict(zip(LINE, row[2:], strict=True))) for row in rows)
        yield whose, Declaration(template="CMRT", revision=NEWEST_CMRT, smelters=smelters)


def risks_of(upload: Upload) -> QuerySet[RiskRow]:
    return RiskRow.objects.filter(upload=upload).order_by("position")


def lines_of(upload: Upload) -> QuerySet[SmelterRow]:
    """Its smelter lines, with who decided each (`decided_by_name`, `decided_at`, `decision_pk`, blank if nobody)."""
    decision = Decision.objects.filter(
        organisation=OuterRef("organisation"),
        metal=OuterRef("metal"),
        normalised=OuterRef("normalised"),
        country=OuterRef("country_iso2"),
        superseded_by=None,
    )
    return (
        SmelterRow.objects.filter(upload=upload)
        .annotate(
            decision_pk=Subquery(decision.values("pk")[:1]),
            decided_at=Subquery(decision.values("decided_at")[:1]),
            decided_by_name=Subquery(decision.values("decided_by__name")[:1]),
        )
        .order_by("row")
    )


def undecided_count(upload: Upload) -> int:
    """How many of its lines nobody has decided yet."""
    return SmelterRow.objects.filter(upload=upload, outcome__in=UNDECIDED).count()


def names_to_decide(upload: Upload, limit: int | None = None) -> list[SmelterRow]:
    """The undecided lines with their candidates, one for each written name: deciding one decides its repetitions."""
    same = ("metal", "normalised", "country_iso2")
    undecided = SmelterRow.objects.filter(upload=upload, outcome__in=UNDECIDED)
    first = undecided.order_by(*same, "row", "pk").distinct(*same).values("pk")
    return list(lines_of(upload).filter(pk__in=first).prefetch_related("candidates")[:limit])


def unsure_names(upload: Upload) -> list[SmelterRow]:
    """The names only the supplier can explain, one line for each."""
    return [line for line in names_to_decide(upload) if line.outcome == Outcome.UNSURE]


def batches_visible_to(person: Person) -> QuerySet[Batch]:
    return Batch.objects.filter(organisation__in=person.organisation_ids()).select_related("received_by")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is: uploads by state, in the order of `lifecycle.STATES`; `done` are those no longer waiting."""

    total: int
    done: int
    by_state: dict[str, int]


def progress_of(batch: Batch) -> Progress:
    counts = Counter(dict(batch.uploads.values_list("state").annotate(Count("pk"))))
    by_state = {state: counts[state] for state in lifecycle.STATES if counts[state]}
    total = counts.total()
    return Progress(total=total, done=total - counts[lifecycle.RECEIVED], by_state=by_state)


def is_check_stuck(upload: Upload) -> bool:
    """True for an upload that still waits although its job has failed for good: that is our fault, not the file's."""
    jobs = ProcrastinateJob.objects.filter(task_name="diligence.check_upload", args__upload_id=upload.pk)
    return upload.state == lifecycle.RECEIVED and not jobs.filter(status__in=("todo", "doing")).exists()


def waiting_for(person: Person) -> tuple[QuerySet[Upload]]:
    """The files that wait for this person to decide names, or for somebody to accept them."""
    states = (lifecycle.CHECKED, lifecycle.DECIDED)
    return (Upload.objects.filter(organisation__in=person.organisation_ids(), state__in=states),)


def only_upload_of(batch: Batch) -> Upload | None:
    """The batch's one upload, if it is one file of which nothing was left out."""
    found = list(batch.uploads.all()[:2])
    return found[0] if len(found) == 1 and not batch.skipped.exists() else None


def skipped_of(batch: Batch) -> list[SkippedFile]:
    """What was sent but not received, in the order it was sent."""
    return list(batch.skipped.select_related("first__file").order_by("pk"))


def every_organisation_id() -> list[int]:
    """All organisations, for a job that looks after the files of each."""
    return list(Organisation.objects.values_list("pk", flat=True))
