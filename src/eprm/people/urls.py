"""Organisations, their people, and a person's own account; signing in itself is under /account/."""

from django.urls import path

app_name = "people"
urlpatterns: list[path] = []
