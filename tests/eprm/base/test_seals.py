"""The seal over the audit trail, in a database of its own, so that the owner can tamper with it."""

import os

import psycopg
import pytest

from eprm.base import postgres, seals
from eprm.base.seals import Problem
from tests.postgres_plugin import clone

NAME = f"eprm_seals_{os.getpid()}"
EVENTS = "people_personevent"
WRITE = """
INSERT INTO people_person (email, name, password, language, is_active, is_staff, is_superuser, joined_at)
SELECT 'p' || n || '@x.example', 'Person ' || n, '!', 'en', true, false, false, now()
FROM generate_series(%s::int, %s::int) n
"""


@pytest.fixture
def owner():
    """Two connections in one: `owner.app` is the site's role."""
    app_url = clone(NAME)
    admin = os.environ["DATABASE_ADMIN_URL"]
    with (
        psycopg.connect(admin, dbname=NAME, user=postgres.OWNER, autocommit=True) as as_owner,
        psycopg.connect(app_url, autocommit=True) as as_app,
    ):
        as_app.execute("SELECT eprm_seal()")  # what the migrations wrote
        as_app.execute(WRITE, [1, 3])
        as_app.execute("SELECT eprm_seal()")
        as_app.execute(WRITE, [4, 5])
        as_app.execute("SELECT eprm_seal()")
        yield as_owner, as_app
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{NAME}" WITH (FORCE)')


def found(as_owner, **published):
    with as_owner.cursor() as cursor:
        return list(seals.problems(cursor, **published))


def the_seals(connection):
    """The two seals over what the test wrote."""
    return connection.execute("SELECT id, rows, sha256 FROM base_seal ORDER BY id").fetchall()[-2:]


def test_seal_holds_what_was_written_once(owner):
    as_owner, as_app = owner

    nothing = as_app.execute("SELECT eprm_seal()").fetchone()

    assert [rows for _number, rows, _hash in the_seals(as_owner)] == [3, 2]
    assert nothing == (None,)
    assert found(as_owner) == []


def test_seal_names_the_row_that_was_changed(owner):
    as_owner, _app = owner
    as_owner.execute(f"UPDATE {EVENTS} SET name = 'Somebody else' WHERE pgh_obj_id = 4")

    assert found(as_owner) == [Problem("changed", the_seals(as_owner)[1][0], EVENTS, 4)]


def test_seal_names_the_row_that_was_cut(owner):
    as_owner, _app = owner
    as_owner.execute(f"DELETE FROM {EVENTS} WHERE pgh_obj_id IN (2, 5)")

    (first, *_), (second, *_) = the_seals(as_owner)
    assert found(as_owner) == [Problem("cut", first, EVENTS, 2), Problem("cut", second, EVENTS, 5)]


@pytest.mark.parametrize("sealed", [False, True])
def test_seal_names_the_row_that_was_inserted(owner, sealed):
    as_owner, as_app = owner
    newest = the_seals(as_owner)[1][0]
    as_owner.execute(
        f"INSERT INTO {EVENTS} (pgh_id, pgh_label, pgh_obj_id, pgh_created_at, id, email, name, language, is_active, "
        "is_staff, is_superuser, joined_at) SELECT 900, pgh_label, 9, now() - interval '1 day', 9, 'f@x.example', "
        f"'Forged', 'en', true, false, false, joined_at FROM {EVENTS} WHERE pgh_id = 1"
    )
    if sealed:
        as_app.execute("SELECT eprm_seal()")

    assert found(as_owner) == [Problem("inserted", newest, EVENTS, 900)]


def test_seal_names_the_broken_link(owner):
    as_owner, _app = owner
    as_owner.execute(f"UPDATE {EVENTS} SET name = 'x' WHERE pgh_obj_id = 1")
    as_owner.execute(
        "UPDATE base_sealedrow SET sha256 = '\\x00' FROM base_shape s "
        f"WHERE s.id = shape_id AND s.table = '{EVENTS}' AND row = 1"
    )

    assert found(as_owner)[0] == Problem("chain", the_seals(as_owner)[0][0])


def test_seal_once_published_shows_an_end_that_was_cut_off(owner):
    as_owner, _app = owner
    number, _rows, sha256 = the_seals(as_owner)[1]
    as_owner.execute("DELETE FROM base_seal WHERE id = %s", [number])
    as_owner.execute("DELETE FROM base_sealedrow WHERE seal_id = %s", [number])
    as_owner.execute(f"DELETE FROM {EVENTS} WHERE pgh_obj_id > 3")

    assert found(as_owner) == []
    assert found(as_owner, published=(number, bytes(sha256))) == [Problem("chain", number)]


def test_seal_still_holds_after_a_column_was_added(owner):
    as_owner, as_app = owner
    as_owner.execute(f"ALTER TABLE {EVENTS} ADD COLUMN colour text NOT NULL DEFAULT 'red'")
    as_app.execute("SELECT eprm_seal()")

    assert found(as_owner) == []


@pytest.mark.parametrize("table", ["base_seal", "base_sealedrow", "base_shape", "base_amendment"])
@pytest.mark.parametrize("deed", ["DELETE FROM {}", "UPDATE {} SET id = 1", "INSERT INTO {} DEFAULT VALUES"])
def test_seals_are_not_written_by_the_site(owner, table, deed):
    _owner, as_app = owner
    deed = deed.replace("id =", "pgh_id =") if table == "base_amendment" else deed

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_app.execute(deed.format(table))


def test_erasure_amends_the_trail_and_the_seal_holds(owner):
    as_owner, as_app = owner
    as_app.execute("UPDATE people_person SET name = 'Ada Noor', email = 'ada@x.example' WHERE id = 2")
    as_app.execute("SELECT eprm_seal()")
    as_app.execute("UPDATE people_person SET name = '', is_active = false WHERE id = 2")
    with as_app.transaction():
        as_app.execute("SELECT set_config('eprm.job', 'erasure', true)")
        told = as_app.execute(
            "SELECT * FROM eprm_erase_person(2, %s, %s, %s)",
            [["ada noor", "person 2"], r"\mAda Noor\M", r"ada@x\.example|p2@x\.example"],
        ).fetchone()

    left = as_owner.execute(f"SELECT count(*) FROM {EVENTS} e WHERE e::text ~* 'ada|person 2,|p2@'").fetchone()
    amended = as_owner.execute("SELECT count(*) FROM base_amendment").fetchone()
    assert (left, amended, told) == ((0,), (2,), (1, 3))
    assert found(as_owner) == []
    as_owner.execute(f"UPDATE {EVENTS} SET language = 'fr' WHERE pgh_obj_id = 2 AND name = 'erased person 2'")
    assert [problem.what for problem in found(as_owner)] == ["changed", "changed"]


def test_erasure_is_refused_outside_its_job_and_for_open_accounts(owner):
    _owner, as_app = owner
    for job in ("", "erasure"):
        as_app.execute("SELECT set_config('eprm.job', %s, false)", [job])
        with pytest.raises(psycopg.errors.RaiseException):
            as_app.execute("SELECT eprm_erase_person(1, '{}', '(?!)', '(?!)')")
