"""The visits' part of the demo."""

from django.urls import reverse

from eprm.groups import demo as groups_demo
from eprm.people import demo as people_demo
from eprm.people.identity import acting_for
from eprm.visits import demo as visits_demo
from eprm.visits.models import FollowUp, Visit
from eprm.visits.queries.visits import facts_of
from lode.visits import check_visit


def test_demo_run_twice_makes_its_visits_once(db, client):
    for layer in (people_demo, groups_demo, visits_demo, visits_demo):
        layer.make(seed=1, scale=1, password="only for the demo")

    with acting_for(people_demo.person("femke"), path="test"):
        found = {visit.title: [each.code for each in check_visit(facts_of(visit))] for visit in Visit.objects.all()}
        follow_ups = [(row.done_at is None, row.task_id is None) for row in FollowUp.objects.order_by("due_on")]
    page = client.get(reverse("visits:story_list")).content.decode()

    assert found == {visits_demo.DONE: [], visits_demo.PLANNED: ["VISIT-02"]}
    assert follow_ups == [(False, False), (True, True), (True, True)]
    assert "Two scales, one price" in page
