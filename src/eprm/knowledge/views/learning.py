"""Courses: a path, its units, the quiz, and a person's own record."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from eprm.base.public_pages import for_everybody
from eprm.knowledge.actions import readers
from eprm.knowledge.forms import QuizForm
from eprm.knowledge.models import PathPage, UnitPage
from eprm.knowledge.queries import learning, pages
from eprm.knowledge.views.seen import shown_to
from eprm.ui.words import language_name


@require_GET
@for_everybody
def course_list(request: HttpRequest) -> HttpResponse:
    return render(request, "knowledge/course_list.html", {"courses": learning.courses_for(request.user)})


def path_page(request: HttpRequest, path: PathPage, context: dict[str, Any]) -> HttpResponse:
    return render(request, "knowledge/path.html", context | {"course": learning.course_of(path, request.user)})


def unit_page(
    request: HttpRequest, unit: UnitPage, context: dict[str, Any], form: QuizForm | None = None, status: int = 200
) -> HttpResponse:
    """The unit with its quiz: empty, with what was wrong, or marked."""
    course = learning.course_of(learning.path_of(unit), request.user)
    at = next((n for n, each in enumerate(course.units) if each.pk == unit.pk), 0)
    context |= {
        "course": course,
        "number": at + 1,
        "following": course.units[at + 1] if at + 1 < len(course.units) else None,
        "done": course.done.get(str(unit.translation_key)),
        "form": form or QuizForm(unit),
    }
    return render(request, "knowledge/unit.html", context, status=status)


@require_POST
def unit_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark the quiz. Whoever is signed in and has all right has finished the unit."""
    found = pages.page_of(pk)
    if not isinstance(found, UnitPage):
        raise Http404
    unit = shown_to(request, found)
    if isinstance(unit, HttpResponse):
        return unit
    others = [(code, language_name(code)) for code in pages.languages_of(unit) if code != unit.language]
    context: dict[str, Any] = {"page": unit, "others": others}
    form = QuizForm(unit, request.POST)
    if not form.is_valid():
        return unit_page(request, unit, context, form, status=422)
    answered = readers.answer_quiz(unit, form.chosen, by=request.user if request.user.is_authenticated else None)
    context |= {"answered": answered, "right": sum(each.is_right for each in answered), "all": len(answered)}
    return unit_page(request, unit, context)


@login_required
@require_GET
def record(request: HttpRequest) -> HttpResponse:
    """What the person has finished: a record, not a certificate."""
    courses = [course for course in learning.courses_for(request.user) if course.finished]
    context = {"courses": courses, "done": learning.record_of(request.user), "language": get_language()}
    return render(request, "knowledge/record.html", context)
