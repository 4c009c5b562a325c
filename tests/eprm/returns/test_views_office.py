"""The secretariat's, the board's and the public's pages: reading, the questionnaire, group figures."""

from __future__ import annotations

from eprm.people.identity import acting_for
from eprm.returns.actions import editions
from eprm.returns.models import Comment, Question
from tests.eprm.returns import nursery
from tests.eprm.returns.nursery import address, answers, named, told


def test_review_list_shows_all_members_with_the_same_queries(femke_in, scene, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        few = told(femke_in.get(address("review_list")))
    with acting_for(scene.femke, path="test"):
        for name in ("Ada", "Bo", "Cy"):
            nursery.make_member(name)
        nursery.open_all(scene.femke)

    with django_assert_max_num_queries(25):
        many = told(femke_in.get(address("review_list")))

    assert "Petra Veldkamp" in few
    assert all(name in many for name in ("Ada", "Bo", "Cy", "Noor Halden"))


def test_reader_sees_nothing_before_it_is_sent(femke_in, scene):
    nursery.fill(scene.this, scene.noor)

    page = told(femke_in.get(address("review_detail", scene.this.pk)))

    assert "Nothing is sent yet" in page
    assert "In place and documented" not in page


def test_reader_comments_sends_back_and_closes(femke_in, scene):
    nursery.send(scene.this, scene.noor)
    question = scene.question("policy").pk

    femke_in.post(address("comment_new", scene.this.pk, question), {"category": "question", "text": "Since when?"})
    refused = femke_in.post(address("return_close", scene.this.pk))
    page = told(femke_in.get(address("review_detail", scene.this.pk)))
    with acting_for(scene.femke, path="test"):
        comment = Comment.objects.get()
    femke_in.post(address("comment_settle", comment.pk))
    closed = femke_in.post(address("return_close", scene.this.pk))

    assert (refused.status_code, closed.status_code) == (403, 302)
    assert "Since when?" in page
    assert "1 comment still asks something" in told(refused)


def test_board_sees_states_and_no_share_of_a_member(client, scene):
    nursery.send(scene.this, scene.noor, every="in_place")
    client.force_login(scene.hugo)

    page = told(client.get(address("board")))

    assert "Noor Halden" in page
    assert "of 2 sent" in page
    assert "50 %" not in page


def test_progress_is_public_and_empty_at_first(client, scene):
    assert "No figures are public yet" in told(client.get(address("progress")))


def test_publishing_two_returns_is_refused(femke_in, scene):
    nursery.send(scene.this, scene.noor)
    nursery.close(scene.this, scene.femke)

    response = femke_in.post(address("publication_list"), {"year": "2025", "note": ""})

    assert response.status_code == 403
    assert "1 returns are closed" in told(response) or "figures are made from 5 on" in told(response)


def test_edition_in_force_is_not_changed_and_says_so(femke_in, scene):
    question = scene.question("policy")

    page = femke_in.get(address("question_edit", question.pk))
    removed = femke_in.post(address("question_remove", question.pk))

    assert (page.status_code, removed.status_code) == (403, 403)
    assert "Begin a new edition from it." in told(page)


def test_question_removed_in_a_new_edition_stays_for_whoever_is_answering(noor, drafted):
    with acting_for(drafted.femke, path="test"):
        later = editions.begin_edition(year=2025, copy_of=drafted.edition, by=drafted.femke)
        editions.remove_question(Question.objects.get(edition=later, key="policy"), by=drafted.femke)
        editions.put_in_force(later, by=drafted.femke)

    response = noor.post(
        address("step_answer", drafted.this.pk, "1"), {**named(drafted, "policy", level="planned"), "save": "1"}
    )

    assert response.status_code == 302
    assert answers(drafted)["policy"].level == "planned"


def test_editions_are_compared_question_by_question(femke_in, scene):
    with acting_for(scene.femke, path="test"):
        later = editions.begin_edition(year=2026, copy_of=scene.edition, by=scene.femke)
        editions.change_question(Question.objects.get(edition=later, key="policy"), text="A policy?", by=scene.femke)
        editions.remove_question(Question.objects.get(edition=later, key="owner"), by=scene.femke)

    page = told(femke_in.get(address("edition_compare", later.pk, scene.edition.pk)))

    assert "A policy?" in page
    assert "gone" in page


def test_question_is_added_to_a_draft_by_its_form(femke_in, scene):
    with acting_for(scene.femke, path="test"):
        later = editions.begin_edition(year=2026, copy_of=scene.edition, by=scene.femke)
    sent = {
        "key": "new-one",
        "position": "5",
        "pillar": "supply_chain",
        "part": "1B",
        "kind": "scale",
        "weight": "2",
        "public": "never",
        "text": "Somebody new?",
        "source": "Own design",
    }

    added = femke_in.post(address("question_new", later.pk), sent)
    twice = femke_in.post(address("question_new", later.pk), sent)

    assert (added.status_code, twice.status_code) == (302, 422)
    assert "“new-one” is the key of another question" in told(twice)
    assert "Somebody new?" in told(femke_in.get(address("edition_preview", later.pk)))


def test_rules_of_a_draft_keep_their_order(femke_in, scene):
    with acting_for(scene.femke, path="test"):
        later = editions.begin_edition(year=2026, copy_of=scene.edition, by=scene.femke)
    page = femke_in.get(address("edition_rules", later.pk))
    sent = {name: field.value() for name in page.context["form"].fields for field in [page.context["form"][name]]}

    refused = femke_in.post(address("edition_rules", later.pk), {**sent, "due_on": "2026-01-01", "least_group": "4"})
    kept = femke_in.post(address("edition_rules", later.pk), {**sent, "least_group": "8"})

    assert (refused.status_code, kept.status_code) == (422, 302)
    assert "2026-01-01" in told(refused) or "1 Jan 2026" in told(refused)


def test_open_year_by_its_page(femke_in, scene):
    response = femke_in.post(address("year_open"), {"year": "2025"}, follow=True)

    assert "Every member has its return already." in told(response)
