"""Answering one step: a screen for each, saved as a whole; what is right is kept even where something else is not."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eprm.base.errors import NotAllowed
from eprm.base.files import file_bytes
from eprm.diligence.company.access import today
from eprm.people.access import for_an_organisation
from eprm.returns import rules
from eprm.returns.actions import answering
from eprm.returns.downloads import attachment
from eprm.returns.forms import AnswerForm, EvidenceForm
from eprm.returns.models import Comment, Question, Return
from eprm.returns.prefill import Suggestion, suggestions_for
from eprm.returns.queries import returns
from eprm.returns.queries.answers import Line, StepLines, evidence_readable_by, sheet_of
from eprm.returns.tables import said
from eprm.ui.languages import second_language
from lode import oecd


@dataclass
class Card:
    """One question as its page shows it. `locked` says why it cannot be changed, or nothing."""

    line: Line
    form: AnswerForm
    suggestions: list[Suggestion] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    locked: str = ""

    @property
    def is_noted(self) -> bool:
        """Whether there is something to see below the answer: a note, a day, or what is wrong with them."""
        answer, errors = self.line.answer, self.form.errors
        return bool(answer and (answer.note or answer.reviewed_on)) or not {"note", "reviewed_on"}.isdisjoint(errors)

    @property
    def answer_words(self) -> str:
        return said(self.line.answer)

    @property
    def last_words(self) -> str:
        return said(self.line.last)


@for_an_organisation
def step_answer(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """The questions of one step. A button that takes over or attaches saves what was typed first."""
    this = get_object_or_404(returns.returns_visible_to(request.user), pk=pk)
    if step not in {each.key for each in oecd.steps()}:
        raise Http404(f"No step {step}.")
    rules.can_answer(request.user, this).require()
    if returns.draft_of(this) is None:
        return redirect("returns:return_detail", pk)
    cards, lines = _cards(request, this, step)
    if request.method != "POST":
        return _page(request, this, lines, cards)
    kept, troubled = _save(request, this, cards)
    if troubled:
        if kept:
            said_kept = ngettext("%(n)d answer is kept.", "%(n)d answers are kept.", kept) % {"n": kept}
            messages.info(request, said_kept)
        return _page(request, this, lines, cards, status=422)
    return _after(request, this, step, cards, kept)


def _cards(request: HttpRequest, this: Return, step: str) -> tuple[list[Card], StepLines]:
    sheet = sheet_of(this, returns.draft_of(this), today())
    lines = next(each for each in sheet.steps if each.step.key == step)
    data = request.POST if request.method == "POST" else None
    allowed = returns.asked_about(this)
    offers = suggestions_for(this, [line.question for line in lines.lines], request.user)
    comments: dict[int, list[Comment]] = {}
    for comment in returns.comments_on(this):
        comments.setdefault(comment.question_id, []).append(comment)
    cards = []
    for line in lines.lines:
        locked = str(rules.can_change_answer(this, line.question, allowed).reason)
        cards.append(
            Card(
                line=line,
                form=AnswerForm(line, None if locked else data, today=today()),
                suggestions=[] if locked else offers.get(line.question.pk, []),
                comments=comments.get(line.question.pk, []),
                locked=locked,
            )
        )
    return cards, lines


def _save(request: HttpRequest, this: Return, cards: list[Card]) -> tuple[int, bool]:
    """Save every answer that fits. Gives how many were kept, and whether any was not."""
    sent = [card for card in cards if not card.locked and _was_sent(request, card)]
    fitting = {card.line.question: card for card in sent if card.form.is_valid()}
    given = {question: card.form.given() for question, card in fitting.items()}
    saved = answering.save_answers(this, given, by=request.user)
    for question, card in fitting.items():
        if (overlap := saved.overlaps.get(question.pk)) is not None:
            card.form.add_error(None, overlap.reason)
            _accept_newer(card, overlap.answer.revision if overlap.answer else 0)
    return saved.kept, bool(saved.overlaps) or len(fitting) < len(sent)


def _was_sent(request: HttpRequest, card: Card) -> bool:
    """A page left open while the questionnaire's page had other questions sends nothing of this one."""
    return any(name.startswith(f"{card.form.prefix}-") for name in request.POST)


