"""The applicant's pages: begin, answer part by part, see the class and what is missing, sign, send, withdraw."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from eprm.base.errors import Overtaken
from eprm.base.files import bytes_of
from eprm.members import lifecycle, rules
from eprm.members.actions import applications as actions
from eprm.members.forms.application import PartForm, SignForm, SizeForm, StartForm
from eprm.members.models import Application, Section, Text
from eprm.members.models.editions import said
from eprm.members.queries import applications as queries
from eprm.members.queries import contributions, dated
from eprm.members.queries.ballots import ballots_visible_to
from eprm.members.queries.membership import member_on
from eprm.members.wording import class_in_words, reasons_of
from eprm.people.access import for_an_organisation
from eprm.people.models import Organisation
from eprm.ui.parts import Step


def _application(request: HttpRequest, pk: int) -> Application:
    return get_object_or_404(queries.applications_visible_to(request.user), pk=pk)


@for_an_organisation
@require_http_methods(["GET", "POST"])
def application_new(request: HttpRequest) -> HttpResponse:
    """Choose the pillar to apply in."""
    organisation = request.organisation
    today = timezone.localdate()
    last = queries.application_of(organisation)
    running = last if last is not None and last.state in lifecycle.OPEN else None
    owed = sum(invoice.owed for invoice in contributions.open_invoices_of(organisation))
    ruling = rules.can_apply(
        request.user, organisation, running=running, member=member_on(organisation.pk, today), owed=owed
    )
    form = StartForm(request.POST or None, initial={"pillar": organisation.pillar or "supply_chain"})
    if request.method == "POST":
        ruling.require()
        if form.is_valid():
            application = actions.start_application(organisation, **form.cleaned_data, by=request.user)
            return redirect("members:application_detail", application.pk)
    fees = sorted(dated.in_force("fees", today), key=lambda row: (row.pillar, row.order))
    context = {"form": form, "ruling": ruling, "running": running, "fees": fees}
    return render(request, "members/application_new.html", context, status=422 if form.errors else 200)


def parts_of(application: Application) -> list[tuple[str, str]]:
    """The pages of an application in their order, key and title."""
    asked = dated.by_section(dated.questions_of(application.edition, application.pillar))
    parts = [(key, str(questions[0].section)) for key, questions in asked.items()]
    if application.pillar == Organisation.Pillar.SUPPLY_CHAIN:
        parts.append((queries.SIZE, _("Size and fee")))
    return [*parts, (queries.DECLARATIONS, _("Declarations"))]


def _steps(application: Application, gaps: list[queries.Gap], current: str = "") -> list[Step]:
    open_parts = {gap.part for gap in gaps}
    steps = []
    for key, title in parts_of(application):
        state = "current" if key == current else ("todo" if key in open_parts else "done")
        note = _("something is missing") if key in open_parts else _("complete")
        steps.append(Step(title, note, state, reverse("members:application_part", args=[application.pk, key])))
    return steps


@for_an_organisation
@require_GET
def application_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How the application stands, what it says, and what is next: for the applicant, the secretariat and the board."""
    application = _application(request, pk)
    person, today = request.user, timezone.localdate()
    is_own = application.organisation_id in person.organisation_ids()
    gaps = queries.gaps_of(application) if is_own else []
    fee = queries.fee_of(application, today)
    context = {
        "application": application,
        "is_own": is_own,
        "steps": _steps(application, gaps) if is_own else [],
        "gaps": gaps,
        "fee_class": class_in_words(fee) if fee else "",
        "fee_reasons": reasons_of(fee) if fee else [],
        "titles": dict(parts_of(application)),
        "given": queries.given_in(application, person),
        "comments": [c for c in queries.comments_for(application, person) if c.question_id is None],
        "figures": application.figures.all(),
        "holdings": application.holdings.all(),
        "signatures": queries.signatures_of(application),
        "sending": rules.can_send(person, application, len(gaps)),
        "editing": rules.can_edit(person, application),
        "withdrawing": rules.can_withdraw(person, application),
        "words": lifecycle.APPLICATION_STATES[application.state],
        **_offices(request, application),
    }
    return render(request, "members/application_detail.html", context)


