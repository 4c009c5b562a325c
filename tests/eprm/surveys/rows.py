"""Surveys as tests need them, made through the actions."""

import re
from datetime import timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from eprm.base.identity import acting_as
from eprm.base.models import OutgoingMail
from eprm.people.identity import acting_for
from eprm.surveys.actions import answers, counting, surveys
from eprm.surveys.codes import new_code
from eprm.surveys.models import Survey
from eprm.surveys.queries import surveys as queries
from eprm.surveys.queries.answers import Voice
from lode.survey import Answer

QUESTIONS = (
    {"kind": "single", "text_en": "Which metal?", "required": True, "options": [("Tin", "", ""), ("Gold", "", "")]},
    {"kind": "several", "text_en": "Themes?", "options": [("Price", "", ""), ("Safety", "", ""), ("Water", "", "")]},
    {"kind": "rating", "text_en": "How useful?"},
    {"kind": "ranking", "text_en": "What first?", "options": [("Roads", "", ""), ("Credit", "", ""), ("Law", "", "")]},
    {"kind": "number", "text_en": "How many people?", "unit": "people", "low": Decimal(0), "high": Decimal(100)},
    {"kind": "short_text", "text_en": "In a word?"},
    {"kind": "long_text", "text_en": "What else?"},
)  # fmt: skip


def drafted(by, questions=QUESTIONS, **facts):
    today = timezone.localdate()
    told = {
        "audience": "signed_in", "opens_on": today, "closes_on": today + timedelta(days=10), "title_en": "Themes",
        "purpose_en": "To design the **call**.", **facts,
    }  # fmt: skip
    with acting_for(by, path="test"):
        survey = surveys.make_survey(**told, by=by)
        for question in questions:
            surveys.save_question(survey=survey, **question, by=by)
    return survey


def released(by, questions=QUESTIONS, **facts):
    survey = drafted(by, questions, **facts)
    with acting_for(by, path="test"):
        return surveys.release(survey=survey, by=by, on=timezone.localdate())


def questions_of(survey):
    with acting_as(None, job="surveys"):
        return queries.questions_of(survey)


def answer(survey, person=None, *, option=0, words="", code="", part="", email="", invitation=None):
    """Answer the first question, and the last one in words; answers the code."""
    code = code or new_code()
    asked = questions_of(survey)
    chosen = list(asked[0].options.all())[option]
    given = {asked[0]: Answer(options=(str(chosen.pk),)), asked[-1]: Answer(text=words)}
    voice = Voice(invitation=invitation)
    if person is None:
        answers.send_sheet(survey=survey, voice=voice, answers=given, code=code, part=part, email=email)
        return code
    with acting_for(person, path="test"):
        voice = Voice(person, person.current_memberships[0].organisation if person.current_memberships else None)
        answers.send_sheet(survey=survey, voice=voice, answers=given, code=code, email=email)
    return code


def visited(survey, count, *, option=0, part="", words=""):
    for _each in range(count):
        answer(survey, option=option, part=part, words=words)


def counted(survey, by):
    with acting_for(by, path="test"):
        return counting.count(survey=survey, by=by)


def shown(survey, by, **words):
    with acting_for(by, path="test"):
        counting.show_results(survey=survey, by=by, **({"conclusion_en": "The call is about tin."} | words))
        return Survey.objects.get(pk=survey.pk)


def mails(to=None):
    with acting_as(None, secretariat=True, job="outbox"):
        found = OutgoingMail.objects.order_by("posted_at")
        return [(mail.to, mail.subject) for mail in found if to is None or mail.to == to]


def texts(to):
    with acting_as(None, job="outbox"):
        return list(OutgoingMail.objects.filter(to=to).order_by("posted_at").values_list("text", flat=True))


def url(name, *args):
    return reverse(f"surveys:{name}", args=args)


def page(client, name, *args):
    return client.get(url(name, *args)).content.decode()


def code_in(text):
    return re.search(r'name="code" value="([^"]+)"', text)[1]


def filled(survey, **changes):
    """A whole sheet as a browser sends it; `changes` by the question's place."""
    metal, themes, useful, first, people, word, _else = questions_of(survey)
    options = [[str(option.pk) for option in each.options.all()] for each in (metal, themes)]
    sent = {
        f"q{metal.pk}": [options[0][0]], f"q{themes.pk}": options[1][:2], f"q{useful.pk}": ["4"],
        f"q{first.pk}": ["2", "", "1"], f"q{people.pk}": ["12,5"], f"q{word.pk}": ["water"],
    }  # fmt: skip
    names = [f"q{each.pk}" for each in questions_of(survey)]
    return sent | {names[int(place[1:]) - 1]: value for place, value in changes.items()}
