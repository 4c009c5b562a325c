"""The API's address: the operations, their description for programs, and the same for people."""

from django.urls import path

from eprm.api.site import api
from eprm.api.views import docs

urlpatterns = [
    path("", docs.api_docs, name="api_docs"),
    path("", api.urls),
]
