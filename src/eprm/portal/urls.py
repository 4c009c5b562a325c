"""The pages that combine several apps: home for visitors, the start page of whoever is signed in."""

from django.urls import path

from eprm.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("start/", views.start, name="start"),
]
