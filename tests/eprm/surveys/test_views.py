"""The pages of surveys: making, answering with a thumb and without script, results and their files."""

import json

import pytest
from django.utils import translation

from eprm.base.identity import acting_as
from eprm.people.identity import acting_for
from eprm.surveys.models import Answer, Draft, Invitation, Response, Survey
from tests.eprm.surveys.rows import (
    answer,
    code_in,
    drafted,
    filled,
    page,
    questions_of,
    released,
    texts,
    url,
)


def said(survey):
    """All answers, by the question's place."""
    with acting_as(None, job="surveys"):
        found = Answer.objects.filter(survey=survey).select_related("question", "option").order_by("rank")
        return sorted((each.question.position, str(each.option or each.text or each.number)) for each in found)


TOLD = {
    "audience": "signed_in", "voice": "person", "by_name": "no", "counted_by": "pillar", "results_public": "on",
    "opens_on": "2027-03-01", "closes_on": "2027-03-31", "title_en": "Water", "purpose_en": "To know.",
}  # fmt: skip


def test_survey_is_made_asked_and_released_by_its_pages(client, cast):
    client.force_login(cast.femke)

    made = client.post(url("survey_new"), TOLD)
    pk = int(made.url.rstrip("/").rpartition("/")[2])
    added = client.post(
        url("question_new", pk),
        {"kind": "ranking", "text_en": "What first?", "options_en": "Roads\r\n Law \r\n\r\nCredit", "required": "on"},
    )
    with acting_for(cast.femke, path="test"):
        (question,) = questions_of(Survey.objects.get(pk=pk))
    preview = page(client, "survey_preview", pk)
    released_ = client.post(url("survey_release", pk), follow=True).content.decode()

    assert (made.status_code, added.status_code) == (302, 302)
    assert [str(option) for option in question.options.all()] == ["Roads", "Law", "Credit"]
    assert ("What first?" in preview, "opens later" in released_, "Add a question" in released_) == (True, True, False)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"closes_on": "2027-02-01"}, "It closes before it opens."),
        ({"title_en": ""}, "Give it a title in one language at least."),
        ({"audience": "pillars"}, "Say which pillars are asked."),
        ({"audience": "public", "by_name": "yes"}, "A visitor has no name here."),
        ({"audience": "invited", "voice": "organisation"}, "nobody answers for an organisation"),
        ({"audience": "group:7"}, "is not one of the choices"),
        ({"opens_on": "soon"}, "soon"),
    ],
)
def test_survey_new_says_what_is_wrong(client, cast, changes, words):
    client.force_login(cast.femke)

    answer_ = client.post(url("survey_new"), {**TOLD, **changes})

    assert (answer_.status_code, words in answer_.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"kind": "single", "text_en": "Which?", "options_en": "One"}, "1 options are given; a choice has 2 to 20."),
        ({"kind": "single", "text_en": "W", "options_en": "a\nb", "options_fr": "a"}, "English: 2, French: 1"),
        ({"kind": "single", "text_en": "W", "options_en": "a\nA"}, "One option stands there twice."),
        ({"kind": "single", "text_en": "W", "options_en": "a\n" + "b" * 201}, "is too long for an option"),
        ({"kind": "number", "text_en": "How many?"}, "A number says nothing without its unit."),
        ({"kind": "number", "text_en": "W", "unit": "t", "low": "5", "high": "1"}, "is below the smallest"),
        ({"kind": "rating"}, "Ask it in one language at least."),
    ],
)
def test_question_new_says_what_is_wrong(client, cast, sent, words):
    survey = drafted(cast.femke, ())
    client.force_login(cast.femke)

    answer_ = client.post(url("question_new", survey.pk), sent)

    assert (answer_.status_code, words in answer_.content.decode()) == (422, True)


def test_questions_are_changed_moved_and_removed(client, cast):
    survey = drafted(cast.femke)
    client.force_login(cast.femke)
    first, second, *_rest = questions_of(survey)

    client.post(url("question_move", survey.pk, first.pk), {"down": "1"})
    client.post(url("question_edit", survey.pk, first.pk), {"kind": "rating", "text_en": "Changed?"})
    client.post(url("question_remove", survey.pk, questions_of(survey)[-1].pk))

    assert [str(each) for each in questions_of(survey)][:2] == [str(second), "Changed?"]
    assert len(questions_of(survey)) == 6


@pytest.mark.parametrize("route", ["survey_release", "question_remove", "question_move"])
def test_whoever_reads_a_survey_is_told_why_they_do_not_change_it(client, cast, route):
    survey = released(cast.femke)
    of = [survey.pk] if route == "survey_release" else [survey.pk, questions_of(survey)[0].pk]
    client.force_login(cast.noor)

    assert client.post(url(route, *of)).status_code == 403


