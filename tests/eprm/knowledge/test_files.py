"""The words of resources' own files in the search, and what editors are told of files without words."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from eprm.knowledge.actions import indexing
from eprm.knowledge.actions.loading import equip_editors
from eprm.search.actions import rebuild
from eprm.search.queries import found_by
from tests import factories
from tests.documents import locked_pdf, pdf
from tests.eprm.knowledge import shelf

WORD = "zyxwolframite"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES_DIR = tmp_path


def read_all():
    for job in ProcrastinateJob.objects.filter(task_name=indexing.READ_FILE):
        indexing.read_file(job.args["resource_id"])


def published(content, name="guide.pdf", **facts):
    made = shelf.resource(live=False, **facts)
    made.file.save(name, ContentFile(content))
    return shelf.publish(made)


def found(words=WORD):
    return [hit.title for hit in found_by(AnonymousUser(), words, exactly=True).hits]


@pytest.mark.django_db
def test_words_of_a_file_are_found_once_a_job_has_read_it():
    published(pdf("Ask first.", f"Then weigh the {WORD}."))
    before = found()
    read_all()

    assert (before, found()) == ([], ["Five practical steps"])


@pytest.mark.django_db
def test_a_replaced_file_is_found_by_its_new_words_alone():
    made = published(pdf(WORD))
    read_all()
    made.file.save("guide.pdf", ContentFile(pdf("pegmatite")))
    shelf.publish(made)
    between = found()
    read_all()

    assert (between, found(), found("pegmatite")) == ([], [], ["Five practical steps"])


@pytest.mark.django_db
def test_a_draft_and_what_is_withdrawn_are_not_found():
    draft = shelf.resource("A draft", live=False)
    draft.file.save("draft.pdf", ContentFile(pdf(WORD)))
    draft.save_revision()
    made = published(pdf(WORD))
    made.unpublish()
    read_all()

    assert found() == []


@pytest.mark.django_db
def test_words_of_a_members_file_are_not_public():
    published(pdf(WORD), audience="signed_in")
    read_all()

    assert found() == []
    assert [hit.title for hit in found_by(factories.member(), WORD).hits] == ["Five practical steps"]


@pytest.mark.django_db
def test_building_the_index_anew_keeps_the_words_and_what_was_not_read_is_read_at_night():
    published(pdf(WORD))
    unread = indexing.read_files()
    read_all()
    rebuild("resource")

    assert (unread, indexing.read_files(), found()) == (1, 0, ["Five practical steps"])


@pytest.mark.django_db
def test_a_file_that_is_gone_from_the_disk_is_told_as_damaged(caplog):
    made = published(pdf(WORD))
    made.file.storage.delete(made.file.name)
    read_all()

    assert (found(), "DAMAGED" in caplog.text or "only 0 characters" in caplog.text) == ([], True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (pdf(WORD), "The search finds it by its words."),
        (pdf(""), "No words could be read from this file, as from a scanned page"),
        (locked_pdf("x"), "This file opens with a password only"),
        (b"%PDF-1.7", "This file is damaged or not what its name says"),
    ],
    ids=["read", "scanned", "locked", "damaged"],
)
@pytest.mark.django_db
def test_editors_are_told_on_both_pages_and_readers_are_not(client, lotte, content, said):
    equip_editors(shelf.hub())
    made = published(content)
    read_all()
    public = client.get(reverse("knowledge:resource_detail", args=[made.pk])).content.decode()
    client.force_login(lotte)
    pages = [
        client.get(reverse("knowledge:resource_detail", args=[made.pk])).content.decode(),
        client.get(reverse("wagtailsnippets_knowledge_resource:edit", args=[made.pk])).content.decode(),
    ]

    assert (said in public, [said in page for page in pages]) == (False, [True, True])
