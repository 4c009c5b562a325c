"""The pages of the plan and of campaigns."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from eprm.engagement.actions import campaigns
from eprm.engagement.models import Campaign, Entry, Refusal, Target
from eprm.people.identity import acting_for
from tests.eprm.engagement.rows import MAIL, make_campaign, make_contact, make_segment, make_target


def seen_by(person, model):
    with acting_for(person, path="test"):
        return list(model.objects.all())


def test_target_new_leads_to_its_first_step(client, cast):
    client.force_login(cast.femke)
    told = {"name": "PPA", "kind": "alliance", "priority": 1, "goal": "Align calls", "owner": cast.femke.pk}

    answer = client.post(reverse("engagement:target_new"), told)
    client.post(answer.url, {"stage": "approached", "next_step": "Write to them", "next_on": "2027-01-10"})

    (target,) = seen_by(cast.femke, Target)
    assert (answer.url, target.stage) == (reverse("engagement:step_edit", args=[target.pk]), "approached")
    page = client.get(reverse("engagement:target_board")).content.decode()
    assert [word for word in ("PPA", "Write to them") if word not in page] == []


def test_step_edit_without_a_day_is_refused_with_the_reason(client, cast):
    target = make_target(cast.femke)
    client.force_login(cast.femke)

    answer = client.post(reverse("engagement:step_edit", args=[target.pk]), {"stage": "talking", "next_step": "x"})

    assert (answer.status_code, "a next step and its day are needed" in answer.content.decode()) == (403, True)


def test_mail_new_keeps_files_and_says_what_is_none(client, cast):
    make_contact(make_target(cast.femke), cast.femke)
    client.force_login(cast.femke)
    files = [SimpleUploadedFile("a.eml", MAIL), SimpleUploadedFile("b.eml", b"%PDF-1.7")]

    page = client.post(reverse("engagement:mail_new"), {"files": files}, follow=True).content.decode()

    assert ("1 mail is kept." in page, "“b.eml” is no mail" in page) == (True, True)
    assert len(seen_by(cast.femke, Entry)) == 1


def test_target_detail_shows_the_board_no_contacts(client, cast):
    target = make_target(cast.femke)
    make_contact(target, cast.femke)

    shown = {}
    for name in ("femke", "hugo"):
        client.force_login(getattr(cast, name))
        shown[name] = (
            "ana@planet.example" in client.get(reverse("engagement:target_detail", args=[target.pk])).content.decode()
        )

    assert shown == {"femke": True, "hugo": False}


def test_campaign_is_written_tried_and_sent(client, cast):
    segment = make_segment(cast.femke)
    client.force_login(cast.femke)
    told = {"title": "Spring", "segment": segment.pk, "subject_en": "News", "text_en": "Hello."}

    written = client.post(reverse("engagement:campaign_new"), told)
    client.post(f"{written.url}try/")
    client.post(f"{written.url}send/", {"seen": "2"})

    (campaign,) = seen_by(cast.femke, Campaign)
    assert (campaign.state, campaign.planned) == ("sending", 2)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"subject_fr": "Nouvelles"}, "Write both subject and text, or neither."),
        ({"text_en": ""}, "This is still empty."),
    ],
)
def test_campaign_new_says_what_lacks(client, cast, changes, said):
    segment = make_segment(cast.femke)
    client.force_login(cast.femke)
    told = {"title": "S", "segment": segment.pk, "subject_en": "News", "text_en": "Hello.", **changes}

    answer = client.post(reverse("engagement:campaign_new"), told)

    assert (answer.status_code, said in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("seen", ["", "-1", "nine", "999999999999"])
def test_campaign_send_with_another_number_sends_nothing(client, cast, seen):
    campaign = make_campaign(cast.femke, make_segment(cast.femke))
    client.force_login(cast.femke)

    answer = client.post(reverse("engagement:campaign_send", args=[campaign.pk]), {"seen": seen})

    assert (answer.status_code, seen_by(cast.femke, Campaign)[0].state) == (403, "draft")


def test_refuse_takes_a_mail_programs_post_and_a_click_without_an_account(client, cast):
    address = campaigns.refusal_address(cast.noor.email)
    path = address[address.index("/engagement/") :]

    page = client.get(path).content.decode()
    answer = client.post(path, {"List-Unsubscribe": "One-Click"})

    assert (cast.noor.email in page, answer.status_code) == (True, 200)
    assert len(seen_by(cast.femke, Refusal)) == 1


def test_refuse_with_a_made_up_link_is_not_there(client, db):
    assert client.post(reverse("engagement:refuse", args=["made:up"])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_target_list_asks_as_often_for_one_as_for_three(client, cast, count, django_assert_max_num_queries):
    for number in range(count):
        make_target(cast.femke, f"Partner {number}")
    client.force_login(cast.femke)

    with django_assert_max_num_queries(20):
        client.get(reverse("engagement:target_list"))
