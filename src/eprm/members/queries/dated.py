"""The dated rows in force on a day: fees, ceilings, the board's rules, duties, terms, texts and forms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet

from eprm.members.models import BoardRule, DutyRule, FeeRule, FormEdition, Question, Section, SizeRule, TermsRule, Text
from lode import ballot, enterprise, membership

# What the secretariat can make a new edition of, by the word in its page's address; and what makes two rows one rule.
KINDS: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "fees": (FeeRule, ("pillar", "fee_class", "condition")),
    "sizes": (SizeRule, ("size",)),
    "board": (BoardRule, ("kind",)),
    "duties": (DutyRule, ("key",)),
    "terms": (TermsRule, ()),
}


def rows_of(kind: str) -> QuerySet[Any]:
    """Every edition of these rules, the past ones too."""
    return KINDS[kind][0].objects.select_related("made_by").all()


def in_force(kind: str, on: date) -> list[Any]:
    """Of each rule of this kind the row that holds on the day."""
    model, keys = KINDS[kind]
    newest: dict[tuple[Any, ...], Any] = {}
    for row in model.objects.filter(valid_from__lte=on).order_by("valid_from", "pk"):
        newest[tuple(getattr(row, key) for key in keys)] = row
    return list(newest.values())


def fee_rules() -> list[membership.FeeRule]:
    """Every fee rule as the field's rules take it."""
    return [
        membership.FeeRule(
            row.pillar, row.fee_class, row.condition, row.amount, row.currency, row.valid_from, row.order
        )
        for row in FeeRule.objects.all()
    ]


def fee_row_on(pillar: str, fee_class: str, on: date) -> FeeRule | None:
    """The row that says what members of a class give on a day."""
    found = FeeRule.objects.filter(pillar=pillar, fee_class=fee_class, valid_from__lte=on)
    return found.order_by("-valid_from", "order").first()


def ceilings_on(on: date) -> list[enterprise.Ceilings]:
    return [
        enterprise.Ceilings(row.size, row.staff_below, row.turnover_up_to, row.balance_sheet_up_to)
        for row in in_force("sizes", on)
    ]


def board_rule_on(on: date, kind: str = BoardRule.Kind.ORDINARY) -> BoardRule | None:
    return BoardRule.objects.filter(kind=kind, valid_from__lte=on).order_by("-valid_from").first()


def as_ballot_rule(row: BoardRule) -> ballot.BallotRule:
    return ballot.BallotRule(
        quorum=ballot.fraction_of(row.quorum),
        pillar_quorum=ballot.fraction_of(row.pillar_quorum),
        majority=ballot.fraction_of(row.majority),
        or_equal=row.or_equal,
        pillars=row.pillars,
        block=ballot.fraction_of(row.block) if row.block else None,
        open_call=row.open_call,
    )


def terms_on(on: date) -> TermsRule | None:
    return TermsRule.objects.filter(valid_from__lte=on).order_by("-valid_from").first()


def text_on(kind: str, on: date) -> Text | None:
    """The edition of a text to be signed on a day."""
    return Text.objects.filter(kind=kind, valid_from__lte=on).order_by("-valid_from").first()


def texts() -> QuerySet[Text]:
    return Text.objects.select_related("made_by").order_by("kind", "-valid_from")


def form_on(on: date) -> FormEdition | None:
    """The edition of the forms for applications that begin on a day."""
    found = FormEdition.objects.filter(valid_from__lte=on, published_at__isnull=False)
    return found.order_by("-valid_from", "-pk").first()


def form_editions() -> QuerySet[FormEdition]:
    return FormEdition.objects.select_related("published_by").order_by("-valid_from", "-pk")


def questions_of(edition: FormEdition, pillar: str = "") -> list[Question]:
    """The questions of an edition in their order; with a pillar, those it is asked."""
    found = Question.objects.filter(section__edition=edition).select_related("section")
    ordered = found.order_by("section__position", "position", "pk")
    return [question for question in ordered if not pillar or question.pillar in ("", pillar)]


def is_asked(question: Question, answers: dict[str, str]) -> bool:
    """Whether a question's condition ("key=value") is met by the answers so far."""
    key, _sign, wanted = question.required_if.partition("=")
    return not key or wanted in answers.get(key, "").split("\n")


def by_section(questions: Iterable[Question]) -> dict[str, list[Question]]:
    parts: dict[str, list[Question]] = {}
    for question in questions:
        parts.setdefault(question.section.key, []).append(question)
    return parts


def questions() -> QuerySet[Question]:
    return Question.objects.select_related("section__edition")


def sections() -> QuerySet[Section]:
    return Section.objects.select_related("edition")


def title_of_duty(key: str) -> dict[str, str]:
    """What a duty is called, by language: as in its row before, else its own word."""
    before = DutyRule.objects.filter(key=key).order_by("-valid_from").first()
    return before.title if before else {"en": str(DutyRule.Key(key).label)}
