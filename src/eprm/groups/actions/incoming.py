"""What comes by mail: answers and new threads, once each, from whom the address belongs to; loops are left alone.

A mail is judged in this order: seen before; written by a machine; to no address of ours; from another address than the
person's (held for them to decide); too many; no words; then it is published under the same rules as on the page.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.base.identity import acting_as
from eprm.base.incoming import is_taken
from eprm.base.outbox import post as post_mail
from eprm.groups import addresses, mailbox, rules
from eprm.groups.actions import threads
from eprm.groups.actions.files import MAX_FILE_BYTES, MAX_FILES
from eprm.groups.mailbox import Arrived
from eprm.groups.models import Group, IncomingMail, Post, Thread
from eprm.groups.queries.groups import groups_visible_to
from eprm.groups.queries.threads import threads_visible_to
from eprm.people.identity import acting_for
from eprm.people.models import Person
from eprm.people.queries import confirmed_emails
from eprm.ui import words

State = IncomingMail.State
ANSWER_MAIL = "groups.answer"
POSTS_AN_HOUR = 20
ANSWERS_A_DAY = 3


def receive(raw: bytes) -> IncomingMail | None:
    """Take in one mail; answers its row, or None for one that was taken in before or is another area's."""
    arrived = mailbox.read(raw)
    if is_taken(arrived.to, raw):
        return None
    with acting_as(None, job="groups"):
        if IncomingMail.objects.filter(message_id=arrived.message_id).exists():
            return None
        box = next(filter(None, map(addresses.read_mail_address, arrived.to)), None)
        person = Person.objects.filter(pk=box.person_id, is_active=True).first() if box else None
        mail = IncomingMail(
            message_id=arrived.message_id,
            person=person,
            from_address=arrived.sender,
            subject=arrived.subject,
            text=arrived.text,
            state=State.REFUSED,
        )
        if arrived.automatic:
            mail.state, mail.reason, mail.text = State.IGNORED, arrived.automatic, ""
            mail.save()
            return mail
        if person is None:
            return _to_nobody(mail)
    with acting_for(person, path="mail"), translation.override(person.language):
        return _receive_for(person, box, arrived, mail)


def _to_nobody(mail: IncomingMail) -> IncomingMail:
    """To an address that was made up or has ended: said only to whom the site knows, lest it write to strangers."""
    mail.text = ""
    known = Person.objects.filter(email__iexact=mail.from_address, is_active=True).first()
    mail.save()
    if known is not None:
        with translation.override(known.language):
            mail.reason = _("This address is not in use, or not any more. Open the thread to find your new one.")
            _answer(mail, mail.reason)
    return mail


def _receive_for(person: Person, box: addresses.Letterbox, arrived: Arrived, mail: IncomingMail) -> IncomingMail:
    thread = threads_visible_to(person).filter(pk=box.thread_id).first() if box.thread_id else None
    group = thread.group if thread else groups_visible_to(person).filter(pk=box.group_id or 0).first()
    mail.thread, mail.group = thread, group
    hour_ago = timezone.now() - timedelta(hours=1)
    recent = IncomingMail.objects.filter(person=person, received_at__gte=hour_ago).count()
    if group is None:
        refusal = _("You do not read this any more: you are not a member, or the thread is gone.")
    elif recent >= POSTS_AN_HOUR:
        refusal = _("More than %(most)s mails came from you within an hour. Write on the page, or later.") % {
            "most": POSTS_AN_HOUR
        }
    elif not arrived.text and not arrived.attached:
        refusal = _("There were no new words in your mail, only what it quoted.")
    elif arrived.sender not in confirmed_emails(person):
        return _hold(mail, arrived)
    else:
        return _publish(person, group, thread, arrived, mail)
    mail.reason = refusal
    mail.save()
    _answer(mail, refusal)
    return mail


def _hold(mail: IncomingMail, arrived: Arrived) -> IncomingMail:
    """From an address that is not known as the person's: kept for them alone, who publish or discard it."""
    mail.state = State.HELD
    mail.save()
    said = _(
        "Your mail came from %(address)s, which is not an address of this account. It is kept, and not published: sign "
        "in and publish it under “Mails to groups”, or add the address to your account and send it again."
    ) % {"address": mail.from_address}
    if arrived.attached:
        said += " " + _("Its attachments are not kept.")
    _answer(mail, said)
    return mail


