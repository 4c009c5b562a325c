"""The learning paths the hub comes with, in the languages they were written in."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale

from eprm.knowledge import content
from eprm.knowledge.models import HubPage, PathPage, QuizQuestion, UnitPage


def load_paths(hub: HubPage) -> int:
    """The paths, their units and their translations that are not there yet; answers how many units are new."""
    count = 0
    for told in content.paths():
        found = hub.get_children().filter(slug=f"path-{told['id']}").first()
        if found is None:
            path = _add_path(hub, told)
            units = [_add_unit(path, unit) for unit in told["units"]]
            count += len(units)
        else:
            path = found.specific
            units = list(UnitPage.objects.child_of(path).order_by("path"))
        for language in told["languages"]:
            there = path.get_translations().filter(locale__language_code=language)
            if language != path.language and not there.exists() and _says(units, told, path.language):
                _translate(path, units, told, Locale.objects.get(language_code=language))
    return count


def _add_path(hub: HubPage, told: dict[str, Any]) -> PathPage:
    path = PathPage(
        title=told["title"]["en"], slug=f"path-{told['id']}", readers=told["audience"]["en"], locale=hub.locale
    )
    hub.add_child(instance=path)
    path.save_revision().publish()
    return path


def _says(units: list[UnitPage], told: dict[str, Any], language: str) -> bool:
    """Whether the units still say what was translated: editors may have changed them since."""
    return [unit.text for unit in units] == [unit[language]["text"] for unit in told["units"]]


def _add_unit(path: PathPage, told: dict[str, Any]) -> UnitPage:
    unit = UnitPage(slug=told["id"], minutes=told["minutes"], locale=path.locale, addresses="\n".join(told["sources"]))
    _tell(unit, told["en"])
    for order, asked in enumerate(told["en"]["quiz"]):
        question = QuizQuestion(sort_order=order)
        _ask(question, asked)
        unit.questions.add(question)
    path.add_child(instance=unit)
    unit.save_revision().publish()
    return unit


def _translate(path: PathPage, units: list[UnitPage], told: dict[str, Any], locale: Locale) -> None:
    """The same path in another language: copies tied to their originals, with the words given in it."""
    code = locale.language_code
    other = path.copy_for_translation(locale, copy_parents=True)
    other.title, other.readers = told["title"][code], told["audience"][code]
    other.save_revision().publish()
    for unit, words in zip(units, told["units"], strict=True):
        copy = unit.copy_for_translation(locale)
        _tell(copy, words[code])
        copy.questions = [
            _ask(question, asked)
            for question, asked in zip(copy.questions.order_by("sort_order"), words[code]["quiz"], strict=True)
        ]
        copy.save_revision().publish()
    hub = other.get_parent().specific
    if not hub.live:
        hub.save_revision().publish()


def _tell(unit: UnitPage, words: dict[str, Any]) -> None:
    unit.title, unit.text, unit.activity = words["title"], words["text"], words["activity"]
    unit.draft_title = words["title"]
    unit.goals = "\n".join(words["goals"])


def _ask(question: QuizQuestion, asked: dict[str, Any]) -> QuizQuestion:
    question.question, question.options = asked["question"], "\n".join(asked["options"])
    question.answer, question.explanation = asked["answer_index"] + 1, asked["explanation"]
    return question
