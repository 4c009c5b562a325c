"""The words of the mails that groups send: one notice as a section, and what stands around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape, format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from eprm.groups import markup
from eprm.groups.models import Group, GroupMember, Invitation, Notice, PostTranslation
from eprm.groups.queries.threads import page_of_post
from eprm.ui import words
from eprm.ui.clocks import moment_in
from eprm.ui.languages import tongue

Event = Notice.Event


@dataclass(frozen=True, slots=True)
class Section:
    """One notice in one language: its line, its text and HTML, and where it is read."""

    heading: str
    text: str
    html: SafeString
    url: str


def section_of(notice: Notice, translations: Mapping[str, PostTranslation], language: str) -> Section:
    """The notice in the language that is active now; a post in a translation where somebody wrote one."""
    group = notice.group
    if notice.event == Event.POST:
        return _post_section(notice, translations.get(tongue(language)))
    if notice.event in (Event.PROPOSAL, Event.OUTCOME):
        return _proposal_section(notice)
    if notice.event == Event.TASK:
        due = words.day(notice.task.due_on) if notice.task.due_on else _("no date")
        heading = _("%(person)s gives you a task: %(task)s (%(due)s)") % {
            "person": notice.by, "task": notice.task.title, "due": due,
        }  # fmt: skip
        return _plain(heading, "", _url("groups:task_detail", group.slug, notice.task_id))
    if notice.event == Event.ASKED:
        return _plain(_("Somebody asks to join the group"), notice.words, _url("groups:member_list", group.slug))
    heading = _("%(person)s reports a contribution") % {"person": notice.by}
    return _plain(heading, notice.words, _url("groups:moderation", group.slug))


def _post_section(notice: Notice, translation: PostTranslation | None) -> Section:
    post = notice.post
    heading = _("%(person)s (%(organisation)s), %(moment)s") % {
        "person": post.author, "organisation": post.organisation, "moment": words.moment(post.written_at),
    }  # fmt: skip
    text = post.text
    if translation is not None:
        heading += " · " + _("translated by %(person)s") % {"person": translation.by}
        text = translation.text
    url = _url("groups:thread_detail", notice.group.slug, notice.thread_id)
    return Section(
        heading,
        text,
        mark_safe(markup.render(text)),  # noqa: S308 cleaned
        f"{url}?page={page_of_post(post.number)}#p{post.number}",
    )


def _proposal_section(notice: Notice) -> Section:
    proposal = notice.proposal
    url = _url("groups:proposal_detail", notice.group.slug, proposal.pk)
    if notice.event == Event.PROPOSAL:
        heading = _("A decision is proposed, open until %(moment)s: %(proposal)s") % {
            "moment": moment_in(proposal.closes_at, proposal.zone), "proposal": proposal.title,
        }  # fmt: skip
        return Section(heading, proposal.text, mark_safe(markup.render(proposal.text)), url)  # noqa: S308 cleaned
    heading = _("The proposal “%(proposal)s” is closed: %(result)s") % {
        "proposal": proposal.title, "result": proposal.get_result_display(),
    }  # fmt: skip
    return _plain(heading, proposal.outcome, url)


def _plain(heading: str, text: str, url: str) -> Section:
    return Section(heading, text, mark_safe(linebreaks(escape(text))) if text else mark_safe(""), url)  # noqa: S308


def _url(name: str, *args: object) -> str:
    return settings.PUBLIC_URL + reverse(name, args=args)


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str
    html: str


def instant(notice: Notice, section: Section, *, stop: str, can_answer: bool) -> Letter:
    """One notice as a mail of its own."""
    about = notice.thread.title if notice.thread is not None else section.heading
    foot = [_("Read it in its place: %(url)s") % {"url": section.url}]
    if can_answer:
        foot.insert(0, _("Answer this mail, and your answer stands in the thread."))
    foot.append(_("No more mails like this: %(url)s") % {"url": stop})
    text = f"{section.heading}\n\n{section.text}\n\n-- \n" + "\n".join(foot) + "\n"
    html = format_html(
        "<p><b>{}</b></p>{}<hr>{}",
        section.heading,
        section.html,
        mark_safe("".join(_foot_html(line) for line in foot)),  # noqa: S308
    )
    return Letter(f"[{notice.group}] {about}", text, html)


def _foot_html(line: str) -> SafeString:
    before, found, url = line.partition("http")
    if not found:
        return format_html("<p>{}</p>", line)
    return format_html('<p>{}<a href="{}">{}</a></p>', before, found + url, found + url)


def digest(parts: list[tuple[Group, str, Section]], *, stop: str, weekly: bool) -> Letter:
    """Several notices in one mail, grouped: (group, thread or "", section) in order."""
    names = ", ".join(dict.fromkeys(str(group) for group, _thread, _section in parts))
    subject = (_("This week in %(groups)s") if weekly else _("Today in %(groups)s")) % {"groups": names}
    text: list[str] = []
    html: list[str] = []
    group_before, thread_before = None, None
    for group, thread, section in parts:
        if group != group_before:
            text += [f"{group}\n{'=' * len(str(group))}\n"]
            html += [format_html("<h2>{}</h2>", group)]
            group_before, thread_before = group, None
        if thread and thread != thread_before:
            text += [f"{thread}\n{'-' * len(thread)}\n"]
            html += [format_html("<h3>{}</h3>", thread)]
            thread_before = thread
        text += [f"{section.heading}\n{section.url}\n\n{section.text}\n"]
        html += [format_html('<p><a href="{}"><b>{}</b></a></p>{}', section.url, section.heading, section.html)]
    foot = _("No more of these digests: %(url)s") % {"url": stop}
    return Letter(subject, "\n".join(text) + f"\n-- \n{foot}\n", "".join(html) + "<hr>" + _foot_html(foot))


def list_headers(group: Group | None, stop: str) -> dict[str, str]:
    """What lets a mail program end the mails with one click, sort them, and answer none of them by machine.

    Source: RFC 2369, RFC 8058 (one click), RFC 2919 (List-Id), RFC 3834 (Auto-Submitted).
    """
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    name = f"{group.slug}.groups" if group is not None else "digest.groups"
    return {
        "List-Id": f"<{name}.{host}>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }


def invitation(offered: Invitation) -> Letter:
    """The mail to whoever is invited. What the group writes is not in it."""
    group = offered.group
    subject = _("%(person)s invites you to the working group “%(group)s”") % {
        "person": offered.invited_by, "group": group,
    }  # fmt: skip
    lines = [subject + ".", "", group.aims, ""]
    if offered.message:
        lines += [offered.message, ""]
    lines += [
        _("Answer here, signed in with this address (%(email)s); without an account you make one first:")
        % {"email": offered.email},
        _url("groups:invitation_answer", offered.pk),
        "",
    ]
    return Letter(subject, "\n".join(lines), "")


def place(member: GroupMember) -> Letter | None:
    """What somebody is told of their place in a group; None where there is nothing to tell."""
    told = {
        GroupMember.State.MEMBER: _("You are a member of “%(group)s” now."),
        GroupMember.State.DECLINED: _("“%(group)s” has not taken you in."),
        GroupMember.State.REMOVED: _("You are no longer a member of “%(group)s”."),
        GroupMember.State.BANNED: _("You are no longer a member of “%(group)s”, and cannot come back by yourself."),
    }.get(GroupMember.State(member.state))
    if told is None:
        return None
    subject = told % {"group": member.group}
    lines = [subject]
    if member.reason:
        lines += ["", _("The reason given: %(reason)s") % {"reason": member.reason}]
    if member.is_member:
        lines += ["", _url("groups:group_detail", member.group.slug)]
    return Letter(subject, "\n".join(lines) + "\n", "")