def _publish(person: Person, group: Group, thread: Thread | None, arrived: Arrived, mail: IncomingMail) -> IncomingMail:
    fit = [each for each in arrived.attached if len(each.content) <= MAX_FILE_BYTES][:MAX_FILES]
    left_out = [each for each in arrived.attached if each not in fit]
    text = arrived.text or _("See the attachment.")
    if left_out:
        told = ", ".join(f"“{each.name}” ({words.size(len(each.content))})" for each in left_out)
        text += "\n\n*" + _("Not kept: %(files)s.") % {"files": told} + "*"
    sent = [threads.Sent(each.name, each.content) for each in fit]
    nonce = uuid5(NAMESPACE_URL, f"mail:{arrived.message_id}")
    try:
        with transaction.atomic():
            mail.post = _written(person, group, thread, arrived, text, nonce, sent)
            mail.thread, mail.state = mail.post.thread, State.POSTED
            mail.save()
    except NotAllowed as refusal:
        mail.post, mail.state, mail.reason = None, State.REFUSED, refusal.reason
        mail.thread = thread
        mail.save()
        _answer(mail, refusal.reason)
        return mail
    if left_out:
        told = _("Your words are published. Not kept: %(files)s. A mail may bring %(count)s files of %(most)s each.")
        names = ", ".join(f"“{each.name}” ({words.size(len(each.content))})" for each in left_out)
        _answer(mail, told % {"files": names, "count": MAX_FILES, "most": words.size(MAX_FILE_BYTES)})
    return mail


def _written(person, group, thread, arrived, text, nonce, sent) -> Post:
    if thread is not None:
        return threads.write_post(thread, text=text, nonce=nonce, by=person, files=sent, by_mail=True)
    title = arrived.subject or text.splitlines()[0][:80]
    made = threads.start_thread(group, title=title, text=text, nonce=nonce, by=person, files=sent, by_mail=True)
    return Post.objects.get(thread=made, number=1)


def _answer(mail: IncomingMail, sentence: str) -> None:
    """Tell the sender what became of the mail, in a sentence; a few times a day at most, and never to a machine."""
    since = timezone.now() - timedelta(days=1)
    with acting_as(None, job="groups"):
        told = IncomingMail.objects.filter(
            from_address=mail.from_address, answered=True, received_at__gte=since
        ).count()
        if told >= ANSWERS_A_DAY or "@" not in mail.from_address:
            return
        IncomingMail.objects.filter(pk=mail.pk).update(answered=True)
        mail.answered = True
        quoted = "\n".join(f"> {line}" for line in mail.text.splitlines()[:200])
        post_mail(
            to=mail.from_address,
            subject=f"Re: {mail.subject}" if mail.subject else _("Your mail"),
            text=f"{sentence}\n\n{quoted}\n",
            kind=ANSWER_MAIL,
            person_id=mail.person_id,
            headers={"Auto-Submitted": "auto-replied", "In-Reply-To": mail.message_id, "References": mail.message_id},
        )


def publish_held(mail: IncomingMail, *, by: Person) -> Post:
    """The person says that a held mail is theirs: its words are published, without its attachments."""
    with transaction.atomic():
        mail = IncomingMail.objects.select_for_update(of=("self",)).select_related("thread", "group").get(pk=mail.pk)
        rules.can_decide_mail(by, mail).require()
        nonce = uuid5(NAMESPACE_URL, f"mail:{mail.message_id}")
        if mail.thread_id:
            post = threads.write_post(mail.thread, text=mail.text, nonce=nonce, by=by, by_mail=True)
        else:
            thread = threads.start_thread(
                mail.group, title=mail.subject or mail.text[:80], text=mail.text, nonce=nonce, by=by, by_mail=True
            )
            post = Post.objects.get(thread=thread, number=1)
        mail.post, mail.state = post, State.POSTED
        mail.save(update_fields=["post", "state"])
    return post


def discard_held(mail: IncomingMail, *, by: Person) -> None:
    """The person says that a held mail is not theirs: its words are deleted."""
    with transaction.atomic():
        mail = IncomingMail.objects.select_for_update(of=("self",)).get(pk=mail.pk)
        rules.can_decide_mail(by, mail).require()
        mail.state, mail.text = State.DISCARDED, ""
        mail.save(update_fields=["state", "text"])
