"""Every part of the API has an area that tokens can be made for."""

from eprm.api.site import api
from eprm.people import scopes


def test_every_part_of_the_api_has_its_area():
    mounted = {prefix.strip("/") for prefix, _router in api._routers if prefix}

    assert mounted == scopes.areas()


def test_who_may_write_may_read_but_not_elsewhere():
    given = ["diligence:write"]

    assert scopes.allows(given, "diligence", "read")
    assert scopes.allows(given, "diligence", "write")
    assert not scopes.allows(given, "groups", "read")
    assert not scopes.allows(["diligence:read"], "diligence", "write")
