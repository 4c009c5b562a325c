"""Working groups and all that belongs to them. Every row names its group: the database shows it to that group alone."""

from eprm.groups.models.decisions import Attendance, Minutes, PillarTally, Proposal, Stance
from eprm.groups.models.groups import Group, GroupMember, Invitation
from eprm.groups.models.moderation import Act, Report
from eprm.groups.models.notices import DigestMark, IncomingMail, Notice, PersonKey, Preference
from eprm.groups.models.threads import (
    Draft,
    Follow,
    Post,
    PostTranslation,
    PostVersion,
    Reaction,
    ReadMark,
    Thread,
)
from eprm.groups.models.work import CalendarDate, GroupFile, GroupPage, PageVersion, Task

__all__ = [
    "Act",
    "Attendance",
    "CalendarDate",
    "DigestMark",
    "Draft",
    "Follow",
    "Group",
    "GroupFile",
    "GroupMember",
    "GroupPage",
    "IncomingMail",
    "Invitation",
    "Minutes",
    "Notice",
    "PageVersion",
    "PersonKey",
    "PillarTally",
    "Post",
    "PostTranslation",
    "PostVersion",
    "Preference",
    "Proposal",
    "Reaction",
    "ReadMark",
    "Report",
    "Stance",
    "Task",
    "Thread",
]
