"""The applicant's writes: begin, answer, attach, give figures, sign, send, withdraw."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base import locks
from eprm.base.errors import NotAllowed, Overtaken
from eprm.base.files import keep_bytes
from eprm.members import lifecycle, rules
from eprm.members.models import Answer, Application, Evidence, Figures, Holding, Question, Signature, Text
from eprm.members.models.editions import said
from eprm.members.queries import applications as queries
from eprm.members.queries import contributions, dated
from eprm.members.queries.membership import member_on
from eprm.people.models import Organisation, Person
from eprm.ui.languages import second_language


def start_application(organisation: Organisation, *, pillar: str, by: Person, on: date | None = None) -> Application:
    """Begin an application in a pillar, on the edition of the forms in force."""
    day = on or timezone.localdate()
    with transaction.atomic():
        locks.hold(f"member {organisation.pk}")
        running = Application.objects.filter(organisation=organisation, state__in=lifecycle.OPEN).first()
        owed = sum(invoice.owed for invoice in contributions.open_invoices_of(organisation))
        rules.can_apply(by, organisation, running=running, member=member_on(organisation.pk, day), owed=owed).require()
        edition = dated.form_on(day)
        if edition is None:
            raise NotAllowed(
                _("The application forms are not published yet. Write to the secretariat, or come back soon.")
            )
        return Application.objects.create(
            organisation=organisation,
            edition=edition,
            pillar=pillar,
            started_by=by,
            language=second_language(by.language),
        )


def save_answers(
    application: Application,
    *,
    values: Mapping[Question, str],
    by: Person,
    files: Mapping[Question, Iterable[tuple[str, bytes]]] | None = None,
) -> None:
    """Keep these answers as they are, also unfinished ones: an empty answer takes the former away."""
    with transaction.atomic():
        locked = _locked(application, by)
        rules.can_edit(by, locked).require()
        known = {answer.question_id: answer for answer in Answer.objects.filter(application=locked)}
        for question, value in values.items():
            _save_answer(locked, question, value, known.get(question.pk), by)
        for question, sent in (files or {}).items():
            for name, content in sent:
                _keep_evidence(locked, question, name, content)


def _save_answer(application: Application, question: Question, value: str, known: Answer | None, by: Person) -> None:
    if known is None and value:
        Answer.objects.create(
            application=application,
            organisation_id=application.organisation_id,
            question=question,
            value=value,
            saved_by=by,
        )
    elif known is not None and known.value != value:
        known.value, known.saved_by = value, by
        known.save(update_fields=["value", "saved_by", "saved_at"])


def _keep_evidence(application: Application, question: Question, name: str, content: bytes) -> None:
    Evidence.objects.get_or_create(
        application=application,
        question=question,
        sha256=keep_bytes(content),
        defaults={"organisation_id": application.organisation_id, "name": name[-255:], "size": len(content)},
    )


def remove_evidence(evidence: Evidence, *, by: Person) -> None:
    """Take a file back while the application is still written."""
    with transaction.atomic():
        rules.can_edit(by, _locked(evidence.application, by)).require()
        evidence.delete()


def save_size(
    application: Application,
    *,
    figures: Iterable[Mapping[str, Any]],
    holdings: Iterable[Mapping[str, Any]],
    chosen_class: str,
    is_association: bool,
    public_percent: Any,
    by: Person,
) -> Application:
    """What decides the fee class. The figures replace what stood there; their history keeps it."""
    with transaction.atomic():
        locked = _locked(application, by)
        rules.can_edit(by, locked).require()
        locked.chosen_class, locked.is_association = chosen_class, is_association
        locked.public_percent = public_percent or 0
        locked.save(update_fields=["chosen_class", "is_association", "public_percent"])
        for told in figures:
            values = {key: told[key] for key in ("staff", "turnover", "balance_sheet")}
            Figures.objects.update_or_create(
                application=locked, year=told["year"], defaults={"organisation_id": locked.organisation_id, **values}
            )
        Holding.objects.filter(application=locked).delete()
        Holding.objects.bulk_create(
            Holding(application=locked, organisation_id=locked.organisation_id, **told) for told in holdings
        )
    return locked


def sign_text(
    application: Application, text: Text, *, name: str, position: str, by: Person, language: str | None = None
) -> Signature:
    """Sign the declaration on sanctions, or say that guidelines and the data notice were read."""
    with transaction.atomic():
        locked = _locked(application, by)
        rules.can_edit(by, locked).require()
        rules.can_sign_for(by, locked.organisation_id).require()
        known = Signature.objects.filter(application=locked, text=text).first()
        return known or _sign(locked.organisation, text, locked, name, position, by, language)


def _sign(
    organisation: Organisation,
    text: Text,
    application: Application | None,
    name: str,
    position: str,
    by: Person,
    language: str | None,
) -> Signature:
    spoken = second_language(language)
    words = said(text.body, spoken)
    return Signature.objects.create(
        organisation=organisation,
        text=text,
        application=application,
        signed_by=by,
        name=name.strip(),
        position=position.strip(),
        language=spoken,
        sha256=hashlib.sha256(words.encode()).hexdigest(),
    )


def sign_mou(
    organisation: Organisation,
    text: Text,
    *,
    name: str,
    position: str,
    by: Person,
    language: str | None = None,
) -> Signature:
    """Sign an edition of the Memorandum, once. A second click, or a replayed form, is told who signed and when."""
    with transaction.atomic():
        locks.hold(f"mou {organisation.pk}")
        known = Signature.objects.filter(organisation=organisation, text=text).first()
        rules.can_sign_mou(by, organisation.pk, known).require()
        return _sign(organisation, text, None, name, position, by, language)


def sign_application(application: Application, text: Text, *, name: str, position: str, by: Person) -> Application:
    """Sign the Memorandum after the board's vote; the secretariat countersigns then."""
    with transaction.atomic():
        locked = _locked(application, by)
        known = Signature.objects.filter(application=locked, text=text).first()
        rules.can_sign_application(by, locked, known).require()
        former = Signature.objects.filter(organisation=locked.organisation_id, text=text, application=None).first()
        if former is None:
            _sign(locked.organisation, text, locked, name, position, by, None)
        locked.state = lifecycle.SIGNED
        locked.save(update_fields=["state"])
    return locked


