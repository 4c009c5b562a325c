"""Who may open what of a working group on request, in which Halden's officer facilitates and its reader belongs."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from eprm.base.identity import acting_as
from eprm.groups.actions import decisions, files, threads, work
from eprm.groups.actions.standing import recount
from eprm.groups.models import Group, GroupMember, Post

EVERYBODY = (200, 200, 200, 200, 200, 200)
SIGNED_IN = (302, 200, 200, 200, 200, 200)
MOVED = (302, 302, 302, 302, 302, 302)
NOWHERE = (404, 404, 404, 404, 404, 404)
NOT_MINE = (302, 404, 404, 404, 404, 404)
MEMBERS = (302, 200, 200, 403, 403, 403)
MEMBERS_DEED = (302, 302, 302, 403, 403, 403)
FACILITATOR = (302, 403, 200, 403, 403, 403)
FACILITATOR_DEED = (302, 403, 302, 403, 403, 403)
NOBODY = (302, 403, 403, 403, 403, 403)
TOKEN = (401, 401, 401, 401, 401, 401)
RULES = {
    "groups:group_list": ("GET", [], EVERYBODY),
    "groups:task_own": ("GET", [], SIGNED_IN),
    "groups:group_new": ("GET", [], (302, 403, 403, 403, 403, 200)),
    "groups:mail_list": ("GET", [], SIGNED_IN),
    "groups:mail_decide": ("POST", ["nothing"], NOT_MINE),
    "groups:key_replace": ("POST", ["key_purpose"], MOVED),
    "groups:stop": ("GET", ["word"], NOWHERE),
    "groups:person_feed": ("GET", ["word"], NOWHERE),
    "groups:invitation_answer": ("GET", ["nothing"], NOT_MINE),
    "groups:file_download": ("GET", ["group_file"], (404, 200, 200, 404, 404, 404)),
    "groups:file_picture": ("GET", ["group_file"], NOWHERE),  # the file is no picture
    "groups:group_detail": ("GET", ["group"], EVERYBODY),
    "groups:group_edit": ("GET", ["group"], FACILITATOR),
    "groups:group_end": ("POST", ["group"], FACILITATOR_DEED),
    "groups:group_join": ("POST", ["group"], NOBODY),  # it is on request
    "groups:group_ask": ("GET", ["group"], (302, 403, 403, 200, 200, 200), {"newcomer": 403}),
    "groups:group_leave": ("GET", ["group"], MEMBERS),
    "groups:group_feed": ("GET", ["group"], MEMBERS),
    "groups:choices": ("GET", ["group"], MEMBERS),
    "groups:group_search": ("GET", ["group"], MEMBERS),
    "groups:member_list": ("GET", ["group"], MEMBERS),
    "groups:member_invite": ("GET", ["group"], MEMBERS),
    "groups:member_edit": ("GET", ["group", "group_member"], FACILITATOR),
    "groups:member_remove": ("POST", ["group", "group_member"], (302, 403, 422, 403, 403, 403)),  # without a reason
    "groups:ban_lift": ("POST", ["group", "nothing"], (302, 403, 404, 403, 403, 403)),
    "groups:request_answer": ("GET", ["group", "nothing"], (302, 403, 404, 403, 403, 403)),
    "groups:invitation_withdraw": ("POST", ["group", "nothing"], (302, 404, 404, 403, 403, 403)),
    "groups:thread_list": ("GET", ["group"], MEMBERS),
    "groups:thread_new": ("GET", ["group"], MEMBERS),
    "groups:thread_detail": ("GET", ["group", "thread"], MEMBERS),
    "groups:thread_follow": ("POST", ["group", "thread"], MEMBERS_DEED),
    "groups:thread_lock": ("GET", ["group", "thread"], FACILITATOR),
    "groups:thread_unlock": ("POST", ["group", "thread"], FACILITATOR_DEED),
    "groups:proposal_new": ("GET", ["group", "thread"], MEMBERS),
    "groups:draft_save": ("POST", ["group"], MEMBERS_DEED),
    "groups:post_edit": ("GET", ["group", "post"], FACILITATOR),  # who wrote it
    "groups:post_versions": ("GET", ["group", "post"], MEMBERS),
    "groups:post_translate": ("GET", ["group", "post"], MEMBERS),
    "groups:post_react": ("POST", ["group", "post", "reaction"], MEMBERS_DEED),
    "groups:post_report": ("GET", ["group", "post"], MEMBERS),
    "groups:post_hide": ("GET", ["group", "post"], FACILITATOR),
    "groups:post_show": ("POST", ["group", "post"], FACILITATOR_DEED),
    "groups:moderation": ("GET", ["group"], FACILITATOR),
    "groups:report_keep": ("POST", ["group", "nothing"], (302, 403, 404, 403, 403, 403)),
    "groups:proposal_list": ("GET", ["group"], MEMBERS),
    "groups:proposal_detail": ("GET", ["group", "proposal"], MEMBERS),
    "groups:proposal_close": ("POST", ["group", "proposal"], NOBODY),  # nobody has spoken yet
    "groups:proposal_outcome": ("GET", ["group", "proposal"], NOBODY),  # it is open
    "groups:page_list": ("GET", ["group"], MEMBERS),
    "groups:page_new": ("GET", ["group"], MEMBERS),
    "groups:page_detail": ("GET", ["group", "group_page"], MEMBERS),
    "groups:page_edit": ("GET", ["group", "group_page"], MEMBERS),
    "groups:page_versions": ("GET", ["group", "group_page"], MEMBERS),
    "groups:file_list": ("GET", ["group"], MEMBERS),
    "groups:file_remove": ("GET", ["group", "group_file"], FACILITATOR),
    "groups:task_list": ("GET", ["group"], MEMBERS),
    "groups:task_detail": ("GET", ["group", "task"], MEMBERS),
    "groups:task_edit": ("GET", ["group", "task"], FACILITATOR),  # who gave it
    "groups:date_list": ("GET", ["group"], MEMBERS),
    "groups:date_cancel": ("POST", ["group", "date"], FACILITATOR_DEED),
    "groups:minutes_list": ("GET", ["group"], MEMBERS),
    "groups:minutes_new": ("GET", ["group"], MEMBERS),
    "groups:minutes_detail": ("GET", ["group", "minutes"], MEMBERS),
    "groups:minutes_edit": ("GET", ["group", "minutes"], FACILITATOR),
    "api:list_groups": ("GET", [], TOKEN),
    "api:read_group": ("GET", ["group"], TOKEN),
    "api:list_threads": ("GET", ["group"], TOKEN),
    "api:list_posts": ("GET", ["group", "thread"], TOKEN),
    "api:list_tasks": ("GET", ["group"], TOKEN),
}


def scene(people):
    officer, reader = people["officer"], people["reader"]
    halden = officer.memberships.get().organisation
    with acting_as(people["secretariat"].pk, [halden.pk], secretariat=True):
        group = Group.objects.create(
            name="Tin", slug="tin", aims="Roads.", access="request", founded_by=people["secretariat"]
        )
    with acting_as(officer.pk, [halden.pk]):
        for person, role in ((officer, "facilitator"), (reader, "member")):
            GroupMember.objects.create(
                group=group, person=person, organisation=halden, pillar="supply_chain", role=role, state="member",
                handle=person.name.lower(), since=timezone.now(),
            )  # fmt: skip
        recount(group)
        written = _written(Group.objects.get(pk=group.pk), officer)
        written["group_member"] = GroupMember.objects.get(person=reader).pk
    return {**written, "group": group.slug, "reaction": "helpful", "key_purpose": "feed"}


def _written(group, officer):
    soon = timezone.now() + timedelta(days=3)
    thread = threads.start_thread(group, title="Road", text="Words.", nonce=uuid4(), by=officer)
    return {
        "thread": thread.pk,
        "post": Post.objects.get(thread=thread).pk,
        "proposal": decisions.propose(thread, title="A receipt", text="Words.", closes_at=soon, by=officer).pk,
        "group_file": files.give_file(group, name="count.csv", content=b"a;b", note="", by=officer).pk,
        "group_page": work.add_page(group, title="Receipt", text="Words.", by=officer).pk,
        "task": work.give_task(group, title="Print", owner=officer, due_on=None, by=officer).pk,
        "date": work.add_date(group, title="Call", starts_at=soon, by=officer).pk,
        "minutes": work.write_minutes(
            group, title="May", held_on=date(2026, 5, 4), text="Words.", attended=[officer], by=officer
        ).pk,
    }
