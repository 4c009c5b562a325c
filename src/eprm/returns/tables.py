"""The tables of returns, answers, editions, questions and group figures, and how each is narrowed."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from eprm.people.models import Organisation
from eprm.returns import lifecycle
from eprm.returns.models import Answer, Figure, Question, Return
from eprm.returns.queries.answers import Line
from eprm.returns.queries.returns import light_of
from eprm.ui import parts, words
from eprm.ui.tables import Column, Table
from lode.anonymous import Hidden

RETURNS = _("Members’ yearly returns")
HIDDEN_WORDS = {
    Hidden.TOO_FEW.value: _("not shown: too few members"),
    Hidden.WOULD_TELL.value: _("not shown: with the other figures it would tell of a small group"),
    Hidden.DOMINATED.value: _("not shown: one or two members make most of it"),
}
LIGHTS = {
    "green": _("done by the member"),
    "yellow": pgettext_lazy("return", "due"),
    "red": _("late"),
    "none": _("there is time"),
}


def state_pill(state: str) -> SafeString:
    return parts.status(f"return.{state}")


def light_words(this: Return) -> str:
    return str(LIGHTS[light_of(this, timezone.localdate())])


def light_pill(this: Return) -> SafeString:
    light = light_of(this, timezone.localdate())
    return parts.status(light, LIGHTS[light])


def said(answer: Answer | None) -> str:
    """An answer in words; nothing for one nobody gave."""
    if answer is None:
        return ""
    if answer.level:
        reviewed = f" ({words.day(answer.reviewed_on)})" if answer.reviewed_on else ""
        return f"{answer.get_level_display()}{reviewed}"
    if answer.number is not None and answer.whole is not None:
        return gettext("%(part)s of %(whole)s") % {
            "part": words.number(answer.number),
            "whole": words.number(answer.whole),
        }
    return words.number(answer.number) if answer.number is not None else answer.text


class OwnReturnTable(Table):
    year = Column(_("Year"), link="returns:return_detail", show=lambda this: str(this.year))
    state = Column(
        _("State"),
        show=lambda this: parts.status(lifecycle.STATES[this.state].tone, lifecycle.STATES[this.state].member_label),
        export=lambda this: this.state,
    )
    due_on = Column(_("Due"))
    submitted_at = Column(_("Sent"), blank=_("not yet"))
    closed_at = Column(_("Closed"), blank=_("not yet"))

    class Meta:
        caption = _("Your returns")
        source = RETURNS


class ReviewTable(Table):
    organisation = Column(_("Member"), accessor="organisation__name", link="returns:review_detail")
    year = Column(_("Year"), show=lambda this: str(this.year))
    pillar = Column(
        _("Pillar"), show=lambda this: this.get_pillar_display(), export=lambda this: this.get_pillar_display()
    )
    state = Column(_("State"), show=lambda this: state_pill(this.state), export=lambda this: this.state)
    version = Column(_("Version"), accessor="version_number", align="end", blank=_("none sent"))
    open_questions = Column(_("Open questions"), unit=_("comments"))
    submitted_at = Column(_("Sent"), blank=_("not yet"))
    due_on = Column(_("Due"))

    class Meta:
        caption = _("Returns")
        source = RETURNS


class ReviewFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Member"), field_name="organisation__name", lookup_expr="icontains")
    year = django_filters.NumberFilter(label=_("Year"))
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(key, state.label) for key, state in lifecycle.STATES.items()],
        empty_label=_("all"),
    )
    pillar = django_filters.ChoiceFilter(label=_("Pillar"), choices=Organisation.Pillar.choices, empty_label=_("all"))

    class Meta:
        model = Return
        fields = ("q", "year", "state", "pillar")


class BoardTable(Table):
    """State and days of every member's return: nothing that stands in it."""

    organisation = Column(_("Member"), accessor="organisation__name")
    pillar = Column(
        _("Pillar"), show=lambda this: this.get_pillar_display(), export=lambda this: this.get_pillar_display()
    )
    light = Column(_("Duty"), accessor="pk", sort=False, show=light_pill, export=light_words)
    state = Column(_("State"), show=lambda this: state_pill(this.state), export=lambda this: this.state)
    due_on = Column(_("Due"))
    submitted_at = Column(_("Sent"), blank=_("not yet"))
    closed_at = Column(_("Closed"), blank=_("not yet"))

    class Meta:
        caption = _("All members")
        source = RETURNS


def _changes(line: Line) -> str:
    return said(line.last) if line.last else ""


