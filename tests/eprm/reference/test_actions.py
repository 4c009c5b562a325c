"""Loading lists: whole or not at all, once, by whom it may; one more row is a new edition; confirming is audited."""

from datetime import date

import pytest

from eprm.base.errors import NotAllowed
from eprm.people.trail import Trail
from eprm.reference import queries
from eprm.reference.actions.loading import process_loading, receive_list
from eprm.reference.actions.releases import add_area, confirm_row, ship_lists
from eprm.reference.models import Area, Loading, RegisterLine, Release, SanctionedName, Threshold
from lode.smelters.register import StatusInterval

from .conftest import line, workbook

AREAS = b"iso2,iso3166-2,name,category,valid_from,valid_to,source\nCD,CD-NK,Nord-Kivu,,2020-12-17,,list\n"
UN = (
    b'<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:00"><INDIVIDUALS/><ENTITIES><ENTITY><DATAID>1</DATAID>'
    b"<FIRST_NAME>UGANDA COMMERCIAL IMPEX</FIRST_NAME><UN_LIST_TYPE>DRC</UN_LIST_TYPE>"
    b"<REFERENCE_NUMBER>CDe.009</REFERENCE_NUMBER><LISTED_ON>2007-03-29</LISTED_ON>"
    b"<ENTITY_ALIAS><ALIAS_NAME>UCI</ALIAS_NAME></ENTITY_ALIAS></ENTITY></ENTITIES></CONSOLIDATED_LIST>"
)


def load(list_, content, organisation, by, name="list.csv", **told):
    return receive_list(list_, file=(name, content), organisation=organisation, by=by, **told)


def found(loading):
    return [(row.code, row.where) for row in loading.findings.all()]


def test_ship_lists_brings_the_dated_rows_once(lists):
    again = ship_lists()

    assert again == []
    assert list(Release.objects.order_by("list__key").values_list("list__key", "rows", "verified", "partial")) == [
        ("cahra-eu", 55, False, True),
        ("covered-1502", 10, True, False),
        ("thresholds-eu", 23, False, False),
    ]


def test_load_register_becomes_the_organisations_own_release(as_noor, halden, lists):
    content = workbook("6.5", [line("Tin", "Straits", "CID900101"), line("Tin", "STR", "CID900101", "Straits")])

    loading = load(lists["smelter-register"], content, halden, as_noor, "cmrt.xlsx")

    assert (loading.state, found(loading)) == (Loading.State.LOADED, [])
    release = loading.release
    assert (release.edition, release.organisation, release.rows, release.file.name) == (
        "CMRT 6.5",
        halden,
        2,
        "cmrt.xlsx",
    )
    register, edition = queries.register_for(halden.pk)
    assert edition == "CMRT 6.5"
    assert [(smelter.cid, smelter.name) for smelter in register.smelters] == [("CID900101", "Straits")]


def test_load_register_is_not_seen_by_another_organisation(noor, halden, jonas, lists):
    from eprm.people.identity import acting_for  # noqa: PLC0415

    with acting_for(noor, path="test"):
        load(lists["smelter-register"], workbook("6.5", [line("Tin", "Straits", "CID900101")]), halden, noor, "a.xlsx")

    with acting_for(jonas, path="test"):
        assert queries.register_for(halden.pk)[1] == ""
        assert RegisterLine.objects.count() == 0
        assert queries.releases_visible_to(jonas).filter(list__key="smelter-register").count() == 0


def test_load_same_bytes_again_is_told(as_noor, halden, lists):
    content = workbook("6.5", [line("Tin", "Straits", "CID900101")])
    load(lists["smelter-register"], content, halden, as_noor, "a.xlsx")

    with pytest.raises(NotAllowed, match=r"loaded already: edition “CMRT 6\.5”"):
        load(lists["smelter-register"], content, halden, as_noor, "b.xlsx")

    assert Release.objects.filter(list__key="smelter-register").count() == 1


