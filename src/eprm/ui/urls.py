from django.urls import path

from eprm.ui import views

app_name = "ui"
urlpatterns = [
    path("ui/eprm.<slug:digest>.css", views.css, name="css"),
    path("ui/language", views.language, name="language"),
    path("languages", views.languages, name="languages"),
    path("ui/theme", views.theme, name="theme"),
    path("ui/clock", views.clock, name="clock"),
    path("components", views.components, name="components"),
]
