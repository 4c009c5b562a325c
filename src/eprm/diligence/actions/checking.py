"""Checking an upload: its file is read, checked, matched, and what was found is stored in place of what stood there."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from importlib.metadata import version

from django.db import transaction
from django.utils import timezone

from eprm.base import hooks
from eprm.base.files import file_bytes
from eprm.base.locks import hold
from eprm.diligence import intake, lifecycle, rows
from eprm.diligence.actions.decisions import count_open, lock_name, outcome_of
from eprm.diligence.actions.sums import ask_for_sums, drop_sums
from eprm.diligence.models import (
    CandidateRow,
    Decision,
    Declaration,
    DeclaredAnswer,
    FindingRow,
    MineRow,
    ProductRow,
    RiskRow,
    SmelterRow,
    Upload,
)
from eprm.diligence.queries.decisions import Key, decisions_in_force
from eprm.diligence.queries.suppliers import supplier_named
from eprm.diligence.queries.uploads import lists_of_others
from eprm.diligence.telling import told_of
from lode.rmi.check.across import check_copied, marks_of
from lode.rmi.check.words import limit

CODE_VERSION = version("eprm")
FILE_ROWS = (DeclaredAnswer, SmelterRow, ProductRow, MineRow, FindingRow, RiskRow)


@transaction.atomic
def process_upload(*, upload_id: int) -> Upload:
    """Read, check and match the file, and store all of it in one transaction. Running it again gives the same rows.

    Only an upload still on its way is checked; decisions people took are used, never changed.
    """
    upload = Upload.objects.select_for_update(of=("self",)).select_related("file", "supplier").get(pk=upload_id)
    if not lifecycle.is_possible("check", upload.state):
        return upload
    started = time.thread_time()
    # Nobody decides while lines are written, or a decision just taken would miss them.
    hold(lock_name(upload.organisation_id), shared=True)
    decisions = decisions_in_force(upload.organisation_id)
    judged = _judge(upload, decisions)
    if judged.declaration is not None and len(judged.lines) > limit("copied_length"):
        others = lists_of_others(upload, len(judged.lines), marks_of(judged.declaration))
        copied = check_copied(judged.declaration, others)
        judged = replace(judged, findings=(*judged.findings, *copied))
    _forget_rows(upload)
    _keep_rows(upload, judged, decisions)
    _count(upload, judged)
    upload.state = lifecycle.state_after_check(
        upload.state, readable=judged.declaration is not None, open_count=upload.open_count
    )
    if upload.supplier_id is None and judged.declaration is not None:
        upload.supplier = supplier_named(judged.declaration.company.name or "", upload.organisation_id)
    upload.checked_at = timezone.now()
    upload.code_version = CODE_VERSION
    upload.judged_by = judged.judged_by
    upload.checked_seconds = round(time.thread_time() - started, 3)
    upload.save()
    hooks.emit(upload.organisation_id, "declaration.checked", partial(told_of, upload))
    return upload


@transaction.atomic
def weigh_risks(*, upload_id: int) -> None:
    """Look for the risks again after a person decided what names mean. Running it again gives the same rows.

    Where a list has become newer since the check, they stay: a file on its way is checked whole again, and an accepted
    one is judged by the lists of its day.
    """
    upload = Upload.objects.select_for_update(of=("self",)).select_related("file", "supplier").get(pk=upload_id)
    hold(lock_name(upload.organisation_id), shared=True)
    judged = _judge(upload, decisions_in_force(upload.organisation_id))
    if judged.judged_by != upload.judged_by:
        return
    RiskRow.objects.filter(upload=upload).delete()
    RiskRow.objects.bulk_create(rows.risk_rows(upload, judged.risks))
    if upload.state == lifecycle.ACCEPTED:
        drop_sums(upload.organisation_id)
        ask_for_sums(upload.organisation_id)


def _judge(upload: Upload, decisions: Mapping[Key, Decision]) -> intake.Judged:
    return intake.judge(
        file_bytes(upload.file),
        filename=upload.file.name,
        organisation_id=upload.organisation_id,
        on=timezone.localdate(upload.received_at),
        asked=(upload.supplier.name,) if upload.supplier else (),
        decided={key: decision.cid for key, decision in decisions.items()},
    )


def _forget_rows(upload: Upload) -> None:
    Declaration.objects.filter(upload=upload).delete()
    CandidateRow.objects.filter(line__upload=upload).delete()
    for model in FILE_ROWS:
        model.objects.filter(upload=upload).delete()


def _keep_rows(upload: Upload, judged: intake.Judged, decisions: Mapping[Key, Decision]) -> None:
    FindingRow.objects.bulk_create(rows.finding_rows(upload, judged.findings))
    RiskRow.objects.bulk_create(rows.risk_rows(upload, judged.risks))
    if judged.declaration is None:
        return
    rows.declaration_row(upload, judged.declaration).save()
    DeclaredAnswer.objects.bulk_create(rows.answer_rows(upload, judged.declaration))
    ProductRow.objects.bulk_create(rows.product_rows(upload, judged.declaration))
    MineRow.objects.bulk_create(rows.mine_rows(upload, judged.declaration))
    lines = [rows.smelter_row(upload, line) for line in judged.lines]
    for line in lines:
        if decision := decisions.get((line.metal, line.normalised, line.country_iso2)):
            for name, value in outcome_of(decision).items():
                setattr(line, name, value)
    SmelterRow.objects.bulk_create(lines)
    CandidateRow.objects.bulk_create(
        candidate
        for line, judged_line in zip(lines, judged.lines, strict=True)
        for candidate in rows.candidate_rows(line, judged_line)
    )


def _count(upload: Upload, judged: intake.Judged) -> None:
    levels = [finding.level for finding in judged.findings]
    upload.error_count = levels.count("error")
    upload.warning_count = levels.count("warning")
    upload.question_count = len(levels) - upload.error_count - upload.warning_count
    upload.line_count = len(judged.lines)
    count_open(upload)
