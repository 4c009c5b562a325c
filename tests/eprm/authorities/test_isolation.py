"""A desk in the database: what raw SQL shows to whom."""

import pytest
from django.db import ProgrammingError, connection, transaction

from eprm.authorities.actions import concerns, desk, network
from eprm.authorities.models import Concern
from eprm.base.identity import acting_as
from eprm.people.identity import acting_for
from tests.eprm.authorities.rows import file_year, paper

DESK = ("filing", "filedmass", "fileddocument", "message", "case", "filingevent", "messageevent", "caseevent")


def counts(*tables):
    with connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM authorities_{table}")
            found.append(cursor.fetchone()[0])
        return found


@pytest.fixture
def filed(cast):
    filing = file_year(cast.halden, cast.nl, cast.noor, documents=[paper()])
    with acting_for(cast.ruben, path="test"):
        desk.take_up(filing=filing, by=cast.ruben)
        desk.write_message(filing=filing, text="x", by=cast.ruben)
    return filing


def test_desk_is_seen_by_its_importer_and_its_authority_and_nobody_else(cast, filed):
    seen = {}
    for name in ("noor", "ruben", "silke", "petra", "femke"):
        with acting_for(getattr(cast, name), path="test"):
            seen[name] = min(counts(*DESK))
    with acting_as(None, board=True, secretariat=True):
        seen["nobody"] = max(counts(*DESK))

    assert seen == {"noor": 1, "ruben": 1, "silke": 0, "petra": 0, "femke": 0, "nobody": 0}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE authorities_filing SET statement = 'forged'",
        "UPDATE authorities_message SET text = 'forged'",
        "DELETE FROM authorities_filing",
    ],
)
def test_an_authority_changes_nothing_an_importer_filed_and_deletes_no_file_before_its_day(cast, filed, statement):
    with acting_for(cast.ruben, path="test"), connection.cursor() as cursor:
        cursor.execute(statement)

        assert cursor.rowcount == 0


def test_an_importer_cannot_write_what_the_authority_says(cast, filed):
    with acting_for(cast.noor, path="test"), connection.cursor() as cursor:
        cursor.execute("UPDATE authorities_case SET outcome = 'all is well'")
        assert cursor.rowcount == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            cursor.execute(
                "INSERT INTO authorities_message (organisation_id, authority_id, filing_id, of_id, text, written_at, "
                "written_by_id) SELECT organisation_id, authority_id, id, authority_id, 'forged', now(), %s "
                "FROM authorities_filing",
                [cast.noor.pk],
            )


def test_contacts_are_for_the_network(cast):
    with acting_for(cast.ruben, path="test"):
        network.keep_contact(authority=cast.nl, name="R.", email="r@authority.example", by=cast.ruben)

    seen = {}
    for name in ("ruben", "silke", "femke", "noor"):
        with acting_for(getattr(cast, name), path="test"):
            seen[name] = counts("contact", "contactevent")
    with acting_as(None):
        seen["visitor"] = counts("contact", "contactevent")

    assert seen == {"ruben": [1, 1], "silke": [1, 1], "femke": [1, 1], "noor": [0, 0], "visitor": [0, 0]}


def test_a_concern_is_seen_by_its_authority_and_who_put_it_in(cast):
    with acting_for(cast.petra, path="test"):
        concerns.put_concern(
            authority=cast.nl, importer_name="Halden", text="x", by=cast.petra, files=[("a.txt", b"a")]
        )

    seen = {}
    for name in ("petra", "ruben", "silke", "noor", "femke"):
        with acting_for(getattr(cast, name), path="test"):
            seen[name] = counts("concern", "concernfile")

    assert seen == {"petra": [1, 1], "ruben": [1, 1], "silke": [0, 0], "noor": [0, 0], "femke": [0, 0]}


def test_of_a_visitor_nothing_is_kept(cast):
    concerns.put_concern(authority=cast.nl, importer_name="Halden", text="x", by=None)

    with acting_for(cast.ruben, path="test"):
        concern = Concern.objects.get()
    assert (concern.submitted_by, concern.submitted_for, len(concern.digest)) == (None, None, 64)
