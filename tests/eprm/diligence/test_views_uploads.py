"""The pages of files, in the words people read."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from eprm.base.files import file_bytes
from eprm.diligence.actions.checking import process_upload
from eprm.diligence.models import Declaration, Upload
from tests import factories, workbooks


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def officer(acting) -> Client:
    return signed_in(acting.officer)


def send(client: Client, *files, **data):
    return client.post(reverse("diligence:upload_new"), {"files": list(files), **data})


def workbook(name: str = "ours.xlsx", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, workbooks.book() if content is None else content)


def checked(acting, client) -> Upload:
    send(client, workbook())
    return process_upload(upload_id=Upload.objects.get().pk)


def page(client: Client, route: str, *args, **query) -> str:
    response = client.get(reverse(f"diligence:{route}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def test_send_one_file_leads_to_its_page(officer):
    response = send(officer, workbook())

    upload = Upload.objects.get()
    assert response.url == reverse("diligence:upload_detail", args=[upload.pk])
    assert "The file is being checked" in page(officer, "upload_detail", upload.pk)


def test_send_several_leads_to_the_batch_with_its_progress(officer):
    response = send(officer, workbook("a.xlsx", b"1"), workbook("b.xlsx", b"2"))

    batch = Upload.objects.first().batch
    assert response.url == reverse("diligence:batch_detail", args=[batch.pk])
    assert "0 of 2 files are checked" in page(officer, "batch_detail", batch.pk)


def test_send_zip_says_what_was_left_out(officer):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.xlsx", b"1")
        archive.writestr("terms.pdf", b"%PDF")

    response = send(officer, workbook("all.zip", packed.getvalue()))

    assert "“terms.pdf” does not end in .xlsx" in officer.get(response.url).content.decode()


def test_send_the_same_bytes_leads_to_the_first(officer):
    send(officer, workbook())

    response = officer.post(reverse("diligence:upload_new"), {"files": [workbook("again.xlsx")]}, follow=True)

    assert response.redirect_chain[-1][0] == reverse("diligence:upload_detail", args=[Upload.objects.get().pk])
    assert "This file is here already" in response.content.decode()


def test_send_nothing_is_told_at_the_field(officer):
    response = officer.post(reverse("diligence:upload_new"), {})

    assert (response.status_code, Upload.objects.count()) == (422, 0)


def test_send_too_large_is_a_sentence(officer, settings):
    settings.MAX_UPLOAD_BYTES = 100

    response = send(officer, workbook("big.xlsx", b"x" * 101))

    assert response.status_code == 422
    assert "“big.xlsx” has 101" in response.content.decode()


def test_send_refuses_a_reader_with_the_reason(acting):
    response = send(signed_in(acting.reader), workbook())

    assert response.status_code == 403
    assert "You may read here, but not change anything" in response.content.decode()


def test_detail_says_what_stands_open(acting, officer):
    upload = checked(acting, officer)

    text = page(officer, "upload_detail", upload.pk)

    assert "Declaration of Solder &amp; Sons Ltd." in text
    assert "CMRT 6.5" in text


def test_detail_of_another_organisation_does_not_exist(acting, officer):
    upload = checked(acting, officer)
    stranger = signed_in(acting.stranger)
    routes = ["upload_detail", "upload_lines", "upload_findings", "upload_file", "upload_annotated", "upload_return"]

    found = {stranger.get(reverse(f"diligence:{route}", args=[upload.pk])).status_code for route in routes}

    assert found == {404}


def test_file_comes_back_byte_for_byte_as_a_download(acting, officer):
    send(officer, workbook('Erklärung; "x".xlsx'))
    upload = Upload.objects.get()

    response = officer.get(reverse("diligence:upload_file", args=[upload.pk]))

    assert response.content == file_bytes(upload.file)
    assert response.headers["Content-Disposition"] == (
        "attachment; filename=\"Erkl_rung_ _x_.xlsx\"; filename*=UTF-8''Erkl%C3%A4rung%3B%20%22x%22.xlsx"
    )


def test_annotated_file_is_a_workbook(acting, officer):
    upload = checked(acting, officer)

    response = officer.get(reverse("diligence:upload_annotated", args=[upload.pk]))

    assert zipfile.is_zipfile(io.BytesIO(response.content))
    assert 'filename="ours-findings.xlsx"' in response.headers["Content-Disposition"]


def test_unreadable_file_is_kept_and_can_be_replaced(acting, officer):
    send(officer, workbook("scan.xlsx", b"%PDF-1.7"))
    upload = process_upload(upload_id=Upload.objects.get().pk)

    text = page(officer, "upload_detail", upload.pk)

    assert "We kept the file exactly as it was sent" in text
    assert f"{reverse('diligence:upload_new')}?replaces={upload.pk}" in text


def test_accept_shows_why_not_yet(acting, officer):
    upload = factories.upload(acting.organisation, acting.officer, error_count=2, open_count=4)

    text = page(officer, "upload_detail", upload.pk)

    assert "Possible when the 2 errors are gone and the 4 open names are decided." in text


def test_accept_and_be_second(acting, officer):
    upload = factories.upload(acting.organisation, acting.officer, state="decided")
    Declaration.objects.create(
        organisation=acting.organisation, upload=upload, template="CMRT", revision="6.5", language="en"
    )
    address = reverse("diligence:upload_accept", args=[upload.pk])

    first = officer.post(address, follow=True).content.decode()
    second = signed_in(acting.manager).post(address, follow=True).content.decode()

    assert "The declaration is accepted" in first
    assert "Noor accepted it on" in second


def test_return_offers_words_and_keeps_what_was_sent(acting, officer):
    upload = factories.upload(acting.organisation, acting.officer)
    factories.finding_row(upload)

    shown = page(officer, "upload_return", upload.pk)
    officer.post(reverse("diligence:upload_return", args=[upload.pk]), {"text": "As agreed by phone."})

    upload.refresh_from_db()
    assert "1. file: The zip is damaged" in shown
    assert (upload.state, upload.returned_text) == ("returned", "As agreed by phone.")


def test_return_letter_speaks_the_language_asked_for(acting, officer):
    upload = factories.upload(acting.organisation, acting.officer)
    factories.finding_row(upload)

    assert "L’archive zip est endommagée" in page(officer, "upload_return", upload.pk, language="fr")


def test_findings_are_taken_along_as_csv(acting, officer):
    upload = factories.upload(acting.organisation, acting.officer)
    factories.finding_row(upload)

    text = page(officer, "upload_findings", upload.pk, format="csv")

    assert "SEND-01" in text
    assert "“a.zip” cannot be unpacked" in text


@pytest.mark.parametrize("route", ["upload_list", "upload_detail", "upload_lines", "batch_detail"])
def test_queries_do_not_grow_with_rows(acting, officer, route, django_assert_max_num_queries):
    counts = []
    for uploads in (1, 2):
        for _more in range(uploads):
            upload = factories.upload(acting.organisation, acting.officer, open_count=2)
            for row in range(uploads * 3):
                factories.smelter_row(upload, row, normalised=f"name {row}")
                factories.finding_row(upload)
        pk = {"upload_list": [], "batch_detail": [upload.batch_id]}.get(route, [upload.pk])
        with django_assert_max_num_queries(25) as queries:
            page(officer, route, *pk)
        counts.append(len(queries))

    assert counts[0] == counts[1]
