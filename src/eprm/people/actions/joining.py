"""Somebody asks to work for an organisation that is here already, and is answered."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed, Overtaken
from eprm.people import letters, queries, rules
from eprm.people.actions.roles import join
from eprm.people.models import JoinRequest, Membership, Organisation, Person
from eprm.people.queries import joining


def ask_to_join(organisation: Organisation, *, sentence: str, by: Person, evidence: str = "") -> JoinRequest:
    """Ask to work for an organisation.

    One that is listed without people is given at once to whoever has a confirmed address at its domain; otherwise its
    managers are told, or the secretariat where it has none.
    """
    rules.can_ask_to_join(by, organisation, joining.waiting_count(by)).require()
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        try:
            with transaction.atomic():
                request = JoinRequest.objects.create(
                    organisation=organisation, person=by, sentence=sentence.strip(), evidence=evidence.strip()
                )
        except IntegrityError:
            raise Overtaken(
                _("You asked %(organisation)s already; its answer is still open.") % {"organisation": organisation}
            ) from None
        if not joining.has_people(organisation) and (domain := joining.shared_domain(by, organisation)):
            _close(request, JoinRequest.Outcome.ACCEPTED, by=None, role=Membership.Role.MANAGER)
            request.reason = _("Confirmed address at %(domain)s") % {"domain": domain}
            request.save(update_fields=["reason"])
            join(by, organisation, Membership.Role.MANAGER)
        else:
            letters.asked_to_join(request)
    return request


def answer_request(request: JoinRequest, *, accept: bool, by: Person, role: str = "", reason: str = "") -> JoinRequest:
    """Accept with a role, or refuse with a reason; whoever asked is told by mail.

    The first person of an organisation becomes its manager, for somebody must be able to invite the others.
    """
    with transaction.atomic():
        organisation = Organisation.objects.select_for_update().get(pk=request.organisation_id)
        locked = JoinRequest.objects.select_for_update(of=("self",)).select_related("person").get(pk=request.pk)
        locked.organisation = organisation
        managers = queries.manager_count(organisation)
        rules.can_answer_request(by, locked, managers).require()
        if not accept and not reason.strip():
            raise NotAllowed(_("A refusal needs a reason: %(person)s reads it.") % {"person": locked.person})
        outcome = JoinRequest.Outcome.ACCEPTED if accept else JoinRequest.Outcome.REFUSED
        given = (role or Membership.Role.READER) if managers else Membership.Role.MANAGER
        locked.reason = reason.strip()
        _close(locked, outcome, by=by, role=given if accept else "")
        if accept:
            join(locked.person, organisation, given)
        letters.answered(locked)
    return locked


def withdraw_request(request: JoinRequest, *, by: Person) -> None:
    """The person no longer asks."""
    with transaction.atomic():
        locked = JoinRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        rules.can_withdraw_request(by, locked).require()
        _close(locked, JoinRequest.Outcome.WITHDRAWN, by=by)


def _close(request: JoinRequest, outcome: str, *, by: Person | None, role: str = "") -> None:
    request.outcome, request.role = outcome, role
    request.decided_at, request.decided_by = timezone.now(), by
    request.save(update_fields=["outcome", "role", "reason", "decided_at", "decided_by"])
