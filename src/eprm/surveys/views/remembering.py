"""The code of a sent sheet, kept by the reader's own browser where they ask for it: here it stands nowhere."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from eprm.surveys.codes import read_code, spelled
from eprm.surveys.models import Survey


def _name(pk: int) -> str:
    return f"survey-{pk}"


def _path() -> str:
    return reverse("surveys:survey_list")


def remember_code(response: HttpResponse, survey: Survey, code: str, *, secure: bool) -> None:
    """Keep the code in a cookie until the survey's last day is over."""
    left = (survey.closes_on - timezone.localdate()) + timedelta(days=1)
    response.set_signed_cookie(
        _name(survey.pk), read_code(code), max_age=left, path=_path(), httponly=True, samesite="Lax", secure=secure
    )


def remembered_code(request: HttpRequest, survey: Survey) -> str:
    """The code this browser keeps, as it is shown; "" for none, or for one we did not give."""
    kept = request.get_signed_cookie(_name(survey.pk), default="")
    return spelled(read_code(kept)) if kept else ""


def forget_code(response: HttpResponse, pk: int) -> None:
    response.delete_cookie(_name(pk), path=_path(), samesite="Lax")
