"""Writing in a group."""

from uuid import uuid4

import pytest

from eprm.base.errors import NotAllowed
from eprm.groups.actions import joining, moderation, threads
from eprm.groups.actions.files import MAX_FILE_BYTES
from eprm.groups.actions.threads import EditedMeanwhile, Sent
from eprm.groups.models import Draft, GroupFile, Notice, Post, Reaction, Report
from eprm.groups.queries.groups import place_of
from eprm.groups.queries.threads import draft_of, posts_on_page, search_posts, shown, threads_of, versions_of


def test_posts_are_numbered_without_gaps(cast):
    thread = cast.thread()
    cast.post(thread, by="hugo")
    cast.post(thread, by="olivier")

    with cast.acting("noor"):
        thread.refresh_from_db()
        assert (thread.post_count, [(p.number, p.author.name, p.pillar) for p in posts_on_page(thread, 1)]) == (
            3,
            [(1, "Noor", "supply_chain"), (2, "Hugo", "government"), (3, "Olivier", "civil_society")],
        )


def test_the_same_form_twice_is_one_post(cast):
    thread = cast.thread()
    nonce = uuid4()
    with cast.acting("noor"):
        first = threads.write_post(thread, text="Once", nonce=nonce, by=cast.noor)
        again = threads.write_post(thread, text="Once", nonce=nonce, by=cast.noor)

    assert first == again


def test_outsiders_do_not_write(cast):
    thread = cast.thread()
    group = cast.found("open", "Gold")

    with cast.acting("petra"), pytest.raises(Exception, match="does not exist"):
        threads.write_post(thread, text="x", nonce=uuid4(), by=cast.petra)
    with cast.acting("petra"), pytest.raises(NotAllowed, match="Join it first"):
        threads.start_thread(group, title="t", text="x", nonce=uuid4(), by=cast.petra)


def test_a_member_removed_while_the_thread_runs_writes_no_more(cast):
    thread = cast.thread()
    with cast.acting("femke"):
        joining.remove_member(cast.member("noor"), ban=False, reason="x", by=cast.femke)

    with pytest.raises(Exception, match="does not exist"):
        cast.post(thread)


def test_mentions_tell_members_only(cast):
    cast.thread(text="@hugo, and @nobody, and `@olivier`")

    with cast.acting("noor"):
        told = list(Notice.objects.order_by("pk").values_list("kind", "to__name"))

    assert told == [("post", None), ("mention", "Hugo")]


def test_edit_keeps_the_former_text(cast):
    thread = cast.thread(text="First")
    with cast.acting("noor"):
        post = Post.objects.get(thread=thread)
        threads.edit_post(post, text="Second", version=1, by=cast.noor)
        post.refresh_from_db()

        assert (post.text, post.version, [v.text for v in versions_of(post)]) == ("Second", 2, ["First"])


def test_two_edits_at_once_lose_nobodys_text(cast):
    thread = cast.thread(text="First")
    with cast.acting("noor"):
        post = Post.objects.get(thread=thread)
        threads.edit_post(post, text="From the phone", version=1, by=cast.noor)
        with pytest.raises(EditedMeanwhile) as told:
            threads.edit_post(post, text="From the desk", version=1, by=cast.noor)

        assert (told.value.text, told.value.version) == ("From the phone", 2)


def test_edit_is_the_authors(cast):
    thread = cast.thread()
    with cast.acting("hugo"):
        post = Post.objects.get(thread=thread)
        with pytest.raises(NotAllowed, match="Noor wrote this"):
            threads.edit_post(post, text="Forged", version=1, by=cast.hugo)


def test_translation_is_shown_as_such_and_says_when_it_is_behind(cast):
    thread = cast.thread(text="The office closes at five.")
    with cast.acting("olivier"):
        post = Post.objects.get(thread=thread)
        threads.translate_post(post, language="fr", text="Le bureau ferme à cinq heures.", by=cast.olivier)
    with cast.acting("noor"):
        threads.edit_post(Post.objects.get(thread=thread), text="It closes at six.", version=1, by=cast.noor)
    with cast.acting("olivier"):
        here = place_of(cast.olivier, cast.group)
        seen = shown(posts_on_page(thread, 1), here, moderating=False, language="fr")[0]

    assert (seen.translation.by, seen.outdated, "cinq heures" in seen.translation.html) == (cast.olivier, True, True)


def test_translation_into_its_own_language_is_refused(cast):
    thread = cast.thread()
    with cast.acting("noor"), pytest.raises(NotAllowed, match="in this language already"):
        threads.translate_post(Post.objects.get(thread=thread), language="en", text="x", by=cast.noor)


def test_react_twice_takes_it_back(cast):
    thread = cast.thread()
    with cast.acting("hugo"):
        post = Post.objects.get(thread=thread)
        answers = [threads.react(post, kind="helpful", by=cast.hugo) for _ in range(3)]

        assert (answers, Reaction.objects.count()) == ([True, False, True], 1)


