"""Jobs: fetch by id, call the action, nothing else."""

from procrastinate.contrib.django import app

from eprm.base.identity import acting_as
from eprm.base.jobs import RETRY, for_organisation
from eprm.diligence.actions.checking import process_upload, weigh_risks
from eprm.diligence.actions.screening import SCREEN, screen_suppliers
from eprm.diligence.actions.sums import TAKE
from eprm.diligence.actions.uploads import recheck_outdated
from eprm.diligence.company.actions import take_outdated_sums, take_sums
from eprm.diligence.queries.uploads import every_organisation_id


@app.task(name="diligence.check_upload", retry=RETRY)
@for_organisation
def check_upload(upload_id: int) -> None:
    process_upload(upload_id=upload_id)


@app.task(name="diligence.weigh_risks", retry=RETRY)
@for_organisation
def weigh_again(upload_id: int) -> None:
    weigh_risks(upload_id=upload_id)


@app.task(name=SCREEN, retry=RETRY)
@for_organisation
def screen_own_suppliers() -> None:
    screen_suppliers()


@app.periodic(cron="*/5 * * * *")
@app.task(name="diligence.screen_all_suppliers", queueing_lock="diligence.screen_all_suppliers")
def screen_after_new_lists(timestamp: int) -> None:
    """A sanctions list was loaded: every supplier is held against it within minutes."""
    with acting_as(None, every_organisation_id()):
        screen_suppliers()


@app.periodic(cron="* * * * *")
@app.task(name="diligence.recheck_outdated", queueing_lock="diligence.recheck_outdated")
def recheck_after_new_lists(timestamp: int) -> None:
    """A register or list was loaded: whatever is still on its way is judged by it within a minute."""
    with acting_as(None, every_organisation_id()):
        recheck_outdated()


@app.task(name=TAKE, retry=RETRY)
def take_own_sums(organisation_id: int) -> None:
    with acting_as(None, [organisation_id]):
        take_sums(organisation_id=organisation_id)


@app.periodic(cron="*/10 * * * *")
@app.task(name="diligence.take_outdated_sums", queueing_lock="diligence.take_outdated_sums")
def take_sums_left_behind(timestamp: int) -> None:
    """Whatever a deed did not say, such as the merging of two organisations: the sums follow within minutes."""
    with acting_as(None, every_organisation_id()):
        take_outdated_sums()
