"""The company view's figures, by hand on a small case, and the same number of queries at any size."""

from datetime import date

import pytest

from eprm.base.identity import acting_as
from eprm.diligence.company.queries import answers, changes, risks, smelters
from eprm.diligence.company.queries.year import CompanyYear, years_for
from tests.eprm.diligence.company.rows import (
    TODAY,
    make_declaration,
    make_enquiry,
    make_organisation,
    make_person,
    make_statuses,
    make_supplier,
    make_upload,
)

GOLD_A = ("Gold", "CID000001", "Gold A", "CH", "matched")
GOLD_B = ("Gold", "CID000002", "Gold B", "JP", "matched")
TIN_A = ("Tin", "CID000003", "Tin A", "MY", "matched")
UNLISTED = ("Tin", "", "Fonderie X", "BO", "unlisted")
NOBODY = ("Tin", "", "", "", "unidentified")


@pytest.fixture
def company(db):
    organisation = make_organisation()
    return organisation, make_person(organisation)


@pytest.fixture
def view(company):
    organisation, person = company
    with acting_as(person.pk, person.organisation_ids()):
        yield CompanyYear(person, organisation, 2026, TODAY)


def declare(company, supplier, *, year=2026, **content):
    organisation, person = company
    known = supplier if not isinstance(supplier, str) else make_supplier(organisation, supplier)
    return make_declaration(make_upload(organisation, person, known), year=year, **content)


def test_smelters_named_counts_suppliers_not_lines(company, view):
    declare(company, "One", smelters=[GOLD_A, GOLD_A, TIN_A, NOBODY])
    declare(company, "Two", smelters=[GOLD_A, UNLISTED])

    found = [(s.metal, s.cid, s.name, s.country, s.suppliers, s.lines) for s in smelters.smelters_named(view)]

    assert found == [
        ("gold", "CID000001", "Gold A", "CH", 2, 3),
        ("tin", "", "Fonderie X", "BO", 1, 1),
        ("tin", "CID000003", "Tin A", "MY", 1, 1),
    ]
    assert smelters.lines_by_outcome(view) == {"matched": 4, "unidentified": 1, "unlisted": 1}


def test_smelters_named_leaves_out_what_does_not_count(company, view):
    organisation, person = company
    newer = declare(company, "One", smelters=[TIN_A])
    old = declare(company, newer.supplier, smelters=[GOLD_A])
    old.state, old.superseded_by = "superseded", newer
    old.save()
    make_declaration(make_upload(organisation, person, newer.supplier, state="decided"), smelters=[GOLD_B])
    declare(company, newer.supplier, year=2025, smelters=[GOLD_B])

    assert [smelter.cid for smelter in smelters.smelters_named(view)] == ["CID000003"]


def test_smelters_named_stand_as_the_newest_list_says_on_the_day(company, view):
    declare(company, "One", smelters=[GOLD_A, GOLD_B, TIN_A])
    make_statuses(("CID000003", "Tin", "conformant", date(2020, 1, 1), None), published=date(2025, 1, 1))
    make_statuses(
        ("CID000001", "Gold", "conformant", date(2025, 1, 1), None),
        ("CID000002", "Gold", "conformant", date(2025, 1, 1), date(2026, 1, 31)),
    )

    standing = {smelter.cid: smelter.standing.key for smelter in smelters.smelters_named(view)}

    assert standing == {"CID000001": "conformant", "CID000002": "lapsed", "CID000003": "unknown"}


def test_smelter_changes_judge_both_years_by_the_same_list(company, view):
    one = declare(company, "One", year=2025, smelters=[GOLD_A, GOLD_B]).supplier
    declare(company, one, smelters=[GOLD_B, TIN_A])
    make_statuses(("CID000002", "Gold", "conformant", date(2025, 1, 1), date(2026, 1, 31)), published=date(2025, 6, 1))

    change = changes.smelter_changes(view)

    assert [smelter.cid for smelter in change.added] == ["CID000003"]
    assert [smelter.cid for smelter in change.gone] == ["CID000001"]
    assert [(c.this.cid, c.last.standing.key, c.this.standing.key) for c in change.changed] == [
        ("CID000002", "conformant", "lapsed")
    ]
    assert change.stayed == 1


def test_answers_changed_names_the_supplier_and_both_answers(company, view):
    one = declare(
        company, "One", year=2025, answers=[("3", "tin", "No"), ("A", "", "Yes"), ("5", "tin", "No")]
    ).supplier
    declare(company, one, answers=[("3", "tin", "Yes"), ("A", "", "Yes")])
    declare(company, "Two", answers=[("3", "tin", "Yes")])

    found = [(a.supplier, a.question, a.mineral, a.last, a.this) for a in changes.answers_changed(view)]

    assert found == [("One", "3", "tin", "No", "Yes")]


