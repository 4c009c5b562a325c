"""How stored findings and days are told."""

import pytest
from django.utils import translation

from eprm.diligence.wording import days_overdue, said, title_of


def test_said_words_a_stored_row_in_the_readers_language():
    with translation.override("fr"):
        found = said("FILE-02", "Declaration!D8", {"size": "0 B"})

    assert (found.title, found.level) == ("Le fichier est vide", "error")


def test_said_names_places_metals_and_days_in_the_readers_language():
    values = {"place": "Nord-Kivu, Democratic Republic of the Congo", "metals": "Tin, Gold", "smelters": "Umoja"}

    with translation.override("fr"):
        found = said("RISK-02", "", {**values, "since": "2010-07-21", "day": "2026-10-17", "areas": ""})

    assert found.title == "Origine dans un pays visé : Nord-Kivu, RD Congo".replace(" :", "\u00a0:")
    assert "21 juil. 2010" in found.message.replace("\u00a0", " ")
    assert "étain, or (Umoja)" in found.message


@pytest.mark.parametrize(("code", "values"), [("OLD-99", {"row": "7"}), ("FILE-02", {"otherwise": "7"})])
def test_said_tells_a_row_of_an_older_edition_as_stored(code, values):
    found = said(code, "", values)

    assert (found.title, found.message) == (title_of(code), next(f"{name}: {value}" for name, value in values.items()))


@pytest.mark.parametrize(
    ("days", "told"),
    [(33, "33 days overdue"), (1, "1 day overdue"), (0, "due today"), (-1, "1 day left"), (-8, "8 days left")],
)
def test_days_overdue_says_late_or_left(days, told):
    assert days_overdue(days) == told
