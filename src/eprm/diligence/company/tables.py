"""The company view's tables: HTML, CSV, XLSX and JSON from one definition each."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.diligence import lifecycle
from eprm.diligence.company.queries.smelters import NamedSmelter
from eprm.diligence.wording import days_overdue, level_words, said, standing_pill, standing_words, title_of
from eprm.ui import parts, words
from eprm.ui.tables import Column, Table
from lode.findings import Finding


def smelter_url(smelter: NamedSmelter) -> str | None:
    """A smelter's page; one that is in no register has none."""
    return reverse("diligence:smelter_detail", args=[smelter.metal, smelter.cid]) if smelter.cid else None


class SmelterTable(Table):
    name = Column(_("Smelter"), link=smelter_url)
    metal = Column(
        _("Metal"), show=lambda smelter: parts.el(smelter.metal), export=lambda s: parts.mineral_name(s.metal)
    )
    cid = Column(_("Number"), blank=_("in no register"))
    country = Column(_("Country"), show=lambda smelter: words.country(smelter.country) or _("not stated"))
    standing = Column(
        _("Assurance"),
        accessor="standing__key",
        show=lambda smelter: standing_pill(smelter.standing),
        export=lambda smelter: standing_words(smelter.standing),
    )
    scheme = Column(_("Scheme"), accessor="standing__scheme")
    until = Column(_("Until"), accessor="standing__until")
    suppliers = Column(_("Named by"), unit=_("suppliers"))
    lines = Column(_("Lines"), unit=pgettext_lazy("rows of a list", "rows"))

    class Meta:
        caption = _("Smelters named")
        source = _("Accepted declarations; statuses as loaded under Lists")


class NewSmelterTable(SmelterTable):
    class Meta(SmelterTable.Meta):
        caption = _("Smelters that are new")


class GoneSmelterTable(SmelterTable):
    class Meta(SmelterTable.Meta):
        caption = _("Smelters no longer named")


class EnquiryTable(Table):
    supplier = Column(
        _("Supplier"), link=lambda enquiry: reverse("diligence:supplier_detail", args=[enquiry.supplier.pk])
    )
    template = Column(_("Template"))
    asked_on = Column(_("Asked"))
    due_on = Column(_("Due"))
    overdue = Column(_("Days overdue"), show=lambda enquiry: days_overdue(enquiry.overdue))
    latest = Column(
        _("Last file"), show=lambda enquiry: _state(enquiry.latest), export=lambda e: _state_words(e.latest)
    )

    class Meta:
        caption = _("Enquiries still open")
        source = _("Your enquiries")


class FirstEnquiriesTable(EnquiryTable):
    class Meta(EnquiryTable.Meta):
        per_page = 10


def _state(state: str | None) -> SafeString | str:
    if state is None:
        return str(_("none came"))
    return parts.status(lifecycle.STATES[state].tone, lifecycle.STATES[state].label)


def _state_words(state: str | None) -> str:
    return str(_("none came") if state is None else lifecycle.STATES[state].label)


def _risk(fact: dict[str, Any]) -> Finding:
    return said(fact["code"], "", fact["values"])


def _risk_url(fact: dict[str, Any]) -> str:
    return reverse("diligence:risk_detail", args=[fact["first"]])


def _place(code: str) -> str:
    return words.country(code) or str(_("no place named"))


class RiskTable(Table):
    code = Column(_("Risk"), link=_risk_url, show=lambda fact: _risk(fact).title, export=lambda fact: _risk(fact).title)
    reason = Column(
        _("Reason"),
        accessor="code",
        sort=False,
        show=lambda fact: parts.quoted(_risk(fact).message, fact["values"].values()),
        export=lambda fact: _risk(fact).message,
    )
    country_iso2 = Column(_("Place"), show=lambda fact: _place(fact["country_iso2"]))
    level = Column(_("Level"), show=lambda fact: parts.status(fact["level"]), export=lambda f: level_words(f["level"]))
    suppliers = Column(_("Told by"), unit=_("suppliers"))
    fix = Column(
        _("What to do"),
        accessor="code",
        sort=False,
        show=lambda fact: _risk(fact).fix,
        export=lambda fact: _risk(fact).fix,
    )

    class Meta:
        caption = _("Risks and their reasons")
        source = _("Accepted declarations, judged by the lists named with each risk")
        per_page = 40


class FindingTable(Table):
    code = Column(
        _("Finding"), show=lambda count: f"{title_of(count.code)} ({count.code})", export=lambda c: title_of(c.code)
    )
    level = Column(_("Level"), show=lambda count: parts.status(count.level), export=lambda c: level_words(c.level))
    declarations = Column(_("In"), unit=_("declarations"))
    count = Column(_("Times"), unit=pgettext_lazy("number of times", "times"))

    class Meta:
        caption = _("Findings left in accepted declarations")
        source = _("Checks of the accepted declarations")


class ChangedAnswerTable(Table):
    supplier = Column(_("Supplier"))
    question = Column(_("Question"))
    mineral = Column(_("Metal"), show=lambda answer: parts.el(answer.mineral) if answer.mineral else "")
    last = Column(_("Last year"))
    this = Column(_("This year"))

    class Meta:
        caption = _("Answers that changed")
        source = _("Accepted declarations of both years")


class ChangedSmelterTable(Table):
    name = Column(_("Smelter"), accessor="this__name", link=lambda change: smelter_url(change.this))
    metal = Column(_("Metal"), accessor="this__metal", show=lambda change: parts.el(change.this.metal))
    last = Column(
        _("A year ago"),
        accessor="last__standing__key",
        show=lambda change: standing_pill(change.last.standing),
        export=lambda change: standing_words(change.last.standing),
    )
    this = Column(
        _("Now"),
        accessor="this__standing__key",
        show=lambda change: standing_pill(change.this.standing),
        export=lambda change: standing_words(change.this.standing),
    )

    class Meta:
        caption = _("Smelters whose status changed")
        source = _("Accepted declarations of both years; the same lists for both")


class LineTable(Table):
    sender = Column(_("Supplier"), accessor="upload__supplier", blank=_("filed under no supplier"))
    year = Column(_("Year"), sort=False)
    row = Column(_("Row"), link=lambda line: reverse("diligence:upload_detail", args=[line.upload_id]), align="end")
    name = Column(
        _("As written"), show=lambda line: line.name or line.lookup, export=lambda line: line.name or line.lookup
    )
    mines = Column(_("Mines named"), blank=_("none named"))
    mine_countries = Column(_("Their countries"), blank=_("none named"))
    recycled = Column(_("Only recycled"), blank=_("no answer"))

    class Meta:
        caption = _("Lines that name it")
        source = _("Smelter Lists of accepted declarations, as written")
