"""Organisations, their people, and a person's own account; signing in itself is under /account/."""

from django.urls import path

from eprm.people.views import account, history, organisations

app_name = "people"
urlpatterns = [
    path("", organisations.organisation_detail, name="organisation_detail"),
    path("organisation/new", organisations.organisation_new, name="organisation_new"),
    path("organisation/edit", organisations.organisation_edit, name="organisation_edit"),
    path("organisation/switch", organisations.organisation_switch, name="organisation_switch"),
    path("members/invite", organisations.member_invite, name="member_invite"),
    path("members/<int:pk>", organisations.member_edit, name="member_edit"),
    path("members/<int:pk>/end", organisations.member_end, name="member_end"),
    path("invitations/<int:pk>/accept", organisations.invitation_accept, name="invitation_accept"),
    path("invitations/<int:pk>/withdraw", organisations.invitation_withdraw, name="invitation_withdraw"),
    path("invited/<str:key>", organisations.invitation_detail, name="invitation_detail"),
    path("history", history.change_list, name="change_list"),
    path("profile", account.profile, name="profile"),
    path("tokens", account.token_list, name="token_list"),
    path("tokens/new", account.token_new, name="token_new"),
    path("tokens/<int:pk>/revoke", account.token_revoke, name="token_revoke"),
]
