"""Mails that wait for a look, and all that became of the others."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from eprm.base.errors import Overtaken
from eprm.base.files import bytes_of
from eprm.office import queries, rules
from eprm.office.actions import mails
from eprm.office.forms import EditionForm, MailFilter, MailForm
from eprm.office.tables import MailTable
from eprm.people.stepup import step_up
from eprm.ui import tables
from eprm.ui.tables import Empty


@login_required
@require_GET
def mail_list(request: HttpRequest) -> HttpResponse:
    """Every mail that is the office's business; those that wait stand first when asked for by ?state=held."""
    rules.can_see(request.user).require()
    found = MailFilter(request.GET, queries.mails_visible_to(request.user))
    empty = Empty(title=_("No mail fits these filters") if request.GET else _("No mail yet"))
    waiting = sum(rows.count() for rows in queries.mails_waiting_for(request.user))
    return tables.respond(
        request, MailTable(found.qs, empty=empty), "office/mail_list.html", {"filter": found, "waiting": waiting}
    )


@login_required
@require_http_methods(["GET", "POST"])
def mail_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read a mail and, while it is held, change its words."""
    rules.can_see(request.user).require()
    mail = get_object_or_404(queries.mails_visible_to(request.user), pk=pk)
    now = {"subject": mail.subject, "text": mail.text, "edition": mail.edition}
    form = MailForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            mails.edit_mail(mail, **form.cleaned_data, by=request.user)
        except Overtaken as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, _("The words are saved. The mail still waits for its release."))
            return redirect("office:mail_detail", mail.pk)
    context = {
        "mail": mail,
        "form": form,
        "changing": rules.can_change_mail(request.user, mail),
        "releasing": rules.can_release_mail(request.user, mail),
        "withdrawing": rules.can_withdraw_mail(request.user, mail),
        "attachments": mail.attachments.all(),
    }
    return render(request, "office/mail_detail.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
@step_up
def mail_release(request: HttpRequest, pk: UUID) -> HttpResponse:
    rules.can_see(request.user).require()
    mail = get_object_or_404(queries.mails_visible_to(request.user), pk=pk)
    form = EditionForm(request.POST)
    edition = form.cleaned_data["edition"] if form.is_valid() else 0
    mails.release_mail(mail, edition=edition, by=request.user)
    messages.success(request, _("The mail to %(to)s is on its way.") % {"to": mail.to})
    return redirect("office:mail_list")


@login_required
@require_POST
def mail_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    rules.can_see(request.user).require()
    mail = get_object_or_404(queries.mails_visible_to(request.user), pk=pk)
    mails.withdraw_mail(mail, by=request.user)
    messages.success(request, _("The mail to %(to)s is withdrawn and does not go.") % {"to": mail.to})
    return redirect("office:mail_list")


@login_required
@require_GET
def mail_attachment(request: HttpRequest, pk: UUID, attachment: UUID) -> HttpResponse:
    """What goes with the mail, as a download."""
    rules.can_see(request.user).require()
    mail = get_object_or_404(queries.mails_visible_to(request.user), pk=pk)
    carried = get_object_or_404(mail.attachments, pk=attachment)
    name = carried.name.replace('"', "").replace("\\", "")
    answer = HttpResponse(bytes_of(carried.sha256), content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
