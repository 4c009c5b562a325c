"""The events' part of the demo."""

from eprm.base.identity import acting_as
from eprm.events import demo as events_demo
from eprm.events.models import Event
from eprm.groups import demo as groups_demo
from eprm.people import demo as people_demo


def test_demo_run_twice_makes_its_events_once(db):
    for layer in (people_demo, groups_demo, events_demo, events_demo):
        layer.make(seed=1, scale=1, password="only for the demo")

    with acting_as(None, job="events"):
        found = Event.objects.order_by("title").values_list("title", "seats_taken", "waiting_count")
        assert list(found) == [
            (events_demo.OVER, len(people_demo.logins()) - 1, 0),
            (events_demo.WEBINAR, 3, 3),
            (events_demo.TRAINING, 0, 0),
            (events_demo.CALL, 0, 0),
        ]
