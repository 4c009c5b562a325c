"""How many queries the lists of visits take, and how large the pages are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from eprm.visits.actions import stories
from tests.eprm.visits.rows import Trip, no_delay, plan, today


def url(name, *args):
    return reverse(f"visits:{name}", args=args)


@pytest.mark.parametrize("name", ["visit_list", "follow_up_list", "report_list", "story_list", "edition_list"])
def test_lists_take_the_same_queries_at_one_and_three_rows(client, cast, name):
    no_delay(cast.femke)
    client.force_login(cast.femke)

    def whole(number):
        trip = Trip(cast, title=f"Visit {number}")
        trip.follow(trip.conclude(), owner=cast.hugo)
        trip.do("femke", stories.write_report, text="x", version=0)
        trip.story()
        trip.release()

    def queries():
        with CaptureQueriesContext(connection) as told_:
            assert client.get(url(name)).status_code == 200
        return len(told_)

    whole(1)
    client.get(url(name))
    first = queries()
    whole(2)
    whole(3)

    assert queries() == first


def test_lists_of_a_visit_take_the_same_queries_at_one_and_three_rows(client, trip, cast):
    client.force_login(cast.femke)

    def fill():
        made = trip.observe()
        trip.photo(made, faces="none", keep_position=True)
        trip.hear()
        trip.follow(trip.conclude(sources=[made]), owner=cast.hugo)

    def queries():
        counts = []
        for name in ("visit_detail", "actor_list", "observation_list"):
            with CaptureQueriesContext(connection) as told_:
                assert client.get(url(name, trip.visit.pk)).status_code == 200
            counts.append(len(told_))
        return counts

    fill()
    queries()
    first = queries()
    fill()
    fill()

    assert queries() == first


def test_pages_are_small(client, trip, cast):
    for _ in range(5):
        trip.photo(trip.observe(), faces="none")
    client.force_login(cast.noor)

    sizes = {name: len(client.get(url(name, trip.visit.pk)).content) for name in ("visit_detail", "observation_list")}

    assert max(sizes.values()) < 100_000


def test_visit_ended_before_a_planned_one_is_listed_after_it(client, cast):
    plan(cast.femke, title="Old", starts_on=today() - timedelta(days=90), ends_on=today() - timedelta(days=80))
    plan(cast.femke, title="New")
    client.force_login(cast.idris)

    page = client.get(url("visit_list")).content.decode()

    assert page.index("New") < page.index("Old")
