"""What people type about themselves and their organisation."""

from __future__ import annotations

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from eprm.people import actions
from eprm.people.models import Person


class SignupForm(AllauthSignupForm):
    """Sign-up: besides e-mail and password, a name and the language to be spoken to in."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    field_order = ["name", "email", "password1", "password2", "language"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()

    def save(self, request: HttpRequest) -> Person:
        person = super().save(request)
        return actions.save_profile(name=self.cleaned_data["name"], language=self.cleaned_data["language"], by=person)
