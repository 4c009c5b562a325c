"""Membership's part of the demo: told by its own actions, and safe to tell again."""

from collections import Counter

from eprm.base.identity import acting_everywhere
from eprm.members import demo
from eprm.members.models import Application, BallotSeat, Invoice, Member
from eprm.people import demo as people_demo


def test_demo_has_members_one_in_grace_and_votes_under_way_and_can_be_made_again(db):
    told = {"seed": 1, "scale": 1, "password": "not used here"}
    people_demo.make(**told)
    demo.make(**told)
    demo.make(**told)

    with acting_everywhere("demo"):
        states = Counter(Member.objects.values_list("state", flat=True))
        applications = sorted(Application.objects.values_list("state", flat=True))
        votes = Counter(BallotSeat.objects.values_list("choice", flat=True))
        unpaid = [invoice for invoice in Invoice.objects.all() if invoice.balance > 0]
    assert (states, applications) == ({"active": 12, "grace": 1}, ["returned", "voting"])
    assert (votes["yes"], len(unpaid)) == (2, 1)
