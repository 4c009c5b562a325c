"""The report: its figures by hand, what the public version leaves out, and the three ways it is drawn."""

import io
import json
import re
import unicodedata
from dataclasses import replace
from datetime import date
from hashlib import sha256

import openpyxl
import pypdf
import pytest
from django.urls import reverse

from eprm.base.identity import acting_as
from eprm.diligence.company.queries.year import CompanyYear
from eprm.diligence.models import Report
from eprm.diligence.reports.build import build
from eprm.diligence.reports.facts import facts_of
from eprm.diligence.reports.pdf import HELD, MISSING, write_pdf
from eprm.diligence.reports.xlsx import write_workbook
from tests.eprm.diligence.company.rows import (
    TODAY,
    make_declaration,
    make_enquiry,
    make_organisation,
    make_person,
    make_statuses,
    make_supplier,
    make_upload,
    sign_in,
)

LIVE = '=HYPERLINK("http://evil.example","x")'


@pytest.fixture
def noor(db):
    return make_person(make_organisation())


@pytest.fixture
def year(noor):
    """Two accepted declarations, one open enquiry, one confirmed smelter of three."""
    organisation = noor.current_memberships[0].organisation
    one, two, silent = (make_supplier(organisation, name) for name in ("Baltic Flux", "Łódź 电子", "Silent s.r.o."))
    for supplier in (one, two):
        make_enquiry(supplier, closed=date(2026, 9, 1))
    make_enquiry(silent, due=date(2026, 10, 23))
    gold = ("Gold", "CID000001", "Gold A", "CH", "matched")
    make_declaration(
        make_upload(organisation, noor, one),
        smelters=[gold, ("Tin", "", "", "", "unidentified"), ("Tin", "", LIVE, "BO", "unlisted")],
        answers=[("A", "", "Yes"), ("3", "tin", "Yes")],
        risks=[("FILE-02", "warning", "CD", {"size": "0 B"})],
    )
    make_declaration(
        make_upload(organisation, noor, two),
        smelters=[gold, ("Tin", "CID000003", "Tin A", "MY", "matched")],
        answers=[("A", "", "No"), ("3", "tin", "No")],
        risks=[("FILE-02", "warning", "CD", {"size": "0 B"})],
    )
    make_statuses(("CID000001", "Gold", "conformant", date(2025, 1, 1), None))
    with acting_as(noor.pk, noor.organisation_ids()):
        yield CompanyYear(noor, organisation, 2026, TODAY)


def made(year, kind="public", language="en"):
    return build(facts_of(year, kind), kind=kind, language=language)


def section(document, key):
    return next(section for section in document.sections if section.key == key)


def test_report_counts_what_the_rows_hold(year):
    figures = section(made(year), "about").figures

    assert [figure.value for figure in figures] == ["2 of 3", "67\u00a0%", "3", "1", "1"]


def test_report_lists_smelters_with_their_standing(year):
    table = section(made(year), "step-2").tables[0]

    assert [row[:5] for row in table.rows] == [
        ["Gold A", "gold", "CID000001", "Switzerland", "conformant"],
        [LIVE, "tin", "in no register", "Bolivia", "no scheme says anything"],
        ["Tin A", "tin", "CID000003", "Malaysia", "no scheme says anything"],
    ]


def test_report_says_what_is_unknown_and_whom_to_ask(year):
    titles = [item.title for item in section(made(year), "unknown").items]

    assert titles == [
        "1 supplier has not answered",
        "1 line names no smelter",
        "1 name is in no register",
        "No scheme says anything of 1 smelter",
        "No country of a mine is stated",
    ]


@pytest.mark.parametrize(
    ("kind", "named"), [("public", []), ("internal", ["Baltic Flux", "Łódź 电子", "Silent s.r.o."])]
)
def test_report_names_suppliers_only_inside(year, kind, named):
    document = made(year, kind)
    text = json.dumps([repr(part) for part in document.sections], ensure_ascii=False)

    assert [name for name in ("Baltic Flux", "Łódź 电子", "Silent s.r.o.") if name in text] == named


def test_report_of_an_empty_year_says_so(noor):
    organisation = noor.current_memberships[0].organisation
    with acting_as(noor.pk, noor.organisation_ids()):
        document = made(CompanyYear(noor, organisation, 2026, TODAY))

    assert section(document, "about").figures[1].value == "nobody was asked"
    assert write_pdf(document).startswith(b"%PDF")
    assert openpyxl.load_workbook(io.BytesIO(write_workbook(document))).sheetnames[0] == "Main figures"


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_pdf_is_tagged_in_its_language_and_readable(year, language):
    reader = pypdf.PdfReader(io.BytesIO(write_pdf(made(year, "internal", language))))
    text = " ".join(page.extract_text() for page in reader.pages)
    root = reader.trailer["/Root"]

    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == (language, True)
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert "CID000001" in text
    assert f"Łódź {MISSING}{MISSING}" in text


