"""What lode read and judged, as unsaved rows: dataclasses in, model instances out. Nothing here queries or writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from eprm.diligence.intake import JudgedLine, country_code
from eprm.diligence.models import (
    CandidateRow,
    Declaration,
    DeclaredAnswer,
    FindingRow,
    MineRow,
    ProductRow,
    RiskRow,
    SmelterRow,
    Upload,
)
from lode.findings import Finding
from lode.risk import Risk
from lode.rmi import declaration as lode_declaration


def declaration_row(upload: Upload, read: lode_declaration.Declaration) -> Declaration:
    company = read.company
    return Declaration(
        upload=upload,
        organisation_id=upload.organisation_id,
        template=read.template,
        revision=text(read.revision, 12),
        language=read.language,
        company_name=text(company.name, 500),
        company_id=text(company.unique_id, 200),
        contact_name=text(company.contact_name, 300),
        contact_email=text(company.contact_email, 300),
        authorizer_name=text(company.authorizer_name, 300),
        scope=read.scope or "",
        scope_description=text(read.scope_description),
        effective_date=read.effective_date,
        minerals=text(",".join(read.minerals), 400),
    )


def answer_rows(upload: Upload, read: lode_declaration.Declaration) -> Iterator[DeclaredAnswer]:
    for answer in read.answers:
        yield DeclaredAnswer(
            upload=upload,
            organisation_id=upload.organisation_id,
            question=answer.question,
            mineral=text(answer.mineral, 60),
            value=text(answer.value),
            comment=text(answer.comment),
            cell=text(answer.cell, 60),
        )


def product_rows(upload: Upload, read: lode_declaration.Declaration) -> Iterator[ProductRow]:
    for product in read.products:
        yield ProductRow(
            upload=upload,
            organisation_id=upload.organisation_id,
            row=product.row,
            number=text(product.number),
            name=text(product.name),
            comment=text(product.comment),
        )


def mine_rows(upload: Upload, read: lode_declaration.Declaration) -> Iterator[MineRow]:
    for mine in read.mines:
        yield MineRow(
            upload=upload,
            organisation_id=upload.organisation_id,
            row=mine.row,
            metal=text(mine.metal, 60),
            smelter=text(mine.smelter),
            name=text(mine.name),
            country=text(mine.country, 300),
            country_iso2=country_code(mine.country),
        )


def smelter_row(upload: Upload, judged: JudgedLine) -> SmelterRow:
    line = judged.line
    return SmelterRow(
        upload=upload,
        organisation_id=upload.organisation_id,
        row=line.row,
        metal=text(judged.metal, 60),
        cid_input=text(line.cid_input, 200),
        lookup=text(line.lookup),
        name=text(line.name),
        normalised=text(judged.normalised),
        country=text(line.country, 300),
        country_iso2=judged.country_iso2,
        cid_shown=text(line.cid, 200),
        city=text(line.city),
        state=text(line.state),
        mines=text(line.mines),
        mine_countries=text(line.mine_countries),
        recycled=text(line.recycled, 60),
        comment=text(line.comment),
        outcome=judged.outcome,
        method=judged.method,
        cid=text(judged.cid, 40),
        smelter_name=text(judged.smelter_name, 300),
    )


def candidate_rows(row: SmelterRow, judged: JudgedLine) -> Iterator[CandidateRow]:
    for rank, candidate in enumerate(judged.candidates, 1):
        yield CandidateRow(
            organisation_id=row.organisation_id,
            line=row,
            rank=rank,
            cid=candidate.cid,
            name=text(candidate.name, 300),
            country=text(candidate.country, 120),
            score=candidate.score,
            reasons=[{"code": each.code, "values": values(each.values.items())} for each in candidate.reasons],
        )


def finding_rows(upload: Upload, findings: Sequence[Finding]) -> Iterator[FindingRow]:
    for position, finding in enumerate(findings):
        yield FindingRow(
            upload=upload,
            organisation_id=upload.organisation_id,
            position=position,
            code=finding.code,
            level=finding.level,
            where=text(finding.where),
            values=values(finding.values.items()),
        )


def risk_rows(upload: Upload, risks: Sequence[Risk]) -> Iterator[RiskRow]:
    for position, risk in enumerate(risks):
        yield RiskRow(
            upload=upload,
            organisation_id=upload.organisation_id,
            position=position,
            code=risk.finding.code,
            level=risk.finding.level,
            where=text(risk.finding.where),
            country_iso2=risk.iso2,
            region=text(risk.region, 8),
            values=values(risk.finding.values.items()),
        )


def text(value: str | None, limit: int | None = None) -> str:
    """A text as the database takes it: no NUL, which PostgreSQL has no place for, and not longer than its column."""
    return (value or "").replace("\x00", "")[:limit]


def values(found: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The values a finding quotes, for its words in any language later."""
    return {name: text(value) for name, value in found}
