"""The API's address; each app's part is mounted in `site.py`."""

from django.urls import path

urlpatterns: list[path] = []
