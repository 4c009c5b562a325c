"""Webhooks, beside the API: pages for people, so not under its address."""

from django.urls import path

from eprm.api.views import webhooks

urlpatterns = [
    path("", webhooks.webhook_list, name="webhook_list"),
    path("new", webhooks.webhook_new, name="webhook_new"),
    path("<int:pk>", webhooks.webhook_detail, name="webhook_detail"),
    path("<int:pk>/end", webhooks.webhook_end, name="webhook_end"),
]
