"""Suppliers, what they were asked, and their files on the way to an accepted declaration."""

from django.urls import include, path

app_name = "diligence"
urlpatterns = [
    path("", include("eprm.diligence.company.urls")),
]
