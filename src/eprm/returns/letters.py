"""The words of what members are told about their return, in the language in force."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from eprm.returns.models import Reminder, Return
from eprm.ui.words import day


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str


def letter_about(this: Return, kind: str) -> Letter:
    """The letter of this kind. It names no answer: a mail is read by more people than it is meant for."""
    said = {
        "organisation": this.organisation,
        "year": this.year,
        "due": day(this.due_on),
        "improve": day(this.improve_by) if this.improve_by else "",
        "url": address_of(this),
    }
    subject, first = _words(kind)
    second = _(
        "You find it here: %(url)s\n"
        "What you answered last year and what the platform knows of your work is offered to you, question by question; "
        "nothing is taken over without you. Your answers are read by the secretariat alone."
    )
    return Letter(subject % said, f"{first % said}\n\n{second % said}\n")


def _words(kind: str) -> tuple[str, str]:
    match kind:
        case Reminder.Kind.OPENED:
            return (
                _("Your due-diligence return about %(year)d is open"),
                _("The yearly return of %(organisation)s about %(year)d is open. It is due on %(due)s."),
            )
        case Reminder.Kind.MONTH | Reminder.Kind.WEEK:
            return (
                _("Your due-diligence return about %(year)d is due on %(due)s"),
                _("The yearly return of %(organisation)s about %(year)d has not been sent yet. It is due on %(due)s."),
            )
        case Reminder.Kind.DUE:
            return (
                _("Your due-diligence return about %(year)d was due on %(due)s"),
                _("The yearly return of %(organisation)s about %(year)d was due on %(due)s and has not been sent."),
            )
        case Reminder.Kind.LATE:
            return (
                _("Your due-diligence return about %(year)d is late"),
                _(
                    "The yearly return of %(organisation)s about %(year)d was due on %(due)s. The board now sees that "
                    "it is late. If something stands in the way, write to the secretariat."
                ),
            )
        case _:
            return (
                _("Questions about your due-diligence return about %(year)d"),
                _(
                    "The secretariat has read the yearly return of %(organisation)s about %(year)d and sent it back "
                    "with questions. They are to be answered by %(improve)s. Only what was asked about opens again."
                ),
            )


def address_of(this: Return) -> str:
    """The address of the return's page."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{reverse('returns:return_detail', args=[this.pk])}"
