"""What a person is asked to do next, most urgent first. Reads only; the deeds stand in the apps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eprm.diligence import lifecycle
from eprm.diligence.company.queries.answers import OpenEnquiry, unanswered
from eprm.diligence.company.queries.waiting import Waiting, files_waiting
from eprm.diligence.company.queries.year import CompanyYear
from eprm.reference.models import ReferenceList
from eprm.reference.queries import releases_visible_to
from eprm.ui import words

NAMED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do: what, why now, and the button that leads there."""

    title: str
    text: str
    url: str
    action: str


def tasks_for(view: CompanyYear) -> list[Task]:
    """What waits in the organisation, the things that hold up others first. Three queries."""
    waiting = files_waiting(view)
    late = [enquiry for enquiry in unanswered(view) if enquiry.overdue > 0 and enquiry.latest is None]
    return [*_about_register(view), *_about_files(waiting), *_about_enquiries(late)]


def has_register(view: CompanyYear) -> bool:
    """True once the organisation has loaded a smelter register of its own."""
    own = releases_visible_to(view.person).filter(organisation=view.organisation)
    return own.filter(list__kind=ReferenceList.Kind.REGISTER).exists()


def _about_register(view: CompanyYear) -> Iterator[Task]:
    if not has_register(view):
        yield load_register()


def load_register() -> Task:
    return Task(
        title=_("Load the smelter register"),
        text=_("Any CMRT workbook you own holds it, on the sheet Smelter Look-up. Names can be matched from then on."),
        url=reverse("reference:loading_new", args=["smelter-register"]),
        action=_("Load a register"),
    )


def send_declarations() -> Task:
    return Task(
        title=_("Send your suppliers’ declarations"),
        text=_("One file, several at once, or a zip: CMRT, EMRT, CRT or AMRT. Each is checked within seconds."),
        url=reverse("diligence:upload_new"),
        action=_("Send declarations"),
    )


def list_suppliers() -> Task:
    return Task(
        title=_("List your suppliers"),
        text=_("Then you see who has not answered, and can ask for this year’s declaration."),
        url=reverse("diligence:supplier_list"),
        action=_("Add suppliers"),
    )


def _about_files(waiting: list[Waiting]) -> Iterator[Task]:
    open_names = [upload for upload in waiting if upload.open_count]
    with_errors = [u for u in waiting if u.error_count and not u.open_count and u.state != lifecycle.UNREADABLE]
    ready = [u for u in waiting if u.state == lifecycle.DECIDED and not u.error_count]
    unreadable = [upload for upload in waiting if upload.state == lifecycle.UNREADABLE]
    if open_names:
        yield _decide(open_names)
    if ready:
        count = len(ready)
        yield Task(
            title=ngettext("Accept %(n)d declaration", "Accept %(n)d declarations", count) % {"n": count},
            text=_("%(senders)s: nothing stands against it any more.") % {"senders": _senders(ready)},
            url=_list_or_one(ready),
            action=_("See it") if count == 1 else _("See them"),
        )
    if with_errors:
        count = len(with_errors)
        yield Task(
            title=ngettext("Send %(n)d declaration back", "Send %(n)d declarations back", count) % {"n": count},
            text=_("%(senders)s: only the supplier can mend what is wrong.") % {"senders": _senders(with_errors)},
            url=_list_or_one(with_errors),
            action=_("See the findings"),
        )
    if unreadable:
        count = len(unreadable)
        yield Task(
            title=ngettext("Ask for %(n)d file again", "Ask for %(n)d files again", count) % {"n": count},
            text=_("%(senders)s: we kept what came, but cannot read it.") % {"senders": _senders(unreadable)},
            url=_list_or_one(unreadable),
            action=_("See why"),
        )


def _decide(waiting: list[Waiting]) -> Task:
    first, names = waiting[0], sum(upload.open_count for upload in waiting)
    if len(waiting) == 1:
        known = first.line_count - first.open_count
        text = _("%(sender)s sent its declaration on %(day)s. %(known)s of %(all)s lines are settled.") % {
            "sender": first.sender,
            "day": words.day(first.received_at),
            "known": words.number(known),
            "all": words.number(first.line_count),
        }
    else:
        text = _("In %(files)d declarations: %(senders)s.") % {"files": len(waiting), "senders": _senders(waiting)}
    return Task(
        title=ngettext("Decide %(n)d smelter name", "Decide %(n)d smelter names", names) % {"n": names},
        text=text,
        url=reverse("diligence:upload_detail", args=[first.pk]),
        action=_("Decide names"),
    )


def _about_enquiries(late: list[OpenEnquiry]) -> Iterator[Task]:
    if late:
        names = _some([str(enquiry.supplier) for enquiry in late])
        yield Task(
            title=ngettext("Remind %(n)d supplier", "Remind %(n)d suppliers", len(late)) % {"n": len(late)},
            text=_("%(names)s: no answer yet, and it was due on %(day)s.")
            % {"names": names, "day": words.day(late[0].due_on)},
            url=reverse("diligence:enquiry_list"),
            action=_("See who"),
        )


def _senders(uploads: list[Waiting]) -> str:
    return _some([upload.sender for upload in uploads])


def _some(names: list[str]) -> str:
    """The first names, and how many more."""
    told = ", ".join(names[:NAMED])
    if (rest := len(names) - NAMED) <= 0:
        return told
    return ngettext("%(names)s and %(n)d more", "%(names)s and %(n)d more", rest) % {"names": told, "n": rest}


def _list_or_one(uploads: list[Waiting]) -> str:
    if len(uploads) == 1:
        return reverse("diligence:upload_detail", args=[uploads[0].pk])
    return f"{reverse('diligence:upload_list')}?state={uploads[0].state}"
