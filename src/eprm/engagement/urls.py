"""The engagement plan, the contacts that took place, and campaigns."""

from django.urls import path

from eprm.engagement.views import campaigns, plan

app_name = "engagement"
urlpatterns = [
    path("", plan.target_board, name="target_board"),
    path("partners/", plan.target_list, name="target_list"),
    path("partners/new/", plan.target_new, name="target_new"),
    path("partners/<int:pk>/", plan.target_detail, name="target_detail"),
    path("partners/<int:pk>/edit/", plan.target_edit, name="target_edit"),
    path("partners/<int:pk>/step/", plan.step_edit, name="step_edit"),
    path("partners/<int:pk>/contacts/new/", plan.contact_new, name="contact_new"),
    path("partners/<int:pk>/log/", plan.entry_new, name="entry_new"),
    path("contacts/<int:pk>/end/", plan.contact_end, name="contact_end"),
    path("mails/", plan.mail_new, name="mail_new"),
    path("mails/<int:pk>/file/", plan.entry_file, name="entry_file"),
    path("segments/", campaigns.segment_list, name="segment_list"),
    path("segments/new/", campaigns.segment_new, name="segment_new"),
    path("segments/<int:pk>/", campaigns.segment_edit, name="segment_edit"),
    path("campaigns/", campaigns.campaign_list, name="campaign_list"),
    path("campaigns/new/", campaigns.campaign_new, name="campaign_new"),
    path("campaigns/<int:pk>/", campaigns.campaign_detail, name="campaign_detail"),
    path("campaigns/<int:pk>/edit/", campaigns.campaign_edit, name="campaign_edit"),
    path("campaigns/<int:pk>/try/", campaigns.campaign_try, name="campaign_try"),
    path("campaigns/<int:pk>/send/", campaigns.campaign_send, name="campaign_send"),
    path("no-more/<str:signed>/", campaigns.refuse, name="refuse"),
]
