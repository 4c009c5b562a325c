"""What all accepted declarations say together, and the report from it."""

from django.urls import include, path

from eprm.diligence.company import views

urlpatterns = [
    path("", views.company, name="company"),
    path("smelters/", views.smelter_list, name="smelter_list"),
    path("smelters/<str:metal>/<str:cid>/", views.smelter_detail, name="smelter_detail"),
    path("risks/", views.risk_list, name="risk_list"),
    path("risks/<int:pk>/", views.risk_detail, name="risk_detail"),
    path("findings/", views.finding_list, name="finding_list"),
    path("change/", views.year_change, name="year_change"),
    path("reports/", include("eprm.diligence.reports.urls")),
]
