import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.http import HttpResponse
from django.test import override_settings
from django.urls import include, path, resolve
from django.utils.translation import ngettext_lazy

from eprm.ui import navigation, panels
from eprm.ui.navigation import Link


def nothing(request, pk=None):
    return HttpResponse()


suppliers = (
    [
        path("", nothing, name="list"),
        path("<int:pk>/", nothing, name="detail"),
        path("yours/", nothing, name="detail_list"),
        path("yours/<int:pk>/", nothing, name="yours"),
    ],
    "suppliers",
)
risks = ([path("", nothing, name="list")], "risks")
urlpatterns = [path("suppliers/", include(suppliers)), path("suppliers/risks/", include(risks))]


@pytest.fixture(autouse=True)
def empty_registry(monkeypatch):
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(navigation, "_attention", [])
    monkeypatch.setattr(panels, "_panels", {})
    with override_settings(ROOT_URLCONF=__name__):
        yield


class Somebody:
    is_authenticated = True


def request_at(rf, address, person):
    request = rf.get(address)
    request.user = person
    request.resolver_match = resolve(address)
    return request


def test_an_area_leads_to_its_first_page_and_knows_that_it_is_here(rf):
    navigation.add("check", "Risks", "risks:list", order=20)
    navigation.add("check", "Suppliers", "suppliers:list", order=10)
    request = request_at(rf, "/suppliers/7/", Somebody())

    assert navigation.areas_for(request) == [Link("Check", "/suppliers/", True)]


def test_the_page_of_a_deeper_address_is_current(rf):
    navigation.add("check", "Suppliers", "suppliers:list", order=10)
    navigation.add("check", "Risks", "risks:list", order=20)
    request = request_at(rf, "/suppliers/risks/", Somebody())

    assert navigation.pages_for(request) == [
        Link("Suppliers", "/suppliers/", False),
        Link("Risks", "/suppliers/risks/", True),
    ]


def test_the_pages_of_the_office_stand_after_everybodys(rf):
    navigation.add("check", "Suppliers", "suppliers:list", order=10, office=True)
    navigation.add("check", "Risks", "risks:list", order=20)
    request = request_at(rf, "/suppliers/risks/", Somebody())

    assert navigation.pages_for(request) == [
        Link("Risks", "/suppliers/risks/", True),
        Link("Suppliers", "/suppliers/", False, True),
    ]


def test_a_page_that_is_no_entry_belongs_to_the_area_of_the_entry_it_lies_under(rf):
    navigation.add("check", "Risks", "suppliers:list", order=10)
    navigation.add("account", "Yours", "suppliers:detail_list", order=20)
    request = request_at(rf, "/suppliers/yours/7/", Somebody())

    assert navigation.current_area(request) == "account"


def test_a_visitor_sees_only_what_is_for_everyone(rf):
    navigation.add("check", "Suppliers", "suppliers:list")
    navigation.add("learn", "Risks", "risks:list", visible=navigation.everyone)
    request = request_at(rf, "/suppliers/", AnonymousUser())

    assert navigation.areas_for(request) == [Link("Learn", "/suppliers/risks/", False)]


def test_an_area_that_is_none_is_refused():
    with pytest.raises(ValueError, match="“shop” is not an area"):
        navigation.add("shop", "Buy", "suppliers:list")


GROUPS = ngettext_lazy("%(n)d group", "%(n)d groups", "n")
OTHERS = ngettext_lazy("%(n)d other", "%(n)d others", "n")


def test_attention_is_summed_over_apps_in_one_query_and_nothing_for_a_visitor(db, django_assert_num_queries):
    Group.objects.bulk_create(Group(name=name) for name in ("a", "b", "c"))
    navigation.attention(
        lambda person: (Group.objects.filter(name__in="ab"), Group.objects.none()), GROUPS, "suppliers:list"
    )
    navigation.attention(
        lambda person: (Group.objects.filter(name="c").order_by("name"),), OTHERS, "risks:list", query="?state=open"
    )
    navigation.attention(lambda person: (), GROUPS, "risks:list")

    with django_assert_num_queries(2):
        counted = navigation.attention_count(Somebody()), navigation.attention_count(AnonymousUser())
        told = navigation.attention_list(Somebody())

    assert counted == (3, 0)
    assert [(each.words, each.url) for each in told] == [
        ("2 groups", "/suppliers/"),
        ("1 other", "/suppliers/risks/?state=open"),
    ]


@pytest.mark.parametrize("waiting", [[], [lambda person: ()], [lambda person: (Group.objects.none(),)]])
def test_attention_is_nothing_where_nothing_is_named(db, waiting):
    for each in waiting:
        navigation.attention(each, GROUPS, "suppliers:list")

    assert (navigation.attention_count(Somebody()), navigation.attention_list(Somebody())) == (0, [])


def test_panels_stand_in_the_order_of_registration_once():
    def cases(mine, person):
        return []

    panels.add("mine", "Cases", cases, "a.html")
    panels.add("mine", "Lots", cases, "b.html")
    panels.add("mine", "Cases", cases, "a.html")

    assert [panel.label for panel in panels.panels_of("mine")] == ["Cases", "Lots"]
    assert panels.panels_of("nowhere") == ()
