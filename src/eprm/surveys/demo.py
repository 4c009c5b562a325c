"""The demo's surveys: one that is over, with its results, and one that is open."""

from __future__ import annotations

import random
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from eprm.base.identity import acting_as
from eprm.people.demo import person
from eprm.people.identity import acting_for
from eprm.people.models import Person
from eprm.surveys.actions import answers, counting, surveys
from eprm.surveys.codes import new_code
from eprm.surveys.models import Question, Survey
from eprm.surveys.queries import answers as sheets
from eprm.surveys.queries import surveys as queries
from eprm.surveys.queries.answers import Voice
from lode.survey import Answer

PAST = "Themes for the next call"
OPEN = "What a visit by an auditor costs you"
SHEETS = 46
PARTS = ["supply_chain"] * 9 + ["civil_society"] * 6 + ["government"] * 4 + [""]
WORDS = (
    "Small cooperatives need a first payment before the work begins.",
    "Roads. In the rain nothing arrives, whatever a certificate says.",
    "Ask buyers to stay three years; one year changes nothing.",
    "Women who sort ore are in no plan. Count them.",
    "Keep the form short. Ours was written at night on a telephone.",
)
CONCLUSION = {
    "conclusion_en": "The next call is about **formalising cooperatives** first, and pays a quarter in advance.\n\n"
    "- safety underground is a criterion of its own\n- applications take four pages, not twelve",
    "conclusion_fr": "Le prochain appel porte d’abord sur la **formalisation des coopératives**, et verse un quart "
    "d’avance.\n\n- la sécurité sous terre est un critère à part\n- les demandes tiennent en quatre pages, non douze",
    "conclusion_es": "La próxima convocatoria trata ante todo de la **formalización de cooperativas**, y paga una "
    "cuarta parte por adelantado.\n\n- la seguridad bajo tierra es un criterio propio\n- las solicitudes ocupan cuatro "
    "páginas, no doce",
}
FIRST = {
    "kind": "ranking", "required": True,
    "text_en": "What should the next call pay for first?",
    "text_fr": "Que devrait financer d’abord le prochain appel ?",
    "text_es": "¿Qué debería financiar primero la próxima convocatoria?",
    "help_en": "Think of the mines you know.", "help_fr": "Pensez aux mines que vous connaissez.",
    "help_es": "Piense en las minas que conoce.",
    "options": [
        ("Formalising cooperatives", "Formaliser les coopératives", "Formalizar cooperativas"),
        ("Safety underground", "La sécurité sous terre", "La seguridad bajo tierra"),
        ("Traceability", "La traçabilité", "La trazabilidad"),
        ("Mercury-free processing", "Le traitement sans mercure", "El procesamiento sin mercurio"),
    ],
}  # fmt: skip
QUESTIONS = (
    FIRST,
    {
        "kind": "several", "most": 3,
        "text_en": "What keeps you from applying?", "text_fr": "Qu’est-ce qui vous empêche de postuler ?",
        "text_es": "¿Qué le impide presentar una solicitud?",
        "options": [
            ("The form is long", "Le formulaire est long", "El formulario es largo"),
            ("Co-financing", "Le cofinancement", "La cofinanciación"),
            ("Money comes late", "L’argent arrive tard", "El dinero llega tarde"),
            ("The language", "La langue", "El idioma"),
        ],
    },
    {
        "kind": "rating", "text_en": "How well does the partnership know your situation?",
        "text_fr": "Le partenariat connaît-il bien votre situation ?",
        "text_es": "¿Conoce bien la asociación su situación?",
    },
    {
        "kind": "number", "unit": "EUR", "low": Decimal(0), "high": Decimal(5_000_000),
        "text_en": "How much would a useful project cost in all?",
        "text_fr": "Combien coûterait en tout un projet utile ?",
        "text_es": "¿Cuánto costaría en total un proyecto útil?",
    },
    {
        "kind": "long_text", "text_en": "What else should we know?", "text_fr": "Que devrions-nous encore savoir ?",
        "text_es": "¿Qué más deberíamos saber?",
    },
)  # fmt: skip
NOW = (
    {
        "kind": "number", "required": True, "unit": "EUR", "low": Decimal(0), "high": Decimal(1_000_000),
        "text_en": "What did the last visit by an auditor cost, travel included?",
        "text_fr": "Combien a coûté la dernière visite d’audit, voyage compris ?",
        "text_es": "¿Cuánto costó la última visita de auditoría, viaje incluido?",
    },
    {
        "kind": "single", "text_en": "Who paid for it?", "text_fr": "Qui l’a payée ?", "text_es": "¿Quién la pagó?",
        "options": [
            ("We did", "Nous", "Nosotros"),
            ("Our buyer", "Notre acheteur", "Nuestro comprador"),
            ("Both", "Les deux", "Ambos"),
            ("Somebody else", "Quelqu’un d’autre", "Otra persona"),
        ],
    },
    {
        "kind": "rating", "text_en": "How much did you learn from it?",
        "text_fr": "Qu’y avez-vous appris ?", "text_es": "¿Cuánto aprendió de ella?",
    },
    {
        "kind": "short_text", "text_en": "What would have made it cheaper?",
        "text_fr": "Qu’est-ce qui l’aurait rendue moins chère ?", "text_es": "¿Qué la habría abaratado?",
    },
)  # fmt: skip


