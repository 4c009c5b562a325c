"""Receiving files, and checking them."""

from __future__ import annotations

import io
import zipfile

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from eprm.base.errors import NotAllowed
from eprm.base.files import file_bytes
from eprm.diligence.actions.checking import process_upload
from eprm.diligence.actions.uploads import AlreadyReceived, receive_uploads
from eprm.diligence.models import Batch, FindingRow, SmelterRow, Upload
from tests import factories, workbooks


def receive(cast, *files, **options):
    return receive_uploads(files=files, organisation=cast.organisation, by=options.pop("by", cast.officer), **options)


def zipped(*members: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()


def test_receive_keeps_the_bytes_and_queues_the_check(acting):
    content = workbooks.book()

    batch = receive(acting, factories.sent(content, "ours.xlsx"))

    upload = batch.uploads.get()
    jobs = ProcrastinateJob.objects.filter(task_name="diligence.check_upload", args__upload_id=upload.pk)
    assert (upload.state, upload.file.name, file_bytes(upload.file)) == ("received", "ours.xlsx", content)
    assert [job.status for job in jobs] == ["todo"]


def test_receive_refuses_a_reader(acting):
    with pytest.raises(NotAllowed, match="You may read here"):
        receive(acting, factories.sent(b"x"), by=acting.reader)


def test_receive_same_bytes_leads_to_the_first(acting):
    first = receive(acting, factories.sent(b"same")).uploads.get()

    with pytest.raises(AlreadyReceived) as told:
        receive(acting, factories.sent(b"same", "other name.xlsx"))

    assert (told.value.first, Upload.objects.count()) == (first, 1)


def test_receive_zip_gives_each_workbook_and_names_the_rest(acting):
    packed = zipped(
        ("a/one.xlsx", b"1"),
        ("../../two.xls", b"2"),
        ("notes.pdf", b"%PDF"),
        ("inner.zip", b"PK"),
        ("__MACOSX/a/._one.xlsx", b"-"),
        (".DS_Store", b"-"),
        ("again.xlsx", b"1"),
    )

    batch = receive(acting, factories.sent(packed, "all.zip"))

    assert [upload.file.name for upload in batch.uploads.order_by("pk")] == ["one.xlsx", "two.xls"]
    assert [(file.name, file.code) for file in batch.skipped.order_by("pk")] == [
        ("notes.pdf", "SEND-03"),
        ("inner.zip", "SEND-02"),
        ("again.xlsx", "SEND-08"),
    ]


def test_receive_all_or_nothing_when_a_file_fails(acting):
    class Broken:
        name = "broken.xlsx"

        def read(self, size):
            raise ConnectionError

    with pytest.raises(ConnectionError):
        receive(acting, factories.sent(b"1"), Broken())

    assert (Upload.objects.count(), Batch.objects.count()) == (0, 0)


def test_process_twice_gives_the_same_rows(acting):
    upload = receive(acting, factories.sent(workbooks.book())).uploads.get()

    def rows():
        process_upload(upload_id=upload.pk)
        findings = FindingRow.objects.order_by("position").values_list("position", "code", "where", "values")
        lines = SmelterRow.objects.order_by("row").values_list("row", "name", "outcome", "cid")
        return list(findings), list(lines)

    assert rows() == rows()


def test_process_unreadable_says_why_and_keeps_the_file(acting):
    upload = receive(acting, factories.sent(b"%PDF-1.7 not a workbook", "scan.xlsx")).uploads.get()

    upload = process_upload(upload_id=upload.pk)

    assert (upload.state, FindingRow.objects.filter(level="error").exists()) == ("unreadable", True)
    assert file_bytes(upload.file) == b"%PDF-1.7 not a workbook"
