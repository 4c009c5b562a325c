"""Jobs: fetch by id, call the action, nothing else."""

from procrastinate.contrib.django import app

from eprm.base.jobs import RETRY
from eprm.people.models import Person
from eprm.reference.actions.loading import process_loading


@app.task(name="reference.load_list", retry=RETRY)
def load_list(loading_id: int, person_id: int) -> None:
    """The action opens its own transactions, so that a page can show how far the loading is."""
    process_loading(loading_id, by=Person.objects.get(pk=person_id))
