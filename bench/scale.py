"""A company's declarations at any size: thirty are received and checked as any other, the rest copy their rows.

A copy keeps what the check found and gets a file of its own, a supplier, a day and a year; so the pages stand before
rows as real checks leave them, made in seconds instead of hours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from io import BytesIO

from django.db import connection, models
from django.db.models import F

from bench.books import WORDS, declaration
from bench.company import found, load_register
from eprm.diligence.actions.checking import process_upload
from eprm.diligence.actions.suppliers import import_suppliers
from eprm.diligence.actions.uploads import receive_uploads
from eprm.diligence.company.actions import take_sums
from eprm.diligence.models import (
    CandidateRow,
    Decision,
    Declaration,
    DeclaredAnswer,
    Enquiry,
    FindingRow,
    RiskRow,
    SmelterRow,
    Supplier,
    Upload,
)
from eprm.people.identity import acting_for
from eprm.people.models import Organisation, Person
from lode.rmi.generate import generate

CHECKED, LINES = 30, 33
COPIED = (DeclaredAnswer, FindingRow, RiskRow)
ON = date(2026, 11, 1)


def fill(uploads: int) -> tuple[Person, Organisation]:
    """An organisation with so many uploads (a multiple of 30) of 33 lines; a third of them are one supplier's."""
    person, organisation = found("Pages")
    load_register(person, organisation)
    check(person, organisation, [(LINES, number) for number in range(CHECKED)])
    with acting_for(person, path="bench"):
        _list_suppliers(organisation, person, uploads // 3)
        _accept_most()
        _copy(uploads // CHECKED)
        _spread()
        _ask(organisation)
        _decide(organisation, person, uploads)
        take_sums(organisation_id=organisation.pk)  # as the worker has, moments after the last acceptance
        counts = {model.__name__: model.objects.count() for model in (Upload, SmelterRow, DeclaredAnswer, FindingRow)}
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as the database does by itself within minutes of such a filling
    print({"uploads": uploads, **counts})
    return person, organisation


def check(person: Person, organisation: Organisation, books: Sequence[tuple[int, int]]) -> list[int]:
    """Receive and check a declaration for each (number of lines, supplier's number); their keys in that order."""
    files = []
    for lines, number in books:
        files.append(BytesIO(generate(declaration(lines, number=number))))
        files[-1].name = f"cmrt-{number}.xlsx"
    with acting_for(person, path="bench"):
        batch = receive_uploads(files=files, organisation=organisation, by=person)
        pks = list(batch.uploads.order_by("pk").values_list("pk", flat=True))
        for pk in pks:
            process_upload(upload_id=pk)
    return pks


def _list_suppliers(organisation: Organisation, person: Person, count: int) -> None:
    rows = [{"name": f"{WORDS[number % 16]} Supplies {number:05d}", "country": "DE"} for number in range(count)]
    import_suppliers(organisation=organisation, rows=rows, by=person)


def _accept_most() -> None:
    """Of ten uploads, eight are accepted: each of their lines means a smelter of the register."""
    most = [pk for at, pk in enumerate(Upload.objects.order_by("pk").values_list("pk", flat=True)) if at % 10 < 8]
    lines = SmelterRow.objects.filter(upload__in=most)
    lines.filter(outcome="open").update(outcome="unlisted", method="decision")
    person = Person.objects.get()
    Upload.objects.filter(pk__in=most).update(
        state="accepted", open_count=0, accepted_at=F("checked_at"), accepted_by=person
    )


def _copy(times: int) -> None:
    """Every upload so many times in all, with all its rows."""
    with connection.cursor() as cursor:
        cursor.execute(f"""
            CREATE TEMP TABLE copies AS
            SELECT id AS old, nextval(pg_get_serial_sequence('diligence_upload', 'id')) AS new
            FROM diligence_upload, generate_series(2, {times}) ORDER BY id""")
        cursor.execute("""
            CREATE TEMP TABLE line_copies AS
            SELECT line.id AS old, copies.new AS upload,
                nextval(pg_get_serial_sequence('diligence_smelterrow', 'id')) AS new
            FROM diligence_smelterrow line JOIN copies ON copies.old = line.upload_id""")
        sha256 = "encode(sha256(copies.new::text::bytea), 'hex')"
        insert = _insert(Upload, {"id": "copies.new", "sha256": sha256})
        cursor.execute(f"{insert} FROM diligence_upload row JOIN copies ON copies.old = row.id")
        for model in (Declaration, *COPIED):
            insert = _insert(model, {"id": None, "upload_id": "copies.new"})
            cursor.execute(f"{insert} FROM {model._meta.db_table} row JOIN copies ON copies.old = row.upload_id")
        insert = _insert(SmelterRow, {"id": "copies.new", "upload_id": "copies.upload"})
        cursor.execute(f"{insert} FROM diligence_smelterrow row JOIN line_copies copies ON copies.old = row.id")
        insert = _insert(CandidateRow, {"id": None, "line_id": "copies.new"})
        cursor.execute(f"{insert} FROM diligence_candidaterow row JOIN line_copies copies ON copies.old = row.line_id")
        cursor.execute("DROP TABLE copies, line_copies")


def _insert(model: type[models.Model], changed: Mapping[str, str | None]) -> str:
    """`INSERT INTO ... SELECT` of all columns, some by another expression; None leaves a column to the database."""
    columns = [field.column for field in model._meta.concrete_fields]
    taken = {name: changed.get(name, f'row."{name}"') for name in columns}
    taken = {name: expression for name, expression in taken.items() if expression is not None}
    names = ", ".join(f'"{name}"' for name in taken)
    return f"INSERT INTO {model._meta.db_table} ({names}) SELECT {', '.join(taken.values())}"


def _spread() -> None:
    """Each upload gets its hour, its supplier (every third the first one), and every fourth the year before."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE places AS SELECT id, row_number() OVER (ORDER BY id) FROM diligence_supplier")
        cursor.execute("""
            UPDATE diligence_upload SET
                received_at = received_at - make_interval(mins => 7 * id::int),
                supplier_id = (SELECT places.id FROM places WHERE row_number = CASE
                    WHEN mod(diligence_upload.id, 3) = 0 THEN 1
                    ELSE 1 + mod(diligence_upload.id, (SELECT count(*) FROM places)) END)""")
        cursor.execute("DROP TABLE places")
    Declaration.objects.annotate(fourth=F("upload_id") % 4).filter(fourth=0).update(effective_date=date(2025, 5, 1))


def _ask(organisation: Organisation) -> None:
    """Every supplier was asked; of five, one has not answered."""
    Enquiry.objects.bulk_create(
        Enquiry(
            organisation=organisation,
            supplier=supplier,
            year=2026,
            asked_on=ON - timedelta(days=60),
            due_on=ON,
            closed_on=ON if at % 5 else None,
        )
        for at, supplier in enumerate(Supplier.objects.order_by("pk"))
    )


def _decide(organisation: Organisation, person: Person, count: int) -> None:
    """As many decisions about names as there are uploads."""
    Decision.objects.bulk_create(
        Decision(
            organisation=organisation,
            metal="tin",
            name=f"Decided {number}",
            normalised=f"decided {number}",
            country="CN",
            judgement="unsure",
            decided_by=person,
        )
        for number in range(count)
    )