def _accept_newer(card: Card, revision: int) -> None:
    """The page shown next is of the newer answer: saving it again is then a decision."""
    card.form.data = card.form.data.copy()
    card.form.data[card.form.add_prefix("revision")] = str(revision)


def _after(request: HttpRequest, this: Return, step: str, cards: list[Card], kept: int) -> HttpResponse:
    """Where the pressed button leads once everything is saved."""
    questions = {str(card.line.question.pk): card.line.question for card in cards}
    taken, _sep, origin = request.POST.get("take", "").partition(":")
    if taken in questions:
        answering.take_over(this, questions[taken], origin=origin, by=request.user)
        messages.success(request, _("Taken over. Change it where it does not fit any more."))
        return redirect(f"{request.path}#q{taken}")
    if "last_year" in request.POST:
        count = answering.take_over_last_year(this, step, by=request.user)
        told = ngettext("%(n)d answer of last year is taken over.", "%(n)d answers of last year are taken over.", count)
        messages.success(request, told % {"n": count})
        return redirect(request.path)
    evidence = {str(each.pk): each for card in cards for each in card.line.evidence if not card.locked}
    if (removed := request.POST.get("remove", "")) in evidence:
        answering.remove_evidence(evidence[removed], by=request.user)
        messages.success(request, _("The evidence is taken away; in versions sent before it stays."))
        return redirect(f"{request.path}#q{evidence[removed].question_id}")
    if (attach := request.POST.get("attach", "")) in questions:
        return redirect("returns:evidence_new", this.pk, attach)
    messages.success(request, ngettext("%(n)d answer is saved.", "%(n)d answers are saved.", kept) % {"n": kept})
    if "next" in request.POST:
        following = [each.key for each in oecd.steps() if each.key > step]
        if following:
            return redirect("returns:step_answer", this.pk, following[0])
        return redirect("returns:return_detail", this.pk)
    return redirect(request.path)


def _page(request: HttpRequest, this: Return, lines: StepLines, cards: list[Card], status: int = 200) -> HttpResponse:
    language = second_language()
    context = {
        "this": this,
        "lines": lines,
        "cards": cards,
        "name": lines.step.name(language),
        "plain": lines.step.plain(language),
        "steps": [(each.key, each.name(language)) for each in oecd.steps()],
        "is_last": lines.step.key == oecd.steps()[-1].key,
        "has_last_year": any(card.line.last and not card.line.is_answered and not card.locked for card in cards),
        "troubled": [card for card in cards if card.form.is_bound and card.form.errors],
    }
    return render(request, "returns/step_answer.html", context, status=status)


@for_an_organisation
def evidence_new(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """Attach a file or an address to one answer."""
    this = get_object_or_404(returns.returns_visible_to(request.user), pk=pk)
    rules.can_answer(request.user, this).require()
    line = _line(this, question)
    form = EvidenceForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            answering.attach_evidence(
                this,
                line.question,
                title=given["title"],
                files=given["file"],
                address=given["address"],
                by=request.user,
            )
        except NotAllowed as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, _("The evidence is attached."))
            return redirect(f"{_step_address(this, line.question)}#q{question}")
    context = {"form": form, "this": this, "line": line, "question": line.question}
    return render(request, "returns/evidence_new.html", context, status=422 if form.is_bound else 200)


def _line(this: Return, question: int) -> Line:
    sheet = sheet_of(this, returns.version_shown(this), today())
    found = next((line for line in sheet.lines if line.question.pk == question), None)
    if found is None:
        raise Http404("This question is not asked of you.")
    return found


def _step_address(this: Return, question: Question) -> str:
    return redirect("returns:step_answer", this.pk, question.step).url


@login_required
def evidence_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was attached, as a download. An address leads there."""
    evidence = get_object_or_404(evidence_readable_by(request.user), pk=pk)
    this = evidence.version.of
    if this.organisation_id not in request.user.organisation_ids():
        rules.can_review(request.user, this).require()
    if evidence.file is None:
        raise Http404("This evidence is an address, not a file.")
    return attachment(file_bytes(evidence.file), evidence.file.name)
