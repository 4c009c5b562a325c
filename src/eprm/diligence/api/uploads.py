"""Files through the API: send, follow, decide, accept, take back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile
from ninja.pagination import paginate

from eprm.base.paging import Pages
from eprm.diligence import downloads, rules
from eprm.diligence.actions import acceptance, decisions
from eprm.diligence.actions import uploads as actions
from eprm.diligence.api.shapes import (
    BatchOut,
    DecisionIn,
    DecisionOut,
    FindingOut,
    LineOut,
    Message,
    ReturnIn,
    SkippedOut,
    UploadOut,
    cleaned,
)
from eprm.diligence.forms import OTHER, DecideForm, ReturnForm, SendForm
from eprm.diligence.models import Batch, Decision, Upload
from eprm.diligence.queries import uploads as queries

router = Router()
REFUSALS = {401: Message, 403: Message, 404: Message}


def _upload(request: HttpRequest, pk: int) -> Upload:
    return get_object_or_404(queries.upload_in_full(request.user), pk=pk)


def _batch(request: HttpRequest, batch: Batch) -> BatchOut:
    found = queries.uploads_visible_to(request.user).filter(batch=batch)
    return BatchOut(
        id=batch.pk,
        checked=queries.progress_of(batch).done,
        uploads=[UploadOut.of(upload) for upload in found],
        skipped=[
            SkippedOut(file_name=file.name, finding=FindingOut.of_skipped(file), first=file.first_id)
            for file in queries.skipped_of(batch)
        ],
    )


@router.post("/uploads", response={201: BatchOut, 200: BatchOut, 401: Message, 403: Message, 422: Message})
def send_uploads(request: HttpRequest, files: File[list[UploadedFile]], supplier: Form[int | None] = None) -> Status:
    """Send one or several workbooks, or zips of them. 201: received; 200: the only file sent was here already."""
    rules.can_write(request.user, request.organisation.pk).require()
    form = SendForm(request.POST, request.FILES, person=request.user, organisation=request.organisation)
    try:
        batch = actions.receive_uploads(**cleaned(form), organisation=request.organisation, by=request.user)
    except actions.AlreadyReceived as already:
        return Status(200, BatchOut(id=None, checked=0, uploads=[UploadOut.of(already.first)], skipped=[]))
    return Status(201, _batch(request, batch))


@router.get("/uploads", response=list[UploadOut])
@paginate(Pages)
def list_uploads(request: HttpRequest, state: str = "", supplier: int | None = None) -> Any:
    """The files of your organisation, newest first; narrowed by `state` and `supplier`."""
    found = queries.uploads_visible_to(request.user)
    if state:
        found = found.filter(state=state.replace("\x00", ""))
    if supplier is not None:
        found = found.filter(supplier=supplier)
    return UploadList(found)


class UploadList:
    """A queryset whose pages come as the API's shape."""

    def __init__(self, found: Any) -> None:
        self.found = found

    def all(self) -> Any:
        return self.found

    def __getitem__(self, asked: slice) -> list[UploadOut]:
        return [UploadOut.of(upload) for upload in self.found[asked]]


@router.get("/uploads/{pk}", response={200: UploadOut, **REFUSALS})
def read_upload(request: HttpRequest, pk: int) -> UploadOut:
    """How far one file is."""
    return UploadOut.of(_upload(request, pk))


@router.get("/batches/{pk}", response={200: BatchOut, **REFUSALS})
def read_batch(request: HttpRequest, pk: int) -> BatchOut:
    """How far a batch is."""
    return _batch(request, get_object_or_404(queries.batches_visible_to(request.user), pk=pk))


@router.get("/uploads/{pk}/findings", response={200: list[FindingOut], **REFUSALS})
def list_findings(request: HttpRequest, pk: int) -> list[FindingOut]:
    """What is wrong with the file, by cell, the gravest first."""
    return [FindingOut.of(row) for row in queries.findings_of(_upload(request, pk))]


@router.get("/uploads/{pk}/risks", response={200: list[FindingOut], **REFUSALS})
def list_risks(request: HttpRequest, pk: int) -> list[FindingOut]:
    """The facts in it that ask for a closer look."""
    return [FindingOut.of(row) for row in queries.risks_of(_upload(request, pk))]


@router.get("/uploads/{pk}/lines", response=list[LineOut])
@paginate(Pages)
def list_lines(request: HttpRequest, pk: int, outcome: str = "") -> Any:
    """The lines of the Smelter List, what each was taken to mean, and its candidates; narrowed by `outcome`."""
    lines = queries.lines_of(_upload(request, pk)).prefetch_related("candidates")
    return lines.filter(outcome=outcome.replace("\x00", "")) if outcome else lines


@router.post(
    "/uploads/{pk}/lines/{line_pk}/decision", response={200: DecisionOut, 422: Message, 409: Message, **REFUSALS}
)
def decide(request: HttpRequest, pk: int, line_pk: int, decision: DecisionIn) -> Decision:
    """Say what the name on a line means; every open line with the same name follows."""
    line = get_object_or_404(queries.lines_of(_upload(request, pk)), pk=line_pk)
    choice = OTHER if decision.judgement == Decision.Judgement.SAME else decision.judgement
    form = DecideForm({"choice": choice, "cid": decision.cid, "reason": decision.reason, "seen": decision.seen})
    data = cleaned(form)
    return decisions.decide_smelter(
        line=line,
        judgement=data["judgement"],
        cid=data["cid"],
        reason=data["reason"],
        seen=data["seen"],
        by=request.user,
    )


@router.post("/uploads/{pk}/accept", response={200: UploadOut, 409: Message, **REFUSALS})
def accept(request: HttpRequest, pk: int) -> UploadOut:
    """Accept the declaration; refused with the reason while an error or an open name stands against it."""
    acceptance.accept_declaration(upload=_upload(request, pk), by=request.user)
    return UploadOut.of(_upload(request, pk))


@router.post("/uploads/{pk}/return", response={200: UploadOut, 422: Message, **REFUSALS})
def send_back(request: HttpRequest, pk: int, told: ReturnIn) -> UploadOut:
    """Note that it was sent back to the supplier, with which words."""
    data = cleaned(ReturnForm(told.dict()))
    acceptance.return_declaration(upload=_upload(request, pk), text=data["text"], by=request.user)
    return UploadOut.of(_upload(request, pk))


@router.get("/uploads/{pk}/file", response={200: bytes, **REFUSALS})
def read_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file exactly as it was sent."""
    return downloads.original(_upload(request, pk))


@router.get("/uploads/{pk}/annotated", response={200: bytes, **REFUSALS})
def read_annotated(request: HttpRequest, pk: int) -> HttpResponse:
    """The file with a note on each cell that has a finding."""
    return downloads.annotated(_upload(request, pk))
