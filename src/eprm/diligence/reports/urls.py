"""The report, as a page and as files."""

from django.urls import path

from eprm.diligence.reports import views

urlpatterns = [
    path("", views.report_list, name="report_list"),
    path("new/", views.report, name="report"),
    path("new/tables/<int:number>/", views.report_table, name="report_table"),
    path("new/<str:ending>/", views.report_download, name="report_download"),
    path("keep/", views.report_keep, name="report_keep"),
    path("<int:pk>/<str:ending>/", views.report_file, name="report_file"),
]
