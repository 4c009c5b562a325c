"""Dated lists: what is loaded, what changed, and which area was high-risk on a day."""

from django.urls import path

app_name = "reference"
urlpatterns: list[path] = []