def test_pdf_font_holds_every_character_that_is_let_through(year):
    document = made(year)
    letters = "".join(chr(point) for first, last in HELD for point in range(first, last + 1))
    letters = "".join(letter for letter in letters if unicodedata.category(letter) != "Cn")
    first = document.sections[0]
    full = type(document)(
        **{name: getattr(document, name) for name in document.__slots__ if name != "sections"},
        sections=(type(first)(key="all", title="All", words=(letters,)),),
    )

    assert write_pdf(full).startswith(b"%PDF")


def test_pdf_is_the_same_bytes_for_the_same_facts(year):
    assert write_pdf(made(year)) == write_pdf(made(year))


def test_workbook_has_a_sheet_a_table_and_no_live_formula(year):
    document = made(year, "internal")

    book = openpyxl.load_workbook(io.BytesIO(write_workbook(document)))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert len(book.sheetnames) == len(document.tables) + 1
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert LIVE in {cell.value for cell in cells}


def test_report_pages_and_files_open(client, year, noor):
    sign_in(client, noor)
    page = client.get(reverse("diligence:report"), {"year": 2026, "kind": "internal", "language": "fr"})
    pdf = client.get(reverse("diligence:report_download", args=["pdf"]), {"year": 2026})
    workbook = client.get(reverse("diligence:report_download", args=["xlsx"]), {"year": 2026})

    assert (page.status_code, pdf["Content-Type"], workbook.status_code) == (200, "application/pdf", 200)
    assert client.get(reverse("diligence:report_download", args=["docx"])).status_code == 404


def test_report_shows_first_rows_and_leads_to_all(client, year, noor):
    many = [("Tin", f"CID0009{number:02d}", f"Tin {number:02d}", "MY", "matched") for number in range(30)]
    make_declaration(make_upload(year.organisation, noor, make_supplier(year.organisation, "Many")), smelters=many)
    asked = {"year": 2026, "kind": "public", "language": "en", "on": TODAY.isoformat()}
    sign_in(client, noor)

    page = client.get(reverse("diligence:report"), asked).content.decode()
    number = int(re.search(r"tables/(\d+)/[^>]*>Smelters and refiners named: all", page)[1])
    address = reverse("diligence:report_table", args=[number])
    rows = client.get(address, asked).content.decode()
    taken = json.loads(client.get(address, {**asked, "format": "json"}).content)

    assert ("Tin 29" in page, "Tin 29" in rows) == (False, True)
    assert [row["c0"] for row in taken["rows"] if row["c0"].startswith("Tin ")][:31] == sorted(
        row["c0"] for row in taken["rows"] if row["c0"].startswith("Tin ")
    )
    assert client.get(reverse("diligence:report_table", args=[99]), asked).status_code == 404


def test_kept_report_can_be_proven_later(client, year, noor):
    sign_in(client, noor)

    answer = client.post(reverse("diligence:report_keep"), {"year": 2026, "kind": "public", "language": "en"})

    kept = Report.objects.get()
    content = client.get(reverse("diligence:report_file", args=[kept.pk, "pdf"])).content
    assert (answer.status_code, kept.made_by, kept.kind) == (302, noor, "public")
    assert kept.sha256 == sha256(content).hexdigest()
    assert client.get(reverse("diligence:report_list")).status_code == 200


def test_reader_may_see_but_not_keep_a_report(client, year):
    reader = make_person(year.organisation, "reader@halden.example", role="reader")
    sign_in(client, reader)

    seen = client.get(reverse("diligence:report"), {"year": 2026}).status_code
    kept = client.post(reverse("diligence:report_keep"), {"year": 2026}).status_code

    assert (seen, kept, Report.objects.count()) == (200, 403, 0)


def test_kept_report_of_another_organisation_is_not_found(client, year, noor):
    sign_in(client, noor).post(reverse("diligence:report_keep"), {"year": 2026})
    kept = Report.objects.get()
    jonas = make_person(make_organisation("Veldkamp Mobility N.V."), "jonas@veldkamp.example")

    answer = sign_in(client, jonas).get(reverse("diligence:report_file", args=[kept.pk, "pdf"]))

    assert answer.status_code == 404


def test_facts_ask_the_same_number_of_queries_at_any_size(year, noor, django_assert_num_queries):
    with django_assert_num_queries(18):
        facts_of(replace(year, read={}), "internal")

    organisation = year.organisation
    for number in range(3):
        upload = make_upload(organisation, noor, make_supplier(organisation, f"Supplier {number}"))
        make_declaration(upload, smelters=[("Gold", f"CID00010{number}", "Gold", "CH", "matched")])

    with django_assert_num_queries(18):
        facts_of(replace(year, read={}), "internal")


def test_two_clicks_keep_one_report(client, year, noor):
    signed_in = sign_in(client, noor)
    told = {"year": 2026, "kind": "public", "language": "en"}

    signed_in.post(reverse("diligence:report_keep"), told)
    signed_in.post(reverse("diligence:report_keep"), told)
    signed_in.post(reverse("diligence:report_keep"), {**told, "kind": "internal"})

    assert sorted(Report.objects.values_list("kind", flat=True)) == ["internal", "public"]
