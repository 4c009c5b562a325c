"""Letters, invoices and credit notes as tagged PDF (PDF/UA-1), set by typst from `paper.typ`.

Everything on the paper comes from a row that is never changed, so the same row gives the same paper.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from eprm.diligence.reports.pdf import printable
from eprm.ui.words import day, number

if TYPE_CHECKING:
    from eprm.members.models import Invoice

HERE = Path(__file__).parent
FROM = "European Partnership for Responsible Minerals"


@dataclass(frozen=True, slots=True)
class Paper:
    """One sheet. `facts` and `lines` are pairs of words; `heads` and `total` frame the lines."""

    title: str
    language: str
    on: date
    to: Sequence[str]
    words: Sequence[str]
    facts: Sequence[tuple[str, str]] = ()
    heads: tuple[str, str] = ("", "")
    lines: Sequence[tuple[str, str]] = ()
    total: tuple[str, str] = ("", "")
    after: Sequence[str] = field(default=())


def write_pdf(paper: Paper) -> bytes:
    """The paper's bytes."""
    data = asdict(paper) | {"from": FROM, "foot": day(paper.on), "on": paper.on.isoformat()}
    import typst  # noqa: PLC0415 - a compiler that only who sets a document needs in memory

    return typst.compile(
        HERE / "paper.typ",
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(printable(data))},
        pdf_standards="ua-1",
        timestamp=int(datetime(paper.on.year, paper.on.month, paper.on.day, tzinfo=UTC).timestamp()),
    )


def invoice_pdf(invoice: Invoice) -> bytes:
    """An invoice or credit note, in the language it was written in."""
    with translation.override(invoice.language):
        is_credit = invoice.kind == "credit"
        amount = number(invoice.amount, invoice.currency, 2)
        facts = [(_("Number"), invoice.label), (_("Date"), day(invoice.issued_on))]
        if is_credit:
            facts.append((_("For invoice"), invoice.credits.label))
            after = [_("This amount is taken off the invoice named above, or paid back.")]
        else:
            facts.append((_("To be paid by"), day(invoice.due_on)))
            after = [
                _("Pay by %(day)s and name the number %(number)s, so that the payment finds its invoice.")
                % {"day": day(invoice.due_on), "number": invoice.label}
            ]
        return write_pdf(
            Paper(
                title=f"{_('Credit note') if is_credit else _('Invoice')} {invoice.label}",
                language=invoice.language,
                on=invoice.issued_on,
                to=invoice.billed_to.split("\n"),
                words=[],
                facts=facts,
                heads=(_("What for"), _("Amount")),
                lines=[(invoice.what, amount)],
                total=(_("Total"), amount),
                after=after,
            )
        )


def letter_pdf(*, title: str, text: str, to: Sequence[str], language: str, on: date) -> bytes:
    """A letter in words, a paragraph a line."""
    words = [line for line in text.split("\n\n") if line.strip()]
    with translation.override(language):
        return write_pdf(Paper(title=title, language=language, on=on, to=to, words=words))