class AnswerTable(Table):
    """A whole version, a line each question; unanswered is a word of its own."""

    step = Column(_("Step"), accessor="question__part", sort=False)
    question = Column(_("Question"), accessor="question", sort=False, export=lambda line: line.question.said)
    answer = Column(
        _("Answer"),
        accessor="pk",
        empty_values=(),
        sort=False,
        show=lambda line: said(line.answer) or gettext("not answered"),
        export=lambda line: said(line.answer),
    )
    unit = Column(_("Unit"), accessor="question__unit", sort=False)
    note = Column(_("Note"), accessor="answer__note", sort=False)
    origin = Column(
        _("Where from"),
        accessor="answer__source",
        sort=False,
        blank=_("own words"),
    )
    evidence = Column(
        _("Evidence"),
        accessor="evidence",
        sort=False,
        align="end",
        show=lambda line: len(line.evidence) or "",
        export=lambda line: len(line.evidence),
    )
    last = Column(_("Last year"), accessor="last", empty_values=(), sort=False, show=_changes, export=_changes)

    class Meta:
        caption = _("Answers")
        source = RETURNS
        per_page = 200


class EditionTable(Table):
    name = Column(
        _("Edition"), accessor="year", link="returns:edition_detail", show=str, export=str, order_by=("year", "number")
    )
    state = Column(
        _("State"),
        show=lambda edition: parts.status(f"edition.{edition.state}"),
        export=lambda edition: edition.state,
    )
    questions_count = Column(_("Questions"), unit=_("questions"))
    opens_on = Column(_("Opens"))
    due_on = Column(_("Due"))
    in_force_at = Column(_("In force since"), blank=_("not yet"))

    class Meta:
        caption = _("Editions of the questionnaire")
        source = _("The secretariat’s questionnaire")


def _asked_of(question: Question) -> str:
    tiers = dict(Organisation.Tier.choices)
    of = ", ".join(str(tiers.get(tier, tier)) for tier in question.tiers)
    return f"{question.get_pillar_display()}: {of}" if of else str(question.get_pillar_display())


class QuestionTable(Table):
    part = Column(_("Part"), order_by=("step", "position"))
    text = Column(_("Question"), sort=False, show=lambda question: question.said)
    key = Column(_("Key"))
    asked_of = Column(_("Asked of"), accessor="pillar", show=_asked_of, export=_asked_of)
    kind = Column(_("Answer"), show=lambda question: question.get_kind_display(), export=lambda question: question.kind)
    weight = Column(_("Weight"), align="end")
    short_form = Column(
        _("Short form"),
        show=lambda question: gettext("yes") if question.short_form else "",
        export=lambda question: question.short_form,
    )
    verified = Column(
        _("Source"),
        show=lambda question: question.source if question.verified else f"{question.source} {gettext('(unverified)')}",
        export=lambda question: question.source,
    )

    class Meta:
        caption = _("Questions")
        source = _("The secretariat’s questionnaire")
        per_page = 200

    def __init__(self, *args: Any, editable: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if editable:
            self.columns["text"].column.link_to = "returns:question_edit"


class QuestionFilter(django_filters.FilterSet):
    pillar = django_filters.ChoiceFilter(label=_("Pillar"), choices=Organisation.Pillar.choices, empty_label=_("all"))
    step = django_filters.ChoiceFilter(
        label=_("Step"), choices=[(str(n), str(n)) for n in range(1, 6)], empty_label=_("all")
    )
    short_form = django_filters.BooleanFilter(label=_("Short form"))
    verified = django_filters.BooleanFilter(label=_("Confirmed at the source"))

    class Meta:
        model = Question
        fields = ("pillar", "step", "short_form", "verified")


def _figure(figure: Figure) -> str:
    if figure.hidden:
        return str(HIDDEN_WORDS.get(figure.hidden, figure.hidden))
    if figure.measure == Figure.Measure.SHARE:
        return words.number(figure.value, "%")
    if figure.whole is not None:
        told = {"part": words.number(figure.value), "whole": words.number(figure.whole)}
        return gettext("%(part)s of %(whole)s") % told
    return words.number(figure.value)


class SumTable(Table):
    """Sums and parts of wholes over all members."""

    what = Column(_("What"), accessor="what", sort=False)
    value = Column(
        _("All members together"),
        accessor="figure",
        sort=False,
        align="end",
        show=lambda row: _figure(row.figure),
        export=lambda row: _figure(row.figure),
    )
    unit = Column(_("Unit"), accessor="unit", sort=False)
    members = Column(
        _("Gave a figure"), accessor="figure__members", unit=_("members"), sort=False, blank=_("not shown")
    )

    class Meta:
        caption = _("Figures added up over all members")
        source = RETURNS


class PublicationTable(Table):
    name = Column(_("Edition"), accessor="year", show=str, export=str, order_by=("year", "number"))
    members = Column(_("Counted"), unit=_("returns"))
    expected = Column(_("Opened"), unit=_("returns"))
    made_at = Column(_("Made"))
    note = Column(_("Note"), sort=False)

    class Meta:
        caption = _("Group figures made so far")
        source = RETURNS
