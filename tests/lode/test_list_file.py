"""Lists as CSV: what is read, and what is said of each kind of wrong row."""

from datetime import date
from decimal import Decimal

import pytest

from lode import eu2017821
from lode.eu2017821 import Threshold, read_thresholds
from lode.smelters.register import StatusInterval
from lode.smelters.status import read_statuses

HEAD = "code,mineral,description,threshold_kg,valid_from,valid_to,source,verified\n"
LINE = "2609 00 00,tin,Tin ores,5000,2021-01-01,,Annex I,yes\n"


def codes(findings):
    return [(found.code, found.where) for found in findings]


def test_thresholds_shipped_are_read_without_a_finding():
    lines, findings = read_thresholds(eu2017821.shipped())

    assert findings == ()
    assert len(lines) == 23
    assert [line.code for line in lines if line.verified] == ["2609 00 00", "2611 00 00", "ex 7108", "2825 90 40"]


@pytest.mark.parametrize("text", [HEAD + LINE, (HEAD + LINE).replace(",", ";"), "\ufeff" + HEAD.upper() + LINE])
def test_thresholds_of_any_delimiter_case_and_byte_order_mark(text):
    lines, findings = read_thresholds(text.encode())

    assert findings == ()
    assert lines == (
        Threshold(
            code="2609 00 00",
            mineral="tin",
            description="Tin ores",
            threshold_kg=Decimal(5000),
            valid_from=date(2021, 1, 1),
            valid_to=None,
            source="Annex I",
            verified=True,
        ),
    )


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (",tin,Tin ores,5000,2021-01-01,,Annex I,yes", "LIST-03"),
        (f"2609,tin,{'x' * 301},5000,2021-01-01,,Annex I,yes", "LIST-04"),
        ("2609,tin,Tin ores,5000,yesterday,,Annex I,yes", "LIST-05"),
        ("2609,tin,Tin ores,5 t,2021-01-01,,Annex I,yes", "LIST-06"),
        ("2609,tin,Tin ores,0,2021-01-01,,Annex I,yes", "LIST-06"),
        ("2609,tin,Tin ores,NaN,2021-01-01,,Annex I,yes", "LIST-06"),
        ("2609,tin,Tin ores,5000,2021-01-01,,Annex I,perhaps", "LIST-07"),
        ("2609,tin,Tin ores,5000,2021-01-01,2020-12-31,Annex I,yes", "LIST-08"),
        ("2609 00 00,tin,Tin ores,9,2021-01-01,,Annex I,yes", "LIST-10"),
        ("2609,tungsteno,Tin ores,5000,2021-01-01,,Annex I,yes", "LIST-11"),
    ],
)
def test_thresholds_tell_each_wrong_row_by_its_number(line, code):
    lines, findings = read_thresholds((HEAD + LINE + line + "\n").encode())

    assert codes(findings) == [(code, "row 3")]
    assert [read.description for read in lines] == ["Tin ores"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "LIST-02"),
        (b"code,name\n1,2\n", "LIST-02"),
        (b"PK\x03\x04\x00\x00", "LIST-01"),
        (b'\xff\xfe"' + HEAD.encode() + b'"', "LIST-02"),
    ],
)
def test_thresholds_of_another_file_are_one_finding(data, code):
    lines, findings = read_thresholds(data)

    assert lines == ()
    assert codes(findings) == [(code, "row 1")]


STATUS_HEAD = "cid,metal,scheme,status,since,until,source\n"


def test_statuses_are_intervals():
    text = STATUS_HEAD + "cid001070,Tin,RMAP,Conformant,2024-03-01,2025-02-28,list of May\n"

    found, findings = read_statuses(text.encode(), published=date(2025, 5, 1))

    assert findings == ()
    assert found == (
        StatusInterval(
            cid="CID001070",
            metal="Tin",
            scheme="RMAP",
            status="Conformant",
            since=date(2024, 3, 1),
            until=date(2025, 2, 28),
            source="list of May",
            published=date(2025, 5, 1),
        ),
    )


def test_statuses_that_overlap_are_told():
    text = STATUS_HEAD + (
        "CID001070,Tin,RMAP,Conformant,2024-03-01,,list\n"
        "CID001070,Tin,RMAP,Active,2025-03-01,,list\n"
        "CID001070,Tin,LBMA,Active,2025-03-01,,list\n"
    )

    _, findings = read_statuses(text.encode(), published=date(2025, 5, 1))

    assert codes(findings) == [("LIST-10", "row 3")]
