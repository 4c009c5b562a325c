"""The states as a table."""

import pytest

from eprm.diligence import lifecycle


def test_every_state_is_known_by_the_model_field():
    assert max(len(state) for state in lifecycle.STATES) <= 12


def test_deeds_name_only_states_there_are():
    assert {state for states in lifecycle.POSSIBLE_IN.values() for state in states} <= set(lifecycle.STATES)


@pytest.mark.parametrize(
    ("before", "readable", "open_count", "after"),
    [
        ("received", True, 3, "checked"),
        ("received", True, 0, "decided"),
        ("received", False, 0, "unreadable"),
        ("unreadable", True, 1, "checked"),
        ("returned", True, 0, "returned"),
    ],
)
def test_state_after_check(before, readable, open_count, after):
    assert lifecycle.state_after_check(before, readable=readable, open_count=open_count) == after


def test_nothing_leads_out_of_superseded():
    assert [deed for deed in lifecycle.POSSIBLE_IN if lifecycle.is_possible(deed, lifecycle.SUPERSEDED)] == []
