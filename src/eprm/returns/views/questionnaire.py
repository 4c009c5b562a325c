"""The questionnaire: its editions, their questions, how they differ, what they look like to a member."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from eprm.base.errors import NotAllowed
from eprm.diligence.company.access import today
from eprm.returns import rules, tables
from eprm.returns.actions import editions as actions
from eprm.returns.forms import AnswerForm, NewEditionForm, PreviewForm, QuestionForm, RulesForm
from eprm.returns.models import Edition, Question
from eprm.returns.queries import editions as queries
from eprm.returns.queries.answers import Line
from eprm.ui.languages import second_language
from eprm.ui.parts import status
from eprm.ui.tables import Empty, respond
from lode import oecd


def _edition(request: HttpRequest, pk: int) -> Edition:
    rules.can_read_returns(request.user).require()
    return get_object_or_404(queries.editions_visible_to(request.user), pk=pk)


@login_required
def edition_list(request: HttpRequest) -> HttpResponse:
    rules.can_read_returns(request.user).require()
    empty = Empty(title=_("There is no edition yet"), text=_("Begin with the questions the platform comes with."))
    table = tables.EditionTable(queries.editions_visible_to(request.user), on=today(), empty=empty)
    return respond(request, table, "returns/edition_list.html")


@login_required
def edition_new(request: HttpRequest) -> HttpResponse:
    """A draft: from another edition, or from what the platform comes with."""
    rules.can_read_returns(request.user).require()
    known = queries.editions_visible_to(request.user)
    initial = {"year": today().year, "copy_of": request.GET.get("from") or known.first()}
    form = NewEditionForm(request.POST or None, editions=known, initial=initial)
    if request.method == "POST" and form.is_valid():
        edition = actions.begin_edition(**form.cleaned_data, by=request.user)
        messages.success(request, _("The draft %(edition)s is ready to be changed.") % {"edition": edition})
        return redirect("returns:edition_detail", edition.pk)
    return render(request, "returns/edition_new.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
def edition_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition: its rules, its questions, and what may be done with it."""
    edition = _edition(request, pk)
    changing = rules.can_change_edition(request.user, edition)
    found = tables.QuestionFilter(request.GET, queries.question_rows(edition))
    table = tables.QuestionTable(found.qs, on=today(), editable=bool(changing))
    context = {
        "edition": edition,
        "filter": found,
        "changing": changing,
        "state_pill": status(f"edition.{edition.state}"),
        "putting_in_force": rules.can_put_in_force(request.user, edition, queries.problems_of(edition)),
        "others": queries.editions_visible_to(request.user).exclude(pk=pk),
        "rules": [(Edition._meta.get_field(name).verbose_name, getattr(edition, name)) for name in queries.RULES],
    }
    return respond(request, table, "returns/edition_detail.html", context)


@login_required
def edition_rules(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft's dates, points and limits."""
    edition = _edition(request, pk)
    rules.can_change_edition(request.user, edition).require()
    form = RulesForm(request.POST or None, instance=edition)
    if request.method == "POST" and form.is_valid():
        actions.change_rules(edition, by=request.user, **form.cleaned_data)
        messages.success(request, _("The change is saved."))
        return redirect("returns:edition_detail", pk)
    context = {"form": form, "edition": edition}
    return render(request, "returns/edition_rules.html", context, status=422 if form.is_bound else 200)


@login_required
def question_new(request: HttpRequest, pk: int) -> HttpResponse:
    edition = _edition(request, pk)
    rules.can_change_edition(request.user, edition).require()
    form = QuestionForm(request.POST or None, initial={"weight": 2, "position": 1000})
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_question(edition, by=request.user, **form.fields_given())
        except NotAllowed as refusal:
            form.add_error("key", refusal.reason)
        else:
            messages.success(request, _("The question is in the draft."))
            return redirect("returns:edition_detail", pk)
    context = {"form": form, "edition": edition}
    return render(request, "returns/question_new.html", context, status=422 if form.is_bound else 200)


def _question(request: HttpRequest, pk: int) -> Question:
    rules.can_read_returns(request.user).require()
    question = get_object_or_404(queries.questions_visible_to(request.user), pk=pk)
    rules.can_change_edition(request.user, question.edition).require()
    return question


@login_required
def question_edit(request: HttpRequest, pk: int) -> HttpResponse:
    question = _question(request, pk)
    form = QuestionForm(request.POST or None, instance=question)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_question(question, by=request.user, **form.fields_given())
        except NotAllowed as refusal:
            form.add_error("key", refusal.reason)
        else:
            messages.success(request, _("The change is saved."))
            return redirect("returns:edition_detail", question.edition_id)
    context = {"form": form, "question": question, "edition": question.edition}
    return render(request, "returns/question_edit.html", context, status=422 if form.is_bound else 200)


@require_POST
@login_required
def question_remove(request: HttpRequest, pk: int) -> HttpResponse:
    question = _question(request, pk)
    actions.remove_question(question, by=request.user)
    messages.success(request, _("“%(key)s” is no longer in the draft.") % {"key": question.key})
    return redirect("returns:edition_detail", question.edition_id)


@require_POST
@login_required
def edition_in_force(request: HttpRequest, pk: int) -> HttpResponse:
    edition = actions.put_in_force(_edition(request, pk), by=request.user)
    messages.success(request, _("Edition %(edition)s is in force and stays as it is.") % {"edition": edition})
    return redirect("returns:edition_detail", pk)


@login_required
def edition_compare(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """What differs between an earlier edition (`other`) and this one."""
    edition, before = _edition(request, pk), _edition(request, other)
    context = {"edition": edition, "before": before, "comparison": queries.compare(before, edition)}
    return render(request, "returns/edition_compare.html", context)


@login_required
def edition_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions as a member of a pillar and place in the chain gets them."""
    edition = _edition(request, pk)
    form = PreviewForm(request.GET or {"pillar": "supply_chain", "tier": "brand"})
    asked = (
        queries.questions_for(edition.pk, form.cleaned_data["pillar"], form.cleaned_data["tier"])
        if form.is_valid()
        else []
    )
    if form.is_valid() and form.cleaned_data["short"]:
        asked = [question for question in asked if question.short_form]
    language = second_language()
    shown = [
        (step.key, step.name(language), [_previewed(question) for question in asked if question.step == step.key])
        for step in oecd.steps()
    ]
    context = {"edition": edition, "form": form, "steps": shown, "count": len(asked)}
    return render(request, "returns/edition_preview.html", context)


def _previewed(question: Question) -> AnswerForm:
    return AnswerForm(Line(question, None, (), None, required=True), today=today())