def _offices(request: HttpRequest, application: Application) -> dict[str, object]:
    """What only the secretariat and the board have on the page."""
    person = request.user
    if not rules.can_see_members(person):
        return {"keeps": False}
    screenings = list(queries.screenings_of(application))
    open_comments = queries.comments_for(application, person)
    outcome = screenings[0].outcome if screenings else ""
    return {
        "keeps": bool(rules.can_keep_members(person)),
        "screenings": screenings,
        "ballots": ballots_visible_to(person).filter(application=application),
        "completing": rules.can_complete(person, application, len(open_comments), outcome),
        "returning": rules.can_check(person, application, "return"),
        "opening": rules.can_open_ballot(person, application, 1),
        "countersigning": rules.can_countersign(person, application),
        "open_comments": open_comments,
    }


@for_an_organisation
@require_http_methods(["GET", "POST"])
def application_part(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """One page of the form. What is well formed is kept, also when something else is not."""
    application = _application(request, pk)
    if part == queries.SIZE:
        return _size(request, application)
    if part == queries.DECLARATIONS:
        return redirect("members:application_sign", application.pk)
    section = get_object_or_404(application.edition.sections, key=part)
    rules.can_write_for(request.user, application.organisation_id).require()
    rules.can_edit(request.user, application).require()
    questions = dated.by_section(dated.questions_of(application.edition, application.pillar)).get(part, [])
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PartForm(*sent, questions=questions, answers=queries.answers_of(application))
    if form.is_bound:
        well_formed = form.is_valid()
        actions.save_answers(application, values=form.values(), files=form.files_sent(), by=request.user)
        if well_formed:
            messages.success(request, _("“%(part)s” is saved.") % {"part": section})
            return redirect(*_next(application, part))
        messages.info(request, _("What is well formed is saved. Below stands what is not."))
    return _part_page(request, application, section, form)


def _next(application: Application, part: str) -> tuple[object, ...]:
    keys = [key for key, _title in parts_of(application)]
    after = keys[keys.index(part) + 1 :] if part in keys else []
    if after:
        return ("members:application_part", application.pk, after[0])
    return ("members:application_detail", application.pk)


def _part_page(request: HttpRequest, application: Application, section: Section, form: PartForm) -> HttpResponse:
    evidence = application.evidence.filter(question__in=list(form.questions.values()))
    comments = {c.question_id: c for c in queries.comments_for(application, request.user)}
    asked = [(form[key], comments.get(q.pk), q.required) for key, q in form.questions.items()]
    context = {
        "application": application,
        "section": section,
        "form": form,
        "asked": asked,
        "evidence": evidence,
        "steps": _steps(application, queries.gaps_of(application), section.key),
    }
    return render(request, "members/application_part.html", context, status=422 if form.errors else 200)


def _size(request: HttpRequest, application: Application) -> HttpResponse:
    """The figures, with the class they lead to."""
    rules.can_write_for(request.user, application.organisation_id).require()
    rules.can_edit(request.user, application).require()
    year = timezone.localdate().year
    form = SizeForm(request.POST or None, application=application, years=(year - 1, year - 2))
    if request.method == "POST" and form.is_valid():
        application = actions.save_size(application, **form.told(), by=request.user)
        fee = queries.fee_of(application, timezone.localdate())
        messages.success(request, _("Saved. Your class: %(fee)s.") % {"fee": class_in_words(fee) if fee else ""})
        return redirect("members:application_part", application.pk, queries.SIZE)
    fee = queries.fee_of(application, timezone.localdate())
    context = {
        "application": application,
        "form": form,
        "fee_class": class_in_words(fee) if fee else "",
        "fee_reasons": reasons_of(fee) if fee else [],
        "steps": _steps(application, queries.gaps_of(application), queries.SIZE),
        "next": _next(application, queries.SIZE)[1:],
    }
    return render(request, "members/application_size.html", context, status=422 if form.errors else 200)


@for_an_organisation
@require_http_methods(["GET", "POST"])
def application_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The declaration on sanctions, the guidelines and the data notice, signed in one go."""
    application = _application(request, pk)
    rules.can_sign_for(request.user, application.organisation_id).require()
    rules.can_edit(request.user, application).require()
    texts = [dated.text_on(kind, timezone.localdate()) for kind in queries.SIGNED_IN_FORM]
    signed = {signature.text_id: signature for signature in queries.signatures_of(application)}
    form = SignForm(request.POST or None, initial={"name": request.user.name})
    if form.is_valid():
        for text in texts:
            told = {key: form.cleaned_data[key] for key in ("name", "position")}
            actions.sign_text(application, text, **told, by=request.user)
        messages.success(request, _("Signed. Now look it over and send it."))
        return redirect("members:application_detail", application.pk)
    context = {
        "application": application,
        "form": form,
        "texts": [(text, said(text.body), signed.get(text.pk)) for text in texts if text],
        "all_signed": all(text and text.pk in signed for text in texts),
        "steps": _steps(application, queries.gaps_of(application), queries.DECLARATIONS),
    }
    return render(request, "members/application_sign.html", context, status=422 if form.errors else 200)


@for_an_organisation
@require_POST
def application_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand it in."""
    try:
        actions.send_application(_application(request, pk), by=request.user)
    except Overtaken as news:
        messages.info(request, news.reason)
    else:
        messages.success(request, _("Your application is with the secretariat. It answers within ten working days."))
    return redirect("members:application_detail", pk)


@for_an_organisation
@require_http_methods(["GET", "POST"])
def application_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the application back, after a question."""
    application = _application(request, pk)
    rules.can_withdraw(request.user, application).require()
    if request.method == "POST":
        actions.withdraw_application(application, by=request.user)
        messages.success(request, _("The application is withdrawn. You can begin another at any time."))
        return redirect("members:start")
    return render(request, "members/application_withdraw.html", {"application": application})


@for_an_organisation
@require_http_methods(["GET", "POST"])
def application_mou(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign the Memorandum once the board has voted the applicant in."""
    application = _application(request, pk)
    text = dated.text_on(Text.Kind.MOU, timezone.localdate())
    known = queries.signatures_of(application).filter(text=text).first()
    rules.can_sign_application(request.user, application, known).require()
    form = SignForm(request.POST or None, initial={"name": request.user.name})
    if form.is_valid():
        told = {key: form.cleaned_data[key] for key in ("name", "position")}
        actions.sign_application(application, text, **told, by=request.user)
        messages.success(request, _("Signed. The secretariat countersigns, and you are a member from that day."))
        return redirect("members:application_detail", application.pk)
    context = {"application": application, "form": form, "text": text, "body": said(text.body)}
    return render(request, "members/mou_sign.html", context, status=422 if form.errors else 200)


@for_an_organisation
@require_GET
def evidence_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A file that was handed in, as a download."""
    evidence = get_object_or_404(queries.evidence_visible_to(request.user), pk=pk)
    if not queries.may_see(evidence.question, evidence.application, request.user):
        rules.NOT_OFFICE.require()
    response = HttpResponse(bytes_of(evidence.sha256), content_type="application/octet-stream")
    name = evidence.name.replace('"', "").replace("\r", "").replace("\n", "")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@for_an_organisation
@require_POST
def evidence_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file back."""
    evidence = get_object_or_404(queries.evidence_visible_to(request.user), pk=pk)
    part, application = evidence.question.section.key, evidence.application_id
    actions.remove_evidence(evidence, by=request.user)
    messages.success(request, _("“%(name)s” is removed.") % {"name": evidence.name})
    return redirect("members:application_part", application, part)