def test_load_same_rows_in_other_bytes_adds_nothing(as_noor, halden, lists):
    lines = [line("Tin", "Straits", "CID900101")]
    load(lists["smelter-register"], workbook("6.5", lines), halden, as_noor, "a.xlsx")

    loading = load(lists["smelter-register"], workbook("6.5", lines) + b" ", halden, as_noor, "b.xlsx")

    assert (loading.state, found(loading)) == (Loading.State.REFUSED, [("REF-05", "Smelter Look-up")])


def test_load_same_edition_with_other_rows_is_refused(as_noor, halden, lists):
    load(lists["smelter-register"], workbook("6.5", [line("Tin", "A", "CID900101")]), halden, as_noor, "a.xlsx")

    loading = load(
        lists["smelter-register"], workbook("6.5", [line("Tin", "A", "CID900102")]), halden, as_noor, "b.xlsx"
    )

    assert (loading.state, found(loading)) == (Loading.State.REFUSED, [("REF-02", "Smelter Look-up")])
    assert loading.findings.get().values == {"edition": "CMRT 6.5", "other": "a.xlsx", "count": "2", "first": "A"}


@pytest.mark.parametrize(
    ("key", "name", "content", "code"),
    [
        ("smelter-register", "a.xlsx", b"%PDF-1.7", "FILE-01"),
        ("smelter-register", "a.xlsx", workbook("6.5", []), "REF-01"),
        ("smelter-status", "a.csv", b"cid,metal,scheme,status,since,until,source\n", "REF-04"),
        ("smelter-status", "a.csv", b"\x00\x01", "LIST-01"),
    ],
)
def test_load_of_a_wrong_file_is_a_finding(as_noor, halden, lists, key, name, content, code):
    loading = load(lists[key], content, halden, as_noor, name, edition="x", published_on=date(2026, 1, 1))

    assert loading.state == Loading.State.REFUSED
    assert [found[0] for found in found(loading)] == [code]
    assert Release.objects.filter(list__key=key).count() == 0


def test_load_with_one_wrong_row_loads_nothing(as_femke, secretariat, lists):
    content = AREAS + b"CD,CD-SK,Sud-Kivu,,soon,,list\n"

    loading = load(lists["cahra-eu"], content, secretariat, as_femke, edition="19", published_on=date(2025, 9, 30))

    assert (loading.state, found(loading)) == (Loading.State.REFUSED, [("LIST-05", "row 3")])
    assert Area.objects.filter(name="Nord-Kivu").count() == 0


def test_load_of_areas_warns_of_lost_history(as_femke, secretariat, lists):
    loading = load(lists["cahra-eu"], AREAS, secretariat, as_femke, edition="19", published_on=date(2025, 9, 30))

    assert loading.state == Loading.State.LOADED
    assert {row.code for row in loading.findings.all()} == {"REF-03"}
    assert [area.name for area in queries.areas_on(date(2025, 10, 1))] == ["Nord-Kivu"]


def test_load_of_shared_lists_is_for_the_secretariat(as_noor, halden, lists):
    for key in ("cahra-eu", "covered-1502", "thresholds-eu", "sanctions-un", "sanctions-ofac"):
        with pytest.raises(NotAllowed, match="The secretariat keeps this list"):
            load(lists[key], AREAS, halden, as_noor, edition="19", published_on=date(2025, 9, 30))


def test_load_by_a_reader_is_refused(as_noor, halden, lists):
    as_noor.memberships.update(role="reader")
    del as_noor.current_memberships

    with pytest.raises(NotAllowed, match="You may read here"):
        load(lists["smelter-register"], b"", halden, as_noor)


def test_load_of_statuses_by_a_company_is_its_own(as_noor, halden, lists):
    text = b"cid,metal,scheme,status,since,until,source\nCID900101,Tin,RMAP,Conformant,2025-01-01,,bought\n"

    load(lists["smelter-status"], text, halden, as_noor, edition="May", published_on=date(2025, 5, 1))

    assert queries.statuses() == [
        StatusInterval(
            cid="CID900101",
            metal="Tin",
            scheme="RMAP",
            status="Conformant",
            since=date(2025, 1, 1),
            until=None,
            source="bought",
            published=date(2025, 5, 1),
        )
    ]


