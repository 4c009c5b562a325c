"""What a careful person reads in each real workbook of shared/cases, cell by cell."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from tests import workbooks

from lode.rmi.declaration import Company, Declaration, ProductLine, SmelterLine
from lode.rmi.document import from_document, to_document
from lode.rmi.read import read

CASES = workbooks.SHARED / "cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="shared/cases is not beside the project")


def declared(name: str) -> Declaration:
    declaration = read((CASES / name).read_bytes(), filename=name).declaration
    assert declaration is not None
    return declaration


def values(declaration: Declaration, question: str) -> list[str | None]:
    return [answer.value for answer in declaration.answers if answer.question == question]


def company_answers(declaration: Declaration) -> dict[str, str | None]:
    return {answer.question: answer.value for answer in declaration.answers if answer.mineral is None}


def test_supplier_a_company_block_scope_and_date() -> None:
    declaration = declared("filled/supplier-a-cmrt-6.4-scope-b.xlsx")

    assert (declaration.template, declaration.revision, declaration.revision_date, declaration.language) == (
        "CMRT",
        "6.4",
        date(2024, 4, 26),
        "en",
    )
    assert declaration.company == Company(
        name="Supplier A Ltd.",
        address="1 Example Street, 00000 Sampletown",
        contact_name="Contact A",
        contact_email="contact.a@supplier-a.example",
        contact_phone="+00 000 000 0001",
        authorizer_name="Authorizer A",
        authorizer_title="Manager, Procurement Department",
        authorizer_email="authorizer.a@supplier-a.example",
        authorizer_phone="+00 000 000 0002",
    )
    assert (declaration.scope, declaration.scope_raw) == ("B", "B. Product (or List of Products)")
    assert (declaration.effective_date, declaration.effective_date_raw) == (date(2024, 5, 30), "2024-05-30")
    assert declaration.cells["contact_email"] == "Declaration!D16"


def test_supplier_a_answers_by_mineral_and_for_the_company() -> None:
    declaration = declared("filled/supplier-a-cmrt-6.4-scope-b.xlsx")

    assert declaration.minerals == ("tantalum", "tin", "gold", "tungsten")
    assert [values(declaration, question) for question in "12345678"] == [
        ["Yes", "No", "No", "Yes"],
        ["Yes", None, None, "Yes"],
        ["Yes", None, None, "Yes"],
        ["Yes", None, None, "Yes"],
        ["No", None, None, "No"],
        ["100%", None, None, "100%"],
        ["Yes", None, None, "Yes"],
        ["Yes", None, None, "Yes"],
    ]
    assert company_answers(declaration) == {
        "A": "Yes",
        "B": "Yes",
        "C": "Yes",
        "D": "Yes",
        "E": "Yes, in conformance with IPC1755 (e.g., CMRT)",
        "F": "Yes",
        "G": "Yes",
        "H": "No",
    }
    policy = declaration.answer("B")
    assert policy is not None
    assert (policy.comment, policy.comment_cell) == (
        "https://www.nmm.jx-group.co.jp/english/company/purchase/supply.html",
        "Declaration!G77",
    )


def test_supplier_a_smelters_entered_by_number_and_products() -> None:
    declaration = declared("filled/supplier-a-cmrt-6.4-scope-b.xlsx")

    assert Counter(line.metal for line in declaration.smelters) == {"Tantalum": 16, "Tungsten": 11}
    assert len({line.cid for line in declaration.smelters}) == 21
    assert declaration.smelters[0] == SmelterLine(
        row=5,
        metal="Tantalum",
        cid_input="CID002544",
        lookup="TANIOBIS Co., Ltd.",
        country="THAILAND",
        cid="CID002544",
        cid_source="RMI",
        city="Map Ta Phut",
        state="Rayong",
        contact="Smelter contact 1",
        email="smelter.contact2@smelter.example",
        mine_countries="Please see RCOI-List, available at the RMI Homepage",
        recycled="No",
    )
    assert declaration.products == (
        ProductLine(row=6, number="Sputtering Target", name="Ta/ Ta alloy Target"),
        ProductLine(row=7, number="Sputtering Target", name="W/ W alloy Target"),
        ProductLine(row=8, number="Tantalum parts", name="Other Tantalum parts"),
    )
    assert len(declaration.lookup) == 660


def test_supplier_b_zeros_of_formulas_are_blank_and_the_company_block_is_empty() -> None:
    declaration = declared("filled/supplier-b-cmrt-6.4-smelters-only.xlsx")

    assert (declaration.company, declaration.scope, declaration.effective_date) == (Company(), None, None)
    assert [values(declaration, question) for question in "12345678"] == [
        ["No", "Yes", "Yes", "No"],
        [None, "Yes", "Yes", None],
        [None, "Yes", "No", None],
        [None, "Yes", "No", None],
        [None, "No", "No", None],
        [None, "100%", "100%", None],
        [None, "Yes", "Yes", None],
        [None, "Yes", "Yes", None],
    ]
    assert Counter(line.metal for line in declaration.smelters) == {"Tin": 33, "Gold": 34}
    assert declaration.smelters[1] == SmelterLine(
        row=6,
        metal="Tin",
        cid_input="CID000292",
        lookup="Alpha",
        country="UNITED STATES OF AMERICA",
        cid="CID000292",
        cid_source="RMI",
        city="Altoona",
        state="Pennsylvania",
        recycled="Unknown",
    )
    assert declaration.products == ()


def test_supplier_c_numbers_come_from_the_identification_column() -> None:
    declaration = declared("filled/supplier-c-cmrt-6.4-scope-a.xlsx")

    assert (declaration.scope, declaration.effective_date) == ("A", date(2024, 5, 10))
    assert declaration.company.contact_email == "contact,c@supplier-c.example"
    assert [(line.row, line.cid_input, line.cid, line.metal) for line in declaration.smelters] == [
        (5, None, "CID002494", "Tungsten"),
        (6, None, "CID002551", "Tungsten"),
        (7, None, "CID002513", "Tungsten"),
        (8, None, "CID002082", "Tungsten"),
    ]
    assert declaration.smelters[2].street == "Shizhuyuan, Suxian"


def test_cmrt_2_00_keeps_the_number_left_of_the_metal_and_its_own_answers() -> None:
    declaration = declared("filled/cmrt-2.00-validation-needed.xlsx")

    assert (declaration.revision, declaration.revision_date) == ("2.00", date(2012, 8, 29))
    assert (declaration.scope, declaration.effective_date) == ("A", date(2014, 5, 31))
    assert declaration.company == Company(
        unique_id="A999666333000",
        address="100 F Street, NE, Washington, DC 20549",
        authorizer_name="Leo de Nevi",
        authorizer_title="Chief Technology Officer",
        authorizer_email="leo.denevi@greenstatuspro.com",
        authorizer_phone="(555) 555-1234",
    )
    assert [values(declaration, question) for question in "123456"] == [
        [None, "Yes", None, "Yes"],
        ["No", "No", "Uncertain or Unknown", "No"],
        ["No", "No", "Uncertain or Unknown", "No"],
        ["Yes", "No but > 75%", "Yes", "Yes"],
        ["Yes all smelters have been provided", "No"] + ["Yes all smelters have been provided"] * 2,
        ["Yes", "Yes", "No", "Yes"],
    ]
    assert company_answers(declaration)["H"] == "Yes (documentation review only)"
    assert [(line.row, line.metal, line.name, line.cid) for line in declaration.smelters] == [
        (5, "Gold", "Allgemeine Gold", None),
        (6, "Tin", "Alpha Metal", None),
        (7, "Tantalum", "Cabot Supermetals", None),
        (8, "Tungsten", "Ganzhou Huaxing Tungsten", "4CHN005"),
    ]
    assert declaration.products == ()


@pytest.mark.parametrize(
    ("name", "revision", "questions", "letters"),
    [
        ("filled/cmrt-2.03-green.xlsx", "2.03", "123456", "ABCDEFGHIJ"),
        ("filled/cmrt-3.01-high-risk.xlsx", "3.01", "1234567", "ABCDEFGHIJ"),
    ],
)
def test_old_revision_is_read_whole(name: str, revision: str, questions: str, letters: str) -> None:
    declaration = declared(name)

    assert declaration.revision == revision
    assert declaration.company.name == "Green Status Pro"
    assert "".join(dict.fromkeys(answer.question for answer in declaration.answers)) == questions + letters
    assert all(answer.value for answer in declaration.answers)
    assert [line.lookup for line in declaration.smelters] == [
        "Allgemeine Gold- & Silberscheideanstalt",
        "Alpha Metals",
        "Cabot Supermetals",
        "Ganzhou Huaxing Tungsten",
    ]


def test_cmrt_3_01_percentages_lose_the_blank_at_their_end() -> None:
    declaration = declared("filled/cmrt-3.01-high-risk.xlsx")

    assert values(declaration, "5") == ["Yes, 100%", "No, but greater than 75%", "Yes, 100%", "Yes, 100%"]
    assert declaration.effective_date == date(2014, 5, 31)


@pytest.mark.parametrize(
    ("name", "template", "revision", "day", "language", "minerals", "answers", "lookup"),
    [
        ("cmrt-1.00.xlsx", "CMRT", "1.00", date(2011, 7, 18), "en", 4, 31, 0),
        ("RMI_CMRT_6.01.xlsx", "CMRT", "6.01", date(2020, 5, 19), "zh", 4, 40, 587),
        ("RMI_CMRT_6.22.xlsx", "CMRT", "6.22", date(2022, 5, 11), "zh", 4, 40, 628),
        ("RMI_CMRT_6.5.xlsx", "CMRT", "6.5", date(2025, 4, 25), "zh", 4, 40, 637),
        ("RMI_EMRT_1.3.xlsx", "EMRT", "1.3", date(2024, 4, 26), "zh", 2, 21, 187),
        ("RMI_EMRT_2.0.xlsx", "EMRT", "2.0", date(2025, 4, 25), "zh", 6, 54, 432),
        # Its file name says 2.21; its cell J3 and its list of revisions say 2.2.
        ("RMI_CRT_2.21.xlsx", "CRT", "2.2", date(2020, 10, 28), "zh", 1, 15, 90),
        ("RMI_AMRT_1.3.xlsx", "AMRT", "1.3", date(2025, 10, 17), "zh", 0, 0, 86),
    ],
)
def test_blank_template_holds_no_answer_and_no_line(
    name: str, template: str, revision: str, day: date, language: str, minerals: int, answers: int, lookup: int
) -> None:
    reading = read((CASES / "blank" / name).read_bytes(), filename=name)
    declaration = reading.declaration

    assert declaration is not None
    assert reading.findings == ()
    assert (declaration.template, declaration.revision, declaration.revision_date) == (template, revision, day)
    assert declaration.language == language
    assert (len(declaration.minerals), len(declaration.answers), len(declaration.lookup)) == (minerals, answers, lookup)
    assert (declaration.smelters, declaration.products, declaration.mines) == ((), (), ())
    assert declaration.company == Company()
    # CRT 2.21 is published with one answer left in D75.
    left = ["Yes, Using Other Format (Describe)"] if template == "CRT" else []
    assert [answer.value for answer in declaration.answers if answer.value] == left
    assert declaration.facts["anchored_by_label"] == "no"


def test_emrt_2_minerals_and_cells_by_mineral() -> None:
    declaration = declared("blank/RMI_EMRT_2.0.xlsx")

    assert declaration.minerals == ("cobalt", "copper", "graphite", "lithium", "mica", "nickel")
    assert [answer.cell for answer in declaration.answers if answer.mineral == "nickel"] == [
        f"Declaration!D{row}" for row in (35, 47, 59, 71, 83, 95, 107, 125)
    ]


def test_xls_locked_with_excels_own_password_is_opened_and_said() -> None:
    name = "encrypted-default-password-3.01.xls"

    reading = read((CASES / "hostile" / name).read_bytes(), filename=name)

    assert reading.declaration is not None
    assert (reading.declaration.template, reading.declaration.revision) == ("CMRT", "3.01")
    assert [(found.code, found.level) for found in reading.findings] == [("FILE-19", "note"), ("FILE-18", "note")]
    assert len(reading.declaration.lookup) == 217
    assert reading.declaration.facts["legacy_xls"] == reading.declaration.facts["encrypted_default"] == "yes"


def test_picture_named_xls_is_said_to_be_a_picture() -> None:
    reading = read((CASES / "hostile" / "jpeg-named.xls").read_bytes(), filename="jpeg-named.xls")

    assert reading.declaration is None
    assert [(found.code, found.where, found.message) for found in reading.findings] == [
        ("FILE-01", "jpeg-named.xls", "The file is a JPEG picture, not an Excel workbook.")
    ]


@pytest.mark.parametrize("path", sorted(CASES.glob("*/*.xlsx")), ids=lambda path: path.name)
def test_document_of_a_real_file_reads_back_the_same(path: object) -> None:
    document = to_document(declared(str(path)))

    again = to_document(from_document(document))

    assert again == document
