"""Every write at a desk: filing with an authority, and what the authority makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.authorities import letters, lifecycle, queries, rules
from eprm.authorities.models import (
    Case,
    Check,
    CompetentAuthority,
    FiledDocument,
    FiledMass,
    Filing,
    Message,
    RankingWeight,
)
from eprm.base.errors import NotAllowed, Overtaken
from eprm.base.files import keep_bytes
from eprm.base.locks import hold
from eprm.people.models import Organisation, Person
from eprm.reference.models import Threshold
from eprm.reference.queries import areas_on
from lode.importer_ranking import KEYS

LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Mass:
    """A year's net mass in kg on a line of Annex I; `origin` is the ISO code of the country, blank where not known."""

    line: Threshold
    mass_kg: Decimal
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document to file: its kind, the name it came with, its bytes."""

    kind: str
    name: str
    content: bytes


@transaction.atomic
def file_pack(
    *,
    organisation: Organisation,
    authority: CompetentAuthority,
    year: int,
    exemption: str,
    by: Person,
    eori: str = "",
    statement: str = "",
    masses: Iterable[Mass] = (),
    documents: Iterable[Document] = (),
    replaces: Filing | None = None,
) -> Filing:
    """File a year with an authority: from now on it, and nobody else, reads it. A correction names what it replaces."""
    rules.can_file(by, organisation).require()
    hold(f"authorities.filing.{organisation.pk}.{authority.organisation_id}.{year}")
    _may_be_filed(organisation, authority, year, replaces, by)
    masses, today = list(masses), timezone.localdate()
    if not masses:
        raise NotAllowed(_("The file names no mass. Give at least one line of Annex I with its net mass in the year."))
    parties = {"organisation": organisation, "authority": authority.organisation}
    rule = queries.keeping_on(today)
    filing = Filing.objects.create(
        **parties,
        year=year,
        eori=eori,
        exemption=exemption,
        statement=statement.strip(),
        filed_by=by,
        keep_until=_years_on(today, rule.keep_years),
        replaces=replaces,
    )
    high_risk = _high_risk_areas(today)
    FiledMass.objects.bulk_create(
        FiledMass(
            **parties,
            filing=filing,
            code=mass.line.code,
            description=mass.line.description,
            mineral=mass.line.mineral,
            threshold_kg=mass.line.threshold_kg,
            mass_kg=mass.mass_kg,
            origin=mass.origin,
            high_risk=high_risk.get(mass.origin, ""),
        )
        for mass in masses
    )
    for document in documents:
        sha256 = keep_bytes(document.content)
        FiledDocument.objects.create(
            **parties,
            filing=filing,
            kind=document.kind,
            name=document.name[-255:],
            sha256=sha256,
            size=len(document.content),
        )
    return filing


def _may_be_filed(
    organisation: Organisation, authority: CompetentAuthority, year: int, replaces: Filing | None, by: Person
) -> None:
    if not authority.takes_filings or authority.until is not None:
        raise NotAllowed(
            _("%(authority)s takes no files over this platform. Write to it directly.") % {"authority": authority}
        )
    if year > timezone.localdate().year:
        raise NotAllowed(_("%(year)d has not begun, so there is nothing to file for it yet.") % {"year": year})
    inforce = [
        filing
        for filing in queries.filings_of(organisation).filter(authority=authority.organisation, year=year)
        if queries.state_of(filing) not in (lifecycle.REPLACED, lifecycle.WITHDRAWN)
    ]
    if replaces is None:
        if inforce:
            raise NotAllowed(
                _("You filed %(year)d with %(authority)s already. Open that file and correct it.")
                % {"year": year, "authority": authority}
            )
        return
    if replaces.pk not in {filing.pk for filing in inforce}:
        raise NotAllowed(_("The file you correct is not in force any more. Open the newest one and correct that."))
    before = next(filing for filing in inforce if filing.pk == replaces.pk)
    rules.can_correct(by, before, queries.state_of(before)).require()


def _high_risk_areas(day: date) -> Mapping[str, str]:
    """The names of the listed areas of each country on a day, as far as a column holds them."""
    names: dict[str, list[str]] = {}
    for area in areas_on(day):
        names.setdefault(area.iso2, []).append(area.name)
    return {iso2: ", ".join(found)[:LONGEST] for iso2, found in names.items()}


def _years_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, month=3, day=1)


@transaction.atomic
def withdraw_filing(*, filing: Filing, by: Person) -> None:
    """Take a file back that the authority has not taken up."""
    filing = _locked(filing, by)
    rules.can_withdraw(by, filing, queries.state_of(filing)).require()
    Filing.objects.filter(pk=filing.pk).update(withdrawn_at=timezone.now())


@transaction.atomic
def write_message(*, filing: Filing, text: str, by: Person) -> Message:
    """A letter from one side to the other; who does not sign in is told by mail that there is one, not what it says."""
    filing = _locked(filing, by)
    rules.can_write_message(by, filing, queries.state_of(filing)).require()
    mine = {filing.organisation_id: filing.organisation, filing.authority_id: filing.authority}
    of = next(party for pk, party in mine.items() if by.role_in(pk) in rules.WRITERS)
    message = Message.objects.create(
        organisation=filing.organisation,
        authority=filing.authority,
        filing=filing,
        of=of,
        text=text.strip(),
        written_by=by,
    )
    if of.pk == filing.authority_id:
        letters.tell_of_message(filing)
    return message


@transaction.atomic
def take_up(*, filing: Filing, by: Person) -> Case:
    """The authority begins to look at a file; from now on the importer cannot withdraw it."""
    _can_work(by, filing)
    filing = _locked(filing, by)
    if not lifecycle.is_possible("take", queries.state_of(filing)):
        raise NotAllowed(_("This file has been taken up, replaced or withdrawn meanwhile. Look at it again."))
    return Case.objects.create(
        organisation=filing.organisation, authority=filing.authority, filing=filing, state=lifecycle.OPEN, taken_by=by
    )


@transaction.atomic
def close_case(*, filing: Filing, outcome: str, by: Person) -> Case:
    """Answer the importer and close the file."""
    _can_work(by, filing)
    filing = _locked(filing, by)
    if not lifecycle.is_possible("close", queries.state_of(filing)):
        raise NotAllowed(_("Only a file you have taken up can be answered, and only once."))
    case = filing.case
    case.state, case.outcome, case.closed_at = lifecycle.CLOSED, outcome.strip(), timezone.now()
    case.save(update_fields=["state", "outcome", "closed_at"])
    letters.tell_of_message(filing)
    return case


@transaction.atomic
def record_check(
    *,
    authority: Organisation,
    importer: Organisation,
    nature: str,
    checked_on: date,
    result: str,
    findings: str,
    by: Person,
    filing: Filing | None = None,
    remedy: str = "",
    remedy_due_on: date | None = None,
) -> Check:
    """Keep the nature and result of an ex-post check, and the notice of remedial action where one was given."""
    rules.can_work_desk(by, authority, queries.desk_of(authority)).require()
    if checked_on > timezone.localdate():
        raise NotAllowed(_("A check is recorded once it is done; the day you gave lies ahead."))
    return Check.objects.create(
        organisation=authority,
        importer=importer,
        filing=filing,
        nature=nature,
        checked_on=checked_on,
        result=result,
        findings=findings.strip(),
        remedy=remedy.strip(),
        remedy_due_on=remedy_due_on,
        keep_until=_years_on(checked_on, queries.keeping_on(checked_on).keep_years),
        recorded_by=by,
    )


@transaction.atomic
def note_remedied(*, check: Check, on: date, by: Person) -> None:
    """The remedial action was taken."""
    rules.can_work_desk(by, check.organisation, queries.desk_of(check.organisation)).require()
    check = Check.objects.select_for_update().get(pk=check.pk)
    if not check.remedy or check.remedied_on is not None:
        raise NotAllowed(_("There is no open remedial action in this check."))
    check.remedied_on = on
    check.save(update_fields=["remedied_on"])


@transaction.atomic
def remove_past(*, authority: Organisation, seen: int, by: Person) -> int:
    """Remove the files and checks that need be kept no longer, for good; answers how many.

    `seen` is how many the person saw. With a file go its masses, documents and letters; the importer loses it too.
    Source: Regulation (EU) 2017/821, Article 12 (kept at least five years).
    """
    rules.can_work_desk(by, authority, queries.desk_of(authority)).require()
    hold(f"authorities.past.{authority.pk}")
    filings, checks = queries.past_keeping(authority, timezone.localdate())
    if (count := len(filings) + len(checks)) != seen:
        raise Overtaken(
            _("Meanwhile it is %(count)s files and checks, not %(seen)s. Look at them again, then remove them.")
            % {"count": count, "seen": seen}
        )
    Check.objects.filter(pk__in=[check.pk for check in checks]).delete()
    for filing in filings:  # what corrects a file names it, and goes first
        filing.delete()
    return count


@transaction.atomic
def set_weights(*, authority: Organisation, points: Mapping[str, int], since: date, reason: str, by: Person) -> None:
    """The authority's own weights from a day on; what was ranked before is not ranked again."""
    rules.can_work_desk(by, authority, queries.desk_of(authority)).require()
    if since < timezone.localdate():
        raise NotAllowed(_("Weights hold from today on, never for the past: choose today or a later day."))
    for key in KEYS:
        RankingWeight.objects.update_or_create(
            organisation=authority, key=key, since=since, defaults={"points": points[key], "source": reason.strip()}
        )


def _can_work(by: Person, filing: Filing) -> None:
    rules.can_work_desk(by, filing.authority, queries.desk_of(filing.authority)).require()


def _locked(filing: Filing, by: Person) -> Filing:
    """The file as it is now; until the transaction ends nobody else takes it up, withdraws or corrects it.

    The authority may read the importer's row but not lock it, so the lock is one of the transaction's own.
    """
    hold(f"authorities.filing.{filing.organisation_id}.{filing.authority_id}.{filing.year}")
    found = queries.filing_visible_to(by, filing.pk)
    if found is None:
        raise NotAllowed(_("This file is not yours any more."))
    return found
