"""Two people of one member at the same moment: a return is sent once, and no answer is lost or slipped in."""

from __future__ import annotations

import pytest

from eprm.people.identity import acting_for
from eprm.returns.actions import answering, submitting
from eprm.returns.actions.answering import Given
from eprm.returns.models import Answer, Version
from eprm.returns.queries.returns import sent_version
from tests import factories
from tests.eprm.returns import nursery
from tests.together import at_once, refusals


@pytest.fixture(autouse=True)
def committing(transactional_db):
    """What one connection writes, the others see."""


@pytest.fixture
def colleague(scene):
    return factories.member("manager", scene.halden, "Wim")


def test_return_sent_by_two_is_sent_once(scene, colleague):
    nursery.fill(scene.this, scene.noor)

    results = at_once(
        *((who, lambda who=who: submitting.submit_return(scene.this, by=who)) for who in (scene.noor, colleague))
    )

    with acting_for(scene.noor, path="test"):
        sent = Version.objects.filter(of=scene.this).exclude(sent_at=None).count()
    assert (len(refusals(results)), sent) == (1, 1)


def test_answer_given_while_the_return_is_sent_is_in_it_or_refused(scene, colleague):
    nursery.fill(scene.this, scene.noor)
    question = scene.question("policy")
    with acting_for(scene.noor, path="test"):
        revision = Answer.objects.get(question=question).revision

    def change():
        return answering.save_answer(scene.this, question, Given(level="planned", revision=revision), by=colleague)

    results = at_once((scene.noor, lambda: submitting.submit_return(scene.this, by=scene.noor)), (colleague, change))

    with acting_for(scene.noor, path="test"):
        sent = sent_version(scene.this)
        level = Answer.objects.get(version=sent, question=question).level
        digest = submitting.digest_of(sent)
    assert level == ("documented" if refusals(results[1:]) else "planned")
    assert sent.sha256 == digest
