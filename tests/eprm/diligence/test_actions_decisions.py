"""What a person says a name means: used at once, kept, undone, and never lost to a colleague or a machine."""

from __future__ import annotations

import pytest

from eprm.base.errors import NotAllowed, Overtaken
from eprm.diligence.actions.decisions import Choice, accept_best_candidates, decide_smelter, undo_decision
from eprm.diligence.models import CandidateRow, Decision, SmelterRow
from tests import factories


@pytest.fixture
def line(acting):
    upload = factories.upload(acting.organisation, acting.officer, open_count=1, line_count=1)
    return candidate_for(factories.smelter_row(upload))


def candidate_for(line: SmelterRow, cid: str = "CID900301") -> SmelterRow:
    CandidateRow.objects.create(
        organisation=line.organisation, line=line, rank=1, cid=cid, name="Straits Tin Refining", score=91
    )
    return line


def outcome(line):
    line.refresh_from_db()
    return line.outcome, line.method, line.cid


def test_decide_same_settles_the_line_and_the_upload(acting, line):
    decide_smelter(line=line, judgement="same", cid="CID900301", reason="same place", by=acting.officer)

    line.upload.refresh_from_db()
    assert outcome(line) == ("matched", "decision", "CID900301")
    assert (line.upload.state, line.upload.open_count) == ("decided", 0)


@pytest.mark.parametrize(
    ("judgement", "expected", "state"),
    [("different", "unlisted", "decided"), ("not_smelter", "not_smelter", "decided"), ("unsure", "unsure", "checked")],
)
def test_decide_otherwise(acting, line, judgement, expected, state):
    decide_smelter(line=line, judgement=judgement, by=acting.officer)

    line.upload.refresh_from_db()
    assert (outcome(line), line.upload.state) == ((expected, "decision", ""), state)


def test_decide_settles_the_same_name_in_every_open_upload(acting, line):
    other = factories.upload(acting.organisation, acting.officer, open_count=1)
    accepted = factories.upload(acting.organisation, acting.officer, state="accepted")
    same, settled = factories.smelter_row(other, 9), factories.smelter_row(accepted, 9, outcome="unlisted")
    elsewhere = factories.smelter_row(other, 10, country_iso2="TH")

    decide_smelter(line=line, judgement="not_smelter", by=acting.officer)

    assert [outcome(each)[0] for each in (same, settled, elsewhere)] == ["not_smelter", "unlisted", "open"]


def test_decide_refuses_a_reader(acting, line):
    with pytest.raises(NotAllowed, match="You may read here"):
        decide_smelter(line=line, judgement="unsure", by=acting.reader)

    assert Decision.objects.count() == 0


def test_decide_refuses_a_number_no_register_knows(acting, line):
    with pytest.raises(NotAllowed, match="CID123456"):
        decide_smelter(line=line, judgement="same", cid="CID123456", by=acting.officer)


def test_decide_second_person_is_told_what_the_first_said(acting, line):
    decide_smelter(line=line, judgement="not_smelter", by=acting.manager)

    with pytest.raises(Overtaken, match=r"Jonas decided on .* not a smelter"):
        decide_smelter(line=line, judgement="unsure", by=acting.officer, seen=None)

    assert outcome(line)[0] == "not_smelter"


def test_decide_anew_supersedes(acting, line):
    first = decide_smelter(line=line, judgement="unsure", by=acting.officer)
    second = decide_smelter(line=line, judgement="different", by=acting.officer, seen=first.pk)

    first.refresh_from_db()
    assert (first.superseded_by, outcome(line)[0]) == (second, "unlisted")


def test_undo_opens_the_name_again(acting, line):
    decision = decide_smelter(line=line, judgement="different", by=acting.officer)

    undo_decision(decision=decision, by=acting.officer)

    line.upload.refresh_from_db()
    assert (outcome(line), line.upload.state) == (("open", "", ""), "checked")


def test_undo_puts_back_what_was_decided_before(acting, line):
    first = decide_smelter(line=line, judgement="same", cid="CID900301", by=acting.officer)
    second = decide_smelter(line=line, judgement="different", by=acting.officer, seen=first.pk)

    undo_decision(decision=second, by=acting.officer)

    assert outcome(line) == ("matched", "decision", "CID900301")


def test_undo_of_what_a_colleague_has_changed_tells_so(acting, line):
    first = decide_smelter(line=line, judgement="unsure", by=acting.officer)
    decide_smelter(line=line, judgement="different", by=acting.manager, seen=first.pk)

    with pytest.raises(Overtaken, match="Jonas decided"):
        undo_decision(decision=first, by=acting.officer)


def test_best_candidates_leave_what_was_decided_meanwhile(acting, line):
    other = candidate_for(factories.smelter_row(line.upload, 6, normalised="other", name="Other"), "CID900302")
    decide_smelter(line=other, judgement="not_smelter", by=acting.manager)

    accept_best_candidates(
        upload=line.upload,
        choices=[Choice(line, "CID900301"), Choice(other, "CID900302")],
        reason="together",
        by=acting.officer,
    )

    assert (outcome(line)[2], outcome(other)[0]) == ("CID900301", "not_smelter")
