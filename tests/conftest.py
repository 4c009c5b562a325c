"""The database of the site's tests is cloned by `tests/postgres_plugin.py` before Django starts."""

import pytest


@pytest.fixture(scope="session")
def django_db_setup():
    """Nothing to make: the clone is ready."""
