"""Signing in by an organisation's own identity provider, over OpenID Connect."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest

from eprm.people.models import Person


class Adapter(DefaultSocialAccountAdapter):
    """Whoever comes from a provider for the first time gets an account with the name the provider gives."""

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Person:
        person: Person = super().populate_user(request, sociallogin, data)
        told = sociallogin.account.extra_data
        claims = told.get("userinfo") or told.get("id_token") or told
        named = " ".join(part for part in (data.get("first_name"), data.get("last_name")) if part)
        person.name = str(claims.get("name") or data.get("name") or named)[:200]
        return person
