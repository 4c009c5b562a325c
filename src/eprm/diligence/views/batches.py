"""How far a batch of files is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from eprm.diligence import lifecycle, tables
from eprm.diligence.company.access import today
from eprm.diligence.queries import uploads as queries
from eprm.diligence.wording import said
from eprm.people.access import for_an_organisation
from eprm.ui.tables import respond


@for_an_organisation
def batch_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Counts by state, what was left out and why, and the files. May be left and come back to."""
    batch = get_object_or_404(queries.batches_visible_to(request.user), pk=pk)
    progress = queries.progress_of(batch)
    states = [(lifecycle.STATES[state], count, state) for state, count in progress.by_state.items()]
    context = {"batch": batch, "progress": progress, "states": states}
    if request.htmx and request.htmx.target == "batch-progress":
        return render(request, "diligence/_batch_progress.html", context)
    table = tables.UploadTable(queries.uploads_visible_to(request.user).filter(batch=batch), on=today())
    context["skipped"] = [(file, said(file.code, file.name, file.values)) for file in queries.skipped_of(batch)]
    return respond(request, table, "diligence/batch_detail.html", context)
