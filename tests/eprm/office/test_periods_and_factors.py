"""Periods of keeping and second factors: dated rows with a reason, and what they bring about."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone

from eprm.base import retention
from eprm.base.errors import NotAllowed
from eprm.base.models import SecondFactorRule
from eprm.office.actions import factors, periods
from eprm.people.identity import acting_for
from tests.signing_in import sign_in


@pytest.fixture
def today():
    return timezone.localdate()


def test_set_period_holds_from_its_day_on(page, today):
    tomorrow = today + timedelta(days=1)
    typed = {"days": 400, "since": tomorrow.isoformat(), "reason": "The bookkeeper asks for it."}

    answer = page.post(reverse("office:period_new", args=["mails"]), typed)

    assert answer.status_code == 302
    assert (retention.days_on("mails", today), retention.days_on("mails", tomorrow)) == (365, 400)
    assert "The bookkeeper asks for it." in page.get(reverse("office:period_new", args=["mails"])).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"days": 0, "since": "2999-01-01", "reason": "r"}, "at least 1"),
        ({"days": 10, "since": "2020-01-01", "reason": "r"}, "begins today or later"),
        ({"days": 10, "since": "2999-01-01", "reason": ""}, "reason"),
    ],
)
def test_set_period_says_what_is_wrong(page, typed, said):
    answer = page.post(reverse("office:period_new", args=["mails"]), typed)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_set_period_twice_for_a_day_is_refused(femke, today):
    kept = retention.find("mails")
    with acting_for(femke, path="test"):
        periods.set_period(kept, days=10, since=today, reason="r", by=femke)
        with pytest.raises(NotAllowed, match="set already"):
            periods.set_period(kept, days=11, since=today, reason="r", by=femke)


def test_set_period_below_what_a_law_demands_is_refused(femke, today):
    kept = retention.Kept("packs", 1900, lambda before: 0, "Packs", 1826, "Article 15 demands five years.")
    with acting_for(femke, path="test"), pytest.raises(NotAllowed, match=r"at least 1826\. Article 15 demands"):
        periods.set_period(kept, days=30, since=today, reason="r", by=femke)


def test_period_of_nothing_is_404(page):
    assert page.get(reverse("office:period_new", args=["nothing"])).status_code == 404


def test_period_list_shows_what_was_removed(page):
    retention.run()

    shown = page.get(reverse("office:period_list")).content.decode()

    assert "Mails sent, failed or withdrawn" in shown
    assert page.get(reverse("office:period_list"), {"format": "csv"}).status_code == 200


def demand(femke, role, since):
    with acting_for(femke, path="test"):
        return factors.demand_factor(role=role, since=since, reason="Theft of a password.", by=femke)


def test_second_factor_leads_to_the_set_up(femke, noor, today):
    demand(femke, "manager", today)
    client = sign_in(noor)

    led = client.get(reverse("people:profile"))
    explained = client.get(led.url).content.decode()

    assert led.url == reverse("office:factor_needed")
    assert "Theft of a password." in explained
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.post(reverse("ui:theme"), {"theme": "dark"}).url != led.url


def test_second_factor_set_up_goes_on(femke, noor, today):
    demand(femke, "manager", today)
    Authenticator.objects.create(user=noor, type="totp", data={"secret": "x"})

    assert sign_in(noor).get(reverse("people:profile")).status_code == 200


def test_second_factor_is_asked_of_the_role_alone_and_from_its_day_on(femke, noor, today):
    demand(femke, "secretariat", today)
    demand(femke, "manager", today + timedelta(days=1))

    assert sign_in(noor).get(reverse("people:profile")).status_code == 200
    assert sign_in(femke).get(reverse("people:profile")).status_code == 302


def test_second_factor_rule_can_be_ended(femke, noor, today, page):
    rule = demand(femke, "board", today)

    page.post(reverse("office:factor_end", args=[rule.pk]))

    assert SecondFactorRule.objects.get().until == today


def test_second_factor_is_demanded_once_by_managers_of_the_secretariat(femke, idris, today):
    demand(femke, "board", today)

    with pytest.raises(NotAllowed, match="already"):
        demand(femke, "board", today)
    with pytest.raises(NotAllowed, match="The managers of the secretariat"):
        demand(idris, "manager", today)


def test_second_factor_form_sets_the_rule(page, today):
    answer = page.post(
        reverse("office:factor_new"),
        {"role": "board", "since": (today + timedelta(days=30)).isoformat(), "reason": "r"},
    )

    assert answer.status_code == 302
    assert "members of the board" in page.get(reverse("office:factor_list")).content.decode()


def test_seal_list_opens(page):
    assert page.get(reverse("office:seal_list")).status_code == 200
