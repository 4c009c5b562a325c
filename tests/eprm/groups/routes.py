"""Who may open what of a working group on request, in which Halden's officer facilitates and its reader belongs."""

from __future__ import annotations

from uuid import uuid4

from django.utils import timezone

from eprm.base.identity import acting_as
from eprm.groups.actions import files, threads
from eprm.groups.models import Group, GroupMember

# A file that is no picture has no picture.
NO_FILE = (404, 200, 200, 404, 404, 404)
NO_PICTURE = (404, 404, 404, 404, 404, 404)
RULES = {
    "groups:file_download": ("GET", ["group_file"], NO_FILE),
    "groups:file_picture": ("GET", ["group_file"], NO_PICTURE),
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
    return {**_written(group, officer, halden), "group": group.slug}


def _written(group, officer, halden):
    with acting_as(officer.pk, [halden.pk]):
        thread = threads.start_thread(group, title="Road", text="Words.", nonce=uuid4(), by=officer)
        file = files.give_file(group, name="count.csv", content=b"a;b", note="", by=officer)
    return {"thread": thread.pk, "group_file": file.pk}