def send_application(application: Application, *, by: Person) -> Application:
    """Hand it in. From now on it is read as it came; the fee class found stands with it."""
    with transaction.atomic():
        locked = _locked(application, by)
        if locked.state == lifecycle.SUBMITTED:
            raise Overtaken(_("It was sent already. The secretariat checks it."))
        rules.can_send(by, locked, len(queries.gaps_of(locked))).require()
        fee = queries.fee_of(locked, timezone.localdate())
        locked.state, locked.submitted_by, locked.submitted_at = lifecycle.SUBMITTED, by, timezone.now()
        locked.language, locked.fee_class = second_language(by.language), fee.rule.fee_class if fee else ""
        try:
            with transaction.atomic():
                locked.save()
        except IntegrityError as error:  # the database allows one running application an organisation
            raise Overtaken(_("Another application of your organisation is under way.")) from error
    return locked


def withdraw_application(application: Application, *, by: Person) -> Application:
    """The applicant takes it back; nothing more is done with it."""
    with transaction.atomic():
        locked = _locked(application, by)
        rules.can_withdraw(by, locked).require()
        locked.state = lifecycle.WITHDRAWN
        locked.save(update_fields=["state"])
    return locked


def _locked(application: Application, by: Person) -> Application:
    """The row until the transaction ends. Who may not write cannot lock it either, and is told so first."""
    rules.can_write_for(by, application.organisation_id).require()
    locked = Application.objects.select_for_update(of=("self",)).select_related("organisation", "edition")
    return locked.get(pk=application.pk)
