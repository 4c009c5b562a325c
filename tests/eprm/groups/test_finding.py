"""The words of files given to groups: found by whoever may open the file, as long as they may, and by nobody else."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from eprm.base.identity import acting_as
from eprm.groups.actions import decisions, files, finding, groups, moderation, standing, work
from eprm.groups.actions.threads import Sent
from eprm.groups.models import GroupFile, Post
from eprm.people.actions import create_token
from eprm.people.audiences import HELD
from eprm.search.actions import rebuild
from eprm.search.models import Entry, FileWords, Word
from eprm.search.queries import found_by
from tests.documents import locked_pdf, pdf, pptx

WORD = "zyxwolframite"
REPORT = pdf("Receipts of the road", f"The {WORD} lorry was stopped nine times.")


def read_all():
    """What the jobs of the queue do."""
    waiting = ProcrastinateJob.objects.filter(task_name=finding.READ_FILE)
    with acting_as(None, job="groups"):
        for file_id in [job.args["file_id"] for job in waiting]:
            finding.read_file(file_id)


def given(cast, group=None, name="report.pdf", content=REPORT, by="noor"):
    with cast.acting(by):
        file = files.give_file(group or cast.group, name=name, content=content, note="", by=cast.people[by])
    read_all()
    return file


def attached(cast, group=None, by="noor"):
    thread = cast.thread(group=group, title="Receipts", text="See the file.", by=by, files=[Sent("road.pdf", REPORT)])
    read_all()
    with cast.acting("femke"):
        return Post.objects.get(thread=thread)


def found(cast, who, words=WORD):
    """What somebody finds, and every number they are told."""
    person = cast.people[who] if who else AnonymousUser()
    if who is None:
        with acting_as(None):
            told = found_by(person, words, exactly=True)
    else:
        person.__dict__.pop(HELD, None)
        with cast.acting(who):
            told = found_by(person, words, exactly=True)
    counts = told.count, sum(n for _kind, _label, n in told.kinds), sum(n for _language, n in told.languages)
    return [hit.title for hit in told.hits], counts


NOTHING = ([], (0, 0, 0))


@pytest.mark.parametrize("way", [given, attached])
def test_words_of_a_file_are_found_by_members_alone(cast, way):
    way(cast)

    name = "report.pdf" if way is given else "road.pdf"
    assert {who: found(cast, who) for who in ("noor", "hugo", "petra", "idris", None)} == {
        "noor": ([name], (1, 1, 1)),
        "hugo": ([name], (1, 1, 1)),
        "petra": NOTHING,
        "idris": NOTHING,
        None: NOTHING,
    }
    assert not Word.objects.filter(word=WORD).exists()


def test_what_is_found_leads_to_where_the_file_stands_and_quotes_it(cast):
    post = attached(cast)
    client = Client()
    client.force_login(cast.hugo)

    page = client.get(reverse("search:results"), {"q": WORD}).content.decode()

    assert f"{reverse('groups:thread_detail', args=[cast.group.slug, post.thread_id])}?page=1#p1" in page
    assert f"<mark>{WORD}</mark> lorry" in page


def test_words_of_a_file_do_not_leave_by_the_api(cast):
    given(cast)

    def told(who):
        with cast.acting(who):
            _token, key = create_token(
                cast.organisation(who),
                label="t",
                scopes=["knowledge:read"],
                expires_at=timezone.now() + timezone.timedelta(days=1),
                by=cast.people[who],
            )
        answer = Client(headers={"Authorization": f"Bearer {key}"}).get(f"/api/knowledge/search?q={WORD}").json()
        return answer["count"], [hit["title"] for hit in answer["hits"]]

    assert (told("hugo"), told("petra")) == ((1, ["report.pdf"]), (0, []))


def test_a_file_is_found_by_its_name_before_it_is_read(cast):
    with cast.acting("noor"):
        files.give_file(cast.group, name="pay_slips-2.pdf", content=REPORT, note="Masisi", by=cast.noor)

    assert (found(cast, "hugo", "slips")[0], found(cast, "hugo", "masisi")[0], found(cast, "hugo")) == (
        ["pay_slips-2.pdf"],
        ["pay_slips-2.pdf"],
        NOTHING,
    )


def test_a_group_made_hidden_takes_the_words_of_its_files_back(cast):
    group = cast.found("open", "Gold, Andes")
    cast.enrol("noor", group=group)
    given(cast, group)
    before = found(cast, "petra")[1], found(cast, None)[1]
    with cast.acting("femke"):
        groups.edit_group(group, name="Gold, Andes", aims="a", access="hidden", by=cast.femke)

    assert (before, found(cast, "petra"), found(cast, None)) == (((1, 1, 1), (1, 1, 1)), NOTHING, NOTHING)
    assert found(cast, "noor")[0] == ["report.pdf"]


def test_a_file_read_after_its_group_was_hidden_is_for_members_alone(cast):
    group = cast.found("open", "Gold, Andes")
    cast.enrol("noor", group=group)
    with cast.acting("noor"):
        files.give_file(group, name="report.pdf", content=REPORT, note="", by=cast.noor)
    with cast.acting("femke"):
        groups.edit_group(group, name="Gold, Andes", aims="a", access="hidden", by=cast.femke)
    read_all()

    assert (found(cast, "petra"), found(cast, None), found(cast, "noor")[0]) == (NOTHING, NOTHING, ["report.pdf"])


def test_a_removed_file_is_found_no_more_and_its_words_are_not_kept(cast):
    file = given(cast)
    with cast.acting("noor"):
        files.remove_file(file, reason="wrong one", by=cast.noor)
    read_all()

    assert found(cast, "noor") == NOTHING
    assert not FileWords.objects.filter(words__contains=WORD).exists()
    assert not Entry.objects.filter(text__contains=WORD).exists()


def test_a_file_removed_before_it_is_read_is_not_read(cast):
    with cast.acting("noor"):
        file = files.give_file(cast.group, name="report.pdf", content=REPORT, note="", by=cast.noor)
        files.remove_file(file, reason="wrong one", by=cast.noor)
    read_all()

    assert not FileWords.objects.exists()


def test_the_file_of_a_hidden_post_is_hidden_with_it_and_shown_again_with_it(cast):
    post = attached(cast)
    with cast.acting("femke"):
        moderation.hide_post(post, reason="names a driver", by=cast.femke)
    read_all()
    hidden = found(cast, "hugo"), found(cast, "noor"), FileWords.objects.filter(words__contains=WORD).count()
    with cast.acting("femke"):
        moderation.show_post(post, by=cast.femke)
    read_all()

    assert hidden == (NOTHING, NOTHING, 0)
    assert found(cast, "hugo")[0] == ["road.pdf"]


def test_a_member_who_left_finds_it_no_more(cast):
    given(cast)
    with acting_as(None, job="groups"):
        member = standing.standing(cast.hugo, cast.group)
        member.state = member.State.LEFT
        member.save()

    assert found(cast, "hugo") == NOTHING


def test_building_the_index_anew_keeps_the_words_and_adds_nothing(cast):
    given(cast)
    post = attached(cast)
    with cast.acting("femke"):
        moderation.hide_post(post, reason="x", by=cast.femke)

    with acting_as(None):
        counts = rebuild("group_file")

    assert (counts, found(cast, "hugo"), found(cast, "petra")) == (
        {"group_file": 1},
        (["report.pdf"], (1, 1, 1)),
        NOTHING,
    )


def test_files_from_before_the_search_read_them_are_read_once(cast):
    file = given(cast)
    FileWords.objects.all().delete()
    with acting_as(None, job="groups"):
        counts = finding.read_files()
        read_all()
        again = finding.read_files()

    assert (counts, again, FileWords.objects.get().key) == (1, 0, str(file.pk))


def test_the_page_of_files_says_what_the_search_can_do_with_each(cast):
    given(cast, name="open.pdf")
    given(cast, name="scan.pdf", content=pdf(""))
    given(cast, name="locked.pdf", content=locked_pdf("x"))
    given(cast, name="broken.pdf", content=REPORT[:200])
    given(cast, name="slides.pptx", content=pptx(WORD))
    given(cast, name="photo.jpg", content=b"\xff\xd8\xff")
    with cast.acting("noor"):
        files.give_file(cast.group, name="new.pdf", content=REPORT, note="", by=cast.noor)
    client = Client()
    client.force_login(cast.noor)

    page = client.get(reverse("groups:file_list", args=[cast.group.slug])).content.decode()

    for said, n in (
        ("The search finds it by its words.", 2),
        ("No words could be read from this file, as from a scanned page", 1),
        ("This file opens with a password only", 1),
        ("This file is damaged or not what its name says", 1),
        ("The search reads no words from files of this kind", 1),
        ("Its words are read within minutes.", 1),
    ):
        assert (said, page.count(said)) == (said, n)
    with acting_as(None, job="groups"):
        assert GroupFile.objects.count() == 7


def test_whoever_attached_a_file_without_words_is_told_below_it(cast):
    thread = cast.thread(title="Receipts", text="See.", files=[Sent("scan.pdf", pdf(""))])
    read_all()
    said = {}
    for who in ("noor", "hugo"):
        client = Client()
        client.force_login(cast.people[who])
        page = client.get(reverse("groups:thread_detail", args=[cast.group.slug, thread.pk])).content.decode()
        said[who] = "No words could be read from this file" in page

    assert said == {"noor": True, "hugo": False}


def written(cast, group=None):
    """A page, minutes and a proposal that hold the word."""
    group = group or cast.group
    thread = cast.thread(group=group, title="Receipts", text="Let us decide.")
    with cast.acting("noor"):
        work.add_page(group, title="How we count", text=f"The {WORD} lorry.", by=cast.noor)
        work.write_minutes(
            group, title="Call of May", held_on=date(2026, 5, 4), text=f"{WORD} again", attended=[], by=cast.noor
        )
        closes = timezone.now() + timezone.timedelta(days=3)
        decisions.propose(thread, title="A receipt", text=f"No {WORD} without one.", closes_at=closes, by=cast.noor)


WORKS = ["A receipt", "Call of May", "How we count"]


def test_pages_minutes_and_decisions_are_found_by_members_alone(cast):
    written(cast)

    titles, counts = found(cast, "hugo")
    assert (sorted(titles), counts) == (WORKS, (3, 3, 3))
    assert {who: found(cast, who) for who in ("petra", "idris", None)} == dict.fromkeys(
        ("petra", "idris", None), NOTHING
    )


def test_new_words_of_a_page_are_found_and_old_ones_no_more(cast):
    with cast.acting("noor"):
        page = work.add_page(cast.group, title="How we count", text=WORD, by=cast.noor)
        work.edit_page(page, title="How we count", text="cassiterite", version=1, by=cast.noor)

    assert (found(cast, "hugo"), found(cast, "hugo", "cassiterite")[0]) == (NOTHING, ["How we count"])


def test_a_group_made_hidden_takes_its_pages_minutes_and_decisions_back(cast):
    group = cast.found("open", "Gold, Andes")
    cast.enrol("noor", group=group)
    written(cast, group)
    before = sorted(found(cast, None)[0])
    with cast.acting("femke"):
        groups.edit_group(group, name="Gold, Andes", aims="a", access="hidden", by=cast.femke)

    assert (before, found(cast, None), sorted(found(cast, "noor")[0])) == (WORKS, NOTHING, WORKS)


def test_the_index_built_anew_holds_the_same_work(cast):
    written(cast)
    fields = ("kind", "key", "language", "title", "text", "url", "audience", "facets", "on", "thing")
    kinds = (finding.PAGE, finding.MINUTES, finding.PROPOSAL)
    kept = Entry.objects.filter(kind__in=kinds).order_by("kind").values(*fields)
    before = list(kept)

    rebuild(*kinds)

    assert len(before) == 3
    assert list(kept.all()) == before
