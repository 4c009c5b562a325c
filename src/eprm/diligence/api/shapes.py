"""What the API answers and takes, and how a form's problems become an answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from ninja import Schema
from pydantic import Field

from eprm.diligence.models import FindingRow, RiskRow, SkippedFile, Upload
from eprm.diligence.tables import sender_of
from eprm.diligence.wording import finding_of, said
from lode.findings import Finding


class FormProblems(Exception):
    """What was sent does not fit: field and sentence of each problem. Answered with 422."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__(problems)
        self.problems = problems


def cleaned(form: forms.BaseForm) -> dict[str, Any]:
    """The form's values; raises FormProblems with its own sentences."""
    if not form.is_valid():
        raise FormProblems([(field, str(each)) for field, errors in form.errors.items() for each in errors])
    return form.cleaned_data


class Message(Schema):
    """A refusal, in a sentence."""

    message: str


class UploadOut(Schema):
    """One received file. `state`: received, unreadable, checked, decided, returned, accepted, superseded."""

    id: int
    state: str
    sender: str
    file_name: str
    sha256: str
    supplier_id: int | None
    template: str
    revision: str
    effective_date: date | None
    errors: int
    warnings: int
    open_names: int
    smelter_lines: int
    received_at: datetime
    checked_at: datetime | None
    accepted_at: datetime | None
    replaced_by: int | None
    judged_by: str

    @classmethod
    def of(cls, upload: Upload) -> UploadOut:
        declared = getattr(upload, "declaration", None)
        return cls(
            id=upload.pk,
            state=upload.state,
            sender=sender_of(upload),
            file_name=upload.file.name,
            sha256=upload.sha256,
            supplier_id=upload.supplier_id,
            template=declared.template if declared else "",
            revision=declared.revision if declared else "",
            effective_date=declared.effective_date if declared else None,
            errors=upload.error_count,
            warnings=upload.warning_count,
            open_names=upload.open_count,
            smelter_lines=upload.line_count,
            received_at=upload.received_at,
            checked_at=upload.checked_at,
            accepted_at=upload.accepted_at,
            replaced_by=upload.superseded_by_id,
            judged_by=upload.judged_by,
        )


class FindingOut(Schema):
    """A finding or a risk, in the language asked for."""

    code: str
    level: str
    where: str
    title: str
    message: str
    fix: str

    @classmethod
    def of(cls, row: FindingRow | RiskRow) -> FindingOut:
        return cls._said(finding_of(row))

    @classmethod
    def of_skipped(cls, file: SkippedFile) -> FindingOut:
        return cls._said(said(file.code, file.name, file.values))

    @classmethod
    def _said(cls, finding: Finding) -> FindingOut:
        return cls(
            code=finding.code,
            level=finding.level,
            where=finding.where,
            title=finding.title,
            message=finding.message,
            fix=finding.fix,
        )


class SkippedOut(Schema):
    """A file that became no upload, why, and the upload with the same bytes where there is one."""

    file_name: str
    finding: FindingOut
    first: int | None


class BatchOut(Schema):
    """Files sent together: how many of them are checked, each upload, and what was left out."""

    id: int | None
    checked: int
    uploads: list[UploadOut]
    skipped: list[SkippedOut]


class CandidateOut(Schema):
    """A smelter a line might mean; `score` of 100, `reasons` as the matcher gives them."""

    cid: str
    name: str
    country: str
    score: float
    reasons: list[Any]


class LineOut(Schema):
    """A line of the Smelter List. `decision` is the decision in force about its name: send it back as `seen`."""

    id: int
    row: int
    metal: str
    name: str
    lookup: str
    country: str
    number: str = Field(alias="cid_shown")
    outcome: str
    method: str
    cid: str
    smelter_name: str
    decision: int | None = Field(alias="decision_pk")
    candidates: list[CandidateOut]

    @staticmethod
    def resolve_candidates(line: Any) -> list[Any]:
        return list(line.candidates.all())


class DecisionIn(Schema):
    """`judgement`: same (with `cid`), different, unsure, not_smelter. `seen`: the line's `decision` you know of."""

    judgement: str
    cid: str = ""
    reason: str = ""
    seen: int | None = None


class DecisionOut(Schema):
    """A decision as it was saved."""

    id: int
    name: str
    metal: str
    judgement: str
    cid: str
    reason: str
    decided_at: datetime


class ReturnIn(Schema):
    """What the supplier is told."""

    text: str


class SupplierIn(Schema):
    """A supplier; `country` as an ISO 3166-1 code of two letters."""

    name: str
    country: str = ""
    number: str = ""
    contact_name: str = ""
    contact_email: str = ""
    active: bool = True


class SupplierOut(SupplierIn):
    """A supplier with its newest declaration's state and how many enquiries wait for an answer."""

    id: int
    newest_state: str | None
    open_enquiries: int


class EnquiryOut(Schema):
    """What a supplier was asked; `answered_by` is the accepted upload."""

    id: int
    supplier_id: int
    year: int
    template: str
    asked_on: date
    due_on: date
    closed_on: date | None
    answered_by: int | None = Field(alias="answered_by_id")
