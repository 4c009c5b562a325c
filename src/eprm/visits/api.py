"""Stories of field visits through the API: read only, and exactly what everybody reads on the pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from eprm.base.paging import Pages
from eprm.visits.models import Story
from eprm.visits.queries import stories as queries

router = Router()


class Message(Schema):
    """A refusal, in a sentence."""

    message: str


class StoryOut(Schema):
    """A published story. `month` is the first day of the month of the visit; `url` where it stands on the site."""

    id: int
    title: str
    summary: str
    language: str
    country: str
    region: str
    month: date
    minerals: list[str]
    publish_on: date
    url: str

    @staticmethod
    def resolve_url(story: Any) -> str:
        return reverse("visits:story_detail", args=[story.pk])


class VoiceOut(Schema):
    """Whom the delegation heard: a kind and a number, and a name only where they agreed to be named."""

    kind: str
    name: str
    people_count: int


class PhotoOut(Schema):
    """A photo's address. Ask it anew each time: whoever is shown can take a photo back."""

    caption: str
    width: int
    height: int
    url: str


class WholeStoryOut(StoryOut):
    """A story with its words in Markdown."""

    text: str
    voices: list[VoiceOut]
    photos: list[PhotoOut]

    @staticmethod
    def resolve_voices(story: Any) -> list[Any]:
        return list(queries.voices_of(story))

    @staticmethod
    def resolve_photos(story: Any) -> list[dict[str, object]]:
        return [
            {
                "caption": photo.caption,
                "width": photo.width,
                "height": photo.height,
                "url": reverse("visits:story_photo", args=[story.pk, photo.pk, "large"]),
            }
            for photo in queries.photos_of_story(story)
        ]


@router.get("/stories", response=list[StoryOut])
@paginate(Pages)
def list_stories(request: HttpRequest) -> Any:
    """The stories everybody may read, the latest first."""
    return queries.stories_on(timezone.localdate())


@router.get("/stories/{pk}", response={200: WholeStoryOut, 401: Message, 404: Message})
def read_story(request: HttpRequest, pk: int) -> Story:
    """One story, with whom it says was heard and its photos."""
    return get_object_or_404(queries.stories_on(timezone.localdate()), pk=pk)
