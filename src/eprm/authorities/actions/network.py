"""Every write of the authorities' network: who is named, contacts, notes and questions, the dated rules."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.authorities import queries, rules
from eprm.authorities.models import CompetentAuthority, Contact, KeepingRule, Reply, Topic
from eprm.base.errors import NotAllowed
from eprm.people.models import Organisation, Person


@transaction.atomic
def name_authority(
    *,
    organisation: Organisation,
    member_state: str,
    source: str,
    by: Person,
    website: str = "",
    languages: str = "",
    takes_filings: bool = False,
    verified: bool = False,
    since: date | None = None,
) -> CompetentAuthority:
    """Note that a Member State has named this organisation, and by which source."""
    rules.can_keep_network(by).require()
    if organisation.tier != Organisation.Tier.GOVERNMENT:
        raise NotAllowed(
            _("%(organisation)s is registered as %(tier)s. Only a government or authority can be named.")
            % {"organisation": organisation, "tier": organisation.get_tier_display()}
        )
    if CompetentAuthority.objects.filter(organisation=organisation).exists():
        raise NotAllowed(_("%(organisation)s is on the list already.") % {"organisation": organisation})
    return CompetentAuthority.objects.create(
        organisation=organisation,
        member_state=member_state,
        website=website,
        languages=languages,
        takes_filings=takes_filings,
        source=source,
        verified=verified,
        since=since,
    )


@transaction.atomic
def edit_authority(authority: CompetentAuthority, *, by: Person, **facts: object) -> CompetentAuthority:
    """Correct what the list says of an authority; its history keeps what it said before."""
    rules.can_keep_network(by).require()
    for name in ("member_state", "website", "languages", "takes_filings", "source", "verified", "since", "until"):
        if name in facts:
            setattr(authority, name, facts[name])
    authority.save()
    return authority


@transaction.atomic
def keep_contact(
    *, authority: CompetentAuthority, name: str, email: str, by: Person, task: str = "", phone: str = ""
) -> Contact:
    """A new contact at an authority, confirmed today."""
    rules.can_keep_contact(by, authority).require()
    return Contact.objects.create(
        authority=authority, name=name, task=task, email=email, phone=phone, confirmed_on=timezone.localdate()
    )


@transaction.atomic
def confirm_contact(*, contact: Contact, by: Person) -> None:
    """The contact still holds."""
    rules.can_keep_contact(by, contact.authority).require()
    contact.confirmed_on = timezone.localdate()
    contact.save(update_fields=["confirmed_on"])


@transaction.atomic
def end_contact(*, contact: Contact, by: Person) -> None:
    """The person is the contact no longer."""
    rules.can_keep_contact(by, contact.authority).require()
    contact.until = timezone.localdate()
    contact.save(update_fields=["until"])


@transaction.atomic
def write_topic(*, of: Organisation, kind: str, title: str, text: str, by: Person, clause: str = "") -> Topic:
    """A note for the network, or a question to it."""
    _may_write(by, of)
    return Topic.objects.create(
        of=of, kind=kind, title=title.strip(), text=text.strip(), clause=clause.strip(), written_by=by
    )


@transaction.atomic
def answer_topic(*, topic: Topic, of: Organisation, text: str, by: Person) -> Reply:
    """An answer to a note or question."""
    _may_write(by, of)
    if topic.settled_at is not None:
        raise NotAllowed(_("This question is settled. Ask a new one, and name this one in it."))
    return Reply.objects.create(topic=topic, of=of, text=text.strip(), written_by=by)


@transaction.atomic
def settle_topic(*, topic: Topic, by: Person) -> None:
    """Whoever asked says that it is answered."""
    _may_write(by, topic.of)
    Topic.objects.filter(pk=topic.pk, settled_at=None).update(settled_at=timezone.now())


def _may_write(by: Person, of: Organisation) -> None:
    rules.can_write_in_network(by, queries.authority_of(by)).require()
    if by.role_in(of.pk) is None:
        raise NotAllowed(_("You do not work for %(organisation)s, so you cannot write for it.") % {"organisation": of})


@transaction.atomic
def set_keeping_rule(
    *, keep_years: int, check_within_years: int, since: date, source: str, verified: bool, by: Person
) -> KeepingRule:
    """How long records are kept, and how often an importer is checked at least, from a day on."""
    rules.can_keep_network(by).require()
    if KeepingRule.objects.filter(since=since).exists():
        raise NotAllowed(_("A rule from that day on is there already. Choose another day."))
    return KeepingRule.objects.create(
        keep_years=keep_years, check_within_years=check_within_years, since=since, source=source, verified=verified
    )