def test_sheet_is_answered_looked_at_again_and_changed_by_its_code(client, cast):
    survey = released(cast.femke)
    client.force_login(cast.noor)
    address = url("survey_answer", survey.pk)
    code = code_in(client.get(address).content.decode())

    sent = client.post(address, {**filled(survey), "code": code}).content.decode()
    twice = client.post(address, {**filled(survey), "code": code})
    again = client.get(address).content.decode()
    opened = client.post(address, {"open": "1", "code": code.upper()}).content.decode()
    changed = client.post(address, {**filled(survey, q6=["law"]), "code": code_in(opened)})

    assert (code in sent, twice.status_code, "Open my answer" in again) == (True, 200, True)
    assert ('value="12.5"' in opened, "<option selected>2</option>" in opened) == (True, True)
    assert changed.status_code == 200
    assert said(survey) == [
        (1, "Tin"), (2, "Price"), (2, "Safety"), (3, "4.0000"), (4, "Law"), (4, "Roads"), (5, "12.5000"), (6, "law"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"q1": []}, "This question needs an answer."),
        ({"q1": ["999"]}, "“999” is not one of the options."),
        ({"q3": ["9"]}, "“9” is no rating."),
        ({"q4": ["1", "1", ""]}, "Two options have the rank 1."),
        ({"q4": ["1", "3", ""]}, "The rank 2 is missing, though 3 is given."),
        ({"q4": ["first", "", ""]}, "“first” is no rank."),
        ({"q5": ["about 20"]}, "“about 20” cannot be read as a number."),
        ({"q5": ["101"]}, "“101” is more than 100"),
        ({"q6": ["x" * 301]}, "301 characters are too many: at most 300."),
    ],
)
def test_wrong_value_is_quoted_and_nothing_is_lost(client, cast, change, words):
    survey = released(cast.femke, audience="public")
    address = url("survey_answer", survey.pk)
    code = code_in(client.get(address).content.decode())

    answer_ = client.post(address, {**filled(survey, q7=["keep me"], **change), "code": code})
    text = answer_.content.decode()

    assert (answer_.status_code, words in text, "keep me" in text, code_in(text) == code) == (422, True, True, True)
    assert said(survey) == []


def test_what_is_written_is_kept_as_it_goes_also_when_it_does_not_fit(client, cast):
    survey = released(cast.femke)
    client.force_login(cast.noor)
    address = url("survey_answer", survey.pk)

    scripted = client.post(address, {**filled(survey, q5=["about 20"]), "keep": "1"}, headers={"HX-Request": "true"})
    plain = client.post(address, {**filled(survey, q5=["about 20"]), "keep": "1"})
    shown_ = client.get(address).content.decode()
    client.logout()
    visitor = client.get(address)

    assert (scripted.status_code, plain.status_code, "about 20" in shown_) == (204, 302, True)
    assert (visitor.status_code, said(survey)) == (302, [])


def test_draft_holds_no_code(client, cast):
    survey = released(cast.femke)
    client.force_login(cast.noor)
    address = url("survey_answer", survey.pk)
    code = code_in(client.get(address).content.decode())

    client.post(address, {**filled(survey), "code": code, "keep": "1"})

    with acting_as(None, job="surveys"):
        assert code not in json.dumps(list(Draft.objects.values_list("written", flat=True)))


@pytest.mark.parametrize("sent", [{}, {"code": "x"}, {"code": "0" * 24}])
def test_form_without_its_code_is_told_so(client, cast, sent):
    survey = released(cast.femke, audience="public")

    answer_ = client.post(url("survey_answer", survey.pk), {**filled(survey), **sent})

    assert (answer_.status_code, "The form has lost its code" in answer_.content.decode()) == (403, True)


def test_visitor_who_changes_a_sheet_still_comes_from_where_they_said(client, cast):
    survey = released(cast.femke, audience="public")
    address = url("survey_answer", survey.pk)
    code = code_in(client.get(address).content.decode())
    client.post(address, {**filled(survey), "code": code, "part": "civil_society"})

    opened = client.post(address, {"open": "1", "code": code}).content.decode()

    assert '<option value="civil_society" selected>' in opened


def test_wrong_code_is_quoted(client, cast):
    survey, other = released(cast.femke, audience="public"), released(cast.femke, audience="public")
    code = answer(other)

    answer_ = client.post(url("survey_answer", survey.pk), {"open": "1", "code": code})

    assert (answer_.status_code, f"“{code}” opens no answer" in answer_.content.decode()) == (422, True)


