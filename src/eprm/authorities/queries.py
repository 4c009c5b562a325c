"""Every read of the network and the desks. The database shows nobody more than these ask for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Sum
from django.utils import timezone

from eprm.authorities import lifecycle
from eprm.authorities.models import (
    Check,
    CompetentAuthority,
    Concern,
    ConcernFile,
    Contact,
    FiledDocument,
    FiledMass,
    Filing,
    KeepingRule,
    Message,
    RankingWeight,
    Reply,
    Topic,
)
from eprm.people.models import Organisation, Person
from eprm.reference.models import Threshold as Line
from eprm.reference.queries import thresholds_on
from lode.eu2017821 import LineScope, Threshold, documents_due, scope_of
from lode.importer_ranking import KEYS, ImporterFacts, Ranking, Weight, check_due, rank


def authorities_on(day: date) -> QuerySet[CompetentAuthority]:
    """The authorities named on a day, by Member State; public, as the Commission's own list is."""
    found = CompetentAuthority.objects.filter(Q(until=None) | Q(until__gt=day))
    return found.select_related("organisation").order_by("member_state", "organisation__name")


def authority_of(person: Person) -> CompetentAuthority | None:
    """The authority the person works for today, or None. Asks nothing for who works for no government.

    Read once per request: three entries of the head ask.
    """
    if not person.is_authenticated:
        return None
    if "_authority" not in person.__dict__:
        person.__dict__["_authority"] = _authority_of(person)
    return person.__dict__["_authority"]


def _authority_of(person: Person) -> CompetentAuthority | None:
    governments = [
        membership.organisation_id
        for membership in person.current_memberships
        if membership.organisation.tier == Organisation.Tier.GOVERNMENT
    ]
    if not governments:
        return None
    return authorities_on(timezone.localdate()).filter(organisation__in=governments).first()


def desk_of(organisation: Organisation | None) -> CompetentAuthority | None:
    """The authority that this organisation is, or None."""
    if organisation is None:
        return None
    return authorities_on(timezone.localdate()).filter(organisation=organisation).first()


def contacts_of(authorities: Iterable[CompetentAuthority]) -> QuerySet[Contact]:
    """The contacts in force; none for who is neither an authority nor the secretariat (the database holds to it)."""
    return Contact.objects.filter(authority__in=authorities, until=None).order_by("name")


def contacts_visible() -> QuerySet[Contact]:
    """The contacts in force of all authorities, as far as the database shows them to whoever asks."""
    return Contact.objects.filter(until=None).select_related("authority__organisation")


def keeping_rules() -> QuerySet[KeepingRule]:
    """Every edition of the rule for keeping and checking, newest first; public, as the law is."""
    return KeepingRule.objects.order_by("-since")


def lines_of_annex() -> QuerySet[Line]:
    """The lines of Annex I in force today."""
    return thresholds_on(timezone.localdate())


def topics_visible_to(person: Person) -> QuerySet[Topic]:
    """Notes and questions of the network, newest first, with the number of answers."""
    found = Topic.objects.select_related("of", "written_by").annotate(answers=Count("replies"))
    return found.order_by("-written_at")


def replies_to(topic: Topic) -> QuerySet[Reply]:
    return Reply.objects.filter(topic=topic).select_related("of", "written_by").order_by("written_at", "pk")


def filings_of(organisation: Organisation) -> QuerySet[Filing]:
    """What an importer has filed, newest first."""
    return _with_state(Filing.objects.filter(organisation=organisation)).order_by("-filed_at")


def filings_on_desk(authority: Organisation) -> QuerySet[Filing]:
    """What was filed with an authority, newest first."""
    return _with_state(Filing.objects.filter(authority=authority)).order_by("-filed_at")


def filing_visible_to(person: Person, pk: int) -> Filing | None:
    """One file, for its importer and its authority alone."""
    mine = person.organisation_ids()
    found = Filing.objects.filter(Q(organisation__in=mine) | Q(authority__in=mine), pk=pk)
    return _with_state(found).first()


def _with_state(filings: QuerySet[Filing]) -> QuerySet[Filing]:
    later = Filing.objects.filter(replaces=OuterRef("pk"))
    return filings.select_related("organisation", "authority", "filed_by", "case").annotate(is_replaced=Exists(later))


def state_of(filing: Filing) -> str:
    """Where a file stands (`lifecycle`); it was read by one of the queries above."""
    case = getattr(filing, "case", None)
    return lifecycle.state_of(
        withdrawn=filing.withdrawn_at is not None,
        replaced=filing.is_replaced,
        case_state=case.state if case else None,
    )


