"""The demo's part is made through the app's own actions, and made once."""

from __future__ import annotations

from collections import Counter

from eprm.people import demo as people_demo
from eprm.people.demo import person
from eprm.people.identity import acting_for
from eprm.returns import demo
from eprm.returns.models import Publication, Return


def test_demo_makes_three_years_and_a_second_run_changes_nothing(db):
    people_demo.make(seed=1, scale=1, password="x")
    demo.make(seed=1, scale=1, password="x")
    femke = person("femke")
    with acting_for(femke, path="test"):
        first = Counter(Return.objects.values_list("state", flat=True)), Publication.objects.count()

    demo.make(seed=1, scale=1, password="x")

    with acting_for(femke, path="test"):
        second = Counter(Return.objects.values_list("state", flat=True)), Publication.objects.count()
    assert first == second == (Counter({"closed": 20, "open": 2, "submitted": 1, "sent_back": 1}), 2)
