"""Suppliers held against the sanctions lists, and a person's word on who they are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from eprm.base.errors import NotAllowed, Overtaken
from eprm.base.identity import acting_as
from eprm.diligence.actions import suppliers
from eprm.diligence.actions.screening import judge_screening, screen_suppliers
from eprm.diligence.models import SupplierScreening
from eprm.diligence.queries.screening import screening_of
from eprm.diligence.queries.suppliers import suppliers_visible_to
from eprm.reference.actions.releases import ship_lists
from tests import factories


@pytest.fixture
def lists(acting):
    ship_lists()
    with acting_as(None, [], secretariat=True):
        factories.sanctions_list("2026-02-27", "Uganda Commercial Impex", "Machanga Gold Traders")
    return acting


def states(cast):
    return {each.name: each.screening for each in suppliers_visible_to(cast.officer)}


def test_screen_suppliers_finds_whose_name_is_alike_once(lists):
    factories.supplier(lists.organisation, "Machanga Gold Traders Ltd")
    factories.supplier(lists.organisation, "Condensa GmbH")

    done = [screen_suppliers(), screen_suppliers()]

    assert done == [2, 0]
    assert states(lists) == {"Machanga Gold Traders Ltd": "open", "Condensa GmbH": "clear"}
    hits = SupplierScreening.objects.get(name="Machanga Gold Traders Ltd").hits
    assert [(hit["reference"], hit["edition"], hit["programme"]) for hit in hits] == [
        ("TESTe.002", "2026-02-27", "DRC")
    ]


def test_screen_suppliers_without_a_list_says_nothing(acting):
    factories.supplier(acting.organisation, "Machanga Gold Traders")

    assert screen_suppliers() == 0
    assert states(acting) == {"Machanga Gold Traders": None}


def test_supplier_that_is_added_or_renamed_is_screened_by_a_job(lists):
    supplier = suppliers.add_supplier(organisation=lists.organisation, by=lists.officer, name="Condensa GmbH")
    screen_suppliers()
    suppliers.change_supplier(supplier=supplier, by=lists.officer, name="Uganda Commercial Impex")
    screen_suppliers()

    jobs = ProcrastinateJob.objects.filter(task_name="diligence.screen_suppliers")
    assert [job.args["organisation_id"] for job in jobs] == [lists.organisation.pk] * 2
    assert states(lists) == {"Uganda Commercial Impex": "open"}


def test_word_of_a_person_holds_for_the_same_parties_and_not_for_new_ones(lists):
    supplier = factories.supplier(lists.organisation, "Machanga Gold Traders")
    screen_suppliers()
    judge_screening(
        supplier=supplier, seen=screening_of(supplier).pk, judgement="other", reason="founded 2019", by=lists.officer
    )
    with acting_as(None, [], secretariat=True):
        factories.sanctions_list("2026-05-01", "Uganda Commercial Impex", "Machanga Gold Traders")
    with acting_as(lists.officer.pk, [lists.organisation.pk]):
        screen_suppliers()
        after_the_same = states(lists)
    with acting_as(None, [], secretariat=True):
        factories.sanctions_list("2026-06-01", "Machanga Gold Traders", "Machanga Gold Traders of Bunia")
    with acting_as(lists.officer.pk, [lists.organisation.pk]):
        screen_suppliers()
        after_news = states(lists)

    assert after_the_same == {"Machanga Gold Traders": "other"}
    assert after_news == {"Machanga Gold Traders": "open"}


def test_judging_what_a_colleague_judged_or_an_older_screening_is_told(lists):
    supplier = factories.supplier(lists.organisation, "Machanga Gold Traders")
    screen_suppliers()
    seen = screening_of(supplier).pk
    judge_screening(supplier=supplier, seen=seen, judgement="other", reason="founded 2019", by=lists.manager)

    with pytest.raises(Overtaken, match="somebody else"):
        judge_screening(supplier=supplier, seen=seen, judgement="same", reason="seen", by=lists.officer)
    with pytest.raises(Overtaken, match="newer lists"):
        judge_screening(supplier=supplier, seen=seen - 1, judgement="same", reason="seen", by=lists.officer)


def test_judging_where_nobody_is_alike_or_by_a_reader_is_refused(lists):
    supplier = factories.supplier(lists.organisation, "Condensa GmbH")
    screen_suppliers()
    seen = screening_of(supplier).pk

    with pytest.raises(NotAllowed, match="nothing to say"):
        judge_screening(supplier=supplier, seen=seen, judgement="other", reason="r", by=lists.officer)
    with pytest.raises(NotAllowed, match="You may read here"):
        judge_screening(supplier=supplier, seen=seen, judgement="other", reason="r", by=lists.reader)


def test_page_of_a_supplier_asks_and_keeps_the_answer(lists, client):
    supplier = factories.supplier(lists.organisation, "Machanga Gold Traders")
    screen_suppliers()
    client.force_login(lists.officer)
    page = reverse("diligence:supplier_detail", args=[supplier.pk])
    form = reverse("diligence:supplier_screening", args=[supplier.pk])
    answer = {"judgement": "other", "reason": "Founded in 2019, another owner", "seen": screening_of(supplier).pk}

    asked = client.get(page).content.decode()
    empty = client.post(form, {**answer, "reason": ""})
    kept = client.post(form, answer, follow=True).content.decode()

    assert "TESTe.002" in asked
    assert empty.status_code == 422
    assert "Founded in 2019, another owner" in kept


def test_screenings_are_the_organisations_own_in_the_database_too(lists):
    factories.supplier(lists.organisation, "Machanga Gold Traders")
    screen_suppliers()

    with acting_as(lists.stranger.pk, lists.stranger.organisation_ids()), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM diligence_supplierscreening")
        assert cursor.fetchone() == (0,)
