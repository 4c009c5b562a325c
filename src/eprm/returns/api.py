"""The app's part of the API: the same actions, queries and forms as the pages, so the same rules and sentences."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.pagination import paginate

from eprm.base.paging import Pages
from eprm.diligence.api.shapes import Message, cleaned
from eprm.returns.actions import answering, submitting
from eprm.returns.forms import AnswerForm, SubmitForm
from eprm.returns.models import Return, Version
from eprm.returns.queries import figures, returns
from eprm.returns.queries.answers import Line, Sheet, sheet_of
from lode.progress import percent

router = Router()


class ReturnOut(Schema):
    """A yearly return. `state`: open, submitted, sent_back, correcting, closed."""

    id: int
    year: int
    state: str
    due_on: date
    improve_by: date | None
    submitted_at: datetime | None
    closed_at: datetime | None


class AnswerOut(Schema):
    """One question and its answer; without `answered` nobody has answered, which is not "not_started"."""

    key: str
    step: str
    part: str
    kind: str
    unit: str
    question: str
    required: bool
    answered: bool
    level: str
    reviewed_on: date | None
    number: Decimal | None
    whole: Decimal | None
    text: str
    note: str
    source: str
    evidence: int
    revision: int


class ShareOut(Schema):
    """A step's share in per cent; None with the reason in `gap`."""

    step: str
    share: int | None
    gap: str | None
    asked: int
    answered: int
    not_applicable: int
    unanswered: int


class SheetOut(ReturnOut):
    """A return with its newest version."""

    version: int | None
    shares: list[ShareOut]
    total: int | None
    answers: list[AnswerOut]


class AnswerIn(Schema):
    """An answer. `revision` is the one you read; with another one somebody has answered since, and you are refused."""

    level: str = ""
    reviewed_on: date | None = None
    number: Decimal | None = None
    whole: Decimal | None = None
    text: str = ""
    note: str = ""
    revision: int = 0


class SendIn(Schema):
    """`statement`: the answers are true to the best of your knowledge, and you may send them."""

    statement: bool


class FigureOut(Schema):
    """A figure of the group. `hidden` says why it is not told; then it has no value."""

    year: int
    edition: int
    measure: str
    group: str
    key: str
    members: int | None
    value: Decimal | None
    whole: Decimal | None
    hidden: str


@router.get("", response=list[ReturnOut])
@paginate(Pages)
def list_returns(request: HttpRequest) -> Any:
    """The yearly returns of your organisation, newest first."""
    return returns.returns_visible_to(request.user)


@router.get("/figures", response=list[FigureOut])
@paginate(Pages)
def list_group_figures(request: HttpRequest) -> Any:
    """The group's figures of every year, newest edition of each."""
    rows = figures.figures_of(figures.newest_publications()).order_by("publication__year", "group", "measure", "key")
    return [
        {
            "year": row.publication.year,
            "edition": row.publication.number,
            **{name: getattr(row, name) for name in ("measure", "group", "key", "members", "value", "whole", "hidden")},
        }
        for row in rows
    ]


@router.get("/{pk}", response={200: SheetOut, 401: Message, 404: Message})
def read_return(request: HttpRequest, pk: int) -> dict[str, Any]:
    """One return with its answers and shares: the version being answered, else the newest sent."""
    this = _own(request, pk)
    return _told(sheet_of(this, returns.version_shown(this), timezone.localdate()))


@router.put("/{pk}/answers/{key}", response={200: AnswerOut, 401: Message, 403: Message, 404: Message, 422: Message})
def save_return_answer(request: HttpRequest, pk: int, key: str, given: AnswerIn) -> dict[str, Any]:
    """Answer one question; all blank takes the answer away. Begins the version where none is open."""
    this = _own(request, pk)
    version = answering.begin_version(this, by=request.user)
    line = _line(this, version, key)
    sent = {f"q{line.question.pk}-{name}": value for name, value in given.dict().items() if value is not None}
    form = AnswerForm(line, sent, today=timezone.localdate())
    cleaned(form)
    answering.save_answer(this, line.question, form.given(), by=request.user)
    return _answer(_line(this, version, key))


@router.post("/{pk}/send", response={200: SheetOut, 401: Message, 403: Message, 404: Message, 422: Message})
def send_return(request: HttpRequest, pk: int, given: SendIn) -> dict[str, Any]:
    """Send the open version to the secretariat."""
    this = _own(request, pk)
    cleaned(SubmitForm(given.dict()))
    version = submitting.submit_return(this, by=request.user)
    return _told(sheet_of(_own(request, pk), version, timezone.localdate()))


def _own(request: HttpRequest, pk: int) -> Return:
    return get_object_or_404(returns.returns_visible_to(request.user), pk=pk)


def _line(this: Return, version: Version, key: str) -> Line:
    lines = sheet_of(this, version, timezone.localdate()).lines
    found = next((line for line in lines if line.question.key == key), None)
    if found is None:
        raise Http404(_("“%(key)s” is not asked of you.") % {"key": key})
    return found


def _told(sheet: Sheet) -> dict[str, Any]:
    this = sheet.of
    names = ("id", "year", "state", "due_on", "improve_by", "submitted_at", "closed_at")
    return {
        **{name: getattr(this, name) for name in names},
        "version": sheet.version.number if sheet.version else None,
        "shares": [
            {
                "step": step.step,
                "share": None if step.share is None else percent(step.share),
                "gap": step.gap,
                "asked": step.asked,
                "answered": step.answered,
                "not_applicable": step.not_applicable,
                "unanswered": step.unanswered,
            }
            for step in sheet.score.steps
        ],
        "total": None if sheet.score.total is None else percent(sheet.score.total),
        "answers": [_answer(line) for line in sheet.lines],
    }


def _answer(line: Line) -> dict[str, Any]:
    question, answer = line.question, line.answer
    blank = {"level": "", "reviewed_on": None, "number": None, "whole": None, "text": "", "note": "", "source": ""}
    told = {name: getattr(answer, name) for name in blank} if answer else blank
    return {
        **{name: getattr(question, name) for name in ("key", "step", "part", "kind", "unit")},
        "question": question.said,
        "required": line.required,
        "answered": line.is_answered,
        **told,
        "evidence": len(line.evidence),
        "revision": answer.revision if answer else 0,
    }
