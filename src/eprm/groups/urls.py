"""Working groups: the list, one group and all it holds, and what belongs to the person alone."""

from django.urls import path

from eprm.groups.views import files

app_name = "groups"
urlpatterns = [
    path("files/<int:pk>", files.file_download, name="file_download"),
    path("files/<int:pk>/picture", files.file_picture, name="file_picture"),
]
