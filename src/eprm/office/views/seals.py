"""The seals over the audit trail, for whoever wants to compare them with a published one."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from eprm.office import queries, rules
from eprm.office.tables import SealTable
from eprm.ui import tables
from eprm.ui.tables import Empty


@login_required
@require_GET
def seal_list(request: HttpRequest) -> HttpResponse:
    rules.can_see(request.user).require()
    table = SealTable(queries.seals(), empty=Empty(title=_("Nothing is sealed yet")))
    return tables.respond(request, table, "office/seal_list.html")
