"""Jobs: fetch by id, call the action, nothing else."""

from procrastinate.contrib.django import app

from eprm.base.jobs import RETRY, for_organisation
from eprm.diligence.actions.checking import process_upload


@app.task(name="diligence.check_upload", retry=RETRY)
@for_organisation
def check_upload(upload_id: int) -> None:
    process_upload(upload_id=upload_id)
