"""The group's figures: counted by hand, hidden where they would tell of somebody, and never altered."""

from __future__ import annotations

import pytest
from django.db import connection

from eprm.base.errors import NotAllowed
from eprm.people.identity import acting_for
from eprm.returns.actions import answering, publishing
from eprm.returns.models import Counted, Figure, Publication, Return
from eprm.returns.queries.figures import group_shares
from tests.eprm.returns import nursery
from tests.eprm.returns.nursery import YEAR

LEVELS = ("not_started", "in_place", "documented", "reviewed", "planned", "documented")


@pytest.fixture
def group(femke):
    """Makes so many members of a pillar whose returns are closed; each answers everything with one level."""
    with acting_for(femke, path="test"):
        nursery.edition(femke)

    def make(count, pillar="supply_chain", levels=LEVELS):
        with acting_for(femke, path="test"):
            known = {r.organisation_id for r in nursery.open_all(femke)}
            people = [nursery.make_member(f"{pillar} {n}", pillar, "brand") for n in range(count)]
            made = {r.organisation_id: r for r in nursery.open_all(femke)}
        assert known.isdisjoint(made)
        for person, level in zip(people, levels, strict=False):
            this = made[person.organisation_ids()[0]]
            nursery.send(this, person, every=level if level != "reviewed" else "documented")
            nursery.close(this, femke)
        return people

    return make


def publish(femke, note=""):
    with acting_for(femke, path="test"):
        return publishing.publish_figures(year=YEAR, note=note, by=femke)


def shares(made, group=Figure.ALL):
    return {
        figure.key: (figure.members, figure.value and int(figure.value), figure.hidden)
        for figure in Figure.objects.filter(publication=made, measure="share", group=group)
    }


def test_group_of_four_is_told_nothing(femke, group):
    group(4)

    with pytest.raises(NotAllowed, match="4 returns are closed; figures are made from 5 on"):
        publish(femke)
    assert Figure.objects.count() == 0


def test_means_of_five_by_hand(femke, group):
    group(5)

    made = publish(femke)

    # (0 + 50 + 80 + 80 + 10) / 5 = 44, rounded to 45
    assert shares(made)["total"] == (5, 45, "")
    assert shares(made)["1"] == (5, 45, "")


def test_small_pillar_is_hidden_and_so_is_what_would_give_it_away(femke, group):
    group(6)
    group(2, "civil_society")

    made = publish(femke)

    assert shares(made)["total"][0] == 8
    # 6 of 8 told would leave 2 to be had by subtracting
    assert shares(made, "supply_chain")["total"] == (None, None, "would_tell")
    assert shares(made, "civil_society")["total"] == (None, None, "too_few")


def test_sum_is_hidden_of_too_few_and_told_of_five(femke, group):
    group(5)

    made = publish(femke)

    told = {
        f.key: (f.value, f.whole, f.hidden) for f in Figure.objects.filter(publication=made).exclude(measure="share")
    }
    # each of five said 4 persons trained, and 3 of 4 suppliers
    assert told["trained"] == (20, None, "")
    assert told["suppliers-answered"] == (15, 20, "")


def test_second_making_waits_for_five_that_differ(femke, group):
    group(5)
    publish(femke)
    group(1, "civil_society")

    with pytest.raises(NotAllowed, match="fewer than 5 returns have come or changed"):
        publish(femke)


def test_second_making_without_a_difference_is_a_new_edition(femke, group):
    group(5)

    first, second = publish(femke), publish(femke, note="A word was wrong.")

    assert (str(first), str(second), group_shares().years) == ("2025/1", "2025/2", (2025,))


def test_lone_correction_does_not_show_by_subtraction(femke, group):
    noor = group(5)[0]
    publish(femke)
    with acting_for(noor, path="test"):
        this = Return.objects.get()
        answering.begin_correction(this, reason="x", by=noor)
    nursery.send(this, noor, every="documented")
    nursery.close(this, femke)

    with pytest.raises(NotAllowed, match="fewer than 5"):
        publish(femke)


def test_figures_are_made_by_the_secretariat_alone(femke, group):
    noor = group(5)[0]

    with acting_for(noor, path="test"), pytest.raises(NotAllowed, match="The secretariat reads"):
        publishing.publish_figures(year=YEAR, note="", by=noor)


def test_published_figures_are_altered_by_nobody_and_hold_no_member(femke, group):
    noor = group(5)[0]
    publish(femke)

    with acting_for(femke, path="test"), connection.cursor() as cursor:
        cursor.execute("UPDATE returns_figure SET value = 99")
        altered = cursor.rowcount
        cursor.execute("DELETE FROM returns_publication")
        deleted = cursor.rowcount
        cursor.execute("SELECT count(*) FROM returns_counted")
        counted = cursor.fetchone()[0]
    with acting_for(noor, path="test"):
        seen = Counted.objects.count()

    assert (altered, deleted, counted, seen, Publication.objects.count()) == (0, 0, 5, 0, 1)
