from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "eprm.api"
    label = "api"
