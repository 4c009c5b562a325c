"""The API's address: the operations, their description for programs, and the same for people."""

from django.urls import path

from eprm.api import views
from eprm.api.site import api

urlpatterns = [
    path("", views.api_docs, name="api_docs"),
    path("", api.urls),
]
