"""Every write about segments and campaigns, and the word of who wants no more of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from eprm.base.errors import NotAllowed
from eprm.base.identity import acting_as
from eprm.base.jobs import queue
from eprm.base.outbox import post
from eprm.engagement import lifecycle, queries, rules
from eprm.engagement.models import Campaign, CampaignText, Refusal, Segment, Sending
from eprm.people.models import Person
from eprm.ui.languages import reading_order, second_language

SALT = "eprm.engagement.refuse"
KIND = "engagement.campaign"
CHUNK = 200


@transaction.atomic
def save_segment(
    *,
    name: str,
    by: Person,
    segment: Segment | None = None,
    with_people: bool = True,
    pillars: Sequence[str] = (),
    tiers: Sequence[str] = (),
    countries: Sequence[str] = (),
    languages: Sequence[str] = (),
    target_kinds: Sequence[str] = (),
) -> Segment:
    """Make or change a segment; a campaign that went out keeps whom it went to."""
    rules.can_engage(by).require()
    segment = segment or Segment()
    segment.name, segment.with_people = " ".join(name.split()), with_people
    segment.pillars, segment.tiers, segment.countries = list(pillars), list(tiers), list(countries)
    segment.languages, segment.target_kinds = list(languages), list(target_kinds)
    if Segment.objects.filter(name__iexact=segment.name).exclude(pk=segment.pk).exists():
        raise NotAllowed(_("There is a segment “%(name)s” already.") % {"name": segment.name})
    segment.save()
    return segment


@transaction.atomic
def save_campaign(
    *,
    title: str,
    segment: Segment,
    texts: Mapping[str, tuple[str, str]],
    by: Person,
    campaign: Campaign | None = None,
) -> Campaign:
    """Write or change a draft. `texts` gives subject and text by language; English is needed, others may lack."""
    rules.can_engage(by).require()
    if campaign is not None:
        campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
        _is_draft(campaign)
    else:
        campaign = Campaign(made_by=by)
    if "en" not in texts:
        raise NotAllowed(_("Write the mail in English too: it goes to whoever reads none of the other languages."))
    campaign.title, campaign.segment = title.strip(), segment
    campaign.save()
    CampaignText.objects.filter(campaign=campaign).delete()
    CampaignText.objects.bulk_create(
        CampaignText(campaign=campaign, language=language, subject=subject.strip(), text=text.strip())
        for language, (subject, text) in texts.items()
    )
    return campaign


def _is_draft(campaign: Campaign) -> None:
    if campaign.state != lifecycle.DRAFT:
        raise NotAllowed(
            _("“%(title)s” went out on %(day)s; it is neither changed nor sent again. Write a new one.")
            % {"title": campaign.title, "day": timezone.localdate(campaign.sent_at).isoformat()}
        )


@transaction.atomic
def try_campaign(*, campaign: Campaign, by: Person) -> None:
    """Send the mail to oneself, in every language it is written in."""
    rules.can_engage(by).require()
    for text in queries.texts_of(campaign).values():
        _post(text, by.email, person_id=by.pk)


@transaction.atomic
def send_campaign(*, campaign: Campaign, seen: int, by: Person) -> Campaign:
    """Let it go out, once. `seen` is how many addresses the person saw before saying so."""
    rules.can_engage(by).require()
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("segment").get(pk=campaign.pk)
    _is_draft(campaign)
    now = len(queries.recipients(campaign.segment))
    if now == 0:
        raise NotAllowed(_("The segment means nobody at present. Look at it again."))
    if now != seen:
        raise NotAllowed(
            _("The segment means %(now)d addresses now, not %(seen)d as you saw. Look at it again, then send.")
            % {"now": now, "seen": seen}
        )
    campaign.state, campaign.sent_at, campaign.sent_by, campaign.planned = lifecycle.SENDING, timezone.now(), by, now
    campaign.save()
    queue("engagement.post_campaign", {"campaign_id": campaign.pk})
    return campaign


def post_campaign(*, campaign_id: int) -> None:
    """Put the campaign's mails into the outbox, some at a time. Run again, it goes on where it stopped."""
    while True:
        with acting_as(None, secretariat=True):
            campaign = Campaign.objects.select_for_update(of=("self",)).select_related("segment").get(pk=campaign_id)
            if campaign.state != lifecycle.SENDING:
                return
            posted = queries.posted_addresses(campaign)
            left = [each for each in queries.recipients(campaign.segment) if each.email not in posted][:CHUNK]
            texts = queries.texts_of(campaign)
            for each in left:
                _post(texts[_in(texts, each)], each.email, person_id=each.person_id)
            Sending.objects.bulk_create(
                Sending(
                    campaign=campaign,
                    email=each.email,
                    person_id=each.person_id,
                    contact_id=each.contact_id,
                    language=_in(texts, each),
                )
                for each in left
            )
            if len(left) < CHUNK:
                campaign.state = lifecycle.SENT
                campaign.save(update_fields=["state"])


def _in(texts: dict[str, CampaignText], to: queries.Recipient) -> str:
    """The first language of theirs that it is written in, else English, in which every campaign is."""
    return next((code for code in reading_order(to.language) if code in texts), "en")


def _post(text: CampaignText, address: str, *, person_id: int | None) -> None:
    refuse = refusal_address(address)
    with translation.override(second_language(text.language)):
        foot = _(
            "You receive this because you agreed to, or because you are a contact of the partnership. No more: %(url)s"
        )
        words = f"{text.text}\n\n-- \n{foot % {'url': refuse}}\n"
    post(
        to=address,
        subject=text.subject,
        text=words,
        kind=KIND,
        person_id=person_id,
        headers={"List-Unsubscribe": f"<{refuse}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


def refusal_address(address: str) -> str:
    """The page where the owner of this address says that they want no more; nobody else can make it."""
    signed = signing.dumps(address.lower(), salt=SALT)
    return settings.PUBLIC_URL + reverse("engagement:refuse", args=[quote(signed, safe=":")])


def address_of(signed: str) -> str | None:
    """The address in a link of `refusal_address`; None for one that we did not make."""
    try:
        return str(signing.loads(signed, salt=SALT))
    except signing.BadSignature:
        return None


@transaction.atomic
def refuse(*, address: str) -> None:
    """From now on no campaign goes to this address, until its owner agrees again."""
    Refusal(digest=queries.digest_of(address)).save(force_insert=True)
