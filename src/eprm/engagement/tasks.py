"""Jobs: call the action, nothing else."""

from procrastinate.contrib.django import app

from eprm.base.jobs import RETRY
from eprm.engagement.actions.campaigns import post_campaign


@app.task(name="engagement.post_campaign", retry=RETRY)
def post_campaign_job(campaign_id: int) -> None:
    post_campaign(campaign_id=campaign_id)
