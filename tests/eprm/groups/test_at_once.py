"""A group is closed while somebody writes in it: whoever comes first, the words are found by members alone."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from eprm.base.identity import acting_as
from eprm.groups.actions import groups, threads
from eprm.groups.actions.threads import Sent
from eprm.people.audiences import HELD
from eprm.search.queries import found_by
from tests.documents import pdf

pytestmark = pytest.mark.django_db(transaction=True)
WORD = "zyxwolframite"


@pytest.fixture
def group(cast):
    group = cast.found("open", "Gold, Andes")
    cast.enrol("noor", group=group)
    return group


def deeds(cast, group):
    def write():
        sent = [Sent(f"{WORD}.pdf", pdf(WORD))]
        threads.start_thread(group, title=WORD, text=WORD, nonce=uuid4(), by=cast.noor, files=sent)

    def close():
        groups.edit_group(group, name="Gold, Andes", aims="a", access="hidden", by=cast.femke)

    return {"noor": write, "femke": close}


@pytest.mark.parametrize(("first", "second"), [("noor", "femke"), ("femke", "noor")])
def test_what_is_written_while_a_group_is_closed_is_for_members_alone(cast, group, first, second):
    done = threading.Event()
    acts = deeds(cast, group)

    def begin():
        try:
            with cast.acting(first):
                acts[first]()
                done.set()
                time.sleep(0.5)  # the transaction is open still
        finally:
            done.set()
            connection.close()

    def follow():
        done.wait()
        try:
            with cast.acting(second):
                acts[second]()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        for running in [people.submit(begin), people.submit(follow)]:
            running.result()

    cast.noor.__dict__.pop(HELD, None)
    with acting_as(None):
        public = found_by(AnonymousUser(), WORD, exactly=True).count
    with cast.acting("noor"):
        own = found_by(cast.noor, WORD, exactly=True).count
    assert (public, own) == (0, 2)
