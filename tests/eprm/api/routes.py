"""Webhooks: people of the organisation see them, its managers make and end them."""

from __future__ import annotations

from eprm.base.identity import acting_as
from eprm.base.models import Webhook

# An officer of another organisation does there what its manager does, but not this.
MANAGERS = (302, 403, 403, 200, 200, 200)
LED = {"newcomer": 302}
RULES = {
    "webhook_list": ("GET", [], (302, 200, 200, 200, 200, 200), LED),
    "webhook_new": ("GET", [], MANAGERS, LED | {"authority": 403}),
    "webhook_detail": ("GET", ["webhook"], (302, 200, 200, 200, 404, 404), LED),
    "webhook_end": ("POST", ["webhook"], (302, 403, 403, 302, 404, 404), LED),
}


def scene(people):
    manager = people["manager"]
    halden = manager.memberships.get().organisation
    with acting_as(manager.pk, [halden.pk]):
        hook = Webhook.objects.create(
            organisation=halden, label="ERP", url="https://erp.example/eprm", topics=["declaration.checked"],
            made_by=manager,
        )  # fmt: skip
    return {"webhook": hook.pk}
