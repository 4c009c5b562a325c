"""What members give: invoices numbered without a gap, payments booked once, earmarks; days pledged and worked."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from eprm.base import locks
from eprm.base.errors import NotAllowed, Overtaken
from eprm.base.files import keep_bytes
from eprm.members import rules
from eprm.members.actions.duties import meet_duty, open_called, reopen_duty
from eprm.members.actions.letters import mail_invoice
from eprm.members.models import DutyRule, Earmark, Invoice, InvoiceSeries, Member, Payment, Pledge, WorkedDay
from eprm.members.paper import invoice_pdf
from eprm.members.queries import contributions as queries
from eprm.members.queries import dated
from eprm.members.queries.people import managers_of
from eprm.people.models import Person
from eprm.ui.languages import second_language
from eprm.ui.words import country, day

Key = DutyRule.Key


def issue_fee(member: Member, *, year: int, by: Person, on: date | None = None, language: str = "") -> Invoice:
    """The invoice of the yearly fee, by the class the member is in and the amount of the day."""
    today = on or timezone.localdate()
    row = dated.fee_row_on(member.pillar, member.fee_class, today)
    if row is None or row.amount is None:
        raise NotAllowed(
            _("No amount stands for the class “%(fee_class)s” on %(day)s, so there is nothing to invoice.")
            % {"fee_class": member.get_fee_class_display(), "day": day(today)}
        )
    with transaction.atomic():
        locks.hold(f"invoices {member.pk}")
        rules.can_invoice(by, member, _fee_invoice(member, year)).require()
        spoken = language or _language_of(member)
        with translation.override(spoken):
            what = _("Contribution to the partnership for %(year)s, class %(fee_class)s") % {
                "year": year,
                "fee_class": member.get_fee_class_display(),
            }
        told = {"amount": row.amount, "currency": row.currency, "what": what, "language": spoken}
        return _issue(member, for_year=year, today=today, by=by, is_fee=True, **told)


def issue_agreed(
    member: Member, *, amount: Decimal, what: str, due_on: date, by: Person, on: date | None = None
) -> Invoice:
    """An invoice of a contribution that was agreed, such as a government's."""
    today = on or timezone.localdate()
    with transaction.atomic():
        rules.can_keep_members(by).require()
        terms = dated.terms_on(today)
        currency = terms.currency if terms else "EUR"
        told = {"amount": amount, "currency": currency, "what": what.strip(), "language": _language_of(member)}
        return _issue(member, for_year=today.year, today=today, by=by, is_fee=False, due_on=due_on, **told)


def _fee_invoice(member: Member, year: int) -> Invoice | None:
    found = Invoice.objects.filter(member=member, for_year=year, is_fee=True, kind=Invoice.Kind.INVOICE, credited=0)
    return found.first()


def _issue(
    member: Member, *, for_year: int, today: date, by: Person, is_fee: bool, due_on: date | None = None, **told: object
) -> Invoice:
    terms = dated.terms_on(today)
    due = due_on or today + timedelta(days=terms.invoice_days if terms else 30)
    invoice = _numbered(
        organisation_id=member.organisation_id,
        member=member,
        for_year=for_year,
        issued_on=today,
        due_on=due,
        billed_to=_address(member),
        is_fee=is_fee,
        issued_by=by,
        **told,
    )
    open_called(member, Key.CONTRIBUTION, period=for_year, due_on=due, on=today)
    mail_invoice(invoice, by=by)
    return invoice


def _numbered(*, issued_on: date, **told: object) -> Invoice:
    """An invoice or credit note with the next number of its year; the number's row is locked until it stands."""
    InvoiceSeries.objects.get_or_create(year=issued_on.year)
    series = InvoiceSeries.objects.select_for_update().get(year=issued_on.year)
    series.last += 1
    series.save(update_fields=["last"])
    invoice = Invoice.objects.create(year=issued_on.year, number=series.last, issued_on=issued_on, **told)
    Invoice.objects.filter(pk=invoice.pk).update(sha256=keep_bytes(invoice_pdf(invoice)))
    invoice.refresh_from_db()
    return invoice


def _address(member: Member) -> str:
    organisation = member.organisation
    with translation.override(_language_of(member)):
        lines = [organisation.name, organisation.place, country(organisation.country)]
    return "\n".join(line for line in lines if line)


def _language_of(member: Member) -> str:
    people = managers_of(member.organisation_id)
    return second_language(people[0].language) if people else "en"


