"""What all accepted declarations say together, and the report from it."""

from django.urls import path

urlpatterns: list[path] = []
