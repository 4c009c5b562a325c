"""A return from its opening to its closing, and everything that may not happen on the way."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from eprm.base.errors import NotAllowed, Overtaken
from eprm.members.actions.duties import open_duty
from eprm.members.models import Duty, DutyRule, Member
from eprm.members.queries import member_on
from eprm.people.identity import acting_for
from eprm.returns import lifecycle
from eprm.returns.actions import answering, reviewing, submitting
from eprm.returns.actions.answering import Given, Overlapped
from eprm.returns.models import Answer, Comment, Evidence, Return, Version
from eprm.returns.queries.answers import sheet_of
from eprm.returns.queries.returns import asked_about, draft_of, open_returns, return_state, sent_version
from tests import factories
from tests.eprm.returns import nursery
from tests.eprm.returns.nursery import OPENED

TODAY = date(2026, 3, 1)


def again(this):
    return Return.objects.get(pk=this.pk)


def test_open_year_opens_once_for_every_member(scene):
    with acting_for(scene.femke, path="test"):
        second = nursery.open_all(scene.femke)
        found = list(
            Return.objects.order_by("organisation__name").values_list("organisation__name", "state", "is_short")
        )

    assert (second, found) == ([], [("Noor Halden", "open", False), ("Petra Veldkamp", "open", False)])


def test_open_year_gives_a_cooperative_and_a_basic_member_the_short_form(scene):
    with acting_for(scene.femke, path="test"):
        nursery.make_member("Umoja", tier="cooperative")
        nursery.make_member("Smith", fee_class="basic")
        opened = nursery.open_all(scene.femke)

    assert [(str(this.organisation), this.is_short) for this in opened] == [("Umoja", True), ("Smith", True)]


def test_open_year_asks_nothing_of_who_joined_after_it(scene):
    with acting_for(scene.femke, path="test"):
        late = factories.organisation("Latecomer")
        nursery.admit(late)
        Member.objects.filter(organisation=late).update(since=date(2026, 1, 2))

        assert nursery.open_all(scene.femke) == []


def test_open_year_before_its_day_is_refused(scene):
    with acting_for(scene.femke, path="test"), pytest.raises(NotAllowed, match=r"open on 15.Jan.2026"):
        nursery.open_all(scene.femke, on=date(2026, 1, 14))


def test_open_year_by_a_member_is_refused(as_noor):
    with pytest.raises(NotAllowed, match="The secretariat"):
        nursery.open_all(as_noor.noor)


def test_save_answer_keeps_it_and_counts_its_revision(as_noor):
    question = as_noor.question("policy")
    answering.begin_version(as_noor.this, by=as_noor.noor)

    answering.save_answer(as_noor.this, question, Given(level="planned"), by=as_noor.noor)
    answering.save_answer(
        as_noor.this, question, Given(level="in_place", note="Since May", revision=1), by=as_noor.noor
    )

    assert list(Answer.objects.values_list("level", "note", "revision", "origin")) == [
        ("in_place", "Since May", 2, "typed")
    ]


def test_save_answer_over_a_colleagues_is_told(as_noor):
    question = as_noor.question("policy")
    answering.begin_version(as_noor.this, by=as_noor.noor)
    answering.save_answer(as_noor.this, question, Given(level="planned"), by=as_noor.noor)

    with pytest.raises(Overlapped, match="Noor has meanwhile answered “Planned”"):
        answering.save_answer(as_noor.this, question, Given(level="in_place", revision=0), by=as_noor.noor)


def test_save_answer_of_nothing_makes_no_row(as_noor):
    answering.begin_version(as_noor.this, by=as_noor.noor)

    kept = answering.save_answer(as_noor.this, as_noor.question("policy"), Given(), by=as_noor.noor)

    assert (kept, Answer.objects.count()) == (None, 0)


def test_save_answer_by_a_reader_is_refused(scene):
    with acting_for(scene.rita, path="test"), pytest.raises(NotAllowed, match="can make you a compliance officer"):
        answering.begin_version(scene.this, by=scene.rita)


def test_submit_needs_every_answer_it_asks_for(as_noor):
    answering.begin_version(as_noor.this, by=as_noor.noor)

    with pytest.raises(NotAllowed, match="questions have no answer yet"):
        submitting.submit_return(as_noor.this, by=as_noor.noor)


def test_submit_keeps_the_version_and_its_digest(scene):
    nursery.send(scene.this, scene.noor)

    with acting_for(scene.noor, path="test"):
        version = Version.objects.get()
        state, digest = again(scene.this).state, submitting.digest_of(version)

    assert (state, version.number, version.sha256 == digest) == (lifecycle.SUBMITTED, 1, True)


def test_submit_twice_is_told_as_news(scene):
    nursery.send(scene.this, scene.noor)

    with acting_for(scene.noor, path="test"), pytest.raises(Overtaken, match="stays as it was sent"):
        submitting.submit_return(scene.this, by=scene.noor)


def test_answer_after_sending_is_refused(scene):
    nursery.send(scene.this, scene.noor)

    with acting_for(scene.noor, path="test"), pytest.raises(NotAllowed, match="A correction is a new version"):
        answering.save_answer(scene.this, scene.question("policy"), Given(level="planned", revision=1), by=scene.noor)


def test_answer_after_closing_is_refused(scene):
    nursery.send(scene.this, scene.noor)
    nursery.close(scene.this, scene.femke)

    with acting_for(scene.noor, path="test"), pytest.raises(NotAllowed, match="was closed on"):
        answering.begin_version(scene.this, by=scene.noor)


def test_close_counts_the_newest_version(scene):
    nursery.send(scene.this, scene.noor)

    closed = nursery.close(scene.this, scene.femke)

    assert (closed.state, closed.closed_by, closed.counted.number) == (lifecycle.CLOSED, scene.femke, 1)


def test_close_twice_is_told_as_news(scene):
    nursery.send(scene.this, scene.noor)
    nursery.close(scene.this, scene.femke)

    with pytest.raises(Overtaken, match="was closed on"):
        nursery.close(scene.this, scene.femke)


def test_close_by_somebody_who_also_works_for_the_member_is_refused(scene):
    nursery.send(scene.this, scene.noor)
    scene.femke.memberships.create(organisation=scene.halden, role="reader", since="2026-01-01")
    both = type(scene.femke).objects.get(pk=scene.femke.pk)

    with pytest.raises(NotAllowed, match="A colleague of the secretariat who does not"):
        nursery.close(scene.this, both)


def asked(scene, key="policy", category=Comment.Category.QUESTION):
    with acting_for(scene.femke, path="test"):
        return reviewing.comment_on(
            scene.this, scene.question(key), category=category, text="Since when?", by=scene.femke
        )


def sent_back(scene):
    nursery.send(scene.this, scene.noor)
    asked(scene)
    with acting_for(scene.femke, path="test"):
        return reviewing.send_back(scene.this, on=TODAY, by=scene.femke)


def test_send_back_without_a_question_is_refused(scene):
    nursery.send(scene.this, scene.noor)

    with acting_for(scene.femke, path="test"), pytest.raises(NotAllowed, match="Say first"):
        reviewing.send_back(scene.this, on=TODAY, by=scene.femke)


def test_send_back_opens_only_what_was_asked_about(scene):
    this = sent_back(scene)

    with acting_for(scene.noor, path="test"):
        version = answering.begin_version(this, by=scene.noor)
        may_change = asked_about(this)
        answering.save_answer(this, scene.question("policy"), Given(level="planned", revision=1), by=scene.noor)
        with pytest.raises(NotAllowed, match="did not ask about this answer"):
            answering.save_answer(this, scene.question("owner"), Given(level="planned", revision=1), by=scene.noor)
        told = {number: Answer.objects.get(version__number=number, question__key="policy").level for number in (1, 2)}

    assert (version.number, may_change) == (2, {scene.question("policy").pk})
    assert told == {1: "documented", 2: "planned"}


def test_close_with_an_open_question_is_refused_until_it_is_settled(scene):
    nursery.send(scene.this, scene.noor)
    comment = asked(scene)
    with pytest.raises(NotAllowed, match="1 comment still asks something"):
        nursery.close(scene.this, scene.femke)

    with acting_for(scene.femke, path="test"):
        reviewing.settle_comment(comment, by=scene.femke)

    assert nursery.close(scene.this, scene.femke).state == lifecycle.CLOSED


def test_advice_does_not_stand_against_closing(scene):
    nursery.send(scene.this, scene.noor)
    asked(scene, category=Comment.Category.ADVICE)

    assert nursery.close(scene.this, scene.femke).state == lifecycle.CLOSED


def test_correction_is_a_new_version_and_the_old_one_counts_until_it_is_closed(scene):
    nursery.send(scene.this, scene.noor)
    nursery.close(scene.this, scene.femke)

    with acting_for(scene.noor, path="test"):
        answering.begin_correction(scene.this, reason="A number was wrong.", by=scene.noor)
        answering.save_answer(scene.this, scene.question("policy"), Given(level="planned", revision=1), by=scene.noor)
        before = again(scene.this).counted.number
        submitting.submit_return(scene.this, by=scene.noor)
    after = nursery.close(scene.this, scene.femke).counted.number

    assert (before, after) == (1, 2)


def test_take_over_last_year_is_the_members_act_and_says_its_source(scene):
    nursery.send(scene.this, scene.noor, policy="in_place")
    with acting_for(scene.femke, path="test"):
        nursery.edition(scene.femke, 2026)
        later = {each.organisation_id: each for each in nursery.open_all(scene.femke, 2026, date(2027, 1, 20))}
    this = later[scene.halden.pk]

    with acting_for(scene.noor, path="test"):
        answering.begin_version(this, by=scene.noor)
        untouched = Answer.objects.filter(version__of=this).count()
        taken = answering.take_over_last_year(this, "1", by=scene.noor)
        answer = Answer.objects.get(version__of=this, question__key="policy")
        answered = Answer.objects.filter(version__of=this, question__step="1").count()

    assert (untouched, taken, answered) == (0, 10, 10)
    assert (answer.level, answer.origin, answer.source) == ("in_place", "last_year", "Your return about 2025")


def test_take_over_of_nothing_is_refused(as_noor):
    answering.begin_version(as_noor.this, by=as_noor.noor)

    with pytest.raises(NotAllowed, match="nothing to take over"):
        answering.take_over(as_noor.this, as_noor.question("policy"), origin="last_year", by=as_noor.noor)


def test_evidence_goes_with_the_answer_and_into_the_next_version(scene):
    nursery.fill(scene.this, scene.noor)
    file = SimpleUploadedFile("policy.pdf", b"%PDF-1.7 policy")
    with acting_for(scene.noor, path="test"):
        answering.attach_evidence(
            scene.this, scene.question("policy"), title="Policy", files=[file], address="", by=scene.noor
        )
        submitting.submit_return(scene.this, by=scene.noor)
        answering.begin_correction(scene.this, reason="x", by=scene.noor)
        found = list(Evidence.objects.order_by("pk").values_list("version__number", "title", "file__name"))
        first = Evidence.objects.get(version__number=1)
        with pytest.raises(NotAllowed, match="stays with it"):
            answering.remove_evidence(first, by=scene.noor)

    assert found == [(1, "Policy", "policy.pdf"), (2, "Policy", "policy.pdf")]


def test_sixth_piece_of_evidence_is_refused(as_noor):
    answering.begin_version(as_noor.this, by=as_noor.noor)
    question = as_noor.question("policy")
    for number in range(5):
        answering.attach_evidence(
            as_noor.this, question, title=f"{number}", files=[], address="https://halden.example/p", by=as_noor.noor
        )

    with pytest.raises(NotAllowed, match="take one away first"):
        answering.attach_evidence(
            as_noor.this, question, title="6", files=[], address="https://halden.example/p", by=as_noor.noor
        )


def test_score_of_a_sent_version_by_hand(scene):
    """Step 4 of a brand: three scored questions of weights 2, 2 and 2: documented, not started, does not apply."""
    nursery.send(scene.this, scene.noor, audit_point="not_started", findings_closed="not_applicable")

    with acting_for(scene.noor, path="test"):
        score = sheet_of(scene.this, sent_version(scene.this), TODAY).score

    # (2 x 80 + 2 x 0) / 400
    assert float(score.by_step["4"].share) == 0.4
    # (25 x 80 + 25 x 80 + 25 x 80 + 10 x 40 + 15 x 80) / 100
    assert float(score.total) == 0.76


@pytest.mark.parametrize(
    ("on", "light"),
    [
        (date(2026, 4, 30), "none"),
        (date(2026, 5, 1), "yellow"),
        (date(2026, 5, 30), "yellow"),
        (date(2026, 5, 31), "red"),
    ],
)
def test_return_state_of_an_open_return(scene, on, light):
    with acting_for(scene.femke, path="test"):
        found = return_state([scene.halden.pk], 2025, on)

    assert (found[scene.halden.pk].light, found[scene.halden.pk].due_on) == (light, date(2026, 4, 30))


def test_return_state_is_green_once_the_member_has_done_its_part(scene):
    nursery.send(scene.this, scene.noor)

    with acting_for(scene.femke, path="test"):
        found = return_state([scene.halden.pk], 2025, date(2026, 7, 1))

    assert found[scene.halden.pk].light == "green"


def test_return_state_of_a_year_nobody_opened_is_nothing(scene):
    with acting_for(scene.femke, path="test"):
        assert return_state([scene.halden.pk], 2019, OPENED) == {}


def test_number_answers_keep_part_and_whole(as_noor):
    question = as_noor.question("suppliers-answered")
    answering.begin_version(as_noor.this, by=as_noor.noor)

    answering.save_answer(as_noor.this, question, Given(number=Decimal(0), whole=Decimal(7)), by=as_noor.noor)

    assert list(Answer.objects.values_list("number", "whole")) == [(Decimal(0), Decimal(7))]
    assert draft_of(as_noor.this).number == 1


def owed(scene):
    """Halden owes a return by 30 April 2026, by a rule of membership."""
    rule = DutyRule.objects.create(
        key="return",
        title={"en": "Yearly return"},
        pillars=["supply_chain"],
        month=4,
        day=30,
        red_days=31,
        valid_from=date(2020, 1, 1),
        source="Draft",
    )
    return open_duty(member_on(scene.halden.pk, OPENED), rule, period=2026, due_on=date(2026, 4, 30), on=OPENED)


def test_sending_meets_the_members_duty_to_file(scene):
    with acting_for(scene.femke, path="test"):
        duty = owed(scene)

    nursery.send(scene.this, scene.noor)

    with acting_for(scene.femke, path="test"):
        assert Duty.objects.get(pk=duty.pk).met_on is not None


def test_duty_that_reminds_by_itself_gets_no_second_letter(scene):
    with acting_for(scene.femke, path="test"):
        owed(scene)
        reminded = [str(this) for this in open_returns()]

    assert reminded == ["Petra Veldkamp 2025"]
