"""The demo's groups are made through the app's own actions, and made once."""

from eprm.base.identity import acting_as
from eprm.groups import demo
from eprm.groups.models import Group, GroupMember, IncomingMail, Post, Stance, Task
from eprm.people import demo as people


def counted():
    with acting_as(None, job="groups"):
        return [model.objects.count() for model in (Group, GroupMember, Post, Stance, Task, IncomingMail)]


def test_demo_made_twice_is_the_same(db):
    people.make(seed=1, scale=1, password="for the demo")
    demo.make(seed=1, scale=1, password="for the demo")
    once = counted()
    demo.make(seed=1, scale=1, password="for the demo")

    assert (once, counted()) == ([4, 27, 12, 6, 2, 1], once)
