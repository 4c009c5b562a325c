"""Every write about people and organisations."""

from __future__ import annotations

from eprm.people.models import Person


def save_profile(*, name: str, language: str, by: Person) -> Person:
    """The person's own name and the language the site speaks to them."""
    by.name, by.language = name.strip(), language
    by.save(update_fields=["name", "language"])
    return by
