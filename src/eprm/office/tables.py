"""The tables of the secretariat's office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.base import retention
from eprm.base.models import OutgoingMail, Removal, Seal, SecondFactorRule
from eprm.base.outbox import kind_of
from eprm.office.factors import ROLES
from eprm.ui import parts
from eprm.ui.tables import Column, Table


def _kind(mail: OutgoingMail) -> str:
    return str(kind_of(mail.kind).label)


class MailTable(Table):
    subject = Column(_("Subject"), link="office:mail_detail", blank=_("no longer kept"))
    to = Column(_("To"))
    kind = Column(_("Kind"), show=_kind, export=_kind)
    state = Column(
        _("State"), show=lambda mail: parts.status(f"mail.{mail.state}"), export=lambda mail: mail.get_state_display()
    )
    posted_at = Column(_("Written"))
    posted_by = Column(_("By"), sort=False, blank=_("the platform itself"))
    organisation = Column(_("Whom it concerns"), accessor="organisation__name", blank=_("nobody here"))
    released_by = Column(_("Released by"), sort=False, blank=_("nobody"))
    sent_at = Column(_("Sent"), blank=_("not sent"))
    attempts = Column(_("Tries"), align="end")
    error = Column(_("What went wrong"), sort=False, blank=_("nothing"))

    class Meta:
        caption = _("Mails")
        source = _("The outbox of this platform")
        order_by = "-posted_at"


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One kind of thing with the period in force."""

    name: str
    label: str | Promise
    days: int
    least: int
    why: str | Promise


def periods_on(day: date) -> list[PeriodRow]:
    """What goes after a time, with the period in force on the day."""
    days = retention.all_days_on(day)
    return [PeriodRow(kept.name, kept.label, days[kept.name], kept.least, kept.why) for kept in retention.kept()]


class PeriodTable(Table):
    label = Column(_("What"), link=lambda row: reverse("office:period_new", args=[row.name]))
    days = Column(_("Kept for"), unit=_("days"))
    least = Column(_("At least"), unit=_("days"))
    why = Column(_("What demands it"), sort=False, blank=_("nothing"))

    class Meta:
        caption = _("What is kept for how long")
        source = _("The dated periods set on this page")


def _label(removal: Removal) -> str:
    kept = retention.find(removal.name)
    return str(kept.label) if kept else removal.name


class RemovalTable(Table):
    name = Column(_("What"), show=_label, export=_label)
    at = Column(_("When"))
    count = Column(_("Removed"), align="end")
    before = Column(_("Older than"))
    days = Column(_("Kept for"), unit=_("days"))
    error = Column(_("What went wrong"), sort=False, blank=_("nothing"))

    class Meta:
        caption = _("What was removed")
        source = _("The daily run")


class ErasureTable(Table):
    person_number = Column(_("Number of the account"))
    erased_at = Column(_("Erased"))
    cells = Column(_("Rows changed"), align="end")
    history_rows = Column(_("History rows changed"), align="end")

    class Meta:
        caption = _("Who was erased on their own wish")
        source = _("The erasures")


def _role(rule: SecondFactorRule) -> str:
    return str(ROLES[rule.role].label) if rule.role in ROLES else rule.role


def _end(rule: SecondFactorRule) -> str | SafeString:
    if rule.until:
        return ""
    button = '<button class="button button-quiet button-small" form="end" formaction="{}">{}</button>'
    return format_html(button, reverse("office:factor_end", args=[rule.pk]), _("End this rule"))


class FactorTable(Table):
    role = Column(_("Who"), show=_role, export=_role)
    since = Column(pgettext_lazy("day", "From"))
    until = Column(_("Until"), blank=_("further notice"))
    reason = Column(_("Reason"), sort=False)
    decided_by = Column(_("Decided by"), sort=False)
    end = Column(_("Change"), empty_values=(), sort=False, show=_end, exclude_from_export=True)

    class Meta:
        caption = _("Who needs a second factor")
        source = _("The dated rules set on this page")


def _hash(seal: Seal) -> SafeString:
    return format_html('<code class="small">{}</code>', bytes(seal.sha256).hex())


class SealTable(Table):
    pk = Column(_("Seal"))
    at = Column(_("When"))
    rows = Column(_("History rows"), align="end")
    sha256 = Column("SHA-256", sort=False, show=_hash, export=lambda seal: bytes(seal.sha256).hex())

    class Meta:
        caption = _("Seals of the audit trail")
        source = _("Made by the database each minute in which something was written")
        order_by = "-pk"
