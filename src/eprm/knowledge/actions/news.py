"""News by groups: for their own members at once, for everybody once an editor has read them."""

from __future__ import annotations

import re
from uuid import UUID

from django.db import transaction
from django.utils.html import urlize
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Locale

from eprm.base.errors import NotAllowed
from eprm.base.locks import hold
from eprm.knowledge import rules
from eprm.knowledge.models import HubPage, NewsPage
from eprm.people import audiences
from eprm.people.models import Person


@transaction.atomic
def write_news(*, voice: str, title: str, lede: str, text: str, openly: bool, nonce: UUID, by: Person) -> NewsPage:
    """A group's news. `openly` hands it to the editors, who publish it for everybody; the same form twice is one."""
    rules.can_speak(by, voice).require()
    speaks = next(each for each in audiences.voices_of(by) if each.key == voice)
    if openly and not speaks.openly:
        raise NotAllowed(_("Nobody outside knows of %(group)s: its news are for its members.") % {"group": speaks.name})
    slug = f"news-{nonce.hex}"
    hold(slug)
    if found := NewsPage.objects.filter(slug=slug).first():
        return found
    hub = _hub(by.language)
    page = NewsPage(
        title=title.strip(),
        slug=slug,
        lede=lede.strip(),
        body=as_html(text),
        by=speaks.name[:120],
        voice=voice,
        audience=audiences.PUBLIC if openly else voice,
        locale=hub.locale,
        owner=by,
        live=False,
    )
    hub.add_child(instance=page)
    revision = page.save_revision(user=by)
    if not openly:
        revision.publish(user=by, skip_permission_checks=True)  # the rule above decides
    elif workflow := page.get_workflow():
        workflow.start(page, by)
    page.refresh_from_db()
    return page


def _hub(language: str) -> HubPage:
    """The hub in the writer's language, else the English one."""
    hubs = {hub.locale.language_code: hub for hub in HubPage.objects.select_related("locale")}
    return hubs.get(language) or hubs[Locale.get_default().language_code]


def as_html(text: str) -> str:
    """Paragraphs as they were typed, with addresses as links; nothing typed is markup."""
    parts = (part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")))
    return "".join(f"<p>{urlize(part, autoescape=True).replace(chr(10), '<br/>')}</p>" for part in parts if part)


@transaction.atomic
def withdraw_news(page: NewsPage, *, by: Person) -> None:
    """Take a group's news off every page, or out of the editors' hands."""
    rules.can_speak(by, page.voice).require()
    if (state := page.current_workflow_state) is not None:
        state.cancel(user=by)
    UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)
    NewsPage.objects.filter(pk=page.pk).update(voice="")
