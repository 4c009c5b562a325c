"""Several people at the same moment, each with a connection of their own; for tests with `transactional_db`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from eprm.base.errors import NotAllowed
from eprm.people.identity import acting_for


def at_once(*deeds):
    """Each deed as its person, all begun together; what each gave, or the refusal."""
    start = Barrier(len(deeds))

    def do(deed):
        person, act = deed
        try:
            with acting_for(person, path="test"):
                start.wait(timeout=20)
                return act()
        except NotAllowed as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(do, deeds))


def refusals(results):
    return [result for result in results if isinstance(result, NotAllowed)]
