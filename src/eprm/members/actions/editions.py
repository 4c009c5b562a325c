"""New editions of rules, forms and texts, made by the secretariat; a past edition is never edited."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed, Overtaken
from eprm.members import rules
from eprm.members.models import FormEdition, Question, Section, Text
from eprm.members.queries.dated import KINDS
from eprm.people.models import Person
from eprm.ui.words import day


def add_rule(kind: str, /, *, by: Person, **values: Any) -> Any:
    """One more row of these rules, in force from its day on. The row before it holds until then."""
    rules.can_keep_members(by).require()
    model, _keys = KINDS[kind]
    row = model(**values, made_by=by)
    row.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Overtaken(
            _("“%(rule)s” has a row from %(day)s already. Choose another day.")
            % {"rule": row, "day": day(row.valid_from)}
        ) from error
    return row


def add_text(*, kind: str, edition: str, valid_from: date, body: dict[str, str], source: str, by: Person) -> Text:
    """A new edition of a text. Members are asked to sign a new Memorandum by a daily job."""
    rules.can_keep_members(by).require()
    try:
        with transaction.atomic():
            return Text.objects.create(
                kind=kind, edition=edition.strip(), valid_from=valid_from, body=body, source=source.strip(), made_by=by
            )
    except IntegrityError as error:
        raise Overtaken(_("There is an edition of that name, or from that day, already.")) from error


def start_edition(base: FormEdition, *, title: str, valid_from: date, by: Person) -> FormEdition:
    """The next edition of the forms, as a copy to edit."""
    with transaction.atomic():
        rules.can_keep_members(by).require()
        if FormEdition.objects.filter(title=title.strip()).exists():
            raise Overtaken(_("There is an edition “%(title)s” already.") % {"title": title.strip()})
        edition = FormEdition.objects.create(
            title=title.strip(), valid_from=valid_from, source=base.source, verified=False, made_by=by
        )
        for section in Section.objects.filter(edition=base).prefetch_related("questions"):
            questions = list(section.questions.all())
            section.pk, section.edition = None, edition
            section._state.adding = True
            section.save()
            for question in questions:
                question.pk, question.section = None, section
                question._state.adding = True
            Question.objects.bulk_create(questions)
    return edition


def save_question(question: Question, *, by: Person, **values: Any) -> Question:
    """Change a question, or add one, in an edition that is not published."""
    with transaction.atomic():
        edition = _locked(question.section.edition, by)
        rules.can_edit_form(by, edition).require()
        for name, value in values.items():
            setattr(question, name, value)
        same = Question.objects.filter(section__edition=edition, key=question.key).exclude(pk=question.pk)
        if same.exists():
            raise NotAllowed(_("Another question of this edition has the key “%(key)s”.") % {"key": question.key})
        question.save()
    return question


def remove_question(question: Question, *, by: Person) -> None:
    with transaction.atomic():
        edition = _locked(question.section.edition, by)
        rules.can_edit_form(by, edition).require()
        question.delete()


def publish_edition(edition: FormEdition, *, by: Person) -> FormEdition:
    """From its day on new applications are asked this edition; it is not edited any more."""
    with transaction.atomic():
        locked = _locked(edition, by)
        rules.can_edit_form(by, locked).require()
        locked.published_at, locked.published_by = timezone.now(), by
        locked.save(update_fields=["published_at", "published_by"])
    return locked


def _locked(edition: FormEdition, by: Person) -> FormEdition:
    """The edition until the transaction ends. Who may not write cannot lock it either, and is told so first."""
    rules.can_keep_members(by).require()
    return FormEdition.objects.select_for_update().get(pk=edition.pk)
