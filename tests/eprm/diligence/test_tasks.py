"""The queue: what commits is done, whatever is killed on the way."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from eprm.base.errors import Overtaken
from eprm.base.identity import acting_as
from eprm.base.jobs import put_back_stalled
from eprm.diligence.actions.acceptance import accept_declaration
from eprm.diligence.actions.uploads import AlreadyReceived, receive_uploads
from eprm.diligence.models import Declaration, SmelterRow, Upload
from tests import factories, workbooks

KILLS = 10
FILES = 12
LINES = 150


@pytest.fixture
def halden(transactional_db):
    organisation = factories.organisation()
    return organisation, factories.member("officer", organisation)


@pytest.fixture
def nursery(halden):
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.eprm.diligence.nursery"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "eprm.config.settings"},
    )
    process.stdout.readline()

    def say(word: str) -> int:
        process.stdin.write(word + "\n")
        process.stdin.flush()
        return int(process.stdout.readline())

    yield say
    process.stdin.close()
    process.wait(timeout=30)


def kill_at_work(pid: int, *, after: float) -> None:
    """Kill a worker while it has a job in hand, so many seconds after it took one up.

    It is halted before anybody looks whether the job is still in hand: no kill falls between two jobs.
    """
    in_hand = ProcrastinateJob.objects.filter(status="doing")
    while True:
        while not in_hand.exists():
            assert ProcrastinateJob.objects.filter(status="todo").exists(), "no job is left to be killed at"
            time.sleep(0.005)
        time.sleep(after)
        os.kill(pid, signal.SIGSTOP)
        if in_hand.exists():
            os.kill(pid, signal.SIGKILL)
            return
        os.kill(pid, signal.SIGCONT)


def test_worker_killed_at_random_loses_nothing_and_doubles_nothing(halden, nursery):
    organisation, officer = halden
    with acting_as(officer.pk, [organisation.pk]):
        books = [workbooks.book(smelters=workbooks.smelters(LINES + n)) for n in range(FILES)]
        receive_uploads(
            files=[factories.sent(book, f"{n}.xlsx") for n, book in enumerate(books)],
            organisation=organisation,
            by=officer,
        )
    chance = random.Random(20261122)
    ends = []

    for _kill in range(KILLS):
        kill_at_work(nursery("start"), after=chance.uniform(0, 0.15))
        ends.append(nursery("wait"))
        async_to_sync(put_back_stalled)(app.job_manager, 0)
    nursery("start")
    last = nursery("wait")

    with acting_as(officer.pk, [organisation.pk]):
        states = set(Upload.objects.values_list("state", flat=True))
        counts = sorted(SmelterRow.objects.filter(upload=upload).count() for upload in Upload.objects.all())
        declarations = Declaration.objects.count()
    assert (ends, last) == ([-signal.SIGKILL] * KILLS, 0)
    assert states <= {"checked", "decided"}
    assert (counts, declarations) == ([LINES + n for n in range(FILES)], FILES)
    assert set(
        ProcrastinateJob.objects.filter(task_name="diligence.check_upload").values_list("status", flat=True)
    ) == {"succeeded"}


def test_job_is_there_only_if_the_deed_commits(halden):
    organisation, officer = halden
    before = ProcrastinateJob.objects.count()

    def receive_and_fail():
        with acting_as(officer.pk, [organisation.pk]):
            receive_uploads(files=[factories.sent(b"x")], organisation=organisation, by=officer)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        receive_and_fail()

    assert (ProcrastinateJob.objects.count(), Upload.objects.count()) == (before, 0)


def test_two_clicks_at_once_receive_one_upload(halden):
    organisation, officer = halden

    def click(_number):
        try:
            with acting_as(officer.pk, [organisation.pk]):
                receive_uploads(files=[factories.sent(b"same")], organisation=organisation, by=officer)
                time.sleep(0.2)  # the first has not committed when the second asks
        except AlreadyReceived:
            return "already"
        finally:
            connection.close()
        return "received"

    with ThreadPoolExecutor(2) as people:
        told = sorted(people.map(click, range(2)))

    with acting_as(officer.pk, [organisation.pk]):
        assert (told, Upload.objects.count()) == (["already", "received"], 1)


def test_two_people_accept_at_once_and_one_is_told(halden):
    organisation, officer = halden
    manager = factories.member("manager", organisation, "Jonas")
    with acting_as(officer.pk, [organisation.pk]):
        upload = factories.upload(organisation, officer, state="decided")

    def accept(by):
        try:
            with acting_as(by.pk, [organisation.pk]):
                accept_declaration(upload=upload, by=by)
        except Overtaken as news:
            return news.reason
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as people:
        told = sorted(people.map(accept, [officer, manager]))

    assert told[0] == ""
    assert re.match(r"(Noor|Jonas) accepted it on ", told[1])
