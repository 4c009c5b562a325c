"""Who changed what in a visit: for its circle, without what keeps no history."""

from django.urls import reverse

from eprm.visits.actions import visits
from tests.eprm.visits.rows import NAME, SECRET


def page(client, who, trip, **asked):
    client.force_login(who)
    return client.get(reverse("visits:visit_history", args=[trip.visit.pk]), asked)


def test_history_tells_who_changed_what(trip, cast, client):
    with trip.acting("femke"):
        visits.change_visit(visit=trip.visit, version=trip.visit.version, purpose="Who weighs.", by=cast.femke)
    trip.conclude()

    rows = page(client, cast.femke, trip, format="json").json()["rows"]

    told = {(row["who"], row["verb"], row["noun"]) for row in rows}
    assert told >= {("Noor", "added", "finding"), ("Femke", "changed", "field visit"), ("Noor", "changed", "delegate")}
    assert any("How weighing is done, and what it earns. → Who weighs." in row["fields"] for row in rows)


def test_history_holds_no_name_of_whom_it_heard_and_no_safety_note(trip, cast, client):
    trip.hear()
    trip.safety()

    text = page(client, cast.femke, trip).text

    assert (NAME in text, SECRET in text) == (False, False)


def test_history_of_a_visit_does_not_exist_for_others(trip, cast, client):
    answers = [page(client, who, trip).status_code for who in (cast.noor, cast.petra)]

    assert answers == [200, 404]


def test_history_asks_the_same_number_of_questions_however_long_it_is(
    trip, cast, client, django_assert_max_num_queries
):
    for _each in range(3):
        trip.conclude()
    page(client, cast.femke, trip)

    with django_assert_max_num_queries(60):
        page(client, cast.femke, trip)
