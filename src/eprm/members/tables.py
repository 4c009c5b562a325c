"""The tables of members, applications, ballots, invoices and what is owed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from eprm.members.models import Ballot, Duty, Invoice, Member
from eprm.members.queries.duties import Lit, as_field, worst_of
from eprm.members.wording import light_words, period_words
from eprm.ui.parts import status
from eprm.ui.tables import Column, Table
from eprm.ui.words import country, number
from lode.duties import light_of

OFFICE = _("The partnership’s own records")


def light_pill(light: str) -> SafeString:
    return status(light, light_words(light))


class MemberTable(Table):
    """Members with their state and lights. `lights` holds the duties of the shown members, read by one query."""

    organisation = Column(_("Member"), accessor="organisation__name", link="members:member_detail")
    pillar = Column(_("Pillar"))
    fee_class = Column(_("Class"))
    since = Column(_("Member since"))
    state = Column(_("State"), show=lambda member: status(f"member.{member.state}"))
    light = Column(
        pgettext_lazy("traffic light", "Light"),
        sort=False,
        empty_values=(),
        show=lambda m: light_pill(m.light),
        export=lambda m: m.light,
    )
    owed = Column(
        _("Owed"), sort=False, empty_values=(), show=lambda m: m.owed_words, export=lambda m: ", ".join(m.owed_names)
    )

    class Meta:
        caption = _("Members")
        source = OFFICE


def light_up(members: Iterable[Member], lights: dict[int, list[Lit]]) -> None:
    """Give each member its gravest light, and the names of what stands behind it."""
    for member in members:
        lit = lights.get(member.pk, [])
        member.light = worst_of(lit)
        late = [one for one in lit if one.light in ("red", "yellow")]
        member.owed_names = [one.title for one in late]
        member.owed_words = format_html_join(", ", "{}", ((one.title,) for one in late))


class ApplicationTable(Table):
    organisation = Column(_("Applicant"), accessor="organisation__name", link="members:application_detail")
    country = Column(
        _("Country"),
        accessor="organisation__country",
        show=lambda application: country(application.organisation.country),
    )
    pillar = Column(_("Pillar"))
    fee_class = Column(_("Class found"))
    submitted_at = Column(_("Sent"))
    state = Column(_("State"), show=lambda application: status(f"application.{application.state}"))

    class Meta:
        caption = _("Applications")
        source = OFFICE


def _spoken(ballot: Ballot) -> str:
    return gettext("%(spoken)s of %(of)s seats") % {"spoken": ballot.spoken, "of": ballot.of}


class BallotTable(Table):
    application = Column(_("Applicant"), accessor="application__organisation__name", link="members:ballot_detail")
    call = Column(pgettext_lazy("ballot", "Call"), align="end")
    closes_on = Column(_("Last day"))
    spoken = Column(_("Have spoken"), sort=False, show=_spoken, export=_spoken)
    outcome = Column(
        _("Outcome"),
        show=lambda b: status(f"ballot.{b.outcome}") if b.outcome else status("blue", gettext("votes are taken")),
    )

    class Meta:
        caption = _("Ballots of the board")
        source = OFFICE


def _money(name: str) -> Any:
    return lambda invoice: number(getattr(invoice, name), invoice.currency, 2)


class InvoiceTable(Table):
    number = Column(_("Number"), accessor="label", link="members:invoice_detail", order_by=("year", "number"))
    organisation = Column(_("Member"), accessor="organisation__name")
    kind = Column(_("Kind"))
    for_year = Column(_("For the year"), show=lambda invoice: str(invoice.for_year))
    issued_on = Column(_("Issued"))
    due_on = Column(_("Due"))
    currency = Column(_("Currency"))
    amount = Column(_("Amount"), align="end", show=_money("amount"))
    credited = Column(_("Credited"), align="end", show=_money("credited"))
    paid = Column(_("Paid"), align="end", show=_money("paid"))
    owed = Column(
        _("Owed"),
        align="end",
        show=lambda one: "" if one.kind == "credit" else number(one.owed, one.currency, 2),
        export=lambda one: None if one.kind == "credit" else one.owed,
    )

    class Meta:
        caption = _("Invoices")
        source = OFFICE


class PaymentTable(Table):
    on = Column(_("Day"))
    reference = Column(_("Bank reference"))
    organisation = Column(_("Member"), accessor="organisation__name")
    invoice = Column(_("Invoice"), accessor="invoice__label", sort=False, show=lambda p: _invoice_link(p.invoice))
    kind = Column(_("Kind"))
    currency = Column(_("Currency"))
    amount = Column(_("Amount"), align="end", show=lambda payment: number(payment.amount, payment.currency, 2))
    booked_by = Column(_("Booked by"), accessor="booked_by__name")
    booked_at = Column(_("Booked"))

    class Meta:
        caption = _("Payments")
        source = OFFICE


def _invoice_link(invoice: Invoice) -> SafeString:
    return format_html_join(
        "", '<a href="{}">{}</a>', [(reverse("members:invoice_detail", args=[invoice.pk]), invoice)]
    )


def _light(duty: Duty) -> str:
    return light_of(as_field(duty), timezone.localdate())


class DutyTable(Table):
    organisation = Column(
        _("Member"),
        accessor="member__organisation__name",
        link=lambda duty: reverse("members:member_detail", args=[duty.member_id]),
    )
    duty = Column(_("Duty"), accessor="title", sort=False)
    period = Column(_("Period"), sort=False, show=period_words, export=lambda duty: duty.period)
    due_on = Column(_("Due"))
    red_on = Column(_("Red from"))
    light = Column(
        pgettext_lazy("traffic light", "Light"),
        sort=False,
        empty_values=(),
        show=lambda duty: light_pill(_light(duty)),
        export=_light,
    )

    class Meta:
        caption = _("What is owed")
        source = OFFICE


__all__ = ("ApplicationTable", "BallotTable", "DutyTable", "InvoiceTable", "MemberTable", "PaymentTable")
