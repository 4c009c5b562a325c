"""The sums taken beforehand: the same as adding up anew, and never those of other declarations."""

from dataclasses import replace

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from eprm.base.identity import acting_as
from eprm.diligence import tasks
from eprm.diligence.actions.acceptance import accept_declaration
from eprm.diligence.actions.sums import TAKE, drop_sums
from eprm.diligence.company.actions import PARTS
from eprm.diligence.company.queries import answers, changes, risks, smelters
from eprm.diligence.company.queries.sums import outdated
from eprm.diligence.company.queries.year import CompanyYear
from eprm.diligence.models import RiskRow, SmelterRow, YearSums
from tests.eprm.diligence.company.rows import (
    TODAY,
    make_declaration,
    make_organisation,
    make_person,
    make_supplier,
    make_upload,
    take,
)

READS = (
    smelters.smelters_named,
    smelters.lines_by_outcome,
    smelters.origins_stated,
    answers.answers_given,
    answers.editions_used,
    changes.answers_changed,
    risks.findings_by_code,
    risks.risk_kinds,
    risks.risk_facts,
)
GOLD = ("Gold", "CID000001", "Gold A", "CH", "matched")
TIN = ("Tin", "CID000003", "Tin A", "MY", "matched")
FINDING = ("FILE-02", "error", {"size": "0 B"})
RISK = ("FILE-02", "error", "CD", {"size": "0 B"})


@pytest.fixture
def halden(db):
    return make_organisation()


@pytest.fixture
def noor(halden):
    return make_person(halden)


@pytest.fixture
def view(halden, noor):
    with acting_as(noor.pk, noor.organisation_ids()):
        yield CompanyYear(noor, halden, 2026, TODAY)


def declare(view, supplier, **content):
    return make_declaration(make_upload(view.organisation, view.person, supplier), **content)


def read(view):
    """Everything of the year, as a page that begins now has it."""
    fresh = replace(view, read={})
    return [each(fresh) for each in READS]


def jobs():
    return ProcrastinateJob.objects.filter(task_name=TAKE, status="todo").count()


def test_sums_taken_are_what_adding_up_gives(view):
    one = make_supplier(view.organisation, "One")
    declare(view, one, year=2025, smelters=[GOLD], answers=[("3", "tin", "No")])
    mines = {"metal": "Tin", "cid": "CID000003", "outcome": "matched", "mine_countries": "Rwanda"}
    declare(view, one, smelters=[TIN, GOLD], answers=[("3", "tin", "Yes")], findings=[FINDING], risks=[RISK])
    declare(view, make_supplier(view.organisation, "Two"), smelters=[mines], risks=[RISK])
    added_up = read(view)

    taken = take(view.organisation)

    kept = YearSums.objects.get(year=2026)
    SmelterRow.objects.all().delete()  # what is read now can only come from the sums
    assert (taken, kept.sums.keys()) == (2, PARTS.keys())
    assert read(view) == added_up


def test_sums_taken_again_only_where_something_changed(view):
    one = make_supplier(view.organisation, "One")
    declare(view, one, year=2024, smelters=[GOLD])
    declare(view, one, year=2026, smelters=[GOLD])

    first, second = take(view.organisation), take(view.organisation)
    declare(view, one, year=2024, smelters=[TIN])

    assert (first, second, take(view.organisation)) == (2, 0, 1)


@pytest.mark.parametrize("deed", ["accepted", "superseded", "filed elsewhere", "dated otherwise"])
def test_sums_of_other_declarations_do_not_count(view, deed):
    one = make_supplier(view.organisation, "One")
    first, second = declare(view, one, smelters=[GOLD]), declare(view, one, smelters=[GOLD, TIN])
    take(view.organisation)
    expected = {"accepted": 3, "superseded": 1, "filed elsewhere": 2, "dated otherwise": 1}[deed]

    if deed == "accepted":
        declare(view, one, smelters=[("Gold", "CID000009", "Gold C", "JP", "matched")])
    elif deed == "superseded":
        second.state, second.superseded_by = "superseded", first
        second.save()
    elif deed == "filed elsewhere":
        first.supplier = make_supplier(view.organisation, "Two")
        first.save()
    else:
        second.declaration.effective_date = second.declaration.effective_date.replace(year=2023)
        second.declaration.save()

    found = smelters.smelters_named(replace(view, read={}))
    assert len(found) == expected
    assert max(smelter.suppliers for smelter in found) == (2 if deed == "filed elsewhere" else 1)


def test_accepting_asks_for_sums_once(view):
    uploads = [
        make_declaration(make_upload(view.organisation, view.person, None, state="decided"), smelters=[GOLD])
        for _number in range(2)
    ]

    for upload in uploads:
        accept_declaration(upload=upload, by=view.person)

    assert jobs() == 1
    tasks.take_own_sums(organisation_id=view.organisation.pk)
    assert YearSums.objects.get().sums["smelters"] == [["gold", "CID000001", "Gold A", "CH", 2, 2]]


def test_sums_go_when_risks_are_weighed_again(view):
    declare(view, make_supplier(view.organisation, "One"), risks=[RISK])
    take(view.organisation)
    RiskRow.objects.all().delete()

    drop_sums(view.organisation.pk)

    assert risks.risk_facts(replace(view, read={})) == []


def test_clock_finds_whose_sums_are_outdated(view):
    jonas_house = make_organisation("Veldkamp Mobility N.V.")
    jonas = make_person(jonas_house, "jonas@veldkamp.example")
    declare(view, make_supplier(view.organisation, "One"), smelters=[GOLD])
    make_declaration(make_upload(jonas_house, jonas, make_supplier(jonas_house, "Theirs")), smelters=[GOLD])
    take(view.organisation)

    with acting_as(None, [view.organisation.pk, jonas_house.pk]):
        waiting = outdated([view.organisation.pk, jonas_house.pk])

    assert waiting == {jonas_house.pk}


def test_sums_of_another_organisation_do_not_exist(view):
    other = make_organisation("Veldkamp Mobility N.V.")
    theirs = make_person(other, "jonas@veldkamp.example")
    make_declaration(make_upload(other, theirs, make_supplier(other, "Theirs")), smelters=[GOLD])
    take(other)

    assert YearSums.objects.count() == 0
    assert smelters.smelters_named(replace(view, organisation=other, read={})) == []