def test_answer_states_count_each_supplier_once(company, view):
    organisation, person = company
    done, waiting, back, silent = (make_supplier(organisation, name) for name in ("Done", "Waiting", "Back", "Silent"))
    make_supplier(organisation, "Not asked")
    for supplier in (done, waiting, back, silent):
        make_enquiry(supplier)
    declare(company, done)
    declare(company, done)
    make_declaration(make_upload(organisation, person, waiting, state="checked"))
    make_upload(organisation, person, back, state="unreadable")

    states = answers.answer_states(view)

    assert states == answers.AnswerStates(accepted=1, to_decide=1, sent_back=1, unanswered=1)
    assert (states.suppliers, states.answered) == (4, 3)


def test_unanswered_is_longest_overdue_first(company, view):
    organisation, person = company
    late, later, done = (make_supplier(organisation, name) for name in ("Late", "Later", "Done"))
    make_enquiry(later, due=date(2026, 11, 20))
    make_enquiry(late, due=date(2026, 10, 20))
    make_enquiry(done, closed=date(2026, 10, 1))
    make_declaration(make_upload(organisation, person, later, state="checked"))

    found = [(str(e.supplier), e.overdue, e.latest) for e in answers.unanswered(view)]

    assert found == [("Late", 33, None), ("Later", 2, "checked")]


def test_risk_facts_told_by_two_suppliers_are_one(company, view):
    same = ("FILE-02", "error", "CD", {"size": "0 B"})
    declare(company, "One", risks=[same, ("FILE-02", "error", "RW", {"size": "0 B"})])
    declare(company, "Two", risks=[same])

    facts = [(f["country_iso2"], f["suppliers"]) for f in risks.risk_facts(view)]
    kinds = [(k.country, k.facts, k.suppliers, k.code) for k in risks.risk_kinds(view)]

    assert facts == [("CD", 2), ("RW", 1)]
    assert kinds == [("CD", 1, 2, "FILE-02"), ("RW", 1, 1, "FILE-02")]


def test_findings_by_code_count_declarations_and_times(company, view):
    finding = ("FILE-02", "error", {"size": "0 B"})
    declare(company, "One", findings=[finding, finding])
    declare(company, "Two", findings=[finding])

    assert risks.findings_by_code(view) == [risks.FindingCount(code="FILE-02", level="error", count=3, declarations=2)]


def test_years_for_takes_enquiries_and_declarations(company, view):
    organisation, person = company
    make_enquiry(make_supplier(organisation, "Asked"), year=2027)
    declare(company, "One", year=2024)

    assert years_for(person, organisation) == [2027, 2024]


def test_another_organisation_is_not_in_the_figures(company, view):
    other = make_organisation("Veldkamp Mobility N.V.")
    theirs = make_person(other, "jonas@veldkamp.example")
    make_declaration(make_upload(other, theirs, make_supplier(other, "Theirs")), smelters=[GOLD_A])

    assert smelters.smelters_named(view) == []
    assert smelters.smelters_named(CompanyYear(view.person, other, 2026, TODAY)) == []


# Of each, one looks for sums taken before: here there are none.
READS = [
    (smelters.smelters_named, 3),
    (smelters.lines_by_outcome, 2),
    (answers.answer_states, 2),
    (answers.unanswered, 2),
    (risks.risk_kinds, 3),
    (risks.findings_by_code, 2),
    (changes.answers_changed, 2),
    (changes.smelter_changes, 6),
]


@pytest.mark.parametrize(("read", "queries"), READS, ids=lambda value: getattr(value, "__name__", ""))
@pytest.mark.parametrize("size", [1, 3])
def test_reads_ask_the_same_number_of_queries_at_any_size(
    company, view, django_assert_num_queries, read, queries, size
):
    for number in range(size):
        supplier = make_supplier(company[0], f"Supplier {number}")
        make_enquiry(supplier)
        for year in (2025, 2026):
            declare(
                company,
                supplier,
                year=year,
                smelters=[("Gold", f"CID00010{n}", f"Gold {n}", "CH", "matched") for n in range(size)],
                answers=[("3", "tin", "No")],
                findings=[("FILE-02", "error", {"size": "0 B"})],
                risks=[("FILE-02", "error", "CD", {"size": f"{number} B"})],
            )

    with django_assert_num_queries(queries):
        read(view)
