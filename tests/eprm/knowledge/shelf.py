"""A few items of the hub, each in one call."""

from __future__ import annotations

from wagtail.models import Locale

from eprm.knowledge.actions.loading import found_hub
from eprm.knowledge.models import BriefPage, Fact, NewsPage, PathPage, QuizQuestion, Resource, UnitPage, WordsPage
from eprm.knowledge.rules import PUBLISHERS


def locale(code="en"):
    return Locale.objects.get_or_create(language_code=code)[0]


def hub():
    return found_hub(locale())


def resource(title="Five practical steps", **facts):
    values = {
        "title": title,
        "publisher": "Chamber",
        "address": f"https://chamber.example/{title.replace(' ', '-')}",
        "kind": "guidance",
        "languages": ["en"],
        "tiers": ["manufacturer"],
        "minerals": ["tin"],
        "steps": ["2"],
        "regions": ["global"],
        "summary": "What to ask a supplier.",
        "confirmed": "seen",
        "locale": locale(),
        "live": True,
    }
    made = Resource(**{**values, **facts})
    made.save()
    return made


def publish(thing):
    """As the editors' desk publishes: what follows from it, follows."""
    thing.save_revision().publish()
    return type(thing).objects.get(pk=thing.pk)


def page(model, title, **facts):
    made = model(title=title, locale=locale(), **facts)
    hub().add_child(instance=made)
    return made


def words(title="The five steps", **facts):
    return page(WordsPage, title, **{"lede": "What each step means.", "body": "<p>One page of policy.</p>", **facts})


def news(title="The hub opens", **facts):
    return page(NewsPage, title, **{"lede": "It is open.", "body": "<p>Come in.</p>", **facts})


def brief(**facts):
    made = BriefPage(
        title="Rwanda: tin", locale=locale(), country="RW", minerals=["tin"], compiled_on="2026-11-22", **facts
    )
    made.facts.add(Fact(topic="law", on="2024", words="A law of 2024.", address="https://law.example/1"))
    hub().add_child(instance=made)
    return made


def unit(**facts):
    path = page(PathPage, "For small companies", readers="SME")
    made = UnitPage(
        title="Why customers ask",
        locale=locale(),
        minutes=6,
        goals="Tell why",
        text="Because.",
        activity="List five.",
        **facts,
    )
    for order, right in enumerate((2, 1)):
        made.questions.add(
            QuizQuestion(sort_order=order, question=f"Question {order}?", options="Yes\nNo", answer=right)
        )
    path.add_child(instance=made)
    return made


def editor(person, name=PUBLISHERS):
    from django.contrib.auth.models import Group, Permission  # noqa: PLC0415 - of this helper

    group, _new = Group.objects.get_or_create(name=name)
    group.permissions.add(*Permission.objects.filter(codename="access_admin"))
    person.groups.add(group)
    return person
