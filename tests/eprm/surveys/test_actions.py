"""Sheets, voices, codes, counting, mails; and what the database shows to whom."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from eprm.base.errors import NotAllowed
from eprm.base.identity import acting_as
from eprm.people.identity import acting_for
from eprm.people.models import Person
from eprm.surveys.actions import answers, counting, invitations, surveys
from eprm.surveys.codes import REFUSE, digest_of, new_code, read_code, signed
from eprm.surveys.models import (
    Answer,
    Draft,
    Figure,
    Invitation,
    Participation,
    Response,
    Signature,
    Survey,
    Wish,
)
from eprm.surveys.queries import answers as sheets
from eprm.surveys.queries import surveys as queries
from eprm.surveys.queries.answers import Voice
from tests.eprm.surveys.rows import answer, counted, drafted, mails, questions_of, released, shown, texts, visited

SHEETS = (Answer, Response, Signature, Participation, Draft, Wish, Invitation)


def count_of(model, **which):
    with acting_as(None, job="surveys"):
        return model.objects.filter(**which).count()


def test_one_person_answers_once_and_changes_by_the_code(cast):
    survey = released(cast.femke)
    code = answer(survey, cast.noor, option=0)

    with pytest.raises(NotAllowed, match="Change your answer with the code"):
        answer(survey, cast.noor, option=1)
    answer(survey, cast.noor, option=1, code=code)

    asked = questions_of(survey)
    gold = str(list(asked[0].options.all())[1].pk)
    assert sheets.sheet_of_code(survey, read_code(code)).written[str(asked[0].pk)] == [gold]
    assert (count_of(Response), count_of(Participation, person=cast.noor)) == (1, 1)


def test_one_organisation_answers_once_by_whoever_may(cast):
    survey = released(cast.femke, voice="organisation")
    answer(survey, cast.noor)

    with pytest.raises(NotAllowed, match="Your organisation has answered"):
        answer(survey, cast.jonas)
    with pytest.raises(NotAllowed, match="You read for it"):
        answer(survey, cast.rita)
    with pytest.raises(NotAllowed, match="you work for none"):
        answer(survey, cast.new)

    assert count_of(Response) == 1


def test_by_name_the_second_sheet_is_a_change_of_the_first(cast):
    survey = released(cast.femke, by_name=True)
    answer(survey, cast.noor, option=0)
    answer(survey, cast.noor, option=1)

    with acting_for(cast.idris, path="test"):
        (sheet,) = sheets.signed_sheets(survey)
        said = (str(sheet.signature.person), [str(each.option) for each in sheet.answers.all() if each.option])
    assert said == ("Noor", ["Gold"])


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_four_times_at_once_is_one_sheet(cast):
    survey = released(cast.femke, audience="public")
    code = new_code()

    def send(who):
        try:
            answer(survey, who, code=code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, [None] * 4))
    with ThreadPoolExecutor(4) as pool:
        told = [pool.submit(send, cast.noor) for _each in range(4)]

    assert (count_of(Response), [each.exception() for each in told]) == (1, [None] * 4)


@pytest.mark.django_db(transaction=True)
def test_one_person_sending_two_forms_at_once_answers_once(cast):
    survey = released(cast.femke)

    def send(_each):
        try:
            answer(survey, Person.objects.get(pk=cast.noor.pk))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        told = [pool.submit(send, each) for each in range(2)]
        problems = [type(each.exception()).__name__ for each in told]

    assert (count_of(Response), sorted(problems)) == (1, ["NoneType", "NotAllowed"])


@pytest.mark.django_db(transaction=True)
def test_sheets_sent_while_it_is_counted_are_counted_or_refused(cast):
    """Eight visitors and the count at once: as many sheets lie there as the count tells."""
    survey = released(cast.femke, audience="public")
    visited(survey, 5)

    def deed(number):
        try:
            return counted(survey, cast.femke) if number == 4 else answer(survey)
        except NotAllowed:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(9) as pool:
        list(pool.map(deed, range(9)))

    with acting_as(None, job="surveys"):
        told = Figure.objects.get(survey=survey, question=None, part="").base
    assert told == count_of(Response)


def test_draft_is_kept_for_its_writer_and_gone_when_sent(cast):
    survey = released(cast.femke)
    with acting_for(cast.noor, path="test"):
        voice = Voice(cast.noor)
        answers.save_draft(survey=survey, voice=voice, written={"1": ["about 20"]})
        answers.save_draft(survey=survey, voice=voice, written={"1": ["about 30"]})
        kept = sheets.draft_of(survey, voice)

    answer(survey, cast.noor)

    assert (kept, count_of(Draft)) == ({"1": ["about 30"]}, 0)


def test_draft_that_comes_after_an_anonymous_sheet_is_not_kept(cast):
    survey = released(cast.femke)
    answer(survey, cast.noor)

    with acting_for(cast.noor, path="test"):
        answers.save_draft(survey=survey, voice=Voice(cast.noor), written={"1": ["my answer"]})

    assert count_of(Draft) == 0


def test_organisation_that_was_merged_has_answered(cast):
    survey = released(cast.femke, voice="organisation")
    answer(survey, cast.olivier)
    merged = cast.olivier.current_memberships[0].organisation
    halden = cast.noor.current_memberships[0].organisation
    merged.merged_into = halden
    merged.save()

    with pytest.raises(NotAllowed, match="Your organisation has answered"):
        answer(survey, Person.objects.get(pk=cast.noor.pk))


def test_after_the_close_nothing_is_taken(cast):
    survey = released(cast.femke, audience="public")
    visited(survey, 5)
    counted(survey, cast.femke)

    with pytest.raises(NotAllowed, match="answers are no longer taken"):
        answer(Survey.objects.get(pk=survey.pk))
    with pytest.raises(NotAllowed, match="answers are no longer taken"):
        answer(survey)  # a page loaded before the close


def test_released_survey_keeps_its_questions_and_a_new_edition_takes_them_over(cast):
    survey = released(cast.femke)
    first = questions_of(survey)[0]

    with acting_for(cast.femke, path="test"):
        with pytest.raises(NotAllowed, match="Make a new edition"):
            surveys.save_question(survey=survey, question=first, kind="rating", text_en="Else?", by=cast.femke)
        with pytest.raises(NotAllowed, match="Make a new edition"):
            surveys.remove_question(question=first, by=cast.femke)
        copy = surveys.new_edition(survey=survey, by=cast.femke, on=timezone.localdate())
        told = [(str(each), [str(option) for option in each.options.all()]) for each in queries.questions_of(copy)]

    assert (copy.edition, copy.follows, copy.released_at) == (2, survey, None)
    assert told == [(str(each), [str(option) for option in each.options.all()]) for each in questions_of(survey)]


def test_release_waits_for_every_word_of_a_language_that_was_begun(cast):
    survey = drafted(cast.femke, title_fr="Thèmes")

    with acting_for(cast.femke, path="test"), pytest.raises(NotAllowed, match="Some words are missing"):
        surveys.release(survey=survey, by=cast.femke, on=timezone.localdate())

    lacking = queries.lacking(survey, questions_of(survey), "fr")
    assert lacking == ["purpose", "1", "2", "3", "4", "5", "6", "7"]


def test_others_make_and_keep_no_survey(cast):
    survey = released(cast.femke)

    for person in (cast.noor, cast.hugo):
        with acting_for(person, path="test"):
            with pytest.raises(NotAllowed, match="The secretariat makes surveys"):
                drafted(person)
            with pytest.raises(NotAllowed, match="The secretariat keeps this survey"):
                counting.count(survey=survey, by=person)


def test_counting_tells_figures_of_all_and_shares_of_groups_of_five(cast):
    """Of 13, seven of the supply chain (five tin, two gold), six of civil society (gold): 38.5 % say tin in all."""
    survey = released(cast.femke, audience="public")
    visited(survey, 5, part="supply_chain")
    visited(survey, 2, option=1, part="supply_chain")
    visited(survey, 6, option=1, part="civil_society")

    counted(survey, cast.femke)

    with acting_as(None, job="surveys"):
        found = Figure.objects.filter(question=questions_of(survey)[0], measure="option").select_related("option")
        told = [(each.part, str(each.option), each.base, each.count, each.share) for each in found]
        turnout = list(Figure.objects.filter(question=None).values_list("part", "base", "hidden"))
    assert told == [
        ("", "Tin", 13, 5, Decimal("38.5")),
        ("", "Gold", 13, 8, Decimal("61.5")),
        ("civil_society", "Tin", 6, None, Decimal(0)),
        ("civil_society", "Gold", 6, None, Decimal(100)),
        ("supply_chain", "Tin", 7, None, Decimal(70)),
        ("supply_chain", "Gold", 7, None, Decimal(30)),
    ]
    assert turnout == [("", 13, ""), ("civil_society", 6, ""), ("supply_chain", 7, "")]


def test_counting_hides_what_four_said_and_what_could_be_subtracted(cast):
    survey = released(cast.femke, audience="public")
    visited(survey, 8, part="supply_chain")
    visited(survey, 6, part="government")
    visited(survey, 2, part="civil_society")

    counted(survey, cast.femke)

    with acting_as(None, job="surveys"):
        turnout = dict(Figure.objects.filter(question=None).exclude(part="").values_list("part", "hidden"))
        text = Figure.objects.get(question=questions_of(survey)[-1], part="", measure="base")
    assert turnout == {"civil_society": "too_few", "government": "would_tell", "supply_chain": ""}
    assert (text.base, text.hidden) == (None, "too_few")


def test_counting_takes_every_way_back_to_a_sheet(cast):
    """No code opens one any more, drafts are gone, and all rows were written by one transaction, in another order."""
    survey = released(cast.femke)
    code = answer(survey, cast.noor)
    people = [cast.olivier, cast.hugo, cast.jonas, cast.rita]
    for person in people:
        answer(survey, person)
    with acting_for(cast.idris, path="test"):
        answers.save_draft(survey=survey, voice=Voice(cast.idris), written={"1": ["x"]})

    counted(survey, cast.femke)

    with acting_as(None, job="surveys"), connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM surveys_response")
        writers = cursor.fetchone()[0]
        digests = set(Response.objects.values_list("digest", flat=True))
    assert (writers, digests, count_of(Draft)) == (1, {""}, 0)
    assert sheets.sheet_of_code(survey, read_code(code)) is None


def test_count_due_counts_what_closed_once(cast):
    survey = released(cast.femke, audience="public")
    visited(survey, 5)
    after = survey.closes_on + timedelta(days=1)

    assert [counting.count_due(survey.closes_on), counting.count_due(after), counting.count_due(after)] == [0, 1, 0]


def test_results_are_mailed_once_to_who_asked_for_it(cast):
    survey = released(cast.femke, audience="public")
    for each in range(5):
        answer(survey, email=f"reader{each % 2}@else.example")
    counted(survey, cast.femke)

    shown(survey, cast.femke)
    shown(survey, cast.femke, conclusion_en="Changed words.")

    assert sorted(mails()) == [(f"reader{each}@else.example", "Results: Themes") for each in range(2)]
    assert ("/surveys/results/" in texts("reader0@else.example")[0], count_of(Wish)) == (True, 0)


def test_invitation_goes_once_and_not_to_who_refused(cast):
    survey = released(cast.femke, audience="invited")
    invitations.refuse(text=signed(REFUSE, "no@else.example"))
    addresses = ["Ana@else.example", "ana@else.example", "no@else.example"]

    with acting_for(cast.femke, path="test"):
        first = invitations.invite(survey=survey, emails=addresses, language="en", by=cast.femke)
        second = invitations.invite(survey=survey, emails=addresses, language="en", by=cast.femke)

    assert (first, second) == (invitations.Invited(1, 0, 1), invitations.Invited(0, 1, 1))
    assert mails() == [("ana@else.example", "Your view: Themes")]


def test_invited_address_answers_once(cast):
    survey = released(cast.femke, audience="invited")
    with acting_for(cast.femke, path="test"):
        invitations.invite(survey=survey, emails=["ana@else.example"], language="en", by=cast.femke)
    token = texts("ana@else.example")[0].partition("/surveys/links/")[2].partition("/")[0]
    linked = queries.survey_of_link(token)

    answer(survey, invitation=linked.invitation, part="civil_society")

    with pytest.raises(NotAllowed, match="You have answered"):
        answer(survey, invitation=linked.invitation)
    assert (queries.survey_of_link("abc"), count_of(Response)) == (None, 1)


def test_head_counts_open_surveys_that_wait_for_the_person(cast):
    released(cast.femke, audience="public")
    released(cast.femke, audience="pillars", pillars=["government"])
    answered, waiting = released(cast.femke), released(cast.femke, voice="organisation")
    answer(answered, cast.noor)
    answer(waiting, cast.jonas)

    today, counts = timezone.localdate(), {}
    for who in ("noor", "hugo", "femke"):
        person = getattr(cast, who)
        with acting_for(person, path="test"):
            counts[who] = (
                queries.open_for(person, today).count(),
                queries.open_for(person, today + timedelta(days=11)).count(),
            )

    assert counts == {"noor": (0, 0), "hugo": (3, 0), "femke": (2, 0)}


def test_codes_are_read_as_people_type_them():
    code = new_code()

    assert {read_code(typed) for typed in (code, code.upper(), code.replace("-", " "), f" {code}\n")} == {
        code.replace("-", "")
    }
    assert [read_code(typed) for typed in ("", "abc", "0" * 20, "x" * 500)] == [""] * 4
    assert digest_of("a") != digest_of("b")
