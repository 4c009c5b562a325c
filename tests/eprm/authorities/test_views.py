"""The pages of the network and the desk: what people send, and what they are told."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from eprm.authorities import queries
from eprm.authorities.models import Case, Check, Concern, Filing, KeepingRule
from eprm.base.identity import acting_everywhere
from eprm.people.identity import acting_for
from eprm.reference.models import Threshold
from tests.eprm.authorities.rows import WIRE, file_year, paper


def sent(cast, **changes):
    """A filing form as a browser sends it: one mass, one document."""
    line = Threshold.objects.get(code=WIRE[0])
    return {
        "authority": cast.nl.pk,
        "year": 2025,
        "exemption": "none",
        "mass-TOTAL_FORMS": 6,
        "mass-INITIAL_FORMS": 0,
        "rows_shown": 6,
        "mass-0-line": line.pk,
        "mass-0-mass_kg": "300",
        "mass-0-origin": "CD",
        "document_audit": SimpleUploadedFile("audit.pdf", b"%PDF-1.7"),
        **changes,
    }


def filed_by(person):
    with acting_for(person, path="test"):
        return list(Filing.objects.all())


def test_filing_new_files_with_the_chosen_authority(client, cast):
    client.force_login(cast.noor)

    answer = client.post(reverse("authorities:filing_new"), sent(cast))

    (filing,) = filed_by(cast.ruben)
    assert (answer.status_code, answer.url) == (302, reverse("authorities:filing_detail", args=[filing.pk]))
    page = client.get(answer.url).content.decode()
    assert [word for word in ("Nord-Kivu", "audit.pdf", "bound", "supply chain policy") if word not in page] == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"mass-0-mass_kg": ""}, "Say how many kilograms of “Tungsten wire”."),
        ({"mass-0-line": ""}, "Say which line of Annex I these 300 kg are."),
        ({"mass-0-line": "", "mass-0-mass_kg": ""}, "Give at least one line of Annex I"),
        ({"document_audit": SimpleUploadedFile("audit.exe", b"MZ")}, "“audit.exe” ends in “.exe”"),
        ({"year": 2020}, "2021"),
    ],
)
def test_filing_new_says_what_is_wrong_and_files_nothing(client, cast, changes, told):
    client.force_login(cast.noor)

    answer = client.post(reverse("authorities:filing_new"), sent(cast, **changes))

    assert (answer.status_code, told in answer.content.decode(), filed_by(cast.noor)) == (422, True, [])


def test_filing_new_gives_more_rows_and_keeps_what_was_typed(client, cast):
    client.force_login(cast.noor)

    answer = client.post(reverse("authorities:filing_new"), sent(cast, rows="more"))

    page = answer.content.decode()
    assert (answer.status_code, page.count("<fieldset"), 'value="300"' in page) == (200, 13, True)
    assert filed_by(cast.noor) == []


def test_desk_takes_up_checks_and_answers(client, cast):
    filing = file_year(cast.halden, cast.nl, cast.noor, documents=[paper()])
    client.force_login(cast.ruben)

    desk = client.get(reverse("authorities:desk")).content.decode()
    client.post(reverse("authorities:filing_take", args=[filing.pk]))
    client.post(
        reverse("authorities:check_new", args=[filing.pk]),
        {"nature": "documents", "checked_on": "2026-03-01", "result": "conforms", "findings": "All there."},
    )
    client.post(reverse("authorities:filing_close", args=[filing.pk]), {"outcome": "Thank you."})

    with acting_for(cast.ruben, path="test"):
        assert (Case.objects.get().state, Check.objects.get().findings) == ("closed", "All there.")
    assert "Halden Instruments" in desk
    client.force_login(cast.noor)
    page = client.get(reverse("authorities:filing_detail", args=[filing.pk])).content.decode()
    assert ("Thank you." in page, "All there." in page, "Never checked" in page) == (True, False, False)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"remedy": "Send it", "remedy_due_on": ""}, "Say by which day"),
        ({"remedy": "", "remedy_due_on": "2026-05-01"}, "no remedial action"),
        ({"findings": ""}, "This is still empty."),
    ],
)
def test_check_new_says_what_is_wrong(client, cast, changes, told):
    filing = file_year(cast.halden, cast.nl, cast.noor)
    client.force_login(cast.ruben)

    answer = client.post(
        reverse("authorities:check_new", args=[filing.pk]),
        {"nature": "spot", "checked_on": "2026-03-01", "result": "partly", "findings": "x", **changes},
    )

    assert (answer.status_code, told in answer.content.decode()) == (422, True)


def test_concern_of_a_visitor_is_strengthened_sent_and_followed_by_its_code(client, cast):
    address, told = (
        reverse("authorities:concern_new"),
        {"authority": cast.nl.pk, "importer_name": "Halden", "text": "x"},
    )

    first = client.post(address, told).content.decode()
    second = client.post(address, {**told, "as_it_is": "1"})
    code = second.context["code"]
    followed = client.post(reverse("authorities:concern_follow"), {"receipt": code}).content.decode()
    wrong = client.post(reverse("authorities:concern_follow"), {"receipt": "aaaa-bbbb"})

    assert ("Say how you know." in first, "Halden" in followed, len(code)) == (True, True, 19)
    assert (wrong.status_code, "No concern has this code" in wrong.content.decode()) == (422, True)
    with acting_for(cast.ruben, path="test"):
        assert Concern.objects.count() == 1


def test_concern_detail_is_answered_at_the_desk(client, cast):
    client.force_login(cast.petra)
    client.post(
        reverse("authorities:concern_new"),
        {"authority": cast.nl.pk, "importer_name": "Halden", "text": "x", "as_it_is": "1"},
    )
    with acting_for(cast.ruben, path="test"):
        concern = Concern.objects.get()
    page = reverse("authorities:concern_detail", args=[concern.pk])

    client.force_login(cast.ruben)
    client.post(page, {"answer": "We looked into it."})

    client.force_login(cast.petra)
    assert "We looked into it." in client.get(page).content.decode()


def test_rule_list_takes_a_new_rule_of_the_secretariat_alone(client, cast):
    address = reverse("authorities:rule_list")
    rule = {"since": "2027-01-01", "keep_years": 7, "check_within_years": 8, "source": "Article 12"}

    client.force_login(cast.noor)
    refused = client.post(address, rule)
    client.force_login(cast.femke)
    client.post(address, rule)

    assert (refused.status_code, KeepingRule.objects.get(since="2027-01-01").keep_years) == (403, 7)


def test_authority_new_names_one_and_shows_it_to_everybody(client, cast):
    from tests import factories  # noqa: PLC0415 - one organisation more

    organisation = factories.organisation("DEKSOR (demo)", tier="government", country="DE")
    client.force_login(cast.femke)

    client.post(
        reverse("authorities:authority_new"), {"organisation": organisation.pk, "member_state": "DE", "source": "law"}
    )

    client.logout()
    assert "DEKSOR (demo)" in client.get(reverse("authorities:authority_list")).content.decode()


def test_topic_is_asked_answered_and_settled(client, cast):
    client.force_login(cast.ruben)
    asked = client.post(
        reverse("authorities:topic_new"), {"kind": "question", "title": "Article 7?", "text": "How do you read it?"}
    )
    client.force_login(cast.silke)
    client.post(asked.url, {"text": "By the letter."})
    client.force_login(cast.ruben)
    client.post(asked.url + "settle/")

    page = client.get(asked.url).content.decode()
    assert [word for word in ("By the letter.", "settled") if word not in page] == []


@pytest.mark.parametrize("count", [1, 3])
def test_filing_list_asks_as_often_for_one_as_for_three(client, cast, count, django_assert_max_num_queries):
    for year in range(2023, 2023 + count):
        file_year(cast.halden, cast.nl, cast.noor, year=year)
    client.force_login(cast.noor)

    with django_assert_max_num_queries(20):
        client.get(reverse("authorities:filing_list"))


def test_waiting_things_are_counted_for_the_desk_alone(cast):
    file_year(cast.halden, cast.nl, cast.noor)

    counted = {}
    for name in ("ruben", "silke", "noor", "femke"):
        with acting_for(getattr(cast, name), path="test"):
            counted[name] = sum(rows.count() for rows in queries.waiting_at_desk_for(getattr(cast, name)))

    assert counted == {"ruben": 1, "silke": 0, "noor": 0, "femke": 0}


def test_past_remove_shows_what_goes_and_removes_it(client, cast):
    filing = file_year(cast.halden, cast.nl, cast.noor)
    with acting_everywhere("test"):
        Filing.objects.filter(pk=filing.pk).update(keep_until=date(2020, 1, 1))
    client.force_login(cast.ruben)
    address = reverse("authorities:past_remove")

    desk, asked = (client.get(each).content.decode() for each in (reverse("authorities:desk"), address))
    stale = client.post(address, {"seen": "7"}, follow=True).content.decode()
    done = client.post(address, {"seen": "1"}, follow=True).content.decode()

    assert "1 file or check need be kept no longer" in desk
    assert "Halden Instruments, 2025" in asked
    assert "Look at them again" in stale
    assert "1 file or check is removed." in done
    assert filed_by(cast.ruben) == []