def test_draft_is_kept_and_goes_with_the_post(cast):
    thread = cast.thread()
    with cast.acting("noor"):
        threads.save_draft(cast.group, thread=thread, text="Half a", by=cast.noor)
        threads.save_draft(cast.group, thread=thread, text="Half a thought", by=cast.noor)
        kept = draft_of(cast.group, thread, cast.noor).text
        threads.write_post(thread, text="Whole", nonce=uuid4(), by=cast.noor)

        assert (kept, Draft.objects.count()) == ("Half a thought", 0)


def test_draft_is_its_writers_alone(cast):
    with cast.acting("noor"):
        threads.save_draft(cast.group, thread=None, title="A plan", text="", by=cast.noor)

    with cast.acting("femke"):
        assert Draft.objects.count() == 0


def test_unread_posts_are_counted(cast):
    thread = cast.thread()
    cast.post(thread, by="hugo")

    with cast.acting("noor"):
        mine = [t.unread for t in threads_of(cast.group, cast.noor)]
    with cast.acting("olivier"):
        never = [t.unread for t in threads_of(cast.group, cast.olivier)]

    assert (mine, never) == ([1], [None])


def test_files_come_with_a_post_and_pictures_show_in_it(cast):
    thread = cast.thread(text="![road](road.png)", files=[Sent("road.png", b"\x89PNG"), Sent("../../a.csv", b"x")])

    with cast.acting("hugo"):
        post = Post.objects.get(thread=thread)
        picture = GroupFile.objects.get(name="road.png")
        names = sorted(GroupFile.objects.values_list("name", flat=True))

    assert (names, post.html) == (
        ["a.csv", "road.png"],
        f'<p><img src="/groups/files/{picture.pk}/picture" alt="road"></p>\n',
    )


def test_a_file_that_is_too_large_is_refused_whole(cast):
    with pytest.raises(NotAllowed, match=r"“big.bin” has .* at most"):
        cast.thread(files=[Sent("big.bin", b"x" * (MAX_FILE_BYTES + 1))])

    with cast.acting("noor"):
        assert Post.objects.count() == 0


def test_hidden_words_are_gone_for_all_but_moderators_and_the_author(cast):
    thread = cast.thread(text="The guard is called Paul.")
    with cast.acting("hugo"):
        moderation.report_post(Post.objects.get(thread=thread), reason="Names somebody at risk.", by=cast.hugo)
    with cast.acting("femke"):
        moderation.hide_post(Post.objects.get(thread=thread), reason="A name at risk.", by=cast.femke)

    seen = {}
    for who, moderating in (("hugo", False), ("noor", False), ("femke", True)):
        with cast.acting(who):
            here = place_of(cast.people[who], cast.group)
            post = shown(posts_on_page(thread, 1), here, moderating=moderating, language="en")[0]
            seen[who] = ("Paul" in post.html, search_posts(cast.group, cast.people[who], "Paul").count())
    with cast.acting("hugo"):
        assert [(r.answer, r.settled_by.name) for r in Report.objects.all()] == [("hidden", "Femke")]
    assert seen == {"hugo": (False, 0), "noor": (True, 0), "femke": (True, 0)}


def test_hiding_is_the_moderators_to_do(cast):
    thread = cast.thread()
    with cast.acting("hugo"), pytest.raises(NotAllowed, match="facilitators"):
        moderation.hide_post(Post.objects.get(thread=thread), reason="x", by=cast.hugo)


def test_the_secretariat_moderates_open_groups_only(cast):
    group = cast.found("open", "Gold")
    cast.enrol("noor", group=group)
    thread = cast.thread(group=group)
    with cast.acting("idris"):
        moderation.hide_post(Post.objects.get(thread=thread), reason="Advertising.", by=cast.idris)

        assert Post.objects.get(thread=thread).hidden_by == cast.idris


def test_locked_thread_takes_nothing(cast):
    thread = cast.thread()
    with cast.acting("femke"):
        moderation.lock_thread(thread, reason="Decided.", by=cast.femke)

    with pytest.raises(NotAllowed, match=r"Decided\."):
        cast.post(thread)


def test_search_finds_words_without_accents_in_this_group_only(cast):
    cast.thread(text="Une coopérative à Masisi")
    other = cast.found("closed", "Gold")
    cast.enrol("noor", group=other)
    cast.thread(group=other, text="cooperative elsewhere")

    with cast.acting("noor"):
        found = [p.text for p in search_posts(cast.group, cast.noor, "COOPERATIVE masisi")]
    with cast.acting("petra"):
        outside = search_posts(cast.group, cast.petra, "cooperative").count()

    assert (found, outside) == (["Une coopérative à Masisi"], 0)
