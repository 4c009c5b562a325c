"""Times in groups: by the reader's clock once chosen, else by the clock they were announced with; always named."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from eprm.groups.actions import decisions, work
from eprm.groups.models import CalendarDate, Proposal

WINTER = datetime(2099, 1, 20, 13, tzinfo=UTC)


@pytest.fixture
def noor(cast):
    client = Client()
    client.force_login(cast.noor)
    return client


def address(cast, route, *args):
    return reverse(f"groups:{route}", args=[cast.group.slug, *args])


def test_date_is_read_by_the_clock_its_form_names(cast, noor):
    told = {"title": "Call", "zone": "Africa/Lubumbashi", "starts_at": "2099-01-20T15:00", "ends_at": ""}

    noor.post(address(cast, "date_list"), told)

    with cast.acting("noor"):
        made = CalendarDate.objects.get(title="Call")
    assert (made.starts_at, made.zone) == (WINTER, "Africa/Lubumbashi")


def test_date_is_told_by_its_own_clock_and_then_by_the_readers(cast, noor):
    with cast.acting("noor"):
        work.add_date(cast.group, title="Call", starts_at=WINTER, zone="Africa/Lubumbashi", by=cast.noor)

    by_its_own = noor.get(address(cast, "date_list")).text
    noor.post(reverse("ui:clock"), {"zone": "America/Bogota"})
    by_mine = noor.get(address(cast, "date_list")).text

    assert ("15:00\xa0CAT" in by_its_own, "08:00\xa0UTC−05" in by_mine) == (True, True)


def test_date_that_ends_before_it_begins_quotes_the_end_by_its_clock(cast, noor):
    told = {"title": "Call", "zone": "Europe/Paris", "starts_at": "2099-01-20T15:00", "ends_at": "2099-01-20T14:00"}

    answer = noor.post(address(cast, "date_list"), told)

    assert (answer.status_code, "It ends 20\xa0Jan\xa02099, 14:00\xa0CET" in answer.text) == (422, True)


def test_time_that_the_clocks_leave_out_is_told_for_the_zone_of_the_form_alone(cast, noor):
    told = {"title": "Call", "starts_at": "2099-03-29T02:30", "ends_at": ""}
    noor.post(reverse("ui:clock"), {"zone": "Europe/Paris"})

    in_paris = noor.post(address(cast, "date_list"), told | {"zone": "Europe/Paris"})
    in_lima = noor.post(address(cast, "date_list"), told | {"zone": "America/Lima"})

    assert (in_paris.status_code, "the clocks leave" in in_paris.text, in_lima.status_code) == (422, True, 302)


def test_proposal_closes_by_the_clock_its_form_names(cast, noor):
    thread = cast.thread()
    noor.post(reverse("ui:clock"), {"zone": "Asia/Tokyo"})
    told = {"title": "Adopt it", "text": "As it is.", "zone": "Europe/Brussels", "closes_at": "2099-01-20T14:00"}

    noor.post(address(cast, "proposal_new", thread.pk), told)

    with cast.acting("noor"):
        made = Proposal.objects.get(title="Adopt it")
    page = noor.get(address(cast, "proposal_detail", made.pk)).text
    assert (made.closes_at, made.zone, "22:00\xa0JST" in page) == (WINTER, "Europe/Brussels", True)


def test_mail_tells_a_proposals_end_by_its_own_clock(cast):
    from eprm.groups.letters import section_of  # noqa: PLC0415
    from eprm.groups.models import Notice  # noqa: PLC0415

    thread = cast.thread()
    with cast.acting("noor"):
        decisions.propose(
            thread, title="Adopt it", text="As it is.", closes_at=WINTER, zone="Europe/Brussels", by=cast.noor
        )
        notice = Notice.objects.get(event=Notice.Event.PROPOSAL)
        said = section_of(notice, {}, "en")

    assert "14:00\xa0CET" in said.heading + said.text


def test_forms_begin_with_the_readers_clock(cast, noor):
    noor.post(reverse("ui:clock"), {"zone": "Africa/Kigali"})

    page = noor.get(address(cast, "date_list")).text

    assert '<option value="Africa/Kigali" selected>' in page


def test_unknown_clock_in_the_cookie_is_none(cast, noor):
    with cast.acting("noor"):
        work.add_date(cast.group, title="Call", starts_at=timezone.now() + timedelta(days=1), by=cast.noor)
    noor.cookies["clock"] = "../../etc/passwd"

    assert noor.get(address(cast, "date_list")).status_code == 200