def book_payment(
    invoice: Invoice,
    *,
    amount: Decimal,
    on: date,
    reference: str,
    by: Person,
    kind: str = Payment.Kind.PAYMENT,
    note: str = "",
) -> Payment:
    """Money that came in, part of it or too much of it, or a refund of what was paid. The reference is booked once."""
    with transaction.atomic():
        rules.can_keep_members(by).require()
        locked = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
        _refuse_double(reference)
        if kind == Payment.Kind.REFUND:
            rules.can_take(locked, amount, locked.paid, _("More would go back than was paid.")).require()
        try:
            with transaction.atomic():
                payment = Payment.objects.create(
                    organisation_id=locked.organisation_id,
                    invoice=locked,
                    kind=kind,
                    on=on,
                    amount=amount,
                    currency=locked.currency,
                    reference=reference.strip(),
                    note=note.strip(),
                    booked_by=by,
                )
        except IntegrityError:
            _refuse_double(reference)
            raise
        _settle(locked, on)
    return payment


def _refuse_double(reference: str) -> None:
    known = Payment.objects.filter(reference=reference.strip()).select_related("invoice").first()
    if known is not None:
        raise Overtaken(
            _("“%(reference)s” was booked on %(day)s already, for %(invoice)s. Nothing was booked again.")
            % {"reference": known.reference, "day": day(known.booked_at), "invoice": known.invoice.label}
        )


def _settle(invoice: Invoice, on: date) -> None:
    """The duty to contribute is met once every invoice of the year is paid, and owed again if money goes back."""
    same = Invoice.objects.filter(member=invoice.member_id, for_year=invoice.for_year, kind=Invoice.Kind.INVOICE)
    owed = any(one.balance > 0 for one in same)
    if owed:
        reopen_duty(invoice.organisation_id, Key.CONTRIBUTION, period=invoice.for_year)
    else:
        meet_duty(invoice.organisation_id, Key.CONTRIBUTION, period=invoice.for_year, on=on)


def credit(invoice: Invoice, *, amount: Decimal, reason: str, by: Person, on: date | None = None) -> Invoice:
    """A credit note against an invoice, with a number of its own."""
    today = on or timezone.localdate()
    with transaction.atomic():
        rules.can_keep_members(by).require()
        locked = (
            Invoice.objects.select_for_update(of=("self",)).select_related("member__organisation").get(pk=invoice.pk)
        )
        most = locked.amount - locked.credited - locked.earmarked
        rules.can_take(locked, amount, most, _("A credit note is for what stands and is not earmarked.")).require()
        note = _numbered(
            organisation_id=locked.organisation_id,
            member=locked.member,
            kind=Invoice.Kind.CREDIT,
            for_year=locked.for_year,
            issued_on=today,
            due_on=today,
            amount=amount,
            currency=locked.currency,
            what=reason.strip(),
            billed_to=locked.billed_to,
            language=locked.language,
            is_fee=False,
            credits=locked,
            issued_by=by,
        )
        _settle(locked, today)
        mail_invoice(note, by=by)
    return note


def earmark(invoice: Invoice, *, amount: Decimal, purpose: str, by: Person) -> Earmark:
    """Set a part of a contribution aside for a purpose; together at most the invoice."""
    with transaction.atomic():
        rules.can_keep_members(by).require()
        locked = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
        most = locked.amount - locked.credited - locked.earmarked
        rules.can_take(locked, amount, most, _("More would be earmarked than the invoice holds.")).require()
        return Earmark.objects.create(
            organisation_id=locked.organisation_id, invoice=locked, amount=amount, purpose=purpose.strip(), made_by=by
        )


def issue_yearly(*, year: int, by: Person, on: date | None = None) -> list[Invoice]:
    """The yearly fees of all members that have none yet. Stopped and begun again, nobody gets two."""
    today = on or timezone.localdate()
    rules.can_keep_members(by).require()
    payable = [m for m in queries.to_invoice(year, today) if dated.fee_row_on(m.pillar, m.fee_class, today)]
    return [issue_fee(member, year=year, by=by, on=today) for member in payable]


def pledge_days(member: Member, *, year: int, days: Decimal | str, by: Person) -> Pledge:
    """The days a member promises for a year; promised again, the new number counts."""
    if not rules.can_keep_members(by):
        rules.can_write_for(by, member.organisation_id).require()
    pledge, _made = Pledge.objects.update_or_create(
        member=member, year=year, defaults={"organisation_id": member.organisation_id, "days": Decimal(days)}
    )
    return pledge


def log_days(pledge: Pledge, *, on: date, days: Decimal, who: str, what: str, by: Person) -> WorkedDay:
    """Days given on a pledge. Once they are as many as promised, the duty is met."""
    with transaction.atomic():
        rules.can_write_for(by, pledge.organisation_id).require()
        if on.year != pledge.year:
            raise NotAllowed(
                _("This pledge is for %(year)s; %(day)s lies in another year.") % {"year": pledge.year, "day": day(on)}
            )
        worked = WorkedDay.objects.create(
            organisation_id=pledge.organisation_id,
            pledge=pledge,
            on=on,
            days=days,
            who=who.strip(),
            what=what.strip(),
            logged_by=by,
        )
        if queries.days_given(pledge) >= pledge.days:
            # The days of a year are asked for on a day of the next one.
            meet_duty(pledge.organisation_id, Key.DAYS, period=pledge.year + 1)
    return worked
