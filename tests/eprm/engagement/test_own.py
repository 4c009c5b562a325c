"""What the plan keeps of a person who has an account, for that person; and what ends by itself."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.utils import timezone

from eprm.base.identity import acting_as, acting_everywhere
from eprm.engagement import own
from eprm.engagement.actions import campaigns
from eprm.engagement.models import Campaign, Contact, Sending
from eprm.people.identity import acting_for
from tests.eprm.engagement.rows import make_campaign, make_contact, make_segment, make_target


def confirm(person, email, *, verified=True):
    EmailAddress.objects.create(user=person, email=email, verified=verified, primary=verified)


def send(cast):
    campaign = make_campaign(cast.femke, make_segment(cast.femke))
    with acting_for(cast.femke, path="test"):
        campaigns.send_campaign(campaign=campaign, seen=2, by=cast.femke)
    campaigns.post_campaign(campaign_id=campaign.pk)
    return campaign


def copy_of(person):
    with acting_for(person, path="test"):
        told = own.export_engagement(person.pk)
    return [(row["what"], row.get("campaign__title") or row.get("phone")) for row in told]


def test_copy_holds_campaigns_and_contacts_under_confirmed_addresses(cast):
    make_contact(make_target(cast.femke), cast.femke, email="Ana.Noor@work.example", phone="+31 6 1")
    send(cast)
    confirm(cast.noor, "ana.noor@work.example")

    told = copy_of(cast.noor)

    assert told == [("campaign sent to you", "Spring"), ("contact of the partnership", "+31 6 1")]


def test_copy_gives_nothing_of_an_address_that_is_only_claimed(cast):
    make_contact(make_target(cast.femke), cast.femke, email="ana@planet.example", phone="+31 6 1")
    confirm(cast.noor, "ana@planet.example", verified=False)

    assert copy_of(cast.noor) == []


def test_erasure_ends_the_contact_and_forgets_telephone_and_task(cast):
    contact = make_contact(make_target(cast.femke), cast.femke, email="noor@work.example", phone="+31 6 1", task="tin")
    send(cast)
    confirm(cast.noor, "noor@work.example")

    with acting_everywhere("erasure", cast.noor.pk):
        own.erase_engagement(cast.noor.pk)

    with acting_as(None, secretariat=True):
        kept = Contact.objects.filter(pk=contact.pk).values_list("until", "phone", "task", "source").get()
        assert kept == (timezone.localdate(), "", "", "")
        assert not Sending.objects.filter(person=cast.noor.pk).exists()
        assert Sending.objects.count() == 2


def test_addresses_of_an_old_campaign_go_and_their_count_stays(cast):
    campaign = send(cast)
    with acting_as(None, secretariat=True):
        Campaign.objects.filter(pk=campaign.pk).update(sent_at=timezone.now() - timedelta(days=1200))

    with acting_everywhere("retention"):
        removed = own.remove_sendings(timezone.now() - timedelta(days=1095))

    with acting_as(None, secretariat=True):
        assert (removed, Sending.objects.count()) == (2, 0)
        assert Campaign.objects.values_list("planned", "state").get() == (2, "sent")
