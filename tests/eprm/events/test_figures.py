"""Events in figures: counted by year, pillar, country, women and men, and of no group under five."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from eprm.base.identity import acting_as
from eprm.events import queries
from eprm.events.models import Event, Registration
from tests.eprm.events.rows import announced

YEAR = 2025


def held(by, people, **facts):
    """An event of that year; `people` are (pillar, country, gender, was there), each with how many."""
    event = announced(by, **facts)
    starts_at = datetime(YEAR, 3, 1, 8, tzinfo=UTC)
    with acting_as(None, job="events"):
        Event.objects.filter(pk=event.pk).update(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
        for (pillar, country, gender, came), count in people.items():
            Registration.objects.bulk_create(
                Registration(
                    event=event, name="x", email=f"{pillar}{country}{gender}{came}{n}@else.example", pillar=pillar,
                    country=country, gender=gender, state="seat", attended=came, asked_at=starts_at,
                )
                for n in range(count)
            )  # fmt: skip
    return event


def told():
    rows = queries.figures(timezone.now())
    return [(row.by, str(row.group), row.events, row.registered, row.attended) for row in rows if row.year == YEAR]


def test_figures_count_seats_and_attendance_by_each_part(cast):
    """Two events; 12 of the supply chain in the Netherlands, women, 9 of them there; 6 of civil society in DR Congo."""
    held(cast.femke, {("supply_chain", "NL", "woman", True): 9, ("supply_chain", "NL", "woman", False): 3})
    held(cast.femke, {("civil_society", "CD", "man", True): 6})

    assert told() == [
        ("all", "", 2, 18, 15),
        ("pillar", "supply chain", None, 12, 9),
        ("pillar", "civil society", None, 6, 6),
        ("country", "Netherlands", None, 12, 9),
        ("country", "DR Congo", None, 6, 6),
        ("gender", "woman", None, 12, 9),
        ("gender", "man", None, 6, 6),
    ]


def test_figures_hide_four_and_what_is_left_by_subtraction(cast):
    held(cast.femke, {("supply_chain", "NL", "", True): 8, ("government", "NL", "", True): 6,
                      ("civil_society", "NL", "", True): 2})  # fmt: skip

    assert [row for row in told() if row[0] == "pillar"] == [
        ("pillar", "supply chain", None, 8, 8),
        ("pillar", "all others, together", None, 8, 8),
    ]


@given(st.lists(st.tuples(st.sampled_from(["", "CD", "NL", "RW"]), st.booleans()), max_size=40))
def test_figures_tell_no_one_to_four_of_any_part(people):
    """Whatever is told of a part, and of the others together, is nobody or at least five."""
    rows = [{"country": country, "registered": 1, "attended": int(came)} for country, came in people]

    told_rows = queries._by(YEAR, "country", str, rows)

    numbers = [number for row in told_rows for number in (row.registered, row.attended) if number is not None]
    assert all(number == 0 or number >= 5 for number in numbers)
    assert len(told_rows) <= 5


def test_figures_of_a_year_with_four_people_tell_events_alone(cast):
    held(cast.femke, {("supply_chain", "NL", "", True): 4})

    assert told()[0] == ("all", "", 1, None, None)


def test_figures_leave_out_cancelled_and_coming_events(cast):
    held(cast.femke, {("supply_chain", "NL", "", True): 5})
    cancelled = held(cast.femke, {("supply_chain", "NL", "", True): 5})
    announced(cast.femke)
    with acting_as(None, job="events"):
        Event.objects.filter(pk=cancelled.pk).update(cancelled_at=timezone.now())

    assert told()[0] == ("all", "", 1, 5, 5)


def test_figure_list_has_charts_and_files(client, cast):
    held(cast.femke, {("supply_chain", "NL", "woman", True): 9, ("civil_society", "CD", "man", True): 6})
    client.force_login(cast.idris)

    page = client.get(reverse("events:figure_list")).content.decode()
    csv = client.get(reverse("events:figure_list"), {"format": "csv"}).content.decode()
    client.force_login(cast.noor)
    refused = client.get(reverse("events:figure_list"))

    assert "15 people were at events in 2025" in page
    assert "In 2025 most came from: supply chain" in page
    assert "2025,pillar,supply chain,,9,9" in csv
    assert (refused.status_code, "The secretariat and the board" in refused.content.decode()) == (403, True)


@pytest.mark.parametrize("count", [1, 3])
def test_figures_ask_the_same_number_of_questions(client, cast, django_assert_num_queries, count):
    for _each in range(count):
        held(cast.femke, {("supply_chain", "NL", "woman", True): 5 * count})
    client.force_login(cast.femke)
    client.get(reverse("events:figure_list"))

    with django_assert_num_queries(FIGURE_QUERIES):
        client.get(reverse("events:figure_list"))


FIGURE_QUERIES = 16