def test_load_of_sanctions_waits_for_the_worker_and_can_run_twice(as_femke, secretariat, lists):
    loading = load(lists["sanctions-un"], UN, secretariat, as_femke, "un.xml")
    assert loading.state == Loading.State.RECEIVED

    done = process_loading(loading.pk, by=as_femke)
    again = process_loading(loading.pk, by=as_femke)

    assert (done.state, again.release) == (Loading.State.LOADED, done.release)
    assert (done.release.edition, done.release.published_on, done.release.rows) == (
        "2026-02-27",
        date(2026, 2, 27),
        1,
    )
    assert list(SanctionedName.objects.order_by("pk").values_list("name", "primary", "party__reference")) == [
        ("UGANDA COMMERCIAL IMPEX", True, "CDe.009"),
        ("UCI", False, "CDe.009"),
    ]


def test_load_begun_by_a_killed_worker_is_finished_by_the_next(as_femke, secretariat, lists):
    loading = load(lists["sanctions-un"], UN, secretariat, as_femke, "un.xml")
    Loading.objects.filter(pk=loading.pk).update(state=Loading.State.SAVING, rows_read=1)

    done = process_loading(loading.pk, by=as_femke)

    assert (done.state, Release.objects.filter(list__key="sanctions-un").count()) == (Loading.State.LOADED, 1)


def test_add_area_is_a_new_edition_and_the_old_one_stays(as_femke, secretariat, lists):
    former = queries.release_in_force(lists["cahra-eu"], None)

    release = add_area(
        lists["cahra-eu"],
        iso2="CD",
        region="CD-NK",
        name="Nord-Kivu",
        category="region",
        valid_from=date(2020, 12, 17),
        valid_to=None,
        source="list, page 3",
        organisation=secretariat,
        by=as_femke,
    )

    assert (release.edition, release.rows, release.verified) == ("update 18, in part + 1", 56, False)
    assert former.area_rows.count() == 55
    assert queries.release_in_force(lists["cahra-eu"], None) == release
    assert queries.areas_on(date(2021, 1, 1)).filter(region="CD-NK").count() == 1


def test_confirm_row_is_recorded_with_who_did_it(as_femke, secretariat, lists):
    row = Threshold.objects.filter(verified=False).first()

    confirm_row(row, organisation=secretariat, by=as_femke)

    change = next(change for change in Trail(secretariat, kind="reference.threshold"))
    assert (change.who, change.verb, change.thing, change.fields) == ("Femke", "confirmed", row.code, ())


def test_confirm_row_is_for_the_secretariat(as_noor, halden, lists):
    with pytest.raises(NotAllowed, match="The secretariat keeps this list"):
        confirm_row(Threshold.objects.first(), organisation=halden, by=as_noor)


@pytest.mark.parametrize(
    ("iso2", "on", "areas"),
    [
        ("ET", date(2024, 9, 29), []),
        ("ET", date(2024, 9, 30), ["Tigray"]),
        ("ET", date(2025, 3, 30), ["Tigray"]),
        ("ET", date(2025, 3, 31), ["YeDebub Bihēroch Bihēreseboch na Hizboch", "Āfar"]),
        ("CD", date(2020, 12, 16), []),
        ("CD", date(2020, 12, 17), ["Democratic Republic of the Congo"]),
    ],
)
def test_areas_on_judges_a_day_by_the_list_of_that_day(lists, iso2, on, areas):
    assert sorted(area.name for area in queries.areas_on(on).filter(iso2=iso2)) == areas


def test_thresholds_on_a_day_before_the_duties_began_are_none(lists):
    assert queries.thresholds_on(date(2020, 12, 31)).count() == 0
    assert queries.thresholds_on(date(2021, 1, 1)).count() == 23
