"""From a draft to a sent application: what is missing, what class it leads to, and who may touch it."""

from datetime import date

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from eprm.base.errors import NotAllowed, Overtaken
from eprm.members.actions import applications as actions
from eprm.members.actions import checking
from eprm.members.models import Answer, Application
from eprm.members.queries import applications as queries
from eprm.members.queries import dated
from eprm.members.wording import class_in_words, reasons_of
from eprm.people.identity import acting_for
from eprm.reference.actions.releases import ship_lists
from tests import factories
from tests.eprm.members.conftest import fill

TODAY = timezone.localdate()


def question_of(application, key):
    return next(q for q in dated.questions_of(application.edition) if q.key == key)


def test_shipping_twice_adds_nothing(shipped):
    from eprm.members.actions.shipping import ship_membership  # noqa: PLC0415

    assert ship_membership() == []


def test_new_application_names_every_gap(halden, as_noor, shipped):
    application = actions.start_application(halden, pillar="supply_chain", by=as_noor)

    gaps = queries.gaps_of(application)

    assert {gap.part for gap in gaps} == {"about", "aims", "diligence", "size", "declarations"}
    assert [gap.key for gap in gaps if gap.key in ("objectives", "oecd_by", "track_record")] == ["objectives"]


def test_condition_asks_only_after_its_answer(draft, as_noor):
    actions.save_answers(draft, values={question_of(draft, "oecd_state"): "committed"}, by=as_noor)
    actions.save_answers(draft, values={question_of(draft, "oecd_by"): ""}, by=as_noor)

    assert [gap.key for gap in queries.gaps_of(draft)] == ["oecd_by"]


def test_filled_application_has_no_gap_and_leads_to_basic(draft, as_noor):
    fee = queries.fee_of(draft, TODAY)

    assert queries.gaps_of(draft) == []
    assert (class_in_words(fee), reasons_of(fee)) == (
        "Basic, 500\u00a0EUR a year",
        [
            "You are a medium-sized enterprise by Recommendation 2003/361/EC.",
            "160 staff in 2025 are fewer than 250.",
            "A turnover of 32\u202f000\u202f000\u00a0EUR is at most 50\u202f000\u202f000\u00a0EUR.",
        ],
    )


@pytest.mark.parametrize(("pillar", "fee_class"), [("civil_society", "capacity"), ("government", "agreed")])
def test_other_pillars_have_their_own_form(halden, as_noor, shipped, pillar, fee_class):
    application = actions.start_application(halden, pillar=pillar, by=as_noor)
    fill(application, as_noor)

    assert queries.gaps_of(application) == []
    assert queries.fee_of(application, TODAY).rule.fee_class == fee_class


def test_send_with_gaps_is_refused(halden, as_noor, shipped):
    application = actions.start_application(halden, pillar="civil_society", by=as_noor)

    with pytest.raises(NotAllowed, match="answers are still missing"):
        actions.send_application(application, by=as_noor)


def test_sent_application_is_not_edited(sent, as_noor):
    with pytest.raises(NotAllowed, match="not edited"):
        actions.save_answers(sent, values={question_of(sent, "objectives"): "other"}, by=as_noor)


def test_sent_twice_is_told(sent, as_noor):
    with pytest.raises(Overtaken, match="sent already"):
        actions.send_application(sent, by=as_noor)


def test_second_application_is_refused(draft, halden, as_noor):
    with pytest.raises(NotAllowed, match="application under way"):
        actions.start_application(halden, pillar="government", by=as_noor)


def test_another_organisation_neither_sees_nor_writes_it(draft, jonas):
    with acting_for(jonas, path="test"):
        assert (Application.objects.count(), Answer.objects.count()) == (0, 0)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Answer.objects.create(
                application_id=draft.pk,
                organisation_id=draft.organisation_id,
                question=question_of(draft, "objectives"),
                saved_by=jonas,
            )


def test_draft_is_not_the_secretariats_to_read(draft, femke):
    with acting_for(femke, path="test"):
        assert not queries.applications_visible_to(femke).exists()


