"""The rules, forms and texts of membership, each in its editions: read by everybody, made by the secretariat."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from eprm.base.errors import NotAllowed
from eprm.members import rules
from eprm.members.actions import editions as actions
from eprm.members.forms.application import PartForm
from eprm.members.forms.editions import LEFT_OUT, EditionForm, QuestionForm, TextForm, rule_form
from eprm.members.models import FormEdition, Question, Section, Text
from eprm.members.models.editions import said
from eprm.members.queries import dated
from eprm.members.wording import rule_words
from eprm.people.models import Organisation


@login_required
@require_GET
def rule_list(request: HttpRequest) -> HttpResponse:
    """Every rule in force, its source, and what came before."""
    today = timezone.localdate()
    kinds = []
    for kind, (model, _keys) in dated.KINDS.items():
        holding = {row.pk for row in dated.in_force(kind, today)}
        rows = [(row, rule_words(kind, row), row.pk in holding, row.valid_from > today) for row in dated.rows_of(kind)]
        kinds.append((kind, model._meta.verbose_name, rows))
    context = {
        "kinds": kinds,
        "texts": dated.texts(),
        "forms": dated.form_editions(),
        "keeps": bool(rules.can_keep_members(request.user)),
    }
    return render(request, "members/rule_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def rule_new(request: HttpRequest, kind: str) -> HttpResponse:
    """One more row of a rule, from a day on; begun as a copy of ?from=."""
    if kind not in dated.KINDS:
        raise Http404
    rules.can_keep_members(request.user).require()
    asked = request.GET.get("from", "")
    base = dated.rows_of(kind).filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 19 else None
    initial = model_to_dict(base, exclude=["valid_from", "verified", *LEFT_OUT]) if base else {}
    form = rule_form(kind)(request.POST or None, initial=initial)
    if form.is_valid():
        told: dict[str, Any] = dict(form.cleaned_data)
        if kind == "duties":
            told["title"] = dated.title_of_duty(told["key"])
        try:
            row = actions.add_rule(kind, **told, by=request.user)
        except NotAllowed as refusal:
            form.add_error("valid_from", refusal.reason)
        else:
            messages.success(request, _("The rule holds from %(day)s on.") % {"day": row.valid_from.isoformat()})
            return redirect("members:rule_list")
    name = dated.KINDS[kind][0]._meta.verbose_name
    context = {"form": form, "name": name, "base": base}
    return render(request, "members/rule_new.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def text_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A text in one edition, in every language it has."""
    text = get_object_or_404(dated.texts(), pk=pk)
    context = {"text": text, "bodies": list(text.body.items()), "keeps": bool(rules.can_keep_members(request.user))}
    return render(request, "members/text_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def text_new(request: HttpRequest, kind: str) -> HttpResponse:
    """The next edition of a text."""
    if kind not in Text.Kind.values:
        raise Http404
    rules.can_keep_members(request.user).require()
    base = dated.text_on(kind, timezone.localdate())
    form = TextForm(request.POST or None, base=base)
    if form.is_valid():
        try:
            text = actions.add_text(kind=kind, **form.told(), by=request.user)
        except NotAllowed as refusal:
            form.add_error("edition", refusal.reason)
        else:
            messages.success(request, _("%(text)s is made.") % {"text": text})
            return redirect("members:text_detail", text.pk)
    context = {"form": form, "name": Text.Kind(kind).label}
    return render(request, "members/text_new.html", context, status=422 if form.errors else 200)


def _edition(pk: int) -> FormEdition:
    return get_object_or_404(dated.form_editions(), pk=pk)


@login_required
@require_GET
def form_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions of an edition, by part."""
    rules.can_keep_members(request.user).require()
    edition = _edition(pk)
    context = {
        "edition": edition,
        "parts": list(dated.by_section(dated.questions_of(edition)).items()),
        "editing": rules.can_edit_form(request.user, edition),
        "pillars": Organisation.Pillar.choices,
        "new_form": EditionForm(),
    }
    return render(request, "members/form_detail.html", context)


@login_required
@require_GET
def form_preview(request: HttpRequest, pk: int, pillar: str) -> HttpResponse:
    """The form as an applicant of a pillar sees it."""
    rules.can_keep_members(request.user).require()
    if pillar not in Organisation.Pillar.values:
        raise Http404
    edition = _edition(pk)
    parts = [
        (questions[0].section, PartForm(None, None, questions=questions, answers={}))
        for questions in dated.by_section(dated.questions_of(edition, pillar)).values()
    ]
    context = {"edition": edition, "parts": parts, "pillar": Organisation.Pillar(pillar).label}
    return render(request, "members/form_preview.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def form_new(request: HttpRequest, pk: int) -> HttpResponse:
    """The next edition, as a copy to edit."""
    rules.can_keep_members(request.user).require()
    base, form = _edition(pk), EditionForm(request.POST or None)
    if form.is_valid():
        try:
            edition = actions.start_edition(base, **form.cleaned_data, by=request.user)
        except NotAllowed as refusal:
            form.add_error("title", refusal.reason)
        else:
            return redirect("members:form_detail", edition.pk)
    return render(request, "members/form_new.html", {"form": form, "base": base}, status=422 if form.errors else 200)


@login_required
@require_POST
def form_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """From its day on it is asked, and no longer edited."""
    edition = actions.publish_edition(_edition(pk), by=request.user)
    messages.success(request, _("Edition %(edition)s is published.") % {"edition": edition})
    return redirect("members:form_detail", pk)


@login_required
@require_http_methods(["GET", "POST"])
def question_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a question of an edition that is not published."""
    question = get_object_or_404(dated.questions(), pk=pk)
    return _question(request, question, question.section)


@login_required
@require_http_methods(["GET", "POST"])
def question_new(request: HttpRequest, pk: int) -> HttpResponse:
    """One more question in a part."""
    section = get_object_or_404(dated.sections(), pk=pk)
    last = section.questions.order_by("-position").first()
    blank = Question(section=section, position=(last.position + 1) if last else 0, label={}, kind=Question.Kind.LINE)
    return _question(request, blank, section)


def _question(request: HttpRequest, question: Question, section: Section) -> HttpResponse:
    rules.can_edit_form(request.user, section.edition).require()
    form = QuestionForm(request.POST or None, question=question)
    if form.is_valid():
        try:
            actions.save_question(question, **form.told(), by=request.user)
        except NotAllowed as refusal:
            form.add_error("key", refusal.reason)
        else:
            messages.success(request, _("“%(question)s” is saved.") % {"question": said(question.label)})
            return redirect("members:form_detail", section.edition_id)
    context = {"form": form, "question": question, "section": section}
    return render(request, "members/question_edit.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def question_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a question out of an edition that is not published."""
    question = get_object_or_404(dated.questions(), pk=pk)
    edition = question.section.edition_id
    actions.remove_question(question, by=request.user)
    messages.success(request, _("The question is taken out."))
    return redirect("members:form_detail", edition)
