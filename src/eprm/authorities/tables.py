"""The tables of the network and the desk."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from eprm.authorities import queries
from eprm.authorities.queries import OnDesk
from eprm.authorities.wording import point_words
from eprm.ui import parts
from eprm.ui.tables import Column, Table
from eprm.ui.words import country

CONCERN_TONES = {"received": "yellow", "checking": "blue", "answered": "green"}
RESULT_TONES = {"conforms": "green", "partly": "yellow", "infringes": "red"}


class AuthorityTable(Table):
    member_state = Column(
        _("Member State"),
        link="authorities:authority_detail",
        show=lambda authority: country(authority.member_state),
    )
    organisation = Column(_("Authority"), accessor="organisation__name")
    website = Column(_("Website"), sort=False, blank=_("not given"))
    languages = Column(_("Answers in"), sort=False, blank=_("not given"))
    takes_filings = Column(
        _("Takes files here"),
        sort=False,
        show=lambda authority: _("yes") if authority.takes_filings else _("no"),
        export=lambda authority: authority.takes_filings,
    )
    verified = Column(
        _("Confirmed"),
        sort=False,
        show=lambda authority: _("yes") if authority.verified else _("not yet"),
        export=lambda authority: authority.verified,
    )

    class Meta:
        caption = _("Authorities")
        source = _("Regulation (EU) 2017/821, Article 10; each row’s own source on its page")


class TopicTable(Table):
    title = Column(_("In one line"), link="authorities:topic_detail")
    kind = Column(_("What it is"))
    clause = Column(_("Clause"), blank=_("none named"))
    of = Column(_("From"), accessor="of__name")
    written_at = Column(_("Written"))
    answers = Column(_("Answers"), align="end")
    settled_at = Column(_("Settled"), blank=pgettext_lazy("topic", "open"))

    class Meta:
        caption = _("Notes and questions")
        source = _("Written by the authorities and the secretariat")


class MyFilingTable(Table):
    year = Column(_("Year"), link="authorities:filing_detail", show=lambda filing: str(filing.year))
    authority = Column(_("Authority"), accessor="authority__name")
    state = Column(
        _("State"),
        sort=False,
        show=lambda filing: parts.status(f"filing.own.{queries.state_of(filing)}"),
        export=queries.state_of,
    )
    filed_at = Column(_("Filed"))
    filed_by = Column(_("By"), accessor="filed_by__name", sort=False)
    keep_until = Column(_("Kept at least until"))

    class Meta:
        caption = _("What you filed")
        source = _("Files of your organisation; only you and the authority see them")


def _reasons(row: OnDesk) -> str:
    return "; ".join(f"{point_words(point)} (+{point.total})" for point in row.ranking.points)


class DeskTable(Table):
    importer = Column(
        _("Importer"),
        accessor="filing__organisation__name",
        link=lambda row: reverse("authorities:filing_detail", args=[row.filing.pk]),
    )
    score = Column(_("Rank"), unit=_("points"))
    why = Column(_("Because"), accessor="score", sort=False, show=_reasons, export=_reasons)
    bound = Column(_("Lines bound"), align="end")
    mass_kg = Column(_("Net mass"), unit="kg")
    state = Column(_("State"), show=lambda row: parts.status(f"filing.{row.state}"), export=lambda row: row.state)
    last_check = Column(_("Last check"), accessor="last_check__checked_on", blank=_("never"))
    due_on = Column(_("To be checked by"))

    class Meta:
        caption = _("Importers by rank")
        source = _("Files received, your checks, concerns, and your weights of the day")


class CheckTable(Table):
    importer = Column(_("Importer"), accessor="importer__name")
    checked_on = Column(_("Day"))
    nature = Column(_("Nature"))
    result = Column(
        _("Result"),
        show=lambda check: parts.status(RESULT_TONES[check.result], check.get_result_display()),
        export=lambda check: check.result,
    )
    remedy_due_on = Column(_("Remedial action by"), blank=_("none asked"))
    remedied_on = Column(_("Done"), blank="–")
    keep_until = Column(_("Kept at least until"))

    class Meta:
        caption = _("Checks")
        source = _("Your authority’s own records (Article 12)")


class ConcernTable(Table):
    importer_name = Column(_("Company"), link=lambda concern: reverse("authorities:concern_detail", args=[concern.pk]))
    state = Column(
        _("State"),
        show=lambda concern: parts.status(CONCERN_TONES[concern.state], concern.get_state_display()),
        export=lambda concern: concern.state,
    )
    submitted_for = Column(_("From"), accessor="submitted_for__name", blank=_("not named"))
    happened_on = Column(_("When"), blank=_("not given"))
    received_at = Column(_("Received"))

    class Meta:
        caption = _("Concerns")
        source = _("Put in by third parties (Article 11(2))")
