"""The surveys' part of the demo."""

from eprm.base.identity import acting_as
from eprm.groups import demo as groups_demo
from eprm.people import demo as people_demo
from eprm.surveys import demo as surveys_demo
from eprm.surveys.models import Draft, Figure, Survey


def test_demo_run_twice_makes_its_surveys_once(db):
    for layer in (people_demo, groups_demo, surveys_demo, surveys_demo):
        layer.make(seed=1, scale=1, password="only for the demo")

    with acting_as(None, job="surveys"):
        told = [(each.title_en, each.shown_at is None) for each in Survey.objects.order_by("pk")]
        answered = Figure.objects.get(survey__title_en=surveys_demo.PAST, question=None, part="").base
        assert (told, answered, Draft.objects.count()) == (
            [(surveys_demo.PAST, False), (surveys_demo.OPEN, True)], surveys_demo.SHEETS, 1,
        )  # fmt: skip
