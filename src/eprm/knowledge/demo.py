"""The hub's part of the story: its content, an editor, and what readers gave back."""

from __future__ import annotations

from eprm.knowledge.actions import desk, readers
from eprm.knowledge.actions.loading import load_content
from eprm.knowledge.models import PersonalStart, Resource, Suggestion, UnitDone, UnitPage
from eprm.knowledge.queries.desk import live_item
from eprm.people.demo import person
from eprm.people.identity import acting_for

USEFUL = {"noor": (True, 6), "petra": (True, 5), "uwe": (True, 4), "mapendo": (True, 3), "jonas": (False, 2)}
FINISHED = {"noor": "sme-", "mapendo": "coop-"}  # the beginnings of their units' slugs
SUGGESTED = (
    (
        "mapendo",
        "Registration of cooperatives at the mining service",
        "https://saemape.cd/",
        "Cooperatives in the Kivus that prepare their papers: which service registers them, in French.",
    ),
)


def make(*, seed: int, scale: int, password: str) -> None:
    """Safe to run again; `seed` and `scale` change nothing here: the content is what it is."""
    load_content()
    femke, lotte = person("femke"), person("lotte")
    with acting_for(femke, path="demo"):
        desk.appoint_editor(lotte, may_publish=True, by=femke)
    resources = list(Resource.objects.filter(live=True, for_small=True).order_by("pk")[:6])
    for name, (useful, many) in USEFUL.items():
        who = person(name)
        with acting_for(who, path="demo"):
            for resource in resources[:many]:
                readers.rate_resource(live_item(Resource, resource.pk), useful=useful, by=who)
    _start()
    _learn()
    for name, title, address, why in SUGGESTED:
        who = person(name)
        if not Suggestion.objects.filter(address=address).exists():
            with acting_for(who, path="demo"):
                readers.suggest_resource(title=title, address=address, why=why, by=who)


def _start() -> None:
    noor = person("noor")
    if PersonalStart.objects.filter(person=noor).exists():
        return
    with acting_for(noor, path="demo"):
        readers.keep_answers(
            tier="brand", minerals=["tin", "tungsten"], size="medium", country="NL", in_scope="yes", by=noor
        )


def _learn() -> None:
    """Noor and Mapendo have finished the first units of their courses."""
    for name, slug in FINISHED.items():
        who = person(name)
        units = UnitPage.objects.filter(slug__startswith=slug, locale__language_code="en")
        if UnitDone.objects.filter(person=who).exists():
            continue
        with acting_for(who, path="demo"):
            for unit in units.order_by("path")[:2]:
                right = {question.pk: question.answer for question in unit.questions.all()}
                readers.answer_quiz(unit, right, by=who)
