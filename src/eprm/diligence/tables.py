"""The tables of uploads, lines, findings, decisions, suppliers and enquiries, and how each is narrowed."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from eprm.diligence import lifecycle
from eprm.diligence.models import Decision, Enquiry, FindingRow, SmelterRow, Supplier, Upload
from eprm.diligence.wording import finding_of, method_words
from eprm.ui import parts
from eprm.ui.tables import Column, Table, in_html
from eprm.ui.words import country, day

RECEIVED_FILES = _("Declarations received")


def state_pill(state: str) -> SafeString:
    return parts.status(f"declaration.{state}")


def screening_pill(state: str | None) -> SafeString:
    """How a supplier stands against the sanctions lists; None where it was not held against any."""
    return parts.status(f"screening.{state or 'none'}")


def sender_of(upload: Upload) -> str:
    """Whose declaration it is, as far as known: the supplier, else the company it names, else the file."""
    declared = getattr(upload, "declaration", None)
    return str(upload.supplier or (declared and declared.company_name) or upload.file.name)


def _what_stands_open(upload: Upload) -> str:
    said = []
    if upload.error_count:
        said.append(ngettext("%d error", "%d errors", upload.error_count) % upload.error_count)
    if upload.open_count:
        said.append(ngettext("%d name", "%d names", upload.open_count) % upload.open_count)
    return ", ".join(said) or (gettext("nothing") if upload.checked_at else "")


def _template_of(upload: Upload) -> str:
    declared = getattr(upload, "declaration", None)
    return f"{declared.template} {declared.revision}" if declared else ""


class UploadTable(Table):
    sender = Column(
        _("Declaration of"),
        accessor="supplier__name",
        empty_values=(),
        link="diligence:upload_detail",
        show=sender_of,
        export=sender_of,
    )
    template = Column(
        _("Template"), accessor="declaration__template", empty_values=(), show=_template_of, export=_template_of
    )
    state = Column(_("State"), show=lambda upload: state_pill(upload.state), export=lambda upload: upload.state)
    open = Column(_("Stands open"), accessor="open_count", sort=False, show=_what_stands_open, export=_what_stands_open)
    effective = Column(_("Effective"), accessor="declaration__effective_date", blank=_("not given"))
    received_at = Column(_("Received"))
    file = Column(_("File"), accessor="file__name", sort=False)

    class Meta:
        caption = _("Declarations")
        source = RECEIVED_FILES


class UploadFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Supplier, company or file"), method="named")
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(key, state.label) for key, state in lifecycle.STATES.items()],
        empty_label=_("all but replaced"),
        method="in_state",
    )
    supplier = django_filters.NumberFilter(field_name="supplier", widget=django_filters.widgets.forms.HiddenInput)

    class Meta:
        model = Upload
        fields: list[str] = []

    def named(self, found: QuerySet[Upload], _name: str, value: str) -> QuerySet[Upload]:
        named = Q(supplier__name__icontains=value) | Q(declaration__company_name__icontains=value)
        return found.filter(named | Q(file__name__icontains=value))

    def in_state(self, found: QuerySet[Upload], _name: str, value: str) -> QuerySet[Upload]:
        return found.filter(state=value)

    @property
    def qs(self) -> QuerySet[Upload]:
        found = super().qs
        return found if self.data.get("state") else found.exclude(state=lifecycle.SUPERSEDED)


def written_name(line: SmelterRow) -> str:
    """The name as the sheet has it."""
    return line.name or line.lookup or line.cid_input


def _decided(line: SmelterRow) -> Any:
    words = method_words(line)
    if line.method == "decision" and getattr(line, "decided_at", None):
        return format_html("{}, {}", words, in_html(line.decided_at.date()))
    return words


class LineTable(Table):
    smelter = Column(
        _("Smelter"),
        accessor="smelter_name",
        show=lambda line: line.smelter_name or written_name(line),
    )
    written = Column(_("As written"), accessor="name", empty_values=(), show=written_name, export=written_name)
    metal = Column(_("Metal"), show=lambda line: parts.el(line.metal, "s"))
    cid = Column(_("Number"))
    country_iso2 = Column(_("Country"), show=lambda line: country(line.country_iso2) or line.country)
    outcome = Column(
        _("Outcome"),
        show=lambda line: parts.status(f"line.{line.outcome}"),
        export=lambda line: line.get_outcome_display(),
    )
    method = Column(_("Decided"), sort=False, show=_decided, export=method_words)
    row = Column(
        _("Row"),
        align="end",
        link=lambda line: reverse("diligence:smelter_decide", args=[line.upload_id, line.pk]),
    )

    class Meta:
        caption = _("Smelter lines")
        source = _("Smelter List of the declaration")


class FindingTable(Table):
    level = Column(_("Level"), show=lambda row: parts.status(row.level), export=lambda row: row.level)
    where = Column(_("Place"))
    code = Column(_("Code"), link=lambda row: reverse("diligence:finding_detail", args=[row.code]))
    title = Column(
        _("What"),
        accessor="code",
        sort=False,
        show=lambda row: finding_of(row).title,
        export=lambda row: finding_of(row).title,
    )
    message = Column(
        _("Found"),
        accessor="code",
        sort=False,
        show=lambda row: finding_of(row).message,
        export=lambda row: finding_of(row).message,
    )
    fix = Column(
        _("What to do"),
        accessor="code",
        sort=False,
        show=lambda row: finding_of(row).fix,
        export=lambda row: finding_of(row).fix,
    )

    class Meta:
        caption = _("Findings")
        source = _("Check of the declaration")
        model = FindingRow
        fields: list[str] = []


class DecisionTable(Table):
    name = Column(
        _("Name as written"),
        link=lambda decision: (
            decision.line_pk and reverse("diligence:smelter_decide", args=[decision.upload_id, decision.line_pk])
        ),
    )
    metal = Column(_("Metal"), show=lambda decision: parts.el(decision.metal, "s"))
    country = Column(_("Country"), show=lambda decision: country(decision.country))
    judgement = Column(
        _("Is"),
        show=lambda decision: decision.get_judgement_display(),
        export=lambda decision: decision.get_judgement_display(),
    )
    cid = Column(_("Number"))
    reason = Column(_("Reason"), sort=False)
    decided_by = Column(_("By"), sort=False)
    decided_at = Column(_("On"))

    class Meta:
        caption = _("Decisions on names")
        source = _("Decisions of your organisation")


class DecisionFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Name or number"), method="named")
    judgement = django_filters.ChoiceFilter(label=_("Is"), choices=Decision.Judgement.choices, empty_label=_("all"))

    class Meta:
        model = Decision
        fields: list[str] = []

    def named(self, found: QuerySet[Decision], _name: str, value: str) -> QuerySet[Decision]:
        return found.filter(Q(name__icontains=value) | Q(cid__icontains=value))


class SupplierTable(Table):
    name = Column(_("Supplier"), link="diligence:supplier_detail")
    country = Column(_("Country"), show=lambda supplier: country(supplier.country))
    number = Column(_("Your number"))
    newest_state = Column(
        _("Newest declaration"),
        show=lambda supplier: state_pill(supplier.newest_state) if supplier.newest_state else gettext("none yet"),
    )
    newest_received = Column(_("Received"))
    next_due = Column(_("Asked, answer by"))
    screening = Column(
        _("Sanctions lists"),
        show=lambda supplier: screening_pill(supplier.screening),
    )

    class Meta:
        caption = _("Suppliers")
        source = RECEIVED_FILES


class SupplierFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Name or number"), method="named")
    answer = django_filters.ChoiceFilter(
        label=_("Answer"),
        choices=[("open", _("asked, not answered")), ("none", _("no declaration at all"))],
        empty_label=_("all"),
        method="answered",
    )
    screening = django_filters.ChoiceFilter(
        label=_("Sanctions lists"),
        choices=[("open", _("to look at")), ("listed", _("a listed party")), ("other", _("somebody else"))],
        empty_label=_("all"),
    )
    active = django_filters.ChoiceFilter(
        label=_("Active"), choices=[("1", _("active")), ("0", _("no longer"))], empty_label=_("all"), method="is_active"
    )

    class Meta:
        model = Supplier
        fields: list[str] = []

    def named(self, found: QuerySet[Supplier], _name: str, value: str) -> QuerySet[Supplier]:
        return found.filter(Q(name__icontains=value) | Q(number__icontains=value))

    def answered(self, found: QuerySet[Supplier], _name: str, value: str) -> QuerySet[Supplier]:
        return found.filter(open_enquiries__gt=0) if value == "open" else found.filter(newest_state=None)

    def is_active(self, found: QuerySet[Supplier], _name: str, value: str) -> QuerySet[Supplier]:
        return found.filter(active=value == "1")


def _answer_or_reminder(enquiry: Enquiry) -> str | None:
    if enquiry.closed_on is None:
        return reverse("diligence:enquiry_reminder", args=[enquiry.pk])
    return enquiry.answered_by_id and reverse("diligence:upload_detail", args=[enquiry.answered_by_id])


class EnquiryTable(Table):
    supplier = Column(
        _("Supplier"),
        accessor="supplier__name",
        link=lambda enquiry: reverse("diligence:supplier_detail", args=[enquiry.supplier_id]),
    )
    year = Column(_("Year"), align="end", show=lambda enquiry: str(enquiry.year))
    template = Column(_("Template"))
    asked_on = Column(_("Asked"))
    due_on = Column(_("Answer by"))
    closed_on = Column(
        _("Answered"),
        show=lambda enquiry: day(enquiry.closed_on) or _("not yet: write a reminder"),
        link=lambda enquiry: _answer_or_reminder(enquiry),
    )

    class Meta:
        caption = _("Enquiries")
        source = _("Enquiries of your organisation")


class EnquiryFilter(django_filters.FilterSet):
    year = django_filters.NumberFilter(label=_("Year"))
    answer = django_filters.ChoiceFilter(
        label=_("Answer"),
        choices=[
            ("open", _("not answered")),
            ("overdue", _("overdue")),
            ("closed", pgettext_lazy("enquiry", "answered")),
        ],
        empty_label=_("all"),
        method="answered",
    )

    class Meta:
        model = Enquiry
        fields = ["year"]

    def answered(self, found: QuerySet[Enquiry], _name: str, value: str) -> QuerySet[Enquiry]:
        if value == "closed":
            return found.exclude(closed_on=None)
        found = found.filter(closed_on=None)
        return found.filter(due_on__lt=timezone.localdate()) if value == "overdue" else found