def test_visitor_is_led_to_sign_in_where_accounts_are_asked_and_another_pillar_finds_nothing(client, cast):
    survey = released(cast.femke, audience="pillars", pillars=["government"])
    everybody = released(cast.femke, audience="public")
    client.force_login(cast.noor)

    statuses = [client.get(url("survey_answer", each.pk)).status_code for each in (survey, everybody)]

    assert statuses == [404, 200]


def test_promise_stands_at_the_top(client, cast):
    anonymous, named = released(cast.femke), released(cast.femke, by_name=True)
    client.force_login(cast.noor)

    told = [page(client, "survey_answer", each.pk) for each in (anonymous, named)]

    assert ["Anonymous." in each for each in told] == [True, False]
    assert [each.index("The secretariat sees") > 0 for each in told[1:]] == [True]


def test_invited_address_answers_by_its_link_without_an_account(client, cast):
    survey = released(cast.femke, audience="invited")
    client.force_login(cast.femke)
    wrong = client.post(url("survey_invite", survey.pk), {"emails": "ana@else.example\nnonsense", "language": "en"})
    client.post(url("survey_invite", survey.pk), {"emails": "ana@else.example", "language": "fr"})
    client.logout()
    letter = texts("ana@else.example")[0]
    address = "/surveys/links/" + letter.partition("/surveys/links/")[2].split()[0]
    no_more = "/surveys/no-more/" + letter.partition("/surveys/no-more/")[2].split()[0]

    code = code_in(client.get(address).content.decode())
    kept = client.post(address, {**filled(survey, q6=["half"]), "keep": "1"})
    prefilled = client.get(address).content.decode()
    sent = client.post(address, {**filled(survey), "code": code, "part": "civil_society"})
    again = client.get(address).content.decode()
    opened, refused = client.get(no_more), client.post(no_more).content.decode()

    assert (wrong.status_code, "“nonsense” is no e-mail address." in wrong.content.decode()) == (422, True)
    assert (kept.status_code, "half" in prefilled, sent.status_code, "Open my answer" in again) == (
        302,
        True,
        200,
        True,
    )
    assert (opened.status_code, "gets no more invitations" in refused) == (200, True)
    assert client.get("/surveys/links/abc/").status_code == client.get("/surveys/no-more/abc/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_survey_list_asks_the_same_number_of_questions(client, cast, django_assert_num_queries, count):
    for number in range(count):
        released(cast.femke, title_en=f"Survey {number}", audience="public")
    client.get(url("survey_list"))

    with django_assert_num_queries(LIST_QUERIES):
        text = page(client, "survey_list")

    assert text.count("Survey ") >= count


LIST_QUERIES = 8


def test_sheet_of_sixty_questions_asks_few_questions_of_the_database(client, cast, django_assert_max_num_queries):
    many = [{"kind": "single", "text_en": f"Q{n}", "options": [("a", "", ""), ("b", "", "")]} for n in range(60)]
    survey = released(cast.femke, many, audience="public")
    client.get(url("survey_answer", survey.pk))

    with django_assert_max_num_queries(15):
        assert page(client, "survey_answer", survey.pk).count("<legend>") == 60


def test_history_tells_who_changed_a_survey_and_nothing_of_sheets(cast):
    survey = released(cast.femke)
    answer(survey, cast.noor)

    with acting_for(cast.femke, path="test"):
        labels = list(survey.events.order_by("pgh_id").values_list("pgh_label", flat=True))
    assert labels == ["insert", "update"]
    assert not [model for model in (Answer, Response, Draft, Invitation) if hasattr(model, "pgh_tracked_model")]


def test_sheet_is_shown_in_the_readers_language_only_where_every_word_is_there(client, cast):
    french = {
        "kind": "single",
        "text_en": "Which?",
        "text_fr": "Lequel ?",
        "options": [("a", "un", ""), ("b", "deux", "")],
    }
    told = {"audience": "public", "title_fr": "Thèmes", "purpose_fr": "Pour savoir."}
    whole = released(cast.femke, [french], **told)
    client.cookies["django_language"] = "fr"

    text = page(client, "survey_answer", whole.pk)
    with translation.override("fr"):
        half = released(cast.femke, audience="public")
        other = page(client, "survey_answer", half.pk)

    assert ("Lequel ?" in text, "deux" in text, '<h1><span lang="fr">Thèmes</span></h1>' in text) == (True, True, True)
    assert ("Which metal?" in other, 'lang="en"' in other, "Envoyer ma réponse" in other) == (True, True, True)


def test_survey_is_called_by_its_name_in_the_readers_language(cast):
    survey = drafted(cast.femke, title_fr="Thèmes")

    named = {}
    for language in ("en", "fr", "es"):
        with translation.override(language):
            named[language] = str(survey)

    assert named == {"en": "Themes", "fr": "Thèmes", "es": "Themes"}
