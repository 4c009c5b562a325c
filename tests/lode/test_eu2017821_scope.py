"""Where an importer stands on a line of Annex I: the Regulation's own volumes."""

from datetime import date
from decimal import Decimal

import pytest

from lode.eu2017821 import documents_due, read_thresholds, scope_of, shipped

LINES = {line.code: line for line in read_thresholds(shipped())[0] if line.valid_from <= date(2026, 1, 1)}
WIRE, ORE = LINES["8101 96 00"], LINES["2609 00 00"]


@pytest.mark.parametrize(
    ("mass_kg", "standing"), [("224.999", "below"), ("225", "close"), ("249.999", "close"), ("250", "bound")]
)
def test_scope_of_tungsten_wire_at_250_kg(mass_kg, standing):
    (line,) = scope_of([(WIRE, Decimal(mass_kg))])

    assert (line.standing, line.threshold_kg) == (standing, 250)


def test_scope_sums_consignments_of_a_line_and_puts_the_furthest_above_first():
    found = scope_of([(ORE, Decimal(2000)), (WIRE, Decimal(500)), (ORE, Decimal(3000))])

    assert [(line.code, line.mass_kg, line.ratio, line.standing) for line in found] == [
        ("8101 96 00", 500, 2, "bound"),
        ("2609 00 00", 5000, 1, "bound"),
    ]


@pytest.mark.parametrize(
    ("exempt", "metals", "expected"),
    [
        (False, False, ("policy", "risks", "audit", "report")),
        (True, True, ("policy", "smelters", "risks", "scheme", "report")),
    ],
)
def test_documents_due(exempt, metals, expected):
    assert documents_due(exempt=exempt, metals=metals) == expected
