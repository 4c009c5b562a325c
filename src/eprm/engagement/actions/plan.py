"""Every write of the engagement plan: whom to reach, how far it is, what took place."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.engagement import lifecycle, queries, rules
from eprm.engagement.mails import Mail
from eprm.engagement.models import Contact, Entry, Target
from eprm.people.models import Organisation, Person


@transaction.atomic
def add_target(
    *,
    name: str,
    kind: str,
    goal: str,
    owner: Person,
    by: Person,
    priority: int = Target.Priority.SECOND,
    country: str = "",
    website: str = "",
    organisation: Organisation | None = None,
    next_step: str = "",
    next_on: date | None = None,
) -> Target:
    """A partner to reach, with the goal and who looks after it."""
    rules.can_engage(by).require()
    _may_own(owner)
    name = " ".join(name.split())
    if Target.objects.filter(name__iexact=name).exists():
        raise NotAllowed(_("“%(name)s” is in the plan already. Open that entry.") % {"name": name})
    return Target.objects.create(
        name=name,
        kind=kind,
        goal=goal.strip(),
        owner=owner,
        priority=priority,
        country=country,
        website=website,
        organisation=organisation,
        next_step=next_step.strip(),
        next_on=next_on,
        stage_since=timezone.localdate(),
    )


@transaction.atomic
def change_target(target: Target, *, by: Person, **facts: object) -> Target:
    """Correct what the plan says; its history keeps what it said before."""
    rules.can_engage(by).require()
    if "owner" in facts:
        _may_own(facts["owner"])
    for name in ("name", "kind", "goal", "owner", "priority", "country", "website", "organisation"):
        if name in facts:
            setattr(target, name, facts[name])
    target.save()
    return target


@transaction.atomic
def plan_step(target: Target, *, stage: str, next_step: str, next_on: date | None, by: Person) -> Target:
    """Where the talks stand, and what comes next by when."""
    rules.can_engage(by).require()
    target = Target.objects.select_for_update(of=("self",)).get(pk=target.pk)
    if stage in lifecycle.UNDER_WAY and not (next_step.strip() and next_on):
        raise NotAllowed(_("Under way, a next step and its day are needed. Choose “resting” where nothing comes next."))
    if target.stage != stage:
        target.stage, target.stage_since = stage, timezone.localdate()
    target.next_step, target.next_on = next_step.strip(), next_on
    target.save()
    return target


def _may_own(owner: object) -> None:
    if not isinstance(owner, Person) or not owner.is_secretariat:
        raise NotAllowed(
            _("%(person)s does not work for the secretariat, so cannot look after it.") % {"person": owner}
        )


@transaction.atomic
def add_contact(
    *,
    target: Target,
    name: str,
    source: str,
    by: Person,
    task: str = "",
    email: str = "",
    phone: str = "",
    language: str = "en",
) -> Contact:
    """Somebody to write to there, and where the address is from."""
    rules.can_engage(by).require()
    return Contact.objects.create(
        target=target,
        name=name.strip(),
        task=task.strip(),
        email=email.strip().lower(),
        phone=phone.strip(),
        language=language,
        source=source.strip(),
        since=timezone.localdate(),
    )


@transaction.atomic
def end_contact(*, contact: Contact, by: Person) -> None:
    """The person is the contact no longer; the address is forgotten, the name stays with what was said."""
    rules.can_engage(by).require()
    contact.until, contact.email, contact.phone = timezone.localdate(), "", ""
    contact.save(update_fields=["until", "email", "phone"])


@transaction.atomic
def log_contact(*, target: Target, kind: str, happened_on: date, subject: str, by: Person, text: str = "") -> Entry:
    """Note a contact that took place."""
    rules.can_engage(by).require()
    if happened_on > timezone.localdate():
        raise NotAllowed(_("A contact is noted once it took place; the day you gave lies ahead."))
    return Entry.objects.create(
        target=target, kind=kind, happened_on=happened_on, subject=subject.strip(), text=text.strip(), written_by=by
    )


@transaction.atomic
def log_mail(*, mail: Mail, by: Person, target: Target | None = None) -> tuple[Entry, bool]:
    """Keep a mail with the partner it was exchanged with; answers the entry, and False where it was there already.

    Without a `target` its addresses say whose it is; a mail that fits nobody or several waits to be filed.
    """
    rules.can_engage(by).require()
    if mail.message_id and (known := Entry.objects.filter(message_id=mail.message_id).first()):
        return known, False
    if target is None:
        fitting = list(queries.targets_with_address(mail.addresses)[:2])
        target = fitting[0] if len(fitting) == 1 else None
    entry = Entry.objects.create(
        target=target,
        kind=Entry.Kind.MAIL,
        happened_on=mail.sent_on or timezone.localdate(),
        subject=mail.subject,
        text=mail.text,
        sender=mail.sender,
        message_id=mail.message_id,
        written_by=by,
    )
    return entry, True


@transaction.atomic
def file_entry(*, entry: Entry, target: Target, by: Person) -> None:
    """Say whose a mail is that fitted nobody."""
    rules.can_engage(by).require()
    if not Entry.objects.filter(pk=entry.pk, target=None).update(target=target):
        raise NotAllowed(_("This mail has been filed meanwhile."))
