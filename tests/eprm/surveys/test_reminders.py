"""Reminders to invited addresses, and a code the reader's own browser keeps."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from eprm.base.errors import NotAllowed
from eprm.base.identity import acting_as
from eprm.people.identity import acting_for
from eprm.surveys.actions import invitations
from eprm.surveys.codes import REFUSE, signed
from eprm.surveys.models import Survey
from eprm.surveys.queries import surveys as queries
from tests.eprm.surveys.rows import answer, mails, questions_of, released, texts

ANA, BEN, NO = "ana@else.example", "ben@else.example", "no@else.example"


def invited(by, *emails, **facts):
    survey = released(by, audience="invited", **facts)
    with acting_for(by, path="test"):
        invitations.invite(survey=survey, emails=emails, language="en", by=by)
    return survey


def answered_by(survey, email):
    token = texts(email)[0].partition("/surveys/links/")[2].partition("/")[0]
    answer(survey, invitation=queries.survey_of_link(token).invitation)


def remind(survey, by):
    with acting_for(by, path="test"):
        return invitations.remind(survey=survey, by=by)


def reminders():
    return sorted(to for to, subject in mails() if subject.startswith("Until "))


def test_by_name_who_has_not_answered_is_reminded_and_nobody_else(cast):
    survey = invited(cast.femke, ANA, BEN, by_name=True)
    answered_by(survey, ANA)

    count = remind(survey, cast.femke)

    assert (count, reminders(), "You have not answered yet." in texts(BEN)[1]) == (1, [BEN], True)


def test_anonymous_everybody_invited_is_reminded_so_that_nobody_sees_who_has_answered(cast):
    survey = invited(cast.femke, ANA, BEN)
    answered_by(survey, ANA)

    remind(survey, cast.femke)

    assert reminders() == [ANA, BEN]
    assert "If you have answered, thank you" in texts(ANA)[1]


def test_the_reminders_link_opens_the_same_sheet_as_the_first(cast):
    survey = invited(cast.femke, ANA)
    remind(survey, cast.femke)
    first, second = (
        queries.survey_of_link(text.partition("/surveys/links/")[2].partition("/")[0]) for text in texts(ANA)
    )

    assert first == second


def test_link_that_was_not_signed_here_opens_nothing(cast):
    invited(cast.femke, ANA)

    assert queries.survey_of_link(signed("something.else", "x")) is None


def test_who_refuses_meanwhile_is_left_alone(cast):
    survey = invited(cast.femke, ANA, NO)
    invitations.refuse(text=signed(REFUSE, NO))

    assert (remind(survey, cast.femke), reminders()) == (1, [ANA])


def test_twice_in_a_week_is_refused_with_the_day(cast):
    survey = invited(cast.femke, ANA)
    remind(survey, cast.femke)
    with acting_as(None, job="surveys"):
        survey = Survey.objects.get(pk=survey.pk)

    with pytest.raises(NotAllowed, match="once a week is enough"):
        remind(survey, cast.femke)


def test_only_its_keeper_reminds(cast):
    survey = invited(cast.femke, ANA)

    with pytest.raises(NotAllowed, match="The secretariat keeps this survey"):
        remind(survey, cast.noor)


@pytest.mark.parametrize(("left", "open_for", "count"), [(3, 4, 1), (4, 4, 0), (3, 1, 0), (0, 9, 1)])
def test_the_job_reminds_once_in_the_last_three_days(cast, left, open_for, count):
    survey = invited(cast.femke, ANA)
    today = timezone.localdate()
    with acting_as(None, job="surveys"):
        Survey.objects.filter(pk=survey.pk).update(
            opens_on=today - timedelta(days=open_for), closes_on=today + timedelta(days=left)
        )

    told = [invitations.remind_due(timezone.now()) for _time in range(2)]

    assert told == [count, 0]


def test_keeper_reminds_by_the_page(client, cast):
    survey = invited(cast.femke, ANA)
    client.force_login(cast.femke)
    page = reverse("surveys:survey_invite", args=[survey.pk])

    before = client.get(page).text
    done = client.post(reverse("surveys:survey_remind", args=[survey.pk]), follow=True).text

    assert ("Remind the invited" in before, "1 address is reminded." in done) == (True, True)
    assert "once a week is enough" in done


def sent(client, survey, **more):
    """Send a sheet by its page, as somebody with an account; answers the page with the code, and the code."""
    address = reverse("surveys:survey_answer", args=[survey.pk])
    code = client.get(address).text.partition('name="code" value="')[2].partition('"')[0]
    asked = questions_of(survey)[0]
    option = asked.options.all()[0].pk
    return client.post(address, {"code": code, f"q{asked.pk}": option, **more}), code


def test_browser_remembers_the_code_where_asked_and_tells_it_again(client, cast):
    survey = released(cast.femke)
    client.force_login(cast.noor)

    page, code = sent(client, survey, remember="on")
    again = client.get(reverse("surveys:survey_answer", args=[survey.pk])).text
    client.post(reverse("surveys:code_forget", args=[survey.pk]))
    forgotten = client.get(reverse("surveys:survey_answer", args=[survey.pk])).text

    assert (page.status_code, f"<code>{code}</code>" in again, code in forgotten) == (200, True, False)


def test_browser_remembers_nothing_unasked_and_a_forged_cookie_is_none(client, cast):
    survey = released(cast.femke)
    client.force_login(cast.noor)

    page, _code = sent(client, survey)
    client.cookies[f"survey-{survey.pk}"] = "abcd-abcd-abcd-abcd-abcd:forged"
    again = client.get(reverse("surveys:survey_answer", args=[survey.pk]))

    assert (f"survey-{survey.pk}" in page.cookies, again.status_code, "abcd-abcd" in again.text) == (False, 200, False)
    assert 'download="' in page.text
