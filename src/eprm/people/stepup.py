"""Risky deeds ask once more who it is, by password or second factor; the answer is good for five minutes."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponse

View = Callable[..., HttpResponse]


def step_up(view: View) -> View:
    """The page opens as ever; the deed (POST) first asks again who it is, and then goes on by itself.

    Whoever has neither password nor second factor (signs in by mailed code alone) cannot be asked and is not.
    """
    return reauthentication_required(allow_get=True)(view)
