"""The first part of an address names the app."""

from django.urls import include, path

urlpatterns = [
    path("", include("eprm.portal.urls")),
    path("", include("eprm.ui.urls")),
    path("account/", include("allauth.urls")),
    path("people/", include("eprm.people.urls")),
    path("search/", include("eprm.search.urls")),
    path("reference/", include("eprm.reference.urls")),
    path("groups/", include("eprm.groups.urls")),
    path("authorities/", include("eprm.authorities.urls")),
    path("diligence/", include("eprm.diligence.urls")),
    path("api/", include("eprm.api.urls")),
]

handler400 = "eprm.ui.errors.bad_request"
handler403 = "eprm.ui.errors.forbidden"
handler404 = "eprm.ui.errors.not_found"
handler500 = "eprm.ui.errors.server_error"