def make(*, seed: int, scale: int, password: str) -> None:
    """What is there already stays."""
    femke = person("femke")
    with acting_for(femke, path="demo"):
        if Survey.objects.filter(title_en=PAST).exists():
            return
    _past(femke, random.Random(seed))  # noqa: S311
    _open(femke)


def _released(by: Person, questions: tuple[dict[str, object], ...], **facts: object) -> Survey:
    with acting_for(by, path="demo"):
        survey = surveys.make_survey(by=by, **facts)
        for question in questions:
            surveys.save_question(survey=survey, by=by, **question)
        return surveys.release(survey=survey, by=by, on=timezone.localdate())


def _past(femke: Person, chance: random.Random) -> None:
    """Answered by visitors of all pillars, counted, with excerpts and what follows from it."""
    today = timezone.localdate()
    survey = _released(
        femke, QUESTIONS, audience="public", opens_on=today - timedelta(days=30), closes_on=today,
        title_en=PAST, title_fr="Thèmes du prochain appel", title_es="Temas de la próxima convocatoria",
        purpose_en="The fund opens a call in spring. Before its criteria are written, we ask those it is for.",
        purpose_fr="Le fonds ouvre un appel au printemps. Avant d’en écrire les critères, nous interrogeons celles et "
        "ceux à qui il s’adresse.",
        purpose_es="El fondo abre una convocatoria en primavera. Antes de escribir sus criterios, preguntamos a "
        "quienes va dirigida.",
    )  # fmt: skip
    with acting_as(None, job=queries.JOB):
        questions = queries.questions_of(survey)
    for number in range(SHEETS):
        answers.send_sheet(
            survey=survey, voice=Voice(), answers=_sheet(questions, number, chance), code=new_code(),
            part=chance.choice(PARTS),
        )  # fmt: skip
    with acting_for(femke, path="demo"):
        survey.opens_on, survey.closes_on = today - timedelta(days=40), today - timedelta(days=12)
        survey.save(update_fields=["opens_on", "closes_on"])
        survey = counting.count(survey=survey, by=femke)
        for words in sheets.texts_of(survey)[:3]:
            counting.choose_excerpt(survey=survey, question=words.question, text=words.text, by=femke)
        counting.show_results(survey=survey, by=femke, **CONCLUSION)


def _sheet(questions: list[Question], number: int, chance: random.Random) -> dict[Question, Answer]:
    first, several, rating, cost, words = questions
    themes = [str(option.pk) for option in first.options.all()]
    hurdles = [str(option.pk) for option in several.options.all()]
    weights = (0.45, 0.3, 0.15, 0.1)
    ranked = sorted(themes, key=lambda theme: -chance.random() * weights[themes.index(theme)])
    chosen = [hurdle for hurdle, likely in zip(hurdles, (0.7, 0.5, 0.45, 0.2), strict=True) if chance.random() < likely]
    return {
        first: Answer(options=tuple(ranked[: chance.choice((2, 3, 4, 4))])),
        several: Answer(options=tuple(chosen[:3])),
        rating: Answer(number=Decimal(chance.choice((2, 3, 3, 4, 4, 5)))),
        cost: Answer(number=Decimal(chance.choice((40, 60, 80, 120, 200, 350)) * 1000)),
        words: Answer(text=WORDS[number] if number < len(WORDS) else ""),
    }


def _open(femke: Person) -> None:
    """Asks whoever is signed in; two have answered, and Noor has begun."""
    today = timezone.localdate()
    survey = _released(
        femke, NOW, audience="signed_in", opens_on=today - timedelta(days=3), closes_on=today + timedelta(days=18),
        title_en=OPEN, title_fr="Ce que vous coûte une visite d’audit",
        title_es="Lo que le cuesta una visita de auditoría",
        purpose_en="Costs of audits are told in meetings and never counted. Five minutes, anonymous.",
        purpose_fr="On parle des coûts des audits en réunion, on ne les compte jamais. Cinq minutes, anonyme.",
        purpose_es="De los costes de las auditorías se habla en reuniones y nunca se cuentan. Cinco minutos, anónima.",
    )  # fmt: skip
    with acting_as(None, job=queries.JOB):
        cost, paid, learnt, _cheaper = queries.questions_of(survey)
    for name, amount, rate in (("olivier", 4200, 3), ("achieng", 11_500, 4)):
        who = person(name)
        given = {
            cost: Answer(number=Decimal(amount)),
            paid: Answer(options=(str(paid.options.all()[1].pk),)),
            learnt: Answer(number=Decimal(rate)),
        }
        with acting_for(who, path="demo"):
            voice = Voice(who, who.current_memberships[0].organisation)
            answers.send_sheet(survey=survey, voice=voice, answers=given, code=new_code())
    noor = person("noor")
    with acting_for(noor, path="demo"):
        answers.save_draft(survey=survey, voice=Voice(noor), written={str(cost.pk): ["7 800"]})
