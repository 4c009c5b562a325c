"""What several pages of a return show: its five steps as a list."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eprm.returns.document import gap_words
from eprm.returns.queries.answers import Sheet
from eprm.ui.languages import second_language


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One step: its name, what it asks, how much is answered, its share in words, and where it is answered."""

    key: str
    name: str
    plain: str
    answered: int
    asked: int
    missing: int
    share: str
    note: str
    url: str

    @property
    def tone(self) -> str:
        """The light's shape: done, or still to do."""
        return "todo" if self.missing else "green"


def steps_of(sheet: Sheet, reverse_to: str = "") -> list[ShownStep]:
    """The steps that ask this member something."""
    language = second_language()
    return [
        ShownStep(
            key=lines.step.key,
            name=lines.step.name(language),
            plain=lines.step.plain(language),
            answered=lines.answered,
            asked=len(lines.lines),
            missing=lines.missing,
            share=gap_words(share),
            note=_note(share.unanswered, share.not_applicable),
            url=reverse(reverse_to, args=[sheet.of.pk, lines.step.key]) if reverse_to else "",
        )
        for lines, share in zip(sheet.steps, sheet.score.steps, strict=True)
        if lines.lines
    ]


def _note(unanswered: int, not_applicable: int) -> str:
    said = []
    if unanswered:
        said.append(
            ngettext("%(n)d scored question unanswered", "%(n)d scored questions unanswered", unanswered)
            % {"n": unanswered}
        )
    if not_applicable:
        said.append(ngettext("%(n)d does not apply", "%(n)d do not apply", not_applicable) % {"n": not_applicable})
    return _(", ").join(said)
