"""Keeping a report as it was made."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from eprm.base.files import keep_file
from eprm.base.locks import hold
from eprm.diligence.company.queries.year import CompanyYear
from eprm.diligence.models import Report
from eprm.diligence.reports.build import build
from eprm.diligence.reports.facts import facts_of
from eprm.diligence.reports.pdf import write_pdf
from eprm.diligence.reports.xlsx import write_workbook
from eprm.diligence.rules import can_write
from eprm.people.models import Person

A_MOMENT = timedelta(seconds=20)


@transaction.atomic
def keep_report(view: CompanyYear, *, kind: str, language: str, by: Person) -> Report:
    """Make the year's report and keep both files. NotAllowed for a person who may only read.

    Two clicks keep one: what was asked for the same way a moment ago is answered with that report.
    """
    can_write(by, view.organisation.pk).require()
    hold(f"diligence.report.{view.organisation.pk}")
    asked = {"organisation": view.organisation, "year": view.year, "kind": kind, "language": language, "on": view.on}
    if just_kept := Report.objects.filter(**asked, made_by=by, made_at__gt=timezone.now() - A_MOMENT).first():
        return just_kept
    document = build(facts_of(view, kind), kind=kind, language=language)
    name = file_name(view, kind=kind, language=language)
    owner = view.organisation.pk
    pdf = keep_file(write_pdf(document), name=f"{name}.pdf", organisation_id=owner, by=by)
    workbook = keep_file(write_workbook(document), name=f"{name}.xlsx", organisation_id=owner, by=by)
    return Report.objects.create(
        **asked,
        pdf=pdf,
        workbook=workbook,
        sha256=pdf.sha256,
        made_by=by,
    )


def file_name(view: CompanyYear, *, kind: str, language: str) -> str:
    """Organisation, year, version and language, without an ending."""
    company = slugify(view.organisation.name)[:60] or "report"
    return f"{company}-{view.year}-{kind}-{language}"