def test_board_does_not_see_the_owners(sent, board, femke):
    member = board["government"][0]
    with acting_for(member, path="test"):
        shown = {given.question.key for part in queries.given_in(sent, member).values() for given in part}
    with acting_for(femke, path="test"):
        all_of_it = {given.question.key for part in queries.given_in(sent, femke).values() for given in part}

    assert all_of_it - shown == {"legal_form", "owners", "conflicts"}


def test_sent_back_with_comments_it_is_edited_again_and_mailed(sent, noor, femke, mails):
    with acting_for(femke, path="test"):
        checking.add_comment(sent, text="Which year?", question=question_of(sent, "objectives"), by=femke)
        returned = checking.return_application(sent, by=femke)
    with acting_for(noor, path="test"):
        actions.save_answers(returned, values={question_of(sent, "objectives"): "2026"}, by=noor)
        again = actions.send_application(returned, by=noor)

    assert again.state == "submitted"
    assert [(mail.to, mail.held) for mail in mails()] == [("noor@halden.example", False)]


def test_completed_only_with_a_clear_screening(sent, as_femke):
    with pytest.raises(NotAllowed, match="Record the screening first"):
        checking.complete_application(sent, by=as_femke)

    checking.record_screening(sent, lists="UN 2026", outcome="listed", reason="name and birth date", by=as_femke)
    with pytest.raises(NotAllowed, match="goes no further"):
        checking.complete_application(sent, by=as_femke)

    found = checking.record_screening(sent, lists="UN 2026", outcome="settled", reason="another man", by=as_femke)
    assert found.names.split("\n") == ["Halden Instruments B.V.", "Jan Jansen"]
    assert checking.complete_application(sent, by=as_femke).state == "complete"


def test_screening_tells_what_the_platforms_own_lists_hold(sent, as_femke, client):
    ship_lists()
    factories.sanctions_list("2026-02-27", "Uganda Commercial Impex", sent.organisation.name)
    client.force_login(as_femke)
    page = reverse("members:application_screen", args=[sent.pk])

    asked = client.get(page).content.decode()
    overlooked = client.post(page, {"lists": "UN", "outcome": "clear", "reason": ""})
    kept = client.post(page, {"lists": "UN", "outcome": "settled", "reason": "another register number"})

    assert "TESTe.002" in asked
    assert (overlooked.status_code, "say why it is somebody else" in overlooked.content.decode()) == (422, True)
    assert kept.status_code == 302
    assert [hit["reference"] for hit in queries.screenings_of(sent).get().found] == ["TESTe.002"]


def test_applicant_does_not_see_the_screening(complete, as_noor):
    assert not queries.screenings_of(complete).exists()


def test_signature_keeps_who_signed_which_words(draft, as_noor):
    found = list(queries.signatures_of(draft).values_list("text__kind", "name", "language"))

    assert found == [("sanctions", "Noor", "en"), ("guidelines", "Noor", "en"), ("privacy", "Noor", "en")]
    assert len({s.sha256 for s in queries.signatures_of(draft)}) == 3


def test_both_signatures_make_a_member_with_invoice_and_duties(joined, as_femke, mails):
    invoice = joined.invoices.get()

    assert (joined.state, joined.fee_class, joined.since) == ("active", "basic", TODAY)
    assert (invoice.label, invoice.amount, invoice.currency) == (f"EPRM-{TODAY.year}-0001", 500, "EUR")
    duties = set(joined.duties.values_list("key", flat=True))
    assert duties == {"return", "contact", "mou", "contribution"}
    assert joined.duties.get(key="mou").met_on == TODAY
    assert [(mail.kind, mail.held) for mail in mails()] == [("member_decision", True), ("member_invoice", False)]


def test_replayed_signature_is_told_who_signed(joined, halden, as_noor):
    text = dated.text_on("mou", date.today())
    application = queries.application_of(halden)

    with pytest.raises(NotAllowed, match="Noor signed this edition"):
        actions.sign_application(application, text, name="Eve", position="?", by=as_noor)


def test_withdrawn_application_leaves_room_for_another(draft, halden, as_noor):
    actions.withdraw_application(draft, by=as_noor)

    assert actions.start_application(halden, pillar="government", by=as_noor).state == "draft"
