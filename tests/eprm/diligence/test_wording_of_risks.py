"""How stored findings and days are told."""

import pytest
from django.utils import translation

from eprm.diligence.wording import days_overdue, said, title_of


def test_said_words_a_stored_row_in_the_readers_language():
    with translation.override("fr"):
        found = said("FILE-02", "Declaration!D8", {"size": "0 B"})

    assert (found.title, found.level) == ("Le fichier est vide", "error")


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
