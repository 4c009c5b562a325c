"""The first part of an address names the app."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

from eprm.knowledge.views.desk import desk_door

urlpatterns = [
    path("", include("eprm.portal.urls")),
    path("", include("eprm.ui.urls")),
    path("account/", include("allauth.urls")),
    path("office/", include("eprm.office.urls")),
    path("people/", include("eprm.people.urls")),
    path("search/", include("eprm.search.urls")),
    path("learn/", include("eprm.knowledge.urls")),
    path("reference/", include("eprm.reference.urls")),
    path("groups/", include("eprm.groups.urls")),
    path("events/", include("eprm.events.urls")),
    path("surveys/", include("eprm.surveys.urls")),
    path("visits/", include("eprm.visits.urls")),
    path("authorities/", include("eprm.authorities.urls")),
    path("engagement/", include("eprm.engagement.urls")),
    path("diligence/", include("eprm.diligence.urls")),
    path("returns/", include("eprm.returns.urls")),
    path("members/", include("eprm.members.urls")),
    path("api/", include("eprm.api.urls")),
    # The editors' desk: its own sign-in page would pass by second factors, so it leads to ours.
    path("admin/login/", desk_door),
    path("admin/", include(wagtailadmin_urls)),
    path("webhooks/", include("eprm.api.webhook_urls")),
]

handler400 = "eprm.ui.errors.bad_request"
handler403 = "eprm.ui.errors.forbidden"
handler404 = "eprm.ui.errors.not_found"
handler500 = "eprm.ui.errors.server_error"
