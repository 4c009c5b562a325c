"""The seats on the board, as the secretariat records them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from eprm.people import actions, rules
from eprm.people.forms import SeatForm
from eprm.people.queries import board


@login_required
@require_http_methods(["GET", "POST"])
def seat_list(request: HttpRequest) -> HttpResponse:
    """Who sits, who sat, and giving a seat."""
    rules.can_keep_directory(request.user).require()
    form = SeatForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        seat = actions.give_seat(given["membership"], pillar=given["pillar"], since=given["since"], by=request.user)
        messages.success(request, _("%(person)s sits on the board now.") % {"person": seat.person})
        return redirect("people:seat_list")
    context = {"form": form, "seats": board.seats()}
    return render(request, "people/seat_list.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def seat_end(request: HttpRequest, pk: int) -> HttpResponse:
    rules.can_keep_directory(request.user).require()
    seat = get_object_or_404(board.seats(), pk=pk)
    actions.end_seat(seat, by=request.user)
    messages.success(request, _("%(person)s sits on the board no longer.") % {"person": seat.person})
    return redirect("people:seat_list")
