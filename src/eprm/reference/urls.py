"""Dated lists: what is loaded, what changed, and which area was high-risk on a day."""

from django.urls import path, re_path

from eprm.reference import views

app_name = "reference"
urlpatterns = [
    path("", views.start, name="start"),
    path("areas", views.area_lookup, name="area_lookup"),
    path("lists/<slug:key>", views.list_detail, name="list_detail"),
    path("lists/<slug:key>/load", views.loading_new, name="loading_new"),
    path("lists/<slug:key>/compare", views.release_compare, name="release_compare"),
    path("lists/<slug:key>/rows/new", views.area_new, name="area_new"),
    path("loadings/<int:pk>", views.loading_detail, name="loading_detail"),
    path("releases/<int:pk>", views.release_detail, name="release_detail"),
    re_path(r"^rows/(?P<model>area|threshold)/(?P<pk>\d{1,18})/confirm$", views.row_confirm, name="row_confirm"),
]
