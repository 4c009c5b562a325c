"""What fits whom."""

import pytest

from lode.knowledge import Advice, Offer, Reader, Reason, advise


def offer(key, **facts):
    values = {
        "kind": "guidance",
        "tiers": frozenset({"manufacturer"}),
        "minerals": frozenset({"tin"}),
        "steps": frozenset({"2"}),
        "regions": frozenset({"global"}),
        "languages": frozenset({"en"}),
    }
    sets = {name: frozenset(value) if isinstance(value, set) else value for name, value in facts.items()}
    return Offer(key=key, **{**values, **sets})


SOLDER = Reader(tier="manufacturer", minerals=frozenset({"tin"}), size="small", country="CZ", in_scope="no")


def test_what_a_small_solder_maker_can_use_comes_first_with_the_reasons():
    offers = [
        offer(1, kind="report"),
        offer(2, kind="template", for_small=True),
        offer(3, tiers={"asm"}),
        offer(4, minerals={"gold"}),
    ]

    assert advise(SOLDER, offers) == [
        Advice(
            2,
            4 + 3 + 4 + 2 + 2,
            (
                Reason("tier", "manufacturer"),
                Reason("mineral", "tin"),
                Reason("small", "small"),
                Reason("does", "template"),
            ),
        ),
        Advice(1, 4 + 3 + 2, (Reason("tier", "manufacturer"), Reason("mineral", "tin"))),
    ]


@pytest.mark.parametrize(
    ("reader", "better", "worse"),
    [
        (Reader(in_scope="yes"), {"kind": "legislation"}, {"kind": "report"}),
        (Reader(in_scope="unsure"), {"kind": "legislation"}, {"kind": "report"}),
        (Reader(in_scope="no"), {"kind": "report"}, {"kind": "legislation"}),
        (Reader(country="CD"), {"regions": {"CD"}}, {"regions": {"global"}}),
        (Reader(country="CD"), {"regions": {"global"}}, {"regions": {"PE"}}),
        (Reader(country="FR"), {"regions": {"EU"}}, {"regions": {"global"}}),
        (Reader(size="micro"), {"free": True}, {"free": False}),
        (Reader(gaps=frozenset({"3"})), {"steps": {"3"}}, {"steps": {"1"}}),
        (Reader(), {"steps": {"1"}}, {"steps": {"2"}}),
        (Reader(language="fr"), {"languages": {"fr"}}, {"languages": {"en"}}),
        (Reader(language="fr"), {"languages": {"en"}}, {"languages": {"de"}}),
        (Reader(tier="manufacturer"), {}, {"tiers": {"manufacturer", "brand", "smelter"}}),
    ],
)
def test_the_better_comes_first(reader, better, worse):
    found = advise(reader, [offer(1, **worse), offer(2, **better)])

    assert [advice.key for advice in found] == [2, 1]


def test_without_answers_everything_is_offered_in_the_order_given():
    assert [advice.key for advice in advise(Reader(), [offer(n) for n in range(40)])] == list(range(12))


def test_a_large_company_gets_no_reason_of_smallness():
    assert advise(Reader(size="large"), [offer(1, for_small=True, free=False)])[0].reasons == ()
