"""Locks that last as long as the transaction, for what no single row stands for."""

from django.db import connection


def hold(name: str, *, shared: bool = False) -> None:
    """Wait until nobody else holds `name` (or, `shared`, until nobody holds it alone), then hold it to the end."""
    function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtextextended(%s, 0))", [name])
