"""What of surveys the search finds, and by whom: once released by those it asks, once shown by whoever reads it."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from eprm.base.identity import acting_as
from eprm.people.audiences import PUBLIC, SECRETARIAT, SIGNED_IN
from eprm.search import actions as search
from eprm.search.kinds import Item
from eprm.surveys.models import LANGUAGES, Survey

SURVEY = "survey"
Audience = Survey.Audience


def audience_of(survey: Survey) -> list[str]:
    """The keys of those who may find it. Whom a pillar or a link asks has no key, and comes by its address."""
    if survey.audience == Audience.PUBLIC or (survey.shown_at is not None and survey.results_public):
        return [PUBLIC]
    if survey.audience == Audience.GROUP:
        return [f"group:{survey.group_id}"]
    return {Audience.SIGNED_IN: [SIGNED_IN], Audience.MEMBERS: ["members", SECRETARIAT]}.get(
        survey.audience, [SECRETARIAT]
    )


def survey_items(survey: Survey) -> list[Item]:
    """One for each language it is written in."""
    return [
        Item(
            kind=SURVEY,
            key=survey.pk,
            language=language,
            title=title,
            text=" ".join(getattr(survey, f"{name}_{language}") for name in ("purpose", "conclusion")),
            url=reverse("surveys:survey_detail", args=[survey.pk]),
            audience=audience_of(survey),
            on=survey.opens_on,
        )
        for language in LANGUAGES
        if (title := getattr(survey, f"title_{language}"))
    ]


def index_survey(survey: Survey) -> None:
    search.index_items(survey_items(survey))


def all_surveys() -> Iterator[Item]:
    """Every released survey, for building the index anew."""
    with acting_as(None, job="surveys"):
        surveys = list(Survey.objects.filter(released_at__isnull=False))
    return (item for survey in surveys for item in survey_items(survey))