def masses_of(filing: Filing) -> QuerySet[FiledMass]:
    return FiledMass.objects.filter(filing=filing)


def documents_of(filing: Filing) -> QuerySet[FiledDocument]:
    return FiledDocument.objects.filter(filing=filing)


def messages_of(filing: Filing) -> QuerySet[Message]:
    return Message.objects.filter(filing=filing).select_related("of", "written_by")


def document_visible_to(person: Person, pk: int) -> FiledDocument | None:
    mine = person.organisation_ids()
    return FiledDocument.objects.filter(Q(organisation__in=mine) | Q(authority__in=mine), pk=pk).first()


def scope_of_filing(masses: Iterable[FiledMass]) -> tuple[LineScope, ...]:
    """Where the importer stands on each line, by the thresholds of the day of filing."""
    return scope_of(
        (
            Threshold(
                code=row.code,
                mineral=row.mineral,
                description=row.description,
                threshold_kg=row.threshold_kg,
                valid_from=date.min,
                valid_to=None,
                source="",
                verified=True,
            ),
            row.mass_kg,
        )
        for row in masses
    )


def documents_missing(
    filing: Filing, documents: Iterable[FiledDocument], lines: Iterable[LineScope]
) -> tuple[str, ...]:
    """The kinds of documents that the duties ask for and the file lacks."""
    given = {document.kind for document in documents}
    metals = any(not line.code.removeprefix("ex ").startswith("26") for line in lines)
    due = documents_due(exempt=filing.exemption != Filing.Exemption.NONE, metals=metals)
    return tuple(kind for kind in due if kind not in given)


def keeping_on(day: date) -> KeepingRule:
    """The rule for keeping and checking that holds on a day."""
    return KeepingRule.objects.filter(since__lte=day).latest("since")


def weights_on(authority: Organisation, day: date) -> dict[str, RankingWeight]:
    """The weight of each fact for an authority on a day: its own newest, else the shipped one."""
    found = RankingWeight.objects.filter(Q(organisation=authority) | Q(organisation=None), since__lte=day)
    chosen: dict[str, RankingWeight] = {}
    for weight in found.order_by(F("organisation").asc(nulls_first=True), "since"):
        chosen[weight.key] = weight
    return chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDesk:
    """A file in force with what it is ranked by. `due_on` is when the importer must have been checked at the latest."""

    filing: Filing
    state: str
    ranking: Ranking
    bound: int
    mass_kg: Decimal
    last_check: Check | None
    due_on: date

    @property
    def score(self) -> int:
        return self.ranking.score


def desk(authority: Organisation, *, year: int, on: date) -> list[OnDesk]:
    """The files in force of a year, most points first. Seven queries, however many files."""
    filings = filings_on_desk(authority).filter(year=year, withdrawn_at=None, is_replaced=False)
    filings = list(filings.prefetch_related(Prefetch("masses"), Prefetch("documents")))
    importers = [filing.organisation_id for filing in filings]
    checks = _checks_by_importer(authority, importers)
    concerns = dict(
        Concern.objects.filter(organisation=authority, importer__in=importers)
        .values_list("importer")
        .annotate(number=Count("pk"))
    )
    weights = [Weight(key=key, points=row.points) for key, row in weights_on(authority, on).items() if key in KEYS]
    rule = keeping_on(on)
    rows = [_on_desk(filing, checks.get(filing.organisation_id, []), concerns, weights, rule, on) for filing in filings]
    return sorted(rows, key=lambda row: (-row.score, row.filing.organisation.name))


def _checks_by_importer(authority: Organisation, importers: list[int]) -> dict[int, list[Check]]:
    found: dict[int, list[Check]] = {}
    for check in Check.objects.filter(organisation=authority, importer__in=importers).order_by("-checked_on", "-pk"):
        found.setdefault(check.importer_id, []).append(check)
    return found


def _on_desk(
    filing: Filing,
    checks: list[Check],
    concerns: dict[int, int],
    weights: list[Weight],
    rule: KeepingRule,
    on: date,
) -> OnDesk:
    masses = list(filing.masses.all())
    lines = scope_of_filing(masses)
    last = checks[0] if checks else None
    facts = ImporterFacts(
        bound_lines=sum(line.standing == "bound" for line in lines),
        highest_ratio=max((line.ratio for line in lines), default=Decimal(0)),
        high_risk_origins=tuple(sorted({row.high_risk for row in masses if row.high_risk})),
        origins_unknown=sum(not row.origin for row in masses),
        documents_missing=documents_missing(filing, filing.documents.all(), lines),
        concerns=concerns.get(filing.organisation_id, 0),
        infringements=sum(check.result == Check.Result.INFRINGES for check in checks),
        last_check=last.checked_on if last else None,
    )
    filed_on = timezone.localdate(filing.filed_at)
    return OnDesk(
        filing=filing,
        state=state_of(filing),
        ranking=rank(facts, weights, on=on),
        bound=facts.bound_lines,
        mass_kg=sum((row.mass_kg for row in masses), Decimal(0)),
        last_check=last,
        due_on=check_due(facts.last_check, filed_on, within_years=rule.check_within_years),
    )


