"""The demo's diligence is the story it tells, made through the actions a user has, and safe to make again."""

from datetime import date

import pytest
from django.core.management import call_command
from django.utils import timezone

from eprm.diligence import demo, demo_books
from eprm.diligence.company.queries import answers, changes, smelters
from eprm.diligence.company.queries.answers import AnswerStates
from eprm.diligence.company.queries.year import CompanyYear
from eprm.diligence.models import Decision, Report, Upload
from eprm.people import demo as people_demo
from eprm.people.identity import acting_for
from eprm.reference import demo as reference_demo


def make():
    for part in (people_demo, reference_demo, demo):
        part.make(seed=1, scale=1, password="demo")


@pytest.fixture
def noor(db):
    """The demo made once; the test acts as Noor."""
    call_command("load_reference")
    make()
    person = people_demo.person("noor")
    with acting_for(person, path="test"):
        yield person


@pytest.fixture
def view(noor):
    today = timezone.localdate()
    return CompanyYear(noor, noor.current_memberships[0].organisation, today.year, today)


def test_ten_suppliers_are_asked_and_seven_answer(view):
    states = answers.answer_states(view)

    assert states == AnswerStates(accepted=3, to_decide=2, sent_back=2, unanswered=3)
    assert states.answered == 7


def test_the_answers_stand_where_the_story_has_them(view):
    this_year = Upload.objects.filter(file__name__contains=f"-{view.year}-").order_by("pk")

    found = [(upload.supplier.name.split()[0], upload.state, upload.error_count > 0) for upload in this_year]

    assert found == [
        ("Sudeten", "accepted", False),
        ("Condensa", "accepted", False),
        ("Torino", "superseded", True),
        ("Torino", "accepted", False),
        ("Brinkhof", "checked", False),
        ("Lumen", "returned", True),
        ("Hsinchu", "decided", False),
        ("Delta", "unreadable", True),
    ]


def test_one_name_nobody_knows_stays_open(view):
    brinkhof = Upload.objects.get(supplier__name__startswith="Brinkhof")

    open_lines = brinkhof.smelterrows.filter(outcome="open").values_list("name", flat=True)

    assert list(open_lines) == ["Red Hill Metal Works"]


def test_a_copied_list_is_noticed(view):
    hsinchu = Upload.objects.get(supplier__name__startswith="Hsinchu")

    found = hsinchu.findingrows.filter(code="CMRT-P42").values_list("values__suppliers", flat=True)

    assert list(found) == ["Lumen Circuit Assembly (demo)"]


def test_the_year_differs_from_the_last(view):
    change = changes.smelter_changes(view)

    assert (len(change.added), len(change.gone)) == (4, 7)
    assert [(one.this.name, one.last.standing.key, one.this.standing.key) for one in change.changed] == [
        ("Ulba Steppe Metals (demo)", "conformant", "lapsed"),
        ("Yunnan Red River Tin (demo)", "conformant", "lapsed"),
    ]
    assert {answer.supplier for answer in changes.answers_changed(view)} == {
        "Sudeten Solder s.r.o.",
        "Torino Contatti S.p.A. (demo)",
    }


def test_every_standing_occurs_among_the_smelters(view):
    standings = {smelter.standing.key for smelter in smelters.smelters_named(view)}

    assert standings == {"conformant", "active", "lapsed", "not_conformant"}


def test_both_versions_of_the_report_are_kept(view):
    assert sorted(Report.objects.values_list("kind", flat=True)) == ["internal", "public"]


def test_making_it_again_changes_nothing(noor):
    before = (Upload.objects.count(), Decision.objects.count(), Report.objects.count())

    make()

    assert (Upload.objects.count(), Decision.objects.count(), Report.objects.count()) == before


@pytest.mark.parametrize(
    ("today", "this", "last"),
    [
        (date(2026, 7, 1), date(2026, 5, 22), date(2025, 7, 16)),
        (date(2026, 1, 3), date(2026, 1, 1), date(2025, 1, 18)),
        (date(2026, 12, 31), date(2026, 11, 21), date(2025, 12, 31)),
    ],
)
def test_a_form_is_signed_in_the_year_it_speaks_of(today, this, last):
    assert (demo_books.signed_on(0, today), demo_books.signed_on(-1, today)) == (this, last)