def desk_years(authority: Organisation) -> list[int]:
    """The years for which something was filed with the authority, newest first."""
    return list(Filing.objects.filter(authority=authority).order_by("-year").values_list("year", flat=True).distinct())


def masses_by_mineral(authority: Organisation, year: int) -> dict[str, Decimal]:
    """The mass in kg filed with the authority for a year, by metal; files in force only."""
    later = Filing.objects.filter(replaces=OuterRef("filing"))
    found = FiledMass.objects.filter(authority=authority, filing__year=year, filing__withdrawn_at=None)
    return dict(found.exclude(Exists(later)).values_list("mineral").annotate(kg=Sum("mass_kg")).order_by("mineral"))


def checks_of(authority: Organisation, importer: Organisation | None = None) -> QuerySet[Check]:
    """The authority's checks, of one importer or of all, newest first."""
    found = Check.objects.filter(organisation=authority)
    if importer is not None:
        found = found.filter(importer=importer)
    return found.select_related("importer", "filing", "recorded_by").order_by("-checked_on", "-pk")


def past_keeping(authority: Organisation, day: date) -> tuple[list[Filing], list[Check]]:
    """Files and checks at the desk that need not be kept, newest first; a file stays as long as its correction."""
    filings: dict[int, Filing] = {}
    past = filings_on_desk(authority).filter(keep_until__lt=day).annotate(corrected_by=F("replaced_by"))
    for filing in past.select_related("organisation").order_by("-pk"):
        if filing.corrected_by is None or filing.corrected_by in filings:
            filings[filing.pk] = filing
    return list(filings.values()), list(checks_of(authority).filter(keep_until__lt=day))


def concerns_at(authority: Organisation) -> QuerySet[Concern]:
    """The concerns addressed to an authority, newest first."""
    found = Concern.objects.filter(organisation=authority)
    return found.select_related("importer", "submitted_for").order_by("-received_at")


def concerns_by(person: Person) -> QuerySet[Concern]:
    """The concerns a person put in while signed in."""
    return Concern.objects.filter(submitted_by=person).select_related("organisation").order_by("-received_at")


def concern_visible_to(person: Person, pk: str) -> Concern | None:
    """A concern, for its authority and for the person who put it in."""
    if not person.is_authenticated:
        return None
    found = Concern.objects.filter(Q(organisation__in=person.organisation_ids()) | Q(submitted_by=person), pk=pk)
    return found.select_related("organisation", "importer", "submitted_by", "submitted_for").first()


def concern_of_receipt(receipt: str) -> Concern | None:
    """The concern that a receipt code opens, for whoever holds it."""
    digest = digest_of(receipt)
    return next(iter(Concern.objects.raw("SELECT * FROM authorities_concern_of_receipt(%s)", [digest])), None)


def files_of(concern: Concern) -> QuerySet[ConcernFile]:
    return ConcernFile.objects.filter(concern=concern).order_by("name")


def concern_file_visible_to(person: Person, pk: str) -> ConcernFile | None:
    found = ConcernFile.objects.filter(pk=pk).select_related("concern").first()
    return found if found and concern_visible_to(person, str(found.concern_id)) else None


def digest_of(receipt: str) -> str:
    """What is kept of a receipt code; as people read it out, without spaces, dashes and capitals."""
    plain = "".join(letter for letter in receipt.lower() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def waiting_at_desk_for(person: Person) -> tuple[QuerySet, ...]:
    """The files and the concerns that wait to be taken up at the desk of the person's authority."""
    authority = authority_of(person)
    if authority is None:
        return ()
    later = Filing.objects.filter(replaces=OuterRef("pk"))
    waiting = Filing.objects.filter(authority=authority.organisation_id, withdrawn_at=None, case=None)
    concerns = Concern.objects.filter(organisation=authority.organisation_id, state=Concern.State.RECEIVED)
    return waiting.exclude(Exists(later)), concerns
